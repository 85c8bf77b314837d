// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    region_payments: ['地区收款', 'Payments by district'],
  },
  region_payments: {
    finding: ['{days} 天收款 {count} 笔', '{count} payments in {days|day|days}'],
    none: ['还没有交易账单', 'No trade bill yet'],
    none_sentence: ['账单每天 10 点后自动取回，到了就能看。', 'Bills are fetched each day after 10:00; this page fills when one is here.'],
    few: ['收款太少，还不能显示', 'Too few payments to be shown'],
    few_sentence: [
      '一天满 20 笔的商户才算，不满的按一周合起来满 20 笔才算，避免看出是谁付的。',
      'Shops count with 20 payments on a day, or on their smaller days of a week together, so that nobody can tell who paid.',
    ],
    told_days: [
      '这里是 {from} 到 {to}：商户不满 20 笔的日子按一周合起来算，合起来也不满的不算。',
      'These are {from} to {to}: days of a shop below 20 are joined by week, and left out where that is below 20 too. ',
    ],
    shared: [
      '商户不到 20 笔的日子只按周合计，平均画在那一周里。',
      'Days of shops below 20 are told by week only; their mean is drawn on its days.',
    ],
    days_together: ['{from} 至 {to}，不到 20 笔的日子', '{from} to {to}, days below 20'],
    more: ['还有 {count} 个区县只在合计里。', '{count|more district|more districts} only in the total.'],
    as_of: [
      '账单到 {day}。商户按账单到时所在的区县算。只数笔数，没有顾客、商品和每笔金额。',
      'Bills up to {day}. Shops are counted in the district they were in when the bill landed. Bills are only counted: no customers, no items, no single amounts.',
    ],
    stale: ['没有更新', 'Not updated'],
    stale_text: ['没连上服务器，下面是 {time} 读到的。', 'The server was not reached. This was read {time}.'],
    mode: ['怎么看', 'How to show it'],
    plot: ['图', 'Plots'],
    table: ['表', 'Tables'],
    regions: ['区县', 'Districts'],
    days: ['每天笔数', 'Payments a day'],
    hours: ['一天里的时段', 'Hours of the day'],
    ways: ['付款方式', 'Ways of paying'],
    web: ['网页支付 {share}', 'Web page {share}'],
    refunds: ['退款 {count}', '{count|refund|refunds}'],
    hour: ['{hour} 点', '{hour}:00'],
    most: ['最多 {count} 笔', 'Most: {count}'],
    spoken_days: ['最多的一天是 {day}，{count} 笔', 'Most on {day}: {count}'],
    spoken_hours: ['{from} 点到 {to} 点最多，{count} 笔', 'Most from {from}:00 to {to}:00: {count}'],
    way_jsapi: ['微信内网页', 'Web page in WeChat'],
    way_miniprogram: ['小程序', 'Mini program'],
    way_unknown_appid: ['AppID 未登记', 'AppID not registered'],
    way_native: ['扫码（Native）', 'Scanned code (Native)'],
    way_micropay: ['商家扫顾客', 'Shop scans customer'],
    way_app: ['App', 'App'],
    way_h5: ['手机浏览器（H5）', 'Phone browser (H5)'],
    way_facepay: ['刷脸', 'Face'],
    way_other: ['其他', 'Other'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
