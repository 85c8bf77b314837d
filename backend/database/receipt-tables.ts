// Rows of the merchant receipt as Kysely sees them; the SQL in migrations/0011_receipts.sql is the truth.
import type { ColumnType, Generated } from 'kysely'
import type { ReceiptBlock } from '../receipts/schema.ts'

interface ReceiptContentTable {
  sp_mchid: string
  sub_mchid: string
  version: number
  blocks: ColumnType<ReceiptBlock[], string, string>
  changed_at: Date
  changed_by: string
}

interface ReceiptLinkHostTable {
  sp_mchid: string
  sub_mchid: string
  host: string
  allowed_by: string
  allowed_at: Date
}

export type OrderScene = 'jsapi' | 'miniprogram' | 'unknown'

interface ReceiptLoadTable {
  sp_mchid: string
  sub_mchid: string
  out_trade_no: string
  check_code: string
  state: 'pending' | 'valid' | 'invalid' | 'given_up'
  loaded_at: Date
  paid_at: Date | null
  order_scene: OrderScene
  displayed: 'merchant' | 'official'
  ready_ms: number | null
  checks: Generated<number>
  next_check_at: Date | null
}

export type LoadResult = 'valid' | 'invalid' | 'pending' | 'unknown_order' | 'source_failed'

/** bigint: node-postgres gives strings */
interface ReceiptLoadDayTable {
  sp_mchid: string
  sub_mchid: string
  /** a day is read as text: a Date would be a moment */
  day: ColumnType<Date, string, string>
  result: LoadResult
  loads: ColumnType<string, number, number>
  shown: ColumnType<string, number, number>
  ready_steps: ColumnType<string[], number[], number[]>
}

interface ReceiptCodeVariantTable {
  sp_mchid: string
  variant: string
  loads: ColumnType<string, number, number>
}

export interface ReceiptSchema {
  receipt_contents: ReceiptContentTable
  receipt_link_hosts: ReceiptLinkHostTable
  receipt_loads: ReceiptLoadTable
  receipt_load_days: ReceiptLoadDayTable
  receipt_code_variants: ReceiptCodeVariantTable
}
