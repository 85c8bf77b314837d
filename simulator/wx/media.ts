// Camera and documents: scanning answers the text that was set on the phone page, photos are a drawn test image.
import { methods, say, text, WxFailure, type Phone, type WxMethods } from './core.ts'
import { pictureAddress } from '../builtins/define.ts'
import type { Privacy } from './privacy.ts'

const TEST_IMAGE = { width: 1_200, height: 900 }

/** A picture that differs each time, so that uploads can be told apart. */
async function testImage(label: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(TEST_IMAGE.width, TEST_IMAGE.height)
  const drawing = canvas.getContext('2d')!
  const gradient = drawing.createLinearGradient(0, 0, TEST_IMAGE.width, TEST_IMAGE.height)
  gradient.addColorStop(0, '#efe7d2')
  gradient.addColorStop(1, '#b9a77c')
  drawing.fillStyle = gradient
  drawing.fillRect(0, 0, TEST_IMAGE.width, TEST_IMAGE.height)
  drawing.fillStyle = '#29261f'
  drawing.font = '56px sans-serif'
  drawing.textAlign = 'center'
  drawing.fillText(label, TEST_IMAGE.width / 2, TEST_IMAGE.height / 2)
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })).arrayBuffer())
}

async function bitmapOf(phone: Phone, path: string): Promise<ImageBitmap> {
  const file = phone.files.read(path)
  try {
    return await createImageBitmap(file ? new Blob([file.bytes]) : await (await fetch(path)).blob())
  } catch {
    throw new WxFailure(`file doesn't exist: ${path}`)
  }
}

interface ChatFile {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

const fileOf = (setting: string): ChatFile => {
  const [name = ''] = setting.split('\n', 1)
  return { name, bytes: new TextEncoder().encode(setting.slice(name.length + 1)) }
}

/** Somebody sits before the phone: the browser asks for a file of this machine. */
async function fileOfMachine(): Promise<ChatFile> {
  const input = document.createElement('input')
  input.type = 'file'
  const file = await new Promise<File | undefined>(done => {
    input.addEventListener('change', () => done(input.files?.[0]))
    input.addEventListener('cancel', () => done(undefined))
    input.click()
  })
  if (!file) throw new WxFailure('cancel')
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}

export function media(phone: Phone, privacy: Privacy): WxMethods {
  const { files, overlays, settings } = phone
  let photos = 0
  const photo = async () => {
    const bytes = await testImage(`TEST ${++photos} · ${new Date().toISOString()}`)
    return { tempFilePath: files.addTemporary(bytes, 'jpg'), size: bytes.length }
  }
  const recorded = (api: string, path: string) => {
    if (!files.read(path)) throw new WxFailure(`file doesn't exist: ${path}`)
    phone.log({ kind: 'console', text: `wx.${api} ${path}` })
  }
  /** WeChat calls back as soon as the pictures are there, and does not show those of the package. */
  const preview = (urls: string[], at: number) =>
    void overlays.preview(
      urls.map(url => pictureAddress(url) ?? ''),
      at >= 0 && at < urls.length ? at : 0,
      say(phone, '图片加载失败', 'The picture cannot be loaded'),
    )

  return methods({
    scanCode: async () => {
      await privacy.require('scanCode')
      const scanned =
        settings.scanText ||
        (await overlays.ask({
          title: say(phone, '扫一扫', 'Scan'),
          content: say(phone, '输入码里的内容', 'Type what the code holds'),
          input: { value: '', placeholder: say(phone, '文字或网址', 'Text or address') },
          confirm: { text: say(phone, '确定', 'OK') },
          cancel: { text: say(phone, '取消', 'Cancel') },
        }))
      if (!scanned) throw new WxFailure('cancel')
      return { result: scanned, scanType: 'QR_CODE', charSet: 'utf-8', path: '', rawData: btoa(unescape(encodeURIComponent(scanned))) }
    },
    chooseMedia: async ({ count = 9 }) => {
      await privacy.require('chooseMedia')
      const most = Math.min(Number(count), 3)
      const answer = await overlays.choose({
        alert: say(phone, '模拟器给出测试照片', 'The simulator gives test photos'),
        items: Array.from({ length: most }, (_, index) =>
          say(phone, `${index + 1} 张照片`, index === 0 ? '1 photo' : `${index + 1} photos`),
        ),
        cancelText: say(phone, '取消', 'Cancel'),
      })
      if (answer === undefined) throw new WxFailure('cancel')
      const chosen = []
      for (let made = 0; made <= answer; made++) chosen.push({ ...(await photo()), ...TEST_IMAGE, fileType: 'image' })
      return { tempFiles: chosen, type: 'image' }
    },
    chooseMessageFile: async options => {
      await privacy.require('chooseMessageFile')
      const { name, bytes } = settings.chatFile === '' ? await fileOfMachine() : fileOf(settings.chatFile)
      const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
      const { extension: wanted } = options as { extension?: unknown }
      // WeChat greys out files of other kinds: nothing is left to choose
      if (Array.isArray(wanted) && !wanted.some(one => String(one).replace('.', '').toLowerCase() === extension))
        throw new WxFailure('cancel')
      const path = files.addTemporary(bytes, extension)
      return { tempFiles: [{ name, path, size: bytes.length, time: Math.floor(Date.now() / 1_000), type: 'file' }] }
    },
    chooseImage: async () => {
      await privacy.require('chooseImage')
      const one = await photo()
      return { tempFilePaths: [one.tempFilePath], tempFiles: [{ path: one.tempFilePath, size: one.size }] }
    },
    compressImage: async options => {
      const bitmap = await bitmapOf(phone, text(options, 'src'))
      const {
        quality = 80,
        compressedWidth,
        compressedHeight,
      } = options as { quality?: number; compressedWidth?: number; compressedHeight?: number }
      const scale = compressedWidth ? compressedWidth / bitmap.width : compressedHeight ? compressedHeight / bitmap.height : 1
      const canvas = new OffscreenCanvas(
        Math.round(bitmap.width * scale),
        Math.round(bitmap.height * (compressedWidth && compressedHeight ? compressedHeight / bitmap.height : scale)),
      )
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 })
      return { tempFilePath: files.addTemporary(new Uint8Array(await blob.arrayBuffer()), 'jpg') }
    },
    getImageInfo: async options => {
      const path = text(options, 'src')
      const { width, height } = await bitmapOf(phone, path)
      return { width, height, path, orientation: 'up', type: /\.png/i.test(path) ? 'png' : 'jpeg' }
    },
    previewImage: ({ urls, current }) => {
      if (!Array.isArray(urls) || urls.length === 0) throw new WxFailure('parameter error: parameter.urls should be Array')
      preview(urls.map(String), typeof current === 'number' ? current : urls.indexOf(current))
    },
    // of a film its first picture is shown
    previewMedia: ({ sources, current }) => {
      if (!Array.isArray(sources) || sources.length === 0) throw new WxFailure('parameter error: parameter.sources should be Array')
      const shown = (sources as { url?: string; type?: string; poster?: string }[]).map(({ url, type, poster }) =>
        type === 'video' ? poster : url,
      )
      preview(
        shown.map(url => url ?? ''),
        Number(current ?? 0),
      )
    },
    saveImageToPhotosAlbum: options => recorded('saveImageToPhotosAlbum', text(options, 'filePath')),
    openDocument: options => recorded('openDocument', text(options, 'filePath')),
    shareFileMessage: options => recorded('shareFileMessage', text(options, 'filePath')),
    saveFileToDisk: options => recorded('saveFileToDisk', text(options, 'filePath')),
  })
}
