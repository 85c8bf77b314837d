// Which checks belong to which item, and what answer and checks come to together. Pure.
import { OutsideCheckId, ReadinessItemId, type KnownCheckId, type ReadinessAnswerWord, type ReadinessCheck } from './schema.ts'

export const everyItem: readonly ReadinessItemId[] = ReadinessItemId.anyOf.map(literal => literal.const)
export const outsideChecks: readonly OutsideCheckId[] = OutsideCheckId.anyOf.map(literal => literal.const)

/** What a provider may do without: no receipt of its own, no messages, nobody to try links out. */
const optional: ReadonlySet<ReadinessItemId> = new Set([
  'receipt_link',
  'verification_file',
  'debuggers',
  'callback',
  'message_templates',
  'appids',
])
export const isOptional = (item: ReadinessItemId): boolean => optional.has(item)

const checksOfItem: Readonly<Partial<Record<ReadinessItemId, readonly (OutsideCheckId | KnownCheckId)[]>>> = {
  enrolment: ['enrolled'],
  api_keys: ['keys', 'clock'],
  default_open: ['default_open'],
  receipt_link: ['link'],
  verification_file: ['verification_file'],
  message_templates: ['templates'],
  appids: ['appids'],
  staff: ['staff'],
  directory: ['directory'],
}
export const checksOf = (item: ReadinessItemId): readonly (OutsideCheckId | KnownCheckId)[] => checksOfItem[item] ?? []

/**
 * What was seen outweighs what was said: a check that failed leaves an item open. Without an answer an item is done when every check of it passed.
 * @param answer null: nobody answered
 */
export function stateOf(answer: ReadinessAnswerWord | null, checks: readonly Pick<ReadinessCheck, 'result'>[]): ReadinessAnswerWord {
  if (answer === 'not_needed') return 'not_needed'
  if (answer === 'open' || checks.some(({ result }) => result === 'failed')) return 'open'
  if (answer === 'done') return 'done'
  return checks.length > 0 && checks.every(({ result }) => result === 'passed') ? 'done' : 'open'
}
