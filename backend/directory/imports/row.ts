// One row of merchants.csv: from text to what the directory holds, or the reasons why not.
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import type { Numbers } from '../../http/caller.ts'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import { INDUSTRIES } from '../../../miniprogram/shared/industries.ts'
import type { SearchTerms } from '../merchants/search-terms.ts'
import { leastCellsOf, widthFault } from './columns.ts'
import { maximumLength, merchantColumns, mostStores, type ColumnName, type Header } from './merchant-columns.ts'
import { readPortalCheck, type PortalCheck } from './portal-check.ts'
import { shopRegion } from './region-rules.ts'
import { hasLostDigits, lostDigits, plainNumber, wordsOf } from './shapes.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { characterFault, excerpt, paymentCodeFault } from './text.ts'
import { tidy } from '../../platform/tidy.ts'

/** Directory fields of one merchant. A key that is absent had no column in the file: what the directory holds stays. */
export interface DirectoryRow {
  line: number
  sub_mchid: string
  name: string
  region_code: string
  short_name?: string
  industry?: string | null
  address?: string
  /** staff id */
  assigned_to?: string | null
  status?: 'active' | 'suspended' | 'terminated'
  /** shops under this 商户号, 1 or more */
  store_count?: number
  /** whose receipt link the merchant has: the provider's, or one of its own */
  receipt_link?: 'provider' | 'sub_merchant'
  /** absent: the row says nothing of the console */
  check?: PortalCheck
  /** once it was made */
  spelled?: Spelling
}

/** What searching needs of a merchant, and from what it was made. */
export interface Spelling {
  from: { name: string; short_name: string; address: string }
  read: Omit<SearchTerms, 'terms'> & { joined_terms: string }
}

/** One reason why a row did not land. `line` is where its record begins in the file, counted from 1. */
export interface Rejection {
  line: number
  /** its last line, where it has several */
  to?: number
  /** lines of the file that it stands for as rows; absent: it is one row, of however many lines */
  rows?: number
  sub_mchid: string
  /** the column at fault; empty for the row as a whole */
  field: string
  value: string
  reason: string
}

/** What the rules need to know about the world outside the file. */
export interface KnownWorld {
  /** every number of the provider company, its home first */
  numbers: Numbers
  /** staff id by id or by display name; undefined when there is none, 'ambiguous' when a display name has several */
  staffId(given: string): string | 'ambiguous' | undefined
  /** a look at the console cannot be later */
  now: Date
}

const statusIn = wordsOf<'active' | 'suspended' | 'terminated'>([
  ['', 'active'],
  ['active', 'active'],
  ['suspended', 'suspended'],
  ['terminated', 'terminated'],
  ['正常', 'active'],
  ['暂停', 'suspended'],
  ['终止', 'terminated'],
])
/** product.md §6: who configured the receipt link on the console */
const linkOwnerIn = wordsOf<'provider' | 'sub_merchant'>([
  ['', 'provider'],
  ['provider', 'provider'],
  ['sub_merchant', 'sub_merchant'],
  ['服务商', 'provider'],
  ['特约商户', 'sub_merchant'],
  ['商户', 'sub_merchant'],
])
const industryIn = wordsOf<string>(INDUSTRIES.flatMap(({ code, label_zh }) => [[code, code] as const, [label_zh, code] as const]))

/**
 * Checks one record.
 * @param say told of what was read otherwise than it stands in the file
 * @returns the row, or every reason against it
 */
