// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.region_payments': '地区收款',

  'region_payments.finding': '近 30 天收款 {count} 笔',
  'region_payments.none': '还没有交易账单',
  'region_payments.none_sentence': '账单每天 10 点后自动取回，到了就能看。',
  'region_payments.few': '近 30 天每个区县都不到 20 笔',
  'region_payments.few_sentence': '一个区县不到 20 笔不显示，避免看出是谁付的。',
  'region_payments.few_regions': '另有 {count} 个区县不到 20 笔，不显示，也不在合计里。',
  'region_payments.more': '还有 {count} 个区县只在合计里。',
  'region_payments.as_of': '账单到 {day}。商户按账单那天所在的区县算。只数笔数，没有顾客、商品和每笔金额。',
  'region_payments.stale': '没有更新',
  'region_payments.stale_text': '没连上服务器，下面是 {time} 读到的。',
  'region_payments.mode': '怎么看',
  'region_payments.plot': '图',
  'region_payments.table': '表',
  'region_payments.regions': '区县',
  'region_payments.days': '每天笔数',
  'region_payments.hours': '一天里的时段',
  'region_payments.ways': '付款方式',
  'region_payments.web': '网页支付 {share}',
  'region_payments.refunds': '退款 {count}',
  'region_payments.hour': '{hour} 点',
  'region_payments.spoken_days': '最多的一天是 {day}，{count} 笔',
  'region_payments.spoken_hours': '{from} 点到 {to} 点最多，{count} 笔',
  'region_payments.way_jsapi': '微信内网页',
  'region_payments.way_miniprogram': '小程序',
  'region_payments.way_unknown_appid': 'AppID 未登记',
  'region_payments.way_native': '扫码（Native）',
  'region_payments.way_micropay': '商家扫顾客',
  'region_payments.way_app': 'App',
  'region_payments.way_h5': '手机浏览器（H5）',
  'region_payments.way_facepay': '刷脸',
  'region_payments.way_other': '其他',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
