// A look beside what we hold: where it says something else, and whether what we hold is newer.
import type { Caller } from '../../http/caller.ts'
import type { Trx } from '../../database/connection.ts'
import { merchantsWith } from '../../database/keyed.ts'
import { inScope } from '../../company/staff/scope.ts'
import { switchesOf } from '../../evidence/find.ts'
import type { Switches } from '../../evidence/verdict/switches.ts'
import { switchColumns, type PortalCheck } from '../imports/portal-check.ts'
import type { Difference } from './schema.ts'

/** What stands under a 商户号 that the caller sees. */
export interface HeldMerchant {
  sp_mchid: string
  switches: Switches
}

/** @returns 商户号 → what we hold; of several numbers of the company the first */
export async function heldMerchants(
  trx: Trx,
  caller: Pick<Caller, 'numbers' | 'staff_id' | 'role' | 'region_codes' | 'assigned_only'>,
  sub_mchids: readonly string[],
  lock = false,
): Promise<Map<string, HeldMerchant>> {
  const rows = await trx
    .selectFrom(merchantsWith(caller.numbers, sub_mchids, lock ? 'for update' : null))
    .select(['sp_mchid', 'sub_mchid', 'switches'])
    .where(inScope(caller))
    .execute()
  const held = new Map<string, HeldMerchant>()
  const place = ({ sp_mchid }: { sp_mchid: string }) => caller.numbers.indexOf(sp_mchid)
  for (const { sub_mchid, sp_mchid, switches } of rows) {
    const before = held.get(sub_mchid)
    if (!before || place({ sp_mchid }) < place(before)) held.set(sub_mchid, { sp_mchid, switches: switchesOf({ switches }) })
  }
  return held
}

/** In the order of the columns. */
export function differencesOf({ switches }: HeldMerchant, { detail, checked_at }: PortalCheck): Difference[] {
  const { gold_plan, receipt, advertising, ad_filter } = switches
  const held = { gold_plan_jsapi: gold_plan.jsapi, gold_plan_miniprogram: gold_plan.miniprogram, receipt, advertising }
  const isNewer = (changed_at: string | null) => changed_at !== null && Date.parse(changed_at) > checked_at.getTime()
  const found: Difference[] = switchColumns.flatMap(field => {
    const seen = detail[field]
    const { status: before, changed_at } = held[field]
    return seen === undefined || seen === before ? [] : [{ field, before, seen, newer: isNewer(changed_at) }]
  })
  const tags = detail.ad_filter
  if (tags === undefined || sameTags(tags, ad_filter.industries)) return found
  return [...found, { field: 'ad_filter', before: ad_filter.industries, seen: tags, newer: isNewer(ad_filter.changed_at) }]
}

const sameTags = (some: readonly string[], others: readonly string[]): boolean => some.toSorted().join() === others.toSorted().join()
