// The rules of the outbox (product.md §8): what may be sent next, what each answer means, how long to wait. No clock, no storage, no network in here.
import type { EvidenceRequest, FieldError, VisitRequest } from '../../typings/api'
import type { LocalPhoto, OutboxError, OutboxItem, Parcel, ParcelPhoto, Tried } from './field-work'
import { isRefusedBeforehand } from './refused-beforehand'

export const BACKOFF_MS: readonly number[] = [5_000, 15_000, 60_000, 300_000, 900_000]
const SPREAD = 0.2
/** No wait is longer: a clock that was set back must not hold an item for days. */
const LONGEST_MS = 900_000 * (1 + SPREAD)
/** photos at once */
const MOST_UPLOADS = 2
/** how often the photos of one item are sent anew because the server has them no longer (it keeps unattached ones 7 days) */
const MOST_RESENT = 2
/** how often a photo that arrives changed is sent again */
const MOST_MISMATCHES = 3

/** After the `tries`-th try (from 1) without an answer that settles it, ms. */
export function backoff(tries: number, random: () => number): number {
  const base = BACKOFF_MS[Math.min(Math.max(tries, 1), BACKOFF_MS.length) - 1]!
  return Math.round(base * (1 - SPREAD + 2 * SPREAD * random()))
}

/** What is sent: a photo of a parcel, or (photo null) the visit or test payment itself. */
export interface Piece {
  parcel: Parcel
  photo: ParcelPhoto | null
}
export const triedOf = ({ parcel, photo }: Piece): Tried => photo ?? parcel

/** Of what comes back to be changed: how often it was tried stays with the parcel. */
export const localPhotoOf = ({ id, item_id, path, taken_at, sha256, source_sha256, bytes }: LocalPhoto): LocalPhoto => ({
  id,
  item_id,
  path,
  taken_at,
  sha256,
  source_sha256,
  bytes,
})

const isDue = ({ status, next_at }: Tried, now: number): boolean =>
  status === 'waiting' && (next_at === null || next_at <= now || next_at - now > LONGEST_MS)

/**
 * What may be sent now, in its order: photos of an item before it, the item when the server has them all. Nothing waits for another item. At most one item
 * and two photos are under way.
 */
export function nextToSend(parcels: readonly Parcel[], now: number, photosAllowed: boolean): Piece[] {
  const all = inTurn(parcels)
  const uploading = all.flatMap(({ photos }) => photos).filter(({ status }) => status === 'sending').length
  const uploads: Piece[] = all
    .filter(({ status }) => status === 'waiting')
    .flatMap(parcel => parcel.photos.filter(photo => photosAllowed && isDue(photo, now)).map(photo => ({ parcel, photo })))
  const items = all.some(({ status }) => status === 'sending') ? [] : all.filter(parcel => isDue(parcel, now) && hasPhotos(parcel))
  return [...uploads.slice(0, MOST_UPLOADS - uploading), ...items.slice(0, 1).map(parcel => ({ parcel, photo: null }))]
}

/** Phone time (ms) at which something that waits for its time may be sent; null: nothing does. What is due already waits for what is under way. */
export function nextTime(parcels: readonly Parcel[], now: number, photosAllowed: boolean): number | null {
  const times = parcels
    .filter(({ status }) => status === 'waiting')
    .flatMap(parcel => [...(photosAllowed ? parcel.photos : []), ...(hasPhotos(parcel) ? [parcel] : [])])
    .flatMap(piece => (piece.status === 'waiting' && piece.next_at !== null && !isDue(piece, now) ? [piece.next_at] : []))
  return times.length === 0 ? null : Math.min(...times)
}

const inTurn = (parcels: readonly Parcel[]): Parcel[] => [...parcels].sort((a, b) => a.turn - b.turn)
const hasPhotos = ({ photos }: Parcel): boolean => photos.every(({ photo_id }) => photo_id !== null)

/** So many tries in vain (a quarter of an hour and more) are no longer a matter of waiting: a person is told why, and it is still tried again. */
const TOLD_AFTER_TRIES = 4
export const isStalled = ({ status, tries, error }: Pick<Tried, 'status' | 'tries' | 'error'>): boolean =>
  status === 'waiting' && tries >= TOLD_AFTER_TRIES && error !== null
/** Whether it is under 要你处理: only a person can help it, or it has been tried in vain for long. */
export const needsPerson = (parcel: Parcel): boolean => isStuck(parcel) || isStalled(parcel) || parcel.photos.some(isStalled)
/** Whether only a person can help it: it was refused, or one of its photos was. */
export const isStuck = ({ status, photos }: Parcel): boolean =>
  status === 'failed' || status === 'conflict' || photos.some(photo => photo.status === 'failed')
/** Whether any of it is on its way. */
export const isMoving = ({ status, photos }: Parcel): boolean => status === 'sending' || photos.some(photo => photo.status === 'sending')

