// 提醒: what became of what I asked for, and of my shops; each opens what it is about.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayNote } from '../../../behaviors/telling'
import { ageOf } from '../behaviors/age'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import './words'

const { network, notices, preferences, session, subscriptions } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

Component({
  behaviors: [
    screen({
      words: [
        'notices.none',
        'notices.none_sentence',
        'notices.unread_mark',
        'notices.read_all',
        'notices.wechat',
        'notices.allow',
        'notices.wechat_note',
      ],
      title: 'page.notices',
    }),
    signedIn,
    wide,
    ageOf(notices),
    rowsIn('rows', () => notices.rows),
    bound({
      status: () => (session.status === 'error' ? 'error' : notices.status),
      skeleton: () => notices.skeleton,
      problem: () => (session.status === 'error' ? session.problem : notices.problem),
      more: () => notices.more,
      unread: () => notices.unread,
      unreadText: () => say('notices.unread', { count: notices.unread }),
      asks: () => subscriptions.kinds.length > 0,
      allowedText: () => say(subscriptions.allowed === 0 ? 'notices.allowed_none' : 'notices.allowed', { count: subscriptions.allowed }),
      offline: () => !network.online,
    }),
  ],
  data: { wide: false },
  methods: {
    begin() {
      void notices.refresh()
      void subscriptions.load()
    },
    async onPullDownRefresh() {
      await retry(notices.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void notices.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : notices.refresh()))
    },
    onRow(event: WechatMiniprogram.BaseEvent) {
      const { id, url } = event.currentTarget.dataset as { id: string; url: string }
      void notices.read(id)
      goTo(url)
    },
    async onReadAll() {
      if (!(await notices.readAll())) sayNote(say('notices.not_read'))
    },
    onAllow() {
      void subscriptions.askAll()
    },
  },
})
