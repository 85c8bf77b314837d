// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.notices': '提醒',

  'notices.none': '还没有提醒',
  'notices.none_sentence': '关闭申请有了结果、你的商户回退或被处罚、批量任务做完或停下，会写在这里。',
  'notices.unread': '{count} 条没看过',
  'notices.unread_mark': '没看过',
  'notices.read_all': '全部标为看过',
  'notices.wechat': '也用微信告诉我',
  'notices.wechat_note': '微信规定：每同意一次，每种只能收到一条。',
  'notices.allow': '同意一次',
  'notices.allowed': '还能收到 {count} 条微信消息',
  'notices.allowed_none': '现在不会收到微信消息',

  'notices.rejected': '关闭申请被拒绝',
  'notices.executed': '点金计划已按申请关闭',
  'notices.failed': '关闭申请没有关成',
  'notices.expired': '关闭申请 72 小时没人处理，已过期',
  'notices.regressed': '商户从官方页面退回去了',
  'notices.punished': '微信支付在处罚这家商户，开不了',
  'notices.completed': '批量任务做完了',
  'notices.stopped': '批量任务自己停了',
  'notices.waiting': '批量任务做完一批，等你看过',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
