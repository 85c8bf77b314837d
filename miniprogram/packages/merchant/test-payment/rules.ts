// 验证支付: six questions at a counter, and what their answers prove (product.md M16, §5.2, §5.3).
import type { AfterPage, EvidenceRequest, PaymentEntry, SubMerchant } from '../../../../typings/api'
import { afterPageClass } from '../../../shared/after-page'
import { SETTLING_MS } from '../rules/next-step'

export type TestPaymentStep = 'entry' | 'web_page' | 'pay' | 'payee' | 'page' | 'details'

/** How long the merchant's receipt took after 完成; `unseen` is not recorded. */
export type ReadyTime = '1' | '2' | '3' | '5' | '10' | 'unseen'
export const READY_TIMES: readonly ReadyTime[] = ['1', '2', '3', '5', '10', 'unseen']

export interface TestPaymentAnswers {
  entry?: PaymentEntry
  /** whether a web page opened inside WeChat when scanning or paying */
  web_page?: 'yes' | 'no' | 'unsure'
  /** done: paid, and 完成 tapped */
  pay?: 'done' | 'not_paid'
  payee?: 'yes' | 'no' | 'not_checked'
  page?: AfterPage
  ready?: ReadyTime
  refunded?: 'yes' | 'no'
}
export type TestPaymentDetail = Extract<EvidenceRequest, { kind: 'test_payment' }>['detail']

/** The questions that are left to ask with these answers: without a web page or a payment, there is no page to look at. */
export function testPaymentSteps({ web_page, pay }: TestPaymentAnswers): TestPaymentStep[] {
  if (web_page === 'no') return ['entry', 'web_page', 'details']
  if (pay === 'not_paid') return ['entry', 'web_page', 'pay', 'details']
  return ['entry', 'web_page', 'pay', 'payee', 'page', 'details']
}

/** The first question without an answer; `details` when all are answered. */
export function firstOpenStep(answers: TestPaymentAnswers): TestPaymentStep {
  return testPaymentSteps(answers).find(step => step === 'details' || answers[step] === undefined) ?? 'details'
}

/** What is asked about the money and the receipt, by what was seen. */
export const asksReady = (answers: TestPaymentAnswers): boolean => hasPaid(answers) && answers.page === 'merchant_receipt'
export const hasPaid = ({ web_page, pay, page }: TestPaymentAnswers): boolean =>
  web_page !== 'no' && pay === 'done' && page !== undefined && page !== 'not_paid'

/** A payment that proves something is shown: at least one photo of the page after it (product.md M16). */
export const needsPhoto = (answers: TestPaymentAnswers): boolean =>
  answers.web_page === 'yes' &&
  answers.pay === 'done' &&
  answers.payee === 'yes' &&
  answers.page !== undefined &&
  afterPageClass(answers.page) !== 'none'

/** The evidence as it is recorded; null while a question is open. What was not asked is said to be unknown, never made up. */
export function testPaymentOf(answers: TestPaymentAnswers): TestPaymentDetail | null {
  const { entry, web_page, pay, payee, page, ready, refunded } = answers
  if (entry === undefined || web_page === undefined || firstOpenStep(answers) !== 'details') return null
  const paid = web_page !== 'no' && pay === 'done'
  return {
    entry,
    web_page_opened: web_page === 'unsure' ? null : web_page === 'yes',
    payee_matches: (paid ? payee : undefined) ?? 'not_checked',
    after_page: (paid ? page : undefined) ?? 'not_paid',
    ...(asksReady(answers) && ready !== undefined && ready !== 'unseen' ? { ready_seconds: Number(ready) } : {}),
    ...(hasPaid(answers) && refunded !== undefined ? { refunded: refunded === 'yes' } : {}),
  }
}

/** What a test payment says: the page where it counts as proof, else the reason why it proves nothing on migration. */
export type TestPaymentMeaning =
  'no_web_page' | 'web_page_unsure' | 'other_payee' | 'payee_not_checked' | 'not_paid' | 'unsure' | 'settling' | CountingPage
type CountingPage = Exclude<AfterPage, 'not_paid' | 'unsure'>

/**
 * Same rules as the backend's derivation (product.md §5.2, §5.3); the verdict itself always comes from the server.
 * @param occurred_at when it was paid, ms
 */
export function meaningOf(
  detail: Pick<TestPaymentDetail, 'web_page_opened' | 'payee_matches' | 'after_page'>,
  merchant: Pick<SubMerchant, 'gold_plan'>,
  occurred_at: number,
): TestPaymentMeaning {
  const { web_page_opened, payee_matches, after_page } = detail
  if (web_page_opened === false) return 'no_web_page'
  if (after_page === 'not_paid' || after_page === 'unsure') return after_page
  if (web_page_opened === null) return 'web_page_unsure'
  if (payee_matches !== 'yes') return payee_matches === 'no' ? 'other_payee' : 'payee_not_checked'
  return contradictsFreshChange(after_page, merchant, occurred_at) ? 'settling' : after_page
}

/** What contradicts our own change of less than 5 minutes before is not counted: WeChat Pay may not have carried it out everywhere yet. */
function contradictsFreshChange(page: AfterPage, { gold_plan }: Pick<SubMerchant, 'gold_plan'>, at: number): boolean {
  const { status, source, changed_at } = gold_plan.jsapi
  if (source !== 'api' || changed_at === null) return false
  const age = at - Date.parse(changed_at)
  if (age < 0 || age >= SETTLING_MS) return false
  return afterPageClass(page) === (status === 'open' ? 'NEG' : 'POS')
}

/** done: back to the shop · again: one more payment · troubleshoot: find the cause */
export type FollowUp = 'done' | 'again' | 'troubleshoot'

export function followUpOf(meaning: TestPaymentMeaning, receiptOpen: boolean): FollowUp {
  switch (meaning) {
    case 'merchant_receipt':
      return 'done'
    case 'official_receipt':
      return receiptOpen ? 'troubleshoot' : 'done'
    case 'receipt_missing':
    case 'receipt_error':
    case 'legacy_page':
    case 'closed':
      return 'troubleshoot'
    default:
      return 'again'
  }
}

/** When the newest change of plan or receipt is surely in effect (ms); null when it is already. */
export function settlesAt(merchant: Pick<SubMerchant, 'gold_plan' | 'receipt'>, now: number): number | null {
  const ends = [merchant.gold_plan.jsapi, merchant.receipt].flatMap(({ changed_at }) =>
    changed_at === null ? [] : [Date.parse(changed_at) + SETTLING_MS],
  )
  const last = Math.max(0, ...ends)
  return last > now && last - SETTLING_MS <= now ? last : null
}
