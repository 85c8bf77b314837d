// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.unlisted': '未登记商户',

  'unlisted.why': '这些商户号在交易账单里有收款，但不在商户目录里，没有人在看它们的点金计划。',
  'unlisted.part_open': '待处理',
  'unlisted.part_dismissed': '已忽略',
  'unlisted.payments': '近 30 天 {count} 笔',
  'unlisted.few': '近 30 天不到 20 笔',
  'unlisted.way': '{way} {count} 笔',
  'unlisted.way_jsapi': '公众号网页',
  'unlisted.way_miniprogram': '小程序',
  'unlisted.way_unknown_appid': 'AppID 没登记',
  'unlisted.way_native': '扫码',
  'unlisted.way_micropay': '付款码',
  'unlisted.way_app': 'App',
  'unlisted.way_h5': 'H5',
  'unlisted.way_facepay': '刷脸',
  'unlisted.way_other': '其他',
  'unlisted.since': '{day} 起有收款',
  'unlisted.last': '最近 {day}',
  'unlisted.under': '服务商号 {sp_mchid}',
  'unlisted.dismissed_by': '{time} {by} 忽略',
  'unlisted.add': '加入目录',
  'unlisted.dismiss': '忽略',
  'unlisted.restore': '恢复',
  'unlisted.held_add': '5 秒后把尾号 {tail} 加入目录',
  'unlisted.held_dismiss': '5 秒后忽略尾号 {tail}',
  'unlisted.held_restore': '5 秒后恢复尾号 {tail}',
  'unlisted.ended_undone': '已撤销，没有改动。',
  'unlisted.ended_offline': '没有网络，没有执行。',
  'unlisted.ended_late': '手机休眠过久，没有执行。',
  'unlisted.done_add': '{sub_mchid} 已加入目录',
  'unlisted.done_text': '名称和地区待补，下次导入商户目录时会补上。',
  'unlisted.done_dismiss': '{sub_mchid} 已忽略',
  'unlisted.done_restore': '{sub_mchid} 已恢复',
  'unlisted.open': '打开这家商户',
  'unlisted.none': '没有未登记的商户',
  'unlisted.none_sentence': '账单里收款的商户都在目录里。账单每天 10 点后自动取。',
  'unlisted.none_dismissed': '没有忽略的商户',
  'unlisted.none_dismissed_sentence': '忽略的商户会在这里，可以恢复。',
  'unlisted.merchant': '商户号',
  'unlisted.paid': '收款',
  'unlisted.when': '时间',
  'unlisted.offline': '没有网络',
  'unlisted.offline_text': '可以看已加载的；加入和忽略需要联网。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
