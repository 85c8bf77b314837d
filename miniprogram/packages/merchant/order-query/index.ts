// 问微信支付: the 商户单号 of one's own test payment, scanned or pasted, and what WeChat Pay says about it.
import { replaceWith } from '../../../behaviors/navigation'
import { copyText, openGuideline } from '../../../behaviors/telling'
import { box } from '../behaviors/box'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { ScanAct } from '../scan/view'
import { ofMerchant, openMerchant, toMerchant } from '../behaviors/of-merchant'
import { own, stores } from '../stores/index'
import { OrderQueryStore } from './store'
import { orderScanSheet } from './sheet'
import './words'
import '../words/words'

const { merchant, network, preferences } = stores
const orderQuery = own(({ context, merchant }) => new OrderQueryStore(context, merchant))

Component({
  behaviors: [
    screen({
      words: [
        'order_query.again',
        'order_query.ask',
        'order_query.back',
        'order_query.do_again',
        'order_query.field',
        'order_query.forbidden',
        'order_query.forbidden_sentence',
        'order_query.hint',
        'order_query.how',
        'order_query.how_1',
        'order_query.how_2',
        'order_query.how_3',
        'order_query.how_4',
        'order_query.intro',
        'order_query.next_label',
        'order_query.offline',
        'order_query.offline_text',
        'order_query.privacy',
        'order_query.proves_label',
        'order_query.proves_not_label',
        'order_query.scan',
        'order_query.title',
        'order_query.unsure',
        'order_query.unsure_text',
        'order_query.verdict',
      ],
      title: 'page.order_query',
      large: false,
    }),
    signedIn,
    ofMerchant,
    // a payment code does not stay in the field
    box('number', 'onNumber', () => orderQuery.text, orderQuery.type),
    bound({
      name: () => merchant.merchant?.name ?? '',
      forbidden: () => orderQuery.forbidden,
      // the box itself is not written while somebody types
      typed: () => orderQuery.text !== '',
      status: () => orderQuery.status,
      locked: () => orderQuery.locked ?? '',
      offline: () => !network.online,
      result: () => orderQuery.result,
      refused: () => orderQuery.refusal,
      sheet: () => orderQuery.panel && orderScanSheet(orderQuery.panel, preferences.say),
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      orderQuery.open(this.data.sub_mchid)
    },
    onUnload() {
      orderQuery.leave()
    },
    /** the key of the keyboard brings its own value */
    onSearch(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      orderQuery.type(event.detail.value)
      this.onAsk()
    },
    onAsk() {
      if (orderQuery.locked === null) void orderQuery.ask()
    },
    onScan() {
      if (orderQuery.locked === null) void orderQuery.scan()
    },
    onScanAct({ detail: { id } }: { detail: { id: ScanAct } }) {
      if (id === 'guideline') openGuideline()
      else if (id === 'agree') void orderQuery.agree()
      else if (id === 'refuse') orderQuery.refuse()
      else {
        orderQuery.close()
        if (id === 'scan') void orderQuery.scan()
      }
    },
    onAgain() {
      orderQuery.again()
    },
    onCopyRequest() {
      copyText(orderQuery.refusal?.request_id ?? '')
    },
    /** the gold button of the result */
    onNext() {
      const { sub_mchid } = this.data
      switch (orderQuery.result?.primary.id) {
        case 'test_payment':
          return void replaceWith(`/packages/merchant/test-payment/index?sub_mchid=${sub_mchid}`)
        case 'again':
          return orderQuery.again()
        case 'copy_appid':
          return void copyText(orderQuery.result.appid, 'troubleshoot.copied')
        default:
          toMerchant(sub_mchid)
      }
    },
  },
})
