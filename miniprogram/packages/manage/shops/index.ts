// 商户清单: what stands behind a number of the dashboard; a table where the window has room for one.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { merchantPage } from '../../../rules/deep-link'
import { ageOf } from '../behaviors/age'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { exportPage, filterOf, filterWords, fromLink } from './filter'
import './words'

const { preferences, session, shops } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

Component({
  behaviors: [
    screen({
      words: [
        'merchants.tail',
        'merchants.receipt_open',
        'merchants.advertising_open',
        'merchants.no_evidence',
        'shops.everything',
        'shops.export',
        'shops.now',
        'shops.name',
        'shops.number',
        'shops.place',
        'shops.state',
        'shops.proof',
        'shops.person',
        'shops.nobody_short',
        'shops.none',
        'shops.none_sentence',
      ],
      title: 'page.shops',
    }),
    signedIn,
    wide,
    ageOf(shops),
    rowsIn('groups', () => shops.rows),
    bound({
      status: () => (session.status === 'error' ? 'error' : shops.status),
      problem: () => (session.status === 'error' ? session.problem : shops.problem),
      skeleton: () => shops.skeleton,
      more: () => shops.more,
      total: () => (shops.total === null ? '' : say('shops.total', { count: shops.total })),
      past: () => shops.filter.on !== undefined,
      words: () => filterWords(shops.filter, shops.names, session.serverNow(), say),
    }),
  ],
  properties: {
    state: { type: String, value: '' },
    region_code: { type: String, value: '' },
    assigned_to: { type: String, value: '' },
    on: { type: String, value: '' },
    since_from: { type: String, value: '' },
    since_to: { type: String, value: '' },
    proof: { type: String, value: '' },
    receipt_ready: { type: String, value: '' },
    region: { type: String, value: '' },
    person: { type: String, value: '' },
  },
  data: { wide: false },
  methods: {
    asked() {
      const { state, region_code, assigned_to, on, since_from, since_to, proof, receipt_ready } = this.data
      return filterOf({ state, region_code, assigned_to, on, since_from, since_to, proof, receipt_ready })
    },
    begin() {
      const { region, person } = this.data
      shops.open(this.asked(), { ...(region && { region: fromLink(region) }), ...(person && { person: fromLink(person) }) })
    },
    onUnload() {
      shops.reset()
    },
    async onPullDownRefresh() {
      await retry(shops.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void shops.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : shops.refresh()))
    },
    onExport() {
      const { region, person } = this.data
      goTo(exportPage(this.asked(), { region: fromLink(region), person: fromLink(person) }))
    },
    onOpen(event: WechatMiniprogram.BaseEvent) {
      goTo(merchantPage(event.currentTarget.dataset.id as string))
    },
  },
})
