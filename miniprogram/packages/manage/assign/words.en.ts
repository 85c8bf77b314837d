// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.assign': 'Assign merchants',

  'assign.facts': 'Ending {tail} · {place}',
  'assign.all': 'Select all ({total})',
  'assign.all_note': 'Also those below that are not loaded yet',
  'assign.chosen': 'Chosen: {count}',
  'assign.give': 'Assign',
  'assign.who': 'Assign to',
  'assign.none': 'No merchants to assign',
  'assign.none_sentence': 'Go back to the list and change its filters.',
  'assign.sheet_title': 'Merchants that go to {name}: {count}',
  'assign.sheet_nobody': 'Merchants left to nobody: {count}',
  'assign.sheet_found': 'Chosen: {total}',
  'assign.sheet_same': 'Already theirs: {count}',
  'assign.sheet_same_nobody': 'Already nobody responsible: {count}',
  'assign.refused_NOT_FOUND': 'Outside your area, left as they are: {count}, ending {tails}',
  'assign.refused_OUTSIDE_THEIR_REGIONS': 'Outside their regions, left as they are: {count}, ending {tails}',
  'assign.confirm': 'Assign',
  'assign.held': 'In 5 seconds to {name}: {count}',
  'assign.held_nobody': 'In 5 seconds to nobody: {count}',
  'assign.ended_undone': 'Undone, nothing was changed.',
  'assign.ended_offline': 'The network was lost, nothing was assigned. Try again when connected.',
  'assign.ended_late': 'Away too long, nothing was assigned. Please start again.',
  'assign.running': 'Assigning, {done} of {total} looked at',
  'assign.finished': 'Now with {name}: {count}',
  'assign.finished_nobody': 'Now with nobody: {count}',
  'assign.stopped': 'Stopped after {count}',
  'assign.stopped_taker': 'Whoever was to get them was disabled or changed role. The rest is as it was.',
  'assign.stopped_asker': 'Your role was changed. The rest is as it was.',
}
