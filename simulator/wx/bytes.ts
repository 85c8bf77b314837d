// Bytes to base64 and back, and the encodings that FileSystemManager names.

export function base64FromBytes(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}

export function bytesFromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0))
}

export function bytesFrom(content: unknown, encoding = 'utf8'): Uint8Array<ArrayBuffer> {
  if (content instanceof ArrayBuffer) return new Uint8Array(content)
  if (ArrayBuffer.isView(content))
    return new Uint8Array(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer)
  const written = String(content)
  switch (encoding) {
    case 'base64':
      return bytesFromBase64(written)
    case 'hex':
      return Uint8Array.from(written.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
    case 'ascii':
    case 'binary':
    case 'latin1':
      return Uint8Array.from(written, character => character.charCodeAt(0))
    default:
      return new TextEncoder().encode(written)
  }
}

/** Without an encoding: an ArrayBuffer, as wx does. */
export function contentOf(bytes: Uint8Array, encoding: unknown): string | ArrayBuffer {
  if (typeof encoding !== 'string') return bytes.slice().buffer as ArrayBuffer
  switch (encoding) {
    case 'base64':
      return base64FromBytes(bytes)
    case 'hex':
      return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
    case 'ascii':
    case 'binary':
    case 'latin1':
      return Array.from(bytes, byte => String.fromCharCode(byte)).join('')
    default:
      return new TextDecoder().decode(bytes)
  }
}
