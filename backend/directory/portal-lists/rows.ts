// From what was sent to rows: a 商户号 and what was seen of it, or why not. The parsers are those of `npm run import`; what was sent stays in memory.
import { setImmediate } from 'node:timers/promises'
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import { MAX_FILTER_INDUSTRIES } from '../../../miniprogram/shared/industries.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import type { Numbers } from '../../http/caller.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { futureTolerance } from '../../platform/times.ts'
import { ImportError, leastCellsOf, readHeaderOf, widthFault, widthOf } from '../imports/columns.ts'
import { inspectFile, type Encoding, type Source } from '../imports/file.ts'
import { switchColumns, switchIn, tagsIn, timeIn, type PortalCheck } from '../imports/portal-check.ts'
import { readRecords, type CsvRecord } from '../imports/records.ts'
import { hasLostDigits, plainNumber } from '../imports/shapes.ts'
import { looksLikeMchid, swallowsRows } from '../imports/swallowed.ts'
import { tidy } from '../../platform/tidy.ts'
import { characterFault } from '../imports/text.ts'
import { listColumns, type ListColumn } from './columns.ts'
import type { PortalCheckRefusal } from './schema.ts'

/** More is cut into several lists: a preview is one transaction. */
const mostRows = 200_000
/** rows after which others have their turn */
const turn = 1_000

export interface LookRow extends PortalCheck {
  line: number
  sub_mchid: string
}
export interface RefusedRow {
  line: number
  /** null where it cannot be one */
  sub_mchid: string | null
  refused: { field: ListColumn | ''; code: PortalCheckRefusal; other_line?: number }
}
type ReadRow = LookRow | RefusedRow

export interface ListReading {
  encoding: Encoding
  looks: LookRow[]
  refused: RefusedRow[]
}

export interface ListOptions {
  /** of rows that do not say when */
  checked_at: Date
  now: Date
  /** of the provider itself: none of them is a merchant's */
  numbers: Numbers
}

/**
 * @throws AppError VALIDATION_FAILED for the whole of it, with a sentence for a person: no table, another encoding, a header that nobody knows, nothing in it;
 *   PAYMENT_CODE where the header itself holds one
 */
export async function readList(source: Source, options: ListOptions): Promise<ListReading> {
  try {
    const { encoding } = await inspectFile(source)
    const rows = await readRows(source, encoding, options)
    return { encoding, ...parted(rows) }
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    throw invalidField('file', error.fault, error.message)
  }
}

async function readRows(source: Source, encoding: Encoding, options: ListOptions): Promise<ReadRow[]> {
  const separator = await separatorOf(source, encoding)
  const rows: ReadRow[] = []
  let read: ((record: CsvRecord) => ReadRow) | undefined
  for await (const record of readRecords(source, { encoding, separator })) {
    if (!read) {
      read = readerOf(record, separator, options)
      continue
    }
    rows.push(read(record))
    if (rows.length > mostRows) throw invalidField('file', 'TOO_MANY_ROWS', `最多 ${mostRows} 行，请分成几份`)
    if (rows.length % turn === 0) await setImmediate()
  }
  if (rows.length === 0) throw new ImportError(read ? `${source.name} 里没有数据，只有表头` : `${source.name} 里没有数据`, 'EMPTY')
  return rows
}

/** What is copied out of a spreadsheet has tabs between its cells. */
async function separatorOf(source: Source, encoding: Encoding): Promise<',' | '\t'> {
  for await (const block of source.blocks()) {
    const first = new TextDecoder(encoding)
      .decode(block)
      .trimStart()
      .split(/[\r\n]/, 1)[0]!
    return first.includes('\t') && !first.includes(',') ? '\t' : ','
  }
  return ','
}

