// The permission table of product.md §9, copied here word by word: the code has its own, and the two must agree.
import type { Action, Role } from '../../../../backend/company/staff/schema.ts'

export const everyRole = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin'] as const satisfies readonly Role[]

const spec = `
| Action | field_agent | region_lead | operator | auditor | admin |
|---|---|---|---|---|---|
| merchant.read / evidence.read | scope | scope | all | all | all |
| merchant.assign | – | scope | ✓ | – | – |
| evidence.write, visit.write, photo.write | ✓ | ✓ | ✓ | – | – |
| portal_check.write, unblock.write | – | – | ✓ | – | – |
| gold_plan.open (jsapi) | ✓ | ✓ | ✓ | – | – |
| gold_plan.close.request | ✓ | ✓ | ✓ | – | – |
| gold_plan.close.approve (not own) | – | ✓ scope | ✓ | – | – |
| receipt.open / receipt.close | ✓ | ✓ | ✓ | – | – |
| receipt_link.allow | – | ✓ | ✓ | – | – |
| ad_filter.set | ✓ | ✓ | ✓ | – | – |
| advertising.open / close | – | ✓ | ✓ | – | – |
| evidence.withdraw (field kinds only) | own ≤ 24 h | scope | ✓ | – | – |
| visit.review, metrics.read | – | scope | all | metrics | metrics |
| rollout.* | – | read scope | ✓ | read | read |
| audit.read, export | own merchant trail | scope | ✓ | ✓ | ✓ |
| staff.manage, settings.manage | – | – | – | – | ✓ |
`

/** The table's words for actions, as the contract spells them. */
const spelled: Readonly<Record<string, readonly Action[]>> = {
  'gold_plan.open (jsapi)': ['gold_plan.open'],
  'gold_plan.close.approve (not own)': ['gold_plan.close.approve'],
  'evidence.withdraw (field kinds only)': ['evidence.withdraw'],
  close: ['advertising.close'],
  export: ['export.write'],
  'rollout.*': ['rollout.read', 'rollout.write'],
}

export interface Rule {
  action: Action
  role: Role
  /** the cell as written */
  cell: string
  allowed: boolean
}

export const rules: readonly Rule[] = spec
  .trim()
  .split('\n')
  .slice(2)
  .flatMap(line => {
    const [names, ...cells] = line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()) as [string, ...string[]]
    const actions = names.split(/, | \/ /).flatMap(name => spelled[name] ?? [name as Action])
    return actions.flatMap(action =>
      everyRole.map((role, index) => ({ action, role, cell: cells[index]!, allowed: allows(cells[index]!, action) })),
    )
  })

/** `metrics` and `read` name the one action of their row that is meant. */
function allows(cell: string, action: Action): boolean {
  if (cell === '–') return false
  if (cell === 'metrics') return action === 'metrics.read'
  if (cell.startsWith('read')) return action === 'rollout.read'
  return true
}

export const mayDo = (role: Role, action: Action): boolean => rules.find(rule => rule.role === role && rule.action === action)!.allowed
