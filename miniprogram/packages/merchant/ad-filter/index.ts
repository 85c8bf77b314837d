// 同业过滤: the industries that may not advertise on this shop's payment result page. 1 to 3 of 36; saving overwrites.
import { reaction } from 'mobx-miniprogram'
import { bound } from '../../../behaviors/bound'
import { ofChange } from '../behaviors/of-change'
import { ofMerchant, openMerchant } from '../behaviors/of-merchant'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { stores } from '../stores/index'
import './words'

const { ads, merchant } = stores
const stops = new WeakMap<object, () => void>()

Component({
  behaviors: [
    screen({
      words: [
        'ad_filter.plan_title',
        'ad_filter.plan_text',
        'ad_filter.why',
        'ad_filter.chosen',
        'ad_filter.full',
        'ad_filter.field',
        'ad_filter.no_match',
        'ad_filter.no_match_sentence',
        'ad_filter.overwrites',
        'ad_filter.before',
        'ad_filter.after',
        'ad_filter.clear_title',
        'ad_filter.clear_text',
        'hold.undo',
      ],
      title: 'page.ad_filter',
      large: false,
    }),
    signedIn,
    ofMerchant,
    ofChange,
    bound({
      name: () => merchant.merchant?.name ?? '',
      planMissing: () => Boolean(ads.plan_missing),
      setBy: () => ads.set_by,
      count: () => ads.count,
      full: () => ads.full,
      query: () => ads.query,
      groups: () => ads.groups,
      change: () => ads.change,
      refusalToSave: () => ads.refusal ?? '',
      saveLabel: () => ads.save_label,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  lifetimes: {
    attached() {
      stops.set(
        this,
        reaction(
          () => merchant.merchant?.sub_mchid,
          sub_mchid => sub_mchid === this.data.sub_mchid && ads.begin(),
        ),
      )
    },
    detached() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      if (merchant.merchant?.sub_mchid === this.data.sub_mchid) ads.begin()
    },
    onUnload() {
      // What is held leaves with the page that it was asked on (product.md §6.2).
      merchant.hide()
      ads.leave()
    },
    onQuery(event: { detail: { value: string } }) {
      ads.search(event.detail.value)
    },
    onTag(event: WechatMiniprogram.BaseEvent) {
      ads.toggle(event.currentTarget.dataset.code as string)
    },
    onSave() {
      ads.save()
    },
  },
})
