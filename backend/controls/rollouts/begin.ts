// Claims the items that are due next and begins the next operation of each: one transaction for several, because each of its questions costs as much as many.
import { type Selectable, sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { plannedOnce, type Trx } from '../../database/connection.ts'
import type { RolloutItemTable, RolloutReason } from '../../database/rollout-tables.ts'
import type { ProviderTable } from '../../database/company-tables.ts'
import type { OperationTable, OperationRow } from '../../database/control-tables.ts'
import { isOneOf, keyOf } from '../../evidence/merchant-keys.ts'
import { momentsOf } from '../../evidence/moment.ts'
import type { MerchantKey } from '../../evidence/record.ts'
import { findOpenOperations } from '../../directory/merchants/shape.ts'
import type { ProblemCode } from '../../http/problems/catalogue.ts'
import type { Context } from '../../platform/context.ts'
import type { Call } from '../calls.ts'
import type { RolloutRow } from './find.ts'
import { controlsFor, seenOf, whyNot, type Judged } from './judge-merchant.ts'

/** milliseconds until another look at a merchant whose earlier write has no outcome yet */
const waitForOther = 5_000

type ItemRow = Pick<Selectable<RolloutItemTable>, 'position' | 'sp_mchid' | 'sub_mchid' | 'seen' | 'done'>

/** An operation that is written down with its call, which is to leave. */
export interface Begun {
  operation: OperationRow
  call: Call
}

/**
 * @param most items at once
 * @returns what is to be sent, and how many items were touched: fewer than `most` means that no further one is due
 */
export async function beginNext(context: Context, rollout: RolloutRow, most: number): Promise<{ begun: Begun[]; touched: number }> {
  const calls: Call[] = []
  const next = () => {
    const call = context.calls.next()
    calls.push(call)
    return call
  }
  let begun: Begun[] = []
  try {
    const done = await context.db.transaction().execute(trx => begin(context, trx, rollout, most, next))
    begun = done.begun
    return done
  } finally {
    for (const call of calls) if (!begun.some(one => one.call === call)) context.calls.done(call)
  }
}

type Shop = Judged & MerchantKey

/** What becomes of an item now. */
interface Change {
  position: number
  status: 'pending' | 'working' | 'succeeded' | 'skipped'
  code: string | null
  try_at: Date | null
  operation_id: string | null
}

async function begin(context: Context, trx: Trx, rollout: RolloutRow, most: number, next: () => Call) {
  const now = context.clock.now()
  const items = await claim(trx, rollout.id, most, now)
  if (items.length === 0) return { begun: [], touched: 0 }
  const merchants = await lockFree(trx, items)
  const open = await findOpenOperations(trx, [...merchants.values()])
  const providers = await providersOf(trx, items)
  const wait = ({ position }: ItemRow): Change => ({
    position,
    status: 'pending',
    code: 'OPERATION_PENDING',
    try_at: new Date(now.getTime() + waitForOther),
    operation_id: null,
  })

  const changes: Change[] = []
  const toBegin: { item: ItemRow; merchant: Shop }[] = []
  for (const item of items) {
    const merchant = merchants.get(keyOf(item))
    const ended = merchant && endOf(rollout, item, merchant, providers.get(item.sp_mchid)!, open.get(keyOf(item)), now)
    // whoever has the row writes to this merchant at this moment
    if (!merchant || ended?.code === 'OPERATION_PENDING') changes.push(wait(item))
    else if (ended) changes.push({ position: item.position, ...ended, try_at: null, operation_id: null })
    else toBegin.push({ item, merchant })
  }
  const begun = await insertOperations(context, trx, rollout, toBegin, next, now)
  for (const { item } of toBegin) {
    const operation_id = begun.find(({ operation }) => keyOf(operation) === keyOf(item))?.operation.id
    changes.push(operation_id ? { position: item.position, status: 'working', code: null, try_at: null, operation_id } : wait(item))
  }
  await sql`
    ${plannedOnce('items that begin')} update rollout_items as i set status = given.status, code = given.code, try_at = given.try_at, operation_id = given.operation_id, message = null, changed_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given (position integer, status text, code text, try_at timestamptz, operation_id uuid)
    where i.rollout_id = ${rollout.id} and i.position = given.position`.execute(trx)
  return { begun, touched: items.length }
}

async function claim(trx: Trx, rollout_id: string, most: number, now: Date): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    ${plannedOnce('items that are due')} select i.position, i.sp_mchid, i.sub_mchid, i.seen, i.done from rollout_items as i join rollouts as r on r.id = i.rollout_id
    where i.rollout_id = ${rollout_id} and i.status = 'pending' and i.try_at <= ${now} and i.stage <= r.stage and r.status = 'running'
    order by i.position limit ${most} for update of i skip locked`.execute(trx)
  return rows
}

/** Those whose row nobody holds. */
async function lockFree(trx: Trx, items: readonly ItemRow[]): Promise<Map<string, Shop>> {
  const rows = await trx
    .selectFrom('sub_merchants')
    .select([
      'sp_mchid',
      'sub_mchid',
      'status',
      'gold_plan_status',
      'receipt_status',
      'receipt_link',
      'migration_state',
      'switches',
      'open_request_id',
    ])
    .where(isOneOf(items))
    .forUpdate()
    .skipLocked()
    .execute()
  return new Map(rows.map(row => [keyOf(row), row]))
}

async function providersOf(trx: Trx, items: readonly ItemRow[]): Promise<Map<string, Selectable<ProviderTable>>> {
  const numbers = [...new Set(items.map(one => one.sp_mchid))]
  const rows = await trx.selectFrom('provider').selectAll().where('sp_mchid', 'in', numbers).execute()
  return new Map(rows.map(row => [row.sp_mchid, row]))
}

/** @returns null: there is something to do at this merchant */
function endOf(
  rollout: RolloutRow,
  item: ItemRow,
  merchant: Shop,
  provider: Selectable<ProviderTable>,
  open: Selectable<OperationTable> | undefined,
  now: Date,
): { status: 'succeeded' | 'skipped'; code: RolloutReason | ProblemCode | null } | null {
  const why = whyNot(rollout, merchant, provider, open, now)
  // what was found done after its own operations is its success
  if (why === 'ALREADY' && item.done > 0) return { status: 'succeeded', code: null }
  if (why !== null) return { status: 'skipped', code: why }
  return seenOf(merchant) === expectedOf(item) ? null : { status: 'skipped', code: 'CHANGED_MEANWHILE' }
}

/** The switches as they were looked at, but for the receipt that this item has opened itself. */
function expectedOf({ seen, done }: ItemRow): string {
  if (done === 0) return seen
  const [plan, , ...filter] = seen.split(' ')
  return [plan, 'open', ...filter].join(' ')
}

async function insertOperations(
  context: Context,
  trx: Trx,
  rollout: RolloutRow,
  toBegin: readonly { merchant: Shop }[],
  next: () => Call,
  now: Date,
): Promise<Begun[]> {
  if (toBegin.length === 0) return []
  const moments = await momentsOf(
    trx,
    toBegin.map(({ merchant }) => merchant),
    now,
  )
  const rows = toBegin.map(({ merchant }) => {
    const { kind, parameters } = controlsFor(rollout, merchant)[0]!
    const { sp_mchid, sub_mchid } = merchant
    return { id: randomUUID(), key: randomUUID(), sp_mchid, sub_mchid, kind, parameters, started_at: moments(merchant) }
  })
  const { rows: operations } = await sql<OperationRow>`${plannedOnce('operations of a rollout')}
    insert into operations (id, sp_mchid, sub_mchid, key, staff_id, kind, parameters, status, started_at, request_id)
    select id, sp_mchid, sub_mchid, key, ${rollout.started_by!}, kind, parameters, 'pending', started_at, ${rollout.id}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (id uuid, sp_mchid text, sub_mchid text, key text, kind text, parameters jsonb, started_at timestamptz) returning *`.execute(
    trx,
  )
  const begun = operations.map(operation => ({ operation, call: next() }))
  const written = await context.calls.writeDownAll(trx, begun)
  const refused = begun.filter(({ call }) => !written.has(call.id)).map(({ operation }) => operation.id)
  if (refused.length > 0) await trx.deleteFrom('operations').where('id', 'in', refused).execute()
  return begun.filter(({ call }) => written.has(call.id))
}
