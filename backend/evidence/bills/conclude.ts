// What thirty days of orders say about a merchant's flow: evidence `flow_conclusion` of basis orders (product.md §5.3). Drawn merchant by merchant after a bill
// has landed, in batches, and from where it stopped when a process ends in between.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { paymentDaysWith } from '../../database/keyed.ts'
import { dayLater, endOfDay } from '../../http/days.ts'
import { difference } from '../../platform/audit/difference.ts'
import { lockMerchants, recordEvidenceOfMany, type NewEvidence } from '../record.ts'
import { merchantFacts } from '../watch.ts'
import { setDay, windowDays } from './land.ts'
import { leastPayments } from './told.ts'
import { jsapiByAppid } from './ways.ts'

/** days after which orders that still say the same are said again: others' conclusions are weighed against those of the last 30 days */
const saidAgainAfter = 7
const batch = 500
const dayMs = 86_400_000

/**
 * Any number of processes may run it: a number is claimed for each batch.
 * @param goOn asked before each batch
 * @returns how many merchants it looked at
 */
export async function concludeFlows({ db, clock, providers, sp_mchid: home }: Context, goOn: () => boolean = () => true): Promise<number> {
  let looked = 0
  for (const sp_mchid of providers.numbers) {
    while (goOn()) {
      const done = await db.transaction().execute(async trx => {
        const { rows } = await sql<{ day: string; after: string }>`
          select to_char(day, 'YYYY-MM-DD') as day, conclude_after as after from bill_days
          where sp_mchid = ${sp_mchid} and conclude_after is not null order by bill_days.day desc limit 1 for update skip locked`.execute(
          trx,
        )
        return rows[0] ? concludeBatch(trx, { sp_mchid, home, ...rows[0] }, clock.now()) : null
      })
      looked += done ?? 0
      if (!done) break
    }
  }
  return looked
}

interface Turn {
  sp_mchid: string
  /** the number under which the register of appids stands */
  home: string
  /** the newest that has landed */
  day: string
  after: string
}

interface Orders {
  sub_mchid: string
  payments: number
  /** by JSAPI, with an appid that the register does not know */
  unknown: number
  /** the last day with a payment inside a 公众号 */
  jsapi_day: string | null
  said: 'jsapi' | 'not_jsapi' | null
  said_at: Date | null
}

/** @returns how many merchants; 0: that was all */
async function concludeBatch(trx: Trx, turn: Turn, now: Date): Promise<number> {
  const { sp_mchid, day } = turn
  const shops = await shopsWithOrders(trx, turn)
  const last = shops.at(-1)
  if (last === undefined) {
    // a day of before is spoken for by the newest
    await trx
      .updateTable('bill_days')
      .set({ conclude_after: null })
      .where('sp_mchid', '=', sp_mchid)
      .where('conclude_after', 'is not', null)
      .execute()
    return 0
  }
  await conclude(trx, turn, shops, now)
  await setDay(trx, sp_mchid, day, { conclude_after: last })
  return shops.length
}

/** Of a merchant that came into the directory after it was in bills. */
export async function concludeFor(
  trx: Trx,
  { sp_mchid, home }: Pick<Turn, 'sp_mchid' | 'home'>,
  sub_mchid: string,
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ day: string | null }>`
    select to_char(max(day), 'YYYY-MM-DD') as day from bill_days where sp_mchid = ${sp_mchid} and state = 'landed'`.execute(trx)
  const day = rows[0]!.day
  if (day !== null) await conclude(trx, { sp_mchid, home, day }, [sub_mchid], now)
}

async function conclude(trx: Trx, turn: Omit<Turn, 'after'>, shops: readonly string[], now: Date): Promise<void> {
  const { sp_mchid, day } = turn
  await lockMerchants(trx, sp_mchid, shops)
  const isWhole = await isWindowWhole(trx, turn)
  const given = new Map<string, (NewEvidence & { id: string })[]>()
  for (const orders of await ordersOf(trx, turn, shops)) {
    const item = conclusionOf(orders, { day, isWhole, now })
    if (item) given.set(orders.sub_mchid, [item])
  }
  await record(trx, sp_mchid, given, now)
}

const beforeWindow = (day: string) => dayLater(day, -windowDays)
const inWindow = (day: string, column: string) =>
  sql<boolean>`(${sql.ref(column)} > ${beforeWindow(day)}::date and ${sql.ref(column)} <= ${day}::date)`

