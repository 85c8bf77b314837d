// Runs in a thread of its own (reencode.ts): decodes a photo and writes it anew as JPEG. Nothing of the old file but its pixels is left.
// JavaScript, because a thread is loaded by node itself, without the loader that reads TypeScript.
import { parentPort } from 'node:worker_threads'
import { Jimp } from 'jimp'

const longestSide = 1_600
const white = 0xffffffff

parentPort?.on('message', async ({ id, bytes }) => {
  try {
    // turned the way its EXIF says, which is then gone
    const image = await Jimp.fromBuffer(Buffer.from(bytes))
    if (Math.max(image.width, image.height) > longestSide) image.scaleToFit({ w: longestSide, h: longestSide })
    // JPEG has no transparency; a new picture also has no comment or profile of the old one
    const fresh = new Jimp({ width: image.width, height: image.height, color: white }).composite(image, 0, 0)
    const jpeg = await fresh.getBuffer('image/jpeg', { quality: 85 })
    parentPort?.postMessage({ id, bytes: new Uint8Array(jpeg), width: fresh.width, height: fresh.height })
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) })
  }
})
