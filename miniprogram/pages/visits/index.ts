// 拜访: the shops that need somebody at the counter, one reason at a time.
import { bound } from '../../behaviors/bound'
import { connection } from '../../behaviors/connection'
import { rowsIn } from '../../behaviors/rows'
import { screen } from '../../behaviors/screen'
import { signedIn } from '../../behaviors/signed-in'
import { stores } from '../../stores/index'
import type { Filters } from '../../domain/filters'

const { preferences, session, visits } = stores
const FOOTERS: Record<string, string> = { loading: 'loading', end: 'no_more', error: 'load_more_failed', more: 'loading' }
const KINDS = [
  { id: 'unknown', filters: { state: ['unknown'], attention: [] } },
  { id: 'regressed', filters: { state: ['regressed'], attention: [] } },
  { id: 'check_failed', filters: { state: [], attention: ['CHECK_FAILED'] } },
  { id: 'stale', filters: { state: [], attention: ['STALE'] } },
] as const satisfies { id: string; filters: Partial<Filters> }[]

const chosen = () =>
  KINDS.find(({ filters }) => filters.state[0] === visits.filters.state[0] && filters.attention[0] === visits.filters.attention[0])

Component({
  behaviors: [
    screen({
      words: ['visits', 'merchants.tail', 'merchants.receipt_open', 'merchants.advertising_open', 'merchants.no_evidence'],
      title: 'page.visits',
      tab: 2,
    }),
    signedIn,
    connection,
    rowsIn('groups', () => visits.rows),
    bound({
      kinds: () => KINDS.map(kind => ({ id: kind.id, label: preferences.say(`visits.${kind.id}`), on: chosen() === kind })),
      mine: () => visits.filters.assigned_to === 'me',
      status: () => (session.status === 'error' ? 'error' : visits.status),
      problem: () => (session.status === 'error' ? session.problem : visits.problem),
      skeleton: () => visits.skeleton,
      total: () => visits.total_label,
      more: () => visits.more,
      footer: () => FOOTERS[visits.more],
    }),
  ],
  methods: {
    begin() {
      if (chosen()) void visits.enter()
      else void visits.setFilters({ state: ['unknown'], attention: [] })
    },
    onKind(event: WechatMiniprogram.BaseEvent) {
      const kind = KINDS.find(({ id }) => id === event.currentTarget.dataset.kind)
      if (kind) void visits.setFilters({ state: [...kind.filters.state], attention: [...kind.filters.attention] })
    },
    onMine() {
      void visits.setFilters({ assigned_to: visits.filters.assigned_to === 'me' ? null : 'me' })
    },
    onOpen(event: WechatMiniprogram.BaseEvent) {
      wx.navigateTo({ url: `/packages/merchant/detail/index?sub_mchid=${event.currentTarget.dataset.id as string}` })
    },
    async onPullDownRefresh() {
      await visits.refresh()
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void visits.loadMore()
    },
    onRetry() {
      void (session.status === 'error' ? session.start() : visits.refresh())
    },
  },
})
