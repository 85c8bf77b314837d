// What reads or moves the drawn page: selector queries, observers, animations, fonts, the next tick, canvas.
import { createAnimation } from './animation.ts'
import { methods, text, WxFailure, type Phone, type WxMethods } from './core.ts'

/** A picture that also loads the app's own files. */
function pictureFor({ files }: Phone): object {
  const picture = new Image()
  return Object.defineProperty(picture, 'src', {
    get: () => picture.getAttribute('src') ?? '',
    set: (src: string) => {
      picture.setAttribute('src', files.drawable(src))
    },
  })
}

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
    createOffscreenCanvas: ({ width = 300, height = 150 } = {}) =>
      Object.assign(new OffscreenCanvas(width, height), { createImage: () => pictureFor(phone) }),
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
      canvasToTempFilePath: async options => {
        const {
          canvas,
          fileType = 'png',
          quality = 0.92,
        } = options as { canvas?: HTMLCanvasElement | OffscreenCanvas; fileType?: string; quality?: number }
        if (!canvas) throw new WxFailure('canvas is empty')
        const type = fileType === 'jpg' ? 'image/jpeg' : 'image/png'
        const node = (canvas as unknown as { element?: HTMLCanvasElement }).element ?? canvas
        const blob =
          'convertToBlob' in node
            ? await node.convertToBlob({ type, quality })
            : await new Promise<Blob | null>(done => node.toBlob(done, type, quality))
        if (!blob) throw new WxFailure('canvas is empty')
        return { tempFilePath: phone.files.addTemporary(new Uint8Array(await blob.arrayBuffer()), fileType) }
      },
    }),
  }
}
