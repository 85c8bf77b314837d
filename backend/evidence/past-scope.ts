// Field work that was done while a shop was in somebody's scope is taken for 14 days after it left it (product.md §8): phones send late.
import type { Caller } from '../http/caller.ts'
import type { MerchantRow } from './find.ts'
import type { Context } from '../platform/context.ts'
import type { Database, Trx } from '../database/connection.ts'
import { AppError } from '../http/problems/app-error.ts'
import { inOrderOf, inScope, ofNumbers, regionPrefixes } from '../company/staff/scope.ts'

const takenAfterLeaving = 14 * 86_400_000
/** Older than any work that a phone may still send. */
const keptFor = 90 * 86_400_000

type Scope = Pick<Caller, 'role' | 'region_codes' | 'assigned_only'>
interface Place {
  region_code: string
  assigned_to: string | null
}
/** What held until a moment; the newest has none. Oldest first. */
type Timeline<T> = readonly (T & { until: Date | null })[]

export interface FoundMerchant {
  merchant: MerchantRow
  /** whether the caller sees it now */
  seenNow: boolean
}

/** Whatever the caller's scope. @throws AppError NOT_FOUND */
export async function findAnyMerchant(db: Database | Trx, caller: Caller, sub_mchid: string): Promise<FoundMerchant> {
  const row = await db
    .selectFrom('sub_merchants')
    .selectAll()
    .select(inScope(caller).as('seen_now'))
    .where(ofNumbers(caller.numbers))
    .where('sub_mchid', '=', sub_mchid)
    .$if(caller.numbers.length > 1, query => query.orderBy(inOrderOf(caller.numbers)))
    .executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  const { seen_now, ...merchant } = row
  return { merchant, seenNow: seen_now === true }
}

/**
 * @param at when the work was done
 * @throws AppError NOT_FOUND, the same for a merchant that does not exist, one that was out of scope then, and one that left it too long ago
 */
export async function merchantForFieldWork(
  db: Database | Trx,
  caller: Caller,
  sub_mchid: string,
  at: Date,
  now: Date,
): Promise<FoundMerchant> {
  const found = await findAnyMerchant(db, caller, sub_mchid)
  if (found.seenNow) return found
  const { merchant } = found
  const places = await db
    .selectFrom('sub_merchant_places')
    .select(['region_code', 'assigned_to', 'until'])
    .where('sp_mchid', '=', merchant.sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .orderBy('until')
    .execute()
  const scopes = await db
    .selectFrom('staff_scopes')
    .select(['role', 'region_codes', 'assigned_only', 'until'])
    .where('staff_id', '=', caller.staff_id)
    .orderBy('until')
    .execute()
  const left = leftScopeAt(caller.staff_id, [...scopes, { ...caller, until: null }], [...places, { ...merchant, until: null }], at)
  if (!left || now.getTime() - left.getTime() > takenAfterLeaving) throw new AppError('NOT_FOUND')
  return found
}

/** @returns when a merchant that was seen at `at` and is not any more went out of sight; null when it was not seen then */
function leftScopeAt(staff_id: string, scopes: Timeline<Scope>, places: Timeline<Place>, at: Date): Date | null {
  const seenAt = (time: number) => sees(staff_id, holding(scopes, time), holding(places, time))
  if (!seenAt(at.getTime())) return null
  const changes = [...scopes, ...places].flatMap(({ until }) => (until && until > at ? [until.getTime()] : [])).sort((a, b) => a - b)
  const left = changes.findLast(time => seenAt(time - 1) && !seenAt(time))
  return left === undefined ? null : new Date(left)
}

const holding = <T>(timeline: Timeline<T>, time: number): T => timeline.find(({ until }) => until === null || until.getTime() > time)!

/** As inScope says it in SQL. */
function sees(staff_id: string, scope: Scope, { region_code, assigned_to }: Place): boolean {
  const prefixes = regionPrefixes(scope)
  if (prefixes === null) return true
  return prefixes.some(prefix => region_code.startsWith(prefix)) && (!scope.assigned_only || assigned_to === staff_id)
}

/** Forgets what no phone will ask for any more. */
export async function dropOldScopes({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.now().getTime() - keptFor)
  await db.deleteFrom('sub_merchant_places').where('until', '<', before).execute()
  await db.deleteFrom('staff_scopes').where('until', '<', before).execute()
}
