// Which step of the wizard is next, from the record alone (product.md B13).
import { describe, expect, test } from '@jest/globals'
import { needsOnboarding, onboardingProgress, type OnboardingWord } from '../../../../../miniprogram/packages/merchant/onboarding/rules.ts'
import type { ReceiptContent } from '../../../../../typings/api.ts'
import { merchantOf } from '../../../support/samples.ts'

const content = (blocks: ReceiptContent['blocks'] = []): ReceiptContent => ({
  sub_mchid: '1900000109',
  version: 1,
  blocks,
  suggested_template: null,
  changed_at: null,
  changed_by: null,
  waiting_hosts: [],
})
const said = '2026-11-23T02:00:00.000Z'
const unseen = { page_seen: null, gold_plan_opened: null, flow_confirmed: null }
const newShop = () =>
  merchantOf({
    flow: { conclusion: 'unknown', basis: null, concluded_at: null, entries: [] },
    migration: { state: 'unknown', reason: 'NO_EVIDENCE', steps: unseen },
  })
const statuses = (...given: Parameters<typeof onboardingProgress>) =>
  Object.fromEntries(onboardingProgress(...given).steps.map(({ id, status }) => [id, status]))

describe('the steps of the wizard', () => {
  test('given a shop of which nothing is known, then it is to be identified first, and nothing else is done', () => {
    const progress = onboardingProgress(newShop(), content(), {})
    expect(progress).toMatchObject({ next: 'identify', number: 1, not_applicable: false })
    expect(progress.steps.filter(({ status }) => status === 'done')).toEqual([])
  })

  test('each step gives way to the next as the record fills, in the order of F4b: receipt before plan', () => {
    const word: OnboardingWord = { identified_at: said }
    expect(onboardingProgress(newShop(), content(), word).next).toBe('jsapi')
    const jsapi = merchantOf()
    expect(onboardingProgress(jsapi, content(), word).next).toBe('receipt')
    const chosen = content([{ kind: 'pickup_code' }])
    expect(onboardingProgress(jsapi, chosen, word).next).toBe('opening')
    const planOnly = merchantOf({ gold_plan: { jsapi: { status: 'open' } } })
    expect(onboardingProgress(planOnly, chosen, word).next).toBe('opening')
    const opened = merchantOf({ gold_plan: { jsapi: { status: 'open' } }, receipt: { status: 'open' } })
    expect(onboardingProgress(opened, chosen, word).next).toBe('filter')
    const filtered = merchantOf({ ...opened, ad_filter: { industries: ['CATERING'] } })
    expect(onboardingProgress(filtered, chosen, word).next).toBe('test_payment')
    const verified = merchantOf({ ...filtered, migration: { state: 'verified', reason: 'PAGE_SEEN' } })
    expect(onboardingProgress(verified, chosen, word)).toMatchObject({ next: 'explain', number: 7 })
    expect(onboardingProgress(verified, chosen, { ...word, explained_at: said })).toMatchObject({ next: null, number: 7 })
  })

  test('given the plan is closed again, then the way leads back to opening it, whatever was said before', () => {
    const word: OnboardingWord = { identified_at: said, explained_at: said, skipped: ['filter'] }
    expect(onboardingProgress(merchantOf(), content([{ kind: 'pickup_code' }]), word).next).toBe('opening')
  })

  test('given the shop wants no receipt, then the plan alone opens the way', () => {
    const word: OnboardingWord = { identified_at: said, skipped: ['receipt'] }
    expect(statuses(merchantOf(), content(), word)).toMatchObject({ receipt: 'skipped', opening: 'next' })
    const opened = merchantOf({ gold_plan: { jsapi: { status: 'open' } } })
    expect(statuses(opened, content(), word)).toMatchObject({ opening: 'done', filter: 'next' })
  })

  test('given no receipt link, then the step is barred and does not hold up the others', () => {
    const shop = merchantOf({ receipt: { link: 'none' } })
    expect(statuses(shop, content(), { identified_at: said })).toMatchObject({ receipt: 'barred', opening: 'next' })
  })

  test('given a test payment whose payee was this shop, then nobody is asked whether it is the shop; withdrawn, they are', () => {
    const paid = (withdrawn: object | null) =>
      merchantOf({ recent_evidence: [{ kind: 'test_payment', withdrawn, detail: { payee_matches: 'yes' } }] as never })
    expect(statuses(paid(null), content(), {}).identify).toBe('done')
    expect(statuses(paid({ by: '业务员 03', at: said, reason: '选错了' }), content(), {}).identify).toBe('next')
  })

  test('given what was chosen could not be read, then it counts as chosen only where a customer has seen the receipt', () => {
    const word = { identified_at: said }
    expect(statuses(merchantOf(), null, word).receipt).toBe('next')
    expect(statuses(merchantOf({ receipt: { effective: 'shown' } }), null, word).receipt).toBe('done')
  })

  test('given no web page opens when paying, then there is nothing to do', () => {
    const shop = merchantOf({ migration: { state: 'not_applicable', reason: 'NOT_JSAPI' } })
    expect(onboardingProgress(shop, content(), {})).toMatchObject({ not_applicable: true, next: null })
  })

  test('the wizard is offered to who can do something, for a shop whose page nobody has seen', () => {
    expect(needsOnboarding(merchantOf())).toBe(true)
    expect(needsOnboarding(merchantOf({ allowed_actions: ['merchant.read'] }))).toBe(false)
    expect(needsOnboarding(merchantOf({ migration: { state: 'verified' } }))).toBe(false)
    expect(needsOnboarding(merchantOf({ status: 'terminated' }))).toBe(false)
  })
})
