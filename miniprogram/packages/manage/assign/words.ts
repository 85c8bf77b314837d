// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    assign: ['分配商户', 'Assign merchants'],
  },
  assign: {
    facts: ['尾号 {tail} · {place}', 'Ends in {tail} · {place}'],
    all: ['全选（{total}）', 'Select all ({total})'],
    all_note: ['也包括下面还没加载出来的', 'Also those below that are not loaded yet'],
    chosen: ['已选 {count} 家', 'Chosen: {count}'],
    give: ['分给', 'Assign'],
    who: ['分给谁', 'Assign to'],
    none: ['没有可以分的商户', 'No merchants to assign'],
    none_sentence: ['回到商户列表，换一个筛选条件再来。', 'Go back to the list and change its filters.'],
    sheet_title: ['把 {count} 家商户分给 {name}', 'Merchants that go to {name}: {count}'],
    sheet_nobody: ['让 {count} 家商户没人负责', 'Merchants left to nobody: {count}'],
    sheet_found: ['选中的有 {total} 家', 'Chosen: {total}'],
    sheet_same: ['{count} 家本来就由他负责', 'Already theirs: {count}'],
    sheet_same_nobody: ['{count} 家本来就没人负责', 'Already nobody responsible: {count}'],
    refused_NOT_FOUND: ['{count} 家不在你的负责范围，不会动：尾号 {tails}', 'Outside your area, left as they are: {count}, ending {tails}'],
    refused_OUTSIDE_THEIR_REGIONS: [
      '{count} 家不在他的地区，不会动：尾号 {tails}',
      'Outside their regions, left as they are: {count}, ending {tails}',
    ],
    confirm: ['分配', 'Assign'],
    held: ['5 秒后把 {count} 家分给 {name}', 'In 5 seconds to {name}: {count}'],
    held_nobody: ['5 秒后让 {count} 家没人负责', 'In 5 seconds to nobody: {count}'],
    ended_undone: ['已撤销，什么都没有改。', 'Undone, nothing was changed.'],
    ended_offline: ['网络断开，没有分配。联网后请重新操作。', 'The network was lost, nothing was assigned. Try again when connected.'],
    ended_late: ['离开太久，没有分配。请重新操作。', 'Away too long, nothing was assigned. Please start again.'],
    running: ['正在分配，已看 {done}/{total} 家', 'Assigning, {done} of {total} looked at'],
    finished: ['{count} 家已分给 {name}', 'Now with {name}: {count}'],
    finished_nobody: ['{count} 家已变成没人负责', 'Now with nobody: {count}'],
    stopped: ['停下了，已分 {count} 家', 'Stopped after {count}'],
    stopped_taker: [
      '接手的人刚被停用或换了角色，其余的没有动。',
      'Whoever was to get them was disabled or changed role. The rest is as it was.',
    ],
    stopped_asker: ['你的角色刚被改动，其余的没有动。', 'Your role was changed. The rest is as it was.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
