// One merchant per state and per difficulty of product.md §5.3 and §13: numbers 1900000101 to 1900000199. What each one must derive to stands beside
// it, so a test can hold the whole table against the real derivation.
import type { DifficultMerchant, Draft } from './difficult-merchant.ts'
import { notYetProven, proven } from './difficulties-verdict.ts'
import { directoryOddities, switchOddities } from './difficulties-shop.ts'

/** The agent's own shops in 南山区 unless a draft says otherwise. */
const complete = (sub_mchid: string, draft: Draft): DifficultMerchant => ({
  sub_mchid,
  short_name: draft.name.replace(/[（(].*$/u, ''),
  industry: 'CATERING',
  region_code: '440305',
  address: '深圳市南山区粤海街道科苑路 15 号',
  assigned_to: 'field_agent',
  status: 'active',
  evidence: [],
  ...draft,
})

export const difficultMerchants: readonly DifficultMerchant[] = Object.entries({
  ...notYetProven,
  ...proven,
  ...switchOddities,
  ...directoryOddities,
}).map(([tail, draft]) => complete(`1900000${tail}`, draft))
