// 地区收款: what the districts of my scope were paid; districts beside the plots where there is room.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import './words'

const { paymentTotals, preferences, session } = stores
const say: typeof preferences.say = (...given) => preferences.say(...given)
const PANELS = ['error', 'offline', 'forbidden']

Component({
  behaviors: [
    screen({
      words: [
        'region_payments.stale',
        'region_payments.mode',
        'region_payments.plot',
        'region_payments.table',
        'region_payments.regions',
        'region_payments.days',
        'region_payments.hours',
        'region_payments.ways',
      ],
      title: 'page.region_payments',
      large: false,
    }),
    signedIn,
    wide,
    bound({
      skeleton: () => paymentTotals.reading.skeleton,
      slow: () => paymentTotals.reading.status === 'slow',
      panel: () =>
        session.status === 'error' ? 'error' : PANELS.includes(paymentTotals.reading.status) ? paymentTotals.reading.status : '',
      problem: () => (session.status === 'error' ? session.problem : askedOfAdmin(paymentTotals.reading.problem, say)),
      age: () => paymentTotals.age && say('region_payments.stale_text', { time: paymentTotals.age }),
      view: () => paymentTotals.view,
      plots: () => paymentTotals.plots,
      tables: () => paymentTotals.tables,
      isTable: () => paymentTotals.isTable,
    }),
  ],
  data: { wide: false },
  methods: {
    begin() {
      void paymentTotals.refresh()
    },
    /** each opening begins with plots */
    onUnload() {
      paymentTotals.show(false)
    },
    async onPullDownRefresh() {
      await retry(paymentTotals.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : paymentTotals.refresh()))
    },
    onPlot() {
      paymentTotals.show(false)
    },
    onTable() {
      paymentTotals.show(true)
    },
  },
})
