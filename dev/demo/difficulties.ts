// One merchant per state and per difficulty of product.md §5.3 and §13: numbers 1900000101 to 1900000199. What each one must derive to stands beside
// it, so a test can hold the whole table against the real derivation.
import type { Role } from '../../backend/http/schema.ts'
import type { Attention, VerdictState } from '../../backend/evidence/verdict/schema.ts'
import type { PastEvidence } from './history.ts'
import { notYetProven, proven } from './difficulties-verdict.ts'
import { directoryOddities, switchOddities } from './difficulties-shop.ts'

export interface DifficultMerchant {
  sub_mchid: string
  name: string
  short_name: string
  industry: string | null
  region_code: string
  address: string
  assigned_to: Role | null
  status: 'active' | 'suspended' | 'terminated'
  /** what is special about it, for the table in README.md */
  difficulty: string
  evidence: readonly PastEvidence[]
  /** a write whose outcome is not known (product.md M14) */
  unsettled?: { status: 'unknown' | 'unresolved'; kind: 'gold_plan.open' | 'receipt.open'; ago: number }
  expect: { state: VerdictState; reason: string; attention: readonly Attention[] }
}

/** Fields that most of these shops share are left out. */
export type Draft = Partial<DifficultMerchant> & Pick<DifficultMerchant, 'name' | 'difficulty' | 'expect'>

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
