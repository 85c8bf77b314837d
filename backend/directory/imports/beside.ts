// Where a run writes what belongs to a file: beside it, under a name that begins like its own.
import { createHash } from 'node:crypto'
import { basename, dirname, extname, join } from 'node:path'

/** bytes of a name on the file systems of Linux and macOS */
const longestName = 255

/**
 * merchants.csv → merchants.rejects.csv. Another ending stays, so that merchants.txt in the same folder has a file of its own; of a name that leaves no room its
 * beginning stays, with a mark that tells it from others that begin alike.
 * @param ending .rejects.csv
 */
export function beside(path: string, ending: string): string {
  const extension = extname(path)
  const stem = basename(path, extension.toLowerCase() === '.csv' ? extension : '')
  return join(dirname(path), `${within(stem, longestName - Buffer.byteLength(ending))}${ending}`)
}

function within(stem: string, bytes: number): string {
  if (Buffer.byteLength(stem) <= bytes) return stem
  const mark = `-${createHash('sha256').update(stem).digest('hex').slice(0, 8)}`
  let kept = ''
  for (const character of stem) {
    if (Buffer.byteLength(kept + character) > bytes - mark.length) break
    kept += character
  }
  return kept + mark
}