export function readRow(
  cells: readonly string[],
  header: Header,
  columnCount: number,
  line: number,
  world: KnownWorld,
  say: (note: string) => void = () => undefined,
): DirectoryRow | Rejection[] {
  const tidied = cells.map(tidy)
  const cell = (column: ColumnName): string | undefined => {
    const position = header.get(column)
    return position === undefined ? undefined : (tidied[position] ?? '')
  }
  const number = (column: ColumnName): string => {
    const { value, shapes } = plainNumber(cell(column) ?? '')
    for (const shape of shapes) say(`${column} 里的${shape}已去掉`)
    return value
  }
  const sub_mchid = number('sub_mchid')
  const rejections: Rejection[] = []
  const reject = (field: ColumnName | '', value: string, reason: string) =>
    rejections.push({ line, sub_mchid: excerpt(sub_mchid), field, value: excerpt(value), reason })

  const width = widthFault(cells, columnCount, leastCellsOf(merchantColumns, header))
  if (width !== null) {
    reject('', '', width)
    return rejections
  }
  for (const column of header.keys()) {
    const value = cell(column)!
    const fault = holdsPaymentCode(value) ? paymentCodeFault : characterFault(value)
    if (fault) reject(column, value, fault)
  }
  if (rejections.length > 0) return rejections

  if (sub_mchid === '') reject('sub_mchid', '', '商户号没有填')
  else if (hasLostDigits(sub_mchid)) reject('sub_mchid', sub_mchid, `商户号${lostDigits}`)
  else if (!isMchid(sub_mchid)) reject('sub_mchid', sub_mchid, '商户号应是 8 到 10 位数字')
  const record = { cell, number, reject, say }
  const texts = textsIn(record)
  const region_code = regionIn(record)
  const industry = industryOf(record)
  const assigned_to = assigneeIn(record, world)
  const status = statusOf(record)
  const store_count = storesIn(header, record)
  const receipt_link = linkOwnerOf(record)
  const check = readPortalCheck(cell, reject, world.now)

  if (rejections.length > 0) return rejections
  return {
    line,
    sub_mchid,
    region_code,
    ...texts,
    ...(industry === undefined ? {} : { industry }),
    ...(assigned_to === undefined ? {} : { assigned_to }),
    ...(status === undefined ? {} : { status }),
    ...(store_count === undefined ? {} : { store_count }),
    ...(receipt_link === undefined ? {} : { receipt_link }),
    ...(check === null ? {} : { check }),
  }
}

/** A record that is read: undefined for a cell whose column the file does not have. */
interface ReadRecord {
  cell(column: ColumnName): string | undefined
  /** as a table program may have written it */
  number(column: ColumnName): string
  reject(field: ColumnName, value: string, reason: string): void
  say(note: string): void
}

function textsIn({ cell, reject }: ReadRecord): Pick<DirectoryRow, 'name' | 'short_name' | 'address'> {
  const name = cell('name')!
  if (name === '') reject('name', '', '名称没有填')
  const short_name = cell('short_name')
  const address = cell('address')
  for (const [field, value] of [
    ['name', name],
    ['short_name', short_name ?? ''],
    ['address', address ?? ''],
  ] as const) {
    const length = characterCount(value)
    if (length > maximumLength[field]) reject(field, value, `最多 ${maximumLength[field]} 个字，这里有 ${length} 个`)
  }
  return { name, ...(short_name === undefined ? {} : { short_name }), ...(address === undefined ? {} : { address }) }
}

function regionIn({ number, reject, say }: ReadRecord): string {
  const region_code = number('region_code')
  const region = shopRegion(region_code)
  if ('fault' in region) reject('region_code', region_code, region.fault)
  else if (region.note !== null) say(`region_code ${region.note}`)
  return region_code
}

function industryOf({ cell, reject }: ReadRecord): DirectoryRow['industry'] {
  const given = cell('industry')
  if (given === undefined) return undefined
  if (given === '') return null
  const industry = industryIn(given)
  if (industry === undefined) reject('industry', given, '行业应是微信支付同业过滤标签的代码（如 CATERING）或中文名（如 餐饮美食）')
  return industry
}

function assigneeIn({ cell, reject }: ReadRecord, world: KnownWorld): DirectoryRow['assigned_to'] {
  const given = cell('assigned_to')
  if (given === undefined) return undefined
  if (given === '') return null
  const staff = world.staffId(given)
  if (staff === undefined) reject('assigned_to', given, '没有这个员工：填员工编号或显示名')
  if (staff === 'ambiguous') reject('assigned_to', given, '有几个员工叫这个名字：请填员工编号')
  return staff
}

function statusOf({ cell, reject }: ReadRecord): DirectoryRow['status'] {
  const given = cell('status')
  if (given === undefined) return undefined
  const status = statusIn(given)
  if (status === undefined) reject('status', given, '状态应是 active（正常）、suspended（暂停）或 terminated（终止）')
  return status
}

function storesIn(header: Header, { number, reject }: ReadRecord): number | undefined {
  if (!header.has('store_count')) return undefined
  const given = number('store_count')
  if (given === '') return 1
  const count = Number(given)
  if (!(/^\d*$/.test(given) && count >= 1 && count <= mostStores)) reject('store_count', given, `门店数应是 1 到 ${mostStores} 的整数`)
  return count
}

function linkOwnerOf({ cell, reject }: ReadRecord): DirectoryRow['receipt_link'] {
  const given = cell('receipt_link')
  if (given === undefined) return undefined
  const owner = linkOwnerIn(given)
  if (owner === undefined) reject('receipt_link', given, '小票链接应是 provider（服务商配置）或 sub_merchant（特约商户自己配置）')
  return owner
}
