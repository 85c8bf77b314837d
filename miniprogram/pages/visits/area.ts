// The shops of my whole area that need somebody at the counter, one reason at a time: for whoever has none assigned, and for whoever is done.
import { bound } from '../../behaviors/bound'
import { rowsIn } from '../../behaviors/rows'
import { stores } from '../../stores/index'
import type { Filters } from '../../rules/filters'
import './words'

const { preferences, visits } = stores
const KINDS = [
  { id: 'unknown', filters: { state: ['unknown'], attention: [] } },
  { id: 'regressed', filters: { state: ['regressed'], attention: [] } },
  { id: 'check_failed', filters: { state: [], attention: ['CHECK_FAILED'] } },
  { id: 'stale', filters: { state: [], attention: ['STALE'] } },
] as const satisfies { id: string; filters: Partial<Filters> }[]

const chosen = () =>
  KINDS.find(({ filters }) => filters.state[0] === visits.filters.state[0] && filters.attention[0] === visits.filters.attention[0])

/** At page show and by pulling down. */
export function refreshArea(): Promise<void> {
  if (!chosen()) return visits.setFilters({ state: ['unknown'], attention: [] })
  return visits.status === 'ready' ? visits.refresh() : visits.enter()
}

/** Data: groups, kinds, status, problem, skeleton, total, more, as_of. */
export const areaList = Behavior({
  behaviors: [
    rowsIn('groups', () => visits.rows),
    bound({
      kinds: () => KINDS.map(kind => ({ id: kind.id, label: preferences.say(`visits.${kind.id}`), on: chosen() === kind })),
      status: () => visits.status,
      problem: () => visits.problem,
      skeleton: () => visits.skeleton,
      total: () => visits.total_label,
      more: () => visits.more,
      asOf: () => visits.as_of_label ?? '',
    }),
  ],
  methods: {
    onKind(event: WechatMiniprogram.BaseEvent) {
      const kind = KINDS.find(({ id }) => id === event.currentTarget.dataset.kind)
      if (kind) void visits.setFilters({ state: [...kind.filters.state], attention: [...kind.filters.attention] })
    },
  },
})
