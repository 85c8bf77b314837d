// When loads of the receipt page prove that the plan works at a shop (product.md F8): a matched check_code says only that whoever loaded the page
// knows the transaction id, as the payer does. So two different orders have to match within 24 hours, neither of them a staff test payment, each
// loaded within 10 minutes after it was paid (F9: the console's debugging tool loads the page for old orders) and paid by JSAPI.
import { sql } from 'kysely'
import { watchMerchant } from '../evidence/watch.ts'
import { recordAudit } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import type { Trx } from '../database/connection.ts'
import { momentOf } from '../evidence/moment.ts'
import { lockMerchant, recordEvidence, type MerchantKey } from '../evidence/record.ts'
import { beaconWindow } from '../evidence/verdict/durations.ts'

const pairWithin = 24 * 3_600_000
/** One item proves as much as many: another is written a day later, or sooner where the verdict is not 已迁移 any more. */
const sayAgainAfter = 24 * 3_600_000
const settleWithin = 10 * 60_000

interface ProvingLoad {
  out_trade_no: string
  loaded_at: Date
  paid_at: Date
  ready_ms: number | null
  displayed: 'merchant' | 'official'
}

/**
 * Looks whether the loads of this merchant around a new one prove something, and keeps that as evidence.
 * @param around when the new load was
 * @returns the id of the evidence; null when nothing was written
 */
export async function concludeFromLoads(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  merchant: MerchantKey,
  around: Date,
): Promise<string | null> {
  // most new loads add nothing to what is known: the row is locked only for those that may
  if ((await provingLoads(db, merchant, around)).length < 2) return null
  return db.transaction().execute(async trx => {
    await lockMerchant(trx, merchant)
    const loads = await provingLoads(trx, merchant, around)
    const [newest, other] = loads
    if (!newest || !other || newest.loaded_at.getTime() - other.loaded_at.getTime() > pairWithin) return null
    const { migration_state } = await stateOf(trx, merchant)
    if (await isKnown(trx, merchant, newest.loaded_at, migration_state)) return null
    const now = await momentOf(trx, merchant, clock.now())
    const detail = {
      // the whole number stands in receipt_loads for 14 days; evidence lasts
      out_trade_no: newest.out_trade_no.slice(-4),
      order_paid_at: newest.paid_at.toISOString(),
      order_scene: 'jsapi' as const,
      check_code_valid: true,
      ...(newest.ready_ms !== null && { ready_ms: newest.ready_ms }),
      displayed: newest.displayed,
    }
    const item = {
      kind: 'receipt_beacon' as const,
      detail,
      occurred_at: newest.loaded_at,
      recorded_at: now,
      recorded_by: null,
      source: 'backend' as const,
    }
    const changes = await watchMerchant(trx, merchant)
    const [evidence_id] = await recordEvidence(trx, merchant, [item], now)
    const { before, after } = await changes()
    await recordAudit(trx, {
      sp_mchid: merchant.sp_mchid,
      at: now,
      actor: null,
      action: 'receipt_beacon.write',
      target: { type: 'sub_merchant', id: merchant.sub_mchid },
      before,
      after: { ...after, evidence_id },
      origin: null,
    })
    return evidence_id!
  })
}

const stateOf = (trx: Trx, { sp_mchid, sub_mchid }: MerchantKey) =>
  trx
    .selectFrom('sub_merchants')
    .select('migration_state')
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()

/** The newest load of each order, newest first, of orders that may prove something. */
async function provingLoads(db: Context['db'] | Trx, { sp_mchid, sub_mchid }: MerchantKey, around: Date): Promise<ProvingLoad[]> {
  const [from, to] = [new Date(around.getTime() - pairWithin), new Date(around.getTime() + pairWithin)]
  const window = `${beaconWindow} milliseconds`
  const { rows } = await sql<ProvingLoad>`
    with loads as (
      select distinct on (out_trade_no) out_trade_no, loaded_at, paid_at, ready_ms, displayed from receipt_loads
      where sp_mchid = ${sp_mchid} and sub_mchid = ${sub_mchid} and state = 'valid' and order_scene = 'jsapi'
        and loaded_at between ${from} and ${to} and paid_at <= loaded_at and loaded_at <= paid_at + ${window}::interval
      order by out_trade_no, loaded_at desc
    ), tests as (
      -- when somebody of ours may have paid: an order that staff asked for was paid in that second …
      select (e.detail ->> 'paid_at')::timestamptz - interval '2 seconds' as begins, (e.detail ->> 'paid_at')::timestamptz + interval '2 seconds' as ends
      from evidence e
      where e.sp_mchid = ${sp_mchid} and e.sub_mchid = ${sub_mchid} and e.kind = 'order_query' and e.recorded_by is not null
        and e.detail ->> 'paid_at' is not null
      union all
      -- … also where the answer was no evidence, because the payment was of another kind …
      select (after ->> 'paid_at')::timestamptz - interval '2 seconds', (after ->> 'paid_at')::timestamptz + interval '2 seconds'
      from audit_entries
      where sp_mchid = ${sp_mchid} and target_type = 'sub_merchant' and target_id = ${sub_mchid} and action = 'order_query.ask'
        and at >= ${from}::timestamptz - interval '1 day' and after ->> 'paid_at' is not null
      union all
      -- … a test payment that was recorded by itself was paid shortly before, one within a visit at some time in it
      select coalesce(v.started_at, e.occurred_at - interval '15 minutes') - interval '5 minutes', e.occurred_at + interval '5 minutes'
      from evidence e
        left join visit_evidence ve on ve.sp_mchid = e.sp_mchid and ve.evidence_id = e.id
        left join visits v on v.sp_mchid = ve.sp_mchid and v.id = ve.visit_id
      where e.sp_mchid = ${sp_mchid} and e.sub_mchid = ${sub_mchid} and e.kind = 'test_payment'
        and e.occurred_at between ${from}::timestamptz - interval '1 day' and ${to}::timestamptz + interval '1 day'
    )
    select * from loads where not exists (select from tests where loads.paid_at between tests.begins and tests.ends)
    order by loaded_at desc, out_trade_no`.execute(db)
  return rows
}

async function isKnown(trx: Trx, { sp_mchid, sub_mchid }: MerchantKey, loadedAt: Date, state: string): Promise<boolean> {
  const last = await trx
    .selectFrom('evidence')
    .select('occurred_at')
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .where('kind', '=', 'receipt_beacon')
    .orderBy('occurred_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return false
  const age = loadedAt.getTime() - last.occurred_at.getTime()
  return age < (state === 'verified' ? sayAgainAfter : settleWithin)
}
