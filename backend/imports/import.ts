// From a file to the directory: header, rows, batches, rejects, counts.
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import { ImportError, readHeader, type Header } from './columns.ts'
import { landBatch } from './directory.ts'
import { readRecords } from './records.ts'
import { RejectsFile, rejectsPath } from './rejects.ts'
import { readRow, type DirectoryRow, type KnownWorld, type Rejection } from './row.ts'
import { knownWorld } from './world.ts'

export interface ImportOptions {
  database: Database
  clock: Clock
  sp_mchid: string
  /** merchants.csv */
  path: string
  /** told after each batch how many rows have been read */
  onProgress?: (rows: number) => void
}

export interface ImportReport {
  /** rows with any value, the header not counted */
  rows: number
  added: number
  updated: number
  unchanged: number
  rejected: number
  /** where the rejected rows are; null without any */
  rejectsPath: string | null
}

const batchSize = 1_000

/**
 * @throws ImportError (one line, for a person) when the file or its header cannot be used, or a quote is never closed; in that case the rows before
 *         it have landed
 */
export async function importMerchants({ database, clock, sp_mchid, path, onProgress }: ImportOptions): Promise<ImportReport> {
  const world = await knownWorld(database, sp_mchid)
  const importId = randomUUID()
  const rejects = new RejectsFile(rejectsPath(path))
  const report: ImportReport = { rows: 0, added: 0, updated: 0, unchanged: 0, rejected: 0, rejectsPath: null }
  const reader = new RowReader(world)
  let rows: DirectoryRow[] = []
  let rejections: Rejection[] = []

  const flush = async () => {
    const result = await landBatch(database, clock, sp_mchid, importId, rows)
    report.added += result.added
    report.updated += result.updated
    report.unchanged += result.unchanged
    await rejects.write(rejections)
    rows = []
    rejections = []
    onProgress?.(report.rows)
  }

  try {
    for await (const { cells, line } of readRecords(path)) {
      if (!reader.started) {
        reader.start(cells)
        await rejects.clear()
        continue
      }
      report.rows++
      const result = reader.read(cells, line)
      if (Array.isArray(result)) {
        rejections.push(...result)
        report.rejected++
        report.rejectsPath = rejects.path
      } else rows.push(result)
      if (rows.length >= batchSize || rejections.length >= batchSize) await flush()
    }
    await flush()
  } catch (error) {
    // what was read before an unclosed quote is good and lands; other failures are the database's
    if (error instanceof ImportError && reader.started) await flush()
    throw error
  } finally {
    await rejects.close()
  }
  if (report.rows === 0) throw new ImportError(`${path} 里没有数据${reader.started ? '，只有表头' : ''}`)
  return report
}

/** Checks rows one after the other: each 商户号 once a file. */
class RowReader {
  readonly #world: KnownWorld
  #header: Header | undefined
  #columnCount = 0
  /** 商户号 → line; 商户号 have at most 10 digits, and a Map of numbers takes a third of one of strings */
  readonly #lines = new Map<number, number>()

  constructor(world: KnownWorld) {
    this.#world = world
  }

  get started(): boolean {
    return this.#header !== undefined
  }

  start(cells: readonly string[]): void {
    this.#header = readHeader(cells)
    this.#columnCount = cells.length
  }

  read(cells: readonly string[], line: number): DirectoryRow | Rejection[] {
    const row = readRow(cells, this.#header!, this.#columnCount, line, this.#world)
    if (Array.isArray(row)) return row
    const number = Number(`1${row.sub_mchid}`)
    const before = this.#lines.get(number)
    if (before !== undefined) {
      return [
        {
          line,
          sub_mchid: row.sub_mchid,
          field: 'sub_mchid',
          value: row.sub_mchid,
          reason: `与第 ${before} 行是同一个商户号，以前面的为准`,
        },
      ]
    }
    this.#lines.set(number, line)
    return row
  }
}
