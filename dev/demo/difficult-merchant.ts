// A shop whose state or switches are worth a look, and what has to be derived of it.
import type { Role } from '../../backend/http/schema.ts'
import type { Attention, VerdictState } from '../../backend/evidence/verdict/schema.ts'
import type { PastEvidence } from './history.ts'

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
