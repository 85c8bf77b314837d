// What is kept of loads: counters in memory, written every few seconds as one row for a merchant, day and result; and a row for each load that may prove
// something. A customer's answer never waits for it, and no number of forged loads makes more rows than there are merchants.
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { LoadResult, OrderScene } from '../database/receipt-tables.ts'
import { Recent } from '../platform/recent.ts'
import { addSteps, stepOf } from './steps.ts'
import { clearSuspicions } from '../evidence/suspicion/watch.ts'
import type { LoadTicket } from './load-token.ts'

interface CountedLoad {
  sp_mchid: string
  sub_mchid: string
  day: string
  result: LoadResult
}

interface KeptLoad {
  sp_mchid: string
  sub_mchid: string
  out_trade_no: string
  check_code: string
  state: 'valid' | 'pending'
  loaded_at: Date
  paid_at: Date | null
  order_scene: OrderScene
  displayed: 'merchant' | 'official'
}

interface Counter extends CountedLoad {
  loads: number
  shown: number
  steps: number[]
}

interface Ready {
  ticket: LoadTicket
  readyMs: number
  displayed: string
  /** how often its load was looked for in vain */
  flushes: number
}

/** so long another process may take to write a load: it does so about once a second */
const mostFlushes = 15
/** Above these limits loads are dropped and counted as dropped: the database has been unreachable for long. */
const mostCounters = 50_000
const mostKept = 5_000
/** An order without transaction_id takes so many codes: the first may have been made up. */
const codesOfOneOrder = 3

const firstCheckAfter = 10_000

export interface Ledger {
  count(load: CountedLoad, by?: { loads?: number; shown?: number; readyMs?: number }): void
  /** counts a reading of the rule that matched */
  matched(sp_mchid: string, variant: string): void
  keep(load: KeptLoad): void
  /** @returns false when this ticket was used before */
  ready(id: string, ticket: LoadTicket, readyMs: number, displayed: 'merchant' | 'official'): boolean
  /** Writes what is there. @returns the valid loads that are new */
  flush(): Promise<KeptLoad[]>
}

export function createLedger({ db, log }: Pick<Context, 'db' | 'log'>, onDropped: () => void): Ledger {
  let counters = new Map<string, Counter>()
  let variants = new Map<string, { sp_mchid: string; variant: string; loads: number }>()
  let kept: KeptLoad[] = []
  let readies: Ready[] = []
  const used = new Recent<true>(50_000)

  const ledger: Ledger = {
    count(load, { loads = 0, shown = 0, readyMs } = { loads: 1 }) {
      const key = `${load.sp_mchid}/${load.sub_mchid}/${load.day}/${load.result}`
      let counter = counters.get(key)
      if (!counter) {
        if (counters.size >= mostCounters) return onDropped()
        const { sp_mchid, sub_mchid, day, result } = load
        counters.set(key, (counter = { sp_mchid, sub_mchid, day, result, loads: 0, shown: 0, steps: [] }))
      }
      counter.loads += loads
      counter.shown += shown
      if (readyMs !== undefined) {
        const step = stepOf(readyMs)
        counter.steps[step] = (counter.steps[step] ?? 0) + 1
      }
    },
    matched(sp_mchid, variant) {
      const key = `${sp_mchid}/${variant}`
      const known = variants.get(key)
      if (known) known.loads += 1
      else variants.set(key, { sp_mchid, variant, loads: 1 })
    },
    keep(load) {
      if (kept.length >= mostKept) return onDropped()
      kept.push(load)
    },
    ready(id, ticket, readyMs, displayed) {
      if (used.get(id)) return false
      used.set(id, true, 120_000)
      // what a page reports about an order that is not known to be paid does not count
      if (ticket.out_trade_no !== null && readies.length < mostKept) readies.push({ ticket, readyMs, displayed, flushes: 0 })
      return true
    },
    async flush() {
      if (counters.size + variants.size + kept.length + readies.length === 0) return []
      const batch = { counters, variants, kept, readies }
      counters = new Map()
      variants = new Map()
      kept = []
      readies = []
      try {
        const { fresh, taken, early } = await db.transaction().execute(async trx => {
          await writeCounters(trx, [...batch.counters.values()])
          await writeVariants(trx, [...batch.variants.values()])
          const newest = await writeKept(trx, batch.kept)
          return { fresh: newest, ...(await writeReady(trx, batch.readies)) }
        })
        // with the next flush, so that a report counts once whichever process took it
        for (const { ticket, readyMs, displayed } of taken)
          ledger.count(ticket, { readyMs, shown: ticket.given && displayed === 'merchant' ? 1 : 0 })
        readies.push(...early)
        return fresh
      } catch (error) {
        log.error({ err: error }, 'loads of the receipt page could not be written; they are tried again')
        for (const counter of batch.counters.values()) {
          ledger.count(counter, { loads: counter.loads, shown: counter.shown })
          const now = counters.get(`${counter.sp_mchid}/${counter.sub_mchid}/${counter.day}/${counter.result}`)
          if (now) addSteps(now.steps, counter.steps)
        }
        for (const { sp_mchid, variant, loads } of batch.variants.values())
          for (let one = 0; one < loads; one += 1) ledger.matched(sp_mchid, variant)
        kept = [...batch.kept, ...kept].slice(0, mostKept)
        readies = [...batch.readies, ...readies].slice(0, mostKept)
        return []
      }
    },
  }
  return ledger
}

