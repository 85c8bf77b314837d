// The filter sheet of 商户, its chips, and the order of the list.
import { bound } from './bound'
import { chooseOne } from './telling'
import { activeChips, chosen, filterGroups, regionAbove, type FilterChoice } from '../rules/filters'
import { STATE_ORDER, stateShortKey } from '../rules/states'
import { stores } from '../stores/index'
import type { Sort } from '../stores/merchants'

const { home, merchants, preferences, regions } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

/** The workbench's number of a state, where the list is filtered by nothing else. */
function countOf(state: (typeof STATE_ORDER)[number]): string {
  const { filters, filter_count, query } = merchants
  const others = filter_count - filters.state.length - (filters.assigned_to === 'me' ? 1 : 0)
  const same = home.summary !== null && others === 0 && query.trim() === '' && home.mine === (filters.assigned_to === 'me')
  return same ? ` ${home.summary?.by_state[state] ?? 0}` : ''
}
const SORTS = ['first', 'since'] as const satisfies readonly Sort[]
const sortKey = (sort: Sort) =>
  sort === 'since' ? 'merchants.sort_since' : merchants.query.trim() === '' ? 'merchants.sort_first' : 'merchants.sort_relevance'
const sortLabel = () => say(sortKey(merchants.sort))

/** Data: states, active, mine, sort, sortSpoken, filterCount, filterGroups, filterSee, regionUp, regionsFailed, filtering. */
export const filtering = Behavior({
  behaviors: [
    bound({
      states: () =>
        STATE_ORDER.map(state => ({
          state,
          label: say(stateShortKey(state)) + countOf(state),
          on: merchants.filters.state.includes(state),
        })),
      active: () => activeChips(merchants.filters, say),
      mine: () => merchants.filters.assigned_to === 'me',
      sort: sortLabel,
      sortSpoken: () => say('merchants.sort_change', { sort: sortLabel() }),
      filterCount: () => merchants.filter_count,
      filterSpoken: () =>
        merchants.filter_count > 0 ? say('filter.button_count', { count: merchants.filter_count }) : say('filter.button'),
      filterGroups: () => filterGroups(merchants.filters, regions.tree, say),
      filterSee: () => {
        const { total } = merchants
        if (total === null) return say('filter.see')
        return total >= 1000 ? say('filter.see_many') : say('filter.see_count', { count: total })
      },
      regionUp: () => merchants.filters.region !== null,
      regionsFailed: () => regions.failed,
    }),
  ],
  data: { filtering: false },
  methods: {
    onFilter() {
      this.setData({ filtering: true })
      void regions.load()
    },
    onFilterClose() {
      this.setData({ filtering: false })
    },
    onFilterChoose(event: { detail: FilterChoice }) {
      void merchants.setFilters(chosen(merchants.filters, event.detail))
    },
    onFilterUp() {
      const { region } = merchants.filters
      void merchants.setFilters({ region: region && regions.tree ? regionAbove(region.code, regions.tree) : null })
    },
    onFilterClear() {
      void merchants.clearFilters()
    },
    onRegions() {
      void regions.load()
    },
    onChip(event: WechatMiniprogram.BaseEvent) {
      void merchants.setFilters(chosen(merchants.filters, event.currentTarget.dataset.choice as FilterChoice))
    },
    onSort() {
      const choices = SORTS.map(sort => say(sortKey(sort)))
      void chooseOne(choices, say('merchants.sort_now', { sort: sortLabel() })).then(
        chosen => void (chosen !== null && merchants.setSort(SORTS[chosen]!)),
      )
    },
  },
})
