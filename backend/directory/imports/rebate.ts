// rebate.csv: the rebate of a month as the provider received it (product.md B31). A file lands whole or not at all: half of a month's money would be a figure that
// nobody said.
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { comparable } from '../../../miniprogram/shared/comparable.ts'
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import type { Database } from '../../database/connection.ts'
import { dayOf } from '../../http/days.ts'
import type { Clock } from '../../platform/clock.ts'
import { differenceOf } from '../rebates/check.ts'
import { ImportError, leastCellsOf, plainName, readHeaderOf, widthFault, widthOf, type Columns } from './columns.ts'
import { asInspected, encodings, inspectFile, type Encoding, type Source } from './file.ts'
import { landRebate, type LandedMonth, type RebateRow } from './rebate-landing.ts'
import { readRecords, type CsvRecord } from './records.ts'
import type { Rejection } from './row.ts'
import { hasLostDigits, lostDigits, plainNumber } from './shapes.ts'
import { characterFault, excerpt, reasonIn } from './text.ts'
import { tidy } from '../../platform/tidy.ts'

const names = ['month', 'sp_mchid', 'sub_mchid', 'impressions', 'ecpm', 'amount'] as const
type RebateColumn = (typeof names)[number]

const rebateColumns: Columns<RebateColumn> = {
  names,
  required: ['month', 'sp_mchid', 'impressions', 'ecpm', 'amount'],
  alsoCalled: {
    月份: 'month',
    服务商商户号: 'sp_mchid',
    服务商号: 'sp_mchid',
    商户号: 'sub_mchid',
    特约商户号: 'sub_mchid',
    曝光量: 'impressions',
    支付后广告曝光量: 'impressions',
    曝光: 'impressions',
    千次曝光收入: 'ecpm',
    ecpm元: 'ecpm',
    返佣: 'amount',
    返佣金额: 'amount',
    返佣元: 'amount',
    金额: 'amount',
  },
}

/** bytes of the first line that are looked at */
const longestHeader = 4_095
/** rows of one file: all of them are held until the last was looked at */
const mostRows = 300_000
/** digits before the decimals: more is a mistake, and would not fit */
const mostDigits = 15

export interface RebateReport {
  rows: number
  /** why nothing landed; of a file that is in order: empty */
  rejections: Rejection[]
  /** null: nothing was written */
  landed: LandedMonth[] | null
  months: { sp_mchid: string; month: string; rows: number; differing: number }[]
}

/** Whatever the file is called: its first line has impressions or an eCPM, which no other kind has. Nothing behind that line is read: other files are large. */
export async function isRebateFile(path: string): Promise<boolean> {
  for await (const block of createReadStream(path, { end: longestHeader })) {
    return encodings.some(encoding => {
      const [first = ''] = new TextDecoder(encoding).decode(block as Buffer).split(/[\r\n]/)
      const given = first.split(',').map(cell => plainName(cell.replaceAll('"', '')))
      return given.some(cell => ['impressions', 'ecpm'].includes(rebateColumns.alsoCalled[cell] ?? cell))
    })
  }
  return false
}

/** @throws ImportError (one line, for a person) where the file or its header cannot be used; rows at fault are in the report, and nothing landed then */
export async function importRebate({
  database,
  clock,
  path,
  encoding: forced,
  dryRun = false,
}: {
  database: Database
  clock: Clock
  path: string
  encoding?: Encoding
  dryRun?: boolean
}): Promise<RebateReport> {
  const inspected = await inspectFile(path, forced)
  const { sha256, encoding } = inspected
  const now = clock.now()
  const numbers = new Set((await database.selectFrom('provider').select('sp_mchid').execute()).map(({ sp_mchid }) => sp_mchid))
  const { rows, rejections } = await readRows(asInspected(path, inspected), encoding, { numbers, thisMonth: dayOf(now).slice(0, 7) })
  const months = monthsOf(rows)
  if (rejections.length > 0) return { rows: rows.length + rejections.length, rejections, landed: null, months }
  if (rows.length === 0) throw new ImportError(`${path} 里没有数据，只有表头`)
  const landed = dryRun ? null : await landRebate(database, { file: basename(path), sha256, rows }, now)
  return { rows: rows.length, rejections, landed, months }
}

/** WeChat Pay writes eCPM */
const asWritten = (cell: string): string => (plainName(cell) === 'ecpm' ? 'ecpm' : cell)

interface World {
  numbers: ReadonlySet<string>
  /** 2026-11: no month is later */
  thisMonth: string
}

async function readRows(source: Source, encoding: Encoding, world: World): Promise<{ rows: RebateRow[]; rejections: Rejection[] }> {
  const rows: RebateRow[] = []
  const rejections: Rejection[] = []
  const seen = new Map<string, number>()
  let header: ReadonlyMap<RebateColumn, number> | null = null
  let width = 0
  for await (const record of readRecords(source, { encoding })) {
    if (header === null) {
      if (record.fault !== undefined) throw new ImportError(`表头有误：${record.fault}，没有导入任何东西`)
      header = readHeaderOf(rebateColumns, record.cells.map(asWritten))
      width = widthOf(record.cells)
      continue
    }
    const row = readRow(record, { header, width, world, seen })
    if (Array.isArray(row)) rejections.push(...row.map(one => ({ ...one, reason: reasonIn(encoding, one.reason) })))
    else rows.push(row)
    if (rows.length > mostRows) throw new ImportError(`一个文件最多 ${mostRows} 行，请按月分开，没有导入任何东西`)
  }
  return { rows, rejections }
}

