// 简体中文: the words of this page.
import { addWords } from '../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.mine': '我的',

  'mine.regions': '负责范围',
  'mine.all_regions': '全部区域',
  'mine.assigned_only': '只看分配给我的商户',
  'mine.provider': '服务商',
  'mine.receipt_link': '商家小票链接',
  'mine.receipt_link_ready': '已配置',
  'mine.receipt_link_missing': '未配置',
  'mine.requests': '关闭申请',
  'mine.requests_note': '我申请关闭的点金计划，和处理结果',
  'mine.desk': '管理',
  'mine.desk_note': '审批、记录和服务商的设置',
  'mine.settings': '设置',
  'mine.settings_note': '语言、外观、文字大小',
  'mine.help': '帮助与诊断',
  'mine.help_note': '点金计划、JSAPI、每个提示怎么办',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
