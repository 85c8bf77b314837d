// A photo drawn anew: smaller, upright, with its lines. An offscreen canvas first; where a phone (or WeChat on a computer) cannot export that, the canvas
// of the page; where neither works, the photo made small without lines. WeChat exports a canvas at its size times the pixel density unless all six
// numbers are given, and not every phone lets an offscreen canvas grow: so it is made at its final size, and what came out is measured.
import type { DrawnPhoto, Drawing } from '../../../phone/camera'
import { answered } from '../../../phone/timeout'

const QUALITIES = [0.82, 0.7, 0.55, 0.4]
/** of the edge asked for, until the file is small enough */
const SMALLER = [1, 0.75, 0.5]
/** of the longer side: readable where the photo is shown a hand wide */
const TEXT_SHARE = 1 / 34

interface Size {
  width: number
  height: number
}
/** what is used of a canvas, off the page or on it */
interface Surface extends Size {
  getContext(kind: '2d'): unknown
  createImage(): WechatMiniprogram.Image
}
/** what is used of the browser's CanvasRenderingContext2D, which typings of phones do not have */
interface Drawer {
  font: string
  fillStyle: string
  textBaseline: string
  drawImage(picture: WechatMiniprogram.Image, x: number, y: number, width: number, height: number): void
  fillRect(x: number, y: number, width: number, height: number): void
  fillText(text: string, x: number, y: number, most?: number): void
  measureText(text: string): { width: number }
}
type OpenSurface = (size: Size) => Promise<Surface>
/** components/photo-canvas of the page on top */
interface PhotoCanvas {
  open(size: Size): Promise<Surface>
  close(): void
}

interface Picture extends Size {
  path: string
}

/** @throws Error where the file is no picture */
const infoOf = (path: string): Promise<Size> =>
  answered<WechatMiniprogram.GetImageInfoSuccessCallbackResult>('getImageInfo', (success, fail) =>
    wx.getImageInfo({ src: path, success, fail }),
  )

export const bytesOf = (path: string): Promise<number> =>
  answered('getFileInfo', (resolve, reject) =>
    wx.getFileSystemManager().getFileInfo({ filePath: path, success: ({ size }) => resolve(size), fail: reject }),
  )

const fitted = ({ width, height }: Size, edge: number): Size => {
  const scale = Math.min(1, edge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
const same = (one: Size, other: Size) => one.width === other.width && one.height === other.height

const offscreen: OpenSurface = async size => wx.createOffscreenCanvas({ type: '2d', ...size }) as unknown as Surface

function photoCanvas(): PhotoCanvas | null {
  const pages = getCurrentPages()
  return (pages[pages.length - 1]?.selectComponent('#photo-canvas') as unknown as PhotoCanvas | null) ?? null
}
const ofPage: OpenSurface = async size => {
  const canvas = photoCanvas()
  if (!canvas) throw new Error('the page has no canvas')
  return answered('canvas', (resolve, reject) => void canvas.open(size).then(resolve, reject))
}

const pictureOn = (surface: Surface, path: string): Promise<WechatMiniprogram.Image> =>
  answered('createImage', (resolve, reject) => {
    const picture = surface.createImage()
    picture.onload = () => resolve(picture)
    picture.onerror = () => reject(new Error('the picture could not be loaded'))
    picture.src = path
  })

const fileOf = (surface: Surface, { width, height }: Size, quality: number): Promise<string> =>
  answered('canvasToTempFilePath', (resolve, reject) =>
    wx.canvasToTempFilePath({
      canvas: surface as unknown as WechatMiniprogram.Canvas,
      x: 0,
      y: 0,
      width,
      height,
      destWidth: width,
      destHeight: height,
      fileType: 'jpg',
      quality,
      success: ({ tempFilePath }) => resolve(tempFilePath),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    }),
  )

function drawLines(context: Drawer, { width, height }: Size, lines: readonly string[]): void {
  const size = Math.round(Math.max(width, height) * TEXT_SHARE)
  const pad = Math.round(size * 0.6)
  context.font = `${size}px sans-serif`
  context.textBaseline = 'top'
  const wide = Math.max(...lines.map(line => context.measureText(line).width)) + pad * 2
  const high = lines.length * size * 1.35 + pad * 2 - size * 0.35
  context.fillStyle = 'rgba(0,0,0,0.55)'
  context.fillRect(0, height - high, Math.min(wide, width), high)
  context.fillStyle = '#ffffff'
  lines.forEach((line, index) => context.fillText(line, pad, height - high + pad + index * size * 1.35, width - pad * 2))
}

/** @throws Error when this kind of canvas does not work here */
async function drawOn(open: OpenSurface, { path, ...info }: Picture, { edge, bytes, lines }: Drawing): Promise<string> {
  for (const share of SMALLER) {
    let size = fitted(info, edge * share)
    let surface = await open(size)
    let picture = await pictureOn(surface, path)
    // getImageInfo may tell the sides of a photo as the camera held them, the picture itself is upright
    const upright = fitted(picture, edge * share)
    if (!same(upright, size)) {
      size = upright
      surface = await open(size)
      picture = await pictureOn(surface, path)
    }
    const context = surface.getContext('2d') as Drawer
    context.drawImage(picture, 0, 0, size.width, size.height)
    if (lines.length > 0) drawLines(context, size, lines)
    for (const quality of QUALITIES) {
      const drawn = await fileOf(surface, size, quality)
      if (!same(await infoOf(drawn), size)) throw new Error('the canvas was exported at another size')
      if ((await bytesOf(drawn)) <= bytes) return drawn
    }
  }
  throw new Error('the photo stays too large')
}

/** The photo itself, small enough, nothing drawn on it. @throws Error when WeChat cannot do that either */
async function compressed({ path, ...info }: Picture, { edge, bytes }: Drawing): Promise<string> {
  if ((await bytesOf(path)) <= bytes) return path
  for (const share of SMALLER) {
    const size = fitted(info, edge * share)
    const drawn = await answered<string>('compressImage', (resolve, reject) =>
      wx.compressImage({
        src: path,
        quality: 70,
        compressedWidth: size.width,
        compressedHeight: size.height,
        success: ({ tempFilePath }) => resolve(tempFilePath),
        fail: ({ errMsg }) => reject(new Error(errMsg)),
      }),
    )
    if ((await bytesOf(drawn)) <= bytes) return drawn
  }
  throw new Error('the photo stays too large')
}

/** @throws Error where the file is no picture, or cannot be made small enough */
export async function drawPhoto(path: string, drawing: Drawing): Promise<DrawnPhoto> {
  const { width, height } = await infoOf(path)
  const picture = { path, width, height }
  for (const open of [offscreen, ofPage]) {
    try {
      return { path: await drawOn(open, picture, drawing), marked: true }
    } catch (error) {
      // the next way may work; which one did not is for whoever reads the log
      console.warn('a photo could not be drawn', open === offscreen ? 'offscreen' : 'on the page', String(error))
    } finally {
      if (open === ofPage) photoCanvas()?.close()
    }
  }
  return { path: await compressed(picture, drawing), marked: false }
}
