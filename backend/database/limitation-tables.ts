// Rows of limitations and notifications as Kysely sees them; the SQL in migrations/0034_limitations.sql is the truth.
import type { ColumnType, Generated } from 'kysely'

export type LimitationCause = 'refused' | 'callback' | 'nightly'

interface LimitationQuestionTable {
  sp_mchid: string
  sub_mchid: string
  cause: LimitationCause
  due_at: Date
  tries: Generated<number>
}

interface LimitationPaceTable {
  sp_mchid: string
  next_at: Date
  /** a day is written as text: a Date would be a moment */
  nightly_day: ColumnType<Date, string, string>
}

interface WechatpayNotificationTable {
  sp_mchid: string
  id: string
  event_type: string
  sub_mchid: string | null
  received_at: Date
}

export interface LimitationSchema {
  limitation_questions: LimitationQuestionTable
  limitation_pace: LimitationPaceTable
  wechatpay_notifications: WechatpayNotificationTable
}
