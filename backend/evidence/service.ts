// What staff see and say about a merchant: listing, recording, taking back (product.md §5.2, §7.3, §9).
import { idempotentWrite, type Ask } from '../http/write.ts'
import type { Caller } from '../http/caller.ts'
import { futureTolerance, isBeforeGoldPlan } from '../platform/times.ts'
import { verdictShape } from './verdict/shape.ts'
import { findMerchant } from './find.ts'
import { sql } from 'kysely'
import { isIndustryCode } from '../../miniprogram/shared/industries.ts'
import { watchMerchant } from './watch.ts'
import type { Context } from '../platform/context.ts'
import { decodeCursor, encodeCursor, isTimeKey } from '../http/cursor.ts'
import type { Database, Trx } from '../database/connection.ts'
import { AppError, invalidField } from '../http/problems/app-error.ts'
import { attachPhotos, missingPhotos } from './photos.ts'
import { neededReason } from '../http/problems/reason.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import { findAnyMerchant, merchantForFieldWork } from './past-scope.ts'
import { readByRegister } from './orders/read-by-register.ts'
import { evidenceShape, mayWithdraw, selectEvidence } from './read.ts'
import { momentOf } from './moment.ts'
import { lockMerchant, recordEvidence, withdrawEvidence, type MerchantKey, type NewEvidence } from './record.ts'
import { recordedWith, type EvidenceKind, type EvidencePage, type EvidenceRequest, type EvidenceResult } from './schema.ts'

/** Newest first by when it happened. @throws AppError NOT_FOUND, INVALID_CURSOR */
export async function listEvidence(
  context: Context,
  caller: Caller,
  sub_mchid: string,
  { kind, cursor, limit = 20 }: { kind?: EvidenceKind; cursor?: string; limit?: number },
): Promise<EvidencePage> {
  const merchant = await findMerchant(context.db, caller, sub_mchid)
  const question = [caller.sp_mchid, sub_mchid, kind ?? null]
  let query = selectEvidence(context.db, merchant)
  if (kind) query = query.where('e.kind', '=', kind)
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(cursor, question, key => key.length === 2 && isTimeKey(key[0]) && isUuid(key[1]))
    query = query.where(sql<boolean>`(e.occurred_at, e.id) < (${at}, ${id})`)
  }
  const found = await query
    .orderBy('e.occurred_at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
    .execute()
  const rows = await readByRegister(context.db, merchant.sp_mchid, found)
  const last = rows[limit - 1]
  const now = context.clock.now()
  return {
    items: rows.slice(0, limit).map(row => evidenceShape(row, caller, now)),
    next_cursor: rows.length > limit && last ? encodeCursor([last.occurred_at.toISOString(), last.id], question) : null,
  }
}

const isUuid = (part: unknown): boolean => typeof part === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part)

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN, VALIDATION_FAILED, EVIDENCE_EXISTS, IDEMPOTENCY_KEY_REUSED */
export function writeEvidence(context: Context, ask: Ask, sub_mchid: string, request: EvidenceRequest): Promise<EvidenceResult> {
  const action = recordedWith[request.kind]
  return idempotentWrite(context, ask, {
    action,
    find: async (db, caller) =>
      request.kind === 'test_payment'
        ? (await merchantForFieldWork(db, caller, sub_mchid, new Date(request.occurred_at), context.clock.now())).merchant
        : findMerchant(db, caller, sub_mchid),
    async work(trx, { caller, found: merchant, now: asOf }) {
      await lockMerchant(trx, merchant)
      const now = await momentOf(trx, merchant, asOf)
      const item = newEvidence(request, { caller, store_count: merchant.store_count }, now)
      const there = await trx
        .selectFrom('evidence')
        .select(['sub_mchid', 'recorded_by', 'kind'])
        .where(ofNumbers(caller.numbers))
        .where('id', '=', request.id)
        .executeTakeFirst()
      if (there) {
        const same = there.sub_mchid === sub_mchid && there.recorded_by === caller.staff_id && there.kind === request.kind
        if (!same) throw new AppError('EVIDENCE_EXISTS')
        return { answer: await evidenceResult(context, trx, caller, sub_mchid, request.id), keep: null, audit: null }
      }
      const photo_ids = [...new Set(request.kind === 'test_payment' ? request.detail.photo_ids : [])]
      if ((await missingPhotos(trx, caller, photo_ids)).length > 0)
        throw invalidField('detail.photo_ids', 'PHOTO_MISSING', 'names a photo that is not here: send it first')
      const changes = await watchMerchant(trx, merchant)
      await recordEvidence(trx, merchant, [item], now)
      await attachPhotos(trx, { owner: merchant.sp_mchid, photos: caller.sp_mchid }, { evidence_id: request.id }, photo_ids)
      const { before, after } = await changes()
      return {
        answer: await evidenceResult(context, trx, caller, sub_mchid, request.id),
        keep: { evidence_id: request.id },
        audit: {
          sp_mchid: merchant.sp_mchid,
          at: now,
          action: action === 'evidence.write' ? `${request.kind}.write` : action,
          target: { type: 'sub_merchant', id: sub_mchid },
          before,
          after: { ...after, evidence_id: request.id, ...(item.occurred_at === now && { phone_occurred_at: request.occurred_at }) },
        },
      }
    },
  })
}

