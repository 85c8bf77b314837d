// Rows of the visit plan, as Kysely sees them; the SQL in migrations/0047_visit_plan.sql is the truth.
import type { ColumnType } from 'kysely'

/** a day is read as text: a Date would be a moment */
type Day = ColumnType<Date, string, string>

interface VisitStopTable {
  sp_mchid: string
  sub_mchid: string
  staff_id: string
  day: Day
  place: number
  published_at: Date | null
  published_by: string | null
}

interface VisitPlanTable {
  sp_mchid: string
  night: Day
  made_at: Date
  needed: number
  planned: number
  without_anybody: number
}

export interface VisitPlanSchema {
  visit_stops: VisitStopTable
  visit_plans: VisitPlanTable
}
