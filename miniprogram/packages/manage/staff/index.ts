// 员工: who works here, with what each has to do; a table where the window has room for one.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { chooseRegion, choosingRegion } from '../behaviors/choosing-region'
import { listOnScreen } from '../behaviors/list-on-screen'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { ROLES, STATES } from './store'
import '../words/people.words'
import '../words/regions.words'
import './words'

const { preferences, staff } = stores
const { list } = staff
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
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
    listOnScreen(list, { forbidden: 'ACTION_FORBIDDEN', problem: () => askedOfAdmin(list.problem, say) }),
    bound({
      query: () => list.filter.query,
      refused: () => staff.refused,
      roles: () => ROLES.map(id => ({ id, label: say(`role.${id}`), on: list.filter.role === id })),
      states: () => STATES.map(id => ({ id, label: say(`people.status_${id}`), on: list.filter.status === id })),
      region: () => list.filter.region?.name ?? '',
      total: () => staff.total_label,
      emptyTitle: () => say(list.narrowed ? 'staff.none_filtered' : 'staff.none'),
      emptySentence: () => say(list.narrowed ? 'staff.none_filtered_sentence' : 'staff.none_sentence'),
    }),
  ],
  data: { wide: false },
  methods: {
    begin() {
      void list.refresh()
    },
    onUnload() {
      staff.leave()
    },
    onQuery(event: { detail: { value: string } }) {
      const { value } = event.detail
      if (value === list.filter.query) return
      staff.setQuery(value)
      // a customer's payment code does not stay on the screen either
      if (staff.refused) this.selectComponent('#search').clear(value)
    },
    onRole(event: WechatMiniprogram.BaseEvent) {
      const role = event.currentTarget.dataset.id as (typeof ROLES)[number]
      void list.narrow({ role: list.filter.role === role ? null : role })
    },
    onState(event: WechatMiniprogram.BaseEvent) {
      const status = event.currentTarget.dataset.id as (typeof STATES)[number]
      void list.narrow({ status: list.filter.status === status ? null : status })
    },
    onRegionChip() {
      if (list.filter.region) void list.narrow({ region: null })
      else chooseRegion(this)
    },
    regionTaken(region: { code: string; name: string }) {
      void list.narrow({ region })
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
