import { describe, expect, it } from '@jest/globals'
import { Jimp } from 'jimp'
import { difference } from './compare.ts'

function picture(width: number, height: number, spots: [x: number, y: number, shade: number][] = []): Promise<Buffer> {
  const drawn = new Jimp({ width, height, color: 0xffffffff })
  for (const [x, y, shade] of spots) drawn.bitmap.data.fill(shade, (y * width + x) * 4, (y * width + x) * 4 + 3)
  return drawn.getBuffer('image/png')
}

describe('pictures before and after', () => {
  it('given the same, or one that no eye tells apart, then nothing differs', async () => {
    expect(await difference(await picture(4, 4), await picture(4, 4, [[1, 1, 254]]))).toBeNull()
  })
  it('given other pixels, then it says how many and where', async () => {
    expect(
      await difference(
        await picture(4, 4, [
          [1, 2, 0],
          [3, 2, 0],
        ]),
        await picture(4, 4),
      ),
    ).toBe('2 pixels between (1, 2) and (3, 2)')
  })
  it('given another size, then it says which', async () => {
    expect(await difference(await picture(4, 5), await picture(4, 4))).toBe('4 × 5 instead of 4 × 4')
  })
})