function newEvidence(
  { id, kind, occurred_at, detail }: EvidenceRequest,
  { caller, store_count }: { caller: Caller; store_count: number },
  now: Date,
): NewEvidence {
  const occurred = new Date(occurred_at)
  // a leap second is a time by the format, and none to a Date
  if (Number.isNaN(occurred.getTime())) throw invalidField('occurred_at', 'WRONG_FORMAT', 'is not a time')
  if (occurred.getTime() > now.getTime() + futureTolerance) {
    throw invalidField('occurred_at', 'IN_THE_FUTURE', 'is more than 5 minutes ahead of the server: check the clock of the phone')
  }
  if (kind === 'portal_check') assertTags(detail.ad_filter ?? [])
  if (kind === 'unblock') neededReason('detail.note', detail.note)
  if (kind === 'flow_conclusion') assertConcluded(detail, caller, store_count)
  const source = kind === 'portal_check' ? 'portal' : 'app'
  // a phone whose battery was empty begins again at 1970: the moment of the arrival is nearer, and the audit keeps what it said
  const counted = isBeforeGoldPlan(occurred) ? now : occurred
  return { id, kind, detail, occurred_at: counted, recorded_at: now, recorded_by: caller.staff_id, source } as NewEvidence
}

function assertTags(tags: readonly string[]): void {
  const wrong = tags.findIndex((tag, index) => !isIndustryCode(tag) || tags.indexOf(tag) !== index)
  if (wrong >= 0) throw invalidField(`detail.ad_filter.${wrong}`, 'UNKNOWN_INDUSTRY', 'is no IndustryType of WeChat Pay, or there twice')
}

/** Orders are read by the backend, not said by people; "not JSAPI" needs every entry of the only store looked at, unless an operator decides (§5.3). */
function assertConcluded(
  detail: Extract<EvidenceRequest, { kind: 'flow_conclusion' }>['detail'],
  caller: Caller,
  store_count: number,
): void {
  if (detail.basis === 'orders') throw invalidField('detail.basis', 'NOT_ALLOWED', 'only the backend concludes from orders')
  if (detail.basis === 'operator' && caller.role !== 'operator')
    throw new AppError('ACTION_FORBIDDEN', { required_action: 'portal_check.write' })
  if (detail.basis !== 'visit' || detail.conclusion !== 'not_jsapi') return
  if (detail.all_entries_checked !== true)
    throw invalidField('detail.all_entries_checked', 'REQUIRED', 'not JSAPI may be concluded only after every entry was checked')
  if (store_count > 1)
    throw invalidField('detail.conclusion', 'MORE_STORES', 'a visit to one of several stores concludes nothing for the others')
}

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN, ALREADY_WITHDRAWN */
export const takeBackEvidence = (
  context: Context,
  ask: Ask,
  { sub_mchid, evidence_id }: { sub_mchid: string; evidence_id: string },
  given: string,
): Promise<EvidenceResult> =>
  idempotentWrite(context, ask, {
    async find(db, caller) {
      const merchant = await findMerchant(db, caller, sub_mchid)
      const row = await itemOf(db, merchant, evidence_id)
      if (!row) throw new AppError('NOT_FOUND')
      return merchant
    },
    replay: async (db, { caller, found }) =>
      (await itemOf(db, found, evidence_id))?.withdrawn_at ? evidenceResult(context, db, caller, sub_mchid, evidence_id) : undefined,
    async work(trx, { caller, found: merchant, now: asOf }) {
      await lockMerchant(trx, merchant)
      const now = await momentOf(trx, merchant, asOf)
      const row = (await itemOf(trx, merchant, evidence_id))!
      if (row.withdrawn_at) throw new AppError('ALREADY_WITHDRAWN')
      if (!mayWithdraw(row, caller, now)) throw new AppError('ACTION_FORBIDDEN', { required_action: 'evidence.withdraw' })
      const reason = neededReason('reason', given)
      const changes = await watchMerchant(trx, merchant)
      await withdrawEvidence(trx, merchant, { evidence_id, withdrawn_by: caller.staff_id, withdrawn_at: now, reason }, now)
      const { before, after } = await changes()
      return {
        answer: await evidenceResult(context, trx, caller, sub_mchid, evidence_id),
        keep: { evidence_id },
        audit: {
          sp_mchid: merchant.sp_mchid,
          at: now,
          action: 'evidence.withdraw',
          target: { type: 'sub_merchant', id: sub_mchid },
          before: { ...before, withdrawn: false },
          after: { ...after, withdrawn: true, evidence_id },
          reason,
        },
      }
    },
  })

const itemOf = (db: Database | Trx, merchant: MerchantKey, evidence_id: string) =>
  selectEvidence(db, merchant).where('e.id', '=', evidence_id).executeTakeFirst()

async function evidenceResult(
  context: Context,
  trx: Database | Trx,
  caller: Caller,
  sub_mchid: string,
  evidence_id: string,
): Promise<EvidenceResult> {
  const { merchant, seenNow } = await findAnyMerchant(trx, caller, sub_mchid)
  const row = await selectEvidence(trx, merchant).where('e.id', '=', evidence_id).executeTakeFirstOrThrow()
  const now = context.clock.now()
  return {
    evidence: evidenceShape(row, caller, now),
    migration: seenNow ? verdictShape(merchant, { now, staleAfterDays: caller.stale_after_days }) : null,
  }
}
