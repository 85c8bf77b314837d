// Ladder, ring and button of a verdict never contradict each other or the switch, whatever the evidence (product.md §5.3; look.md §4).
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { derive } from '../../../../../backend/evidence/verdict/derive.ts'
import type { EvidenceItem } from '../../../../../backend/evidence/verdict/facts.ts'
import { deriveSwitches } from '../../../../../backend/evidence/verdict/switches.ts'
import { crowd } from '../../../../../dev/demo/crowd.ts'
import { difficultMerchants } from '../../../../../dev/demo/difficulties.ts'
import { seededRandom } from '../../../../../dev/demo/random.ts'
import type { SubMerchant } from '../../../../../typings/api.ts'
import { ladderOf, nextSteps, type NextStepId } from '../../../../../miniprogram/packages/merchant/rules/next-step.ts'
import { merchantOf } from '../../../support/samples.ts'

const now = new Date('2026-11-23T04:00:00Z')
const minute = 60_000

/** As the server would answer it. */
function shopOf(items: readonly EvidenceItem[], defaultOpenSince: Date | null): SubMerchant {
  const { steps, since, evidence_id, state, reason, attention } = derive(items, { now, defaultOpenSince })
  const { switches, receipt_error } = deriveSwitches(items, { now, defaultOpenSince })
  const step = (one: { at: Date; kind: string } | null) => one && { at: one.at.toISOString(), kind: one.kind }
  const base = merchantOf()
  return {
    ...base,
    gold_plan: { ...switches.gold_plan, miniprogram: { verify_jsapi: false, ...switches.gold_plan.miniprogram } },
    receipt: { ...base.receipt, status: switches.receipt.status },
    migration: {
      state,
      reason,
      evidence_id,
      since: since?.toISOString() ?? null,
      attention: receipt_error ? [...attention, 'RECEIPT_ERROR'] : attention,
      steps: {
        flow_confirmed: step(steps.flow_confirmed),
        gold_plan_opened: step(steps.gold_plan_opened),
        page_seen: step(steps.page_seen),
      },
    },
  }
}

/** The rung that each step is about, written down once more. */
const about: Readonly<Partial<Record<NextStepId, string>>> = {
  visit: 'flow_confirmed',
  'gold_plan.open': 'gold_plan_opened',
  test_payment: 'page_seen',
  reverify: 'page_seen',
  troubleshoot: 'page_seen',
  review_regression: 'page_seen',
}

function assertOneStory(shop: SubMerchant): void {
  const { state, reason } = shop.migration
  const ladder = ladderOf(shop)
  const { primary } = nextSteps(shop)
  if (state === 'not_applicable') {
    expect([ladder, primary]).toEqual([[], null])
    return
  }
  expect(ladder.map(({ id }) => id)).toEqual(['flow_confirmed', 'gold_plan_opened', 'page_seen'])
  const [, plan, page] = ladder as [(typeof ladder)[0], (typeof ladder)[0], (typeof ladder)[0]]
  // the ring is where the button works; somebody else's refusal has no ring
  const marked = ladder.filter(({ status }) => status === 'here' || status === 'broken').map(({ id }) => id)
  const receiptOnly = state === 'verified' && primary !== 'reverify'
  if (primary === null || receiptOnly) expect(marked).toEqual([])
  else if (primary === 'blocked_reason') expect(marked).toHaveLength(1)
  else expect(marked).toEqual([about[primary]])
  // the plan's rung and its switch say the same
  if (shop.gold_plan.jsapi.status === 'open') expect([state, plan.note]).not.toEqual([state, 'refused'])
  if (shop.gold_plan.jsapi.status === 'open' && state !== 'not_migrated') expect(plan.status).toBe('done')
  if (shop.gold_plan.jsapi.status === 'closed' && state !== 'verified') expect(plan.status).not.toBe('done')
  if (plan.note === 'refused') expect(state).toBe('blocked')
  if (reason.startsWith('NO_') && state === 'blocked') expect(page).toMatchObject({ status: 'broken', note: 'limited' })
  expect(page.status === 'done').toBe(state === 'verified' && primary !== 'reverify')
  // nothing that came first is dated after what came later
  const dates = ladder.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]))
  expect(dates).toEqual([...dates].sort((a, b) => a - b))
  for (const rung of ladder) expect([rung.id, rung.note === 'dated']).toEqual([rung.id, rung.at !== null])
}

