// What a test payment has answered already of the questions of 排查.
import { describe, expect, test } from '@jest/globals'
import { observedBefore } from '../../../../../miniprogram/packages/merchant/troubleshoot/observed.ts'
import type { SubMerchant } from '../../../../../typings/api.ts'

type TestPayment = Extract<SubMerchant['recent_evidence'][number], { kind: 'test_payment' }>
const AT = '2026-11-20T10:00:00+08:00'
const seen = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' } as const
const payment = (detail: Partial<TestPayment['detail']> = {}, more: Partial<TestPayment> = {}) =>
  ({ kind: 'test_payment', occurred_at: AT, withdrawn: null, detail: { ...seen, ...detail }, ...more }) as TestPayment
const shop = (recent_evidence: SubMerchant['recent_evidence'], changed_at: string | null = null) =>
  ({
    recent_evidence,
    gold_plan: { jsapi: { status: 'open', changed_at } },
    receipt: { status: 'open', changed_at: null },
  }) as unknown as SubMerchant

describe('what a test payment answered', () => {
  test('entry, page, payee and what was seen are four answers', () => {
    expect(observedBefore(shop([payment()]))).toEqual({
      answers: { entry: 'table_sticker', web_page: 'yes', payee: 'yes', page: 'closed' },
      at: AT,
    })
  })

  test.each([
    ['the page was right', { after_page: 'merchant_receipt' }, { entry: 'table_sticker', web_page: 'yes', payee: 'yes' }],
    ['nobody saw it', { after_page: 'unsure' }, { entry: 'table_sticker', web_page: 'yes', payee: 'yes' }],
    ['the payee was not looked at', { payee_matches: 'not_checked' }, { entry: 'table_sticker', web_page: 'yes' }],
    ['no web page opened', { web_page_opened: false }, { entry: 'table_sticker' }],
  ] as const)('given %s, then the question that would end there is asked', (_what, detail, answers) => {
    expect(observedBefore(shop([payment(detail)]))?.answers).toEqual(answers)
  })

  test('the newest counts; one that was withdrawn, or made before the last change, or where no web page is used, does not', () => {
    const newer = payment({ after_page: 'receipt_error' }, { occurred_at: '2026-11-21T10:00:00+08:00' })
    expect(observedBefore(shop([payment(), newer]))?.answers.page).toBe('receipt_error')
    const withdrawn = payment({}, { withdrawn: { at: AT, by: null, reason: '记错' } as unknown as NonNullable<TestPayment['withdrawn']> })
    expect(observedBefore(shop([withdrawn]))).toBeNull()
    expect(observedBefore(shop([payment()], '2026-11-20T10:00:01+08:00'))).toBeNull()
    expect(observedBefore(shop([payment({ entry: 'payment_code' })]))).toBeNull()
    expect(observedBefore(shop([]))).toBeNull()
  })
})
