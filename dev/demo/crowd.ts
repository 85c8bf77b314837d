// 2,000 shops that look like a provider's directory: most never checked, many opened, some proven, a few gone wrong.
import type { VerdictState } from '../../backend/evidence/verdict/schema.ts'
import type { Role } from '../../backend/http/schema.ts'
import type { DifficultMerchant } from './difficult-merchant.ts'
import { checkedOnPortal, day, done, hour, limited, minute, ordersSaid, refused, saw, visited, type PastEvidence } from './history.ts'
import { place } from './places.ts'
import type { Random } from './random.ts'
import { shopName } from './shop-names.ts'

export const crowdSize = 2_000

/** Like a difficult merchant, with only the state foretold: attention of a crowd shop may also be STALE, CHECK_FAILED … */
export type CrowdMerchant = Omit<DifficultMerchant, 'difficulty' | 'expect' | 'unsettled'> & { expect: { state: VerdictState } }

/** Shares out of 100. */
const states: readonly (readonly [number, VerdictState])[] = [
  [34, 'unknown'],
  [8, 'not_applicable'],
  [15, 'not_migrated'],
  [15, 'enrolled'],
  [23, 'verified'],
  [3, 'regressed'],
  [2, 'blocked'],
]

/** The crowd, always the same for the same generator. Numbers 1900100000 to 1900199999, names unique. */
export function crowd(random: Random): CrowdMerchant[] {
  const names = new Set<string>()
  return Array.from({ length: crowdSize }, (_, index): CrowdMerchant => {
    const { region_code, town, address } = place(random)
    let shop = shopName(random, town)
    while (names.has(shop.name)) shop = shopName(random, town)
    names.add(shop.name)
    const state = random.weighted(states)
    return {
      sub_mchid: String(1_900_100_000 + index * 47 + random.integer(0, 46)),
      ...shop,
      industry: random.chance(0.04) ? null : shop.industry,
      region_code,
      address: random.chance(0.02) ? '' : address,
      assigned_to: assignee(random, region_code),
      status: random.weighted([
        [975, 'active'],
        [12, 'suspended'],
        [13, 'terminated'],
      ] as const),
      evidence: history(random, state),
      expect: { state },
    }
  })
}

function assignee(random: Random, region_code: string): Role | null {
  if (region_code === '440305')
    return random.weighted<Role | null>([
      [60, 'field_agent'],
      [8, 'region_lead'],
      [32, null],
    ])
  if (region_code.startsWith('4403'))
    return random.weighted<Role | null>([
      [20, 'region_lead'],
      [80, null],
    ])
  return null
}

/** A short past that leads to the state: each step lies after the one before it. */
function history(random: Random, state: VerdictState): PastEvidence[] {
  // working hours do not matter here; the minutes keep two shops from having the very same times
  const ago = (fromDays: number, toDays: number) => random.integer(fromDays * 24 * 60, toDays * 24 * 60) * minute
  const opening = (days: number): PastEvidence[] => {
    const at = days * day + random.integer(10, 600) * minute
    const steps = random.chance(0.6) ? [visited(at + random.integer(1, 72) * hour, 'jsapi')] : []
    if (random.chance(0.55)) steps.push(done(at + 2 * minute, 'receipt.open', 'operator'))
    return random.chance(0.8) ? [...steps, done(at, 'gold_plan.open')] : [...steps, checkedOnPortal(at, { gold_plan_jsapi: 'open' })]
  }
  switch (state) {
    case 'unknown':
      return []
    case 'not_applicable':
      return [random.chance(0.7) ? visited(ago(2, 120), 'not_jsapi') : ordersSaid(ago(1, 60), 'not_jsapi')]
    case 'not_migrated':
      return random.weighted<() => PastEvidence[]>([
        [50, () => [visited(ago(0, 60), 'jsapi')]],
        [20, () => [ordersSaid(ago(1, 40), 'jsapi')]],
        [20, () => [saw(ago(0, 30), random.pick(['legacy_page', 'closed'] as const), { entry: 'h5_link' })]],
        [
          7,
          () => [
            ...opening(70),
            saw(ago(40, 60), 'official_receipt'),
            done(ago(3, 30), 'gold_plan.close', 'operator', { reason: '商户要求停用' }),
          ],
        ],
        [3, () => [...opening(70), checkedOnPortal(ago(1, 30), { gold_plan_jsapi: 'closed' })]],
      ])()
    case 'enrolled':
      return random.weighted<() => PastEvidence[]>([
        [80, () => opening(random.integer(0, 45))],
        [15, () => [...opening(20), saw(ago(1, 15), 'legacy_page')]],
        [5, () => [...opening(80), saw(ago(60, 75), 'official_receipt'), saw(ago(20, 40), 'closed'), done(ago(0, 10), 'gold_plan.open')]],
      ])()
    case 'verified': {
      const provenDays = random.weighted<() => number>([
        [45, () => random.integer(1, 20)],
        [40, () => random.integer(21, 80)],
        [15, () => random.integer(91, 260)],
      ])()
      const page = random.weighted([
        [50, 'official_receipt'],
        [42, 'merchant_receipt'],
        [6, 'receipt_missing'],
        [2, 'receipt_error'],
      ] as const)
      const proof = saw(provenDays * day - random.integer(30, 600) * minute, page)
      return random.chance(0.05) ? [proof] : [...opening(provenDays + random.integer(1, 5)), proof]
    }
    case 'regressed':
      return [...opening(95), saw(ago(60, 85), 'official_receipt'), saw(ago(0, 25), random.pick(['closed', 'legacy_page'] as const))]
    case 'blocked':
      return random.chance(0.8)
        ? [visited(ago(20, 30), 'jsapi'), refusedOpening(ago(0, 15), random.pick(refusals))]
        : [...opening(40), limited(ago(1, 10), 'NO_TRANSACTION', '长期无交易', 'VERIFY_INACTIVE_MERCHANT_IDENTITY')]
  }
}

const refusals: readonly { code: string; message: string }[] = [
  { code: 'SUB_MERCHANT_PUNISHED', message: 'sub_mch punished' },
  { code: 'RELATION_INVALID', message: '商户关系错误' },
  { code: 'SUB_MERCHANT_NOT_FOUND', message: 'sub_mch not exit' },
]

const refusedOpening = (ago: number, { code, message }: { code: string; message: string }): PastEvidence =>
  refused(ago, 'gold_plan.open', code, message, true)