/** @returns the row, or every reason against it */
function readRow(
  record: CsvRecord,
  { header, width, world, seen }: { header: ReadonlyMap<RebateColumn, number>; width: number; world: World; seen: Map<string, number> },
): RebateRow | Rejection[] {
  const { line, cells } = record
  const cell = (column: RebateColumn) => tidy(cells[header.get(column) ?? -1] ?? '')
  const number = (column: RebateColumn) => plainNumber(cell(column)).value
  const sub_mchid = number('sub_mchid')
  const rejections: Rejection[] = []
  const reject = (field: RebateColumn | '', value: string, reason: string) =>
    rejections.push({ line, sub_mchid: excerpt(sub_mchid), field, value: excerpt(value), reason })
  const whole =
    record.fault ??
    widthFault(cells, width, leastCellsOf(rebateColumns, header)) ??
    names.map(name => characterFault(cell(name))).find(fault => fault !== null)
  if (whole) {
    reject('', '', whole)
    return rejections
  }
  const month = /^(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))月?$/.exec(comparable(cell('month')))
  const name = month ? `${month[1]}-${(month[2] ?? month[3])!.padStart(2, '0')}` : ''
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(name)) reject('month', cell('month'), '月份应写成 2026-10')
  else if (name > world.thisMonth) reject('month', name, '这个月还没有到')
  const sp_mchid = number('sp_mchid')
  if (hasLostDigits(sp_mchid)) reject('sp_mchid', sp_mchid, `服务商商户号${lostDigits}`)
  else if (!world.numbers.has(sp_mchid)) reject('sp_mchid', sp_mchid, '不是本服务商的商户号')
  if (hasLostDigits(sub_mchid)) reject('sub_mchid', sub_mchid, `商户号${lostDigits}`)
  else if (sub_mchid !== '' && !isMchid(sub_mchid)) reject('sub_mchid', sub_mchid, '商户号应是 8 到 10 位数字，服务商自己的一行留空')
  const impressions = number('impressions')
  if (!isDecimal(impressions, 0)) reject('impressions', impressions, '曝光量应是整数')
  const ecpm = money(cell('ecpm'))
  if (!isDecimal(ecpm, 6)) reject('ecpm', ecpm, 'eCPM 应是以元为单位的数，最多 6 位小数')
  const amount = money(cell('amount'))
  if (!isDecimal(amount, 2)) reject('amount', amount, '金额应是以元为单位的数，最多 2 位小数')
  if (rejections.length > 0) return rejections
  const key = `${name}/${sp_mchid}/${sub_mchid}`
  const before = seen.get(key)
  if (before !== undefined) {
    reject('sub_mchid', sub_mchid, `和第 ${before} 行是同一个月的同一${sub_mchid === '' ? '个服务商号' : '家商户'}`)
    return rejections
  }
  seen.set(key, line)
  const figure = { impressions, ecpm, amount_fen: fenOf(amount) }
  return { line, month: name, sp_mchid, sub_mchid: sub_mchid === '' ? null : sub_mchid, ...figure, difference: differenceOf(figure) }
}

/** ¥1,234.50 → 1234.50, in full width, as ="1234.50" and with 元 behind it too; digits stay what they are */
const money = (text: string): string => {
  const plain = comparable(text)
    .replace(/^[¥￥]\s*/, '')
    .replace(/\s*元$/, '')
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain
}
const isDecimal = (text: string, decimals: number): boolean => {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  return match !== null && match[1]!.length <= mostDigits && (match[2]?.length ?? 0) <= decimals
}
/** 1234.5 → 123450, digit by digit */
const fenOf = (yuan: string): string => {
  const [whole = '', fraction = ''] = yuan.split('.')
  return BigInt(whole + fraction.padEnd(2, '0')).toString()
}

function monthsOf(rows: readonly RebateRow[]): RebateReport['months'] {
  const months = new Map<string, RebateReport['months'][number]>()
  for (const { sp_mchid, month, difference } of rows) {
    const one = months.get(`${sp_mchid}/${month}`) ?? { sp_mchid, month, rows: 0, differing: 0 }
    months.set(`${sp_mchid}/${month}`, { ...one, rows: one.rows + 1, differing: one.differing + (difference === null ? 0 : 1) })
  }
  return [...months.values()]
}

const landedWords: Record<LandedMonth['landed'], string> = {
  new: '已导入',
  replaced: '替换了这个月原来的数据，原来的仍可查看',
  same: '这个文件已经导入过，没有变化',
}

/** For a person, one line each. */
export function rebateLines({ rows, rejections, landed, months }: RebateReport): string[] {
  if (rejections.length > 0)
    return [
      ...rejections.slice(0, 50).map(({ line, field, value, reason }) => `第 ${line} 行 ${field} ${value}：${reason}`),
      ...(rejections.length > 50 ? [`…… 共 ${rejections.length} 处`] : []),
      `读了 ${rows} 行，有行不对，没有导入任何东西：改好后整个文件再导入一次`,
    ]
  return months.map(({ sp_mchid, month, rows: own, differing }) => {
    const what = landed?.find(one => one.sp_mchid === sp_mchid && one.month === month)
    const became = what ? landedWords[what.landed] : '试运行，没有写入任何东西'
    return `${sp_mchid} ${month} 的返佣：${own} 行${differing > 0 ? `，${differing} 行金额和 eCPM ÷ 1000 × 曝光量对不上，已标出` : ''}；${became}`
  })
}
