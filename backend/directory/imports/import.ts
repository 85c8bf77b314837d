// From a file to the directory: header, rows, batches, rejects, counts. While batches are written the next is read.
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { ImportCounts, ImportKind } from '../../database/directory-tables.ts'
import { analyzeDirectory } from '../merchants/analyze.ts'
import { Account, type LineAccount } from './account.ts'
import { ImportError } from './columns.ts'
import { asInspected, FileChangedError, inspectFile, type Encoding, type InspectedFile } from './file.ts'
import { kindOf } from './kinds.ts'
import type { FileKind } from './file-kind.ts'
import { isOfRow, landRows, reasonOf } from './land-rows.ts'
import { Lanes, whileOpen } from './lanes.ts'
import { auditImport, exampleLimit, type LandingTarget } from './landing.ts'
import { FileLines } from './lines.ts'
import { Notes, type Note } from './notes.ts'
import { readRecords, type CsvRecord } from './records.ts'
import { RejectsFile, rejectsPath } from './rejects.ts'
import type { Rejection } from './row.ts'
import { advanceRun, beginRun, endRun, newRun, oneRunOfFile, sumOf, withCounts, type RunState } from './run.ts'
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
  const run = () => new Importing(options, inspected).run()
  return options.dryRun ? run() : oneRunOfFile(options.database, inspected.sha256, run)
}

/** One run over one file. */
class Importing {
  readonly #given: ImportOptions
  readonly #file: InspectedFile
  readonly #dryRun: boolean
  readonly #rejects: RejectsFile
  readonly #fileLines = new FileLines()
  readonly #account = new Account()
  readonly #notes = new Notes()
  readonly #lanes = new Lanes()
  #kind: FileKind<object> | undefined
  #run: RunState
  #resumedAfter = 0
  #bytesRead = 0
  #records = 0
  #lines: LineAccount | null = null
  #batch = emptyBatch()
  #turn: Turn | undefined
  #stopped = false
  readonly #examples: string[] = []
  readonly #shownRejections: Rejection[] = []

  constructor(options: ImportOptions, file: InspectedFile) {
    this.#given = options
    this.#file = file
    this.#dryRun = options.dryRun ?? false
    this.#rejects = new RejectsFile(rejectsPath(options.path))
    this.#run = newRun(options.clock.now())
  }

