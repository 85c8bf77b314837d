// From a file to the directory: header, rows, batches, rejects, counts. While batches are written the next is read.
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { ImportCounts, ImportKind } from '../../database/directory-tables.ts'
import { analyzeDirectory } from '../merchants/analyze.ts'
import { Account, type LineAccount } from './account.ts'
import { ImportError } from './columns.ts'
import { inspectFile, type Encoding, type InspectedFile } from './file.ts'
import { kindOf, type FileKind } from './kinds.ts'
import { isOfRow, landRows, reasonOf } from './land-rows.ts'
import { Lanes, whileOpen } from './lanes.ts'
import { auditImport, exampleLimit } from './landing.ts'
import { FileLines } from './lines.ts'
import { Notes, type Note } from './notes.ts'
import { readRecords, type CsvRecord } from './records.ts'
import { RejectsFile, rejectsPath } from './rejects.ts'
import type { Rejection } from './row.ts'
import { advanceRun, beginRun, newRun, oneRunOfFile, sumOf, withCounts, type RunState } from './run.ts'
import { swallowed, swallowsRows } from './swallowed.ts'
import { reasonIn } from './text.ts'
import { Turn } from './turn.ts'

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
  /** ends the import after the batches under way; running it again goes on there */
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
  /** added, updated, unchanged and rejected, which are all there are; the header is none */
  rows: number
  rejected: number
  /** every line of the file; null where the run did not come to its end */
  lines: LineAccount | null
  /** what was read otherwise than it stands in the file, or deserves a look */
  notes: Note[]
  /** where the rejected rows are; null without any */
  rejectsPath: string | null
  /** records that an interrupted run of the same file had done */
  resumedAfter: number
  /** the signal ended it before the file did */
  stopped: boolean
  /** of a dry run: the first changes and the first rejections, one line each */
  examples: string[]
  rejections: Rejection[]
  /** a file that only the person who runs this may read; null without one */
  secretPath: string | null
}

/** Rows of a transaction: the first ones are soon there to be seen. Larger ones than these cost memory and save nothing, since two are written at once. */
const batchSizeAfter = (records: number): number => (records < 5_000 ? 1_000 : 2_000)
/** batches that are written at once, each on a connection: more would wait for the same two cores */
const mostUnderWay = 2
/** records, some milliseconds of work: then batches under way are answered */
const readAtOnce = 250
/** rows after which statistics are made at once, instead of by autovacuum within its minute */
const manyRows = 2_000

interface Batch {
  rows: object[]
  rejections: Rejection[]
  records: number
  /** line → last line, of records of several */
  ends: Map<number, number>
}
const emptyBatch = (): Batch => ({ rows: [], rejections: [], records: 0, ends: new Map() })
const rowsOf = (rejections: readonly Rejection[]): number => {
  const byLine = new Map(rejections.map(({ line, rows }) => [line, rows ?? 1]))
  return [...byLine.values()].reduce((sum, rows) => sum + rows, 0)
}

/**
 * Every line of the file ends as a row that landed, a row that was rejected with its reason, or an empty one; the sums are checked.
 * @throws ImportError (one line, for a person) when the file or its header cannot be used, or another process is importing it
 */
export async function importFile(options: ImportOptions): Promise<ImportReport> {
  const inspected = await inspectFile(options.path, options.encoding)
  const run = () => importInspected(options, inspected)
  return options.dryRun ? run() : oneRunOfFile(options.database, inspected.sha256, run)
}

