// A visit arrives (product.md §7.3, §8): the same id is the same visit, sent again it changes nothing, changed later it replaces what was there
// until somebody has reviewed it. What it found out becomes evidence in the same transaction.
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Caller } from '../../http/caller.ts'
import type { MerchantRow } from '../../evidence/find.ts'
import { verdictShape } from '../../evidence/verdict/shape.ts'
import type { Selectable } from 'kysely'
import { difference } from '../../platform/audit/difference.ts'
import { watchMerchant } from '../../evidence/watch.ts'
import { visitFacts } from './facts.ts'
import { canonical } from '../../platform/canonical.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { VisitTable } from '../../database/field-work-tables.ts'
import { momentOf } from '../../evidence/moment.ts'
import { lockMerchant } from '../../evidence/record.ts'
import { replaceVisitPhotos } from '../../evidence/photos.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import { templateOfVersion } from '../checklists/service.ts'
import { assertAnswers, photosOfVisit, templateOfVisit, timesOfPhone, visitTimes } from './check.ts'
import { conclude, type Conclusions } from './conclude.ts'
import { keepEvidence } from './keep-evidence.ts'
import { findAnyMerchant, merchantForFieldWork, type FoundMerchant } from '../../evidence/past-scope.ts'
import { readVisit } from './read.ts'
import type { VisitRequest, VisitResult } from './schema.ts'

type StoredVisit = Selectable<VisitTable>

/**
 * @returns created: nothing with this id was here
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, VALIDATION_FAILED, TEMPLATE_OUTDATED, VISIT_EXISTS, VISIT_REVIEWED, IDEMPOTENCY_KEY_REUSED
 */
export const submitVisit = (
  context: Context,
  ask: Ask,
  id: string,
  request: VisitRequest,
): Promise<{ result: VisitResult; created: boolean }> =>
  idempotentWrite(context, ask, {
    async find(db, caller) {
      const now = context.clock.now()
      const stored = await findOwn(db, caller, id)
      // sent again after a lost answer, by a phone whose clock is lost too: as it was taken then
      const again = stored && visitTimes(request, now, stored)
      const times = stored && again && isSame(stored, request, again) ? again : visitTimes(request, now)
      // what was taken once is known, wherever the shop is now
      const known = stored && isSame(stored, request, times)
      const shop = known
        ? await findAnyMerchant(db, caller, stored.sub_mchid)
        : await merchantForFieldWork(db, caller, request.sub_mchid, times.started_at, now)
      return { shop, times }
    },
    async work(trx, { caller, found: { shop, times }, now }) {
      const { merchant } = shop
      await lockMerchant(trx, merchant)
      const before = await lockVisit(trx, caller, id)
      if (before && (before.staff_id !== caller.staff_id || before.sub_mchid !== request.sub_mchid)) throw new AppError('VISIT_EXISTS')
      if (before && isSettled(before, request, times)) {
        const template = await templateOfVersion(context, before.template_version, trx)
        const conclusions = conclude(template, before.answers, merchant.store_count)
        const answer = { result: await visitResult(context, trx, caller, id, shop, conclusions), created: false }
        return { answer, keep: null, audit: null }
      }
      if (before) await assertOpen(trx, caller, before, times.ended_at)
      const template = await templateOfVisit(context, trx, request.template_version, now)
      assertAnswers(template, request.answers)
      const photos = await photosOfVisit(trx, template, request, caller)
      const changes = await watchMerchant(trx, merchant)
      const factsBefore = await visitFacts(trx, before?.sp_mchid ?? merchant.sp_mchid, id)
      await store(trx, { merchant, caller, template_sp_mchid: context.sp_mchid }, id, request, times, now, before)
      await replaceVisitPhotos(trx, { owner: merchant.sp_mchid, photos: caller.sp_mchid }, id, photos)
      const conclusions = conclude(template, request.answers, merchant.store_count)
      const visit = { sp_mchid: merchant.sp_mchid, sub_mchid: request.sub_mchid, visit_id: id, occurred_at: times.ended_at }
      await keepEvidence(trx, visit, conclusions, caller, await momentOf(trx, merchant, now))
      const result = await visitResult(context, trx, caller, id, shop, conclusions)
      const verdict = await changes()
      const changed = difference(factsBefore, (await visitFacts(trx, before?.sp_mchid ?? merchant.sp_mchid, id))!)
      return {
        answer: { result, created: !before },
        keep: { answer: JSON.stringify({ visit_id: id }) },
        audit: {
          sp_mchid: merchant.sp_mchid,
          action: before ? 'visit.resubmit' : 'visit.submit',
          target: { type: 'sub_merchant', id: request.sub_mchid },
          before: before ? { ...verdict.before, ...changed.before } : verdict.before,
          after: { ...verdict.after, ...changed.after, visit_id: id, ...timesOfPhone(request, times) },
        },
      }
    },
  })

