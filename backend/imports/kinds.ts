// The two kinds of file that can be imported, told apart by their header. Each checks rows one after the other and lands them in batches.
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import { plainName, readHeader, readHeaderOf, type Columns } from './columns.ts'
import { landBatch, type BatchResult } from './directory.ts'
import { readRow, type DirectoryRow, type Rejection } from './row.ts'
import { landCodes } from './store-code-directory.ts'
import {
  codeColumnNames,
  codeColumnsAlsoCalled,
  readCodeRow,
  requiredCodeColumns,
  type CodeColumnName,
  type StoreCodeRow,
} from './store-codes.ts'
import { knownWorld } from './world.ts'

export interface Target {
  database: Database
  clock: Clock
  sp_mchid: string
  /** names this run in the audit trail */
  importId: string
}

export interface FileKind {
  /** Checks a record and keeps it for the next landing. @returns the reasons why not */
  take(cells: readonly string[], line: number): Rejection[] | null
  /** Writes what was kept since the last time. @returns counts, and rows that only the directory could judge */
  land(): Promise<BatchResult & { rejections?: Rejection[] }>
}

/** @throws ImportError when the header cannot be used */
export async function kindOf(header: readonly string[], target: Target): Promise<FileKind> {
  return holdsCodes(header) ? storeCodes(header, target) : merchants(header, target)
}

/** Only codes.csv has a content; a header that has it misspelt still has a store and no name. */
function holdsCodes(header: readonly string[]): boolean {
  const names = header.map(plainName)
  const is = (column: CodeColumnName) => names.some(name => name === column || codeColumnsAlsoCalled[name] === column)
  return is('content') || (is('store') && !names.includes('name') && !names.includes('regioncode'))
}

async function merchants(cells: readonly string[], { database, clock, sp_mchid, importId }: Target): Promise<FileKind> {
  const header = readHeader(cells)
  const world = await knownWorld(database, sp_mchid)
  /** 商户号 → line; 商户号 have at most 10 digits, and a Map of numbers takes a third of one of strings */
  const lines = new Map<number, number>()
  let rows: DirectoryRow[] = []
  return {
    take(record, line) {
      const row = readRow(record, header, cells.length, line, world)
      if (Array.isArray(row)) return row
      const number = Number(`1${row.sub_mchid}`)
      const before = lines.get(number)
      if (before !== undefined) {
        const reason = `与第 ${before} 行是同一个商户号，以前面的为准`
        return [{ line, sub_mchid: row.sub_mchid, field: 'sub_mchid', value: row.sub_mchid, reason }]
      }
      lines.set(number, line)
      rows.push(row)
      return null
    },
    async land() {
      const result = await landBatch(database, clock, sp_mchid, importId, rows)
      rows = []
      return result
    },
  }
}

const codeColumns: Columns<CodeColumnName> = { names: codeColumnNames, required: requiredCodeColumns, alsoCalled: codeColumnsAlsoCalled }

async function storeCodes(cells: readonly string[], { database, clock, sp_mchid, importId }: Target): Promise<FileKind> {
  const header = readHeaderOf(codeColumns, cells)
  /** comparable form → line */
  const lines = new Map<string, number>()
  let rows: StoreCodeRow[] = []
  return {
    take(record, line) {
      const row = readCodeRow(record, header, cells.length, line)
      if (Array.isArray(row)) return row
      const before = lines.get(row.content)
      if (before !== undefined) {
        const reason = `与第 ${before} 行是同一个码，以前面的为准`
        return [{ line, sub_mchid: row.sub_mchid, field: 'content', value: row.content, reason }]
      }
      lines.set(row.content, line)
      rows.push(row)
      return null
    },
    async land() {
      const result = await landCodes(database, clock, sp_mchid, importId, rows)
      rows = []
      return result
    },
  }
}
