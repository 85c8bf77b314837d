// 返佣: months as they were imported. With a month in its link the page shows that one; in a window with room for both the months stand beside it.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { merchantPage } from '../../../rules/deep-link'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import './words'

const { preferences, rebate, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const PANELS = ['error', 'offline', 'forbidden']

Component({
  behaviors: [
    screen({
      words: [
        'rebate.none',
        'rebate.none_sentence',
        'rebate.choose',
        'rebate.stale',
        'rebate.how',
        'rebate.earlier',
        'rebate.only',
        'rebate.all',
        'rebate.marked',
        'rebate.nothing_marked',
      ],
      title: 'page.rebate',
      large: false,
    }),
    signedIn,
    wide,
    rowsIn('items', () => rebate.items),
    bound({
      listSkeleton: () => rebate.months.skeleton,
      listSlow: () => rebate.months.status === 'slow',
      listEmpty: () => rebate.months.status === 'empty',
      listPanel: () => (session.status === 'error' ? 'error' : PANELS.includes(rebate.months.status) ? rebate.months.status : ''),
      listProblem: () => (session.status === 'error' ? session.problem : askedOfAdmin(rebate.months.problem, say)),
      age: () => rebate.age && say('rebate.stale_text', { time: rebate.age }),
      months: () =>
        rebate.rows.map(row => ({ ...row, here: row.sp_mchid === rebate.chosen?.sp_mchid && row.month === rebate.chosen.month })),
      chosen: () => rebate.chosen !== null,
      skeleton: () => rebate.skeleton,
      panel: () => (rebate.problem?.code === 'NOT_FOUND' ? 'forbidden' : PANELS.includes(rebate.status) ? rebate.status : ''),
      problem: () => askedOfAdmin(rebate.problem, say),
      view: () => rebate.view,
      marked: () => rebate.isMarkedOnly,
      empty: () => rebate.status === 'empty',
      more: () => rebate.more,
    }),
  ],
  properties: { sp_mchid: { type: String, value: '' }, month: { type: String, value: '' } },
  data: { wide: false },
  methods: {
    begin() {
      void this.load()
    },
    /** What is drawn: the months, the one in front, or both. */
    async load() {
      const { sp_mchid, month, wide: both } = this.data
      if (month === '' && !both) rebate.close()
      const shown = month === '' ? (both ? rebate.chosen : null) : { sp_mchid, month }
      await Promise.all([month === '' || both ? rebate.refresh() : null, shown && rebate.open(shown)])
    },
    widthChanged() {
      void this.load()
    },
    onUnload() {
      rebate.close()
    },
    async onPullDownRefresh() {
      await retry(() => this.load())
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      if (rebate.chosen) void rebate.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : this.load()))
    },
    onMonth(event: WechatMiniprogram.BaseEvent) {
      const { sp, month } = event.currentTarget.dataset as { sp: string; month: string }
      if (this.data.wide) void rebate.open({ sp_mchid: sp, month })
      else goTo(`/packages/manage/rebate/index?sp_mchid=${sp}&month=${month}`)
    },
    onAll() {
      void rebate.showMarked(false)
    },
    onMarked() {
      void rebate.showMarked(true)
    },
    onShop(event: WechatMiniprogram.BaseEvent) {
      const sub_mchid = event.currentTarget.dataset.id as string
      if (sub_mchid !== '') goTo(merchantPage(sub_mchid))
    },
  },
})
