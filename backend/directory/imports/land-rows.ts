// No single row stops an import: if the database or a rule fails at a batch, the row that caused it is found and rejected with a code, and the others are written.
import { sql } from 'kysely'
import type { ImportCounts } from '../../database/directory-tables.ts'
import type { FileKind } from './file-kind.ts'
import type { Landing, LandingTarget } from './landing.ts'
import { withCounts } from './run.ts'

/** Only what a row itself can cause: classes 22 (data exception) and 23 (constraint violation) of PostgreSQL's appendix A, or a rule of ours that threw. */
export function isOfRow(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code)
}

/** For the rejects file: the code alone, since the message may repeat what the row says. */
export const reasonOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code
  return `这一行写不进数据库（${typeof code === 'string' ? code : (error as Error).name}），其余的行不受影响；请把这一行报告给开发者`
}

interface NumberedRow {
  line: number
  sub_mchid?: string
}

/** @param rows in the order of the file */
export async function landRows(kind: FileKind<object>, target: LandingTarget, rows: readonly object[]): Promise<Landing> {
  if (rows.length === 0) return { counts: new Map<string, ImportCounts>(), rejections: [], examples: [] }
  await sql`savepoint import_rows`.execute(target.trx)
  try {
    const landing = await kind.land(target, rows)
    await sql`release savepoint import_rows`.execute(target.trx)
    return landing
  } catch (error) {
    if (!isOfRow(error)) throw error
    await sql`rollback to savepoint import_rows`.execute(target.trx)
    if (rows.length === 1) {
      const { line, sub_mchid = '' } = rows[0] as NumberedRow
      return { counts: new Map(), rejections: [{ line, sub_mchid, field: '', value: '', reason: reasonOf(error) }], examples: [] }
    }
    const half = rows.length >> 1
    const first = await landRows(kind, target, rows.slice(0, half))
    const second = await landRows(kind, target, rows.slice(half))
    return {
      counts: withCounts(first.counts, second.counts),
      rejections: [...first.rejections, ...second.rejections],
      examples: [...first.examples, ...second.examples],
    }
  }
}
