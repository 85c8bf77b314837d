// What WeChat Pay was seen to do here, for the page and for the command.
import type { Database } from '../database/connection.ts'
import type { Numbers } from '../http/caller.ts'
import { toInstant, toInstantOrNull } from '../platform/instants.ts'
import { seenTexts } from './classes.ts'
import { questions } from './questions.ts'
import type { Observations } from './schema.ts'
import { observe } from './seen.ts'
import { recordedTexts } from './texts.ts'

/**
 * @param home under which the company's classes stand
 * @param language of the sentences; texts are as WeChat Pay worded them
 */
export async function readObservations(
  { db, now }: { db: Database; now: Date },
  { home, numbers }: { home: string; numbers: Numbers },
  language: 'zh' | 'en',
): Promise<Observations> {
  const recorded = await recordedTexts(db, numbers)
  const observed = await observe(db, numbers, recorded)
  return {
    questions: questions.map(({ id, section, question, settled_by, watched }) => ({
      id,
      section,
      question: question[language],
      settled_by: settled_by[language],
      watched: watched !== undefined,
      seen: (watched?.(observed) ?? []).map(({ what, text, count, first_at, last_at }) => ({
        what: what[language],
        text,
        count,
        first_at: toInstantOrNull(first_at),
        last_at: toInstantOrNull(last_at),
      })),
    })),
    texts: await seenTexts(db, home, recorded),
    as_of: toInstant(now),
  }
}
