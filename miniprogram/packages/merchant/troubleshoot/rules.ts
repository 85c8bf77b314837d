// 排查: why a customer does not see what they should after paying. One question a screen, each answer leads to the next question or to a cause
// with who mends it and the step to take. The order and the causes are those of goldplan's official flow (development guide 4012072262:
// what is shown after 完成) and of the service provider FAQ; no cause is stated that they do not name.
import type { AfterPage, SubMerchant } from '../../../../typings/api'
import { SETTLING_MS } from '../rules/next-step'
import { PAYMENT_ENTRIES } from '../shared/entries'

export type QuestionId =
  'entry' | 'web_page' | 'payee' | 'page' | 'console_plan' | 'same_payer' | 'error_timing' | 'other_shops' | 'only_iphone'

type CauseId =
  | 'OUT_OF_SCOPE'
  | 'MINI_PROGRAM_SCENE'
  | 'OTHER_PAYEE'
  | 'PAYEE_UNCHECKED'
  | 'DONE_NOT_TAPPED'
  | 'NOT_PAID'
  | 'NOT_SEEN'
  | 'PLAN_CLOSED'
  | 'PLAN_CLOSED_ON_CONSOLE'
  | 'ASK_OPERATOR'
  | 'SETTLING'
  | 'RESTRICTION_POSSIBLE'
  | 'RECEIPT_CLOSED'
  | 'LINK_MISSING'
  | 'PAGE_CHOSE_OFFICIAL'
  | 'PAYER_DIFFERS'
  | 'READY_TOO_LATE'
  | 'LINK_UNREACHABLE'
  | 'CHECK_CODE'
  | 'IOS_HTTPS'
  | 'RECEIPT_BLANK'
  | 'NOTHING_WRONG'

/** who mends it */
export type Mender = 'staff' | 'operator' | 'merchant' | 'developer' | 'nobody'
/** the step that the app offers at the end */
export type Remedy =
  | 'test_payment'
  | 'gold_plan.open'
  | 'receipt.open'
  | 'wait'
  | 'portal_check'
  | 'tell_operator'
  | 'tell_developer'
  | 'flow_conclusion'
  | 'none'

export interface Cause {
  id: CauseId
  mender: Mender
  remedy: Remedy
}

const causes: Record<CauseId, Omit<Cause, 'id'>> = {
  OUT_OF_SCOPE: { mender: 'nobody', remedy: 'flow_conclusion' },
  MINI_PROGRAM_SCENE: { mender: 'operator', remedy: 'tell_operator' },
  OTHER_PAYEE: { mender: 'staff', remedy: 'none' },
  PAYEE_UNCHECKED: { mender: 'staff', remedy: 'test_payment' },
  DONE_NOT_TAPPED: { mender: 'staff', remedy: 'test_payment' },
  NOT_PAID: { mender: 'staff', remedy: 'test_payment' },
  NOT_SEEN: { mender: 'staff', remedy: 'test_payment' },
  PLAN_CLOSED: { mender: 'staff', remedy: 'gold_plan.open' },
  PLAN_CLOSED_ON_CONSOLE: { mender: 'operator', remedy: 'portal_check' },
  ASK_OPERATOR: { mender: 'operator', remedy: 'tell_operator' },
  SETTLING: { mender: 'nobody', remedy: 'wait' },
  RESTRICTION_POSSIBLE: { mender: 'operator', remedy: 'tell_operator' },
  RECEIPT_CLOSED: { mender: 'staff', remedy: 'receipt.open' },
  LINK_MISSING: { mender: 'operator', remedy: 'tell_operator' },
  PAGE_CHOSE_OFFICIAL: { mender: 'developer', remedy: 'tell_developer' },
  PAYER_DIFFERS: { mender: 'staff', remedy: 'test_payment' },
  READY_TOO_LATE: { mender: 'developer', remedy: 'tell_developer' },
  LINK_UNREACHABLE: { mender: 'developer', remedy: 'tell_developer' },
  CHECK_CODE: { mender: 'developer', remedy: 'tell_developer' },
  IOS_HTTPS: { mender: 'developer', remedy: 'tell_developer' },
  RECEIPT_BLANK: { mender: 'developer', remedy: 'tell_developer' },
  NOTHING_WRONG: { mender: 'nobody', remedy: 'test_payment' },
}

/** What the app already knows, so that staff are not asked for it. */
export interface KnownFacts {
  gold_plan: 'unknown' | 'open' | 'closed'
  receipt: 'unknown' | 'open' | 'closed'
  link: 'provider' | 'sub_merchant' | 'none'
  /** the newest change of plan or receipt is less than 5 minutes old */
  settling: boolean
}

export type Answers = Partial<Record<QuestionId, string>>
export type Step = { ask: QuestionId; options: readonly string[] } | { cause: Cause }

export function factsOf(merchant: Pick<SubMerchant, 'gold_plan' | 'receipt'>, now: number): KnownFacts {
  const changes = [merchant.gold_plan.jsapi.changed_at, merchant.receipt.changed_at]
  return {
    gold_plan: merchant.gold_plan.jsapi.status,
    receipt: merchant.receipt.status,
    link: merchant.receipt.link,
    settling: changes.some(at => at !== null && now - Date.parse(at) >= 0 && now - Date.parse(at) < SETTLING_MS),
  }
}

