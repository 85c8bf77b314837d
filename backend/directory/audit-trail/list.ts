// Reads the audit trail, newest first. Each filter has an index that gives its entries in this order (0022_audit_seals.sql).
import { sql, type RawBuilder } from 'kysely'
import { regionName } from '../../company/regions/divisions.ts'
import { inScope, ofNumbers, regionPrefixes } from '../../company/staff/scope.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { findMerchant } from '../../evidence/find.ts'
import type { Caller } from '../../http/caller.ts'
import { decodeCursor, encodeCursor, isTimeKey } from '../../http/cursor.ts'
import type { Role } from '../../http/schema.ts'
import { toInstant } from '../../platform/instants.ts'
import type { AuditEntry, AuditPage, AuditQuery } from './schema.ts'

/** of so few shops each is looked up; of more, entries are walked through */
const fewShops = 200
/** entries that one page walks through at most to find those of the caller's shops */
const walked = 2_000

/**
 * Who sees everything of the company sees every entry; a region lead and a field agent those of shops in their scope.
 * @throws AppError NOT_FOUND (sub_mchid that is not there or out of scope), INVALID_CURSOR
 */
export async function listAuditEntries({ db }: { db: Database | Trx }, caller: Caller, query: AuditQuery): Promise<AuditPage> {
  const { cursor, limit = 20, ...filter } = query
  const question = [caller.staff_id, 'audit-entries', filter.sub_mchid, filter.actor, filter.action, filter.from, filter.to].map(
    one => one ?? null,
  )
  const wanted: Wanted = { conditions: conditionsOf(filter), limit: limit + 1 }
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(cursor, question, key => key.length === 2 && isTimeKey(key[0]) && isUuid(key[1]))
    wanted.conditions.push(sql<boolean>`(e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const { rows, stoppedAt = null } = await find(db, caller, filter.sub_mchid, wanted)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)! : stoppedAt
  return {
    items: (await withNames(db, shown)).map(shapeOf),
    next_cursor: last ? encodeCursor([last.at.toISOString(), last.id], question) : null,
  }
}

const isUuid = (part: unknown): boolean => typeof part === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part)

interface Wanted {
  /** on audit_entries as `e` */
  conditions: RawBuilder<boolean>[]
  limit: number
}

function conditionsOf({ actor, action, from, to }: Omit<AuditQuery, 'cursor' | 'limit' | 'sub_mchid'>): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = []
  if (actor === 'system') conditions.push(sql`e.actor_id is null`)
  else if (actor !== undefined) conditions.push(sql`e.actor_id = ${actor}`)
  if (action !== undefined) conditions.push(sql`e.action = ${action}`)
  if (from !== undefined) conditions.push(sql`e.at >= ${new Date(from)}`)
  if (to !== undefined) conditions.push(sql`e.at < ${new Date(to)}`)
  return conditions
}

interface Row {
  id: string
  sp_mchid: string
  at: Date
  actor_id: string | null
  actor_role: Role | null
  action: string
  target_type: string
  target_id: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  reason: string | null
  request_id: string | null
  client: string | null
}

interface Found {
  rows: Row[]
  /** the last entry that was looked at, where more would have had to be; null: there are no more */
  stoppedAt?: { at: Date; id: string } | null
}

async function find(db: Database | Trx, caller: Caller, sub_mchid: string | undefined, wanted: Wanted): Promise<Found> {
  if (sub_mchid !== undefined) return ofShops(db, shopIs(await findMerchant(db, caller, sub_mchid)), wanted)
  if (regionPrefixes(caller) === null) return ofCompany(db, caller, wanted)
  const { rows: shops } = await sql<unknown>`select from sub_merchants where ${inScope(caller)} limit ${fewShops + 1}`.execute(db)
  return shops.length <= fewShops ? ofShops(db, inScope(caller), wanted) : walk(db, caller, wanted)
}

const shopIs = ({ sp_mchid, sub_mchid }: { sp_mchid: string; sub_mchid: string }) =>
  sql<boolean>`sp_mchid = ${sp_mchid} and sub_mchid = ${sub_mchid}`

const newestFirst = ({ conditions, limit }: Wanted, place: RawBuilder<boolean>) =>
  sql<Row>`select e.* from audit_entries as e where ${sql.join([place, ...conditions], sql` and `)} order by e.at desc, e.id desc limit ${limit}`

/** Number by number, because an index gives the entries of one number in order. */
const ofEachNumber = (caller: Caller, wanted: Wanted) =>
  sql.join(
    caller.numbers.map(number => sql`(${newestFirst(wanted, sql<boolean>`e.sp_mchid = ${number}`)})`),
    sql` union all `,
  )

async function ofCompany(db: Database | Trx, caller: Caller, wanted: Wanted): Promise<Found> {
  return sql<Row>`select * from (${ofEachNumber(caller, wanted)}) as e order by at desc, id desc limit ${wanted.limit}`.execute(db)
}

/** @param which a condition on sub_merchants, unaliased */
async function ofShops(db: Database | Trx, which: RawBuilder<boolean>, wanted: Wanted): Promise<Found> {
  const ofShop = sql<boolean>`e.sp_mchid = shop.sp_mchid and e.target_type = 'sub_merchant' and e.target_id = shop.sub_mchid`
  return sql<Row>`
    select e.* from (select sp_mchid, sub_mchid from sub_merchants where ${which}) as shop
    cross join lateral (${newestFirst(wanted, ofShop)}) as e
    order by e.at desc, e.id desc limit ${wanted.limit}`.execute(db)
}

/** In the caller's scope lie many shops: their entries are found among everybody's. */
async function walk(db: Database | Trx, caller: Caller, wanted: Wanted): Promise<Found> {
  const { rows } = await sql<Row & { seen: boolean }>`
    with looked as materialized (
      select * from (${ofEachNumber(caller, { ...wanted, limit: walked })}) as e order by at desc, id desc limit ${walked}
    ), seen as (
      select * from looked as e where e.target_type = 'sub_merchant'
        and exists (select from sub_merchants where sub_merchants.sp_mchid = e.sp_mchid and sub_mchid = e.target_id and ${inScope(caller)})
      order by at desc, id desc limit ${wanted.limit}
    )
    (select *, true as seen from seen order by at desc, id desc)
    union all (select *, false from looked order by at desc, id desc offset ${walked - 1})`.execute(db)
  const found = rows.filter(row => row.seen)
  return { rows: found, stoppedAt: rows.find(row => !row.seen) ?? null }
}

type Named = Row & { actor_name: string | null; target_name: string | null }

async function withNames(db: Database | Trx, rows: readonly Row[]): Promise<Named[]> {
  if (rows.length === 0) return []
  const ids = (type: string) => [...new Set(rows.filter(row => row.target_type === type).map(row => row.target_id))]
  const holders = rows.flatMap(({ before, after }) => [before?.assigned_to, after?.assigned_to]).filter(id => typeof id === 'string')
  const people = [...new Set([...ids('staff'), ...rows.flatMap(({ actor_id }) => actor_id ?? []), ...holders])]
  const { rows: names } = await sql<{ kind: string; id: string; name: string }>`
    select 'staff' as kind, id, display_name as name from staff where id = any(${people}::text[])
    union all select 'sub_merchant', sub_mchid, name from sub_merchants
      where ${ofNumbers([rows[0]!.sp_mchid, ...rows.map(row => row.sp_mchid)])} and sub_mchid = any(${ids('sub_merchant')}::text[])
    union all select 'rollout', id::text, name from rollouts where id::text = any(${ids('rollout')}::text[])
    union all select 'provider', sp_mchid, name from provider where sp_mchid = any(${ids('provider')}::text[])`.execute(db)
  const nameOf = (kind: string, id: string | null) => names.find(one => one.kind === kind && one.id === id)?.name ?? null
  const readable = (values: Row['before']) => values && withWords(values, id => nameOf('staff', id))
  return rows.map(row => ({
    ...row,
    before: readable(row.before),
    after: readable(row.after),
    actor_name: nameOf('staff', row.actor_id),
    target_name: nameOf(row.target_type, row.target_id),
  }))
}

/** People and regions as they are called: the trail keeps ids and codes, which nobody reads. */
function withWords(values: Record<string, unknown>, nameOf: (id: string) => string | null): Record<string, unknown> {
  const { assigned_to, region_code, region_codes } = values
  return {
    ...values,
    ...(typeof assigned_to === 'string' ? { assigned_to: nameOf(assigned_to) ?? assigned_to } : {}),
    ...(typeof region_code === 'string' ? { region_code: regionName(region_code) } : {}),
    ...(Array.isArray(region_codes) ? { region_codes: region_codes.map(code => regionName(String(code))) } : {}),
  }
}

const shapeOf = (row: Named): AuditEntry => ({
  id: row.id,
  at: toInstant(row.at),
  actor: row.actor_id === null ? null : { id: row.actor_id, display_name: row.actor_name, role: row.actor_role },
  action: row.action,
  target: { type: row.target_type, id: row.target_id, name: row.target_name },
  before: row.before,
  after: row.after,
  reason: row.reason,
  request_id: row.request_id,
  client: row.client,
})
