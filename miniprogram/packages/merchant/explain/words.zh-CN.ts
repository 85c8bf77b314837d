// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.explain': '讲给商户听',

  'explain.end': '结束',
  'explain.next': '下一张',
  'explain.again': '从头再讲',
  'explain.done': '讲完了',
  'explain.position': '第 {number} 张，共 {total} 张',
  'explain.as_of': '按 {time} 的设置画',
  'explain.change_title': '顾客付完款，有什么变化？',
  'explain.change_page': '付完点「完成」，会看到微信支付的官方页面',
  'explain.change_legacy': '付完不再跳到店里自己的网页',
  'explain.change_same': '收款码不用换，付款方法也不变',
  'explain.change_more': '官方页面上可以放店里的小票，比如取餐码',
  'explain.page_title': '顾客付完款，看到什么？',
  'explain.before': '没开通',
  'explain.after': '开通后',
  'explain.pause': '，',
  'explain.more': '这件事的来历和费用',
  'explain.bill': '付款凭证',
  'explain.bill_text': '由微信支付显示',
  'explain.receipt': '商家小票',
  'explain.receipt_text': '显示{blocks}',
  'explain.receipt_unread': '内容由服务商提供',
  'explain.official': '官方小票',
  'explain.official_text': '开商家小票后，可放取餐码、停车时长',
  'explain.ads': '广告',
  'explain.ads_shown': '由微信支付投放，可以避开同行',
  'explain.ads_possible': '可能会有，可以避开同行',
  'explain.ads_none': '这家店已关广告，不会出现',
  'explain.receipt_title': '商家小票，给顾客看什么？',
  'explain.receipt_now': '小票上是：{blocks}',
  'explain.receipt_none': '还没有选小票内容，顾客看到的是官方小票',
  'explain.receipt_closed': '商家小票还没有开，顾客看到的是官方小票',
  'explain.receipt_change': '内容可以换，告诉我们就行',
  'explain.receipt_fast': '付完几秒内就出来，不用下载，不用登录',
  'explain.receipt_sample': '图里的内容是示例，不是真的订单',
  'explain.ads_title': '广告和关闭，要知道的事',
  'explain.ads_point_shown': '页面下方会有微信支付投放的广告',
  'explain.ads_point_possible': '页面下方可能有微信支付投放的广告',
  'explain.ads_point_none': '这家店的广告关着，页面上没有广告',
  'explain.filter_set': '已经避开这些行业的广告：{industries}',
  'explain.filter_none': '不想让同行的广告出现，可以选最多 3 个行业避开',
  'explain.close_page': '关闭以后，顾客付完款网页直接关闭，也看不到小票',
  'explain.close_lock': '关闭后 24 小时内，不能再次开通',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