const findOwn = (db: Database | Trx, { numbers, staff_id }: Caller, id: string): Promise<StoredVisit | undefined> =>
  db.selectFrom('visits').selectAll().where(ofNumbers(numbers)).where('id', '=', id).where('staff_id', '=', staff_id).executeTakeFirst()

const lockVisit = (trx: Trx, { numbers }: Caller, id: string): Promise<StoredVisit | undefined> =>
  trx.selectFrom('visits').selectAll().where(ofNumbers(numbers)).where('id', '=', id).forUpdate().executeTakeFirst()

interface Times {
  started_at: Date
  ended_at: Date
}

function isSame(stored: StoredVisit, request: VisitRequest, times: Times): boolean {
  const content = (
    visit: Pick<StoredVisit, 'answers' | 'sub_mchid' | 'template_version'>,
    photos: readonly string[],
    location: unknown,
    at: Times,
  ) => canonical([visit.answers, visit.sub_mchid, visit.template_version, photos, location, at.started_at.getTime(), at.ended_at.getTime()])
  return (
    content(stored, stored.other_photo_ids, stored.location, stored) ===
    content(request, request.other_photo_ids ?? [], request.location ?? null, times)
  )
}

/** Nothing to do: it is there already, or a later one of the same visit is. */
const isSettled = (before: StoredVisit, request: VisitRequest, times: Times): boolean =>
  before.ended_at > times.ended_at || isSame(before, request, times)

/** Accepted is final. A returned one may be sent again by whoever finished it after it was returned: an edit from before did not know. */
async function assertOpen(trx: Trx, caller: Caller, before: StoredVisit, ended_at: Date): Promise<void> {
  if (before.status === 'submitted') return
  const { reviewed_at } = await trx
    .selectFrom('visit_reviews')
    .select('reviewed_at')
    .where('sp_mchid', '=', before.sp_mchid)
    .where('visit_id', '=', before.id)
    .orderBy('reviewed_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  if (before.status === 'returned' && ended_at > reviewed_at) return
  throw new AppError('VISIT_REVIEWED', { current: await readVisit(trx, caller, before.id) })
}

async function store(
  trx: Trx,
  { merchant, caller, template_sp_mchid }: { merchant: MerchantRow; caller: Caller; template_sp_mchid: string },
  id: string,
  request: VisitRequest,
  times: Times,
  now: Date,
  before: StoredVisit | undefined,
): Promise<void> {
  const content = {
    template_sp_mchid,
    template_version: request.template_version,
    ...times,
    answers: JSON.stringify(request.answers),
    other_photo_ids: request.other_photo_ids ?? [],
    location: request.location ? JSON.stringify(request.location) : null,
    status: 'submitted' as const,
    updated_at: now,
  }
  if (before) {
    await trx.updateTable('visits').set(content).where('sp_mchid', '=', before.sp_mchid).where('id', '=', id).execute()
    return
  }
  const owner = { sp_mchid: merchant.sp_mchid, id, sub_mchid: request.sub_mchid, staff_id: caller.staff_id, received_at: now }
  const stored = await trx
    .insertInto('visits')
    .values({ ...owner, ...content })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  // the same id for another shop, at this moment
  if (stored.numInsertedOrUpdatedRows !== 1n) throw new AppError('VISIT_EXISTS')
}

async function visitResult(
  context: Context,
  trx: Trx,
  caller: Caller,
  id: string,
  { merchant, seenNow }: FoundMerchant,
  { not_concluded }: Conclusions,
): Promise<VisitResult> {
  const visit = await readVisit(trx, caller, id)
  if (!seenNow) return { visit, migration: null, not_concluded }
  const { merchant: now } = await findAnyMerchant(trx, caller, merchant.sub_mchid)
  const moment = { now: context.clock.now(), staleAfterDays: caller.stale_after_days }
  return { visit, migration: verdictShape(now, moment), not_concluded }
}
