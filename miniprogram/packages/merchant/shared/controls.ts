// The switches of a merchant that reach WeChat Pay, once for both sides: operations, permissions, contract, routes, ledger and the app's rows are made of
// these tables. What an operation calls and what comes before it: backend/controls/operations.ts. How its row reads and asks, in both languages: ../rules/control-rows.ts.

const FIELD = ['field_agent', 'region_lead', 'operator'] as const
const LEADS = ['region_lead', 'operator'] as const

/** Actions about switches, and the roles that may do them (product.md §9). */
export const CONTROL_RIGHTS = {
  'gold_plan.open': FIELD,
  'gold_plan.close.request': FIELD,
  'gold_plan.close.approve': LEADS,
  'gold_plan.miniprogram': ['operator'],
  'receipt.open': FIELD,
  'receipt.close': FIELD,
  'receipt_link.allow': LEADS,
  'ad_filter.set': FIELD,
  'advertising.open': LEADS,
  'advertising.close': LEADS,
} as const
type ControlRight = keyof typeof CONTROL_RIGHTS

interface ControlOf {
  /** below /v1/sub-merchants/{sub_mchid}/ */
  path: readonly string[]
  /** whether its route takes { status, reason } and sends it; the others have a body or a way of their own */
  ordinary: boolean
  /** closing it asks for words that stand in the trail; where it does not, they may be given */
  reasonToClose?: true
  /** nothing but open or closed is known of it: no link, no lock, no look at a customer's page */
  plain?: true
  /** a scene of the gold plan, which evidence names beside the operation */
  scene?: 'jsapi' | 'miniprogram'
}
const CONTROLS = {
  gold_plan: { path: ['gold-plan', 'jsapi'], ordinary: false, scene: 'jsapi' },
  gold_plan_miniprogram: { path: ['gold-plan', 'miniprogram'], ordinary: true, reasonToClose: true, scene: 'miniprogram' },
  receipt: { path: ['receipt'], ordinary: true, reasonToClose: true },
  advertising: { path: ['advertising'], ordinary: true, plain: true },
  ad_filter: { path: ['ad-filter'], ordinary: false },
} as const satisfies Record<string, ControlOf>
export type ControlId = keyof typeof CONTROLS
/** the controls of which this is said above */
type ControlWith<Facts> = { [Id in ControlId]: (typeof CONTROLS)[Id] extends Facts ? Id : never }[ControlId]
export type OrdinaryControl = ControlWith<{ ordinary: true }>
export type PlainControl = ControlWith<{ plain: true }>

export const controlIds = Object.keys(CONTROLS) as ControlId[]
export const controlOf = (id: ControlId): ControlOf => CONTROLS[id]
export const ordinaryControls = controlIds.filter((id): id is OrdinaryControl => controlOf(id).ordinary)
export const plainControls = controlIds.filter((id): id is PlainControl => controlOf(id).plain === true)

/** One entry for each switch of which nothing but open or closed is known. */
export const ofEachPlain = <T>(make: (id: PlainControl) => T) =>
  Object.fromEntries(plainControls.map(id => [id, make(id)])) as Record<PlainControl, T>

interface OperationOf {
  control: ControlId
  /** the action that a person needs to ask WeChat Pay for it */
  right: ControlRight
  /** what evidence calls it, where that is another name: a scene stands beside the operation there */
  evidenceName?: 'gold_plan.open' | 'gold_plan.close'
}
/** Calls to WeChat Pay. */
const OPERATIONS = {
  'gold_plan.open': { control: 'gold_plan', right: 'gold_plan.open' },
  'gold_plan.close': { control: 'gold_plan', right: 'gold_plan.close.approve' },
  'receipt.open': { control: 'receipt', right: 'receipt.open' },
  'receipt.close': { control: 'receipt', right: 'receipt.close' },
  'advertising.open': { control: 'advertising', right: 'advertising.open' },
  'advertising.close': { control: 'advertising', right: 'advertising.close' },
  'ad_filter.set': { control: 'ad_filter', right: 'ad_filter.set' },
  'gold_plan_miniprogram.open': { control: 'gold_plan_miniprogram', right: 'gold_plan.miniprogram', evidenceName: 'gold_plan.open' },
  'gold_plan_miniprogram.close': { control: 'gold_plan_miniprogram', right: 'gold_plan.miniprogram', evidenceName: 'gold_plan.close' },
} as const satisfies Record<string, OperationOf>
export type OperationKind = keyof typeof OPERATIONS
/** those that evidence calls by their own name */
export type EvidenceOperation = {
  [Kind in OperationKind]: (typeof OPERATIONS)[Kind] extends { evidenceName: string } ? never : Kind
}[OperationKind]

const operationOf = (kind: OperationKind): OperationOf => OPERATIONS[kind]
const namesItself = (kind: OperationKind): kind is EvidenceOperation => operationOf(kind).evidenceName === undefined
export const operationKinds = Object.keys(OPERATIONS) as OperationKind[]
export const evidenceOperations = operationKinds.filter(namesItself)

export const controlOfOperation = (kind: OperationKind): ControlId => operationOf(kind).control
export const pathOf = (kind: OperationKind): readonly string[] => controlOf(operationOf(kind).control).path
export const rightFor = (kind: OperationKind): ControlRight => operationOf(kind).right

/** Each once: what whoever switches it may need. */
export const rightsOf = (id: ControlId): ControlRight[] => [
  ...new Set(operationKinds.filter(kind => operationOf(kind).control === id).map(rightFor)),
]

/** An operation as evidence has it. */
export function inEvidence(kind: OperationKind): { operation: EvidenceOperation; scene?: 'jsapi' | 'miniprogram' } {
  const { control, evidenceName } = operationOf(kind)
  const { scene } = controlOf(control)
  const operation = namesItself(kind) ? kind : evidenceName!
  return scene ? { operation, scene } : { operation }
}
