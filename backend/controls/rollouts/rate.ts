// How fast rollouts ask WeChat Pay: one bucket in the database for all processes and numbers. WeChat Pay says "too fast": half of it, then 5 % more each minute,
// never above the provider's setting. Taps of staff take nothing from it and wait for nothing.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'

const growthPerMinute = 1.05
/** operations a minute at least, however often WeChat Pay says no */
const slowest = 1
/** milliseconds in which the answers to what left together come */
const oneAnswerMs = 5_000

/** What the bucket holds at a moment, and the rate that it is filled with. */
const filled = (allowed: number, now: Date) => sql`
  select greatest(${slowest}, least(${allowed}::float8, per_minute * power(${growthPerMinute}::float8, passed / 60))) as per_minute, tokens, passed
  from (select per_minute, tokens, greatest(0, extract(epoch from ${now}::timestamptz - filled_at))::float8 as passed from rollout_rate for update) as bucket`

/**
 * @param allowed operations a minute that the provider allows
 * @param wanted how many may leave at this moment
 * @returns how many of them may: what is not used is lost, so that no second has more than its share
 */
export async function takeTokens(db: Database, allowed: number, wanted: number, now: Date): Promise<number> {
  return db.transaction().execute(async trx => {
    await ensure(trx, allowed, now)
    const { rows } = await sql<{ taken: number }>`
      with bucket as (${filled(allowed, now)}), held as (
        select per_minute, least(greatest(1, per_minute / 60), tokens + passed * per_minute / 60) as tokens from bucket
      ), taken as (
        select per_minute, tokens, floor(least(tokens, ${wanted}::float8)) as taken from held
      )
      update rollout_rate set per_minute = taken.per_minute, tokens = taken.tokens - taken.taken, filled_at = ${now}
      from taken returning taken.taken::float8 as taken`.execute(trx)
    return rows[0]!.taken
  })
}

/** WeChat Pay said that this was too fast. What left together is told so together: it is slowed down once for all of it. */
export async function slowDown(trx: Trx, allowed: number, now: Date): Promise<void> {
  await ensure(trx, allowed, now)
  await sql`
    with bucket as (${filled(allowed, now)})
    update rollout_rate set per_minute = greatest(${slowest}, bucket.per_minute / 2), tokens = 0, filled_at = ${now}, slowed_at = ${now}
    from bucket where slowed_at is null or abs(extract(epoch from ${now}::timestamptz - slowed_at)) * 1000 >= ${oneAnswerMs}`.execute(trx)
}

/** Operations a minute that leave at this moment. */
export async function rateNow(db: Database | Trx, allowed: number, now: Date): Promise<number> {
  const row = await db.selectFrom('rollout_rate').selectAll().executeTakeFirst()
  if (!row) return allowed
  const minutes = Math.max(0, now.getTime() - row.filled_at.getTime()) / 60_000
  return Math.max(slowest, Math.min(allowed, row.per_minute * growthPerMinute ** minutes))
}

/** The first rollout of an installation begins at the full rate, with one operation. */
const ensure = (trx: Trx, allowed: number, now: Date) =>
  trx
    .insertInto('rollout_rate')
    .values({ only_one: true, per_minute: allowed, tokens: 1, filled_at: now })
    .onConflict(conflict => conflict.column('only_one').doNothing())
    .execute()
