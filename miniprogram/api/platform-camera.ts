// WeChat's camera, drawing surface and files.
import { sha256 } from '../domain/sha256'
import type { Camera, Drawing } from './camera'

const FOLDER = `${wx.env.USER_DATA_PATH}/photos`
const QUALITIES = [0.82, 0.7, 0.55, 0.4]
/** of the longer side: readable where the photo is shown a hand wide */
const TEXT_SHARE = 1 / 34

const files = () => wx.getFileSystemManager()

/** WeChat tells these apart by text: "chooseMedia:fail cancel", "…fail privacy permission is not authorized", "…fail auth deny". */
const refusal = (errMsg: string) =>
  errMsg.includes('cancel')
    ? ('cancelled' as const)
    : errMsg.includes('privacy')
      ? ('consent_refused' as const)
      : ('camera_refused' as const)

const sizeOf = (path: string): Promise<number> =>
  new Promise((resolve, reject) => files().getFileInfo({ filePath: path, success: ({ size }) => resolve(size), fail: reject }))

/** Older base libraries do not know sha256 here and answer with another digest, or fail. */
const digestOf = (path: string): Promise<string | null> =>
  new Promise(resolve =>
    files().getFileInfo({
      filePath: path,
      digestAlgorithm: 'sha256',
      success: ({ digest }) => resolve(/^[0-9a-f]{64}$/i.test(digest) ? digest.toLowerCase() : null),
      fail: () => resolve(null),
    }),
  )

const contentOf = (path: string): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => files().readFile({ filePath: path, success: ({ data }) => resolve(data as ArrayBuffer), fail: reject }))

type Canvas = WechatMiniprogram.OffscreenCanvas & { width: number; height: number }
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

function pictureOf(canvas: WechatMiniprogram.OffscreenCanvas, path: string): Promise<WechatMiniprogram.Image> {
  return new Promise((resolve, reject) => {
    const picture = canvas.createImage()
    picture.onload = () => resolve(picture)
    picture.onerror = () => reject(new Error('this file is no picture'))
    picture.src = path
  })
}

const fileOf = (canvas: WechatMiniprogram.OffscreenCanvas, quality: number): Promise<string> =>
  new Promise((resolve, reject) =>
    wx.canvasToTempFilePath({
      canvas: canvas as unknown as WechatMiniprogram.Canvas,
      fileType: 'jpg',
      quality,
      success: ({ tempFilePath }) => resolve(tempFilePath),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    }),
  )

function drawLines(context: Drawer, width: number, height: number, lines: readonly string[]): void {
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

export const camera: Camera = {
  choose: (most, from) =>
    new Promise(resolve => {
      wx.chooseMedia({
        count: from === 'camera' ? 1 : most,
        mediaType: ['image'],
        sourceType: [from],
        // upright, whatever the camera wrote beside the picture
        sizeType: ['compressed'],
        success: ({ tempFiles }) => resolve({ outcome: 'chosen', paths: tempFiles.map(({ tempFilePath }) => tempFilePath) }),
        fail: ({ errMsg }) => resolve({ outcome: refusal(errMsg) }),
      })
    }),

  draw: async (path, { edge, bytes, lines }: Drawing) => {
    const canvas = wx.createOffscreenCanvas({ type: '2d', width: 1, height: 1 }) as Canvas
    const picture = await pictureOf(canvas, path)
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const context = canvas.getContext('2d') as unknown as Drawer
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    if (lines.length > 0) drawLines(context, canvas.width, canvas.height, lines)
    let drawn = ''
    for (const quality of QUALITIES) {
      drawn = await fileOf(canvas, quality)
      if ((await sizeOf(drawn)) <= bytes) break
    }
    return drawn
  },

  measure: async path => {
    const bytes = await sizeOf(path)
    return { bytes, sha256: (await digestOf(path)) ?? sha256(await contentOf(path)) }
  },

  keep: (path, name) =>
    new Promise((resolve, reject) => {
      try {
        files().mkdirSync(FOLDER, true)
      } catch {
        // it is there; if it is not, saving says so
      }
      const kept = `${FOLDER}/${name}`
      files().saveFile({
        tempFilePath: path,
        filePath: kept,
        success: () => resolve(kept),
        fail: ({ errMsg }) => reject(new Error(errMsg)),
      })
    }),

  exists: path => {
    try {
      files().accessSync(path)
      return true
    } catch {
      return false
    }
  },

  forget: path => files().unlink({ filePath: path, fail: () => {} }),

  kept: () => {
    try {
      return files()
        .readdirSync(FOLDER)
        .map(name => `${FOLDER}/${name}`)
    } catch {
      // nothing was ever kept
      return []
    }
  },

  preview: (paths, at) => wx.previewImage({ urls: [...paths], current: paths[at] ?? '' }),
}
