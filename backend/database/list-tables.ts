// Rows of the lists from the console (migrations/0027_portal_check_lists.sql).
import type { ColumnType, Generated } from 'kysely'
import type {
  Difference,
  PortalCheckListGroup,
  PortalCheckListRow,
  PortalCheckListStatus,
  PortalCheckRefusal,
} from '../directory/portal-lists/schema.ts'

export interface PortalCheckListTable {
  id: string
  sp_mchid: string
  created_by: string
  created_at: Date
  name: string | null
  encoding: string
  checked_at: Date
  rows: number
  same: number
  differ: number
  unknown: number
  refused: number
  newer: number
  status: PortalCheckListStatus
  applied_by: ColumnType<string | null, string | null | undefined, string | null>
  applied_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  request_id: ColumnType<string | null, string | null | undefined, string | null>
  client: ColumnType<string | null, string | null | undefined, string | null>
  done_line: Generated<number>
  done: Generated<number>
  recorded: Generated<number>
  known: Generated<number>
  gone: Generated<number>
  changed: Generated<number>
  finished_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  stop_code: ColumnType<string | null, string | null | undefined, string | null>
}

type Outcome = NonNullable<PortalCheckListRow['outcome']>

export interface PortalCheckListRowTable {
  list_id: string
  line: number
  verdict: PortalCheckListGroup
  sub_mchid: string | null
  detail: ColumnType<PortalCheckListRow['seen'], string | null, never>
  checked_at: Date | null
  differences: ColumnType<Difference[], string, string>
  field: string | null
  code: PortalCheckRefusal | null
  other_line: number | null
  outcome: ColumnType<Outcome | null, Outcome | null | undefined, Outcome | null>
  changed: Generated<boolean>
}

export interface ListSchema {
  portal_check_lists: PortalCheckListTable
  portal_check_list_rows: PortalCheckListRowTable
}
