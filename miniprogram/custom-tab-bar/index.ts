// The four tabs. The page that is shown tells which one it is (behaviors/screen).
import { goToTab } from '../behaviors/navigation'
import { bound } from '../behaviors/bound'
import { stores } from '../stores/index'
import '../words/words'

const { outbox, preferences } = stores
const MINE = '/pages/mine/index'
/** what is still on the phone, where the way to it is */
const badgeOf = (path: string) => (path === MINE && outbox.unsent > 0 ? (outbox.unsent > 99 ? '99+' : String(outbox.unsent)) : '')
const TABS = [
  { path: '/pages/home/index', icon: 'wap-home-o', word: 'tab.home' },
  { path: '/pages/merchants/index', icon: 'shop-o', word: 'tab.merchants' },
  { path: '/pages/visits/index', icon: 'location-o', word: 'tab.visits' },
  { path: '/pages/mine/index', icon: 'user-o', word: 'tab.mine' },
] as const

Component({
  behaviors: [
    bound({
      themeClass: () => preferences.root_class,
      tabs: () =>
        TABS.map(({ path, icon, word }) => {
          const text = preferences.say(word)
          const badge = badgeOf(path)
          return { path, icon, text, badge, spoken: badge ? preferences.say('outbox.badge', { name: text, count: outbox.unsent }) : text }
        }),
    }),
  ],
  data: { selected: -1 },
  lifetimes: {
    /** each tab page has a bar of its own: it knows its tab before the page is shown */
    attached() {
      const pages = getCurrentPages()
      const route = `/${pages[pages.length - 1]?.route ?? ''}`
      this.setData({ selected: TABS.findIndex(({ path }) => path === route) })
    },
  },
  methods: {
    onTab(event: WechatMiniprogram.BaseEvent) {
      const tab = TABS[event.currentTarget.dataset.index as number]
      if (tab) goToTab(tab.path)
    },
  },
})
