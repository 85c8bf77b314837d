// What is done, as the trail names it: the filter's choices, and their words (product.md M23).
import type { OperationKind } from '../../../../typings/api'
import { kindName } from '../../../rules/evidence-copy'
import type { Say } from '../../../words/say'
import './words'

/** What is changed → what is done with it, in the order of the chips. Others are shown as the server names them. */
const VERBS = {
  gold_plan: ['open', 'close.request', 'close.approve', 'close.reject', 'close.cancel', 'close.run', 'close.expire', 'close'],
  gold_plan_miniprogram: ['open', 'close'],
  receipt: ['open', 'close'],
  advertising: ['open', 'close'],
  ad_filter: ['set'],
  receipt_content: ['change'],
  test_payment: ['write'],
  flow_conclusion: ['write'],
  portal_check: ['write'],
  portal_check_list: ['add', 'apply', 'cancel', 'finish', 'stop'],
  unblock: ['write'],
  evidence: ['withdraw'],
  order_query: ['ask'],
  link_check: ['run'],
  receipt_beacon: ['write'],
  visit: ['submit', 'resubmit', 'review'],
  merchant: ['assigned', 'added', 'updated', 'rederived'],
  store_code: ['added', 'updated'],
  staff: ['added', 'updated', 'invited', 'bind'],
  session: ['open', 'close'],
  provider: ['change', 'trouble', 'trouble_over'],
  readiness: ['answer', 'check'],
  appid: ['enter'],
  checklist_template: ['draft', 'discard', 'publish'],
  rollout: ['create', 'start', 'pause', 'resume', 'cancellation', 'retry-failed', 'stage', 'stop', 'complete'],
  import: ['finished'],
  observation: ['classify', 'revoke'],
  bill: ['landed', 'asked'],
  rebate: ['imported'],
  unlisted: ['dismissed', 'restored'],
  visit_plan: ['published'],
  limitation: ['write', 'refresh'],
  export: ['create', 'finish', 'stop', 'cancel', 'download'],
} as const
type Subject = keyof typeof VERBS
export type AuditAction = { [S in Subject]: `${S}.${(typeof VERBS)[S][number]}` }[Subject]
/** What can be chosen as a filter. */
export const ACTIONS = Object.entries(VERBS).flatMap(([subject, verbs]) => verbs.map(verb => `${subject}.${verb}` as AuditAction))

type Flat<T extends string> = T extends `${infer A}.${infer B}` ? `${A}_${Flat<B>}` : T
const flat = (action: AuditAction) => action.replace(/\./g, '_') as Flat<AuditAction>
const isKnown = (action: string): action is AuditAction => (ACTIONS as readonly string[]).includes(action)

/** An operation that is not among them is called as the timeline calls it, and so is evidence that somebody recorded. */
export function actionLabel(action: string, say: Say): string {
  if (isKnown(action)) return say(`audit.action.${flat(action)}`)
  const key = `evidence.api_operation.${action as OperationKind}` as const
  const named = say(key)
  if (named !== key) return named
  return (action.endsWith('.write') ? kindName(action.slice(0, -'.write'.length), say) : null) ?? action
}
