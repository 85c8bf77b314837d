// Rows of what has to be done before a number works, as Kysely sees them; the SQL in migrations/ is the truth.
import type { ColumnType } from 'kysely'
import type { OutsideCheckId, ReadinessAnswerWord, ReadinessItemId, ReadinessResult } from '../readiness/schema.ts'

type Json<T> = ColumnType<T, string, string>

interface ReadinessAnswerTable {
  sp_mchid: string
  item: ReadinessItemId
  answer: ReadinessAnswerWord
  note: string
  answered_by: string
  answered_at: Date
  version: number
}

/** the newest finding of each check that asks outside */
interface ReadinessFindingTable {
  sp_mchid: string
  check: OutsideCheckId
  result: ReadinessResult
  code: string
  values: Json<Record<string, string | number>>
  checked_at: Date
}

export interface ReadinessSchema {
  readiness_answers: ReadinessAnswerTable
  readiness_findings: ReadinessFindingTable
}
