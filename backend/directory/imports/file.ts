// What an import needs to know of a file before it reads it: that it is one, which bytes it holds, and in which encoding.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { encodedTwice, otherEncoding } from './other-encoding.ts'
import { otherKind } from './other-kind.ts'
import { ImportError } from './columns.ts'
import { troubleOfFile } from './file-trouble.ts'

export const encodings = ['utf-8', 'gb18030'] as const
/** GB18030 holds GBK and GB2312, which spreadsheet programs on Chinese Windows save as CSV. */
export type Encoding = (typeof encodings)[number]

export interface InspectedFile {
  /** hex */
  sha256: string
  encoding: Encoding
  bytes: number
}

/** What is read: a file on this machine, or bytes that were sent here and are written nowhere. */
export interface Source {
  /** as a person is told of it */
  name: string
  blocks(): AsyncIterable<Buffer>
  /** @throws ImportError when there is nothing to read */
  check(): Promise<void>
}

const blockBytes = 64 * 1024

const fileAt = (path: string): Source => ({
  name: path,
  async *blocks() {
    try {
      yield* createReadStream(path, { highWaterMark: blockBytes }) as AsyncIterable<Buffer>
    } catch (error) {
      throw new ImportError(`${path} 读到一半不能再读：${troubleOfFile(error)}。再次运行同一个文件会接着导入`)
    }
  },
  check: () => assertReadableFile(path),
})
/** Of a file that was looked at before. */
export const blocksOf = (path: string): AsyncIterable<Buffer> => fileAt(path).blocks()
export const sourceOf = (given: string | Source): Source => (typeof given === 'string' ? fileAt(given) : given)

/** Between two blocks whatever else waits has its turn. */
export const bytesNamed = (name: string, bytes: Buffer): Source => ({
  name,
  async *blocks() {
    for (let from = 0; from < bytes.length; from += blockBytes) {
      yield bytes.subarray(from, from + blockBytes)
      await setImmediate()
    }
  },
  async check() {
    if (bytes.length === 0) throw new ImportError(`${name} 是空文件`, 'EMPTY')
  },
})

/** The file became another one while it was read: a program saved it, or it is still being copied. */
export class FileChangedError extends ImportError {
  constructor(name: string) {
    super(`${name} 在读的时候被改动了：等别的程序保存或复制完，再运行一次；已导入的不会重复`)
  }
}

/**
 * The same bytes that were looked at before, or none of the last ones: what is read twice may be two files.
 * @throws FileChangedError at the end of its blocks
 */
export const asInspected = (given: string | Source, { sha256 }: InspectedFile): Source => {
  const source = sourceOf(given)
  return {
    ...source,
    async *blocks() {
      const hash = createHash('sha256')
      for await (const block of source.blocks()) {
        hash.update(block)
        yield block
      }
      if (hash.digest('hex') !== sha256) throw new FileChangedError(source.name)
    },
  }
}

/**
 * Reads the file once. A byte order mark or bytes that are UTF-8 throughout make it UTF-8, otherwise it is GB18030, unless it is UTF-8 with a few
 * wrong bytes: their rows are rejected later, and nothing is turned into other characters.
 * @param forced the encoding that the caller knows better
 * @throws ImportError when there is nothing to read, or it is a workbook, an archive, UTF-16 or Big5
 */
export async function inspectFile(given: string | Source, forced?: Encoding): Promise<InspectedFile> {
  const source = sourceOf(given)
  const { name } = source
  await source.check()
  const hash = createHash('sha256')
  const strict = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let marked = false
  let valid = true
  let first: Buffer = Buffer.alloc(0)
  for await (const chunk of source.blocks()) {
    if (bytes === 0) first = chunk
    if (bytes === 0) marked = chunk.length >= 3 && chunk.readUIntBE(0, 3) === 0xefbbbf
    bytes += chunk.length
    hash.update(chunk)
    valid &&= isDecoded(() => strict.decode(chunk, { stream: true }))
  }
  valid &&= isDecoded(() => strict.decode())
  if (first.length >= 2 && [0xfffe, 0xfeff].includes(first.readUInt16BE(0)))
    throw new ImportError(`${name} 是 UTF-16 文件（“Unicode 文本”）：请在表格软件里另存为“CSV UTF-8（逗号分隔）”`, 'ENCODING')
  const other = otherKind(first)
  if (other !== null) throw new ImportError(`${name} 是${other.is}，不是 CSV：${other.remedy}`, 'NOT_A_TABLE')
  const foreign = forced === undefined && !marked ? (valid ? encodedTwice(first) : otherEncoding(first)) : null
  if (foreign !== null) throw new ImportError(`${name} ${foreign}`, 'ENCODING')
  const encoding = forced ?? (marked || valid || (await isMostlyUtf8(source)) ? 'utf-8' : 'gb18030')
  return { sha256: hash.digest('hex'), encoding, bytes }
}

function isDecoded(decode: () => string): boolean {
  try {
    decode()
    return true
  } catch {
    return false
  }
}

/** Of GB18030 read as UTF-8 hardly a character is left. */
async function isMostlyUtf8(source: Source): Promise<boolean> {
  const decoder = new TextDecoder('utf-8')
  let good = 0
  let broken = 0
  for await (const chunk of source.blocks()) {
    const text = decoder.decode(chunk, { stream: true })
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index)
      if (unit === 0xfffd) broken += 1
      else if (unit > 0x7f) good += 1
    }
  }
  return good > 4 * broken
}

/** @throws ImportError when there is nothing to read at `path` */
export async function assertReadableFile(path: string): Promise<void> {
  try {
    // a file that a shell hands over is gone with it, and nothing can be written beside it
    if (/^\/(?:dev|proc)\//.test(path)) throw new ImportError(`${path} 不是普通文件：先保存成文件，中断后才能接着导入`)
    const found = await stat(path)
    if (found.isDirectory()) throw new ImportError(`${path} 是文件夹，不是文件`)
    if (found.isFile() && found.size === 0) throw new ImportError(`${path} 是空文件`, 'EMPTY')
    if (!found.isFile()) throw new ImportError(`${path} 不是普通文件：先保存成文件，中断后才能接着导入`)
  } catch (error) {
    if (error instanceof ImportError) throw error
    const code = (error as NodeJS.ErrnoException).code
    throw new ImportError(code === 'ENOENT' || code === 'ENOTDIR' ? `没有这个文件：${path}` : `${path} 不能读取：${troubleOfFile(error)}`)
  }
}
