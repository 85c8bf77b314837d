// Many rows by their keys. Of a table that is being filled the planner has no statistics yet: it takes a comparison with thousands for most of the table, and reads
// all that the provider has for each batch of an import or a rollout. What follows is looked up by the key, one after the other, whatever is known.
import { sql, type AliasedRawBuilder, type RawBuilder, type Selectable } from 'kysely'
import type { SubMerchantTable } from './directory-tables.ts'
import type { Schema } from './tables.ts'

type Lock = 'for update' | 'for no key update'
type Merchants = AliasedRawBuilder<Selectable<SubMerchantTable>, 'sub_merchants'>

/** A primary key of sub_merchants. */
interface Key {
  sp_mchid: string
  sub_mchid: string
}

/** @param wanted number and shop of each, in the order in which they are looked up */
const held = (wanted: RawBuilder<unknown>, lock: Lock | null = null): Merchants =>
  sql<Selectable<SubMerchantTable>>`(
    select held.* from (${wanted}) as wanted
    cross join lateral (select * from sub_merchants where sp_mchid = wanted.number and sub_mchid = wanted.shop limit 1 ${sql.raw(lock ?? '')}) as held)`.as(
    'sub_merchants',
  )

/**
 * In place of `sub_merchants`, those under these numbers with these 商户号.
 * @param lock each as it is found, in the order of the primary key, so as not to deadlock with others that lock several
 * @param after those behind this one in that order; who takes so many of them as there are with a limit reads and locks no more
 */
export const merchantsWith = (
  numbers: readonly string[],
  sub_mchids: readonly string[],
  lock: Lock | null = null,
  after: Key | null = null,
): Merchants =>
  held(
    sql`select distinct number collate "C" as number, shop collate "C" as shop
      from unnest(${[...numbers]}::text[]) as number, unnest(${[...sub_mchids]}::text[]) as shop
      ${after ? sql`where (number collate "C", shop collate "C") > (${after.sp_mchid}, ${after.sub_mchid})` : sql``} order by 1, 2`,
    lock,
  )

/** In place of `sub_merchants`, exactly these. */
export const merchantsOf = (keys: readonly Key[]): Merchants =>
  held(
    sql`select distinct number, shop from unnest(${keys.map(one => one.sp_mchid)}::text[], ${keys.map(one => one.sub_mchid)}::text[]) as key (number, shop)`,
  )

/** In place of `evidence`, all of these merchants. */
export const evidenceWith = (sp_mchid: string, sub_mchids: readonly string[]): AliasedRawBuilder<Selectable<Schema['evidence']>, 'e'> =>
  sql<Selectable<Schema['evidence']>>`(
    select held.* from (select distinct shop from unnest(${[...sub_mchids]}::text[]) as shop) as wanted
    cross join lateral (select * from evidence where sp_mchid = ${sp_mchid} and sub_mchid = wanted.shop offset 0) as held)`.as('e')

/**
 * In place of `payment_days`, those of these merchants. Days are compared as the last part of the key: of a day by itself there is an index, too, which would
 * read everybody's for each merchant.
 * @param after a day, yyyy-MM-dd: later ones
 * @param until the last of them
 */
export const paymentDaysWith = (
  sp_mchid: string,
  sub_mchids: readonly string[],
  { after, until }: { after: string; until: string },
): AliasedRawBuilder<Selectable<Schema['payment_days']>, 'p'> =>
  sql<Selectable<Schema['payment_days']>>`(
    select held.* from (select distinct shop from unnest(${[...sub_mchids]}::text[]) as shop) as wanted
    cross join lateral (
      select * from payment_days where sp_mchid = ${sp_mchid} and sub_mchid = wanted.shop
        and (sub_mchid, day) > (wanted.shop, ${after}::date) and (sub_mchid, day) <= (wanted.shop, ${until}::date) offset 0
    ) as held)`.as('p')

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
