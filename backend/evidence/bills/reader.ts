// A trade bill as a stream of bytes: counted while it passes, nothing of a row is kept. Format: facts.md §8.
//
// Not read by the CSV library that imports use: a bill is no CSV. Its values stand unquoted behind backticks, a comma in the name of goods shifts what follows,
// and what has to be known of a row stands left of that name. That library also reads a fiftieth of the rows a second (`npm run bench -- bill`).
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import { Counts } from './counts.ts'
import { BillRefused, type BillRefusal } from './refused.ts'

export interface Bill {
  counts: Counts
  /** 商户号 of the provider; null: no row says it */
  sp_mchid: string | null
  /** of its payments; of its refunds where there are only these; null: no row says it */
  day: string | null
  rows: number
  payments: number
}

/** No line is longer: a name of goods has 128 characters, 商户数据包 127. */
const longestLine = 64 * 1_024
const totalsBegin = Buffer.from('总交易单数').toString('latin1')
const mark = Buffer.from('\uFEFF').toString('latin1')
const between = ',`'

interface Columns {
  time: number
  appid: number
  provider: number
  merchant: number
  type: number
  state: number
  /** null: not left of the name of goods */
  amount: number | null
  /** the last that is read */
  last: number
  /** how many there are */
  count: number
  /** by column: whether it is read */
  read: boolean[]
}

/** Bytes are read as latin1, which is fast and keeps them: what is compared in a row is ASCII. */
export class BillReader {
  readonly #counts = new Counts()
  readonly #days = new Map<string, number>()
  readonly #refundDays = new Map<string, number>()
  readonly #values: string[] = []
  #rest = ''
  #line = 0
  #columns: Columns | null = null
  #sp_mchid: string | null = null
  #rows = 0
  /** rows whose state is one of those that are published */
  #known = 0
  #payments = 0
  /** columns of the totals, once their header was met */
  #totalColumns: number | null = null
  #total: number | null = null
  /** where the row before stands, and how many columns it lacks: counted only when something else than a row follows it */
  #rowIn = ''
  #rowFrom = 0
  #rowTo = 0
  #lacking: number | null = null

  /** @throws BillRefused */
  feed(block: Buffer): void {
    const latin = this.#rest + block.toString('latin1')
    let from = 0
    for (let end = latin.indexOf('\n'); end >= 0; end = latin.indexOf('\n', from)) {
      this.#read(latin, from, end > from && latin.charCodeAt(end - 1) === 13 ? end - 1 : end)
      from = end + 1
    }
    if (latin.length - from > longestLine) throw this.#refused('BILL_LINE_UNREADABLE')
    this.#rest = latin.slice(from)
  }

