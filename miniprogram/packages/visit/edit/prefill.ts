// Answers that nobody has to give again (product.md §10): the switch is the record's, a test payment of today was made on its own page. Pure.
import type { ChecklistFact, ChecklistTemplate, Evidence, SubMerchant } from '../../../../typings/api'
import type { Answer, Answers } from '../../../shared/checklist'
import { sameDay } from '../../../rules/relative-time'

/** record: 系统记录, as it was read · test: from the test payment of that moment */
export type Origin = { from: 'record'; at: string } | { from: 'test'; at: string }
export interface Prefill {
  /** by item id */
  answers: Record<string, Answer>
  origins: Record<string, Origin>
}

type TestPaymentDetail = Extract<Evidence, { kind: 'test_payment' }>['detail']
/** a test payment that the server has, or one that waits on the phone */
export interface KnownTest {
  occurred_at: string
  detail: TestPaymentDetail
}

/** The newest test payment that this person recorded here today, not withdrawn; undefined without one. */
export function testOfToday(evidence: readonly Evidence[], staff_id: string, now: number): KnownTest | undefined {
  return evidence.find(
    (one): one is Extract<Evidence, { kind: 'test_payment' }> =>
      one.kind === 'test_payment' &&
      one.withdrawn === null &&
      one.recorded_by?.id === staff_id &&
      sameDay(Date.parse(one.occurred_at), now),
  )
}

/** What is known without asking. An answer that the checklist would refuse is left out. */
export function prefillOf(
  template: Pick<ChecklistTemplate, 'items'>,
  { merchant, test, read_at }: { merchant: Pick<SubMerchant, 'gold_plan'> | null; test: KnownTest | undefined; read_at: string },
): Prefill {
  const filled: Prefill = { answers: {}, origins: {} }
  const give = (fact: ChecklistFact, value: Answer | undefined, origin: Origin) => {
    const item = template.items.find(one => one.fact === fact)
    if (!item || value === undefined) return
    if (item.options && !item.options.some(option => option.value === value || (Array.isArray(value) && value.includes(option.value))))
      return
    filled.answers[item.id] = value
    filled.origins[item.id] = origin
  }
  if (merchant) give('gold_plan_open', merchant.gold_plan.jsapi.status === 'open', { from: 'record', at: read_at })
  if (test) {
    const origin: Origin = { from: 'test', at: test.occurred_at }
    const { entry, web_page_opened, after_page, payee_matches, ready_seconds, refunded, photo_ids } = test.detail
    if (entry !== 'other') give('entries', [entry], origin)
    if (web_page_opened !== null) give('web_page', web_page_opened ? 'yes' : 'no', origin)
    if (web_page_opened === true) {
      const paid = after_page !== 'not_paid'
      give('payment', paid ? 'done' : 'failed', origin)
      if (paid) {
        give('payee', payee_matches, origin)
        give('after_page', after_page, origin)
        give('ready_seconds', ready_seconds, origin)
        give('refunded', refunded, origin)
        give('payment_photo', photo_ids?.slice(0, template.items.find(({ fact }) => fact === 'payment_photo')?.max), origin)
      }
    }
  }
  return filled
}

/** Answers for a newer version of the checklist: what it still asks, as it was; values that it no longer knows are asked anew. */
export function carriedOver(template: ChecklistTemplate, answers: Answers): Record<string, Answer> {
  const kept: Record<string, Answer> = {}
  for (const item of template.items) {
    const value = answers[item.id]
    if (value === undefined) continue
    const known = (one: string) => !item.options || item.options.some(option => option.value === one)
    const fits =
      typeof value === 'string'
        ? known(value)
        : Array.isArray(value)
          ? (value as readonly string[]).every(one => item.type === 'photo' || known(one))
          : true
    if (fits) kept[item.id] = value
  }
  return kept
}
