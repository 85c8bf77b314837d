// One process of the photo bench: `node --import tsx test/bench/reencode-photos.ts libvips|jimp|nothing`, prints its costs as JSON.
import { Jimp } from 'jimp'
import sharp from 'sharp'
import { reencode } from '../../backend/field-work/photos/reencode.ts'

const counted = 5
const engines: Record<string, (file: Buffer) => Promise<unknown>> = {
  nothing: file => Promise.resolve(file),
  libvips: reencode,
  async jimp(file) {
    const image = await Jimp.fromBuffer(file)
    image.scaleToFit({ w: 1_600, h: 1_600 })
    return image.getBuffer('image/jpeg', { quality: 85 })
  },
}
const work = engines[process.argv[2] ?? '']
if (!work) throw new Error(`one of ${Object.keys(engines).join(', ')}`)

// like a camera's: noise does not compress away
const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const
const file = await sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#808080', noise } })
  .jpeg({ quality: 80 })
  .toBuffer()
const times: number[] = []
for (let round = 0; round <= counted; round += 1) {
  const begin = performance.now()
  await work(file)
  // the first one loads what it needs
  if (round > 0) times.push(performance.now() - begin)
}
const ms = times.sort((a, b) => a - b)[Math.floor(counted / 2)]!
console.log(JSON.stringify({ ms, peak: process.resourceUsage().maxRSS / 1_024 }))
