// 看板: how my shops stand, how that changed in twelve weeks, and what is behind each number.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { STATE_ORDER, stateShortKey } from '../../../rules/states'
import { choosingRegion } from '../behaviors/choosing-region'
import { ageOf } from '../behaviors/age'
import { wide } from '../behaviors/wide'
import { shopsPage } from '../shops/filter'
import { stores } from '../stores/index'
import { panelsOf, plotsOf, rateOf, weekRows, weeksTitle } from './view'
import '../words/regions.words'
import './words'

const { dashboard, preferences, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const reader = () => ({ say, now: session.serverNow() })

function head() {
  const { value } = dashboard
  if (!value) return null
  const rate = rateOf(value)
  return {
    rate: rate ? say('dashboard.rate', { percent: rate.percent }) : say('dashboard.no_rate'),
    of: rate ? say('dashboard.rate_of', rate) : '',
    total: say('dashboard.total', { count: value.total.count }),
    url: shopsPage(value.total.filter, value.region ? { region: value.region.name } : {}),
    bar: STATE_ORDER.flatMap(state => value.states.filter(one => one.state === state && one.mark.count > 0)).map(({ state, mark }) => ({
      state,
      count: mark.count,
      label: say(stateShortKey(state)),
    })),
  }
}

Component({
  behaviors: [
    screen({
      words: [
        'dashboard.plots',
        'dashboard.tables',
        'dashboard.switch',
        'dashboard.everywhere',
        'dashboard.own',
        'dashboard.choose_region',
        'dashboard.weeks_note',
        'dashboard.day',
        'dashboard.empty',
        'dashboard.empty_sentence',
        'state.verified',
        'state.regressed',
        'regions.title',
        'regions.up',
        'regions.failed',
      ],
      title: 'page.dashboard',
      large: false,
    }),
    signedIn,
    wide,
    ageOf(dashboard),
    choosingRegion,
    bound({
      status: () => (session.status === 'error' ? 'error' : dashboard.status),
      problem: () => (session.status === 'error' ? session.problem : dashboard.problem),
      skeleton: () => dashboard.skeleton,
      tables: () => dashboard.tables,
      region: () => dashboard.region?.name ?? '',
      own: () => dashboard.value?.own ?? false,
      head,
      weeksTitle: () => (dashboard.value ? weeksTitle(dashboard.value, say) : ''),
      panels: () => (dashboard.value && !dashboard.tables ? panelsOf(dashboard.value, reader()) : []),
      weeks: () => (dashboard.value && dashboard.tables ? weekRows(dashboard.value, reader()) : []),
      plots: () => (dashboard.value ? plotsOf(dashboard.value, reader()) : []),
    }),
  ],
  data: { wide: false },
  methods: {
    begin() {
      void dashboard.refresh()
    },
    onUnload() {
      dashboard.leave()
    },
    async onPullDownRefresh() {
      await retry(dashboard.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : dashboard.refresh()))
    },
    onEverywhere() {
      if (dashboard.region !== null) dashboard.choose(null)
    },
    regionTaken(place: { code: string; name: string }) {
      dashboard.choose(place)
    },
    onSwitch(event: WechatMiniprogram.BaseEvent) {
      dashboard.switchTo(event.currentTarget.dataset.tables as boolean)
    },
    onMark(event: WechatMiniprogram.BaseEvent) {
      const url = event.currentTarget.dataset.url as string
      if (url !== '') goTo(url)
    },
  },
})
