// Loads whose order had no 微信订单号 yet: asked again a few times, first the provider's own system, then WeChat Pay itself. And old loads are removed.
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { Log } from '../platform/log.ts'
import { WechatPayError, type Orders } from '../wechatpay/index.ts'
import { matchingVariant } from './check-code.ts'
import { dayOf } from '../http/days.ts'
import { concludeFromLoads } from './evidence.ts'
import type { Ledger } from './ledger.ts'
import type { ReceiptSettings } from './settings.ts'
import type { Source } from './source.ts'

/** seconds from one look to the next; after the last the load stays pending in the counters and is given up */
const pauses = [30, 120, 600, 3_600, 14_400, 43_200]
const batch = 20
const orderNumbersKept = 14 * 86_400_000

export interface Rechecking {
  db: Context['db']
  clock: Context['clock']
  log: Log
  sp_mchids: readonly string[]
  orders(sp_mchid: string): Pick<Orders, 'queryTransaction'>
  source: Source | null
  settings: ReceiptSettings
  ledger: Ledger
}

/**
 * One round. Any number of processes may run it: rows are claimed. What a round does not reach is tried again at its next time.
 * @returns how many loads it claimed
 */
export async function recheckPending(given: Rechecking, goOn: () => boolean = () => true): Promise<number> {
  const { db, clock, sp_mchids } = given
  const now = clock.now()
  const due = await db.transaction().execute(async trx => {
    const rows = await trx
      .selectFrom('receipt_loads')
      .selectAll()
      .where('sp_mchid', 'in', sp_mchids)
      .where('state', '=', 'pending')
      .where('next_check_at', '<=', now)
      .orderBy('next_check_at')
      .limit(batch)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const row of rows) {
      const pause = pauses[row.checks]
      await trx
        .updateTable('receipt_loads')
        .set({
          checks: row.checks + 1,
          ...(pause === undefined
            ? { state: 'given_up' as const, next_check_at: null }
            : { next_check_at: new Date(now.getTime() + pause * 1_000) }),
        })
        .where(eb => eb.and(keyOf(row)))
        .execute()
    }
    return rows
  })
  for (const row of due) if (goOn()) await recheckOne(given, row)
  return due.length
}

interface PendingLoad {
  sp_mchid: string
  sub_mchid: string
  out_trade_no: string
  check_code: string
  loaded_at: Date
  paid_at: Date | null
  order_scene: 'jsapi' | 'miniprogram' | 'unknown'
}

const keyOf = ({ sp_mchid, sub_mchid, out_trade_no, check_code }: PendingLoad) => ({ sp_mchid, sub_mchid, out_trade_no, check_code })

async function recheckOne(given: Rechecking, row: PendingLoad): Promise<void> {
  const { db, settings, ledger } = given
  const found = await transactionOf(given, row)
  if (!found) return
  const variant = matchingVariant(row.check_code, { ...row, transaction_id: found.transaction_id }, settings.links, settings.variant)
  const state = variant ? 'valid' : 'invalid'
  const { sp_mchid, sub_mchid } = row
  const day = dayOf(row.loaded_at)
  const changed = await db.transaction().execute(async trx => {
    const concluded = await trx
      .updateTable('receipt_loads')
      .set({ state, next_check_at: null, paid_at: found.paid_at ?? row.paid_at, order_scene: found.scene ?? row.order_scene })
      .where(eb => eb.and(keyOf(row)))
      .where('state', 'in', ['pending', 'given_up'])
      .returning('ready_ms')
      .executeTakeFirst()
    if (!concluded) return null
    await trx
      .updateTable('receipt_load_days')
      .set({ loads: sql`greatest(0, loads - 1)` })
      .where('sp_mchid', '=', sp_mchid)
      .where('sub_mchid', '=', sub_mchid)
      .where(sql<boolean>`day = ${day}::date`)
      .where('result', '=', 'pending')
      .execute()
    return concluded
  })
  if (!changed) return
  const readyMs = variant ? changed.ready_ms : null
  ledger.count({ sp_mchid, sub_mchid, day, result: state }, { loads: 1, ...(readyMs !== null && { readyMs }) })
  if (!variant) return
  ledger.matched(sp_mchid, variant)
  await concludeFromLoads(given, { sp_mchid, sub_mchid }, row.loaded_at)
}

interface Transaction {
  transaction_id: string
  paid_at: Date | null
  scene: PendingLoad['order_scene'] | null
}

async function transactionOf({ source, settings, orders, log }: Rechecking, row: PendingLoad): Promise<Transaction | null> {
  const answer = await source?.ask(row, settings.sourceDeadlineMs, true)
  const known = answer && 'order' in answer ? answer.order : null
  if (known?.transaction_id)
    return { transaction_id: known.transaction_id, paid_at: known.paid_at ? new Date(known.paid_at) : null, scene: known.scene }
  try {
    const order = await orders(row.sp_mchid).queryTransaction({ sub_mchid: row.sub_mchid, out_trade_no: row.out_trade_no })
    if (!order.transaction_id || order.sub_mchid !== row.sub_mchid) return null
    // whether an order of JSAPI came from a mini program, WeChat Pay does not say: the provider's system did, or nobody does
    return { transaction_id: order.transaction_id, paid_at: order.success_time, scene: null }
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    log.info({ code: error.code, phase: error.phase }, 'WeChat Pay was asked for the order of a receipt load and did not give it')
    return null
  }
}

/** Order numbers are kept whole for 14 days only. */
export async function dropOldLoads({ db, clock, sp_mchids }: Pick<Rechecking, 'db' | 'clock' | 'sp_mchids'>): Promise<void> {
  await db
    .deleteFrom('receipt_loads')
    .where('sp_mchid', 'in', sp_mchids)
    .where('loaded_at', '<', new Date(clock.now().getTime() - orderNumbersKept))
    .execute()
}
