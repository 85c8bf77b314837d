// The trade bill as WeChat Pay makes it (facts.md §8): asked for by day, fetched by a link with a token, zipped.
import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { paramError, type Refusal } from './refusals.ts'
import { OFFICIAL_ACCOUNT_APPID } from './orders.ts'

/** Payments of one merchant that are alike; what is absent is as in a payment inside a 公众号. */
export interface BillPayments {
  sub_mchid: string
  /** how many; default 1 */
  count?: number
  trade_type?: string
  trade_state?: 'SUCCESS' | 'REFUND' | 'REVOKED'
  appid?: string
  /** of the day, 0 to 23 */
  hour?: number
  /** yuan, 12.50 */
  amount?: string
  openid?: string
  out_trade_no?: string
  transaction_id?: string
  goods?: string
  /** 商户号, where a bill of somebody else's is to come */
  sp_mchid?: string
}

/** What is wrong with the file; `none`: nothing */
const FAULTS = ['none', 'wrong_hash', 'wrong_totals', 'cut', 'elsewhere', 'busy', 'too_often'] as const

export interface BillChange {
  payments?: BillPayments[]
  fault?: (typeof FAULTS)[number]
  /** a header of before 应结订单金额 and 代金券金额 */
  old_columns?: boolean
  /** WeChat Pay takes longer than 10:00 */
  is_creating?: boolean
}

export interface BillRecord extends Required<BillChange> {
  day: string
}

export function changedBill(day: string, before: BillRecord | undefined, change: BillChange): BillRecord {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`${day} is no day: 2026-11-28`)
  if (change.fault !== undefined && !FAULTS.includes(change.fault))
    throw new RangeError(`no fault ${String(change.fault)}: one of ${FAULTS.join(', ')}`)
  return { payments: [], fault: 'none', old_columns: false, is_creating: false, ...before, ...change, day }
}

export const ALL_COLUMNS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
const newer = new Set(['应结订单金额', '代金券金额'])
/** of a refund: what its payment cost */
const feeBack = '-0.08000'

