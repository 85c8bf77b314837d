// How far an import has come, kept in the database in the transaction that lands the rows.
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { Database, Trx } from '../../database/connection.ts'
import type { ImportCounts, ImportKind } from '../../database/directory-tables.ts'
import { ImportError } from './columns.ts'
import { noCounts, oneAtATime } from './landing.ts'

/** An older one begins again: the directory went on without it. */
const resumableFor = 24 * 3_600_000

/** any number, the same in every process */
const lockNumber = 401_247_383
const fileLockNumber = 401_247_385

/**
 * Holds a file for as long as `work` takes, on a connection of its own: two processes that went on with the same run would write over each other's
 * rejects file. A process that ends loses the lock with its connection.
 * @param sha256 of the file
 * @throws ImportError when another process holds it
 */
export async function oneRunOfFile<Result>(database: Database, sha256: string, work: () => Promise<Result>): Promise<Result> {
  return database.connection().execute(async held => {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${fileLockNumber}, hashtext(${sha256})) as held`.execute(held)
    if (!rows[0]!.held) throw new ImportError('另一个导入正在处理同一个文件：等它结束后再运行')
    try {
      return await work()
    } finally {
      // a connection that was lost meanwhile no longer holds the lock
      await sql`select pg_advisory_unlock(${fileLockNumber}, hashtext(${sha256}))`.execute(held).catch(() => undefined)
    }
  })
}

/** What makes two runs the same. */
export interface RunIdentity {
  /** empty: every row says whose it is */
  sp_mchid: string
  kind: ImportKind
  file_sha256: string
  settings: string
}

export interface RunState {
  id: string
  started_at: Date
  /** records of the file that are done */
  records: number
  rejected: number
  /** by sp_mchid */
  counts: Map<string, ImportCounts>
  rejectsBytes: number
}

export const newRun = (now: Date): RunState => ({
  id: randomUUID(),
  started_at: now,
  records: 0,
  rejected: 0,
  counts: new Map(),
  rejectsBytes: 0,
})

/** @returns the interrupted run of this file, to go on with, or a new one */
export async function beginRun(database: Database, identity: RunIdentity, now: Date): Promise<RunState> {
  return database.transaction().execute(async trx => {
    await oneAtATime(trx, lockNumber, identity.sp_mchid)
    const same = trx.selectFrom('import_runs').selectAll().where('sp_mchid', '=', identity.sp_mchid).where('kind', '=', identity.kind)
    const left = await same
      .where('file_sha256', '=', identity.file_sha256)
      .where('settings', '=', identity.settings)
      .where('finished_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (left) {
      const later = await same.where('started_at', '>=', left.updated_at).where('id', '<>', left.id).limit(1).executeTakeFirst()
      if (!later && now.getTime() - left.updated_at.getTime() < resumableFor) {
        const { id, started_at, records, rejected, counts, rejects_bytes } = left
        return { id, started_at, records, rejected, counts: new Map(Object.entries(counts)), rejectsBytes: Number(rejects_bytes) }
      }
      await trx.updateTable('import_runs').set({ finished_at: left.updated_at }).where('id', '=', left.id).execute()
    }
    const run = newRun(now)
    await trx
      .insertInto('import_runs')
      .values({ id: run.id, ...identity, started_at: now, updated_at: now })
      .execute()
    return run
  })
}

/**
 * In the transaction that lands the records between the two states.
 * @throws ImportError when another process went on with the same run meanwhile: nothing of this transaction stays then
 */
export async function advanceRun(trx: Trx, before: RunState, after: RunState, now: Date, finished: boolean): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('import_runs')
    .set({
      records: after.records,
      rejected: after.rejected,
      counts: JSON.stringify(Object.fromEntries(after.counts)),
      rejects_bytes: after.rejectsBytes,
      updated_at: now,
      finished_at: finished ? now : null,
    })
    .where('id', '=', before.id)
    .where('records', '=', before.records)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new ImportError('另一个导入正在处理同一个文件：等它结束后再运行')
}

/** Nothing goes on with it any more. */
export async function endRun(database: Database, { id }: RunState): Promise<void> {
  await database
    .updateTable('import_runs')
    .set(eb => ({ finished_at: eb.ref('updated_at') }))
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute()
}

/** @returns the sums of both */
export function withCounts(held: ReadonlyMap<string, ImportCounts>, more: ReadonlyMap<string, ImportCounts>): Map<string, ImportCounts> {
  const sums = new Map(held)
  for (const [sp_mchid, counts] of more) {
    const before = sums.get(sp_mchid) ?? noCounts()
    sums.set(sp_mchid, {
      added: before.added + counts.added,
      updated: before.updated + counts.updated,
      unchanged: before.unchanged + counts.unchanged,
      checks: before.checks + counts.checks,
    })
  }
  return sums
}

/** of all numbers */
export function sumOf(counts: ReadonlyMap<string, ImportCounts>): ImportCounts {
  const sum = noCounts()
  for (const own of counts.values()) for (const name of Object.keys(sum) as (keyof ImportCounts)[]) sum[name] += own[name]
  return sum
}
