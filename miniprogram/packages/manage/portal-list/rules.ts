// What may be sent from this phone, before anything is asked of the server.
import { holdsPaymentCode } from '../../../shared/payment-code'
import type { Language } from '../../../words/say'

/** characters of a pasted list: more than that is a file */
export const MOST_PASTED = 200_000
/** bytes of a file; the server's limit */
export const MOST_BYTES = 10 * 1024 * 1024

/**
 * A customer's payment code is neither kept nor sent (product.md M04). Cell by cell: a 商户号 beside a date is none.
 * @returns the line that holds one, counted from 1; null: none does
 */
export function paymentCodeLine(text: string): number | null {
  const lines = text.split('\n')
  const found = lines.findIndex(line => line.length >= 18 && line.split(/[,\t]/).some(cell => cell.length >= 18 && holdsPaymentCode(cell)))
  return found < 0 ? null : found + 1
}

/** Day and hour as people in China write them → with their offset. */
export const momentOf = (date: string, time: string): string => `${date}T${time}:00+08:00`

/** What the columns are called, with rows that show how they are filled in. */
export const EXAMPLES: Record<Language, string> = {
  'zh-CN': [
    '商户号,点金计划,小程序场景,商家小票,广告,同业过滤标签,核对时间',
    '1900000109,已开通,未开通,已开通,已开通,餐饮美食;零售百货,2026-11-20 15:30',
    '1900000110,未开通,,未开通,,none,',
  ].join('\n'),
  en: [
    'sub_mchid,gold_plan_jsapi,gold_plan_miniprogram,receipt,advertising,ad_filter,checked_at',
    '1900000109,open,closed,open,open,CATERING;RETAIL,2026-11-20 15:30',
    '1900000110,closed,,closed,,none,',
  ].join('\n'),
}
