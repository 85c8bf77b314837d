// How payments are added up in SQL: those by JSAPI by the register of appids as it stands now, the other ways by their column, hours and bands place by place.
import { sql, type RawBuilder } from 'kysely'
import type { PaymentWays } from './schema.ts'

/**
 * Whether `a` is the appid that stands in `one.key`, and was still the company's on `p.day`.
 * @param home the number under which the register stands
 */
export const isRegistered = (home: string): RawBuilder<boolean> =>
  sql<boolean>`(a.sp_mchid = ${home} and a.appid = one.key and (a.ended_at is null or p.day <= (a.ended_at at time zone 'Asia/Shanghai')::date))`

/**
 * A row for each of `p`: jsapi, miniprogram, unknown_appid. Null where there is none of that kind.
 * `p` is what it is joined to: p.jsapi {appid: payments}, p.day
 */
export const jsapiByAppid = (home: string): RawBuilder<unknown> => sql`
  select sum(one.value::bigint) filter (where a.kind = 'official_account') as jsapi,
    sum(one.value::bigint) filter (where a.kind = 'mini_program') as miniprogram,
    sum(one.value::bigint) filter (where a.kind is null or a.kind not in ('official_account', 'mini_program')) as unknown_appid
  from jsonb_each_text(p.jsapi) as one left join appids as a on ${isRegistered(home)}`

/** columns of payment_days: how payments were made, but for JSAPI */
export const otherWays = ['native', 'micropay', 'app', 'h5', 'facepay', 'other'] as const

/** An array whose places are the sums of that place. @param length 24 hours, six bands */
export const partsOf = (column: 'hours' | 'bands', length: number, cast: 'double precision' | 'bigint'): RawBuilder<unknown> =>
  sql`array[${sql.join(
    Array.from({ length }, (_, index) => sql`coalesce(sum(${sql.ref(column)}[${sql.lit(index + 1)}]), 0)::${sql.raw(cast)}`),
  )}]`

const ways = ['jsapi', 'miniprogram', 'unknown_appid', ...otherWays] as const

/** What else is in it is left out. */
export const waysOf = (row: PaymentWays): PaymentWays => addedWays([row])

export const addedWays = (rows: readonly PaymentWays[]): PaymentWays =>
  Object.fromEntries(ways.map(way => [way, rows.reduce((sum, row) => sum + row[way], 0)])) as unknown as PaymentWays
