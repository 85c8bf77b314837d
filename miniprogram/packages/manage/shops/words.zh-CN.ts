// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.shops': '商户清单',
  'shops.total': '{count} 家',
  'shops.export': '导出',
  'shops.everything': '全部商户',
  'shops.mine': '我负责的',
  'shops.nobody': '没有人负责',
  'shops.missing': '还没迁移',
  'shops.or': '、',
  'shops.on': '{day}结束时',
  'shops.since_between': '{from}到{to}看到',
  'shops.since_from': '{day}以后看到',
  'shops.since_to': '{day}以前看到',
  'shops.within_1s': '小票 1 秒内出来',
  'shops.within_3s': '小票 1 到 3 秒出来',
  'shops.over_3s': '小票超过 3 秒',
  'shops.unmeasured': '没量过小票',
  'shops.now': '列表按现在的状态显示；当时的状态见上面的条件。',
  'shops.name': '商户',
  'shops.number': '商户号',
  'shops.place': '地区',
  'shops.state': '状态',
  'shops.proof': '依据',
  'shops.person': '负责人',
  'shops.nobody_short': '无',
  'shops.none': '没有这样的商户',
  'shops.none_sentence': '看板上的数字变了，或这些商户不再属于你的范围。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
