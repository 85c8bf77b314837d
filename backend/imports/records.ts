// A CSV file as a stream of records with the line each begins on, in bounded memory.
import { parse } from 'csv-parse'
import { ImportError } from './columns.ts'
import { assertReadableFile, blocksOf, type Encoding } from './file.ts'

export interface CsvRecord {
  cells: string[]
  /** line of the file on which the record begins, counted from 1 */
  line: number
}

/** Characters that one record may have. More than that is a quote that was never closed. */
const maximumRecord = 8 * 1024 * 1024

/**
 * Bytes to text (a byte order mark is dropped, a wrong byte becomes U+FFFD and its row is rejected later) with every line ended by \n, because
 * csv-parse counts a \r\n inside quotes as two lines.
 */
async function* textOf(path: string, encoding: Encoding, onBytes: (read: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let heldReturn = false
  const lines = (text: string): string => {
    if (text === '') return ''
    const whole = heldReturn ? `\r${text}` : text
    heldReturn = whole.endsWith('\r')
    return (heldReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n')
  }
  let read = 0
  for await (const chunk of blocksOf(path)) {
    read += chunk.length
    onBytes(read)
    yield lines(decoder.decode(chunk, { stream: true }))
  }
  const rest = lines(decoder.decode())
  yield heldReturn ? `${rest}\n` : rest
}

/**
 * Every record of the file, the header included, rows without any value left out.
 * @param onBytes told how many bytes of the file have been read
 * @throws ImportError when there is no such file, it cannot be read, or a quote is never closed
 */
export async function* readRecords(
  path: string,
  encoding: Encoding = 'utf-8',
  onBytes: (read: number) => void = () => undefined,
): AsyncGenerator<CsvRecord> {
  await assertReadableFile(path)
  const ready: CsvRecord[] = []
  let lastLine = 0
  // Records are taken as they are parsed instead of from the stream, which forgets what it has not handed out yet when it fails.
  const parser = parse({
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    record_delimiter: '\n',
    max_record_size: maximumRecord,
    on_record: (cells: string[], { lines }) => {
      const breaks = cells.reduce((count, cell) => count + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0)
      ready.push({ cells, line: lines - breaks })
      lastLine = lines
      return null
    },
  })
  let failure: (Error & { code?: string }) | undefined
  parser.on('error', error => (failure = error))
  for await (const text of textOf(path, encoding, onBytes)) {
    await new Promise<void>(done => parser.write(text, () => done()))
    yield* ready.splice(0)
    if (failure !== undefined) break
  }
  if (failure === undefined) {
    await new Promise<void>(done => parser.once('error', () => done()).end(() => done()))
    yield* ready.splice(0)
  }
  if (failure !== undefined) throw explained(failure, lastLine + 1)
}

function explained(failure: Error & { code?: string }, line: number): Error {
  if (failure.code === 'CSV_QUOTE_NOT_CLOSED' || failure.code === 'CSV_MAX_RECORD_SIZE') {
    return new ImportError(`第 ${line} 行附近有一个引号没有闭合，从那里起没有导入；改好后重新运行即可，已导入的不会重复`)
  }
  return failure.code?.startsWith('CSV_') ? new ImportError(`第 ${line} 行附近不是 CSV（${failure.code}），从那里起没有导入`) : failure
}
