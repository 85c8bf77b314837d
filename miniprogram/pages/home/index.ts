// 工作台: what to handle first, what was looked at, and the way to any other shop.
import { bound } from '../../behaviors/bound'
import { scanning } from '../../behaviors/scanning'
import { screen } from '../../behaviors/screen'
import { signedIn } from '../../behaviors/signed-in'
import { stores } from '../../stores/index'

const { home, merchants, network, preferences, recents, session } = stores

/** Status bar and the row of the capsule button, in px: the page draws its own head beside it. */
function headOfPage(): { barTop: number; barHeight: number } {
  const capsule = wx.getMenuButtonBoundingClientRect()
  const { statusBarHeight } = wx.getWindowInfo()
  return { barTop: statusBarHeight, barHeight: (capsule.top - statusBarHeight) * 2 + capsule.height }
}

Component({
  behaviors: [
    screen({ words: ['home', 'merchants', 'network', 'mine', 'scan'], title: 'home.brand', tab: 0 }),
    signedIn,
    scanning,
    bound({
      status: () => (session.status === 'error' ? 'error' : home.status),
      problem: () => (session.status === 'error' ? session.problem : home.problem),
      skeleton: () => home.skeleton,
      offline: () => !network.online && home.status === 'ready',
      area: () => session.staff?.region_names.join(preferences.say('common.comma')) ?? '',
      today: () => preferences.say('home.today', dateParts(session.serverNow())),
      providerDefault: () => Boolean(session.me?.provider.default_open_since),
      firstTitle: () => preferences.say('home.first', { count: home.regressed.length }),
      rest: () =>
        (home.regressed_total ?? 0) > home.regressed.length ? preferences.say('home.all', { count: home.regressed_total ?? 0 }) : '',
      regressed: () => home.regressed,
      recents: () => recents.merchants.map(({ sub_mchid, name }) => ({ sub_mchid, name })),
    }),
  ],
  data: headOfPage(),
  methods: {
    begin() {
      void home.refresh()
    },
    onHide() {
      home.leave()
    },
    async onPullDownRefresh() {
      await home.refresh()
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void (session.status === 'error' ? session.start() : home.refresh())
    },
    onOpen(event: WechatMiniprogram.BaseEvent) {
      wx.navigateTo({ url: `/packages/merchant/detail/index?sub_mchid=${event.currentTarget.dataset.id as string}` })
    },
    onAll() {
      void merchants.setFilters({ state: ['regressed'] })
      wx.switchTab({ url: '/pages/merchants/index' })
    },
    onFind() {
      wx.switchTab({ url: '/pages/merchants/index' })
    },
    onClearRecents() {
      recents.clearMerchants()
    },
  },
})

/** Month, day and weekday in Shanghai, whatever the phone's zone. */
function dateParts(now: number): { month: number; day: number; weekday: string } {
  const date = new Date(now + 8 * 3_600_000)
  return {
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: preferences.say(`home.weekday_${date.getUTCDay()}` as 'home.weekday_0'),
  }
}