const details = fc.oneof(
  fc.record({
    kind: fc.constant('api_operation' as const),
    detail: fc.record({
      operation: fc.constantFrom('gold_plan.open' as const, 'gold_plan.close' as const, 'receipt.open' as const),
      scene: fc.constant('jsapi' as const),
      result: fc.constantFrom('succeeded' as const, 'failed' as const),
      code: fc.constantFrom('SUB_MERCHANT_PUNISHED', 'RELATION_INVALID'),
      blocking: fc.boolean(),
    }),
  }),
  fc.record({
    kind: fc.constant('portal_check' as const),
    detail: fc.record({ gold_plan_jsapi: fc.constantFrom('open' as const, 'closed' as const, 'unknown' as const) }),
  }),
  fc.record({
    kind: fc.constant('test_payment' as const),
    detail: fc.record({
      entry: fc.constant('table_sticker' as const),
      web_page_opened: fc.constantFrom(true, true, false, null),
      payee_matches: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const),
      after_page: fc.constantFrom(
        'official_receipt' as const,
        'receipt_error' as const,
        'closed' as const,
        'legacy_page' as const,
        'unsure' as const,
      ),
    }),
  }),
  fc.record({
    kind: fc.constant('flow_conclusion' as const),
    detail: fc.record({
      conclusion: fc.constantFrom('jsapi' as const, 'not_jsapi' as const),
      basis: fc.constantFrom('visit' as const, 'orders' as const),
    }),
  }),
  fc.record({
    kind: fc.constant('limitation' as const),
    detail: fc.record({ code: fc.constantFrom('NO_TRANSACTION', 'NO_WITHDRAWAL'), active: fc.boolean() }),
  }),
)
/** newest first; no two at one moment, where rule and switch may take different sides of a tie */
const histories = fc.array(fc.tuple(details, fc.integer({ min: 6, max: 60_000 })), { maxLength: 9 }).map(items => {
  let ago = 0
  return items.map(([item, gap], index) => {
    ago += gap * minute
    const occurred_at = new Date(now.getTime() - ago)
    return { ...item, id: `e${index}`, occurred_at, withdrawn: false, recorded_by: null } as EvidenceItem
  })
})
const defaults = fc.option(
  fc.integer({ min: 1, max: 200_000 }).map(ago => new Date(now.getTime() - ago * minute - 1)),
  { nil: null },
)

describe('one story', () => {
  test('given any evidence, then ladder, ring, button and switch agree', () => {
    fc.assert(
      fc.property(histories, defaults, (items, defaultOpenSince) => assertOneStory(shopOf(items, defaultOpenSince))),
      { numRuns: 1_000 },
    )
  })

  test('given every shop of the demo, then they agree too', () => {
    for (const { sub_mchid, evidence } of [...difficultMerchants, ...crowd(seededRandom(1))]) {
      const items = evidence.map((item, index) => {
        const occurred_at = new Date(now.getTime() - item.ago)
        return { ...item, id: `${sub_mchid}-${index}`, occurred_at, withdrawn: false, recorded_by: null } as unknown as EvidenceItem
      })
      assertOneStory(shopOf(items, null))
    }
  })
})

test('given the mini program scene was switched and nobody has looked since, then a migrated shop asks for a web payment, and no other does', () => {
  const switched = merchantOf().gold_plan
  const gold_plan = { ...switched, miniprogram: { ...switched.miniprogram, status: 'open' as const, verify_jsapi: true } }
  const migration = (state: SubMerchant['migration']['state'], attention: SubMerchant['migration']['attention'] = []) => ({
    ...merchantOf().migration,
    state,
    attention,
  })
  const primary = (state: SubMerchant['migration']['state'], attention: SubMerchant['migration']['attention'] = []) =>
    nextSteps({ ...merchantOf(), gold_plan, migration: migration(state, attention) }).primary
  expect([primary('verified'), primary('verified', ['STALE'])]).toEqual(['verify_jsapi', 'verify_jsapi'])
  expect([primary('verified', ['RECEIPT_ERROR']), primary('enrolled'), primary('unknown'), primary('not_applicable')]).toEqual([
    'troubleshoot',
    'test_payment',
    'visit',
    null,
  ])
})
