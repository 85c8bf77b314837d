// 小票加载: of one shop by day, or of all shops in my scope, worst first.
import { retry } from '../../../behaviors/retry'
import { goTo, replaceWith } from '../../../behaviors/navigation'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { toMerchant } from '../behaviors/of-merchant'
import { stores } from '../stores/index'
import type { RangeDays } from './view'
import './words'
import '../words/words'

const { preferences, receiptHealth, session } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
const PANELS = ['error', 'offline', 'forbidden']
const RANGES: readonly RangeDays[] = [7, 30]

Component({
  behaviors: [
    screen({
      words: [
        'receipt_health.check_link',
        'receipt_health.legend_late',
        'receipt_health.legend_lost',
        'receipt_health.limit',
        'receipt_health.none_all_text',
        'receipt_health.none_text',
        'receipt_health.plot_loads',
        'receipt_health.plot_times',
        'receipt_health.range',
        'receipt_health.shops',
        'receipt_health.stale',
        'receipt_health.stale_text',
        'receipt_health.table',
        'receipt_health.table_hide',
        'receipt_health.to_shop',
        'receipt_health.unverified_text',
      ],
      title: 'page.receipt_health',
      large: false,
    }),
    signedIn,
    bound({
      ranges: () => RANGES.map(days => ({ days, label: say(`receipt_health.days_${days}`), on: days === receiptHealth.days })),
      skeleton: () => receiptHealth.reading.skeleton,
      slow: () => receiptHealth.reading.status === 'slow',
      panel: () =>
        session.status === 'error' ? 'error' : PANELS.includes(receiptHealth.reading.status) ? receiptHealth.reading.status : '',
      problem: () => (session.status === 'error' ? session.problem : receiptHealth.reading.problem),
      stale: () => receiptHealth.reading.stale,
      view: () => receiptHealth.view,
      all: () => receiptHealth.all,
    }),
  ],
  data: { open: false },
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      receiptHealth.open(this.data.sub_mchid)
    },
    onUnload() {
      receiptHealth.leave()
    },
    async onPullDownRefresh() {
      await retry(receiptHealth.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : receiptHealth.refresh()))
    },
    onRange(event: WechatMiniprogram.BaseEvent) {
      receiptHealth.choose(event.currentTarget.dataset.days as RangeDays)
    },
    onTable() {
      this.setData({ open: !this.data.open })
    },
    onShop(event: WechatMiniprogram.BaseEvent) {
      goTo(`/packages/merchant/detail/index?sub_mchid=${event.currentTarget.dataset.id as string}`)
    },
    onLink() {
      replaceWith(`/packages/merchant/link-check/index?sub_mchid=${this.data.sub_mchid}`)
    },
    toMerchant() {
      toMerchant(this.data.sub_mchid)
    },
  },
})