async function importInspected(options: ImportOptions, { sha256, encoding, bytes }: InspectedFile): Promise<ImportReport> {
  const { database, clock, path, dryRun = false, overwriteRights = false } = options
  const rejects = new RejectsFile(rejectsPath(path))
  const fileLines = new FileLines()
  const account = new Account()
  const notes = new Notes()
  let kind: FileKind<object> | undefined
  let run: RunState = newRun(clock.now())
  let resumedAfter = 0
  let bytesRead = 0
  let records = 0
  let lines: LineAccount | null = null
  let batch = emptyBatch()
  const lanes = new Lanes()
  let turn: Turn | undefined
  let stopped = false
  const examples: string[] = []
  const shownRejections: Rejection[] = []

  const begin = async ({ cells, line, to, fault }: CsvRecord) => {
    if (fault !== undefined) throw new ImportError(`表头有误：${fault}，没有导入任何东西`)
    kind = await kindOf(cells, { database, clock, sp_mchid: options.sp_mchid, path, overwriteRights, notes })
    account.header(to - line + 1)
    if (dryRun) return
    const settings = `${encoding}${overwriteRights ? ' rights' : ''}`
    run = await beginRun(database, { sp_mchid: options.sp_mchid ?? '', kind: kind.name, file_sha256: sha256, settings }, clock.now())
    resumedAfter = run.records
    await rejects.begin(run.rejectsBytes)
  }

  /** @returns the row of a record, or why there is none */
  const read = (record: CsvRecord): object | Rejection[] => {
    const lineCount = record.to - record.line + 1
    if (record.fault !== undefined || swallowsRows(record, kind!)) {
      const rejection = swallowed(record)
      account.record(lineCount, rejection.rows!)
      return [rejection]
    }
    account.record(lineCount, 1)
    try {
      const row = kind!.read(record.cells, record.line)
      return Array.isArray(row) ? row.map((one: Rejection) => ({ ...one, reason: reasonIn(encoding, one.reason) })) : row
    } catch (error) {
      if (!isOfRow(error)) throw error
      return [{ line: record.line, sub_mchid: '', field: '', value: '', reason: reasonOf(error) }]
    }
  }

  const land = async ({ rows, rejections, records: taken, ends }: Batch, finished: boolean, before: Promise<void>) => {
    const now = clock.now()
    run = await database.transaction().execute(async trx => {
      const target = { trx, now, importId: run.id, dryRun, batchBefore: () => whileOpen(trx, before) }
      const landed = await landRows(kind!, target, rows)
      await target.batchBefore()
      const all = [...rejections, ...landed.rejections]
        .map(one => (ends.has(one.line) ? { ...one, to: ends.get(one.line)! } : one))
        .sort((one, other) => one.line - other.line)
      const next = {
        ...run,
        records: run.records + taken,
        rejected: run.rejected + rowsOf(all),
        counts: withCounts(run.counts, landed.counts),
      }
      if (finished) lines = account.close(fileLines, sumOf(next.counts), next.rejected)
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

      async function auditRun({ counts, rejected, started_at }: RunState) {
        for (const [sp_mchid, own] of counts) {
          if (own.added + own.updated + own.checks === 0) continue
          const after = { kind: kind!.name, file: basename(path), file_sha256: sha256, rows: lines!.rows, rejected, ...own, started_at }
          await auditImport(target, sp_mchid, 'provider', [{ action: 'import.finished', target_id: sp_mchid, before: null, after }])
        }
      }
    })
    options.onProgress?.({ rows: run.records, rejected: run.rejected, share: Math.min(1, bytesRead / bytes) })
  }
  /** As long as others wait for theirs only until all that is under way has landed. */
  const takeTurn = async (homes: readonly string[]) => {
    if (turn && !turn.isOver) return
    await lanes.fewerThan(1)
    await turn?.leave()
    turn = await Turn.take(database, homes)
  }
  /** Batches are under way while the next is read; the failure of one is met at the next flush. */
  const flush = async (finished = false) => {
    const full = batch
    batch = emptyBatch()
    const { homes } = kind!
    if (!dryRun && full.rows.length > 0) await prepared(kind!, full.rows)
    await lanes.fewerThan(homes ? mostUnderWay : 1)
    stopped = options.signal?.aborted ?? false
    if (stopped) return
    if (homes && !dryRun) await takeTurn(homes)
    lanes.start(before => land(full, finished, before))
    if (finished) await lanes.fewerThan(1)
  }

  try {
    for await (const record of readRecords(path, { encoding, onBytes: count => (bytesRead = count), lines: fileLines })) {
      if (!kind) {
        await begin(record)
        continue
      }
      records += 1
      if (records % readAtOnce === 0) await setImmediate()
      const row = read(record)
      // done by the run that was interrupted; read again only to know what came before
      if (records <= resumedAfter) continue
      batch.records += 1
      if (record.to > record.line) batch.ends.set(record.line, record.to)
      if (Array.isArray(row)) batch.rejections.push(...(row as Rejection[]))
      else batch.rows.push(row)
      if (batch.records < batchSizeAfter(records - batch.records)) continue
      await flush()
      if (stopped) break
    }
    if (kind && !stopped) await flush(true)
    await lanes.fewerThan(1)
  } finally {
    await lanes.settled()
    await turn?.leave()
    await rejects.close()
  }
  if (!kind || records === 0) throw new ImportError(`${path} 里没有数据${kind ? '，只有表头' : ''}`)
  const counts = sumOf(run.counts)
  if (!dryRun && kind.name !== 'staff' && counts.added + counts.updated + counts.checks >= manyRows) await analyzeDirectory(database)
  return {
    ...counts,
    kind: kind.name,
    encoding,
    rows: counts.added + counts.updated + counts.unchanged + run.rejected,
    rejected: run.rejected,
    lines,
    notes: notes.all,
    rejectsPath: !dryRun && run.rejectsBytes > 0 ? rejects.path : null,
    resumedAfter,
    stopped,
    examples,
    rejections: shownRejections,
    secretPath: kind.secretPath?.() ?? null,
  }
}

/** A row at which this breaks is met again when it lands, where it is told apart from the others. */
async function prepared(kind: FileKind<object>, rows: readonly object[]): Promise<void> {
  try {
    await kind.prepare?.(rows)
  } catch (error) {
    if (!isOfRow(error)) throw error
  }
}
