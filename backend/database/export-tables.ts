// Rows of exports (migrations/0045_exports.sql and after it).
import type { ColumnType, Generated } from 'kysely'
import type { ExportFormat, ExportKind, ExportStatus, ExportStop, SheetSizes } from '../directory/exports/schema.ts'

/** bigint, which the driver gives as text unless it is cast */
type Big = ColumnType<string, number | undefined, number>

export interface ExportTable {
  id: string
  sp_mchid: string
  kind: ExportKind
  format: ExportFormat
  filter: ColumnType<Record<string, string>, string, never>
  language: 'zh-CN' | 'en'
  requested_by: string
  scope: string
  requested_at: Date
  request_id: string
  client: string | null
  status: ExportStatus
  stop_code: ColumnType<ExportStop | null, undefined, ExportStop | null>
  rows_expected: ColumnType<string | null, number | null, never>
  rows: Big
  bytes: Big
  parts: Generated<number>
  after: ColumnType<string[] | null, undefined, string | null>
  sheets: ColumnType<SheetSizes[], string | undefined, string>
  sheet_rows: Generated<number>
  crc: Big
  unpacked: Big
  packed: Big
  ended_at: ColumnType<Date | null, undefined, Date | null>
}

interface ExportPartTable {
  export_id: string
  part: number
  bytes: Buffer
}

export interface ExportSchema {
  exports: ExportTable
  export_parts: ExportPartTable
}
