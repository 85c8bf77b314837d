// What an entry of the trail says of a change: the fields that differ, as they were and as they are. What was before cannot be asked for later:
// the rows that change hold only what is now.
import { isDeepStrictEqual } from 'node:util'

export interface Difference<T extends object> {
  /** null: nothing was there, or nothing differs */
  before: Partial<T> | null
  after: Partial<T> | null
}

/** @param before null: there was nothing of the kind, so everything is new */
export function difference<T extends object>(before: T | null, after: T): Difference<T> {
  if (before === null) return { before: null, after }
  const changed = (Object.keys(after) as (keyof T)[]).filter(field => !isDeepStrictEqual(before[field], after[field]))
  if (changed.length === 0) return { before: null, after: null }
  const only = (one: T) => Object.fromEntries(changed.map(field => [field, one[field]])) as Partial<T>
  return { before: only(before), after: only(after) }
}
