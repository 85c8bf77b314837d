// What an item of evidence says in a title, and the icon of its kind.
import type { Evidence, SwitchStatus } from '../../../../typings/api'
import { errorKey } from '../../../rules/error-copy'
import { kindName } from '../../../rules/evidence-copy'
import type { MessageKey, Say } from '../../../words/say'
import { isPlanned, limitationLabel } from './limitations'
import '../words/words'

function cause(code: string | undefined, message: string | undefined, say: Say): string | null {
  const key = code === undefined ? null : errorKey(code, 'title')
  return key ? say(key) : (message ?? code ?? null)
}

const miniprogramOf = { 'gold_plan.open': 'gold_plan_miniprogram.open', 'gold_plan.close': 'gold_plan_miniprogram.close' } as const
/** Looked at, and told. */
export const isKnown = (status: SwitchStatus | undefined): status is 'open' | 'closed' => status === 'open' || status === 'closed'

/** What an item of evidence says, without time and source: "验证支付看到官方小票页". */
export function evidenceTitle(evidence: Evidence, say: Say): string {
  switch (evidence.kind) {
    case 'api_operation': {
      const { operation, scene, result, code, message } = evidence.detail
      const ofScene = scene === 'miniprogram' && (operation === 'gold_plan.open' || operation === 'gold_plan.close')
      const change = ofScene ? miniprogramOf[operation] : operation
      if (result === 'succeeded') return say(`evidence.api_operation.${change}`)
      const what = say(`evidence.attempt.${change}`)
      const why = cause(code, message, say)
      return why === null ? say('evidence.failed', { what }) : say('evidence.failed.cause', { what, cause: why })
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
      const planned = isPlanned(evidence.detail)
      if (!evidence.detail.active && !planned) return say('evidence.limitation.lifted')
      return say(planned ? 'evidence.limitation.planned' : 'evidence.limitation.active', {
        cause: limitationLabel(evidence.detail.code, say) ?? evidence.detail.reason ?? evidence.detail.code,
      })
    }
    case 'flow_conclusion':
      return say(`evidence.flow_conclusion.${evidence.detail.conclusion}`)
    case 'order_query': {
      const { order_scene } = evidence.detail
      return say(order_scene === 'unknown' ? 'evidence.order_query' : `evidence.order_query.${order_scene}`)
    }
    default:
      return say(`evidence.${evidence.kind}`)
  }
}

/** kinds that say more than their own name, and what they say where nothing more is known */
const ALONE: Record<string, MessageKey> = {
  api_operation: 'evidence.api_operation.gold_plan.open',
  'gold_plan.close': 'evidence.api_operation.gold_plan.close',
  flow_conclusion: 'evidence.flow_conclusion.jsapi',
}

/** Name of a kind of evidence; a kind that this version does not know is shown as it is. */
export function kindTitle(kind: string, say: Say): string {
  const key = ALONE[kind]
  return key ? say(key) : (kindName(kind, say) ?? kind)
}

const icons: Record<Evidence['kind'], string> = {
  api_operation: 'passed',
  portal_check: 'eye-o',
  receipt_beacon: 'bill-o',
  test_payment: 'gold-coin-o',
  order_query: 'orders-o',
  limitation: 'warning-o',
  flow_conclusion: 'location-o',
  unblock: 'todo-list-o',
}

/** A kind that this version does not know has one, too. */
export const kindIcon = (kind: string): string => icons[kind as Evidence['kind']] ?? 'notes-o'
