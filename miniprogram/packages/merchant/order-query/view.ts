// What the page of 问微信支付 shows: what an order proves and what it does not, and what to do next; never more of its number than the end.
import type { OrderQueryResult, SubMerchant, Verdict } from '../../../../typings/api'
import type { CameraFailure } from '../../../phone/camera-failure'
import type { ApiError } from '../../../api/errors'
import { problemView } from '../../../rules/error-copy'
import { maskedOrder } from './rules'
import { absoluteTime } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import { verdictOf } from '../rules/verdict'
import './words'

/** invalid: typed, and no 商户单号 · unknown: scanned, and none either */
export type OrderPanel = 'consent' | Exclude<CameraFailure, 'cancelled'> | 'payment_code' | 'unknown' | 'invalid'

export type OrderNext = 'test_payment' | 'to_shop' | 'again' | 'copy_appid'

export interface OrderResultView {
  scene: OrderQueryResult['scene']
  /** "这是公众号或网页支付" */
  title: string
  /** 商户单号 …0426, when it was paid, whether the money went back */
  facts: string[]
  /** whether it was recorded as evidence */
  recorded: boolean
  recorded_label: string
  proves: string
  proves_not: string
  next: string
  appid: string
  verdict: { state: Verdict['state']; title: string; sentence: string }
  primary: { id: OrderNext; label: string }
}

const KNOWN_TYPES = ['NATIVE', 'APP', 'MICROPAY', 'MWEB', 'FACEPAY']

export function orderResult(answer: OrderQueryResult, shop: SubMerchant, now: number, say: Say): OrderResultView {
  const { scene, trade_type, migration } = answer
  const { state, title, sentence } = verdictOf({ ...shop, migration }, now, say)
  const kind = KNOWN_TYPES.includes(trade_type) ? say(`order_query.type_${trade_type}` as MessageKey) : trade_type
  const id = orderNext(scene, migration)
  return {
    scene,
    title: say(`order_query.title_${scene}`, { kind }),
    facts: [
      say('order_query.number', { number: maskedOrder(answer.out_trade_no) }),
      say('order_query.paid_at', { time: absoluteTime(answer.paid_at, now, say) }),
      ...(answer.refunded ? [say('order_query.refunded')] : []),
    ],
    recorded: answer.evidence_id !== null,
    recorded_label: say(answer.evidence_id === null ? 'order_query.not_recorded' : 'order_query.recorded'),
    proves: say(`order_query.proves_${scene}`),
    proves_not: say(`order_query.proves_not_${scene}`),
    next: say(scene === 'jsapi' && state === 'verified' ? 'order_query.next_jsapi_verified' : `order_query.next_${scene}`, {
      appid: answer.appid ?? '',
    }),
    appid: answer.appid ?? '',
    verdict: { state, title, sentence },
    primary: { id, label: say(`order_query.do_${id}`) },
  }
}

/** The step that makes sense after this order: an order never says what customers see after paying. */
export function orderNext(scene: OrderQueryResult['scene'], { state, reason }: Pick<Verdict, 'state' | 'reason'>): OrderNext {
  if (scene === 'unknown') return 'copy_appid'
  if (scene !== 'jsapi') return 'again'
  return state === 'enrolled' || reason === 'NO_RECORD_OF_OPENING' ? 'test_payment' : 'to_shop'
}

export interface OrderRefusalView {
  code: string
  title: string
  sentence: string
  /** what next, where more is to be said than the error itself says */
  next: string
  contact: string
  request_id: string
  /** as much of it as is shown */
  short_id: string
  /** the same question may be asked again */
  retry: boolean
}

const WITH_NEXT = ['ORDER_NOT_FOUND', 'ORDER_OF_ANOTHER_MERCHANT', 'ORDER_NOT_PAID', 'ORDER_NUMBER_INVALID']

export function orderRefusal(error: ApiError, say: Say): OrderRefusalView {
  const { code, title, sentence, next, contact, request_id } = problemView(error, say)
  const more = WITH_NEXT.includes(code) ? say(`order_query.after_${code}` as MessageKey) : ''
  const id = request_id ?? ''
  return {
    code,
    title,
    sentence,
    next: more,
    contact: contact ?? '',
    request_id: id,
    short_id: id.slice(0, 8),
    retry: next?.id === 'retry',
  }
}
