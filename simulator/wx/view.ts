// What reads or moves the drawn page: selector queries, observers, animations, fonts, the next tick.
import { createAnimation } from './animation.ts'
import { canvas } from './canvas.ts'
import { methods, text, WxFailure, type Phone, type WxMethods } from './core.ts'

function createMediaQueryObserver() {
  let media: MediaQueryList | undefined
  let told: (() => void) | undefined
  const disconnect = () => {
    if (told) media?.removeEventListener('change', told)
    media = told = undefined
  }
  const query = (descriptor: Record<string, unknown>) =>
    Object.entries(descriptor)
      .map(
        ([name, value]) =>
          `(${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}: ${typeof value === 'number' ? `${value}px` : String(value)})`,
      )
      .join(' and ')
  return {
    observe: (descriptor: Record<string, unknown>, listener: (result: { matches: boolean }) => void) => {
      disconnect()
      media = matchMedia(query(descriptor))
      told = () => listener({ matches: media!.matches })
      media.addEventListener('change', told)
      told()
    },
    disconnect,
  }
}

export function view(phone: Phone): WxMethods {
  const { runtime } = phone
  return {
    nextTick: (callback: () => void) =>
      queueMicrotask(() => {
        try {
          callback()
        } catch (error) {
          reportError(error)
        }
      }),
    createAnimation,
    createSelectorQuery: () => runtime.createSelectorQuery(),
    createIntersectionObserver: (component?: unknown, options?: unknown) => runtime.createIntersectionObserver(component, options ?? {}),
    createMediaQueryObserver,
    ...canvas(phone),
    ...methods({
      loadFontFace: async options => {
        const source = text(options, 'source')
        const { weight, style } = (options.desc ?? {}) as FontFaceDescriptors
        const face = new FontFace(text(options, 'family'), source, { ...(weight ? { weight } : {}), ...(style ? { style } : {}) })
        try {
          document.fonts.add(await face.load())
        } catch (error) {
          throw new WxFailure(`${(error as Error).message}`)
        }
        return { status: 'loaded' }
      },
    }),
  }
}
