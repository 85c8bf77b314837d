// What a file says of itself before anything decodes it: a small file may unfold to gigabytes, and a name says nothing.

export interface ImageHeader {
  type: 'jpeg' | 'png'
  width: number
  height: number
}

/** @returns null for everything that is no JPEG or PNG, whatever it is called, and for PNGs that are interlaced (nothing bounds their inflation) */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = startsWith(bytes, pngMark) ? pngHeader(bytes, view) : startsWith(bytes, [0xff, 0xd8, 0xff]) ? jpegHeader(view) : null
  return header && header.width > 0 && header.height > 0 ? header : null
}

const pngMark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const ihdr = [0x49, 0x48, 0x44, 0x52]
const startsWith = (bytes: Uint8Array, mark: readonly number[], at = 0) => mark.every((byte, index) => bytes[at + index] === byte)

function pngHeader(bytes: Uint8Array, view: DataView): ImageHeader | null {
  if (bytes.length < 33 || !startsWith(bytes, ihdr, 12) || bytes[28] !== 0) return null
  return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** Segments up to the first frame header (ITU T.81, B.2.2); the size of a thumbnail within EXIF is skipped with its segment. */
function jpegHeader(view: DataView): ImageHeader | null {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    // fill bytes, and markers without a length
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else if (isFrame(marker)) return { type: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    else if (marker === 0xd9 || marker === 0xda) return null
    else at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** C4, C8 and CC are other tables in the same range. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
