// Several successes of rollouts in one transaction: every question of a second transaction (settle.ts) costs as much for one merchant as for twenty.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { difference } from '../platform/audit/difference.ts'
import { recordAudits, type AuditEntry } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import { plannedOnce, type Trx } from '../database/connection.ts'
import { momentsOf } from '../evidence/moment.ts'
import { addToLocked, lockMerchants } from '../evidence/record.ts'
import { factsOf } from '../evidence/watch.ts'
import type { Outcome } from './call.ts'
import type { OperationRow } from '../database/control-tables.ts'
import { finishItemsOf } from './rollouts/finish.ts'
import { auditEntryOf, evidenceOf, nothingChanged } from './settle.ts'

export interface Success {
  operation: OperationRow
  /** phase: succeeded */
  outcome: Outcome
  call_id: string
}

/**
 * All of them or none.
 * @returns those that were settled here; the others had an outcome already, or belong to no rollout: each is settled by itself
 */
export function settleSuccesses(context: Context, given: readonly Success[]): Promise<Set<string>> {
  return context.db.transaction().execute(async trx => {
    const numbers = [...new Set(given.map(({ operation }) => operation.sp_mchid))].sort()
    // the merchants' rows first, as every other writer does
    for (const sp_mchid of numbers) await lockMerchants(trx, sp_mchid, shopsOf(given, sp_mchid))
    const { rows: held } = await sql<{ id: string }>`${plannedOnce('operations without an outcome')}
      select id from operations where id = any(${given.map(({ operation }) => operation.id)}::uuid[]) and status = 'pending' order by id for update`.execute(
      trx,
    )
    const done = given.filter(({ operation }) => held.some(({ id }) => id === operation.id))
    if (done.length === 0) return new Set<string>()
    await takeAwayAndNote(trx, done)
    const now = context.clock.now()
    for (const sp_mchid of numbers) {
      const own = done.filter(({ operation }) => operation.sp_mchid === sp_mchid)
      if (own.length > 0) await write(trx, sp_mchid, own, now)
    }
    return new Set(done.map(({ operation }) => operation.id))
  })
}

const shopsOf = (given: readonly Success[], sp_mchid: string): string[] =>
  given.flatMap(({ operation }) => (operation.sp_mchid === sp_mchid ? [operation.sub_mchid] : []))

/** The calls are no longer out, and the ledger has them. */
async function takeAwayAndNote(trx: Trx, done: readonly Success[]): Promise<void> {
  const calls = done.map(({ call_id }) => call_id)
  await sql`${plannedOnce('calls that are over')} delete from calls_under_way where id = any(${calls}::uuid[])`.execute(trx)
  const attempts = done.map(({ operation, outcome: { phase, sent_at, answered_at, http_status, wx_request_id } }) => ({
    operation_id: operation.id,
    attempt: operation.attempts + 1,
    phase,
    sent_at,
    answered_at,
    http_status,
    wx_request_id,
  }))
  await sql`${plannedOnce('attempts that succeeded')}
    insert into operation_attempts (operation_id, attempt, phase, sent_at, answered_at, http_status, wx_request_id)
    select operation_id, attempt, phase, sent_at, answered_at, http_status, wx_request_id from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb)
      as given (operation_id uuid, attempt integer, phase text, sent_at timestamptz, answered_at timestamptz, http_status integer, wx_request_id text)`.execute(
    trx,
  )
}

async function write(trx: Trx, sp_mchid: string, done: readonly Success[], now: Date): Promise<void> {
  const operations = done.map(({ operation }) => operation)
  const momentOf = await momentsOf(trx, operations, now)
  const settled = await writeOutcomes(trx, done, momentOf)
  const evidence = done.map(({ operation, outcome }) => {
    const item = { id: randomUUID(), ...evidenceOf(operation, outcome, { status: 'succeeded' }, momentOf(operation)) }
    return [operation.sub_mchid, [item]] as const
  })
  const last = operations.map(momentOf).reduce((one, other) => (other > one ? other : one))
  const changed = await addToLocked(trx, sp_mchid, new Map(evidence), last)
  const changes = new Map(changed.map(({ before, after }) => [after.sub_mchid, difference(factsOf(before), factsOf(after))]))
  const roles = await rolesOf(trx, settled)
  const entries = settled.map((row): AuditEntry => {
    const { status } = operations.find(({ id }) => id === row.id)!
    return auditEntryOf(status, row, roles.get(row.staff_id)!, changes.get(row.sub_mchid) ?? nothingChanged, momentOf(row))
  })
  await recordAudits(trx, entries)
  await finishItemsOf(
    trx,
    settled.map(row => ({ ...row, at: momentOf(row) })),
    now,
  )
}

async function writeOutcomes(trx: Trx, done: readonly Success[], momentOf: (operation: OperationRow) => Date): Promise<OperationRow[]> {
  const rows = done.map(({ operation, outcome }) => ({
    id: operation.id,
    wx_request_id: outcome.wx_request_id,
    finished_at: momentOf(operation),
  }))
  const { rows: settled } = await sql<OperationRow>`
    ${plannedOnce('operations that succeeded')} update operations as o set status = 'succeeded', code = null, message = null, wx_request_id = given.wx_request_id, wx_code = null, wx_message = null,
      retry_after = null, attempts = o.attempts + 1, finished_at = given.finished_at, next_attempt_at = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, wx_request_id text, finished_at timestamptz)
    where o.id = given.id returning o.*`.execute(trx)
  return settled
}

async function rolesOf(trx: Trx, operations: readonly OperationRow[]) {
  const ids = [...new Set(operations.map(({ staff_id }) => staff_id))]
  const rows = await trx.selectFrom('staff').select(['id', 'role']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, role }) => [id, role]))
}
