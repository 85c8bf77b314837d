// The verdict a second time, written from the text of the design (product.md §5.3) without a look at the derivation, held against it on random evidence.
import { expect, test } from '@jest/globals'
import { derive } from '../../../../backend/evidence/verdict/derive.ts'
import type { EvidenceItem } from '../../../../backend/evidence/verdict/facts.ts'

type EvidenceClass = 'OPEN' | 'CLOSE' | 'BLOCK' | 'UNBLOCK' | 'POS' | 'NEG' | 'USE' | 'NOTUSE'
interface Claim {
  is: EvidenceClass
  at: number
  by: EvidenceItem
}

const minute = 60_000
const day = 24 * 60 * minute
const now = Date.parse('2026-11-23T04:00:00Z')
const atEqualTimes: readonly EvidenceClass[] = ['UNBLOCK', 'CLOSE', 'NEG', 'NOTUSE', 'BLOCK', 'OPEN', 'POS', 'USE']

function claimsOf(by: EvidenceItem): EvidenceClass[] {
  const { kind, detail } = by
  if (kind === 'api_operation') {
    if (detail.scene !== 'jsapi') return []
    const done = detail.result === 'succeeded'
    if (detail.operation === 'gold_plan.open') return done ? ['OPEN'] : detail.blocking ? ['BLOCK'] : []
    return detail.operation === 'gold_plan.close' && done ? ['CLOSE'] : []
  }
  if (kind === 'portal_check') {
    const seen = { open: ['OPEN'], closed: ['CLOSE'], unknown: [] } as const
    return [...seen[detail.gold_plan_jsapi ?? 'unknown']]
  }
  if (kind === 'receipt_beacon') {
    const age = by.occurred_at.getTime() - Date.parse(detail.order_paid_at ?? '')
    return detail.check_code_valid === true && detail.order_scene !== 'miniprogram' && age >= 0 && age <= 10 * minute ? ['POS'] : []
  }
  if (kind === 'test_payment') {
    if (detail.web_page_opened !== true) return []
    if (detail.payee_matches !== 'yes') return ['USE']
    if (['official_receipt', 'merchant_receipt', 'receipt_missing', 'receipt_error'].includes(detail.after_page)) return ['USE', 'POS']
    return ['legacy_page', 'closed'].includes(detail.after_page) ? ['USE', 'NEG'] : ['USE']
  }
  if (kind === 'order_query') return detail.trade_type === 'JSAPI' && detail.order_scene === 'jsapi' ? ['USE'] : []
  if (kind === 'limitation') return detail.active ? ['BLOCK'] : detail.cases ? [] : ['UNBLOCK']
  if (kind === 'flow_conclusion') return [detail.conclusion === 'jsapi' ? 'USE' : 'NOTUSE']
  return ['UNBLOCK']
}

/** What stays after the leaving-out: withdrawn, future, still settling, refuted by orders. */
function standing(items: readonly EvidenceItem[]): Claim[] {
  const kept = items.filter(item => !item.withdrawn && item.occurred_at.getTime() <= now + 5 * minute)
  const claims = kept.flatMap(by => claimsOf(by).map((is): Claim => ({ is, at: by.occurred_at.getTime(), by })))
  const changedAt = (is: 'OPEN' | 'CLOSE') =>
    claims.filter(claim => claim.is === is && claim.by.kind === 'api_operation').map(({ at }) => at)
  const settling = (changes: number[], at: number) => changes.some(change => at >= change && at < change + 5 * minute)
  const orders = claims.filter(
    ({ is, by }) => is === 'USE' && (by.kind === 'order_query' || (by.kind === 'flow_conclusion' && by.detail.basis === 'orders')),
  )
  return claims.filter(({ is, at, by }) => {
    if (is === 'POS') return !settling(changedAt('CLOSE'), at)
    if (is === 'NEG') return !settling(changedAt('OPEN'), at)
    if (is !== 'NOTUSE' || by.kind !== 'flow_conclusion' || by.detail.basis === 'orders') return true
    return !orders.some(use => use.at <= at && at - use.at <= 30 * day)
  })
}

