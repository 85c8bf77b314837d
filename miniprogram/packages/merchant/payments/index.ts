// 收款分析: when and how a shop is paid, how many customers see its receipt, and what follows for it.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { ofMerchant, openMerchant, toMerchant } from '../behaviors/of-merchant'
import { stores } from '../stores/index'
import './words'
import '../words/words'

const { merchant, payments, preferences, receiptContent, session } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
const PANELS = ['error', 'offline', 'forbidden']

Component({
  behaviors: [
    screen({
      words: [
        'payments.items',
        'payments.stale',
        'payments.mode',
        'payments.plot',
        'payments.table',
        'payments.seen_how',
        'payments.suggestions',
        'payments.no_suggestions',
        'payments.plot_days',
        'payments.plot_week',
        'payments.plot_ways',
        'payments.plot_bands',
        'payments.column_day',
        'payments.column_count',
        'payments.column_web',
        'payments.column_hour',
        'payments.figure_refunds',
        'payments.to_owner',
      ],
      title: 'page.payments',
      large: false,
    }),
    signedIn,
    ofMerchant,
    bound({
      name: () => merchant.shop?.name ?? '',
      skeleton: () => payments.reading.skeleton,
      slow: () => payments.reading.status === 'slow',
      panel: () => (session.status === 'error' ? 'error' : PANELS.includes(payments.reading.status) ? payments.reading.status : ''),
      problem: () => (session.status === 'error' ? session.problem : payments.reading.problem),
      age: () => payments.age && say('payments.stale_text', { time: payments.age }),
      view: () => payments.view,
      plots: () => payments.plots,
      tables: () => payments.tables,
      isTable: () => payments.isTable,
      hours: () => [0, 6, 12, 18, 24].map(hour => say('payments.hour', { hour })),
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      void receiptContent.open(this.data.sub_mchid)
      payments.open(this.data.sub_mchid)
    },
    /** each opening begins with plots */
    onUnload() {
      payments.show(false)
    },
    async onPullDownRefresh() {
      await retry(payments.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : payments.refresh()))
    },
    onPlot() {
      payments.show(false)
    },
    onTable() {
      payments.show(true)
    },
    onSuggestion(event: WechatMiniprogram.BaseEvent) {
      const to = event.currentTarget.dataset.to as string
      if (to === 'detail') toMerchant(this.data.sub_mchid)
      else goTo(`/packages/merchant/${to}/index?sub_mchid=${this.data.sub_mchid}`)
    },
    onOwner() {
      goTo(`/packages/merchant/explain/index?sub_mchid=${this.data.sub_mchid}&payments=1`)
    },
  },
})
