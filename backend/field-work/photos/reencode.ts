// Photos are written anew by libvips: nothing of the old file but its pixels is left. A malicious file is bounded before and while
// it is decoded; the order in which uploads are decoded is upload.ts's.
import sharp from 'sharp'

export interface Reencoded {
  /** JPEG, at most 1,600 pixels on its longer side, without metadata */
  bytes: Uint8Array
  width: number
  height: number
}

/** The file cannot be decoded, now or later. */
export class UnreadablePhotoError extends Error {}

/** It might be decoded on a machine with less to do. */
export class PhotoTooSlowError extends Error {}

const longestSide = 1_600
export const mostPixels = 16_000_000
/** a photo of 12 MP takes about 0.1 s */
const timeLimitSeconds = 4

// a photo is one file of one person: threads within a picture and a cache of pictures would only hold memory
sharp.concurrency(1)
sharp.cache(false)
// every other format that libvips knows (SVG, TIFF, PDF …) is a parser that we do not need
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] })

/** @throws UnreadablePhotoError, PhotoTooSlowError */
export async function reencode(file: Uint8Array): Promise<Reencoded> {
  try {
    const { data, info } = await sharp(file, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true, pages: 1 })
      // turned the way its EXIF says, which is then gone
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      // JPEG has no transparency
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 85 })
      .timeout({ seconds: timeLimitSeconds })
      .toBuffer({ resolveWithObject: true })
    return { bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width: info.width, height: info.height }
  } catch (error) {
    const { message } = error as Error
    if (message.startsWith('timeout')) throw new PhotoTooSlowError(message)
    throw new UnreadablePhotoError(message)
  }
}
