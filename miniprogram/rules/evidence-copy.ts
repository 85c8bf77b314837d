// What an item of evidence says, in a title and in the few words of a row.
import type { Evidence, SwitchStatus } from '../../typings/api'
import { AFTER_PAGES } from '../shared/after-page'
import { errorKey } from './error-copy'
import { limitationLabel } from './limitations'
import type { MessageKey, Say } from '../words/say'

function cause(code: string | undefined, message: string | undefined, say: Say): string | null {
  const key = code === undefined ? null : errorKey(code, 'title')
  return key ? say(key) : (message ?? code ?? null)
}

const miniprogramOf = { 'gold_plan.open': 'gold_plan_miniprogram.open', 'gold_plan.close': 'gold_plan_miniprogram.close' } as const
const isKnown = (status: SwitchStatus | undefined): status is 'open' | 'closed' => status === 'open' || status === 'closed'

/** What an item of evidence says, without time and source: "验证支付看到官方小票页". */
export function evidenceTitle(evidence: Evidence, say: Say): string {
  switch (evidence.kind) {
    case 'api_operation': {
      const { operation, scene, result, code, message } = evidence.detail
      const ofScene = scene === 'miniprogram' && (operation === 'gold_plan.open' || operation === 'gold_plan.close')
      const what = say(`evidence.api_operation.${ofScene ? miniprogramOf[operation] : operation}`)
      if (result === 'succeeded') return what
      const why = cause(code, message, say)
      return why === null
        ? say('evidence.api_operation.failed', { what })
        : say('evidence.api_operation.failed.cause', { what, cause: why })
    }
    case 'portal_check': {
      const { gold_plan_jsapi: jsapi, gold_plan_miniprogram: miniprogram } = evidence.detail
      const said = isKnown(jsapi) ? say(`evidence.portal_check.${jsapi}`) : ''
      const also = isKnown(miniprogram) ? say(`evidence.portal_check.miniprogram.${miniprogram}`) : ''
      return said && also ? `${said}${say('evidence.and')}${also}` : said || also || say('evidence.portal_check')
    }
    case 'test_payment': {
      const { after_page, web_page_opened, payee_matches } = evidence.detail
      if (web_page_opened === false) return say('evidence.test_payment.no_web_page')
      if (after_page === 'not_paid' || after_page === 'unsure') return say(`evidence.test_payment.${after_page}`)
      if (payee_matches === 'no') return say('evidence.test_payment.other_payee')
      return say('evidence.test_payment.page', { page: say(`after_page.${after_page}`) })
    }
    case 'limitation': {
      if (!evidence.detail.active) return say('evidence.limitation.lifted')
      return say('evidence.limitation.active', {
        cause: limitationLabel(evidence.detail.code, say) ?? evidence.detail.reason ?? evidence.detail.code,
      })
    }
    case 'flow_conclusion':
      return say(`evidence.flow_conclusion.${evidence.detail.conclusion}`)
    case 'order_query': {
      const { order_scene } = evidence.detail
      return say(order_scene === 'unknown' ? 'evidence.order_query' : `evidence.order_query.${order_scene}`)
    }
    case 'receipt_beacon':
    case 'unblock':
      return say(`evidence.${evidence.kind}`)
  }
}

/** Evidence as `proof` of a row of the list names it: its kind and the value that decides. */
export function proofOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'api_operation':
      return `api_operation:${evidence.detail.operation}`
    case 'portal_check':
      return `portal_check:${evidence.detail.gold_plan_jsapi ?? 'unknown'}`
    case 'test_payment':
      return `test_payment:${evidence.detail.after_page}`
    case 'flow_conclusion':
      return `flow_conclusion:${evidence.detail.conclusion}`
    default:
      return evidence.kind
  }
}

const API_PROOFS: Record<string, MessageKey> = {
  'gold_plan.open': 'evidence.api_operation.gold_plan.open',
  'gold_plan.close': 'evidence.api_operation.gold_plan.close',
  'receipt.open': 'evidence.api_operation.receipt.open',
  'receipt.close': 'evidence.api_operation.receipt.close',
}
const PROOFS: Record<string, MessageKey> = {
  'portal_check:open': 'evidence.portal_check.open',
  'portal_check:closed': 'evidence.portal_check.closed',
  'flow_conclusion:jsapi': 'evidence.flow_conclusion.jsapi',
  'flow_conclusion:not_jsapi': 'evidence.flow_conclusion.not_jsapi',
  portal_check: 'evidence.portal_check',
  test_payment: 'evidence.test_payment',
  receipt_beacon: 'evidence.receipt_beacon',
  order_query: 'evidence.order_query',
  limitation: 'evidence.limitation',
  unblock: 'evidence.unblock',
  default_open: 'evidence.default_open',
}

/** kinds that say more than their own name, and what they say where nothing more is known */
const ALONE: Record<string, MessageKey> = {
  api_operation: 'evidence.api_operation.gold_plan.open',
  'gold_plan.close': 'evidence.api_operation.gold_plan.close',
  flow_conclusion: 'evidence.flow_conclusion.jsapi',
}

/** Name of a kind of evidence; a kind that this version does not know is shown as it is. */
export function kindTitle(kind: string, say: Say): string {
  const key = ALONE[kind] ?? PROOFS[kind]
  return key ? say(key) : kind
}

/** What a state rests on, in the few words that a row has room for: 看到官方小票页, 页面直接关闭, 开通点金计划. '' for a kind this version does not know. */
export function proofLabel(proof: string, say: Say): string {
  const [kind = '', value = ''] = proof.split(':')
  const page = AFTER_PAGES.find(({ code }) => code === value)
  if (kind === 'test_payment' && page?.class === 'POS') return say('evidence.seen', { page: say(`after_page.${page.code}`) })
  if (kind === 'test_payment' && page?.class === 'NEG') return say(`after_page.${page.code}`)
  if (kind === 'api_operation') {
    const key = API_PROOFS[value]
    return key ? say(key) : ''
  }
  const key = PROOFS[proof] ?? PROOFS[kind]
  return key ? say(key) : ''
}
