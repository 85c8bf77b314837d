// Two pictures of one scene, pixel by pixel: what a change that nobody should see has changed.
import { Jimp } from 'jimp'

/** a colour of one pixel may differ so much (of 255): browsers draw the edges of letters not quite the same each time */
const SAME = 2

/** @returns in words what differs; null when nothing does */
export async function difference(picture: Buffer, before: Buffer): Promise<string | null> {
  const { bitmap: one } = await Jimp.read(picture)
  const { bitmap: other } = await Jimp.read(before)
  if (one.width !== other.width || one.height !== other.height)
    return `${one.width} × ${one.height} instead of ${other.width} × ${other.height}`
  let count = 0
  let [left, top, right, bottom] = [one.width, one.height, -1, -1]
  for (let y = 0; y < one.height; y += 1)
    for (let x = 0; x < one.width; x += 1) {
      const at = (y * one.width + x) * 4
      if ([0, 1, 2].every(part => Math.abs(one.data[at + part]! - other.data[at + part]!) <= SAME)) continue
      count += 1
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  return count === 0 ? null : `${count} pixels between (${left}, ${top}) and (${right}, ${bottom})`
}
