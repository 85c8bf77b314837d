// Canvases outside the page, and a canvas as a file, with the sizes that a phone gives them.
import { pictureElement } from '../builtins/define.ts'
import { methods, WxFailure, type Phone, type WxMethods } from './core.ts'

interface ExportOptions {
  canvas?: HTMLCanvasElement | OffscreenCanvas
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

export function canvas(phone: Phone): WxMethods {
  const { settings } = phone
  return {
    createOffscreenCanvas: ({ width = 300, height = 150 } = {}) => {
      const made = Object.assign(new OffscreenCanvas(width, height), { createImage: pictureElement })
      if (settings.canvas === 'fixed') keepSize(made)
      return made
    },
    ...methods({
      canvasToTempFilePath: async options => {
        const given = options as ExportOptions
        if (!given.canvas) throw new WxFailure('canvas is empty')
        const drawn = (given.canvas as unknown as { element?: HTMLCanvasElement }).element ?? given.canvas
        const offscreen = drawn instanceof OffscreenCanvas
        if (settings.canvas === 'none' || (settings.canvas === 'page' && offscreen)) throw new WxFailure('canvas is empty')
        const { x = 0, y = 0, fileType = 'png', quality = 0.92 } = given
        const { width = drawn.width - x, height = drawn.height - y } = given
        // WeChat: the size of the file is that of the part of the canvas times the pixels of the screen
        const { destWidth = width * settings.pixelRatio, destHeight = height * settings.pixelRatio } = given
        const file = new OffscreenCanvas(Math.max(1, Math.round(destWidth)), Math.max(1, Math.round(destHeight)))
        file.getContext('2d')!.drawImage(drawn, x, y, width, height, 0, 0, file.width, file.height)
        const blob = await file.convertToBlob({ type: fileType === 'jpg' ? 'image/jpeg' : 'image/png', quality })
        return { tempFilePath: phone.files.addTemporary(new Uint8Array(await blob.arrayBuffer()), fileType) }
      },
    }),
  }
}
