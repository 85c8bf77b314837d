// What the header of a file says, read before anything decodes it: a small file may decode to gigabytes, and a file's name proves nothing.

export interface ImageHeader {
  type: 'jpeg' | 'png'
  width: number
  height: number
}

/** A camera's longest picture, a panorama, is about 1 : 8. */
const mostElongated = 20
/** Progressive JPEGs of cameras and of WeChat have about ten; each is a pass over the whole picture. */
const mostScans = 40

/**
 * @returns null for everything that is no photo: no JPEG or PNG, whatever it is called; an interlaced PNG (nothing bounds its inflation); a JPEG with a
 *   second frame, or with more scans than any camera writes; a strip
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = startsWith(bytes, pngMark)
    ? pngHeader(bytes, view)
    : startsWith(bytes, [0xff, 0xd8, 0xff])
      ? jpegHeader(bytes, view)
      : null
  if (!header || header.width === 0 || header.height === 0) return null
  const [short, long] = [Math.min(header.width, header.height), Math.max(header.width, header.height)]
  // a few pixels are no photo either, but harmless whatever their shape
  return long > 1_000 && long > mostElongated * short ? null : header
}

const pngMark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const ihdr = [0x49, 0x48, 0x44, 0x52]
const startsWith = (bytes: Uint8Array, mark: readonly number[], at = 0) => mark.every((byte, index) => bytes[at + index] === byte)

function pngHeader(bytes: Uint8Array, view: DataView): ImageHeader | null {
  if (bytes.length < 33 || !startsWith(bytes, ihdr, 12) || bytes[28] !== 0) return null
  return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** Segments of the whole file (ITU T.81, B.2.2); the size of a thumbnail within EXIF is skipped with its segment. */
function jpegHeader(bytes: Uint8Array, view: DataView): ImageHeader | null {
  let frame: ImageHeader | null = null
  let scans = 0
  let at = 2
  while (at + 1 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xd9) break
    // fill bytes, and markers without a length
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else if (at + 9 >= view.byteLength) break
    else {
      if (isFrame(marker)) {
        if (frame) return null
        frame = { type: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
      }
      at += 2 + view.getUint16(at + 2)
      if (marker === 0xda) {
        scans += 1
        if (!frame || scans > mostScans) return null
        at = afterScan(bytes, at)
      }
    }
  }
  return scans > 0 ? frame : null
}

/** Where the next marker stands: within a scan, FF is followed by 00 or by a restart marker. */
function afterScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at !== -1) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at = bytes.indexOf(0xff, at + 2)
  }
  return bytes.length
}

/** C4, C8 and CC are other tables in the same range. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
