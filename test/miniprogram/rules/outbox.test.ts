// The rules of the outbox (product.md §8), one by one.
import { describe, expect, it, test } from '@jest/globals'
import type { Parcel, ParcelPhoto } from '../../../miniprogram/rules/field-work.ts'
import {
  afterRefusal,
  afterUpload,
  atStart,
  backoff,
  BACKOFF_MS,
  dueNow,
  evidenceRequestOf,
  isStuck,
  meaningOf,
  nextTime,
  nextToSend,
  withTimeUntil,
  type Refusal,
} from '../../../miniprogram/rules/outbox.ts'
import { watermark } from '../../../miniprogram/rules/watermark.ts'

const NOW = 1_000_000
const tried = { status: 'waiting' as const, tries: 0, next_at: null, unsure: false, error: null }
const photoOf = (id: string, change: Partial<ParcelPhoto> = {}): ParcelPhoto => ({
  id,
  item_id: null,
  path: `${id}.jpg`,
  taken_at: '2026-11-23T10:00:00+08:00',
  sha256: id,
  source_sha256: id,
  bytes: 1,
  key: `key-${id}`,
  photo_id: null,
  ...tried,
  ...change,
})
const parcelOf = (id: string, turn: number, photos: ParcelPhoto[] = [], change: Partial<Parcel> = {}): Parcel =>
  ({
    id,
    turn,
    staff_id: 'staff-03',
    shop: { sub_mchid: '1900000109', name: '科技面馆', region_name: '南山区' },
    created_at: NOW,
    revision: 0,
    resent: 0,
    key: `key-${id}`,
    photos,
    kind: 'evidence',
    form: {},
    request: {
      id,
      kind: 'test_payment',
      occurred_at: '2026-11-23T10:00:00.000Z',
      detail: { entry: 'h5_link', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' },
    },
    ...tried,
    ...change,
  }) as Parcel
const refusalOf = (change: Partial<Refusal>): Refusal => ({
  kind: 'problem',
  code: 'ANY',
  status: 0,
  errors: [],
  request_id: 'r1',
  retry_after: null,
  ...change,
})
const names = (parcels: Parcel[], allowed = true) => nextToSend(parcels, NOW, allowed).map(({ parcel, photo }) => photo?.id ?? parcel.id)
const moment = { now: NOW, random: () => 0.5, newKey: () => 'new-key' }

describe('order', () => {
  it('photos go before what they belong to, two at once, and nothing else waits for them', () => {
    const one = parcelOf('one', 1, [photoOf('a'), photoOf('b'), photoOf('c')])
    const two = parcelOf('two', 2)
    expect(names([two, one])).toEqual(['a', 'b', 'two'])
    const moving = parcelOf('one', 1, [photoOf('a', { status: 'sending' }), photoOf('b', { status: 'done', photo_id: 'B' }), photoOf('c')])
    expect(names([moving])).toEqual(['c'])
    const ready = parcelOf('one', 1, [photoOf('a', { status: 'done', photo_id: 'A' })])
    expect(names([ready, two])).toEqual(['one'])
  })
  it('a refused photo holds its own parcel only', () => {
    const refused = parcelOf('one', 1, [photoOf('a', { status: 'failed' })])
    expect(names([refused, parcelOf('two', 2)])).toEqual(['two'])
    expect(isStuck(refused)).toBe(true)
  })
  it('while photos wait for Wi-Fi, everything without photos goes', () => {
    expect(names([parcelOf('one', 1, [photoOf('a')]), parcelOf('two', 2)], false)).toEqual(['two'])
  })
  it('what waits for its time is not sent before; a clock that was set back holds nothing for days', () => {
    expect(names([parcelOf('one', 1, [], { next_at: NOW + 5_000 })])).toEqual([])
    expect(nextTime([parcelOf('one', 1, [], { next_at: NOW + 5_000 })], NOW, true)).toBe(NOW + 5_000)
    expect(names([parcelOf('one', 1, [], { next_at: NOW + 86_400_000 })])).toEqual(['one'])
  })
  it('what is due while as much as may be is under way waits for that, not for a time', () => {
    const sending = [photoOf('a', { status: 'sending' }), photoOf('b', { status: 'sending' })]
    const due = [NOW, NOW - 5_000, NOW + 86_400_000].map((next_at, at) => photoOf(`due ${at}`, { next_at }))
    expect(names([parcelOf('one', 1, [...sending, ...due])])).toEqual([])
    expect(nextTime([parcelOf('one', 1, [...sending, ...due])], NOW, true)).toBeNull()
    expect(nextTime([parcelOf('one', 1, [...sending, ...due, photoOf('later', { next_at: NOW + 1 })])], NOW, true)).toBe(NOW + 1)
  })
})

test('back-off is 5 s, 15 s, 60 s, 5 min, 15 min, give or take a fifth, and stays at the last', () => {
  for (const [at, base] of [...BACKOFF_MS, 900_000, 900_000].entries()) {
    expect(backoff(at + 1, () => 0)).toBe(base * 0.8)
    expect(backoff(at + 1, () => 0.999_999)).toBeCloseTo(base * 1.2, -1)
  }
})

describe('what an answer means', () => {
  const item = { parcel: parcelOf('one', 1), photo: null }
  it.each([
    [{ kind: 'network' as const, code: 'NETWORK_TIMEOUT' }, 'again'],
    [{ kind: 'shape' as const, code: 'UNKNOWN', status: 200 }, 'again'],
    [{ status: 429, code: 'RATE_LIMITED' }, 'again'],
    [{ status: 503, code: 'MAINTENANCE' }, 'again'],
    [{ status: 409, code: 'OPERATION_IN_PROGRESS' }, 'again'],
    [{ kind: 'offline' as const, code: 'NETWORK_OFFLINE' }, 'not_sent'],
    [{ status: 401, code: 'UNAUTHENTICATED' }, 'signed_out'],
    [{ status: 403, code: 'STAFF_DISABLED' }, 'disabled'],
    [{ status: 426, code: 'CLIENT_OUTDATED' }, 'outdated'],
    [{ status: 403, code: 'ACTION_FORBIDDEN' }, 'failed'],
    [{ status: 404, code: 'NOT_FOUND' }, 'failed'],
    [{ status: 422, code: 'VALIDATION_FAILED' }, 'failed'],
    [{ status: 413, code: 'PHOTO_TOO_LARGE' }, 'failed'],
    [{ status: 415, code: 'PHOTO_UNREADABLE' }, 'failed'],
    [{ status: 409, code: 'VISIT_EXISTS' }, 'failed'],
    [{ status: 409, code: 'VISIT_REVIEWED' }, 'conflict'],
  ])('%j → %s', (answer, meaning) => {
    expect(meaningOf(refusalOf(answer), item)).toBe(meaning)
  })
  it('photos that the server has no longer are sent again first, with other keys, and not for ever', () => {
    const missing = refusalOf({ status: 422, code: 'VALIDATION_FAILED', errors: [{ field: 'detail.photo_ids', code: 'PHOTO_MISSING' }] })
    const sent = parcelOf('one', 1, [photoOf('a', { status: 'done', photo_id: 'A' })])
    const again = afterRefusal({ parcel: sent, photo: null }, missing, moment)
    expect(names([again])).toEqual(['a'])
    expect([again.key, again.photos[0]!.key]).toEqual(['new-key', 'new-key'])
    expect(afterRefusal({ parcel: { ...again, resent: 2 }, photo: null }, missing, moment).status).toBe('failed')
  })
  it('waits as long as the server says where that is longer, and keeps the key', () => {
    const after = afterRefusal(item, refusalOf({ status: 429, retry_after: 120 }), moment)
    expect([after.next_at, after.key, after.tries]).toEqual([NOW + 120_000, 'key-one', 1])
    expect(afterRefusal(item, refusalOf({ status: 503 }), moment).next_at).toBe(NOW + 5_000)
  })
  it('remembers that the server may have it', () => {
    expect(afterRefusal(item, refusalOf({ kind: 'network', code: 'NETWORK_TIMEOUT' }), moment).unsure).toBe(true)
    expect(afterRefusal(item, refusalOf({ status: 429 }), moment).unsure).toBe(false)
  })
})

test('what was on its way when the app was killed waits again, with the same key, and may have arrived', () => {
  const started = atStart(parcelOf('one', 1, [photoOf('a', { status: 'sending' })], { status: 'sending' }))
  expect([started.status, started.key, started.unsure, started.photos[0]!.status]).toEqual(['waiting', 'key-one', true, 'waiting'])
})

test('重试 takes up what was refused, and only then', () => {
  const failed = parcelOf('one', 1, [], { status: 'failed' })
  expect(dueNow(failed, moment.newKey).status).toBe('failed')
  expect(dueNow(failed, moment.newKey, true).status).toBe('waiting')
})

test('a time that the server refused becomes its own time at most', () => {
  const error = { code: 'VALIDATION_FAILED', status: 422, request_id: null, fields: [{ field: 'occurred_at', code: 'IN_THE_FUTURE' }] }
  const server = Date.parse('2026-11-23T09:00:00.000Z')
  const mended = withTimeUntil(parcelOf('one', 1, [], { status: 'failed', error }), server, moment.newKey)
  expect(mended).toMatchObject({ key: 'new-key', request: { occurred_at: '2026-11-23T09:00:00.000Z' } })
})

test("the server's ids take the place of the phone's, each once", () => {
  const sent = afterUpload(afterUpload(parcelOf('one', 1, [photoOf('a'), photoOf('b')]), 'a', 'S1'), 'b', 'S1')
  expect(evidenceRequestOf(sent as Extract<Parcel, { kind: 'evidence' }>)).toMatchObject({ detail: { photo_ids: ['S1'] } })
})

test('a watermark says when, which shop and who, without a name or the whole number', () => {
  const at = Date.parse('2026-11-23T02:05:09Z')
  expect(watermark({ at, sub_mchid: '1900000109', staff_id: '00000000-0000-4000-8000-00000abc1234' })).toEqual([
    '2026-11-23 10:05:09',
    '0109 · BC1234',
  ])
})
