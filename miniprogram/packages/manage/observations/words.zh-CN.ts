// 简体中文: the words of this page. Questions and what was seen come from the server.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.observations': '微信支付实况',

  'observations.texts_title': '微信支付说过的话',
  'observations.questions_title': '还没有答案的事',
  'observations.section': 'facts.md §{section}',
  'observations.settled': '怎样才算有答案：{by}',
  'observations.nothing': '还没有看到',
  'observations.unwatched': '这里看不到，要到别处找答案',
  'observations.times': '{count} 次',
  'observations.between': '{first} 到 {last}',
  'observations.wordless': '没有能读的文字',
  'observations.unknown': '没人知道是什么意思，原样显示给同事',
  'observations.taken_program': '当作「{as}」',
  'observations.taken_operator': '当作「{as}」，运营定的',
  'observations.given': '{name} 定的 · {time}',
  'observations.taken_back': '{name} 收回 · {time}',
  'observations.classify': '说明意思',
  'observations.change': '换一个意思',
  'observations.revoke': '收回',
  'observations.revoke_title': '收回这个说明？',
  'observations.revoke_text': '从下一次起，又原样显示微信支付的话。已经记下的不变。',
  'observations.sheet_title': '这句话是什么意思',
  'observations.sheet_text': '从下一次起，遇到同样的话就这样处理和提示。以前的记录不变，随时可以收回。',
  'observations.confirm': '以后都这样处理',
  'observations.no_texts': '还没有拒绝过',
  'observations.no_texts_sentence': '微信支付拒绝一次操作，它的话就会出现在这里。',
  'observations.overtaken': '同事刚改过',
  'observations.overtaken_text': '下面是最新的内容，你的没有保存。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
