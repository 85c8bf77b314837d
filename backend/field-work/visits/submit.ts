// A visit arrives (product.md §7.3, §8): the same id is the same visit, sent again it changes nothing, changed later it replaces what was there
// until somebody has reviewed it. What it found out becomes evidence in the same transaction.
import type { Selectable } from 'kysely'
import { difference } from '../../platform/audit/difference.ts'
import { watchMerchant } from '../../platform/audit/merchant.ts'
import { recordAudit, type Origin } from '../../platform/audit/record.ts'
import { visitFacts } from '../../platform/audit/visit.ts'
import { canonical } from '../../platform/canonical.ts'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import type { VisitTable } from '../../database/field-work-tables.ts'
import { momentOf } from '../../evidence/moment.ts'
import { lockMerchant } from '../../evidence/record.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../../http/idempotency.ts'
import { migrationShape, type MerchantRow } from '../../directory/merchants/one.ts'
import { replaceVisitPhotos } from '../photos/attach.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { assertMayDo } from '../../company/staff/permissions.ts'
import { ofNumbers, type Caller } from '../../company/staff/scope.ts'
import { templateOfVersion } from '../checklists/service.ts'
import { writeAs } from '../../http/write-as.ts'
import { assertAnswers, photosOfVisit, templateOfVisit, timesOfPhone, visitTimes } from './check.ts'
import { conclude, type Conclusions } from './conclude.ts'
import { keepEvidence } from './keep-evidence.ts'
import { findAnyMerchant, merchantForFieldWork, type FoundMerchant } from './past-scope.ts'
import { readVisit } from './read.ts'
import type { VisitRequest, VisitResult } from './schema.ts'

type StoredVisit = Selectable<VisitTable>

/**
 * @returns created: nothing with this id was here; replayed: nothing changed now
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, VALIDATION_FAILED, TEMPLATE_OUTDATED, VISIT_EXISTS, VISIT_REVIEWED, IDEMPOTENCY_KEY_REUSED
 */
export function submitVisit(
  context: Context,
  asked: Caller,
  id: string,
  request: VisitRequest,
  idempotent: IdempotentRequest,
  origin: Origin,
): Promise<{ result: VisitResult; created: boolean; replayed: boolean }> {
  return writeAs(context, asked, async (trx, caller) => {
    const now = context.clock.now()
    const stored = await findOwn(trx, caller, id)
    // sent again after a lost answer, by a phone whose clock is lost too: as it was taken then
    const again = stored && visitTimes(request, now, stored)
    const times = stored && again && isSame(stored, request, again) ? again : visitTimes(request, now)
    // what was taken once is known, wherever the shop is now
    const known = stored && isSame(stored, request, times)
    const found = known
      ? await findAnyMerchant(trx, caller, stored.sub_mchid)
      : await merchantForFieldWork(trx, caller, request.sub_mchid, times.started_at, now)
    const { merchant } = found
    assertMayDo(caller, 'visit.write')
    await keptKey(trx, idempotent, now)
    await lockMerchant(trx, merchant)
    const before = await lockVisit(trx, caller, id)
    if (before && (before.staff_id !== caller.staff_id || before.sub_mchid !== request.sub_mchid)) throw new AppError('VISIT_EXISTS')
    if (before && isSettled(before, request, times)) {
      const template = await templateOfVersion(context, before.template_version, trx)
      const conclusions = conclude(template, before.answers, merchant.store_count)
      return { result: await visitResult(context, trx, caller, id, found, conclusions), created: false, replayed: true }
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
    if (!(await keepKey(trx, idempotent, { answer: JSON.stringify({ visit_id: id }) }, now))) throw new AppError('IDEMPOTENCY_KEY_REUSED')
    const result = await visitResult(context, trx, caller, id, found, conclusions)
    const verdict = await changes()
    const changed = difference(factsBefore, (await visitFacts(trx, before?.sp_mchid ?? merchant.sp_mchid, id))!)
    await recordAudit(trx, {
      sp_mchid: merchant.sp_mchid,
      at: now,
      actor: caller,
      action: before ? 'visit.resubmit' : 'visit.submit',
      target: { type: 'sub_merchant', id: request.sub_mchid },
      before: before ? { ...verdict.before, ...changed.before } : verdict.before,
      after: { ...verdict.after, ...changed.after, visit_id: id, ...timesOfPhone(request, times) },
      origin,
    })
    return { result, created: !before, replayed: false }
  })
}

const findOwn = (db: Trx, { numbers, staff_id }: Caller, id: string): Promise<StoredVisit | undefined> =>
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
  return { visit, migration: migrationShape(now, moment), not_concluded }
}
