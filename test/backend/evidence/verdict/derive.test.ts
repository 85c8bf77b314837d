// The published truth table, and what must hold for every evidence there could be.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { derive } from '../../../../backend/evidence/verdict/derive.ts'
import { deriveSwitches } from '../../../../backend/evidence/verdict/switches.ts'
import type { EvidenceItem } from '../../../../backend/evidence/verdict/facts.ts'

interface PublishedCase {
  name: string
  evidence: ({ kind: EvidenceItem['kind']; occurred_at: string; withdrawn?: object } & Record<string, unknown>)[]
  options: { defaultOpenSince?: string }
  expect: { state: string; reason: string; attention: string[] }
}

const published = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')) as { now: string; cases: PublishedCase[] }
const now = new Date(published.now)

const itemsOf = ({ evidence }: PublishedCase) =>
  evidence.map(({ kind, occurred_at, withdrawn, ...detail }, index) => ({
    id: String(index),
    kind,
    detail,
    occurred_at: new Date(occurred_at),
    withdrawn: withdrawn !== undefined,
    recorded_by: null,
  })) as unknown as EvidenceItem[]

test.each(published.cases.map(one => [one.name, one] as const))(
  'given the published case "%s", then state, reason and attention are as published',
  (_, one) => {
    const { defaultOpenSince } = one.options
    const derived = derive(itemsOf(one), {
      now,
      defaultOpenSince: defaultOpenSince ? new Date(defaultOpenSince) : null,
      staleAfterDays: 90,
    })
    expect({ state: derived.state, reason: derived.reason, attention: derived.attention }).toEqual(one.expect)
  },
)

const minute = 60_000
/** few distinct times, so that equal ones and five-minute neighbours are common */
const time = fc.integer({ min: -40, max: 2 }).map(step => new Date(now.getTime() + step * 2.5 * minute * (step % 3 === 0 ? 500 : 1)))
const scene = fc.constantFrom('jsapi', 'miniprogram')
const body = fc.oneof(
  fc.record({
    kind: fc.constant('api_operation'),
    detail: fc.record({
      operation: fc.constantFrom('gold_plan.open', 'gold_plan.close', 'receipt.open'),
      scene,
      result: fc.constantFrom('succeeded', 'failed'),
      blocking: fc.boolean(),
      code: fc.constant('SUB_MERCHANT_PUNISHED'),
    }),
  }),
  fc.record({
    kind: fc.constant('portal_check'),
    detail: fc.record({
      gold_plan_jsapi: fc.constantFrom('open', 'closed', 'unknown'),
      gold_plan_miniprogram: fc.constantFrom('open', 'closed', 'unknown'),
    }),
  }),
  fc.record({
    kind: fc.constant('test_payment'),
    detail: fc.record({
      entry: fc.constant('table_sticker'),
      web_page_opened: fc.constantFrom(true, true, false, null),
      payee_matches: fc.constantFrom('yes', 'yes', 'no', 'not_checked'),
      after_page: fc.constantFrom(
        'official_receipt',
        'merchant_receipt',
        'receipt_missing',
        'receipt_error',
        'legacy_page',
        'closed',
        'not_paid',
        'unsure',
      ),
    }),
  }),
  fc.record({
    kind: fc.constant('order_query'),
    detail: fc.record({ trade_type: fc.constantFrom('JSAPI', 'NATIVE'), order_scene: scene }),
  }),
  fc.record({ kind: fc.constant('limitation'), detail: fc.record({ code: fc.constant('NO_TRANSACTION'), active: fc.boolean() }) }),
  fc.record({
    kind: fc.constant('flow_conclusion'),
    detail: fc.record({ conclusion: fc.constantFrom('jsapi', 'not_jsapi'), basis: fc.constantFrom('orders', 'visit', 'operator') }),
  }),
  fc.record({ kind: fc.constant('unblock'), detail: fc.record({ note: fc.constant('已核实') }) }),
)
const evidence = fc.array(fc.tuple(body, time, fc.boolean()), { maxLength: 9 }).map(items =>
  items.map(([{ kind, detail }, occurred_at, withdrawn], index) => ({
    id: String(index),
    kind,
    detail,
    occurred_at,
    withdrawn: withdrawn && index % 3 === 0,
    recorded_by: null,
  })),
) as unknown as fc.Arbitrary<EvidenceItem[]>
const options = fc.record({ now: fc.constant(now), defaultOpenSince: fc.option(time), staleAfterDays: fc.constant(90) })
const states = ['unknown', 'not_applicable', 'not_migrated', 'enrolled', 'verified', 'regressed', 'blocked']

