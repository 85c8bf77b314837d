// What the app knows of each switch of a merchant, and what it says of it in both languages (product.md M09, M11–M14, §6.2, §8, §12). Its operations, rights and
// path stand in ../shared/controls.ts; the rules that all of them share in controls.ts.
import type { SubMerchant } from '../../../../typings/api'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { timeLeft } from '../../../rules/relative-time'
import { addTable } from '../../../words/index'
import type { MessageKey, Say } from '../../../words/say'
import type { ControlId } from '../shared/controls'
import { hasGoldPlan as isPlanThere } from '../shared/gold-plan'
import { asksForJsapi } from './next-step'
import '../words/words'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  feature: {
    gold_plan: ['点金计划', 'Gold Plan'],
    gold_plan_miniprogram: ['点金计划·小程序', 'Gold Plan, mini program'],
    receipt: ['商家小票', 'Merchant receipt'],
    advertising: ['广告', 'Ads'],
    ad_filter: ['同业过滤', 'Competitor ad filter'],
  },
  hold: {
    'receipt.open': ['{seconds} 秒后开通商家小票', 'Merchant receipt opens in {seconds} s'],
    'receipt.close': ['{seconds} 秒后关闭商家小票', 'Merchant receipt closes in {seconds} s'],
    'advertising.open': ['{seconds} 秒后开通广告', 'Ads open in {seconds} s'],
    'advertising.close': ['{seconds} 秒后关闭广告', 'Ads close in {seconds} s'],
    'ad_filter.set': ['{seconds} 秒后更新过滤标签', 'Filter tags change in {seconds} s'],
  },
  done: {
    'gold_plan.open': ['已开通', 'Opened'],
    'gold_plan_miniprogram.open': ['已开通', 'Opened'],
    'gold_plan_miniprogram.close': ['已关闭', 'Closed'],
    'receipt.open': ['已开通', 'Opened'],
    'receipt.close': ['已关闭', 'Closed'],
    'advertising.open': ['已开通', 'Opened'],
    'advertising.close': ['已关闭', 'Closed'],
    'ad_filter.set': ['已保存', 'Saved'],
  },
  receipt: {
    'warning.INEFFECTIVE_NEEDS_GOLD_PLAN': ['点金计划未开通，顾客看不到', 'Gold Plan is not open, customers cannot see it'],
    'warning.LINK_MISSING': ['没有配置商家小票链接，顾客看不到', 'No receipt link configured, customers cannot see it'],
    'warning.RECEIPT_ERROR': ['最近看到小票出错，需要排查', 'The receipt failed when last seen'],
  },
  miniprogram: {
    locked: ['只有运营可以开关小程序场景', 'Only operators can switch the mini program scene'],
    warning: [
      '改动后还没看过网页支付：微信没有说明它会不会受影响',
      'Web payment not looked at since: WeChat does not say whether it is affected',
    ],
  },
  advertising: {
    warning: ['点金计划已关闭，顾客看不到广告', 'Gold Plan is closed: customers see no ads'],
  },
  detail: {
    sheet_now: ['现在', 'Now'],
    sheet_official: ['官方页面', 'Official page'],
    receipt_sheet_title: ['关闭商家小票？', 'Close the merchant receipt?'],
    receipt_sheet_before: ['官方页面\n+商家小票', 'Official page\n+ receipt'],
    receipt_sheet_point: [
      '关闭后顾客只看到官方小票，可以随时再开',
      'Customers then see only the official receipt. It can be opened again at any time',
    ],
    receipt_sheet_after: ['关闭后', 'After closing'],
    reason_1: ['商户要求', 'The merchant asked'],
    reason_2: ['小票内容有误', 'Wrong content'],
    reason_3: ['小票打不开', 'Does not load'],
    miniprogram_close_title: ['关闭小程序场景的点金计划？', 'Close Gold Plan for mini programs?'],
    miniprogram_close_point_jsapi: [
      '微信没有说明这会不会影响网页支付（JSAPI）：关闭 5 分钟后再做一次网页支付验证',
      'WeChat does not say whether this affects web payment (JSAPI): check one web payment 5 minutes later',
    ],
    miniprogram_close_point_lock: [
      '24 小时内不能再次开通。微信没有说明 24 小时是否按场景分开算，网页支付的点金计划可能也要等',
      'It cannot be reopened for 24 hours. WeChat does not say whether the 24 hours count for each scene: Gold Plan for web payment may have to wait, too',
    ],
    miniprogram_reason_2: ['小程序要自己的完成页', 'Mini program needs its own page'],
    miniprogram_reason_3: ['开错了场景', 'Wrong scene was opened'],
    ads_sheet_title: ['关闭这家店的广告？', 'Close ads for this shop?'],
    ads_sheet_point_page: ['关闭后，支付完成页不再出现广告', 'The payment result page will no longer show ads'],
    ads_sheet_point_undo: ['提交后有 5 秒可以撤销，之后也可以再开', 'You can undo within 5 seconds, and open them again later'],
    ads_reason_1: ['商户要求', 'The merchant asked'],
    ads_reason_2: ['顾客投诉', 'A customer complained'],
    ads_reason_3: ['广告与店不相称', 'Ads do not suit the shop'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

/** What our record says of it, who set it and when. */
type Held = SubMerchant['advertising'] | SubMerchant['ad_filter']

/** milliseconds, and when the provider opened all its merchants by default, else null */
interface Moment {
  now: number
  default_open_since: string | null
}

/** What is asked before it is closed: the reason above all. */
interface Closing {
  title: MessageKey
  pictures?: (say: Say) => Pick<SheetView, 'before' | 'after'>
  points: readonly (readonly [icon: string, text: MessageKey])[]
  /** to choose from, or to write another */
  reasons: readonly MessageKey[]
  danger?: true
}

export interface ControlRow {
  icon: string
  held(merchant: SubMerchant): Held
  /** a change waits 5 s and can be taken back; null: a sheet or a page asks first, and it is sent at once */
  waits: boolean
  /** why it cannot be used is said while it is on, too: always, where no tap turns it off here; unreached, only while the phone has no answer */
  barred: 'always' | 'unreached' | 'never'
  /** an unresolved write is settled by a look at the console. The others are simply set again, and the answer to that settles both. */
  settledByLook: boolean
  notAllowed: MessageKey
  /** its own reasons why it may not be used now; the first that a person can do least about comes first */
  locked?(merchant: SubMerchant, kind: string, moment: Moment, say: Say): string | null
  /** a lasting warning on the card */
  warning?(merchant: SubMerchant, now: number, say: Say): string | null
  closing?: Closing
  /** a page of its own instead of a switch */
  page?: string
}

export const CONTROL_ROWS: Readonly<Record<ControlId, ControlRow>> = {
  gold_plan: {
    icon: 'gold-coin-o',
    held: merchant => merchant.gold_plan.jsapi,
    waits: false,
    barred: 'never',
    settledByLook: true,
    notAllowed: 'control.locked.permission',
    locked: (merchant, _kind, { now }, say) => untilReopened('jsapi', merchant, now, say),
    warning: (merchant, now, say) => lockOfUnknownAge('jsapi', merchant, now, say),
  },
  gold_plan_miniprogram: {
    icon: 'gold-coin-o',
    held: merchant => merchant.gold_plan.miniprogram,
    waits: false,
    barred: 'always',
    settledByLook: true,
    notAllowed: 'miniprogram.locked',
    locked(merchant, kind, { now, default_open_since }, say) {
      if (kind === 'gold_plan_miniprogram.open') return untilReopened('miniprogram', merchant, now, say)
      return default_open_since === null ? null : say('control.locked.default_open')
    },
    warning: (merchant, now, say) =>
      asksForJsapi(merchant) ? say('miniprogram.warning') : lockOfUnknownAge('miniprogram', merchant, now, say),
    closing: {
      title: 'detail.miniprogram_close_title',
      points: [
        ['warning-o', 'detail.miniprogram_close_point_jsapi'],
        ['lock', 'detail.miniprogram_close_point_lock'],
      ],
      reasons: ['detail.reason_1', 'detail.miniprogram_reason_2', 'detail.miniprogram_reason_3'],
      danger: true,
    },
  },
  receipt: {
    icon: 'bill-o',
    held: merchant => merchant.receipt,
    waits: true,
    barred: 'unreached',
    settledByLook: true,
    notAllowed: 'control.locked.permission',
    locked: ({ receipt }, kind, _moment, say) => (kind === 'receipt.open' && receipt.link === 'none' ? say('control.locked.link') : null),
    warning: (merchant, _now, say) => receiptWarning(merchant, say),
    closing: {
      title: 'detail.receipt_sheet_title',
      pictures: say => ({
        before: { page: 'merchant_receipt', when: say('detail.sheet_now'), text: say('detail.receipt_sheet_before') },
        after: { page: 'official_receipt', when: say('detail.receipt_sheet_after'), text: say('detail.sheet_official') },
      }),
      points: [['info-o', 'detail.receipt_sheet_point']],
      reasons: ['detail.reason_1', 'detail.reason_2', 'detail.reason_3'],
    },
  },
  advertising: {
    icon: 'bullhorn-o',
    held: merchant => merchant.advertising,
    waits: true,
    barred: 'always',
    settledByLook: false,
    notAllowed: 'control.locked.advertising',
    locked: withoutPlan,
    warning: ({ advertising, gold_plan }, _now, say) =>
      advertising.status === 'open' && gold_plan.jsapi.status === 'closed' ? say('advertising.warning') : null,
    closing: {
      title: 'detail.ads_sheet_title',
      points: [
        ['eye-o', 'detail.ads_sheet_point_page'],
        ['revoke', 'detail.ads_sheet_point_undo'],
      ],
      reasons: ['detail.ads_reason_1', 'detail.ads_reason_2', 'detail.ads_reason_3'],
    },
  },
  ad_filter: {
    icon: 'shield-o',
    held: merchant => merchant.ad_filter,
    waits: true,
    barred: 'never',
    settledByLook: false,
    notAllowed: 'control.locked.permission',
    locked: withoutPlan,
    page: 'ad-filter',
  },
}

/** Ads and their filter need the plan. */
export const hasGoldPlan = ({ gold_plan, migration }: SubMerchant): boolean =>
  isPlanThere({ status: gold_plan.jsapi.status, state: migration.state })

function withoutPlan(merchant: SubMerchant, _kind: string, _moment: Moment, say: Say): string | null {
  return hasGoldPlan(merchant) ? null : say('control.locked.gold_plan')
}

/** A gold plan that was closed opens after 24 h. Seconds are dropped so that the count starts full. */
function untilReopened(scene: 'jsapi' | 'miniprogram', merchant: SubMerchant, now: number, say: Say): string | null {
  const at = merchant.gold_plan[scene].reopen_available_at
  const left = at === null ? 0 : Math.max(0, Date.parse(at) - now)
  return left > 0 ? say('control.locked.countdown', { left: timeLeft(left, say) }) : null
}

const lockOfUnknownAge = (scene: 'jsapi' | 'miniprogram', merchant: SubMerchant, now: number, say: Say): string | null => {
  const refused = merchant.recent_evidence.find(
    evidence =>
      evidence.kind === 'api_operation' &&
      evidence.detail.operation.startsWith('gold_plan') &&
      (evidence.detail.scene ?? 'jsapi') === scene,
  )
  if (
    refused?.kind !== 'api_operation' ||
    refused.detail.code !== 'REOPEN_LOCKED' ||
    merchant.gold_plan[scene].reopen_available_at !== null
  )
    return null
  return now - Date.parse(refused.occurred_at) < 24 * 3_600_000 ? say('control.locked.countdown_unknown') : null
}

function receiptWarning({ receipt, gold_plan }: SubMerchant, say: Say): string | null {
  if (receipt.hint) return say(`receipt.warning.${receipt.hint}` satisfies MessageKey)
  if (receipt.status === 'open' && gold_plan.jsapi.status === 'closed') return say('receipt.warning.INEFFECTIVE_NEEDS_GOLD_PLAN')
  return null
}
