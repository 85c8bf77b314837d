// 员工: who works here, with what each has to do; a table where the window has room for one.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { chooseRegion, choosingRegion } from '../behaviors/choosing-region'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { ROLES, STATES } from './store'
import './words.zh-CN'

const { preferences, session, staff } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const FOOTERS: Record<string, string> = { loading: 'loading', end: 'no_more', error: 'load_more_failed', more: 'loading' }
const PERSON = '/packages/manage/staff-person/index'

Component({
  behaviors: [
    screen({
      words: [
        'payment_code',
        'regions.title',
        'regions.up',
        'regions.failed',
        'staff.clear',
        'staff.field',
        'staff.name',
        'staff.new',
        'staff.region',
        'staff.regions',
        'staff.role',
        'staff.last',
        'staff.shops',
        'staff.state',
        'staff.work',
      ],
      title: 'page.staff',
      large: false,
    }),
    signedIn,
    wide,
    choosingRegion,
    rowsIn('groups', () => staff.rows),
    bound({
      query: () => staff.query,
      refused: () => staff.refused,
      roles: () => ROLES.map(id => ({ id, label: say(`role.${id}`), on: staff.filter.role === id })),
      states: () => STATES.map(id => ({ id, label: say(`people.status_${id}`), on: staff.filter.status === id })),
      region: () => staff.filter.region?.name ?? '',
      status: () => (session.status === 'error' ? 'error' : staff.status),
      panel: () => (staff.problem?.code === 'ACTION_FORBIDDEN' ? 'forbidden' : staff.status === 'offline' ? 'offline' : 'error'),
      problem: () => (session.status === 'error' ? session.problem : askedOfAdmin(staff.problem, say)),
      skeleton: () => staff.skeleton,
      more: () => staff.more,
      footer: () => FOOTERS[staff.more],
      total: () => staff.total_label,
      emptyTitle: () => say(staff.narrowed ? 'staff.none_filtered' : 'staff.none'),
      emptySentence: () => say(staff.narrowed ? 'staff.none_filtered_sentence' : 'staff.none_sentence'),
      narrowed: () => staff.narrowed,
    }),
  ],
  data: { wide: false },
  methods: {
    begin() {
      void staff.refresh()
    },
    onUnload() {
      staff.leave()
    },
    async onPullDownRefresh() {
      await retry(staff.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void staff.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : staff.refresh()))
    },
    onQuery(event: { detail: { value: string } }) {
      const { value } = event.detail
      if (value === staff.query) return
      staff.setQuery(value)
      // a customer's payment code does not stay on the screen either
      if (staff.refused) this.selectComponent('#search').clear(value)
    },
    onRole(event: WechatMiniprogram.BaseEvent) {
      const role = event.currentTarget.dataset.id as (typeof ROLES)[number]
      void staff.choose({ role: staff.filter.role === role ? null : role })
    },
    onState(event: WechatMiniprogram.BaseEvent) {
      const status = event.currentTarget.dataset.id as (typeof STATES)[number]
      void staff.choose({ status: staff.filter.status === status ? null : status })
    },
    onRegionChip() {
      if (staff.filter.region) void staff.choose({ region: null })
      else chooseRegion(this)
    },
    regionTaken(region: { code: string; name: string }) {
      void staff.choose({ region })
    },
    onClear() {
      void staff.clear()
    },
    onOpen(event: WechatMiniprogram.BaseEvent) {
      goTo(`${PERSON}?staff_id=${encodeURIComponent(event.currentTarget.dataset.id as string)}`)
    },
    onNew() {
      goTo(PERSON)
    },
  },
})
