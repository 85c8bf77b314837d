// A file as it comes, zipped or not → its bytes and their SHA1, piece by piece.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BillReader, type Bill } from './reader.ts'
import { BillRefused } from './refused.ts'

const blockBytes = 256 * 1_024

/**
 * @returns what was counted, and the SHA1 of the unzipped file in hex
 * @throws BillRefused, and what `source` throws
 */
export async function readBill(source: AsyncIterable<Buffer>): Promise<{ bill: Bill; sha1: string }> {
  const hash = createHash('sha1')
  const reader = new BillReader()
  for await (const block of unzipped(source)) {
    hash.update(block)
    reader.feed(block)
  }
  return { bill: reader.end(), sha1: hash.digest('hex') }
}

/** @throws BillRefused where the zip is broken */
export async function* unzipped(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const blocks = source[Symbol.asyncIterator]()
  let first = Buffer.alloc(0)
  // the two bytes that tell may come one by one
  while (first.length < 2) {
    const next = await blocks.next()
    if (next.done) break
    first = Buffer.concat([first, next.value])
  }
  const whole = continued(first, blocks)
  if (first.length < 2 || first.readUInt16BE(0) !== 0x1f8b) return yield* whole
  let failed: unknown
  const input = Readable.from(whole, { objectMode: false, highWaterMark: blockBytes })
  const gunzip = createGunzip({ chunkSize: blockBytes })
  input.on('error', error => {
    failed = error
    gunzip.destroy()
  })
  try {
    yield* input.pipe(gunzip) as AsyncIterable<Buffer>
  } catch (error) {
    if (failed !== undefined) throw failed
    if ((error as { code?: string }).code?.startsWith('Z_') === true) throw new BillRefused('BILL_ZIP_BROKEN')
    throw error
  } finally {
    input.destroy()
  }
}

async function* continued(first: Buffer, blocks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first
  for (let next = await blocks.next(); !next.done; next = await blocks.next()) yield next.value
}
