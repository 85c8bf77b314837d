// Rows of what is asked of WeChat Pay, as Kysely sees them; the SQL in migrations/ is the truth.
import type { ColumnType, Generated, Selectable } from 'kysely'
import type { IndustryCode } from '../../miniprogram/shared/industries.ts'
import type { ChangeRequestStatus } from '../controls/closing/schema.ts'
import type { OperationKind } from '../evidence/schema.ts'

type Json<T> = ColumnType<T, string, string>

export type OperationStatus = 'pending' | 'succeeded' | 'failed' | 'unknown' | 'unresolved'

export interface OperationTable {
  id: string
  sp_mchid: string
  sub_mchid: string
  key: string
  staff_id: string
  kind: OperationKind
  parameters: Json<{ industries?: IndustryCode[] }>
  reason: string | null
  status: OperationStatus
  code: string | null
  message: string | null
  wx_request_id: string | null
  wx_code: string | null
  wx_message: string | null
  retry_after: number | null
  attempts: Generated<number>
  started_at: Date
  finished_at: Date | null
  next_attempt_at: Date | null
  settled_at: Date | null
  request_id: string
  client: string | null
}

export type OperationRow = Selectable<OperationTable>

export type AttemptPhase = 'succeeded' | 'not_sent' | 'unknown' | 'refused' | 'not_authentic' | 'process_ended'

interface OperationAttemptTable {
  operation_id: string
  attempt: number
  sent_at: Date
  answered_at: Date | null
  phase: AttemptPhase
  http_status: number | null
  wx_code: string | null
  wx_message: string | null
  wx_request_id: string | null
}

interface CallUnderWayTable {
  id: string
  sp_mchid: string
  sub_mchid: string
  operation_id: string
  process: number
  began_at: Date
}

/** Closing with four eyes; what moves it from state to state is guarded in migrations/0021_change_requests.sql. */
export interface ChangeRequestTable {
  sp_mchid: string
  id: string
  sub_mchid: string
  kind: 'gold_plan.close'
  scene: 'jsapi'
  reason: string
  requested_by: string
  requested_openid: string | null
  requested_at: Date
  expires_at: Date
  status: ChangeRequestStatus
  decided_by: string | null
  decided_at: Date | null
  comment: string | null
  operation_id: string | null
  try_at: Date | null
  code: string | null
  ended_at: Date | null
}

export interface ControlSchema {
  operations: OperationTable
  operation_attempts: OperationAttemptTable
  calls_under_way: CallUnderWayTable
  change_requests: ChangeRequestTable
}
