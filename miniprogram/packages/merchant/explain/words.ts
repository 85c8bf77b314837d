// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    explain: ['讲给商户听', 'For the owner'],
  },
  explain: {
    end: ['结束', 'End'],
    next: ['下一张', 'Next'],
    again: ['从头再讲', 'Again'],
    done: ['讲完了', 'Done'],
    position: ['第 {number} 张，共 {total} 张', 'Card {number} of {total}'],
    as_of: ['按 {time} 的设置画', 'Drawn from the settings of {time}'],
    change_title: ['顾客付完款，有什么变化？', 'What changes after a customer has paid?'],
    change_page: ['付完点「完成」，会看到微信支付的官方页面', 'After tapping Done they see the official WeChat Pay page'],
    change_legacy: ['付完不再跳到店里自己的网页', "They are no longer taken to the shop's own page"],
    change_same: ['收款码不用换，付款方法也不变', 'The payment code and the way to pay stay the same'],
    change_more: ['官方页面上可以放店里的小票，比如取餐码', "The official page can show the shop's own receipt, such as a pick-up code"],
    page_title: ['顾客付完款，看到什么？', 'What do customers see after paying?'],
    before: ['没开通', 'Without'],
    after: ['开通后', 'With'],
    pause: ['，', ', '],
    more: ['这件事的来历和费用', 'Where this comes from, what it costs'],
    bill: ['付款凭证', 'Proof of payment'],
    bill_text: ['由微信支付显示', 'shown by WeChat Pay'],
    receipt: ['商家小票', 'Merchant receipt'],
    receipt_text: ['显示{blocks}', 'shows {blocks}'],
    receipt_unread: ['内容由服务商提供', 'content from the provider'],
    official: ['官方小票', 'Official receipt'],
    official_text: ['开商家小票后，可放取餐码、停车时长', 'with a merchant receipt: pick-up code, parking time'],
    ads: ['广告', 'Ads'],
    ads_shown: ['由微信支付投放，可以避开同行', 'from WeChat Pay; competitors can be blocked'],
    ads_possible: ['可能会有，可以避开同行', 'may appear; competitors can be blocked'],
    ads_none: ['这家店已关广告，不会出现', 'switched off for this shop'],
    receipt_title: ['商家小票，给顾客看什么？', 'What does the merchant receipt show?'],
    receipt_now: ['小票上是：{blocks}', 'On the receipt: {blocks}'],
    receipt_none: ['还没有选小票内容，顾客看到的是官方小票', 'Nothing has been chosen yet: customers see the official receipt'],
    receipt_closed: ['商家小票还没有开，顾客看到的是官方小票', 'The merchant receipt is not open yet: customers see the official receipt'],
    receipt_change: ['内容可以换，告诉我们就行', 'The content can be changed, just tell us'],
    receipt_fast: ['付完几秒内就出来，不用下载，不用登录', 'It appears within seconds; nothing to install, no login'],
    receipt_sample: ['图里的内容是示例，不是真的订单', 'The picture shows samples, no real order'],
    ads_title: ['广告和关闭，要知道的事', 'About ads, and about closing'],
    ads_point_shown: ['页面下方会有微信支付投放的广告', 'Ads from WeChat Pay appear at the bottom of the page'],
    ads_point_possible: ['页面下方可能有微信支付投放的广告', 'Ads from WeChat Pay may appear at the bottom of the page'],
    ads_point_none: ['这家店的广告关着，页面上没有广告', 'Ads are switched off for this shop'],
    filter_set: ['已经避开这些行业的广告：{industries}', 'Ads from these industries are blocked: {industries}'],
    filter_none: ['不想让同行的广告出现，可以选最多 3 个行业避开', "To block competitors' ads, choose up to 3 industries"],
    close_page: [
      '关闭以后，顾客付完款网页直接关闭，也看不到小票',
      'Once Gold Plan is closed, the page just closes after paying, with no receipt',
    ],
    close_lock: ['关闭后 24 小时内，不能再次开通', 'After closing, it cannot be opened again for 24 hours'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
