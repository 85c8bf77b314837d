// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    shops: ['商户清单', 'Merchant list'],
  },
  shops: {
    total: ['{count} 家', '{count|merchant|merchants}'],
    export: ['导出', 'Export'],
    everything: ['全部商户', 'All merchants'],
    mine: ['我负责的', 'Assigned to me'],
    nobody: ['没有人负责', 'Nobody in charge'],
    missing: ['还没迁移', 'Not migrated yet'],
    or: ['、', ', '],
    on: ['{day}结束时', 'At the end of {day}'],
    since_between: ['{from}到{to}看到', 'Seen from {from} to {to}'],
    since_from: ['{day}以后看到', 'Seen since {day}'],
    since_to: ['{day}以前看到', 'Seen until {day}'],
    within_1s: ['小票 1 秒内出来', 'Receipt within 1 second'],
    within_3s: ['小票 1 到 3 秒出来', 'Receipt in 1 to 3 seconds'],
    over_3s: ['小票超过 3 秒', 'Receipt after more than 3 seconds'],
    unmeasured: ['没量过小票', 'Receipt never timed'],
    now: ['列表按现在的状态显示；当时的状态见上面的条件。', "Rows show today's state; the state at that time is named above."],
    name: ['商户', 'Merchant'],
    number: ['商户号', 'Merchant ID'],
    place: ['地区', 'Region'],
    state: ['状态', 'State'],
    proof: ['依据', 'Proof'],
    person: ['负责人', 'In charge'],
    nobody_short: ['无', 'Nobody'],
    none: ['没有这样的商户', 'No such merchant'],
    none_sentence: [
      '看板上的数字变了，或这些商户不再属于你的范围。',
      'The number has changed, or these merchants are no longer in your area.',
    ],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