/** @returns the unzipped file, with a byte order mark and CRLF */
export function billText({ day, payments, fault, old_columns }: BillRecord, spMchid: string): string {
  const names = ALL_COLUMNS.split(',').filter(name => !old_columns || !newer.has(name))
  let number = 0
  const lines = payments.flatMap(one =>
    Array.from({ length: one.count ?? 1 }, () => {
      number += 1
      const values = rowOf(one, { day, number, spMchid })
      return names.map(name => `\`${values[name] ?? ''}`).join(',')
    }),
  )
  const total = fault === 'wrong_totals' ? number + 1 : number
  const refunds = payments.filter(({ trade_state }) => trade_state === 'REFUND').reduce((sum, { count = 1 }) => sum + count, 0)
  const fees = (Number(feeBack) * refunds).toFixed(5)
  return `\uFEFF${[names.join(','), ...lines, TOTALS, `\`${total},\`0.00,\`0.00,\`0.00,\`${fees},\`0.00,\`0.00`].join('\r\n')}\r\n`
}

function rowOf(one: BillPayments, { day, number, spMchid }: { day: string; number: number; spMchid: string }): Record<string, string> {
  const isRefund = one.trade_state === 'REFUND'
  const amount = one.amount ?? '12.50'
  const serial = String(number).padStart(12, '0')
  return {
    交易时间: `${day} ${String(one.hour ?? 12).padStart(2, '0')}:10:31`,
    公众账号ID: one.appid ?? OFFICIAL_ACCOUNT_APPID,
    商户号: one.sp_mchid ?? spMchid,
    特约商户号: one.sub_mchid,
    微信订单号: one.transaction_id ?? `4200002${day.replaceAll('-', '')}${serial}`,
    商户订单号: one.out_trade_no ?? `A${day.replaceAll('-', '')}${serial}`,
    用户标识: one.openid ?? `oSandboxPayer${serial}`,
    交易类型: one.trade_type ?? 'JSAPI',
    交易状态: one.trade_state ?? 'SUCCESS',
    付款银行: 'OTHERS',
    货币种类: 'CNY',
    应结订单金额: isRefund ? '0.00' : amount,
    代金券金额: '0.00',
    微信退款单号: isRefund ? `5030000${serial}` : '0',
    商户退款单号: isRefund ? `R${serial}` : '0',
    退款金额: isRefund ? amount : '0.00',
    充值券退款金额: '0.00',
    退款类型: isRefund ? 'ORIGINAL' : '',
    退款状态: isRefund ? 'SUCCESS' : '',
    商品名称: one.goods ?? '牛肉面,大碗',
    手续费: isRefund ? feeBack : '0.00000',
    费率: '0.60%',
    订单金额: isRefund ? '0.00' : amount,
    申请退款金额: isRefund ? amount : '0.00',
  }
}

const ASK = '/v3/bill/tradebill'
const FILE = '/v3/billdownload/file'
const MONTHS_KEPT = 3
const TOKEN_LASTS_MS = 300_000
const DAY_MS = 86_400_000

const refusal = (http_status: number, code: string, zh: string): Refusal => ({ http_status, code, en: zh, zh, number: '268435461' })
const creating = refusal(400, 'STATEMENT_CREATING', '账单生成中')
const none = refusal(400, 'NO_STATEMENT_EXIST', '账单不存在')
const busy = refusal(500, 'SYSTEM_ERROR', '系统异常，请稍后重试')
const tooOften = refusal(429, 'FREQUENCY_LIMITED', '频率限制')

export type BillCall = 'ask' | 'file' | 'method' | undefined
export function billCall(method: string, url: string): BillCall {
  const path = url.split('?')[0]
  if (path !== ASK && path !== FILE) return undefined
  if (method !== 'GET') return 'method'
  return path === ASK ? 'ask' : 'file'
}

type Link = { hash_type: 'SHA1'; hash_value: string; download_url: string }

export interface BillCounter {
  ask(url: string, base: string): { refusal: Refusal } | { answer: Link }
  /** @returns undefined for a token that is not there or over */
  file(url: string): Buffer | undefined
  /** bills that were asked for, and files that were fetched */
  seen(): { asked: number; fetched: number }
}

/** @param bill what was arranged for a day; undefined: nobody paid */
export function createBills(spMchid: string, bill: (day: string) => BillRecord | undefined, now: () => Date): BillCounter {
  const tokens = new Map<string, { day: string; until: number }>()
  const seen = { asked: 0, fetched: 0 }
  return {
    seen: () => ({ ...seen }),
    ask(url, base) {
      seen.asked += 1
      const given = new URLSearchParams(url.split('?')[1] ?? '')
      const day = given.get('bill_date') ?? ''
      const wrong = (field: string, issue: string) => ({ refusal: paramError(`/${field}`, given.get(field) ?? '', issue) })
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) return wrong('bill_date', '账单日期不合法')
      if (!['ALL', 'SUCCESS', 'REFUND', null].includes(given.get('bill_type'))) return wrong('bill_type', '账单类型不合法')
      if (!['GZIP', null].includes(given.get('tar_type'))) return wrong('tar_type', '压缩类型不合法')
      const madeAt = Date.parse(`${day}T10:00:00+08:00`) + DAY_MS
      // Assumption: what a day that is not over, and one before 10:00, are answered with is not documented
      if (now().getTime() < madeAt - 10 * 3_600_000) return wrong('bill_date', '账单日期不能晚于昨天')
      if (now().getTime() - madeAt > (MONTHS_KEPT * 31 + 1) * DAY_MS) return wrong('bill_date', '只能下载三个月以内的账单')
      const record = bill(day)
      if (now().getTime() < madeAt || record?.is_creating) return { refusal: creating }
      if (record?.fault === 'busy') return { refusal: busy }
      if (record?.fault === 'too_often') return { refusal: tooOften }
      if (!record || record.payments.length === 0) return { refusal: none }
      const token = randomBytes(24).toString('base64url')
      tokens.set(token, { day, until: now().getTime() + TOKEN_LASTS_MS })
      const hash = createHash('sha1').update(billText(record, spMchid)).digest('hex')
      const host = record.fault === 'elsewhere' ? 'http://127.0.0.2:9' : base
      return {
        answer: {
          hash_type: 'SHA1',
          hash_value: record.fault === 'wrong_hash' ? hash.replace(/./, digit => (digit === '0' ? '1' : '0')) : hash,
          download_url: `${host}${FILE}?token=${token}`,
        },
      }
    },
    file(url) {
      const held = tokens.get(new URLSearchParams(url.split('?')[1] ?? '').get('token') ?? '')
      const record = held && held.until > now().getTime() ? bill(held.day) : undefined
      if (!record) return undefined
      seen.fetched += 1
      const zipped = gzipSync(billText(record, spMchid))
      return record.fault === 'cut' ? zipped.subarray(0, zipped.length - 12) : zipped
    },
  }
}
