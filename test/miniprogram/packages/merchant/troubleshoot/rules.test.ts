import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  answeredQuestions,
  nextStep,
  type Answers,
  type KnownFacts,
  type QuestionId,
} from '../../../../../miniprogram/packages/merchant/troubleshoot/rules.ts'

const open: KnownFacts = { gold_plan: 'open', receipt: 'open', link: 'provider', settling: false }
const jsapi: Answers = { entry: 'table_sticker', web_page: 'yes', payee: 'yes' }
const causeOf = (facts: KnownFacts, answers: Answers) => {
  const step = nextStep(facts, answers)
  return 'cause' in step ? step.cause.id : `ask ${step.ask}`
}

describe('troubleshooting', () => {
  it.each<[string, KnownFacts, Answers, string]>([
    ['asks first how the customer paid', open, {}, 'ask entry'],
    ['a payment code is outside the gold plan', open, { entry: 'payment_code' }, 'OUT_OF_SCOPE'],
    ['a mini program payment is another scene', open, { entry: 'mini_program' }, 'MINI_PROGRAM_SCENE'],
    ['then whether a web page opened inside WeChat', open, { entry: 'h5_link' }, 'ask web_page'],
    ['without a web page it is no JSAPI payment', open, { entry: 'table_sticker', web_page: 'no' }, 'OUT_OF_SCOPE'],
    ['another payee ends it', open, { entry: 'h5_link', web_page: 'yes', payee: 'no' }, 'OTHER_PAYEE'],
    ['the official page comes only after 完成', open, { ...jsapi, page: 'done_not_tapped' }, 'DONE_NOT_TAPPED'],
    ['page closes, plan closed in our records', { ...open, gold_plan: 'closed' }, { ...jsapi, page: 'closed' }, 'PLAN_CLOSED'],
    ['page closes, changed 2 minutes ago', { ...open, settling: true }, { ...jsapi, page: 'closed' }, 'SETTLING'],
    ['page closes, plan open: the console decides', open, { ...jsapi, page: 'legacy_page' }, 'ask console_plan'],
    ['console says closed', open, { ...jsapi, page: 'legacy_page', console_plan: 'closed' }, 'PLAN_CLOSED_ON_CONSOLE'],
    ['official receipt, our switch is off', { ...open, receipt: 'closed' }, { ...jsapi, page: 'official_receipt' }, 'RECEIPT_CLOSED'],
    ['official receipt, no link', { ...open, link: 'none' }, { ...jsapi, page: 'official_receipt' }, 'LINK_MISSING'],
    ['official receipt, all open', open, { ...jsapi, page: 'official_receipt' }, 'PAGE_CHOSE_OFFICIAL'],
    ['error page of another payer', open, { ...jsapi, page: 'receipt_error', same_payer: 'no' }, 'PAYER_DIFFERS'],
    [
      'error page after seconds',
      open,
      { ...jsapi, page: 'receipt_error', same_payer: 'yes', error_timing: 'after_seconds' },
      'READY_TOO_LATE',
    ],
    [
      'error page at once on iPhone only',
      open,
      { ...jsapi, page: 'receipt_error', same_payer: 'yes', error_timing: 'at_once', only_iphone: 'yes' },
      'IOS_HTTPS',
    ],
    [
      'error page at once, only here',
      open,
      { ...jsapi, page: 'receipt_error', same_payer: 'yes', error_timing: 'at_once', only_iphone: 'no', other_shops: 'only_here' },
      'CHECK_CODE',
    ],
  ])('%s', (_name, facts, answers, expected) => {
    expect(causeOf(facts, answers)).toBe(expected)
  })

  it('ends after a few questions whatever is known and answered, and never asks one twice', () => {
    const facts = fc.record<KnownFacts>({
      gold_plan: fc.constantFrom('unknown', 'open', 'closed'),
      receipt: fc.constantFrom('unknown', 'open', 'closed'),
      link: fc.constantFrom('provider', 'sub_merchant', 'none'),
      settling: fc.boolean(),
    })
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (known, choices) => {
        const answers: Answers = {}
        const asked: QuestionId[] = []
        for (let step = nextStep(known, answers); 'ask' in step; step = nextStep(known, answers)) {
          expect(asked).not.toContain(step.ask)
          asked.push(step.ask)
          expect(answeredQuestions(known, answers)).toEqual(asked.slice(0, -1))
          answers[step.ask] = step.options[(choices.next().value as number) % step.options.length]!
        }
        expect(asked.length).toBeLessThanOrEqual(8)
      }),
      { numRuns: 1_000 },
    )
  })
})
