// Who may do what (product.md §9): our policy, in one place. Where it may be done is scope.ts; whether the merchant's state allows it is each rule's own.
import { CONTROL_RIGHTS } from '../../../miniprogram/packages/merchant/shared/controls.ts'
import type { Action, Role } from '../../http/schema.ts'

const field: Role[] = ['field_agent', 'region_lead', 'operator']
const everyone: Role[] = [...field, 'auditor', 'admin']

const rolesOf: Readonly<Record<Action, readonly Role[]>> = {
  'merchant.read': everyone,
  'merchant.assign': ['region_lead', 'operator'],
  'merchant.add': ['operator'],
  'evidence.read': everyone,
  'evidence.write': field,
  'evidence.withdraw': field,
  'portal_check.write': ['operator'],
  'unblock.write': ['operator'],
  ...CONTROL_RIGHTS,
  'visit.write': field,
  'visit.review': ['region_lead', 'operator'],
  'photo.write': field,
  'metrics.read': ['region_lead', 'operator', 'auditor', 'admin'],
  'rollout.read': ['region_lead', 'operator', 'auditor', 'admin'],
  'rollout.write': ['operator'],
  'audit.read': everyone,
  'rebate.read': ['operator', 'admin'],
  'observation.read': ['operator', 'admin'],
  'observation.classify': ['operator', 'admin'],
  'export.write': everyone,
  'staff.manage': ['admin'],
  'settings.read': ['region_lead', 'operator', 'auditor', 'admin'],
  'settings.manage': ['admin'],
  'readiness.write': ['operator', 'admin'],
}

const actions = Object.keys(rolesOf) as Action[]
/** of no merchant: what is done to the company or to all of its shops */
const global = new Set<Action>([
  'merchant.add',
  'metrics.read',
  'rollout.read',
  'rollout.write',
  'rebate.read',
  'observation.read',
  'observation.classify',
  'staff.manage',
  'settings.read',
  'settings.manage',
  'readiness.write',
])

export const mayDo = (role: Role, action: Action): boolean => rolesOf[action].includes(role)

export const rolesThatMay = (action: Action): Role[] => [...rolesOf[action]]

/** Everything that a role may do somewhere. */
export const actionsOf = (role: Role): Action[] => actions.filter(action => mayDo(role, action))

/** What a role may do to a merchant within its scope. */
export const merchantActionsOf = (role: Role): Action[] => actionsOf(role).filter(action => !global.has(action))
