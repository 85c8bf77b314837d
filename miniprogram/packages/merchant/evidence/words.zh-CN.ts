// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'evidence_page.empty': '还没有依据',
  'evidence_page.empty_sentence': '开通、验证支付和现场核实之后，会一条条出现在这里。',

  'page.evidence': '全部依据',

  'withdraw.action': '撤回',
  'withdraw.title': '撤回这条依据？',
  'withdraw.point_keep': '撤回后留在列表里，加删除线，不再算数',
  'withdraw.point_verdict': '这家店的结论会重新得出',
  'withdraw.reason': '撤回原因',
  'withdraw.reason_1': '选错了',
  'withdraw.reason_2': '不是这家店',
  'withdraw.reason_3': '重复记录',
  'withdraw.hint': '至少 2 个字',
  'withdraw.done': '已撤回',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