/** @throws ImportError, AppError PAYMENT_CODE */
function readerOf(header: CsvRecord, separator: ',' | '\t', options: ListOptions): (record: CsvRecord) => ReadRow {
  if (header.cells.some(mayHoldCode)) throw new AppError('PAYMENT_CODE')
  if (header.fault !== undefined) throw new ImportError(`表头有误：${header.fault}`, 'HEADER')
  const columns = readHeaderOf(listColumns, header.cells)
  const width = widthOf(header.cells)
  const leastCells = leastCellsOf(listColumns, columns)
  const shape = { leastCells, separator, isKeyed: (cells: readonly string[]) => looksLikeMchid(cells[columns.get('sub_mchid')!]) }
  return record => {
    const { line, cells } = record
    if (record.fault !== undefined || swallowsRows(record, shape)) return { line, sub_mchid: null, refused: { field: '', code: 'QUOTES' } }
    const cell = (column: ListColumn): string => tidy(cells[columns.get(column) ?? -1] ?? '')
    const coded = cells.findIndex(mayHoldCode)
    const number = plainNumber(cell('sub_mchid')).value
    const sub_mchid = isMchid(number) ? number : null
    const refuse = (field: ListColumn | '', code: PortalCheckRefusal): RefusedRow => ({ line, sub_mchid, refused: { field, code } })
    if (coded >= 0) return refuse(columnAt(columns, coded), 'PAYMENT_CODE')
    if (widthFault(cells, width, leastCells) !== null) return refuse('', 'CELLS')
    const unreadable = [...columns.keys()].find(column => characterFault(cell(column)) !== null)
    if (unreadable) return refuse(unreadable, 'CHARACTERS')
    const wrong = numberFault(number, options.numbers)
    if (wrong) return refuse('sub_mchid', wrong)
    const look = lookIn(cell, options)
    return 'code' in look ? refuse(look.field, look.code) : { line, sub_mchid: number, ...look }
  }
}

/** Fewer than 18 characters hold none, whatever they are. */
const mayHoldCode = (cell: string): boolean => cell.length >= 18 && holdsPaymentCode(cell)

const columnAt = (columns: ReadonlyMap<ListColumn, number>, position: number): ListColumn | '' =>
  [...columns].find(([, at]) => at === position)?.[0] ?? ''

function numberFault(number: string, numbers: Numbers): PortalCheckRefusal | null {
  if (number === '') return 'MISSING'
  if (hasLostDigits(number)) return 'LOST_DIGITS'
  if (!isMchid(number)) return 'NOT_A_NUMBER'
  return numbers.includes(number) ? 'PROVIDER_NUMBER' : null
}

type CellFault = { field: ListColumn | ''; code: PortalCheckRefusal }

function lookIn(cell: (column: ListColumn) => string, { checked_at, now }: ListOptions): PortalCheck | CellFault {
  const detail: PortalCheck['detail'] = {}
  for (const field of switchColumns) {
    const given = cell(field)
    if (given === '') continue
    const status = switchIn(given)
    if (status === undefined) return { field, code: 'NOT_A_STATUS' }
    // who looked and could not tell saw nothing
    if (status !== 'unknown') detail[field] = status
  }
  const tags = cell('ad_filter')
  if (tags !== '') {
    const { codes, wrong } = tagsIn(tags)
    if (wrong !== undefined) return { field: 'ad_filter', code: 'NOT_A_TAG' }
    if (codes.length > MAX_FILTER_INDUSTRIES) return { field: 'ad_filter', code: 'TOO_MANY_TAGS' }
    detail.ad_filter = codes
  }
  const said = cell('checked_at')
  const at = said === '' ? checked_at : timeIn(said)
  if (at === null) return { field: 'checked_at', code: 'NOT_A_TIME' }
  if (at.getTime() > now.getTime() + futureTolerance) return { field: 'checked_at', code: 'IN_THE_FUTURE' }
  if (Object.keys(detail).length === 0) return { field: '', code: 'NOTHING_SEEN' }
  return { detail, checked_at: at }
}

/** A merchant that stands there twice counts once where both say the same, and not at all where they do not: nobody knows which is right. */
function parted(rows: readonly ReadRow[]): Pick<ListReading, 'looks' | 'refused'> {
  const refused = rows.filter(row => 'refused' in row)
  const looks: LookRow[] = []
  const byNumber = new Map<string, [LookRow, ...LookRow[]]>()
  for (const row of rows) {
    if ('refused' in row) continue
    const before = byNumber.get(row.sub_mchid)
    if (before) before.push(row)
    else byNumber.set(row.sub_mchid, [row])
  }
  for (const [first, ...others] of byNumber.values()) {
    const agree = others.every(other => saying(other) === saying(first))
    if (agree) looks.push(first)
    for (const { line, sub_mchid } of agree ? others : [first, ...others]) {
      const other_line = line === first.line ? others[0]!.line : first.line
      refused.push({ line, sub_mchid, refused: { field: 'sub_mchid', code: agree ? 'DUPLICATE' : 'CONTRADICTION', other_line } })
    }
  }
  return { looks, refused }
}

const saying = ({ detail, checked_at }: LookRow): string =>
  JSON.stringify([checked_at.getTime(), ...switchColumns.map(column => detail[column] ?? null), detail.ad_filter?.toSorted() ?? null])
