// Rows of trade bills as Kysely sees them; the SQL in migrations/0033_trade_bills.sql and 0046_watch.sql is the truth.
import type { ColumnType, Generated } from 'kysely'

/** a day is read as text: a Date would be a moment */
type Day = ColumnType<Date, string, string>

interface BillDayTable {
  sp_mchid: string
  day: Day
  state: 'waiting' | 'landed' | 'empty' | 'refused'
  reason: string | null
  source: 'wechatpay' | 'file' | null
  sha1: string | null
  /** bigint: node-postgres gives strings */
  rows: ColumnType<string, number | undefined, number>
  payments: ColumnType<string, number | undefined, number>
  merchants: Generated<number>
  tries: Generated<number>
  tried_at: Date | null
  landed_at: Date | null
  try_at: Date | null
  conclude_after: string | null
}

interface PaymentDayTable {
  sp_mchid: string
  sub_mchid: string
  day: Day
  payments: number
  jsapi: ColumnType<Record<string, number>, string, string>
  native: number
  micropay: number
  app: number
  h5: number
  facepay: number
  other: number
  refunds: number
  hours: number[]
  bands: number[]
}

/** bigint: node-postgres gives strings */
type Count = ColumnType<string, number, number>

interface PaymentRegionDayTable {
  sp_mchid: string
  region_code: string
  day: Day
  /** small days of the week that begins on this day */
  together: Generated<boolean>
  payments: Count
  jsapi: ColumnType<Record<string, number>, string, string>
  native: Count
  micropay: Count
  app: Count
  h5: Count
  facepay: Count
  other: Count
  refunds: Count
  hours: ColumnType<string[], number[], number[]>
  bands: ColumnType<string[], number[], number[]>
}

interface UnlistedMerchantTable {
  sp_mchid: string
  sub_mchid: string
  first_day: Day
  last_day: Day
  dismissed_at: Date | null
  dismissed_by: string | null
}

export interface BillSchema {
  bill_days: BillDayTable
  payment_days: PaymentDayTable
  payment_region_days: PaymentRegionDayTable
  unlisted_merchants: UnlistedMerchantTable
}
