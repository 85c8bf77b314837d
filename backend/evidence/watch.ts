// What evidence and operations change of a merchant, in the words of the trail.
import { switchesOf, type MerchantRow } from './find.ts'
import { ofEachPlain, type PlainControl } from '../../miniprogram/packages/merchant/shared/controls.ts'
import type { Trx } from '../database/connection.ts'
import { merchantsWith } from '../database/keyed.ts'
import type { MerchantKey } from './record.ts'
import { difference, type Difference } from '../platform/audit/difference.ts'

/** Everything that is derived for a merchant and that a person may want to know the past of. */
export interface MerchantFacts extends Record<PlainControl, string> {
  state: string
  reason: string
  attention: string[]
  gold_plan: string
  gold_plan_miniprogram: string
  receipt: string
  ad_filter: string[]
}

/** @returns 商户号 → facts; whoever compares them later holds the merchants locked */
export async function merchantFacts(trx: Trx, sp_mchid: string, sub_mchids: readonly string[]): Promise<Map<string, MerchantFacts>> {
  const found = await trx
    .selectFrom(merchantsWith([sp_mchid], sub_mchids))
    .select(['sub_mchid', 'migration_state', 'migration_reason', 'migration_attention', 'switches'])
    .execute()
  return new Map(found.map(row => [row.sub_mchid, factsOf(row)]))
}

/** Of what is derived for one merchant, before it is written or as it is read. */
export function factsOf(
  row: Pick<MerchantRow, 'migration_state' | 'migration_reason' | 'migration_attention' | 'switches'>,
): MerchantFacts {
  const switches = switchesOf(row)
  const { gold_plan, receipt, ad_filter } = switches
  return {
    state: row.migration_state,
    reason: row.migration_reason,
    attention: row.migration_attention,
    gold_plan: gold_plan.jsapi.status,
    gold_plan_miniprogram: gold_plan.miniprogram.status,
    receipt: receipt.status,
    ...ofEachPlain(control => switches[control].status),
    ad_filter: ad_filter.industries,
  }
}

/**
 * Called under the merchant's lock, before anything changes.
 * @returns asked when everything is written: what became different
 */
export async function watchMerchant(trx: Trx, { sp_mchid, sub_mchid }: MerchantKey): Promise<() => Promise<Difference<MerchantFacts>>> {
  const read = async () => (await merchantFacts(trx, sp_mchid, [sub_mchid])).get(sub_mchid)!
  const before = await read()
  return async () => difference(before, await read())
}