  /** @throws ImportError */
  async run(): Promise<ImportReport> {
    try {
      await this.#readAll()
    } catch (error) {
      // its records are not those of the file that it is known by
      if (error instanceof FileChangedError && !this.#dryRun)
        await this.#lanes.settled().then(() => endRun(this.#given.database, this.#run))
      throw error
    } finally {
      await this.#lanes.settled()
      await this.#turn?.leave()
      await this.#rejects.close()
    }
    const kind = this.#kind
    if (!kind || this.#records === 0) throw new ImportError(`${this.#given.path} 里没有数据${kind ? '，只有表头' : ''}`)
    const { added, updated, checks } = sumOf(this.#run.counts)
    if (!this.#dryRun && kind.name !== 'staff' && added + updated + checks >= manyRows) await analyzeDirectory(this.#given.database)
    return this.#report(kind)
  }

  async #readAll(): Promise<void> {
    const { encoding } = this.#file
    const onBytes = (count: number) => (this.#bytesRead = count)
    for await (const record of readRecords(asInspected(this.#given.path, this.#file), { encoding, onBytes, lines: this.#fileLines })) {
      if (!this.#kind) {
        await this.#begin(record)
        continue
      }
      this.#records += 1
      if (this.#records % readAtOnce === 0) await setImmediate()
      const row = this.#read(this.#kind, record)
      // done by the run that was interrupted; read again only to know what came before
      if (this.#records <= this.#resumedAfter) continue
      this.#take(record, row)
      if (this.#batch.records < batchSizeAfter(this.#records - this.#batch.records)) continue
      await this.#flush(this.#kind)
      if (this.#stopped) break
    }
    if (this.#kind && !this.#stopped) await this.#flush(this.#kind, true)
    await this.#lanes.fewerThan(1)
  }

  async #begin({ cells, line, to, fault }: CsvRecord): Promise<void> {
    if (fault !== undefined) throw new ImportError(`表头有误：${fault}，没有导入任何东西`)
    const { database, clock, path, sp_mchid, overwriteRights = false } = this.#given
    const { encoding, sha256 } = this.#file
    this.#kind = await kindOf(cells, { database, clock, sp_mchid, path, overwriteRights, notes: this.#notes })
    this.#account.header(to - line + 1)
    if (this.#dryRun) return
    const settings = `${encoding}${overwriteRights ? ' rights' : ''}`
    const begun = { sp_mchid: sp_mchid ?? '', kind: this.#kind.name, file_sha256: sha256, settings }
    this.#run = await beginRun(database, begun, clock.now())
    this.#resumedAfter = this.#run.records
    await this.#rejects.begin(this.#run.rejectsBytes)
  }

  /** @returns the row of a record, or why there is none */
  #read(kind: FileKind<object>, record: CsvRecord): object | Rejection[] {
    const lineCount = record.to - record.line + 1
    if (record.fault !== undefined || swallowsRows(record, kind)) {
      const rejection = swallowed(record)
      this.#account.record(lineCount, rejection.rows!)
      return [rejection]
    }
    this.#account.record(lineCount, 1)
    try {
      const row = kind.read(record.cells, record.line)
      return Array.isArray(row) ? row.map((one: Rejection) => ({ ...one, reason: reasonIn(this.#file.encoding, one.reason) })) : row
    } catch (error) {
      if (!isOfRow(error)) throw error
      return [{ line: record.line, sub_mchid: '', field: '', value: '', reason: reasonOf(error) }]
    }
  }

  #take({ line, to }: CsvRecord, row: object | Rejection[]): void {
    const { rows, rejections, ends } = this.#batch
    this.#batch.records += 1
    if (to > line) ends.set(line, to)
    if (Array.isArray(row)) rejections.push(...(row as Rejection[]))
    else rows.push(row)
  }

  /** Batches are under way while the next is read; the failure of one is met at the next flush. */
  async #flush(kind: FileKind<object>, finished = false): Promise<void> {
    const full = this.#batch
    this.#batch = emptyBatch()
    const { homes } = kind
    if (!this.#dryRun && full.rows.length > 0) await prepared(kind, full.rows)
    await this.#lanes.fewerThan(homes ? mostUnderWay : 1)
    this.#stopped = this.#given.signal?.aborted ?? false
    if (this.#stopped) return
    if (homes && !this.#dryRun) await this.#takeTurn(homes)
    this.#lanes.start(before => this.#land(kind, full, finished, before))
    if (finished) await this.#lanes.fewerThan(1)
  }

  /** As long as others wait for theirs only until all that is under way has landed. */
  async #takeTurn(homes: readonly string[]): Promise<void> {
    if (this.#turn && !this.#turn.isOver) return
    await this.#lanes.fewerThan(1)
    await this.#turn?.leave()
    this.#turn = await Turn.take(this.#given.database, homes)
  }

  async #land(kind: FileKind<object>, batch: Batch, finished: boolean, before: Promise<void>): Promise<void> {
    const { clock, database, onProgress } = this.#given
    const now = clock.now()
    this.#run = await database.transaction().execute(async trx => {
      const target = { trx, now, importId: this.#run.id, dryRun: this.#dryRun, batchBefore: () => whileOpen(trx, before) }
      const landed = await landRows(kind, target, batch.rows)
      await target.batchBefore()
      const run = this.#run
      const rejections = inOrder([...batch.rejections, ...landed.rejections], batch.ends)
      const next = {
        ...run,
        records: run.records + batch.records,
        rejected: run.rejected + rowsOf(rejections),
        counts: withCounts(run.counts, landed.counts),
      }
      if (finished) this.#lines = this.#account.close(this.#fileLines, sumOf(next.counts), next.rejected)
      if (this.#dryRun) {
        this.#examples.push(...landed.examples.slice(0, exampleLimit - this.#examples.length))
        this.#shownRejections.push(...rejections.slice(0, exampleLimit - this.#shownRejections.length))
        return next
      }
      await this.#rejects.write(rejections)
      next.rejectsBytes = this.#rejects.bytes
      if (finished) await this.#audit(kind, target, next)
      await advanceRun(trx, run, next, now, finished)
      return next
    })
    const { records, rejected } = this.#run
    onProgress?.({ rows: records, rejected, share: Math.min(1, this.#bytesRead / this.#file.bytes) })
  }

  /** Of each number of which something changed. */
  async #audit(kind: FileKind<object>, target: LandingTarget, { counts, rejected, started_at }: RunState): Promise<void> {
    const file = { kind: kind.name, file: basename(this.#given.path), file_sha256: this.#file.sha256, rows: this.#lines!.rows, rejected }
    for (const [sp_mchid, own] of counts) {
      if (own.added + own.updated + own.checks === 0) continue
      const after = { ...file, ...own, started_at }
      await auditImport(target, sp_mchid, 'provider', [{ action: 'import.finished', target_id: sp_mchid, before: null, after }])
    }
  }

  #report(kind: FileKind<object>): ImportReport {
    const { counts: all, rejected, rejectsBytes } = this.#run
    const counts = sumOf(all)
    return {
      ...counts,
      kind: kind.name,
      encoding: this.#file.encoding,
      rows: counts.added + counts.updated + counts.unchanged + rejected,
      rejected,
      lines: this.#lines,
      notes: this.#notes.all,
      rejectsPath: !this.#dryRun && rejectsBytes > 0 ? this.#rejects.path : null,
      resumedAfter: this.#resumedAfter,
      stopped: this.#stopped,
      examples: this.#examples,
      rejections: this.#shownRejections,
      secretPath: kind.secretPath?.() ?? null,
    }
  }
}

/** By line, each with the last line of its record. */
const inOrder = (rejections: readonly Rejection[], ends: ReadonlyMap<number, number>): Rejection[] =>
  rejections.map(one => (ends.has(one.line) ? { ...one, to: ends.get(one.line)! } : one)).sort((one, other) => one.line - other.line)

/** A row at which this breaks is met again when it lands, where it is told apart from the others. */
async function prepared(kind: FileKind<object>, rows: readonly object[]): Promise<void> {
  try {
    await kind.prepare?.(rows)
  } catch (error) {
    if (!isOfRow(error)) throw error
  }
}
