// What a reviewer goes on with after a decision. Pure.
import type { Visit, VisitPage, VisitRow } from '../../../../typings/api'

/** rows that one answer of the server has at most */
export const PAGE_MOST = 100

export interface ReviewQueue {
  /** null: nothing waits */
  next: Pick<VisitRow, 'id' | 'merchant'> | null
  /** how many wait, the next one included; 1000 means 1000 or more; null: could not be read */
  left: number | null
}
export const UNREAD: ReviewQueue = { next: null, left: null }

/**
 * The one below the decided one in the list, so that one that was looked at and left undecided does not come back at once; at the end of the list
 * its first.
 * @param page visits that wait, newest first; one that was decided since may still be among them
 */
export function nextToReview({ items, total_estimate }: VisitPage, decided: Pick<Visit, 'id' | 'ended_at'>): ReviewQueue {
  const waiting = items.filter(({ id }) => id !== decided.id)
  const after = Date.parse(decided.ended_at)
  const next = waiting.find(({ ended_at }) => Date.parse(ended_at) <= after) ?? waiting[0] ?? null
  const left = (total_estimate ?? items.length) - (items.length - waiting.length)
  return { next: next && { id: next.id, merchant: next.merchant }, left }
}
