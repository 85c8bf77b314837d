// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.assign': '分配商户',

  'assign.facts': '尾号 {tail} · {place}',
  'assign.all': '全选（{total}）',
  'assign.all_note': '也包括下面还没加载出来的',
  'assign.chosen': '已选 {count} 家',
  'assign.give': '分给',
  'assign.who': '分给谁',
  'assign.none': '没有可以分的商户',
  'assign.none_sentence': '回到商户列表，换一个筛选条件再来。',
  'assign.sheet_title': '把 {count} 家商户分给 {name}',
  'assign.sheet_nobody': '让 {count} 家商户没人负责',
  'assign.sheet_found': '选中的有 {total} 家',
  'assign.sheet_same': '{count} 家本来就由他负责',
  'assign.sheet_same_nobody': '{count} 家本来就没人负责',
  'assign.refused_NOT_FOUND': '{count} 家不在你的负责范围，不会动：尾号 {tails}',
  'assign.refused_OUTSIDE_THEIR_REGIONS': '{count} 家不在他的地区，不会动：尾号 {tails}',
  'assign.confirm': '分配',
  'assign.held': '5 秒后把 {count} 家分给 {name}',
  'assign.held_nobody': '5 秒后让 {count} 家没人负责',
  'assign.ended_undone': '已撤销，什么都没有改。',
  'assign.ended_offline': '网络断开，没有分配。联网后请重新操作。',
  'assign.ended_late': '离开太久，没有分配。请重新操作。',
  'assign.running': '正在分配，已看 {done}/{total} 家',
  'assign.finished': '{count} 家已分给 {name}',
  'assign.finished_nobody': '{count} 家已变成没人负责',
  'assign.stopped': '停下了，已分 {count} 家',
  'assign.stopped_taker': '接手的人刚被停用或换了角色，其余的没有动。',
  'assign.stopped_asker': '你的角色刚被改动，其余的没有动。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
