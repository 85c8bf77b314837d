// Which shops a request means, and what it would do to them.
import { sql, type AliasedRawBuilder, type RawBuilder } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { merchantsWith } from '../../database/keyed.ts'
import type { MerchantKey } from '../../evidence/record.ts'
import type { Caller } from '../../http/caller.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import { inScope } from '../../company/staff/scope.ts'
import { filterConditions } from '../merchants/filters.ts'
import { unseenBy, type Responsible } from './responsible.ts'
import {
  MOST_SHOPS,
  type AssignmentCount,
  type AssignmentFilter,
  type AssignmentRequest,
  type RefusalReason,
  type RefusedShops,
} from './schema.ts'

type Which = Pick<AssignmentRequest, 'sub_mchids' | 'filter'>

/** how many shops of a reason an answer names */
const named = 20

/** @throws AppError VALIDATION_FAILED */
export function assertOneOf({ sub_mchids, filter }: Which): void {
  if (sub_mchids && filter) throw invalidField('filter', 'NOT_ALLOWED', 'either sub_mchids or filter, not both')
  if (!sub_mchids && !filter) throw invalidField('sub_mchids', 'REQUIRED', 'either sub_mchids or filter is needed')
}

/** What stands behind `from` and `where` of a query of sub_merchants, unaliased. */
export interface Shops {
  from: RawBuilder<unknown> | AliasedRawBuilder<unknown, 'sub_merchants'>
  where: RawBuilder<boolean>
}

/** @throws AppError VALIDATION_FAILED */
function meantBy(caller: Caller, { sub_mchids, filter }: Which, now: Date): Shops {
  if (sub_mchids) return { from: merchantsWith(caller.numbers, sub_mchids), where: inScope(caller) }
  return { from: sql`sub_merchants`, where: meantByFilter(caller, filter!, now) }
}

const meantByFilter = (caller: Caller, filter: AssignmentFilter, now: Date): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join([inScope(caller), ...filterConditions(caller, filter, now)], sql` and `)})`

/**
 * The next of them in the order of the key, locked.
 * @param after the last of those before; null: from the first on
 */
export async function lockNext(
  trx: Trx,
  caller: Caller,
  which: Which,
  {
    responsible,
    staff_id,
    after,
    most,
    now,
  }: { responsible: Responsible | null; staff_id: string | null; after: MerchantKey | null; most: number; now: Date },
): Promise<(MerchantKey & { same: boolean; outside: boolean })[]> {
  const columns = sql`sp_mchid, sub_mchid, assigned_to is not distinct from ${staff_id}::text as same, ${responsible ? unseenBy(responsible) : sql<boolean>`false`} as outside`
  // looked up in the order of the key: it ends at the limit, where sorting would look all of them up
  const listed = ({ sub_mchids }: Required<Pick<Which, 'sub_mchids'>>) => sql<MerchantKey & { same: boolean; outside: boolean }>`
    select ${columns} from ${merchantsWith(caller.numbers, sub_mchids, 'for no key update', after)} where ${inScope(caller)} limit ${most}`
  const filtered = () => sql<MerchantKey & { same: boolean; outside: boolean }>`
    select ${columns} from sub_merchants where ${meantByFilter(caller, which.filter!, now)} and ${behind(after)}
    order by sp_mchid, sub_mchid limit ${most} for no key update`
  return (await (which.sub_mchids ? listed({ sub_mchids: which.sub_mchids }) : filtered()).execute(trx)).rows
}

const behind = (after: MerchantKey | null): RawBuilder<boolean> =>
  after === null ? sql<boolean>`true` : sql<boolean>`(sp_mchid, sub_mchid) > (${after.sp_mchid}, ${after.sub_mchid})`

/**
 * @param responsible null: nobody gets them
 * @throws AppError VALIDATION_FAILED (TOO_MANY)
 */
export async function countShops(
  db: Database | Trx,
  caller: Caller,
  which: Which,
  responsible: Responsible | null,
  now: Date,
): Promise<AssignmentCount> {
  const meant = meantBy(caller, which, now)
  const outside = responsible ? unseenBy(responsible) : sql<boolean>`false`
  const { rows } = await sql<{ total: number; same: number; outside: number; outside_named: string[] | null }>`
    with meant as materialized (
      select sub_mchid, assigned_to is not distinct from ${responsible?.id ?? null}::text as same, ${outside} as outside
      from ${meant.from} where ${meant.where} limit ${MOST_SHOPS + 1}
    )
    select count(*)::integer as total, (count(*) filter (where same))::integer as same,
      (count(*) filter (where outside and not same))::integer as outside,
      (array_agg(sub_mchid order by sub_mchid) filter (where outside and not same))[1:${sql.lit(named)}] as outside_named
    from meant`.execute(db)
  const { total, same, outside: refused, outside_named } = rows[0]!
  if (total > MOST_SHOPS) throw invalidField('filter', 'TOO_MANY', `means more than ${MOST_SHOPS} shops: narrow it`)
  const missing = await missingOf(db, meant, which.sub_mchids ?? [])
  return {
    total,
    same,
    changing: total - same - refused,
    refused: [...missing, ...reasonOf('OUTSIDE_THEIR_REGIONS', refused, outside_named ?? [])],
  }
}

/** Of a list: what is not there, or not in the caller's scope. */
async function missingOf(db: Database | Trx, meant: Shops, sub_mchids: readonly string[]): Promise<RefusedShops[]> {
  if (sub_mchids.length === 0) return []
  const { rows } = await sql<{ count: number; named: string[] | null }>`
    with missing as materialized (
      select distinct given from unnest(${[...sub_mchids]}::text[]) as given
      except select sub_mchid from ${meant.from} where ${meant.where}
    )
    select count(*)::integer as count, (array_agg(given order by given))[1:${sql.lit(named)}] as named from missing`.execute(db)
  return reasonOf('NOT_FOUND', rows[0]!.count, rows[0]!.named ?? [])
}

export const reasonOf = (reason: RefusalReason, count: number, sub_mchids: string[]): RefusedShops[] =>
  count === 0 ? [] : [{ reason, count, sub_mchids: sub_mchids.slice(0, named) }]

/** What two batches left as it was. */
export function joined(one: readonly RefusedShops[], other: readonly RefusedShops[]): RefusedShops[] {
  const reasons = [...new Set([...one, ...other].map(({ reason }) => reason))]
  return reasons.flatMap(reason => {
    const of = [...one, ...other].filter(refused => refused.reason === reason)
    return reasonOf(
      reason,
      of.reduce((sum, { count }) => sum + count, 0),
      of.flatMap(({ sub_mchids }) => sub_mchids),
    )
  })
}
