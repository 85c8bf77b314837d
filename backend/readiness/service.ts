// What people answer, and what a run of the checks found: each with its entry in the trail.
import { sql } from 'kysely'
import { isDeepStrictEqual } from 'node:util'
import { providerSettings } from '../company/provider-settings/change.ts'
import { receiptLinksOf } from '../company/provider-settings/receipt-hosts.ts'
import { inOrderOf, ofNumbers } from '../company/staff/scope.ts'
import type { Database, Trx } from '../database/connection.ts'
import { billHealth } from '../evidence/bills/health.ts'
import type { Caller } from '../http/caller.ts'
import { AppError, invalidField } from '../http/problems/app-error.ts'
import { idempotentWrite, readInTurn, type Ask } from '../http/write.ts'
import type { Context } from '../platform/context.ts'
import { difference, type Difference } from '../platform/audit/difference.ts'
import { isOptional } from './items.ts'
import { readinessOf } from './read.ts'
import { runChecks, type ReadinessRun } from './run.ts'
import type { ProviderNumberList, Readiness, ReadinessAnswer, ReadinessItem, ReadinessItemId } from './schema.ts'

export const readProvider = (context: Context, caller: Caller): Promise<ProviderNumberList> =>
  readInTurn(context, caller, async () => {
    const { db, clock } = context
    const { numbers } = caller
    const rows = await db.selectFrom('provider').selectAll().where(ofNumbers(numbers)).orderBy(inOrderOf(numbers)).execute()
    const now = clock.now()
    const whole = rows.map(async row => ({
      ...(await providerSettings(db, row)),
      readiness: await readinessOf(db, row.sp_mchid, numbers, now),
      bills: await billHealth(db, row.sp_mchid, now),
    }))
    return { numbers: await Promise.all(whole) }
  })

function assertServed({ numbers }: Caller, sp_mchid: string): void {
  if (!numbers.includes(sp_mchid)) throw new AppError('NOT_FOUND')
}

/**
 * Records what a person says of one item; said again it is the same.
 * @throws AppError ACTION_FORBIDDEN, NOT_FOUND, PRECONDITION_REQUIRED, VERSION_MISMATCH, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED
 */
export function answerItem(
  context: Context,
  ask: Ask,
  { sp_mchid, item }: { sp_mchid: string; item: ReadinessItemId },
  { answer, note }: ReadinessAnswer,
): Promise<ReadinessItem> {
  const itemOf = async (db: Database | Trx, { numbers }: Caller): Promise<ReadinessItem> =>
    (await readinessOf(db, sp_mchid, numbers, context.clock.now())).find(one => one.item === item)!
  return idempotentWrite(context, ask, {
    refuse(_, { caller }) {
      assertServed(caller, sp_mchid)
      if (answer === 'not_needed' && !isOptional(item)) throw invalidField('answer', 'ALWAYS_NEEDED', 'no provider can do without it')
    },
    replay: (db, { caller }) => itemOf(db, caller),
    async lock(trx, { caller }) {
      // a row that is not there yet cannot be locked
      await sql`select pg_advisory_xact_lock(hashtext('readiness'), hashtext(${`${sp_mchid} ${item}`}))`.execute(trx)
      const before = await itemOf(trx, caller)
      return { before, version: before.version, current: async () => before }
    },
    async work(trx, { caller, held: { before }, now }) {
      const said = { answer, note: note.trim() }
      const was = before.answer && { answer: before.answer.answer, note: before.answer.note }
      if (isDeepStrictEqual(was, said)) return { answer: before, keep: { answer: '{}' }, audit: null }
      const row = { ...said, answered_by: caller.staff_id, answered_at: now, version: before.version + 1 }
      await trx
        .insertInto('readiness_answers')
        .values({ sp_mchid, item, ...row })
        .onConflict(conflict => conflict.columns(['sp_mchid', 'item']).doUpdateSet(row))
        .execute()
      return {
        answer: await itemOf(trx, caller),
        keep: { answer: '{}' },
        audit: {
          sp_mchid,
          action: 'readiness.answer',
          target: { type: 'provider', id: sp_mchid },
          before: was && { item, ...was },
          after: { item, ...said },
        },
      }
    },
  })
}

/**
 * Runs the checks that ask outside and keeps what they found; who asks while a run is under way gets what that one finds.
 * @throws AppError ACTION_FORBIDDEN, NOT_FOUND, IDEMPOTENCY_KEY_REUSED. What is wrong with what was checked is a finding.
 */
export function checkReadiness(context: Context, ask: Ask, sp_mchid: string): Promise<Readiness> {
  const readiness = async (db: Database | Trx, { numbers }: Caller): Promise<Readiness> => ({
    sp_mchid,
    items: await readinessOf(db, sp_mchid, numbers, context.clock.now()),
  })
  return idempotentWrite(context, ask, {
    refuse: (_, { caller }) => assertServed(caller, sp_mchid),
    replay: (db, { caller }) => readiness(db, caller),
    outside: () => runChecks(context, sp_mchid),
    async work(trx, { caller, outside: run }) {
      const change = await keepFindings(trx, sp_mchid, run)
      return {
        answer: await readiness(trx, caller),
        keep: { answer: '{}' },
        audit: change && { sp_mchid, action: 'readiness.check', target: { type: 'provider', id: sp_mchid }, ...change },
      }
    },
  })
}

/** @returns null: another who asked for the same run has kept it */
async function keepFindings(trx: Trx, sp_mchid: string, { at, links, findings }: ReadinessRun): Promise<Difference<object> | null> {
  // in the order of the settings' own lock: links that change meanwhile wait, or were changed and are seen here
  await trx.selectFrom('provider').select('sp_mchid').where('sp_mchid', '=', sp_mchid).forNoKeyUpdate().execute()
  const sameLinks = isDeepStrictEqual(await receiptLinksOf(trx, sp_mchid), links)
  const current = sameLinks ? findings : findings.filter(({ check }) => check === 'keys' || check === 'clock')
  const held = await trx.selectFrom('readiness_findings').selectAll().where('sp_mchid', '=', sp_mchid).execute()
  const newer = current.filter(({ check }) => !held.some(one => one.check === check && one.checked_at >= at))
  if (newer.length === 0) return null
  for (const { check, values, ...found } of newer) {
    const row = { ...found, values: JSON.stringify(values), checked_at: at }
    await trx
      .insertInto('readiness_findings')
      .values({ sp_mchid, check, ...row })
      .onConflict(conflict => conflict.columns(['sp_mchid', 'check']).doUpdateSet(row))
      .execute()
  }
  const said = (all: readonly { check: string; result: string; code: string }[]) => ({
    ...Object.fromEntries(all.map(({ check, result }) => [check, result])),
    codes: Object.fromEntries(all.map(({ check, code }) => [check, code])),
  })
  return difference(said(held.filter(one => newer.some(({ check }) => check === one.check))), said(newer))
}