test('given any evidence, when it arrives in another order, then the verdict is the same', () => {
  fc.assert(
    fc.property(
      evidence.chain(items => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }))),
      options,
      ([items, shuffled], given) => {
        const verdict = ({ attention, ...rest }: ReturnType<typeof derive>) => ({ ...rest, attention: [...attention].sort() })
        expect(verdict(derive(shuffled, given))).toEqual(verdict(derive(items, given)))
        const toSwitches = { now, defaultOpenSince: given.defaultOpenSince }
        expect(deriveSwitches(shuffled, toSwitches)).toEqual(deriveSwitches(items, toSwitches))
      },
    ),
    { numRuns: 2_000 },
  )
})

test('given any evidence, when the mini program scene is switched or looked at beside it, then the verdict is the same: migration is about jsapi', () => {
  const ofScene = fc.array(
    fc.tuple(
      fc.oneof(
        fc.record({
          kind: fc.constant('api_operation'),
          detail: fc.record({
            operation: fc.constantFrom('gold_plan.open', 'gold_plan.close'),
            scene: fc.constant('miniprogram'),
            result: fc.constantFrom('succeeded', 'failed'),
            blocking: fc.boolean(),
          }),
        }),
        fc.record({
          kind: fc.constant('portal_check'),
          detail: fc.record({ gold_plan_miniprogram: fc.constantFrom('open', 'closed', 'unknown') }),
        }),
      ),
      time,
    ),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(evidence, ofScene, options, (items, beside, given) => {
      const more = beside.map(([body, occurred_at], index) => ({
        ...body,
        id: `beside ${index}`,
        occurred_at,
        withdrawn: false,
        recorded_by: null,
      }))
      expect(derive([...items, ...(more as unknown as EvidenceItem[])], given)).toEqual(derive(items, given))
    }),
    { numRuns: 2_000 },
  )
})

test('given any evidence, then there is exactly one of the seven states, with a reason, and proof unless it is unknown', () => {
  fc.assert(
    fc.property(evidence, options, (items, given) => {
      const { state, reason, since, evidence_id } = derive(items, given)
      expect(states).toContain(state)
      expect(reason).not.toBe('')
      expect(since === null).toBe(state === 'unknown')
      const decisive = items.find(item => item.id === evidence_id)
      if (decisive) expect(decisive.occurred_at).toEqual(since)
      else expect(evidence_id).toBeNull()
    }),
    { numRuns: 2_000 },
  )
})

test('given any evidence, when an item is withdrawn, then the verdict is as if it had never been', () => {
  fc.assert(
    fc.property(evidence, options, fc.nat(8), (items, given, which) => {
      const withdrawn = items.map((item, index) => (index === which ? { ...item, withdrawn: true } : item)) as EvidenceItem[]
      expect(derive(withdrawn, given)).toEqual(
        derive(
          items.filter((_, index) => index !== which),
          given,
        ),
      )
    }),
    { numRuns: 1_000 },
  )
})

const operation = (name: 'gold_plan.open' | 'gold_plan.close', at: string): EvidenceItem => ({
  id: `${name}${at}`,
  kind: 'api_operation',
  detail: { operation: name, scene: 'jsapi', result: 'succeeded' },
  occurred_at: new Date(at),
  withdrawn: false,
  recorded_by: 'staff',
})
const saw = (after_page: 'official_receipt' | 'merchant_receipt' | 'receipt_error' | 'closed', at: string): EvidenceItem => ({
  id: `${after_page}${at}`,
  kind: 'test_payment',
  detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page },
  occurred_at: new Date(at),
  withdrawn: false,
  recorded_by: 'staff',
})

test.each([
  ['the moment of the opening', '2026-11-10T00:00:00Z', 'AWAITING_VERIFICATION', []],
  ['4 min 59 s after the opening', '2026-11-10T00:04:59Z', 'AWAITING_VERIFICATION', []],
  ['5 min after the opening', '2026-11-10T00:05:00Z', 'AWAITING_VERIFICATION', ['CHECK_FAILED']],
])('given an opening, when the old page is seen at %s, then it counts only once the change has settled', (_, at, reason, attention) => {
  expect(derive([operation('gold_plan.open', '2026-11-10T00:00:00Z'), saw('closed', at)], { now })).toMatchObject({
    state: 'enrolled',
    reason,
    attention,
  })
})

