// What an item of evidence says in the few words of a row.
import type { Evidence } from '../../typings/api'
import { AFTER_PAGES } from '../shared/after-page'
import type { MessageKey, Say } from '../words/say'

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
const OF_VALUE: Record<string, MessageKey> = {
  'portal_check:open': 'evidence.portal_check.open',
  'portal_check:closed': 'evidence.portal_check.closed',
  'flow_conclusion:jsapi': 'evidence.flow_conclusion.jsapi',
  'flow_conclusion:not_jsapi': 'evidence.flow_conclusion.not_jsapi',
}
/** The one word of a kind; null for a kind that this version does not know, and for one that says more of each item. */
export function kindName(kind: string, say: Say): string | null {
  // looked for, not known: the server may be newer. Who says nothing of a key gives it back.
  const key = ['evidence', kind].join('.')
  const said = say(key as MessageKey)
  return said === key ? null : said
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
  const key = OF_VALUE[proof]
  return key ? say(key) : (kindName(kind, say) ?? '')
}