/** What is known of an answer that is no success (api/errors.ts ApiError). */
export interface Refusal {
  kind: 'offline' | 'network' | 'aborted' | 'problem' | 'shape'
  code: string
  status: number
  errors: readonly Pick<FieldError, 'field' | 'code'>[]
  request_id: string | null
  /** seconds */
  retry_after: number | null
  detail?: string
  /** what the server has instead */
  current?: unknown
}

/**
 * again: later, with the same key · not_sent: no network, nothing was tried · failed, conflict: stays until a person decides · photos_again: its photos first,
 * once more · signed_out, disabled, outdated: the whole queue stops
 */
export type Meaning = 'again' | 'not_sent' | 'failed' | 'conflict' | 'photos_again' | 'signed_out' | 'disabled' | 'outdated'

/** About who is logged in, not about the item. */
const OF_LOGIN: readonly string[] = [
  'UNAUTHENTICATED',
  'INVALID_LOGIN_CODE',
  'BIND_TICKET_INVALID',
  'INVITE_EXPIRED',
  'ALREADY_BOUND',
  'WECHAT_USER_AT_RISK',
  'WECHAT_USER_LIMITED',
  'WECHAT_APP_BANNED',
]

/** The visit was sent back to its author, who did not know when this version was made: a later one is taken. */
const isReturned = ({ code, current }: Refusal): boolean =>
  code === 'VISIT_REVIEWED' && (current as { status?: string } | null | undefined)?.status === 'returned'

export function meaningOf(refusal: Refusal, piece: Piece): Meaning {
  const { kind, code, status, errors } = refusal
  if (code === 'STAFF_DISABLED') return 'disabled'
  if (code === 'CLIENT_OUTDATED' || status === 426) return 'outdated'
  if (status === 401 || OF_LOGIN.includes(code)) return 'signed_out'
  if (kind === 'offline') return code === 'NETWORK_OFFLINE' ? 'not_sent' : 'again'
  if (code === 'PHOTO_GONE') return 'failed'
  // nothing on the phone changes what the console, a gateway or a portal says; a certificate may be refused by a clock or a portal of the moment
  if (isRefusedBeforehand(code)) return code === 'CERTIFICATE_REFUSED' ? 'again' : 'failed'
  if (kind !== 'problem' || status === 408 || status === 429 || status >= 500 || code === 'OPERATION_IN_PROGRESS') return 'again'
  if (isReturned(refusal)) return 'failed'
  if (code === 'VISIT_REVIEWED') return 'conflict'
  const { parcel, photo } = piece
  if (photo) return errors.some(error => error.code === 'MISMATCH') && photo.tries < MOST_MISMATCHES ? 'again' : 'failed'
  const missing = errors.length > 0 && errors.every(error => error.code === 'PHOTO_MISSING')
  return missing && parcel.photos.length > 0 && parcel.resent < MOST_RESENT ? 'photos_again' : 'failed'
}

/** Whether the server may have done it although it did not say so. */
export const isUnsure = ({ kind, status, code }: Refusal): boolean =>
  ((kind === 'network' || kind === 'shape') && !isRefusedBeforehand(code)) ||
  (kind === 'problem' && (status >= 500 || code === 'OPERATION_IN_PROGRESS'))

const errorOf = (refusal: Refusal): OutboxError => wordsOf(isReturned(refusal) ? { ...refusal, code: 'VISIT_RETURNED' } : refusal)
const wordsOf = ({ code, status, request_id, errors, detail }: Refusal): OutboxError => ({
  code,
  status,
  request_id,
  ...(detail ? { detail } : {}),
  fields: errors.map(({ field, code: fault }) => ({ field, code: fault })),
})

export interface Moment {
  /** phone time, ms */
  now: number
  random: () => number
  newKey: () => string
}

/** The parcel after an answer that was no success. */
export function afterRefusal(piece: Piece, refusal: Refusal, { now, random, newKey }: Moment): Parcel {
  const { parcel, photo } = piece
  const tried = triedOf(piece)
  const meaning = meaningOf(refusal, piece)
  const unsure = tried.unsure || isUnsure(refusal)
  const waiting = { status: 'waiting' as const, unsure }
  switch (meaning) {
    case 'again': {
      const tries = tried.tries + 1
      const pause = Math.max(backoff(tries, random), Math.min((refusal.retry_after ?? 0) * 1000, LONGEST_MS))
      return withTried(piece, { ...waiting, tries, next_at: now + pause, error: errorOf(refusal) })
    }
    case 'photos_again':
      return {
        ...parcel,
        ...waiting,
        tries: tried.tries + 1,
        next_at: null,
        error: null,
        key: newKey(),
        resent: parcel.resent + 1,
        photos: parcel.photos.map(one => ({ ...one, status: 'waiting', photo_id: null, key: newKey(), next_at: null, error: null })),
      }
    case 'failed':
      return withTried(piece, { status: 'failed', unsure, next_at: null, error: errorOf(refusal) })
    case 'conflict':
      return withTried(piece, { status: photo ? 'failed' : 'conflict', unsure, next_at: null, error: errorOf(refusal) })
    default:
      return withTried(piece, { ...waiting, next_at: null })
  }
}

