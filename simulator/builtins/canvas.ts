// <canvas type="2d">: the browser's own canvas, given by SelectorQuery's node(). The old canvas (wx.createCanvasContext) is not played.
import { pictureElement, type Builtin } from './define.ts'

export const canvas: Builtin = {
  tag: 'canvas',
  properties: { type: [String, ''], canvasId: [String, ''], disableScroll: [Boolean, false] },
  setup({ element, get }) {
    const drawing = document.createElement('canvas')
    drawing.width = 300
    drawing.height = 150
    element.append(drawing)
    Object.assign(drawing, {
      createImage: pictureElement,
      requestAnimationFrame: (callback: FrameRequestCallback) => requestAnimationFrame(callback),
      cancelAnimationFrame: (id: number) => cancelAnimationFrame(id),
      createImageData: (width: number, height: number) => new ImageData(width, height),
    })
    element.__node = () => {
      if (get<string>('type') !== '2d')
        throw new Error(`<canvas type="${get<string>('type')}"> is not supported by the simulator; use type="2d"`)
      return drawing
    }
  },
}