const options: Record<QuestionId, readonly string[]> = {
  entry: PAYMENT_ENTRIES,
  web_page: ['yes', 'no', 'unsure'],
  payee: ['yes', 'no', 'not_checked'],
  page: [
    'official_receipt',
    'merchant_receipt',
    'receipt_missing',
    'receipt_error',
    'legacy_page',
    'closed',
    'done_not_tapped',
    'not_paid',
    'unsure',
  ] satisfies (AfterPage | 'done_not_tapped')[],
  console_plan: ['open', 'closed', 'cannot_look'],
  same_payer: ['yes', 'no'],
  error_timing: ['at_once', 'after_seconds'],
  other_shops: ['also', 'only_here', 'unknown'],
  only_iphone: ['yes', 'no', 'unknown'],
}

const ask = (question: QuestionId): Step => ({ ask: question, options: options[question] })
const end = (id: CauseId): Step => ({ cause: { id, ...causes[id] } })

/** The official page did not come: the plan itself. */
function planStep(facts: KnownFacts, answers: Answers): Step {
  if (facts.gold_plan === 'closed') return end('PLAN_CLOSED')
  if (facts.settling) return end('SETTLING')
  switch (answers.console_plan) {
    case 'open':
      return end('RESTRICTION_POSSIBLE')
    case 'closed':
      return end('PLAN_CLOSED_ON_CONSOLE')
    case 'cannot_look':
      return end('ASK_OPERATOR')
    default:
      return ask('console_plan')
  }
}

/** The official page came without the merchant's receipt: switch, time, link, then the page's own answer. */
function officialReceiptStep(facts: KnownFacts): Step {
  if (facts.receipt !== 'open') return end('RECEIPT_CLOSED')
  if (facts.settling) return end('SETTLING')
  if (facts.link === 'none') return end('LINK_MISSING')
  return end('PAGE_CHOSE_OFFICIAL')
}

/** 无法获取订单信息: no onIframeReady within 3 s, or the receipt page refused the order. */
function receiptErrorStep(facts: KnownFacts, answers: Answers): Step {
  if (facts.settling) return end('SETTLING')
  if (facts.link === 'none') return end('LINK_MISSING')
  if (answers.same_payer === undefined) return ask('same_payer')
  if (answers.same_payer === 'no') return end('PAYER_DIFFERS')
  if (answers.error_timing === undefined) return ask('error_timing')
  if (answers.error_timing === 'after_seconds') return end('READY_TOO_LATE')
  if (answers.only_iphone === undefined) return ask('only_iphone')
  if (answers.only_iphone === 'yes') return end('IOS_HTTPS')
  if (answers.other_shops === undefined) return ask('other_shops')
  return end(answers.other_shops === 'only_here' ? 'CHECK_CODE' : 'LINK_UNREACHABLE')
}

/**
 * The next question, or the cause. Every sequence of answers ends: each question is asked at most once.
 * @param answers so far; an answer that is none of its question's options counts as not given
 */
export function nextStep(facts: KnownFacts, given: Answers): Step {
  const answers: Answers = {}
  for (const [question, answer] of Object.entries(given) as [QuestionId, string][]) {
    if (options[question]?.includes(answer)) answers[question] = answer
  }
  const { entry, web_page, payee, page } = answers
  if (entry === undefined) return ask('entry')
  if (entry === 'payment_code' || entry === 'native_qr') return end('OUT_OF_SCOPE')
  if (entry === 'mini_program') return end('MINI_PROGRAM_SCENE')
  // JSAPI or not: whether a web page opens inside WeChat (Tencent's own test); not seen clearly ends nothing, but is no proof either
  if (web_page === undefined) return ask('web_page')
  if (web_page === 'no') return end('OUT_OF_SCOPE')
  if (payee === undefined) return ask('payee')
  if (payee === 'no') return end('OTHER_PAYEE')
  if (payee === 'not_checked') return end('PAYEE_UNCHECKED')
  switch (page) {
    case undefined:
      return ask('page')
    case 'done_not_tapped':
      return end('DONE_NOT_TAPPED')
    case 'not_paid':
      return end('NOT_PAID')
    case 'unsure':
      return end('NOT_SEEN')
    case 'merchant_receipt':
      return end('NOTHING_WRONG')
    case 'official_receipt':
      return officialReceiptStep(facts)
    case 'receipt_missing':
      return facts.settling ? end('SETTLING') : end('RECEIPT_BLANK')
    case 'receipt_error':
      return receiptErrorStep(facts, answers)
    default:
      return planStep(facts, answers)
  }
}

/** The page that was seen, where it says something on migration: it becomes a test payment, not only a note. */
export function observedPage(answers: Answers): AfterPage | undefined {
  const page = answers.page
  return page === undefined || page === 'done_not_tapped' ? undefined : (page as AfterPage)
}

/** The questions answered so far, in the order in which they are asked: the way back. */
export function answeredQuestions(facts: KnownFacts, given: Answers): QuestionId[] {
  const asked: QuestionId[] = []
  const answers: Answers = {}
  for (let step = nextStep(facts, answers); 'ask' in step; step = nextStep(facts, answers)) {
    const answer = given[step.ask]
    if (answer === undefined || !step.options.includes(answer)) break
    answers[step.ask] = answer
    asked.push(step.ask)
  }
  return asked
}
