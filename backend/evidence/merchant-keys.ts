// Several merchants at once, of whatever numbers.
import { sql, type RawBuilder } from 'kysely'
import type { MerchantKey } from './record.ts'

/** As the key of a map. */
export const keyOf = ({ sp_mchid, sub_mchid }: MerchantKey): string => `${sp_mchid} ${sub_mchid}`

/** Condition on sp_mchid and sub_mchid. */
export const isOneOf = (merchants: readonly MerchantKey[]): RawBuilder<boolean> =>
  sql<boolean>`(sp_mchid, sub_mchid) in (
    select * from unnest(${merchants.map(one => one.sp_mchid)}::text[], ${merchants.map(one => one.sub_mchid)}::text[]))`
