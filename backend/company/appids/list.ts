// The register as people read it: by appid, with whose it is, how many orders were read by it, and what nobody has entered yet.
import { sql, type RawBuilder } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { asTyped, typed } from '../../platform/typed.ts'
import { inScope, ofNumbers, regionPrefixes, scopedToOwn } from '../staff/scope.ts'
import type { AppidRow } from './put.ts'
import type { AppidEntry, AppidList, AppidQuery } from './schema.ts'

interface Register {
  /** the home number, under which it stands */
  sp_mchid: string
  /** who reads: of every number of the company's */
  caller: Caller
}

/**
 * Whoever works here may read the register; whoever has a scope reads what is the provider's own or belongs to a shop in it, and only its shops' orders.
 * @throws AppError INVALID_CURSOR
 */
export async function listAppids(db: Database, register: Register, { q, state, limit = 20, cursor }: AppidQuery): Promise<AppidList> {
  const question = [register.caller.staff_id, 'appids', q ?? null, state ?? null]
  const after = cursor === undefined ? '' : String(decodeCursor(cursor, question, key => key.length === 1 && typeof key[0] === 'string')[0])
  const matching = db
    .selectFrom('appids as a')
    .where('a.sp_mchid', '=', register.sp_mchid)
    .where(stateIs(state))
    .where(ownerSeen(register))
    .where(matches(q?.trim() ?? '', register))
  const rows = await matching
    .selectAll('a')
    .where('a.appid', '>', after)
    .orderBy('a.appid')
    .limit(limit + 1)
    .execute()
  const { total } = await matching.select(eb => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const isWhole = cursor === undefined && q === undefined && state === undefined
  return {
    items: await entriesOf(db, register, rows.slice(0, limit)),
    next_cursor: rows.length > limit ? encodeCursor([rows[limit - 1]!.appid], question) : null,
    total: Number(total),
    missing: isWhole ? await missingAppids(db, register) : [],
    register_version: await registerVersion(db, register.sp_mchid),
  }
}

function stateIs(state: AppidQuery['state']): RawBuilder<boolean> {
  if (state === undefined) return sql<boolean>`true`
  if (state === 'unregistered') return sql<boolean>`a.kind = 'unregistered'`
  return state === 'current'
    ? sql<boolean>`a.kind <> 'unregistered' and a.ended_at is null`
    : sql<boolean>`a.kind <> 'unregistered' and a.ended_at is not null`
}

const seesAll = ({ caller }: Register): boolean => regionPrefixes(caller) === null && !scopedToOwn(caller)

const ownerSeen = (register: Register): RawBuilder<boolean> =>
  seesAll(register)
    ? sql<boolean>`true`
    : sql<boolean>`(a.sub_mchid is null or exists (select from sub_merchants where sub_mchid = a.sub_mchid and ${inScope(register.caller)}))`

/** Condition on evidence `e`: an order of a shop that the caller sees. */
const orderSeen = (register: Register): RawBuilder<boolean> =>
  seesAll(register)
    ? ofNumbers(register.caller.numbers, 'e.sp_mchid')
    : sql<boolean>`exists (select from sub_merchants where sp_mchid = e.sp_mchid and sub_mchid = e.sub_mchid and ${inScope(register.caller)})`

function matches(given: string, { caller: { numbers } }: Register): RawBuilder<boolean> {
  const q = typed(given)
  if (q === '') return sql<boolean>`true`
  const within = `%${q.replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  return sql<boolean>`(lower(a.appid) like ${within} or ${asTyped('a.name')} like ${within} or a.sub_mchid like ${within} or exists (
    select from sub_merchants as s where s.sub_mchid = a.sub_mchid and ${ofNumbers(numbers, 's.sp_mchid')} and ${asTyped('s.name')} like ${within}))`
}

export async function entriesOf(db: Database | Trx, register: Register, rows: readonly AppidRow[]): Promise<AppidEntry[]> {
  if (rows.length === 0) return []
  const { numbers } = register.caller
  const shops = rows.flatMap(({ sub_mchid }) => sub_mchid ?? [])
  const named =
    shops.length === 0
      ? []
      : await db
          .selectFrom('sub_merchants')
          .select(['sub_mchid', 'name'])
          .where(ofNumbers(numbers))
          .where('sub_mchid', 'in', shops)
          .execute()
  const names = new Map(named.map(({ sub_mchid, name }) => [sub_mchid, name]))
  const writers = await db
    .selectFrom('staff')
    .select(['id', 'display_name'])
    .where(
      'id',
      'in',
      rows.map(({ updated_by }) => updated_by),
    )
    .execute()
  const people = new Map(writers.map(({ id, display_name }) => [id, display_name]))
  const { rows: counted } = await sql<{ appid: string; orders: string }>`
    select detail ->> 'appid' as appid, count(*) as orders from evidence as e
    where kind = 'order_query' and detail ->> 'appid' = any(${rows.map(({ appid }) => appid)}::text[]) and ${orderSeen(register)} group by 1`.execute(
    db,
  )
  const orders = new Map(counted.map(one => [one.appid, Number(one.orders)]))
  return rows.map(row => ({
    appid: row.appid,
    kind: row.kind,
    name: row.name,
    owner: row.sub_mchid === null ? null : { sub_mchid: row.sub_mchid, name: names.get(row.sub_mchid) ?? null },
    ended_at: toInstantOrNull(row.ended_at),
    updated_at: toInstant(row.updated_at),
    updated_by: people.get(row.updated_by) ?? null,
    orders: orders.get(row.appid) ?? 0,
    effect:
      row.rederive_done === null
        ? null
        : {
            done: row.rederive_done,
            total: row.rederive_total,
            changed: row.rederive_changed ?? 0,
            under_way: row.rederive_after !== null,
          },
    version: row.version,
  }))
}

/** Entries are never deleted and their versions only rise: the sum changes with every change. */
export async function registerVersion(db: Database | Trx, sp_mchid: string): Promise<number> {
  const { version } = await db
    .selectFrom('appids')
    .select(eb => eb.fn.sum<string | null>('version').as('version'))
    .where('sp_mchid', '=', sp_mchid)
    .executeTakeFirstOrThrow()
  return Number(version ?? 0)
}

async function missingAppids(db: Database, register: Register): Promise<AppidList['missing']> {
  const { rows } = await sql<{ appid: string; orders: string; last_paid_at: Date }>`
    select detail ->> 'appid' as appid, count(*) as orders, max(occurred_at) as last_paid_at from evidence as e
    where kind = 'order_query' and detail ->> 'appid' is not null and ${orderSeen(register)}
      and not exists (select from appids as a where a.sp_mchid = ${register.sp_mchid} and a.appid = detail ->> 'appid')
    group by 1 order by 2 desc, 1 limit 20`.execute(db)
  return rows.map(({ appid, orders, last_paid_at }) => ({ appid, orders: Number(orders), last_paid_at: toInstant(last_paid_at) }))
}
