// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.diagnostics': '诊断',

  'diagnostics.version': '点金助手',
  'diagnostics.base_library': '基础库',
  'diagnostics.wechat': '微信',
  'diagnostics.system': '系统',
  'diagnostics.model': '手机',
  'diagnostics.network': '网络',
  'diagnostics.server': '服务器',
  'diagnostics.clock': '手机时间比服务器',
  'diagnostics.storage': '手机里存了',
  'diagnostics.outbox': '待同步',
  'diagnostics.role': '角色',
  'diagnostics.unknown': '不知道',
  'diagnostics.wifi': 'Wi-Fi',
  'diagnostics.mobile': '移动网络',
  'diagnostics.weak': '信号弱',
  'diagnostics.offline': '没有网络',
  'diagnostics.seconds': '慢 {seconds} 秒',
  'diagnostics.kilobytes': '{kilobytes} KB，最多 10 MB',
  'diagnostics.unsent_count': '{count} 项',
  'diagnostics.failed_count': '{count} 项没通过',
  'diagnostics.held': '停着（{held}）',
  'diagnostics.requests': '最近的请求',
  'diagnostics.none': '还没有请求',
  'diagnostics.no_answer': '没有回应',
  'diagnostics.private': '里面没有商户、顾客、密码和登录信息',
  'diagnostics.copy': '复制全部',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
