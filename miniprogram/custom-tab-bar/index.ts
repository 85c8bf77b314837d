// The four tabs. The page that is shown tells which one it is (behaviors/screen).
import { bound } from '../behaviors/bound'
import { stores } from '../stores/index'

const { preferences } = stores
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
      tabs: () => TABS.map(({ path, icon, word }) => ({ path, icon, text: preferences.say(word) })),
    }),
  ],
  data: { selected: 0 },
  methods: {
    onTab(event: WechatMiniprogram.BaseEvent) {
      const tab = TABS[event.currentTarget.dataset.index as number]
      if (tab) wx.switchTab({ url: tab.path })
    },
  },
})
