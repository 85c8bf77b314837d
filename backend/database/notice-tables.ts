// Rows of what people are told as Kysely sees them; the SQL in migrations/0043_notices.sql and after it is the truth.
import type { Generated } from 'kysely'
import type { NoticeKind, NoticeOutcome, SubscriptionAnswer } from '../company/notices/schema.ts'

export interface NoticeTable {
  id: string
  sp_mchid: string
  staff_id: string
  kind: NoticeKind
  about: string
  subject: string
  outcome: NoticeOutcome
  cause: string
  at: Date
  read_at: Date | null
  message: Generated<'due' | 'app' | 'sending' | 'sent' | 'failed' | 'unknown'>
  message_code: string | null
  try_at: Date | null
  sender: number | null
}

interface MessageQuotaTable {
  staff_id: string
  template_id: string
  allowed: number
  answer: SubscriptionAnswer | 'refused'
  answered_at: Date
}

interface WechatTokenTable {
  appid: string
  token: string
  expires_at: Date
  forced_at: Date | null
}

interface MessageTemplateFaultTable {
  template_id: string
  errcode: number
  errmsg: string
  since: Date
  last_at: Date
}

export interface NoticeSchema {
  notices: NoticeTable
  message_quota: MessageQuotaTable
  message_template_faults: MessageTemplateFaultTable
  wechat_tokens: WechatTokenTable
}
