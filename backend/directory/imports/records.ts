// A CSV file as a stream of records with the lines each holds, in bounded memory.
import { parse } from 'csv-parse'
import { sourceOf, type Encoding, type Source } from './file.ts'
import { FileLines } from './lines.ts'

export interface CsvRecord {
  cells: string[]
  /** line of the file on which the record begins, counted from 1 */
  line: number
  /** its last line: a cell in quotes may hold line breaks */
  to: number
  /** its lines after the first, as they stand in the file; without those that say nothing */
  inner: string[]
  /** why its cells cannot be told apart; the record then holds the rest of the file */
  fault?: string
}

/** Characters that one record may have. More than that is a quote that was never closed. */
const maximumRecord = 8 * 1024 * 1024

/**
 * Bytes to text (a byte order mark is dropped, a wrong byte becomes U+FFFD and its row is rejected later) with every line ended by \n, because
 * csv-parse counts a \r\n inside quotes as two lines.
 */
async function* textOf(source: Source, encoding: Encoding, onBytes: (read: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let heldReturn = false
  let isBegun = false
  const lines = (text: string): string => {
    if (text === '') return ''
    // GB18030 has a mark too, which the decoder keeps
    const marked = isBegun ? text : text.replace(/^\uFEFF/, '')
    isBegun = true
    const whole = heldReturn ? `\r${marked}` : marked
    heldReturn = whole.endsWith('\r')
    return (heldReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n')
  }
  let read = 0
  for await (const chunk of source.blocks()) {
    read += chunk.length
    onBytes(read)
    yield lines(decoder.decode(chunk, { stream: true }))
  }
  const rest = lines(decoder.decode())
  yield heldReturn ? `${rest}\n` : rest
}

export interface Reading {
  encoding?: Encoding
  /** told how many bytes of the file have been read */
  onBytes?: (read: number) => void
  /** where the lines of the file are counted */
  lines?: FileLines
  /** between cells; a comma when absent, a tab in what was copied out of a spreadsheet */
  separator?: ',' | '\t'
}

/**
 * Every record of the file, the header included, rows without any value left out. A quote that is never closed makes the rest of the file one record,
 * with a fault: every line with a value is in one record.
 * @throws ImportError when there is no such file or it cannot be read
 */
export async function* readRecords(
  given: string | Source,
  { encoding = 'utf-8', onBytes = () => undefined, lines: fileLines = new FileLines(), separator = ',' }: Reading = {},
): AsyncGenerator<CsvRecord> {
  const source = sourceOf(given)
  await source.check()
  const ready: { cells: string[]; line: number; to: number }[] = []
  // Records are taken as they are parsed instead of from the stream, which forgets what it has not handed out yet when it fails.
  const parser = parse({
    delimiter: separator,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    record_delimiter: '\n',
    max_record_size: maximumRecord,
    on_record: (cells: string[], { lines }) => {
      const breaks = cells.reduce((count, cell) => count + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0)
      ready.push({ cells, line: lines - breaks, to: lines })
      return null
    },
  })
  const taken = (): CsvRecord[] => ready.splice(0).map(one => ({ ...one, inner: innerLines(fileLines, one.line, one.to) }))
  let failure: (Error & { code?: string }) | undefined
  parser.on('error', error => (failure = error))
  for await (const text of textOf(source, encoding, onBytes)) {
    fileLines.feed(text)
    if (failure !== undefined) continue
    await new Promise<void>(done => parser.write(text, () => done()))
    yield* taken()
  }
  fileLines.end()
  if (failure === undefined) {
    await new Promise<void>(done => parser.once('error', () => done()).end(() => done()))
    yield* taken()
  }
  if (failure !== undefined) yield* remainder(failure, fileLines)
  fileLines.close()
}

/** What the parser could not read: from the record at which it failed to the end of the file; nothing where only a quote stands there. */
function remainder(failure: Error & { code?: string }, fileLines: FileLines): CsvRecord[] {
  const line = fileLines.firstWaiting
  if (failure.code?.startsWith('CSV_') !== true) throw failure
  if (line === undefined) return []
  const why: Record<string, string> = {
    CSV_QUOTE_NOT_CLOSED: `第 ${line} 行有一个引号没有闭合`,
    CSV_MAX_RECORD_SIZE: `第 ${line} 行起有 ${maximumRecord / 2 ** 20} MB 还没有结束，是引号没有闭合，或这一行太长`,
  }
  const fault = why[failure.code] ?? `第 ${line} 行起不是 CSV（${failure.code}）`
  const to = fileLines.total
  return [{ cells: [], line, to, inner: innerLines(fileLines, line, to), fault }]
}

const innerLines = (fileLines: FileLines, from: number, to: number): string[] =>
  fileLines.take(from, to).flatMap(({ line, text }) => (line > from ? [text] : []))
