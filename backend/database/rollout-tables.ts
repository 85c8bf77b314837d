// Rows of rollouts as Kysely sees them; the SQL in migrations/0041_rollouts.sql and after it is the truth.
import type { ColumnType, Generated } from 'kysely'

type RolloutAction = 'gold_plan.open' | 'receipt.open' | 'ad_filter.set'
export type RolloutStatus = 'draft' | 'running' | 'waiting' | 'paused' | 'stopped' | 'completed' | 'cancelled'
export type RolloutItemStatus = 'excluded' | 'pending' | 'working' | 'succeeded' | 'failed' | 'skipped'

/**
 * Why a merchant of a rollout was left alone or skipped, beside the codes of problems. Each is said in files (directory/exports/words.ts) and on the page
 * (packages/manage/rollouts of the app).
 */
export type RolloutReason =
  | 'ALREADY'
  | 'MERCHANT_TERMINATED'
  | 'MERCHANT_SUSPENDED'
  | 'CLOSING_REQUESTED'
  | 'OPERATION_PENDING'
  | 'UNRESOLVED'
  | 'REOPEN_LOCKED'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'

/** How many items of a rollout have come to the same. */
export interface CountedItems {
  stage: number | null
  status: RolloutItemStatus
  code: string | null
  items: number
}

export interface RolloutTable {
  id: string
  sp_mchid: string
  name: string
  action: RolloutAction
  with_receipt: boolean
  industries: string[]
  filter: ColumnType<Record<string, string> | null, string | null, never>
  status: RolloutStatus
  stage: Generated<number>
  refused: ColumnType<{ code: string; count: number }[], string, never>
  stop_code: string | null
  judged_from: Date | null
  created_by: string
  created_at: Date
  started_by: string | null
  started_at: Date | null
  ended_at: Date | null
  version: Generated<number>
  counts: ColumnType<CountedItems[] | null, undefined, string>
  reduced_at: Date | null
}

export interface RolloutItemTable {
  rollout_id: string
  position: number
  sp_mchid: string
  sub_mchid: string
  stage: number | null
  status: RolloutItemStatus
  code: string | null
  message: string | null
  seen: string
  done: Generated<number>
  operation_id: string | null
  try_at: Date | null
  changed_at: Date
}

interface RolloutRateTable {
  only_one: Generated<boolean>
  per_minute: number
  next_at: Date
  grown_at: Date
  slowed_at: Date | null
  away_in_a_row: Generated<number>
  away_since: Date | null
}

export interface RolloutSchema {
  rollouts: RolloutTable
  rollout_items: RolloutItemTable
  rollout_rate: RolloutRateTable
}
