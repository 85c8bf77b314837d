// A CSV file as a stream of records with the line each begins on, in bounded memory.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Transform, type TransformCallback } from 'node:stream'
import { parse } from 'csv-parse'
import { ImportError } from './columns.ts'

export interface CsvRecord {
  cells: string[]
  /** line of the file on which the record begins, counted from 1 */
  line: number
}

/** Characters that one record may have. More than that is a quote that was never closed. */
const maximumRecord = 8 * 1024 * 1024

/**
 * Bytes to text: UTF-8 (a byte order mark is dropped, a wrong byte becomes U+FFFD and its row is rejected later) with every line ended by \n,
 * because csv-parse counts a \r\n inside quotes as two lines.
 */
class TextLines extends Transform {
  readonly #decoder = new TextDecoder('utf-8')
  #heldReturn = false

  constructor() {
    super({ readableObjectMode: false, decodeStrings: true })
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    done(null, this.#lines(this.#decoder.decode(chunk, { stream: true })))
  }

  override _flush(done: TransformCallback): void {
    const rest = this.#lines(this.#decoder.decode())
    done(null, this.#heldReturn ? `${rest}\n` : rest)
  }

  #lines(text: string): string {
    if (text === '') return ''
    const whole = this.#heldReturn ? `\r${text}` : text
    this.#heldReturn = whole.endsWith('\r')
    return (this.#heldReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n')
  }
}

/**
 * Every record of the file, the header included, rows without any value left out.
 * @throws ImportError when there is no such file, it cannot be read, or a quote is never closed
 */
export async function* readRecords(path: string): AsyncGenerator<CsvRecord> {
  await assertReadableFile(path)
  const parser = parse({
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    record_delimiter: '\n',
    max_record_size: maximumRecord,
  })
  pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), new TextLines(), parser, () => {})
  let lastLine = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const breaks = record.reduce((count, cell) => count + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0)
      lastLine = info.lines
      yield { cells: record, line: info.lines - breaks }
    }
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
      throw new ImportError(`第 ${lastLine + 1} 行附近有一个引号没有闭合，从那里起没有导入；改好后重新运行即可，已导入的不会重复`)
    }
    if (error instanceof ImportError) throw error
    if (code?.startsWith('CSV_')) throw new ImportError(`第 ${lastLine + 1} 行附近不是 CSV（${code}），从那里起没有导入`)
    throw error
  }
}

/** @throws ImportError when there is nothing to read at `path` */
export async function assertReadableFile(path: string): Promise<void> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new ImportError(`${path} 是文件夹，不是文件`)
    if (found.isFile() && found.size === 0) throw new ImportError(`${path} 是空文件`)
  } catch (error) {
    if (error instanceof ImportError) throw error
    const code = (error as NodeJS.ErrnoException).code
    throw new ImportError(code === 'ENOENT' || code === 'ENOTDIR' ? `没有这个文件：${path}` : `${path} 不能读取（${code}）`)
  }
}