test('given verified, regressed and opened again, then it is enrolled again until the page is seen', () => {
  const story = [
    operation('gold_plan.open', '2026-11-01T00:00:00Z'),
    saw('official_receipt', '2026-11-02T00:00:00Z'),
    saw('closed', '2026-11-03T00:00:00Z'),
  ]
  expect(derive(story, { now })).toMatchObject({ state: 'regressed', since: new Date('2026-11-03T00:00:00Z') })
  story.push(operation('gold_plan.open', '2026-11-04T00:00:00Z'))
  expect(derive(story, { now })).toMatchObject({ state: 'enrolled', reason: 'REOPENED' })
})

test('given a close by operation, then the lock ends 24 h later; given a look at the console, then there is no time to give', () => {
  const closed = deriveSwitches([operation('gold_plan.close', '2026-11-20T12:00:00Z')], { now, defaultOpenSince: null })
  expect(closed.switches.gold_plan.jsapi).toMatchObject({
    status: 'closed',
    source: 'api',
    reopen_available_at: '2026-11-21T12:00:00.000Z',
  })
  const seen: EvidenceItem = {
    id: 'p',
    kind: 'portal_check',
    detail: { gold_plan_jsapi: 'closed' },
    occurred_at: now,
    withdrawn: false,
    recorded_by: null,
  }
  expect(deriveSwitches([seen], { now, defaultOpenSince: null }).switches.gold_plan.jsapi).toMatchObject({
    status: 'closed',
    source: 'portal',
    reopen_available_at: null,
  })
})

const look = (gold_plan_jsapi: 'open' | 'closed', at: string): EvidenceItem => ({
  id: `look${at}`,
  kind: 'portal_check',
  detail: { gold_plan_jsapi },
  occurred_at: new Date(at),
  withdrawn: false,
  recorded_by: 'staff',
})

test.each([
  ['says closed', [look('closed', '2026-11-20T13:00:00Z')], '2026-11-21T12:00:00.000Z'],
  ['says open', [look('open', '2026-11-20T13:00:00Z')], null],
  ['says open and later closed', [look('open', '2026-11-20T13:00:00Z'), look('closed', '2026-11-20T14:00:00Z')], null],
])(
  'given a close by operation, when a later look at the console %s, then the lock is that of our last close, while it stays closed',
  (_, looks, reopen_available_at) => {
    const evidence = [operation('gold_plan.close', '2026-11-20T12:00:00Z'), ...looks]
    expect(deriveSwitches(evidence, { now, defaultOpenSince: null }).switches.gold_plan.jsapi).toMatchObject({ reopen_available_at })
  },
)

const receipt = (name: 'receipt.open' | 'receipt.close', at: string): EvidenceItem =>
  ({ ...operation('gold_plan.open', at), id: `${name}${at}`, detail: { operation: name, result: 'succeeded' } }) as EvidenceItem

test.each([
  ['its error page', [saw('receipt_error', '2026-11-10T00:00:00Z')], 'unknown', true],
  [
    'its error page, then the official one',
    [saw('receipt_error', '2026-11-10T00:00:00Z'), saw('official_receipt', '2026-11-11T00:00:00Z')],
    'unknown',
    false,
  ],
  [
    'shown, and closed afterwards',
    [
      receipt('receipt.open', '2026-11-01T00:00:00Z'),
      saw('merchant_receipt', '2026-11-02T00:00:00Z'),
      receipt('receipt.close', '2026-11-03T00:00:00Z'),
    ],
    'unknown',
    false,
  ],
  [
    'its error page, and closed afterwards',
    [
      receipt('receipt.open', '2026-11-01T00:00:00Z'),
      saw('receipt_error', '2026-11-02T00:00:00Z'),
      receipt('receipt.close', '2026-11-03T00:00:00Z'),
    ],
    'unknown',
    false,
  ],
  [
    'shown, and the official page 2 minutes after it was opened anew',
    [
      saw('merchant_receipt', '2026-11-02T00:00:00Z'),
      receipt('receipt.open', '2026-11-03T00:00:00Z'),
      saw('official_receipt', '2026-11-03T00:02:00Z'),
    ],
    'shown',
    false,
  ],
  [
    'missing an hour after it was opened',
    [receipt('receipt.open', '2026-11-03T00:00:00Z'), saw('official_receipt', '2026-11-03T01:00:00Z')],
    'not_shown',
    false,
  ],
])('given the receipt was seen: %s, then the newest look decides', (_, evidence, effective, error) => {
  const derived = deriveSwitches(evidence, { now, defaultOpenSince: null })
  expect([derived.switches.receipt.effective, derived.receipt_error]).toEqual([effective, error])
})
