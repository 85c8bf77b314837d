// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  evidence_page: {
    empty: ['还没有依据', 'No evidence yet'],
    empty_sentence: [
      '开通、验证支付和现场核实之后，会一条条出现在这里。',
      'Openings, test payments and checks on site will appear here one by one.',
    ],
  },
  page: {
    evidence: ['全部依据', 'All evidence'],
  },
  withdraw: {
    action: ['撤回', 'Withdraw'],
    title: ['撤回这条依据？', 'Withdraw this evidence?'],
    point_keep: ['撤回后留在列表里，加删除线，不再算数', 'It stays in the list, struck through, and no longer counts'],
    point_verdict: ['这家店的结论会重新得出', 'The verdict is worked out again'],
    reason: ['撤回原因', 'Reason'],
    reason_1: ['选错了', 'Wrong choice'],
    reason_2: ['不是这家店', 'Not this shop'],
    reason_3: ['重复记录', 'Recorded twice'],
    hint: ['至少 2 个字', '2 characters or more'],
    done: ['已撤回', 'Withdrawn'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
