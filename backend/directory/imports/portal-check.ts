// The columns of merchants.csv that say what was seen on WeChat Pay's console. One row is one look: one portal_check in the evidence of the merchant.
import { futureTolerance } from '../../platform/times.ts'
import { createHash } from 'node:crypto'
import { INDUSTRIES, MAX_FILTER_INDUSTRIES } from '../../../miniprogram/shared/industries.ts'
import type { EvidenceItem } from '../../evidence/verdict/facts.ts'
import { comparable } from '../../../miniprogram/shared/comparable.ts'
import { ImportError } from './columns.ts'
import { checkColumnNames, type ColumnName, type Header } from './merchant-columns.ts'
import { wordsOf } from './shapes.ts'
import { CHINA_OFFSET } from '../../../miniprogram/shared/china-time.ts'

export interface PortalCheck {
  detail: Extract<EvidenceItem, { kind: 'portal_check' }>['detail']
  checked_at: Date
}

const seenColumns = checkColumnNames.filter(name => name !== 'checked_at')

/** A look without a time would outrank what happened after it. @throws ImportError */
export function assertTimed(header: Header): void {
  const seen = seenColumns.filter(name => header.has(name))
  if (seen.length > 0 && !header.has('checked_at')) {
    throw new ImportError(`有 ${seen.join('、')} 就要有 checked_at（在服务商平台上核对的时间），否则不知道它和已有记录哪个更新`)
  }
}

/** A cell that says something; undefined for a word that is none of ours. */
export const switchIn = wordsOf<'open' | 'closed' | 'unknown'>([
  ['open', 'open'],
  ['closed', 'closed'],
  ['unknown', 'unknown'],
  ['已开通', 'open'],
  ['开通', 'open'],
  ['开', 'open'],
  ['未开通', 'closed'],
  ['已关闭', 'closed'],
  ['关闭', 'closed'],
  ['关', 'closed'],
  ['未知', 'unknown'],
  ['不清楚', 'unknown'],
])
const tagIn = wordsOf<string>(
  INDUSTRIES.flatMap(({ code, label_zh }) => [[code as string, code] as const, [label_zh as string, code] as const]),
)

const noTags = wordsOf<true>([
  ['none', true],
  ['无', true],
])
const isNone = (text: string): boolean => noTags(text) === true

export const switchColumns = ['gold_plan_jsapi', 'gold_plan_miniprogram', 'receipt', 'advertising'] as const

/** @returns the tags of a cell, and the first word that is none or stands there twice */
export function tagsIn(text: string): { codes: string[]; wrong: string | undefined } {
  const words = isNone(text) ? [] : text.split(/[;；、|,，]/).map(word => word.trim())
  const tags = words.map(word => tagIn(word))
  const wrong = words.find((_, index) => tags[index] === undefined || tags.indexOf(tags[index]) !== index)
  return { codes: tags.filter(tag => tag !== undefined), wrong }
}

/**
 * @param cell text of a column; undefined where the file has none
 * @param reject told of every fault
 * @returns null when the row says nothing of the console
 */
export function readPortalCheck(
  cell: (column: ColumnName) => string | undefined,
  reject: (field: ColumnName, value: string, reason: string) => void,
  now: Date,
): PortalCheck | null {
  const detail: PortalCheck['detail'] = {}
  for (const column of switchColumns) {
    const given = cell(column)
    if (!given) continue
    const status = switchIn(given)
    if (status === undefined) reject(column, given, '应是 open（已开通）、closed（未开通）或 unknown（未知），没有核对就留空')
    else detail[column] = status
  }
  const tags = cell('ad_filter')
  if (tags) {
    const { codes, wrong } = tagsIn(tags)
    if (wrong !== undefined) reject('ad_filter', wrong, '不是微信支付的同业过滤标签，或写了两次；几个标签之间用 ; 分开，没有设置写 none')
    else if (codes.length > MAX_FILTER_INDUSTRIES) reject('ad_filter', tags, `最多 ${MAX_FILTER_INDUSTRIES} 个标签`)
    else detail.ad_filter = codes
  }
  if (seenColumns.every(column => !cell(column))) return null
  const time = cell('checked_at') ?? ''
  const checked_at = timeIn(time)
  if (checked_at === null) {
    reject('checked_at', time, time === '' ? '写了核对结果就要写核对时间' : (serialFault(time) ?? noTime))
    return null
  }
  if (checked_at.getTime() > now.getTime() + futureTolerance) reject('checked_at', time, '核对时间在将来')
  return { detail, checked_at }
}

const noTime = '应是 2000 年以后的日期或时间，如 2026-11-20 或 2026-11-20 15:30（北京时间）'

/** Days since the end of 1899 or of 1903, as a spreadsheet counts them: which of the two, the file does not say. */
function serialFault(text: string): string | null {
  const plain = comparable(text)
  // 2009 to 2064, counted from 1899
  if (!/^[4-5]\d{4}(\.\d+)?$/.test(plain)) return null
  return `${plain} 是表格软件的日期序号，不是日期：在原来的表里把这一列的格式设为“日期”，再导出一次`
}

const time = /^(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:\d{2})?$/

/** Asia/Shanghai unless it says otherwise; a day alone is its beginning, so that it outranks nothing that happened on it. */
export function timeIn(text: string): Date | null {
  const match = time.exec(
    comparable(text)
      .replace(/^(\d+)年(\d+)月(\d+)日/, '$1-$2-$3')
      .replace(/^(20\d\d)(\d\d)(\d\d)$/, '$1-$2-$3'),
  )
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => (part ?? '0').padStart(2, '0'))
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const asUtc = new Date(`${local}Z`)
  // 2026-02-30 would become 2026-03-02
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(local)) return null
  const at = new Date(`${local}${match[7] ?? CHINA_OFFSET}`)
  return Number.isNaN(at.getTime()) ? null : at
}

/** The same look at the same merchant is the same item, in every run: a UUID made of what it says (RFC 9562, version 8). */
export function checkId(sp_mchid: string, sub_mchid: string, { detail, checked_at }: PortalCheck): string {
  const said = JSON.stringify([
    'portal_check',
    sp_mchid,
    sub_mchid,
    checked_at.toISOString(),
    [detail.gold_plan_jsapi, detail.receipt, detail.advertising, detail.ad_filter].map(seen => seen ?? null),
    // looks from before this scene was looked at keep their ids
    ...(detail.gold_plan_miniprogram === undefined ? [] : [detail.gold_plan_miniprogram]),
  ])
  const hex = createHash('sha256').update(said).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