type Trx = Parameters<Parameters<ReturnType<Context['db']['transaction']>['execute']>[0]>[0]

async function writeCounters(trx: Trx, counters: Counter[]): Promise<void> {
  if (counters.length === 0) return
  // in one order, so that two processes do not wait for each other
  const rows = counters
    .sort((a, b) => (`${a.sub_mchid}${a.day}${a.result}` < `${b.sub_mchid}${b.day}${b.result}` ? -1 : 1))
    .map(({ steps, ...row }) => ({ ...row, ready_steps: Array.from(steps, count => count ?? 0) }))
  await sql`
    insert into receipt_load_days as d (sp_mchid, sub_mchid, day, result, loads, shown, ready_steps)
    select sp_mchid, sub_mchid, day, result, loads, shown, ready_steps
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(sp_mchid text, sub_mchid text, day date, result text, loads bigint, shown bigint,
      ready_steps bigint[])
    on conflict (sp_mchid, sub_mchid, day, result) do update set loads = d.loads + excluded.loads, shown = d.shown + excluded.shown,
      ready_steps = (select coalesce(array_agg(coalesce(a, 0) + coalesce(b, 0) order by i), '{}')
        from unnest(d.ready_steps, excluded.ready_steps) with ordinality as u(a, b, i))`.execute(trx)
  await clearSuspicions(
    trx,
    // an order that nobody knows was made up: no customer was there
    rows.filter(({ loads, result }) => loads > 0 && result !== 'unknown_order'),
  )
}

async function writeVariants(trx: Trx, variants: { sp_mchid: string; variant: string; loads: number }[]): Promise<void> {
  for (const row of variants) {
    await trx
      .insertInto('receipt_code_variants')
      .values(row)
      .onConflict(conflict =>
        conflict.columns(['sp_mchid', 'variant']).doUpdateSet({ loads: sql`receipt_code_variants.loads + excluded.loads` }),
      )
      .execute()
  }
}

/** The first load of an order and code counts; a pending one that turned out valid since is that. */
async function writeKept(trx: Trx, loads: KeptLoad[]): Promise<KeptLoad[]> {
  const fresh: KeptLoad[] = []
  for (const load of loads) {
    const { rows } = await sql<{ is_new: boolean }>`
      insert into receipt_loads as l (sp_mchid, sub_mchid, out_trade_no, check_code, state, loaded_at, paid_at, order_scene, displayed, next_check_at)
      select ${load.sp_mchid}, ${load.sub_mchid}, ${load.out_trade_no}, ${load.check_code}, ${load.state}, ${load.loaded_at}, ${load.paid_at},
        ${load.order_scene}, ${load.displayed}, ${load.state === 'pending' ? new Date(load.loaded_at.getTime() + firstCheckAfter) : null}
      where ${load.state} = 'valid' or (select count(*) from receipt_loads where sp_mchid = ${load.sp_mchid} and sub_mchid = ${load.sub_mchid}
        and out_trade_no = ${load.out_trade_no}) < ${codesOfOneOrder}
      on conflict (sp_mchid, sub_mchid, out_trade_no, check_code) do update set state = 'valid', paid_at = excluded.paid_at,
        order_scene = excluded.order_scene, displayed = excluded.displayed, next_check_at = null
      where l.state in ('pending', 'given_up') and excluded.state = 'valid'
      returning true as is_new`.execute(trx)
    if (rows.length > 0 && load.state === 'valid') fresh.push(load)
  }
  return fresh
}

/**
 * The first report of a load is taken, whichever process it came to.
 * @returns taken: those to be counted now; a pending load's counts when its payment was found. early: their load was not written yet, by this process or another
 */
async function writeReady(trx: Trx, readies: readonly Ready[]): Promise<{ taken: Ready[]; early: Ready[] }> {
  const taken: Ready[] = []
  const early: Ready[] = []
  for (const ready of readies) {
    const { ticket, readyMs, displayed, flushes } = ready
    const { rows } = await sql<{ is_first: boolean }>`
      with found as (
        select sp_mchid, sub_mchid, out_trade_no, check_code, ready_ms from receipt_loads
        where sp_mchid = ${ticket.sp_mchid} and sub_mchid = ${ticket.sub_mchid} and out_trade_no = ${ticket.out_trade_no}
          and check_code = ${ticket.check_code} for update
      ), written as (
        update receipt_loads l set ready_ms = ${readyMs}, displayed = ${displayed} from found f
        where l.sp_mchid = f.sp_mchid and l.sub_mchid = f.sub_mchid and l.out_trade_no = f.out_trade_no and l.check_code = f.check_code
          and f.ready_ms is null
        returning true
      )
      select exists (select from written) as is_first from found`.execute(trx)
    if (rows.length === 0 && flushes < mostFlushes) early.push({ ...ready, flushes: flushes + 1 })
    else if (rows[0]?.is_first && ticket.result === 'valid') taken.push(ready)
  }
  return { taken, early }
}
