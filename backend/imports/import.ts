// From a file to the directory: header, rows, batches, rejects, counts.
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import { ImportError } from './columns.ts'
import { kindOf, type FileKind } from './kinds.ts'
import { readRecords } from './records.ts'
import { RejectsFile, rejectsPath } from './rejects.ts'
import type { Rejection } from './row.ts'

export interface ImportOptions {
  database: Database
  clock: Clock
  sp_mchid: string
  /** merchants.csv or codes.csv; the header tells which */
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
export async function importFile({ database, clock, sp_mchid, path, onProgress }: ImportOptions): Promise<ImportReport> {
  const target = { database, clock, sp_mchid, importId: randomUUID() }
  const rejects = new RejectsFile(rejectsPath(path))
  const report: ImportReport = { rows: 0, added: 0, updated: 0, unchanged: 0, rejected: 0, rejectsPath: null }
  let kind: FileKind | undefined
  let waiting = 0
  let rejections: Rejection[] = []
  const reject = (reasons: readonly Rejection[]) => {
    rejections.push(...reasons)
    report.rejected += new Set(reasons.map(({ line }) => line)).size
    report.rejectsPath = rejects.path
  }

  const flush = async () => {
    const result = await kind!.land()
    report.added += result.added
    report.updated += result.updated
    report.unchanged += result.unchanged
    if (result.rejections && result.rejections.length > 0) reject(result.rejections)
    await rejects.write(rejections)
    waiting = 0
    rejections = []
    onProgress?.(report.rows)
  }

  try {
    for await (const { cells, line } of readRecords(path)) {
      if (!kind) {
        kind = await kindOf(cells, target)
        await rejects.clear()
        continue
      }
      report.rows++
      const reasons = kind.take(cells, line)
      if (reasons) reject(reasons)
      else waiting++
      if (waiting >= batchSize || rejections.length >= batchSize) await flush()
    }
    if (kind) await flush()
  } catch (error) {
    // what was read before an unclosed quote is good and lands; other failures are the database's
    if (error instanceof ImportError && kind) await flush()
    throw error
  } finally {
    await rejects.close()
  }
  if (report.rows === 0) throw new ImportError(`${path} 里没有数据${kind ? '，只有表头' : ''}`)
  return report
}
