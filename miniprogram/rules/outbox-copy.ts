// What a refusal of something that waited means, where the general words for its code would not help.
import type { OutboxError } from './field-work'

const TIMES = ['started_at', 'ended_at', 'occurred_at', 'taken_at']

/** The server took offence at a time that the phone made: nothing that somebody filled in is wrong. */
export const isOfClock = (error: OutboxError | null): boolean => error?.fields.some(({ field }) => TIMES.includes(field)) ?? false
