// Draws the pictures of dev/demo/photos: `node --import tsx dev/demo/make-photos.ts`. Drawn, not taken: no real shop is in them.
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const [width, height] = [720, 960]
type Box = readonly [x: number, y: number, w: number, h: number, colour: number]

/** Colours are 0xRRGGBBAA. */
async function draw(name: string, background: number, boxes: readonly Box[]): Promise<void> {
  const shapes = boxes.map(([x, y, w, h, colour]) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${css(colour)}"/>`)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${css(background)}"/>${shapes.join('')}</svg>`
  await sharp(Buffer.from(svg))
    .jpeg({ quality: 80 })
    .toFile(fileURLToPath(new URL(`photos/${name}.jpg`, import.meta.url)))
}

const css = (colour: number): string => `#${colour.toString(16).padStart(8, '0')}`

const [brick, wood, glass, dark, white, green, grey, red] = [
  0xb5654aff, 0x6b4226ff, 0xbfdde8ff, 0x2b2b2bff, 0xffffffff, 0x07c160ff, 0xd8d8d8ff, 0xc8372dff,
]

/** An awning, a sign without a name, a door and a window. */
await draw('front', brick, [
  [0, 860, width, 100, 0x8a8a8aff],
  [60, 120, 600, 130, red],
  [90, 150, 540, 70, 0xf6e7b4ff],
  ...Array.from({ length: 10 }, (_, stripe): Box => [60 + stripe * 60, 250, 60, 90, stripe % 2 ? white : red]),
  [100, 400, 330, 320, glass],
  [255, 400, 12, 320, wood],
  [480, 400, 160, 460, wood],
  [505, 430, 110, 220, glass],
])

/** A sticker with a pattern like a code's: nothing can be read from it. */
await draw('sticker', wood, [
  [110, 130, 500, 700, white],
  [110, 130, 500, 110, green],
  ...Array.from({ length: 225 }, (_, cell): Box => [
    190 + (cell % 15) * 23,
    330 + Math.floor(cell / 15) * 23,
    23,
    23,
    (cell * 7 + Math.floor(cell / 15) * 5) % 3 ? white : dark,
  ]),
])

const phone: readonly Box[] = [
  [140, 60, 440, 840, dark],
  [160, 100, 400, 760, white],
  [160, 100, 400, 60, 0xf2f2f2ff],
]
/** A mark, the sum as a bar, and the receipt below. */
await draw('receipt', 0x9a8f80ff, [
  ...phone,
  [320, 200, 80, 80, green],
  [270, 310, 180, 34, dark],
  [200, 400, 320, 300, 0xf7f7f7ff],
  ...[430, 480, 530, 580].map((y): Box => [225, y, 200, 16, grey]),
  [225, 640, 270, 40, green],
])
/** A page of the shop's own. */
await draw('legacy', 0x9a8f80ff, [...phone, [160, 160, 400, 260, 0xf2a33aff], ...[460, 520, 580].map((y): Box => [190, y, 340, 30, grey])])