interface Verdict {
  state: string
  /** null: several items of the same moment decide, and the design does not say which gives the reason */
  reason: string | null
  attention: string[]
}

function verdictOf(items: readonly EvidenceItem[], defaultOpenSince: number | null): Verdict {
  const claims = standing(items)
  const newest = new Map<EvidenceClass, number>()
  for (const { is, at } of claims) newest.set(is, Math.max(at, newest.get(is) ?? at))
  const used = newest.has('USE') || newest.has('POS') || newest.has('NEG')
  const byDefault = defaultOpenSince !== null && used && !((newest.get('OPEN') ?? -Infinity) >= defaultOpenSince)
  if (byDefault) newest.set('OPEN', defaultOpenSince)
  const newer = (one: EvidenceClass, ...others: EvidenceClass[]) => {
    const at = newest.get(one)
    if (at === undefined) return false
    return others.every(other => {
      const than = newest.get(other)
      return than === undefined || at > than || (at === than && atEqualTimes.indexOf(one) < atEqualTimes.indexOf(other))
    })
  }
  const deciding = (is: EvidenceClass) => claims.filter(claim => claim.is === is && claim.at === newest.get(is)).map(({ by }) => by)
  const reasonOf = (is: EvidenceClass, name: (by: EvidenceItem) => string) => {
    const names = [...new Set(deciding(is).map(name))]
    return names.length === 1 ? names[0]! : null
  }
  const is = (state: string, reason: string | null, attention: string[] = []): Verdict => ({ state, reason, attention })

  if (newer('POS', 'NEG', 'CLOSE', 'NOTUSE')) {
    const attention = []
    if (now - newest.get('POS')! > 90 * day) attention.push('STALE')
    if (!newest.has('OPEN')) attention.push('OUT_OF_BAND')
    if (newer('BLOCK', 'POS', 'UNBLOCK')) attention.push('OPERATION_BLOCKED')
    return is('verified', 'PAGE_SEEN', attention)
  }
  if (newer('BLOCK', 'OPEN', 'POS', 'UNBLOCK', 'NOTUSE'))
    return is(
      'blocked',
      reasonOf('BLOCK', by => (by.detail as { code: string }).code),
    )
  if (newer('NOTUSE', 'USE', 'POS', 'NEG')) return is('not_applicable', 'NOT_JSAPI')
  if (newer('CLOSE', 'OPEN', 'POS'))
    return is(
      'not_migrated',
      reasonOf('CLOSE', by => (by.kind === 'portal_check' ? 'CLOSED_ON_PORTAL' : 'CLOSED_BY_OPERATION')),
    )
  if (newer('POS', 'CLOSE') && newer('NEG', 'POS'))
    return newer('OPEN', 'NEG') ? is('enrolled', 'REOPENED') : is('regressed', 'NEGATIVE_AFTER_VERIFIED')
  if (newest.has('OPEN'))
    return is('enrolled', byDefault ? 'DEFAULT_OPEN' : 'AWAITING_VERIFICATION', newer('NEG', 'OPEN') ? ['CHECK_FAILED'] : [])
  if (newest.has('NEG')) return is('not_migrated', 'SEEN_NOT_OFFICIAL')
  return newest.has('USE') ? is('not_migrated', 'NO_RECORD_OF_OPENING') : is('unknown', 'NO_EVIDENCE')
}

/** mulberry32: the same lists at every run of one seed */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const seed = Number(process.env.ORACLE_SEED ?? 20_261_123)
const random = randomOf(seed)
const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!
/** few moments, on both sides of each limit, so that equal times and neighbours are common */
const moment = () =>
  now + pick([0, -1, -2, -4, -5, -6, -10, 4, 5, 6]) * minute + pick([0, 0, 0, -1, -29, -30, -31, -89, -90, -91]) * day + pick([0, 0, 1, -1])