/** The parcel after the server took the photo. */
export const afterUpload = (parcel: Parcel, id: string, photo_id: string): Parcel => ({
  ...parcel,
  photos: parcel.photos.map(one => (one.id === id ? { ...one, status: 'done', photo_id, next_at: null, error: null } : one)),
})

export const withTried = ({ parcel, photo }: Piece, change: Partial<Tried>): Parcel =>
  photo === null
    ? { ...parcel, ...change }
    : { ...parcel, photos: parcel.photos.map(one => (one.id === photo.id ? { ...one, ...change } : one)) }

/**
 * As it goes on when the app starts, or its account comes back: what was on its way is sent again with the same key.
 * @param underWay of the visit, test payment or photo with this id, whether its answer is still to come: the account left and came back meanwhile
 */
export function atStart(parcel: Parcel, underWay: (id: string) => boolean = () => false): Parcel {
  const restarted = <T extends Tried & { id: string }>(tried: T): T => {
    if (underWay(tried.id)) return { ...tried, status: 'sending' }
    return tried.status === 'sending' ? { ...tried, status: 'waiting', next_at: null, unsure: true } : tried
  }
  return { ...restarted(parcel), photos: parcel.photos.map(restarted) }
}

/** No more waiting for its time; of those that failed only where `refused` says so. A key that stood for another content is replaced. */
export function dueNow(parcel: Parcel, newKey: () => string, refused = false): Parcel {
  const due = <T extends Tried>(tried: T): T => {
    if (tried.status === 'waiting') return { ...tried, next_at: null }
    if (tried.status !== 'failed' || !refused) return tried
    const key = tried.error?.code === 'IDEMPOTENCY_KEY_REUSED' ? newKey() : tried.key
    return { ...tried, status: 'waiting', next_at: null, tries: 0, key }
  }
  return { ...due(parcel), photos: parcel.photos.map(due), resent: refused ? 0 : parcel.resent }
}

export const isAhead = ({ error }: Parcel): boolean => error?.fields.some(({ code }) => code === 'IN_THE_FUTURE') ?? false

/** A phone whose clock ran ahead: the server refused the time, and knows a better one. Only for what was clearly refused. */
export function withTimeUntil(parcel: Parcel, serverNow: number, newKey: () => string): Parcel {
  if (!isAhead(parcel)) return parcel
  const until = (time: string) => (Date.parse(time) > serverNow ? new Date(serverNow).toISOString() : time)
  const key = newKey()
  if (parcel.kind === 'evidence') return { ...parcel, key, request: { ...parcel.request, occurred_at: until(parcel.request.occurred_at) } }
  const { started_at, ended_at } = parcel.request
  return { ...parcel, key, request: { ...parcel.request, started_at: until(started_at), ended_at: until(ended_at) } }
}

/** The server answers with the visit that it has: one that ended later came from another phone, and this version is in none of it. */
export const isOvertaken = ({ ended_at }: VisitRequest, visit: { ended_at?: string } | undefined): boolean =>
  Date.parse(visit?.ended_at ?? '') > Date.parse(ended_at)

/** The body that is sent: the server's ids in the place of the phone's. */
export function visitRequestOf(parcel: Extract<Parcel, { kind: 'visit' }>): VisitRequest {
  const ids = new Map(parcel.photos.map(({ id, photo_id }) => [id, photo_id ?? id]))
  const given = (value: VisitRequest['answers'][string]) =>
    Array.isArray(value) ? [...new Set(value.map(one => ids.get(one) ?? one))] : value
  const answers = Object.fromEntries(Object.entries(parcel.request.answers).map(([item, value]) => [item, given(value)]))
  return { ...parcel.request, answers }
}
export function evidenceRequestOf(parcel: Extract<Parcel, { kind: 'evidence' }>): EvidenceRequest {
  const { request, photos } = parcel
  if (request.kind !== 'test_payment' || photos.length === 0) return request
  return { ...request, detail: { ...request.detail, photo_ids: [...new Set(photos.map(({ photo_id, id }) => photo_id ?? id))] } }
}

/** The lines of the outbox, photos before what they belong to. */
export function itemsOf(parcels: readonly Parcel[]): OutboxItem[] {
  return inTurn(parcels).flatMap((parcel): OutboxItem[] => {
    const common = { parcel_id: parcel.id, shop: parcel.shop, created_at: parcel.created_at }
    const photos = parcel.photos
      .filter(({ status }) => status !== 'done')
      .map(({ id, status, tries, next_at, error, path }): OutboxItem => ({
        ...common,
        id,
        kind: 'photo',
        status,
        depends_on: [],
        tries,
        next_at,
        error,
        path,
      }))
    const { id, kind, status, tries, next_at, error } = parcel
    return [...photos, { ...common, id, kind, status, depends_on: parcel.photos.map(one => one.id), tries, next_at, error, path: '' }]
  })
}
