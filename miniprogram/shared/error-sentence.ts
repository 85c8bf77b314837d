// Which sentence an error has (product.md §7.4): the server writes it into `detail`, the app shows it also for an error of its own.
import { errorsZhCN } from './errors'

type Key = keyof typeof errorsZhCN

/** What a sentence may name. */
export interface SentenceFacts {
  code: string
  /** seconds */
  retry_after?: number | null | undefined
  wx_message?: string | null | undefined
}

interface Sentence {
  key: Key
  values: Record<string, string | number>
}

/** @returns null for a code that the dictionaries do not know */
export function errorSentence({ code, retry_after, wx_message }: SentenceFacts): Sentence | null {
  const of = (key: string, values: Sentence['values'] = {}): Sentence | null => (key in errorsZhCN ? { key: key as Key, values } : null)
  const plain = `error.${code}.sentence`
  if (code === 'WX_UNCLASSIFIED') return wx_message ? of(plain, { wx_message }) : of(`${plain}.unsaid`)
  if (code === 'WX_RATE_LIMITED') return retry_after ? of(plain, { seconds: retry_after }) : of(`${plain}.later`)
  if (code === 'MAINTENANCE') {
    if (!retry_after) return of(`${plain}.later`)
    const minutes = Math.ceil(retry_after / 60)
    return minutes < 60 ? of(plain, { minutes }) : of(`${plain}.hours`, { hours: Math.ceil(minutes / 60) })
  }
  return of(plain)
}
