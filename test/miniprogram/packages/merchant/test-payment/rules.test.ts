import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { classesOf, type EvidenceItem } from '../../../../../backend/evidence/verdict/facts.ts'
import { AFTER_PAGES, afterPageClass } from '../../../../../miniprogram/shared/after-page.ts'
import { PAYMENT_ENTRIES } from '../../../../../miniprogram/packages/merchant/shared/entries.ts'
import {
  testPaymentSteps,
  firstOpenStep,
  followUpOf,
  meaningOf,
  settlesAt,
  testPaymentOf,
  type TestPaymentAnswers,
} from '../../../../../miniprogram/packages/merchant/test-payment/rules.ts'
import { mayNotConclude, notJsapi } from '../../../../../miniprogram/packages/merchant/troubleshoot/flow-conclusion.ts'
import { merchantOf } from '../../../support/samples.ts'

const at = Date.parse('2026-11-23T10:00:00+08:00')
const complete: TestPaymentAnswers = { entry: 'table_sticker', web_page: 'yes', pay: 'done', payee: 'yes', page: 'merchant_receipt' }

describe('the questions of a field test', () => {
  it('asks six, and leaves out what cannot be seen without a web page or a payment', () => {
    expect(testPaymentSteps({})).toEqual(['entry', 'web_page', 'pay', 'payee', 'page', 'details'])
    expect(testPaymentSteps({ web_page: 'no' })).toEqual(['entry', 'web_page', 'details'])
    expect(testPaymentSteps({ web_page: 'yes', pay: 'not_paid' })).toEqual(['entry', 'web_page', 'pay', 'details'])
  })

  it('goes on at the first question without an answer', () => {
    expect(firstOpenStep({ entry: 'h5_link', web_page: 'yes' })).toBe('pay')
    expect(firstOpenStep(complete)).toBe('details')
  })

  it('records nothing while a question is open', () => {
    expect(testPaymentOf({ ...complete, page: undefined })).toBeNull()
  })

  it('records what was answered, and says unknown for what was not asked', () => {
    expect(testPaymentOf({ ...complete, ready: '3', refunded: 'yes' })).toEqual({
      entry: 'table_sticker',
      web_page_opened: true,
      payee_matches: 'yes',
      after_page: 'merchant_receipt',
      ready_seconds: 3,
      refunded: true,
    })
    expect(testPaymentOf({ ...complete, web_page: 'no' })).toEqual({
      entry: 'table_sticker',
      web_page_opened: false,
      payee_matches: 'not_checked',
      after_page: 'not_paid',
    })
    expect(testPaymentOf({ ...complete, web_page: 'unsure', ready: 'unseen' })).toMatchObject({ web_page_opened: null })
  })
})

describe('what a field test proves', () => {
  it('counts as proof for the person exactly when it counts for the verdict', () => {
    const answers = fc.record<TestPaymentAnswers>({
      entry: fc.constantFrom(...PAYMENT_ENTRIES),
      web_page: fc.constantFrom('yes', 'no', 'unsure'),
      pay: fc.constantFrom('done', 'not_paid'),
      payee: fc.constantFrom('yes', 'no', 'not_checked'),
      page: fc.constantFrom(...AFTER_PAGES.map(({ code }) => code)),
    })
    fc.assert(
      fc.property(answers, given => {
        const detail = testPaymentOf(given)!
        const meaning = meaningOf(detail, merchantOf(), at)
        const shown = AFTER_PAGES.find(({ code }) => code === meaning)?.class ?? 'none'
        const item = {
          id: 'e',
          kind: 'test_payment',
          detail,
          occurred_at: new Date(at),
          withdrawn: false,
          recorded_by: null,
        } as EvidenceItem
        const derived = classesOf(item).find(one => one === 'POS' || one === 'NEG') ?? 'none'
        expect(shown).toBe(derived)
      }),
      { numRuns: 1_000 },
    )
  })

  it('a page that contradicts a change of less than 5 minutes before does not count, whichever way', () => {
    const changed = (status: 'open' | 'closed', secondsAgo: number) =>
      merchantOf({ gold_plan: { jsapi: { status, changed_at: new Date(at - secondsAgo * 1_000).toISOString() } } })
    const seen = (after_page: 'closed' | 'official_receipt') => ({ web_page_opened: true, payee_matches: 'yes', after_page }) as const
    expect(meaningOf(seen('closed'), changed('open', 299), at)).toBe('settling')
    expect(meaningOf(seen('closed'), changed('open', 300), at)).toBe('closed')
    expect(meaningOf(seen('official_receipt'), changed('open', 10), at)).toBe('official_receipt')
    expect(meaningOf(seen('official_receipt'), changed('closed', 10), at)).toBe('settling')
  })

  it.each([
    ['merchant_receipt', true, 'done'],
    ['official_receipt', true, 'troubleshoot'],
    ['official_receipt', false, 'done'],
    ['receipt_error', true, 'troubleshoot'],
    ['closed', false, 'troubleshoot'],
    ['unsure', true, 'again'],
    ['settling', true, 'again'],
    ['no_web_page', false, 'again'],
  ] as const)('after %s with the receipt open=%s: %s', (meaning, receiptOpen, next) => {
    expect(followUpOf(meaning, receiptOpen)).toBe(next)
  })

  it('knows when the newest change is in effect', () => {
    const shop = merchantOf({ receipt: { changed_at: new Date(at - 60_000).toISOString() } })
    expect(settlesAt(shop, at)).toBe(at + 240_000)
    expect(settlesAt(shop, at + 240_000)).toBeNull()
  })

  it('NEG and POS are what the table of pages says', () => {
    expect([afterPageClass('receipt_error'), afterPageClass('legacy_page'), afterPageClass('unsure')]).toEqual(['POS', 'NEG', 'none'])
  })
})

describe('无需迁移 by a visitor', () => {
  const seen = (entry: 'table_sticker' | 'payment_code', web_page_opened: boolean) => ({
    entry,
    web_page_opened,
    observed_at: '2026-11-01T10:00:00+08:00',
  })
  it('needs one store and no other entry that opens a web page', () => {
    expect(mayNotConclude(merchantOf({ store_count: 2 }), { entry: 'payment_code' })).toBe('MORE_STORES')
    expect(mayNotConclude(merchantOf({ flow: { entries: [seen('table_sticker', true)] } }), { entry: 'payment_code' })).toBe(
      'WEB_PAGE_SEEN',
    )
    expect(
      mayNotConclude(merchantOf({ flow: { entries: [seen('table_sticker', true)] } }), { entry: 'table_sticker', web_page: 'no' }),
    ).toBeNull()
  })
  it('says which entries were looked at', () => {
    const shop = merchantOf({ flow: { entries: [seen('table_sticker', false)] } })
    expect(notJsapi(shop, 'payment_code')).toEqual({
      conclusion: 'not_jsapi',
      basis: 'visit',
      entries: [
        { entry: 'table_sticker', web_page_opened: false },
        { entry: 'payment_code', web_page_opened: false },
      ],
      all_entries_checked: true,
    })
  })
})