/** In the directory, in order. */
async function shopsWithOrders(trx: Trx, { sp_mchid, day, after }: Turn): Promise<string[]> {
  const { rows } = await sql<{ sub_mchid: string }>`
    select sub_mchid from sub_merchants as s where sp_mchid = ${sp_mchid} and sub_mchid > ${after}
      and exists (select from payment_days as p where p.sp_mchid = s.sp_mchid and p.sub_mchid = s.sub_mchid and ${inWindow(day, 'p.day')})
    order by sub_mchid limit ${batch}`.execute(trx)
  return rows.map(({ sub_mchid }) => sub_mchid)
}

/**
 * Whether "none of them was JSAPI" can be said at all: every day of the window is known, and there is a register of appids. A merchant's own orders have to be
 * known to it, too.
 */
async function isWindowWhole(trx: Trx, { sp_mchid, home, day }: Omit<Turn, 'after'>): Promise<boolean> {
  const { rows } = await sql<{ days: number; register: boolean }>`
    select (select count(*)::integer from bill_days where sp_mchid = ${sp_mchid} and state in ('landed', 'empty') and ${inWindow(day, 'day')}) as days,
      exists (select from appids where sp_mchid = ${home} and kind in ('official_account', 'mini_program')) as register`.execute(trx)
  return rows[0]!.days === windowDays && rows[0]!.register
}

export async function ordersOf(trx: Trx, { sp_mchid, home, day }: Omit<Turn, 'after'>, shops: readonly string[]): Promise<Orders[]> {
  const { rows } = await sql<Orders>`
    select orders.*, said.conclusion as said, said.occurred_at as said_at
    from (
      select p.sub_mchid, sum(p.payments)::integer as payments, coalesce(sum(by_appid.unknown_appid), 0)::integer as unknown,
        to_char(max(p.day) filter (where by_appid.jsapi > 0), 'YYYY-MM-DD') as jsapi_day
      from ${paymentDaysWith(sp_mchid, shops, { after: beforeWindow(day), until: day })} cross join lateral (${jsapiByAppid(home)}) as by_appid
      group by p.sub_mchid
    ) as orders
    left join lateral (
      select e.detail ->> 'conclusion' as conclusion, e.occurred_at from evidence as e
      where e.sp_mchid = ${sp_mchid} and e.sub_mchid = orders.sub_mchid and e.kind = 'flow_conclusion' and e.detail ->> 'basis' = 'orders'
      order by e.occurred_at desc limit 1
    ) as said on true
    order by orders.sub_mchid`.execute(trx)
  return rows
}

/** @returns null where orders say nothing, or said it lately */
function conclusionOf(
  { payments, unknown, jsapi_day, said, said_at }: Omit<Orders, 'sub_mchid'>,
  { day, isWhole, now }: { day: string; isWhole: boolean; now: Date },
): (NewEvidence & { id: string }) | null {
  if (payments < leastPayments) return null
  const conclusion = jsapi_day !== null ? ('jsapi' as const) : isWhole && unknown === 0 ? ('not_jsapi' as const) : null
  if (conclusion === null) return null
  const end = endOfDay(jsapi_day ?? day).getTime() - 1
  const isSaid = said === conclusion && said_at !== null && end - said_at.getTime() < saidAgainAfter * dayMs
  if (isSaid) return null
  // a corrected bill speaks after the one that it corrects, of the same day
  const occurred_at = new Date(Math.min(Math.max(end, (said_at?.getTime() ?? 0) + 1), now.getTime()))
  const detail = { conclusion, basis: 'orders' as const }
  return { id: randomUUID(), kind: 'flow_conclusion', detail, occurred_at, recorded_at: now, recorded_by: null, source: 'backend' }
}

async function record(trx: Trx, sp_mchid: string, given: ReadonlyMap<string, (NewEvidence & { id: string })[]>, now: Date): Promise<void> {
  if (given.size === 0) return
  const sub_mchids = [...given.keys()]
  const before = await merchantFacts(trx, sp_mchid, sub_mchids)
  await recordEvidenceOfMany(trx, sp_mchid, given, now)
  const after = await merchantFacts(trx, sp_mchid, sub_mchids)
  const entries = sub_mchids.map(target_id => {
    const change = difference(before.get(target_id)!, after.get(target_id)!)
    const [item] = given.get(target_id)!
    return { target_id, before: change.before, after: { ...change.after, ...item!.detail, evidence_id: item!.id } }
  })
  await sql`
    insert into audit_entries (sp_mchid, at, action, target_type, target_id, before, after)
    select ${sp_mchid}, ${now}, 'flow_conclusion.write', 'sub_merchant', target_id, before, after
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given(target_id text, before jsonb, after jsonb)`.execute(trx)
}
