import type { Observations } from './schema.ts'

const WORDS = {
  zh: {
    nothing: '还没有看到',
    unwatched: '这里看不到',
    settled: '怎样才算有答案：',
    times: '次',
    texts: '微信支付说过的话',
    none: '没有',
    by: '按',
  },
  en: {
    nothing: 'nothing seen yet',
    unwatched: 'out of sight here',
    settled: 'Settled by: ',
    times: '×',
    texts: 'What WeChat Pay said',
    none: 'nothing',
    by: 'as',
  },
} as const

/** For a terminal: one block for each question, then every text. */
export function report({ questions, texts, as_of }: Observations, language: 'zh' | 'en'): string {
  const words = WORDS[language]
  const times = (count: number, first: string | null, last: string | null) =>
    [`${count} ${words.times}`, first && (first === last ? minuteOf(first) : `${minuteOf(first)} – ${minuteOf(last ?? first)}`)]
      .filter(Boolean)
      .join('  ')
  const lines = questions.flatMap(({ id, section, question, settled_by, watched, seen }) => [
    `§${section} ${question}  [${id}]`,
    ...(seen.length > 0
      ? seen.map(
          ({ what, text, count, first_at, last_at }) => `    ${what}${text ? `「${text}」` : ''}  ${times(count, first_at, last_at)}`,
        )
      : [`    ${watched ? words.nothing : words.unwatched}`]),
    `    ${words.settled}${settled_by}`,
    '',
  ])
  return [
    minuteOf(as_of),
    '',
    ...lines,
    words.texts,
    ...texts.map(
      ({ http_status, wx_code, text, count, first_at, last_at, code }) =>
        `    HTTP ${http_status} ${wx_code}「${text}」 ${words.by} ${code}  ${times(count, first_at, last_at)}`,
    ),
    ...(texts.length === 0 ? [`    ${words.none}`] : []),
  ].join('\n')
}

/** 2026-11-23T10:12:00+08:00 → 2026-11-23 10:12 */
const minuteOf = (instant: string) => instant.slice(0, 16).replace('T', ' ')
