// Canvases outside the page, and a canvas as a file, with the sizes that a phone gives them.
import { type BuiltinElement, pictureElement } from '../builtins/define.ts'
import { domOf } from '../runtime/backend.ts'
import { createCanvasContext } from './canvas-context.ts'
import { methods, WxFailure, type Phone, type WxMethods } from './core.ts'

interface ExportOptions {
  canvas?: HTMLCanvasElement | OffscreenCanvas
  canvasId?: string
  x?: number
  y?: number
  width?: number
  height?: number
  destWidth?: number
  destHeight?: number
  fileType?: string
  quality?: number
}

/** Some phones keep the size that an offscreen canvas was made with. */
function keepSize(canvas: OffscreenCanvas): void {
  const { width, height } = canvas
  for (const [name, size] of Object.entries({ width, height })) Object.defineProperty(canvas, name, { get: () => size, set: () => {} })
}

type InComponent = { _$?: Parameters<typeof domOf>[0] } | undefined

export function canvas(phone: Phone): WxMethods {
  const { settings, runtime } = phone
  const findCanvas = (component: InComponent) => (id: string) => {
    const within = (component?._$ && domOf(component._$)) ?? runtime.pageStack().at(-1)?.container
    return [...(within?.querySelectorAll<BuiltinElement>('wx-canvas') ?? [])].find(({ __host }) => __host?.get('canvasId') === id)
  }
  return {
    createCanvasContext: (id: string, component?: InComponent) => createCanvasContext(id, findCanvas(component)),
    createOffscreenCanvas: ({ width = 300, height = 150 } = {}) => {
      const made = Object.assign(new OffscreenCanvas(width, height), { createImage: pictureElement })
      if (settings.canvas === 'fixed') keepSize(made)
      return made
    },
    ...methods({
      canvasToTempFilePath: async options => {
        const given = options as ExportOptions
        const named = given.canvas ? undefined : findCanvas(undefined)(String(given.canvasId))
        const canvas = given.canvas ?? named?.querySelector('canvas')
        if (!canvas) throw new WxFailure('canvas is empty')
        const drawn = (canvas as unknown as { element?: HTMLCanvasElement }).element ?? canvas
        const offscreen = drawn instanceof OffscreenCanvas
        if (settings.canvas === 'none' || (settings.canvas === 'page' && offscreen)) throw new WxFailure('canvas is empty')
        // one that is named is drawn in CSS px, whatever pixels it has
        const dots = named ? drawn.width / named.clientWidth || 1 : 1
        const { x = 0, y = 0, fileType = 'png', quality = 0.92 } = given
        const { width = drawn.width / dots - x, height = drawn.height / dots - y } = given
        // WeChat: the size of the file is that of the part of the canvas times the pixels of the screen
        const { destWidth = width * settings.pixelRatio, destHeight = height * settings.pixelRatio } = given
        const file = new OffscreenCanvas(Math.max(1, Math.round(destWidth)), Math.max(1, Math.round(destHeight)))
        file.getContext('2d')!.drawImage(drawn, x * dots, y * dots, width * dots, height * dots, 0, 0, file.width, file.height)
        const blob = await file.convertToBlob({ type: fileType === 'jpg' ? 'image/jpeg' : 'image/png', quality })
        return { tempFilePath: phone.files.addTemporary(new Uint8Array(await blob.arrayBuffer()), fileType) }
      },
    }),
  }
}
