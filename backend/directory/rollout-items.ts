// Items of rollouts with the names of their merchants: the list on the phone and the exported file show the same.
import { sql, type RawBuilder } from 'kysely'
import { inScope } from '../company/staff/scope.ts'
import type { RolloutItemStatus } from '../database/rollout-tables.ts'
import type { Caller } from '../http/caller.ts'

/** An item as it is told: named where its merchant is in the caller's scope. */
export interface RolloutItemRow {
  position: number
  sub_mchid: string
  name: string | null
  stage: number | null
  status: RolloutItemStatus
  code: string | null
  message: string | null
  changed_at: Date
}

/** The beginning of a query of `RolloutItemRow`; the item is `i`, its merchant `m`. */
export const namedItems = (caller: Caller): RawBuilder<unknown> => sql`
  select i.position, i.sub_mchid, m.name, i.stage, i.status, i.code, i.message, i.changed_at
  from rollout_items as i
  left join lateral (
    select name from sub_merchants where sub_merchants.sp_mchid = i.sp_mchid and sub_merchants.sub_mchid = i.sub_mchid and ${inScope(caller)}
  ) as m on true`
