// The permission table as docs/product.md §9 has it: the code has its own, and the two must agree.
import { readFileSync } from 'node:fs'
import type { Action, Role } from '../../../../backend/http/schema.ts'
import { quotedIn, rowsOf, sectionOf } from '../../../../scripts/checks/documents/outline.ts'

export const everyRole = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin'] as const satisfies readonly Role[]

const product = readFileSync(new URL('../../../../docs/product.md', import.meta.url), 'utf8')

export interface Rule {
  action: Action
  role: Role
  allowed: boolean
}

/** A cell says where a role may; – says that it may not. */
export const rules: readonly Rule[] = rowsOf(sectionOf(product, '9')).flatMap(([names, ...cells]) =>
  quotedIn(names!).flatMap(action => everyRole.map((role, index) => ({ action: action as Action, role, allowed: cells[index] !== '–' }))),
)

export const mayDo = (role: Role, action: Action): boolean => rules.find(rule => rule.role === role && rule.action === action)!.allowed
