// How fast rollouts ask WeChat Pay: one row in the database gives each call its moment, for all processes and numbers. WeChat Pay says "too fast": half of the
// rate, then 5 % more each minute, never above the provider's setting. WeChat Pay is away: one call now and then asks whether it is back. Taps of staff take nothing
// from this and wait for nothing.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { clockSlackMs } from '../../platform/clock.ts'

const growthPerMinute = 1.05
/** operations a minute at least, however often WeChat Pay says no */
const slowest = 1
/** milliseconds in which the answers to what left together come */
const oneAnswerMs = 5_000
/** milliseconds for which moments are given out ahead: one question to the database for all calls of that time */
const aheadMs = 250
/** So many calls in a row without a usable answer, and WeChat Pay counts as away. */
const awayFrom = 10
const longestPauseMs = 60_000

/** milliseconds between two calls while WeChat Pay is away: from a second to a minute */
const pauseOf = (inARow: unknown) =>
  sql`(case when ${inARow} < ${awayFrom} then 0 else least(${longestPauseMs}, 1000 * power(2, least(6, (${inARow} - ${awayFrom}) / 4))) end)::float8`

/** What the row says of a moment. A call further ahead than any that is given out is of a slower rate, or of a clock set back since. */
const paced = (allowed: number, now: Date) => sql`
  select per_minute, gap, pause, case when next_in > ${aheadMs + clockSlackMs} + gap + pause then 0 else greatest(0, next_in) end as first_in
  from (select *, 60000 / per_minute as gap from (
    select greatest(${slowest}, least(${allowed}::float8,
        per_minute * power(${growthPerMinute}::float8, greatest(0, extract(epoch from ${now}::timestamptz - grown_at))::float8 / 60))) as per_minute,
      ${pauseOf(sql.ref('away_in_a_row'))} as pause, 1000 * extract(epoch from next_at - ${now}::timestamptz)::float8 as next_in
    from rollout_rate for update
  ) as kept) as grown`

const later = (now: Date, ms: unknown) => sql`${now}::timestamptz + ${ms} * interval '1 millisecond'`

export interface Moments {
  /** when each may leave, in order; evenly spread, so that no second has more than its share */
  at: Date[]
  /** between two of them, milliseconds */
  gapMs: number
  /** none: milliseconds until it is worth asking again */
  nextInMs: number
}

/**
 * @param allowed operations a minute that the provider allows
 * @param wanted how many would leave; a moment that is not used is lost
 */
export async function takeMoments(db: Database, allowed: number, wanted: number, now: Date): Promise<Moments> {
  const { rows } = await sql<{ first_in: number; gap: number; taken: number }>`
    with paced as (${paced(allowed, now)}), taken as (
      select *, greatest(0, least(case when pause > 0 then 1 else ${wanted}::float8 end, floor((${aheadMs} - first_in) / gap) + 1)) as taken from paced
    )
    update rollout_rate set per_minute = taken.per_minute, grown_at = ${now},
      next_at = ${later(now, sql`(taken.first_in + taken.taken * greatest(taken.gap, taken.pause))`)}
    from taken returning taken.first_in, taken.gap, taken.taken`.execute(db)
  const row = rows[0]
  if (!row) {
    await ensure(db, allowed, now)
    return takeMoments(db, allowed, wanted, now)
  }
  const { first_in, gap, taken } = row
  return { at: Array.from({ length: taken }, (_, nth) => new Date(now.getTime() + first_in + nth * gap)), gapMs: gap, nextInMs: first_in }
}

/** WeChat Pay said that this was too fast. What left together is told so together: it is slowed down once for all of it. */
export async function slowDown(trx: Trx, allowed: number, now: Date): Promise<void> {
  await ensure(trx, allowed, now)
  await sql`
    with paced as (${paced(allowed, now)}), slower as (select greatest(${slowest}, per_minute / 2) as per_minute, first_in from paced)
    update rollout_rate set per_minute = slower.per_minute, grown_at = ${now}, slowed_at = ${now},
      next_at = ${later(now, sql`greatest(slower.first_in, 60000 / slower.per_minute)`)}
    from slower where slowed_at is null or abs(extract(epoch from ${now}::timestamptz - slowed_at)) * 1000 >= ${oneAnswerMs}`.execute(trx)
}

/** No usable answer, or "later": nothing is learnt by asking for every merchant, and each try is a line of the trail. */
export const noteAway = (trx: Trx, now: Date): Promise<unknown> =>
  sql`update rollout_rate set away_in_a_row = away_in_a_row + 1, away_since = coalesce(away_since, ${now}), next_at = greatest(next_at, ${later(now, pauseOf(sql`(away_in_a_row + 1)`))})`.execute(
    trx,
  )

/** It answers: as fast as before. Where nothing paused, the next moment stays: those before it are given out already. */
export const noteBack = (trx: Trx, now: Date): Promise<unknown> =>
  sql`update rollout_rate set away_in_a_row = 0, away_since = null,
      next_at = case when away_in_a_row < ${awayFrom} then next_at else least(next_at, ${later(now, sql`60000 / per_minute`)}) end
    where away_in_a_row > 0`.execute(trx)

/** Operations a minute that leave at this moment, and since when WeChat Pay is away, null where it is not: then one call now and then asks whether it is back. */
export async function rateNow(db: Database | Trx, allowed: number, now: Date): Promise<{ perMinute: number; awaySince: Date | null }> {
  const row = await db.selectFrom('rollout_rate').selectAll().executeTakeFirst()
  if (!row) return { perMinute: allowed, awaySince: null }
  const minutes = Math.max(0, now.getTime() - row.grown_at.getTime()) / 60_000
  const perMinute = Math.max(slowest, Math.min(allowed, row.per_minute * growthPerMinute ** minutes))
  return { perMinute, awaySince: row.away_in_a_row < awayFrom ? null : row.away_since }
}

/** The first rollout of an installation begins at the full rate. */
const ensure = (db: Database | Trx, allowed: number, now: Date) =>
  db
    .insertInto('rollout_rate')
    .values({ only_one: true, per_minute: allowed, next_at: now, grown_at: now })
    .onConflict(conflict => conflict.column('only_one').doNothing())
    .execute()
