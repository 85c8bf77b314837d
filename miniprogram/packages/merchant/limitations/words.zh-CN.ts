// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.limitations': '微信支付限制',

  'limitations.limited': '微信支付正在限制这家店',
  'limitations.lifted': '微信支付的限制已解除',
  'limitations.never': '没有发现过限制',
  'limitations.how': '开通被拒绝、收到微信支付通知时，会自动问微信支付；也可以现在问一次。',
  'limitations.found_at': '{time} 问到的',
  'limitations.lifted_at': '{time} 起不再限制',
  'limitations.was_lifted': '解除',
  'limitations.functions': '限制了什么',
  'limitations.todo': '商户要做什么',
  'limitations.no_reason': '微信支付没有说原因',
  'limitations.no_way': '微信支付没有说怎么解除，请商户看微信支付的通知。',
  'limitations.since': '{time} 起',
  'limitations.past': '以前',
  'limitations.copy_link': '复制链接',
  'limitations.send': '复制给商户',
  'limitations.ask': '现在问一次',
  'limitations.said_limited': '微信支付刚才说：仍有限制',
  'limitations.said_free': '微信支付刚才说：没有限制',
  'limitations.read_only': '业务员、主管和运营可以问微信支付',
  'limitations.offline': '没有网络',
  'limitations.offline_text': '可以看已加载的内容；问微信支付需要联网。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
