// From a file to the directory: header, rows, batches, rejects, counts. While one batch is written the next is read.
import { basename } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import type { ImportCounts, ImportKind } from '../database/tables.ts'
import { analyzeDirectory } from '../merchants/analyze.ts'
import { ImportError } from './columns.ts'
import { inspectFile, type Encoding } from './file.ts'
import { kindOf, type FileKind } from './kinds.ts'
import { auditImport, exampleLimit, noCounts } from './landing.ts'
import { readRecords } from './records.ts'
import { RejectsFile, rejectsPath } from './rejects.ts'
import type { Rejection } from './row.ts'
import { advanceRun, beginRun, newRun, withCounts, type RunState } from './run.ts'

export interface ImportOptions {
  database: Database
  clock: Clock
  /** of rows that do not say whose they are; null: several providers and none named */
  sp_mchid: string | null
  /** merchants.csv, codes.csv, staff.csv or assignments.csv; the header tells which */
  path: string
  /** found out when absent */
  encoding?: Encoding
  /** writes nothing, only says what it would do */
  dryRun?: boolean
  /** staff.csv may change what people who are known may do */
  overwriteRights?: boolean
  /** told after each batch */
  onProgress?: (progress: ImportProgress) => void
  /** ends the import after the batch under way; running it again goes on there */
  signal?: AbortSignal
}

export interface ImportProgress {
  rows: number
  rejected: number
  /** of the file's bytes, 0 to 1 */
  share: number
}

export interface ImportReport extends ImportCounts {
  kind: ImportKind
  encoding: Encoding
  /** rows with any value, the header not counted */
  rows: number
  rejected: number
  /** where the rejected rows are; null without any */
  rejectsPath: string | null
  /** rows that an interrupted run of the same file had done */
  resumedAfter: number
  /** the signal ended it before the file did */
  stopped: boolean
  /** of a dry run: the first changes and the first rejections, one line each */
  examples: string[]
  rejections: Rejection[]
  /** a file for the eyes of who runs this; null without one */
  secretPath: string | null
}

const batchSize = 1_000
/** rows after which the planner is told at once, instead of by autovacuum in its minute */
const manyRows = 2_000

interface Batch {
  rows: object[]
  rejections: Rejection[]
  records: number
}
const emptyBatch = (): Batch => ({ rows: [], rejections: [], records: 0 })
const linesOf = (rejections: readonly Rejection[]): number => new Set(rejections.map(({ line }) => line)).size

/**
 * @throws ImportError (one line, for a person) when the file or its header cannot be used, or a quote is never closed; in that case the rows before
 *         it have landed
 */
export async function importFile(options: ImportOptions): Promise<ImportReport> {
  const { database, clock, path, dryRun = false, overwriteRights = false } = options
  const { sha256, encoding, bytes } = await inspectFile(path, options.encoding)
  const rejects = new RejectsFile(rejectsPath(path))
  let kind: FileKind<object> | undefined
  let run: RunState = newRun(clock.now())
  let resumedAfter = 0
  let bytesRead = 0
  let records = 0
  let batch = emptyBatch()
  let landing: Promise<void> = Promise.resolve()
  const examples: string[] = []
  const shownRejections: Rejection[] = []

  const begin = async (header: string[]) => {
    kind = await kindOf(header, { database, clock, sp_mchid: options.sp_mchid, path, overwriteRights })
    if (dryRun) return
    const settings = `${encoding}${overwriteRights ? ' rights' : ''}`
    run = await beginRun(database, { sp_mchid: options.sp_mchid ?? '', kind: kind.name, file_sha256: sha256, settings }, clock.now())
    resumedAfter = run.records
    await rejects.begin(run.rejectsBytes)
  }

  const land = async ({ rows, rejections, records: taken }: Batch, finished: boolean) => {
    const now = clock.now()
    run = await database.transaction().execute(async trx => {
      const target = { trx, now, importId: run.id, dryRun }
      const landed =
        rows.length > 0 ? await kind!.land(target, rows) : { counts: new Map<string, ImportCounts>(), rejections: [], examples: [] }
      const all = [...rejections, ...landed.rejections].sort((one, other) => one.line - other.line)
      const next = {
        ...run,
        records: run.records + taken,
        rejected: run.rejected + linesOf(all),
        counts: withCounts(run.counts, landed.counts),
      }
      if (dryRun) {
        examples.push(...landed.examples.slice(0, exampleLimit - examples.length))
        shownRejections.push(...all.slice(0, exampleLimit - shownRejections.length))
        return next
      }
      await rejects.write(all)
      next.rejectsBytes = rejects.bytes
      if (finished) await auditRun(next)
      await advanceRun(trx, run, next, now, finished)
      return next

      async function auditRun({ counts, rejected, records: rows, started_at }: RunState) {
        for (const [sp_mchid, own] of counts) {
          if (own.added + own.updated + own.checks === 0) continue
          const after = { kind: kind!.name, file: basename(path), file_sha256: sha256, rows, rejected, ...own, started_at }
          await auditImport(target, sp_mchid, 'provider', [{ action: 'import.finished', target_id: sp_mchid, before: null, after }])
        }
      }
    })
    options.onProgress?.({ rows: run.records, rejected: run.rejected, share: Math.min(1, bytesRead / bytes) })
  }
  /** One batch is under way while the next is read; its failure is met at the next flush. */
  const flush = async (finished = false) => {
    const full = batch
    batch = emptyBatch()
    if (!dryRun && full.rows.length > 0) await kind!.prepare?.(full.rows)
    await landing
    landing = land(full, finished)
    landing.catch(() => undefined)
    if (finished) await landing
  }

  let stopped = false
  try {
    for await (const { cells, line } of readRecords(path, encoding, read => (bytesRead = read))) {
      if (!kind) {
        await begin(cells)
        continue
      }
      records += 1
      const row = kind.read(cells, line)
      // done by the run that was interrupted; read again only to know what came before
      if (records <= resumedAfter) continue
      batch.records += 1
      if (Array.isArray(row)) batch.rejections.push(...(row as Rejection[]))
      else batch.rows.push(row)
      if (batch.records < batchSize) continue
      await flush()
      stopped = options.signal?.aborted ?? false
      if (stopped) break
    }
    if (kind) {
      if (stopped) await landing
      else await flush(true)
    }
  } catch (error) {
    // what was read before an unclosed quote is good and lands; other failures are the database's
    if (error instanceof ImportError && kind) {
      await flush()
      await landing
    }
    throw error
  } finally {
    await landing.catch(() => undefined)
    await rejects.close()
  }
  if (!kind || records === 0) throw new ImportError(`${path} 里没有数据${kind ? '，只有表头' : ''}`)
  const counts = [...run.counts.values()].reduce((sum, own) => withCounts(new Map([['', sum]]), new Map([['', own]])).get('')!, noCounts())
  if (!dryRun && kind.name !== 'staff' && counts.added + counts.updated + counts.checks >= manyRows) await analyzeDirectory(database)
  return {
    ...counts,
    kind: kind.name,
    encoding,
    rows: run.records,
    rejected: run.rejected,
    rejectsPath: !dryRun && run.rejectsBytes > 0 ? rejects.path : null,
    resumedAfter,
    stopped,
    examples,
    rejections: shownRejections,
    secretPath: kind.secretPath?.() ?? null,
  }
}
