// Many rows by their keys. Of a table that is being filled the planner has no statistics yet: it takes a comparison with thousands for most of the table, and reads
// all that the provider has for each batch of an import or a rollout. What follows is looked up by the key, one after the other, whatever is known.
import { sql, type AliasedRawBuilder, type Selectable } from 'kysely'
import type { SubMerchantTable } from './directory-tables.ts'
import type { Schema } from './tables.ts'

/**
 * In place of `sub_merchants`, those under these numbers with these 商户号.
 * @param lock each as it is found, in the order of the primary key, so as not to deadlock with others that lock several
 */
export function merchantsWith(
  numbers: readonly string[],
  sub_mchids: readonly string[],
  lock: 'for update' | 'for no key update' | null = null,
): AliasedRawBuilder<Selectable<SubMerchantTable>, 'sub_merchants'> {
  return sql<Selectable<SubMerchantTable>>`(
    select held.* from (
      select distinct number collate "C" as number, shop collate "C" as shop from unnest(${[...numbers]}::text[]) as number, unnest(${[...sub_mchids]}::text[]) as shop order by 1, 2
    ) as wanted
    cross join lateral (select * from sub_merchants where sp_mchid = wanted.number and sub_mchid = wanted.shop limit 1 ${sql.raw(lock ?? '')}) as held)`.as(
    'sub_merchants',
  )
}

/** In place of `evidence`, all of these merchants. */
export const evidenceWith = (sp_mchid: string, sub_mchids: readonly string[]): AliasedRawBuilder<Selectable<Schema['evidence']>, 'e'> =>
  sql<Selectable<Schema['evidence']>>`(
    select held.* from (select distinct shop from unnest(${[...sub_mchids]}::text[]) as shop) as wanted
    cross join lateral (select * from evidence where sp_mchid = ${sp_mchid} and sub_mchid = wanted.shop offset 0) as held)`.as('e')

/** In place of `store_codes`, those with these contents under these numbers. */
export const storeCodesWith = (
  numbers: readonly string[],
  contents: readonly string[],
): AliasedRawBuilder<Selectable<Schema['store_codes']>, 'store_codes'> =>
  sql<Selectable<Schema['store_codes']>>`(
    select held.* from (
      select distinct number, content from unnest(${[...numbers]}::text[]) as number, unnest(${[...contents]}::text[]) as content
    ) as wanted
    cross join lateral (select * from store_codes where sp_mchid = wanted.number and content = wanted.content limit 1) as held)`.as(
    'store_codes',
  )
