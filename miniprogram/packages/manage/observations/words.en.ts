// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.observations': 'WeChat Pay as seen',

  'observations.texts_title': 'What WeChat Pay said',
  'observations.questions_title': 'Open questions',
  'observations.section': 'From facts.md §{section}',
  'observations.settled': 'Settled by: {by}',
  'observations.nothing': 'Not seen yet',
  'observations.unwatched': 'Out of sight here: the answer is elsewhere',
  'observations.times': '{count|time|times}',
  'observations.between': '{first} to {last}',
  'observations.wordless': 'Nothing readable',
  'observations.unknown': 'Nobody knows what it means: shown as it is',
  'observations.taken_program': 'Taken for “{as}”',
  'observations.taken_operator': 'Taken for “{as}”, as an operator said',
  'observations.given': '{name} · {time}',
  'observations.taken_back': 'Taken back by {name} · {time}',
  'observations.classify': 'Say what it means',
  'observations.change': 'Change',
  'observations.revoke': 'Take back',
  'observations.revoke_title': 'Take this back?',
  'observations.revoke_text': 'From the next time on, the words of WeChat Pay are shown as they are again. What was recorded stays.',
  'observations.sheet_title': 'What does this text mean?',
  'observations.sheet_text':
    'From the next time on, the same words are treated and explained so. Earlier records stay as they are; it can be taken back at any time.',
  'observations.confirm': 'Treat it so',
  'observations.no_texts': 'Nothing was refused yet',
  'observations.no_texts_sentence': 'When WeChat Pay refuses something, its words appear here.',
  'observations.overtaken': 'A colleague has just changed it',
  'observations.overtaken_text': 'Below is what it is now; yours was not saved.',
}
