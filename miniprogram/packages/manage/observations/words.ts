// The words of this page, in 简体中文 and in English. Questions and what was seen come from the server.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    observations: ['微信支付实况', 'WeChat Pay as seen'],
  },
  observations: {
    texts_title: ['微信支付说过的话', 'What WeChat Pay said'],
    questions_title: ['还没有答案的事', 'Open questions'],
    section: ['facts.md §{section}', 'From facts.md §{section}'],
    settled: ['怎样才算有答案：{by}', 'Settled by: {by}'],
    nothing: ['还没有看到', 'Not seen yet'],
    unwatched: ['这里看不到，要到别处找答案', 'Out of sight here: the answer is elsewhere'],
    times: ['{count} 次', '{count|time|times}'],
    between: ['{first} 到 {last}', '{first} to {last}'],
    wordless: ['没有能读的文字', 'Nothing readable'],
    unknown: ['没人知道是什么意思，原样显示给同事', 'Nobody knows what it means: shown as it is'],
    taken_program: ['当作「{as}」', 'Taken for “{as}”'],
    taken_operator: ['当作「{as}」，运营定的', 'Taken for “{as}”, as an operator said'],
    given: ['{name} 定的 · {time}', '{name} · {time}'],
    taken_back: ['{name} 收回 · {time}', 'Taken back by {name} · {time}'],
    classify: ['说明意思', 'Say what it means'],
    change: ['换一个意思', 'Change'],
    revoke: ['收回', 'Take back'],
    revoke_title: ['收回这个说明？', 'Take this back?'],
    revoke_text: [
      '从下一次起，又原样显示微信支付的话。已经记下的不变。',
      'From the next time on, the words of WeChat Pay are shown as they are again. What was recorded stays.',
    ],
    sheet_title: ['这句话是什么意思', 'What does this text mean?'],
    sheet_text: [
      '从下一次起，遇到同样的话就这样处理和提示。以前的记录不变，随时可以收回。',
      'From the next time on, the same words are treated and explained so. Earlier records stay as they are; it can be taken back at any time.',
    ],
    confirm: ['以后都这样处理', 'Treat it so'],
    no_texts: ['还没有拒绝过', 'Nothing was refused yet'],
    no_texts_sentence: ['微信支付拒绝一次操作，它的话就会出现在这里。', 'When WeChat Pay refuses something, its words appear here.'],
    overtaken: ['同事刚改过', 'A colleague has just changed it'],
    overtaken_text: ['下面是最新的内容，你的没有保存。', 'Below is what it is now; yours was not saved.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
