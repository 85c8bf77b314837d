// SHA-256 (FIPS 180-4) for phones whose base library does not compute it.

const ROUND = roots(64, 1 / 3)
const START = roots(8, 1 / 2)

/** The first 32 bits of the fractional parts of the square or cube roots of the first primes. */
function roots(count: number, power: number): Int32Array {
  const words = new Int32Array(count)
  for (let candidate = 2, found = 0; found < count; candidate += 1) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false
    if (!prime) continue
    const root = candidate ** power
    words[found] = ((root - Math.floor(root)) * 0x1_0000_0000) | 0
    found += 1
  }
  return words
}

/** Lower-case hex. */
export function sha256(content: ArrayBuffer | Uint8Array): string {
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(content)
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  const state = Int32Array.from(START)
  const w = new Int32Array(64)
  for (let at = 0; at < padded.length; at += 64) block(view, at, w, state)
  return Array.from(state, word => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

function block(view: DataView, at: number, w: Int32Array, state: Int32Array): void {
  for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(at + t * 4)
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15]!
    const y = w[t - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[t]! + w[t]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const sums = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i += 1) state[i] = (state[i]! + sums[i]!) | 0
}
