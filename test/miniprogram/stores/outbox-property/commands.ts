// What may happen to a phone in a day, as fast-check makes it up.
import fc from 'fast-check'
import type { Fault } from './server.ts'

export type Command =
  | { do: 'begin'; shop: number }
  | { do: 'answer'; work: number; item: number; value: number }
  | { do: 'photo'; work: number; item: number; count: number; again: boolean }
  | { do: 'remove_photo'; work: number; photo: number }
  | { do: 'submit'; work: number }
  | { do: 'test'; shop: number; photos: number }
  | { do: 'discard'; work: number; undo: boolean }
  | { do: 'reopen' | 'remove' | 'retry'; work: number }
  | { do: 'retry_all' | 'flush' | 'purge' | 'switch' | 'abandon' }
  | { do: 'kill'; steps: number; done: boolean }
  | { do: 'network'; on: boolean }
  | { do: 'fault'; faults: Fault[] }
  | { do: 'busy'; times: number }
  | { do: 'review'; work: number; result: 'accepted' | 'returned' }
  | { do: 'clock'; by: number }
  | { do: 'full'; full: boolean }
  | { do: 'wait'; ms: number }

const no = (status: number, code: string, more: object = {}): Fault => ({ status, code, ...more })
const fault: fc.Arbitrary<Fault[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault[]>(['lost_answer']) },
  { weight: 2, arbitrary: fc.constant<Fault[]>(['lost_request']) },
  fc.constant<Fault[]>(['garbled']),
  fc.constant<Fault[]>([no(401, 'UNAUTHENTICATED')]),
  fc.constant<Fault[]>([no(401, 'UNAUTHENTICATED'), no(401, 'UNAUTHENTICATED')]),
  fc.constant<Fault[]>([no(403, 'ACTION_FORBIDDEN')]),
  fc.constant<Fault[]>([no(403, 'STAFF_DISABLED')]),
  fc.constant<Fault[]>([no(404, 'NOT_FOUND')]),
  fc.constant<Fault[]>([no(409, 'OPERATION_IN_PROGRESS', { retry_after: 2 })]),
  fc.constant<Fault[]>([no(413, 'PHOTO_TOO_LARGE')]),
  fc.constant<Fault[]>([no(415, 'PHOTO_UNREADABLE')]),
  fc.constant<Fault[]>([no(422, 'VALIDATION_FAILED', { field: 'answers.F4', fault: 'TOO_LONG' })]),
  fc.constant<Fault[]>([no(426, 'CLIENT_OUTDATED')]),
  fc.constant<Fault[]>([no(429, 'RATE_LIMITED', { retry_after: 30 })]),
  fc.constant<Fault[]>([no(503, 'MAINTENANCE')]),
  fc.constant<Fault[]>([no(500, 'INTERNAL_ERROR')]),
)

const small = fc.nat(5)
const work = fc.nat(3)
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('begin' as const), shop: small }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), work, item: small, value: small }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('photo' as const),
      work,
      item: fc.nat(1),
      count: fc.integer({ min: 1, max: 2 }),
      again: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove_photo' as const), work, photo: small }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('submit' as const), work }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('test' as const), shop: small, photos: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), work, undo: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reopen' as const, 'retry' as const), work }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), work }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('retry_all' as const, 'flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('purge' as const, 'switch' as const, 'abandon' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('kill' as const), steps: fc.nat(9), done: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('network' as const), on: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fault' as const), faults: fault }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('busy' as const), times: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('review' as const), work, result: fc.constantFrom('accepted' as const, 'returned' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock' as const), by: fc.constantFrom(-86_400_000, -600_000, 600_000, 90_000_000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('full' as const), full: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1_000, 20_000, 400_000) }) },
)
