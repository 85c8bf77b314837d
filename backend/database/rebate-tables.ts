// Rows of imported rebate figures as Kysely sees them; the SQL in migrations/0049_rebates.sql is the truth.
import type { ColumnType } from 'kysely'

interface RebateFileTable {
  id: string
  sp_mchid: string
  month: string
  file: string
  sha256: string
  imported_at: Date
  replaced_at: ColumnType<Date | null, never, Date>
}

interface RebateFigureTable {
  file_id: string
  sub_mchid: string | null
  line: number
  /** bigint and numeric: node-postgres gives strings, and exact ones */
  impressions: string
  ecpm: string
  amount_fen: string
  difference: string | null
}

export interface RebateSchema {
  rebate_files: RebateFileTable
  rebate_figures: RebateFigureTable
}
