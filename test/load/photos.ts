// Pictures as phones send them: JPEG of 1,600 × 1,200 and 150 to 300 KB, each like no other.
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { photo } from './model.ts'

/** noise, as a camera has: more of it, larger files */
const sigmas = [34, 44, 54, 64, 70]

export async function takePictures(): Promise<Buffer[]> {
  const pictures: Buffer[] = []
  for (const sigma of sigmas) {
    const noise = { type: 'gaussian', mean: 120, sigma } as const
    const picture = sharp({ create: { ...photo, channels: 3, background: '#888888', noise } })
    pictures.push(await picture.blur(1.5).jpeg({ quality: 70 }).toBuffer())
  }
  return pictures
}

/** The same picture with a comment of its own (marker COM behind SOI), which makes it another file at no cost. */
export function another(picture: Buffer): Buffer {
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 18]), randomBytes(16)])
  return Buffer.concat([picture.subarray(0, 2), comment, picture.subarray(2)])
}