const details: Record<EvidenceItem['kind'], (at: number) => object> = {
  api_operation: () => ({
    operation: pick(['gold_plan.open', 'gold_plan.open', 'gold_plan.close', 'receipt.open', 'advertising.open']),
    scene: pick(['jsapi', 'jsapi', 'miniprogram', undefined]),
    result: pick(['succeeded', 'succeeded', 'failed']),
    blocking: pick([true, false, undefined]),
    code: pick(['SUB_MERCHANT_PUNISHED', 'RELATION_INVALID']),
  }),
  portal_check: () => ({
    gold_plan_jsapi: pick(['open', 'closed', 'unknown', undefined]),
    gold_plan_miniprogram: pick(['open', 'closed', undefined]),
    default_open: pick([true, false]),
  }),
  receipt_beacon: at => ({
    out_trade_no: '1',
    order_paid_at: new Date(at - pick([0, 1, 10 * minute, 10 * minute + 1, -1, 120 * minute])).toISOString(),
    order_scene: pick(['jsapi', 'miniprogram', 'unknown']),
    check_code_valid: pick([true, true, false, 'pending']),
  }),
  test_payment: () => ({
    entry: 'table_sticker',
    web_page_opened: pick([true, true, true, false, null]),
    payee_matches: pick(['yes', 'yes', 'yes', 'no', 'not_checked']),
    after_page: pick(['official_receipt', 'merchant_receipt', 'receipt_error', 'legacy_page', 'closed', 'closed', 'not_paid', 'unsure']),
  }),
  order_query: () => ({ trade_type: pick(['JSAPI', 'JSAPI', 'NATIVE']), order_scene: pick(['jsapi', 'miniprogram', 'unknown']) }),
  limitation: () => ({
    code: pick(['NO_PAYMENT', 'NO_TRANSACTION']),
    active: pick([true, false]),
    ...pick([{}, { cases: [{ planned: true as const }] }]),
  }),
  flow_conclusion: () => ({ conclusion: pick(['jsapi', 'not_jsapi']), basis: pick(['orders', 'visit', 'operator']) }),
  unblock: () => ({ note: '已核实' }),
}
const kinds = [...Object.keys(details), 'test_payment', 'test_payment', 'api_operation'] as EvidenceItem['kind'][]

function item(index: number): EvidenceItem {
  const kind = pick(kinds)
  const at = moment()
  const withdrawn = random() < 0.1
  return { id: String(index), kind, detail: details[kind](at), occurred_at: new Date(at), withdrawn, recorded_by: null } as EvidenceItem
}

test(`given 10,000 random lists of evidence (seed ${seed}), then each has the verdict that the design's text gives it`, () => {
  const met = new Set<string>()
  for (let round = 0; round < 10_000; round += 1) {
    const evidence = Array.from({ length: Math.floor(random() * 10) }, (_, index) => item(index))
    const defaultOpenSince = random() < 0.2 ? moment() : null
    const given = {
      now: new Date(now),
      defaultOpenSince: defaultOpenSince === null ? null : new Date(defaultOpenSince),
      staleAfterDays: 90,
    }
    const derived = derive(evidence, given)
    const wanted = verdictOf(evidence, defaultOpenSince)
    met.add(derived.state)
    const same =
      derived.state === wanted.state &&
      (wanted.reason === null || derived.reason === wanted.reason) &&
      [...derived.attention].sort().join() === [...wanted.attention].sort().join()
    // the list itself is the message
    if (!same) expect({ evidence, defaultOpenSince, derived }).toEqual({ evidence, defaultOpenSince, derived: wanted })
  }
  expect([...met].sort()).toEqual(['blocked', 'enrolled', 'not_applicable', 'not_migrated', 'regressed', 'unknown', 'verified'])
})