  /** @throws BillRefused */
  end(): Bill {
    const rest = this.#rest.replace(/\r$/, '')
    if (rest !== '') this.#read(rest, 0, rest.length)
    if (this.#columns === null) throw this.#refused('BILL_HEADER_UNKNOWN')
    if (this.#total === null) throw this.#refused('BILL_INCOMPLETE')
    if (this.#total !== this.#rows) throw new BillRefused('BILL_TOTALS_DISAGREE')
    // a state that is new is left out; where none is known, the header names other columns than the rows have, and the day would be replaced by nothing
    if (this.#rows > 0 && this.#known === 0) throw new BillRefused('BILL_LINE_UNREADABLE')
    const day = dayOfMost(this.#days) ?? dayOfMost(this.#refundDays)
    return { counts: this.#counts, sp_mchid: this.#sp_mchid, day, rows: this.#rows, payments: this.#payments }
  }

  #refused(reason: BillRefusal): BillRefused {
    return new BillRefused(reason, this.#line)
  }

  #read(latin: string, from: number, to: number): void {
    this.#line += 1
    if (this.#columns === null) this.#columns = this.#header(latin.slice(from, to))
    else if (this.#totalColumns === null && latin.charCodeAt(from) === 96 && !latin.startsWith(totalsBegin, from + 1))
      this.#row(latin, from, to, this.#columns)
    else if (latin.slice(from, to).trim() === '') return
    else if (this.#total !== null) throw this.#refused('BILL_INCOMPLETE')
    else if (this.#totalColumns !== null) this.#total = this.#totals(latin.slice(from, to), this.#totalColumns)
    else if (latin.startsWith(totalsBegin, from) || latin.startsWith(totalsBegin, from + 1))
      this.#totalColumns = latin.slice(from, to).split(',').length
    else if (this.#isRestOfRow(latin.slice(from, to))) return
    else throw this.#refused('BILL_LINE_UNREADABLE')
  }

  #header(line: string): Columns {
    const names = Buffer.from(line.startsWith(mark) ? line.slice(mark.length) : line, 'latin1')
      .toString('utf8')
      .split(',')
      .map(name => name.replaceAll(/[`\s]/g, ''))
    const index = (name: string) => names.indexOf(name)
    const needed = ['交易时间', '公众账号ID', '商户号', '特约商户号', '交易类型', '交易状态'].map(index)
    const goods = index('商品名称')
    // a bill of payments alone or of refunds alone (bill_type) would replace the day by half of it
    const isWhole = index('微信退款单号') >= 0 && index('退款申请时间') < 0
    if (!isWhole || goods < 0 || needed.some(at => at < 0 || at > goods)) throw this.#refused('BILL_HEADER_UNKNOWN')
    const [time, appid, provider, merchant, type, state] = needed as [number, number, number, number, number, number]
    const asked = index('应结订单金额')
    const amount = asked >= 0 && asked < goods ? asked : null
    const last = Math.max(...needed, amount ?? 0)
    const read = names.map((_, column) => needed.includes(column) || column === amount)
    return { time, appid, provider, merchant, type, state, amount, last, count: names.length, read }
  }

  /** A name of goods may hold a line break: what follows it has as many columns as the row before lacks, or fewer with another break. */
  #isRestOfRow(line: string): boolean {
    if (this.#columns === null || this.#rows === 0) return false
    this.#lacking ??= this.#columns.count - columnsIn(this.#rowIn.slice(this.#rowFrom, this.#rowTo))
    const more = columnsIn(line) - 1
    if (this.#lacking <= 0 || more > this.#lacking) return false
    this.#lacking -= more
    return true
  }

  #row(latin: string, from: number, to: number, columns: Columns): void {
    this.#rowIn = latin
    this.#rowFrom = from
    this.#rowTo = to
    this.#lacking = null
    const values = this.#values
    let begin = from + 1
    for (let column = 0; column <= columns.last; column += 1) {
      const end = latin.indexOf(between, begin)
      if (end < 0 || end >= to) throw this.#refused('BILL_LINE_UNREADABLE')
      if (columns.read[column]) values[column] = latin.slice(begin, end)
      begin = end + between.length
    }
    this.#rows += 1
    const provider = values[columns.provider]!
    if (this.#sp_mchid === null) this.#sp_mchid = provider
    else if (provider !== this.#sp_mchid) throw this.#refused('BILL_OF_ANOTHER_PROVIDER')
    const time = values[columns.time]!
    const hour = hourIn(time)
    if (hour === null) throw this.#refused('BILL_LINE_UNREADABLE')
    const state = values[columns.state]!
    if (state === 'SUCCESS' || state === 'REFUND' || state === 'REVOKED') this.#known += 1
    if (state !== 'SUCCESS' && state !== 'REFUND') return
    const days = state === 'SUCCESS' ? this.#days : this.#refundDays
    const day = time.slice(0, 10)
    days.set(day, (days.get(day) ?? 0) + 1)
    if (state === 'SUCCESS') this.#payments += 1
    const sub_mchid = values[columns.merchant]!
    // of the provider itself
    if (!isMchid(sub_mchid)) return
    if (state === 'REFUND') return this.#counts.refund(sub_mchid)
    const yuan = columns.amount === null ? null : yuanIn(values[columns.amount]!)
    this.#counts.payment(sub_mchid, values[columns.type]!, values[columns.appid]!, hour, yuan)
  }

  /**
   * Every value has to be there, the last with its decimals: a file that was cut in its last line is not one that ends. More given back than taken makes a
   * fee below zero.
   */
  #totals(line: string, columns: number): number {
    const values = line.slice(1).trimEnd().split(between).map(withoutThousands)
    const isFull = values.length === columns && values.every(value => /^-?\d+(\.\d+)?$/.test(value)) && /\.\d{2,}$/.test(values.at(-1)!)
    if (line.charCodeAt(0) !== 96 || !isFull || !/^\d+$/.test(values[0]!)) throw this.#refused('BILL_INCOMPLETE')
    return Number(values[0])
  }
}

const columnsIn = (line: string): number => line.split(between).length

/** 2026-11-28 12:00:31 */
function hourIn(time: string): number | null {
  if (time.length !== 19 || time.charCodeAt(4) !== 45 || time.charCodeAt(7) !== 45 || time.charCodeAt(13) !== 58) return null
  const [tens, ones] = [time.charCodeAt(11) - 48, time.charCodeAt(12) - 48]
  const isHour = ones >= 0 && ones <= 9 && (tens === 0 || tens === 1 || (tens === 2 && ones < 4))
  return isHour ? tens * 10 + ones : null
}

/** 1,234.50 → 1234.50; what is written otherwise stays. */
const withoutThousands = (value: string): string => (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(value) ? value.replaceAll(',', '') : value)

function yuanIn(latin: string): number | null {
  const yuan = Number(latin.includes(',') ? withoutThousands(latin) : latin)
  return latin !== '' && yuan >= 0 ? yuan : null
}

/** Two days side by side are one bill: a payment at midnight. */
function dayOfMost(days: ReadonlyMap<string, number>): string | null {
  let most: string | null = null
  for (const [day, count] of days) if (most === null || count > days.get(most)!) most = day
  if (most === null) return null
  const middle = startOf(most)
  const isFar = [...days.keys()].some(day => !(Math.abs(startOf(day) - middle) <= 86_400_000))
  if (isFar) throw new BillRefused('BILL_OF_ANOTHER_DAY')
  return most
}

/** Milliseconds; NaN, far from everything, for a day that is none: Date.parse takes 2026-02-30 for the second of March. */
function startOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day ? Number.NaN : start
}
