// The filters of the list: what can be chosen, what a choice changes, and the chips of what is on (product.md M06).
import type { Attention, RegionTree, SubMerchantQuery, SwitchStatus, VerdictState } from '../../typings/api'
import type { MessageKey, Say } from '../words/say'
import { STATE_ORDER, stateShortKey } from './states'

export interface Filters {
  state: VerdictState[]
  attention: Attention[]
  region: { code: string; name: string } | null
  gold_plan: SwitchStatus | null
  receipt: SwitchStatus | null
  advertising: SwitchStatus | null
  /** me: mine · none: nobody's */
  assigned_to: 'me' | 'none' | null
  /** with an operation whose outcome a person has to settle */
  operation: 'unresolved' | null
}
export const NO_FILTERS: Filters = {
  state: [],
  attention: [],
  region: null,
  gold_plan: null,
  receipt: null,
  advertising: null,
  assigned_to: null,
  operation: null,
}

export interface FilterChoice {
  /** state-regressed, receipt-open, region-440305 */
  id: string
  group: FilterGroupId
  code: string
  label: string
  on: boolean
  /** VerdictState whose glyph goes with it */
  state: VerdictState | ''
}
type FilterGroupId = keyof Filters
export interface FilterGroup {
  id: FilterGroupId
  title: string
  choices: FilterChoice[]
}

const ATTENTIONS = [
  'CHECK_FAILED',
  'RECEIPT_ERROR',
  'SUSPECTED',
  'STALE',
  'OUT_OF_BAND',
  'OPERATION_BLOCKED',
  'SETTLING',
] as const satisfies readonly Attention[]
const SWITCHES = ['open', 'closed', 'unknown'] as const satisfies readonly SwitchStatus[]

/** All groups of the sheet. Regions are those one level below the chosen one, or its own where it has none. */
export function filterGroups(filters: Filters, regions: RegionTree | null, say: Say): FilterGroup[] {
  const choice = (group: FilterGroupId, code: string, label: string, state: VerdictState | '' = ''): FilterChoice => ({
    id: `${group}-${code}`,
    group,
    code,
    label,
    on: isOn(filters, group, code),
    state,
  })
  const group = (id: FilterGroupId, choices: FilterChoice[]): FilterGroup => ({ id, title: say(`filter.${id}`), choices })
  const switches = (id: 'gold_plan' | 'receipt' | 'advertising') =>
    group(
      id,
      SWITCHES.map(status => choice(id, status, say(`switch.${status}`))),
    )
  return [
    group(
      'state',
      STATE_ORDER.map(state => choice('state', state, say(stateShortKey(state)), state)),
    ),
    group(
      'attention',
      ATTENTIONS.map(code => choice('attention', code, say(`attention.${code}`))),
    ),
    group(
      'region',
      regionChoices(filters.region?.code ?? null, regions).map(({ code, name }) => choice('region', code, name)),
    ),
    switches('gold_plan'),
    switches('receipt'),
    switches('advertising'),
    group('assigned_to', [choice('assigned_to', 'me', say('filter.me')), choice('assigned_to', 'none', say('filter.none'))]),
    group('operation', [choice('operation', 'unresolved', say('filter.unresolved'))]),
  ]
}

/** What a tap on a choice changes: on becomes off, and of a single choice the other one is replaced. */
export function chosen(filters: Filters, { group, code, label }: Pick<FilterChoice, 'group' | 'code' | 'label'>): Partial<Filters> {
  const on = isOn(filters, group, code)
  if (group === 'state') return { state: toggled(filters.state, code as VerdictState) }
  if (group === 'attention') return { attention: toggled(filters.attention, code as Attention) }
  if (group === 'region') return { region: on ? null : { code, name: label } }
  return { [group]: on ? null : code }
}

/** Chips of what is on beside the states and 我负责的, which have chips of their own. */
export function activeChips(filters: Filters, say: Say): FilterChoice[] {
  const chip = (group: FilterGroupId, code: string, label: string): FilterChoice => ({
    id: `${group}-${code}`,
    group,
    code,
    label,
    on: true,
    state: '',
  })
  const { region, attention, assigned_to, operation } = filters
  const switches = (['gold_plan', 'receipt', 'advertising'] as const).flatMap(id => {
    const status = filters[id]
    return status === null ? [] : [chip(id, status, say(`filter.chip_${id}`, { status: say(`switch.${status}`) }))]
  })
  return [
    ...(region ? [chip('region', region.code, region.name)] : []),
    ...attention.map(code => chip('attention', code, say(`attention.${code}` satisfies MessageKey))),
    ...switches,
    ...(assigned_to === 'none' ? [chip('assigned_to', 'none', say('filter.none'))] : []),
    ...(operation ? [chip('operation', operation, say('filter.unresolved'))] : []),
  ]
}

/** The region one level up: where 上一级 leads; null from a province, or where nothing is chosen. */
export function regionAbove(code: string, regions: RegionTree): { code: string; name: string } | null {
  const path = pathTo(code, regions)
  return path[path.length - 2] ?? null
}

interface Place {
  code: string
  name: string
  children?: readonly Place[]
}
/** From the province down to the region with this code; empty where it is not in the tree. */
function pathTo(code: string, { items }: RegionTree): Place[] {
  const search = (places: readonly Place[]): Place[] =>
    places.flatMap(place => {
      if (place.code === code) return [place]
      const below = search(place.children ?? [])
      return below.length > 0 ? [place, ...below] : []
    })
  return search(items)
}
/** Those one level below the chosen one, after itself; at the top the provinces. */
export function regionChoices(code: string | null, regions: RegionTree | null): Place[] {
  if (!regions) return []
  const path = code === null ? [] : pathTo(code, regions)
  const here = path[path.length - 1]
  // A region that is the only one at its level says nothing: a field agent sees the districts at once.
  let places: readonly Place[] = here ? (here.children ?? []) : regions.items
  while (places.length === 1 && (places[0]!.children?.length ?? 0) > 0) places = places[0]!.children!
  const own = here ? [here] : []
  return [...own, ...places]
}

/** As the server takes them. */
export function filterQuery({ state, attention, region, gold_plan, receipt, advertising, assigned_to, operation }: Filters) {
  const query: Pick<
    SubMerchantQuery,
    'state' | 'attention' | 'region_code' | 'gold_plan' | 'receipt' | 'advertising' | 'assigned_to' | 'operation'
  > = {}
  if (state.length > 0) query.state = state.join(',')
  if (attention.length > 0) query.attention = attention.join(',')
  if (region) query.region_code = region.code
  if (gold_plan) query.gold_plan = gold_plan
  if (receipt) query.receipt = receipt
  if (advertising) query.advertising = advertising
  if (assigned_to) query.assigned_to = assigned_to
  if (operation) query.operation = operation
  return query
}

const toggled = <T>(values: readonly T[], value: T): T[] =>
  values.includes(value) ? values.filter(other => other !== value) : [...values, value]
function isOn(filters: Filters, group: FilterGroupId, code: string): boolean {
  const value = filters[group]
  if (Array.isArray(value)) return (value as string[]).includes(code)
  return typeof value === 'object' && value !== null ? value.code === code : value === code
}
