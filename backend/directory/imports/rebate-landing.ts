// What a file of rebate figures says becomes its months' figures: a month that was told before is told anew, and what was said before stays beside it.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { groupedBy } from '../../platform/grouped-by.ts'
import type { RebateFigure } from '../rebates/check.ts'
import { auditImport, oneAtATime } from './landing.ts'

export interface RebateRow extends RebateFigure {
  line: number
  month: string
  sp_mchid: string
  /** null: the number itself */
  sub_mchid: string | null
  difference: string | null
}

export interface LandedMonth {
  sp_mchid: string
  month: string
  /** same: this very file is what the month shows */
  landed: 'new' | 'replaced' | 'same'
}

interface RebateFileToLand {
  file: string
  sha256: string
  rows: readonly RebateRow[]
}

/** any number, the same in every process */
const lockNumber = 401_247_386
const batch = 5_000

/** All months of the file, or none. */
export async function landRebate(database: Database, given: RebateFileToLand, now: Date): Promise<LandedMonth[]> {
  const byMonth = groupedBy(given.rows, ({ sp_mchid, month }) => `${sp_mchid}/${month}`)
  return database.transaction().execute(async trx => {
    await oneAtATime(trx, lockNumber, '')
    const landed: LandedMonth[] = []
    for (const rows of byMonth.values()) landed.push(await landMonthOfRebate(trx, { ...given, rows }, now))
    return landed
  })
}

/** One month of one number, in the transaction of its file. */
export async function landMonthOfRebate(trx: Trx, { file, sha256, rows }: RebateFileToLand, now: Date): Promise<LandedMonth> {
  const { sp_mchid, month } = rows[0]!
  const before = await trx
    .selectFrom('rebate_files')
    .selectAll()
    .where('sp_mchid', '=', sp_mchid)
    .where('month', '=', month)
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
  if (before?.sha256 === sha256) return { sp_mchid, month, landed: 'same' }
  if (before) await trx.updateTable('rebate_files').set({ replaced_at: now }).where('id', '=', before.id).execute()
  const id = randomUUID()
  await trx.insertInto('rebate_files').values({ id, sp_mchid, month, file, sha256, imported_at: now }).execute()
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch)
    await sql`
      insert into rebate_figures (file_id, sub_mchid, line, impressions, ecpm, amount_fen, difference)
      select ${id}, sub_mchid, line, impressions, ecpm, amount_fen, difference
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb)
        as given(sub_mchid text, line integer, impressions bigint, ecpm numeric, amount_fen bigint, difference numeric)`.execute(trx)
  }
  const said = before ? { month, file: before.file, file_sha256: before.sha256, ...(await sumsOf(trx, before.id)) } : null
  const says = { month, file, file_sha256: sha256, ...(await sumsOf(trx, id)) }
  await auditImport({ trx, now, importId: id }, sp_mchid, 'provider', [
    { action: 'rebate.imported', target_id: sp_mchid, before: said, after: says },
  ])
  return { sp_mchid, month, landed: before ? 'replaced' : 'new' }
}

/** As texts: the trail keeps every digit. */
async function sumsOf(trx: Trx, file_id: string): Promise<{ rows: number; impressions: string; amount_fen: string }> {
  const { rows } = await sql<{ rows: number; impressions: string; amount_fen: string }>`
    select count(*)::integer as rows, sum(impressions)::text as impressions, sum(amount_fen)::text as amount_fen
    from rebate_figures where file_id = ${file_id}`.execute(trx)
  return rows[0]!
}
