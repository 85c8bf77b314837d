// Fetches the trade bill of each day that is missing, for each number: yesterday's after 10:00 in China, and up to 90 days back (facts.md §8).
import { sql } from 'kysely'
import type { Database } from '../../database/connection.ts'
import { dayLater, dayOf } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import { WechatPayError, type Bills } from '../../wechatpay/index.ts'
import { assertIsOf, holdDay, landBill, setDay, type DayChange } from './land.ts'
import { addUpRegions, holdWeek } from './regions.ts'
import { BillRefused } from './refused.ts'
import { readBill } from './unzip.ts'

/** WeChat Pay keeps three months */
export const daysBack = 90
/** days whose bill is asked for once more each day: a corrected one has another hash */
const correctedFor = 3
const minute = 60_000
const hour = 60 * minute
/** milliseconds after which a day is tried again, by how often it was tried in vain */
const againAfter = [5 * minute, 15 * minute, hour, 3 * hour, 6 * hour]
const creatingAgainAfter = 10 * minute
/** any number, the same in every process */
const fetchLock = 401_275_968

/** When the bill of the day before is there: 10:00 in China. */
const madeAt = (day: string): Date => new Date(Date.parse(`${dayLater(day, 1)}T10:00:00+08:00`))

/** The newest day whose bill is made by now. */
export function newestBillDay(now: Date): string {
  const yesterday = dayLater(dayOf(now), -1)
  return now >= madeAt(yesterday) ? yesterday : dayLater(yesterday, -1)
}

/**
 * Any number of processes may run it: each day is held by one while it is fetched, and by nobody once that one has ended, however it ended.
 * @param goOn asked before each day
 * @returns how many days it asked for
 */
export async function fetchBills(context: Context, goOn: () => boolean = () => true): Promise<number> {
  let asked = 0
  for (const sp_mchid of context.providers.numbers) {
    const { bills } = context.providers.of(sp_mchid).wechatPay
    if (!bills) continue
    for (const day of await dueDays(context.db, sp_mchid, context.clock.now())) {
      if (!goOn()) return asked
      const outcome = await fetchDay(context, bills, sp_mchid, day)
      if (outcome !== 'held elsewhere') asked += 1
      // what is in the way of one day is in the way of the next
      if (outcome === 'trouble') break
    }
  }
  return asked
}

/** Newest first: what is true today matters most. */
async function dueDays(db: Database, sp_mchid: string, now: Date): Promise<string[]> {
  const newest = newestBillDay(now)
  const { rows } = await sql<{ day: string }>`
    select to_char(d.day, 'YYYY-MM-DD') as day
    from generate_series(${dayLater(newest, 1 - daysBack)}::date, ${newest}::date, interval '1 day') as d(day)
    left join bill_days as b on b.sp_mchid = ${sp_mchid} and b.day = d.day::date
    where b.day is null or (b.state in ('waiting', 'refused') and (b.try_at is null or b.try_at <= ${now}))
      or (b.state in ('landed', 'empty') and d.day > ${dayLater(newest, -correctedFor)}::date and (b.source is null or b.source <> 'file')
        and b.tried_at < ${madeAt(newest)} and (b.try_at is null or b.try_at <= ${now}))
    order by d.day desc`.execute(db)
  return rows.map(({ day }) => day)
}

type FetchOutcome = 'done' | 'trouble' | 'held elsewhere'

async function fetchDay(context: Context, bills: Bills, sp_mchid: string, day: string): Promise<FetchOutcome> {
  const { db, log } = context
  return db.connection().execute(async held => {
    const { rows } = await sql<{
      held: boolean
    }>`select pg_try_advisory_lock(${fetchLock}, hashtext(${`${sp_mchid} ${day}`})) as held`.execute(held)
    if (!rows[0]!.held) return 'held elsewhere'
    try {
      // another process may have been here since the days were listed
      if (!(await dueDays(held, sp_mchid, context.clock.now())).includes(day)) return 'held elsewhere'
      return await fetched(context, bills, sp_mchid, day)
    } catch (error) {
      if (!(error instanceof WechatPayError) && !(error instanceof BillRefused)) throw error
      const isTrouble = error instanceof WechatPayError
      log.warn({ sp_mchid, day, reason: reasonOf(error) }, 'a trade bill did not land')
      await note(context, sp_mchid, day, tries => ({
        state: isTrouble ? 'waiting' : 'refused',
        reason: reasonOf(error),
        try_at: new Date(context.clock.now().getTime() + (againAfter[tries] ?? againAfter.at(-1)!)),
      }))
      return isTrouble ? 'trouble' : 'done'
    } finally {
      // a connection that was lost meanwhile no longer holds it
      await sql`select pg_advisory_unlock(${fetchLock}, hashtext(${`${sp_mchid} ${day}`}))`.execute(held).catch(() => undefined)
    }
  })
}

async function fetched(context: Context, bills: Bills, sp_mchid: string, day: string): Promise<FetchOutcome> {
  const { db, clock, log } = context
  const answer = await bills.ask(day)
  if (answer.state === 'creating') {
    await note(context, sp_mchid, day, () => ({
      state: 'waiting',
      reason: 'BILL_BEING_MADE',
      try_at: new Date(clock.now().getTime() + creatingAgainAfter),
    }))
    return 'done'
  }
  if (answer.state === 'none') {
    await note(context, sp_mchid, day, () => ({ state: 'empty', reason: null, try_at: null }))
    return 'done'
  }
  if (await hasLanded(db, sp_mchid, day, answer.link.sha1)) {
    await note(context, sp_mchid, day, () => ({ state: 'landed', reason: null, try_at: null }))
    return 'done'
  }
  const { bill, sha1 } = await readBill(await bills.download(answer.link))
  if (sha1 !== answer.link.sha1) throw new BillRefused('BILL_HASH_DISAGREES')
  assertIsOf(bill, { sp_mchid, day }, clock.now())
  const landed = await landBill(db, { sp_mchid, day, bill, sha1, source: 'wechatpay' }, clock.now())
  log.info({ sp_mchid, day, rows: bill.rows, merchants: bill.counts.merchants, landed }, 'a trade bill has landed')
  return 'done'
}

async function hasLanded(db: Database, sp_mchid: string, day: string, sha1: string): Promise<boolean> {
  const { rows } = await sql`
    select from bill_days where sp_mchid = ${sp_mchid} and day = ${day}::date and state = 'landed' and sha1 = ${sha1}`.execute(db)
  return rows.length > 0
}

/** A day that has landed stays so: a later try that fails only leaves its reason. */
async function note({ db, clock }: Context, sp_mchid: string, day: string, changeOf: (tries: number) => DayChange): Promise<void> {
  await db.transaction().execute(async trx => {
    await holdWeek(trx, sp_mchid, day)
    const before = await holdDay(trx, sp_mchid, day)
    const { state, ...change } = changeOf(before.tries)
    const isOver = change.reason === null
    const stays = before.state === 'landed' || (before.state === 'empty' && !isOver)
    await setDay(trx, sp_mchid, day, {
      ...change,
      ...(!stays && { state }),
      tried_at: clock.now(),
      tries: isOver ? 0 : before.tries + 1,
    })
    // a day on which nobody paid may be the last that its week waited for
    if (state === 'empty' && before.state !== 'landed') await addUpRegions(trx, sp_mchid, day)
  })
}

const reasonOf = (error: BillRefused | WechatPayError): string =>
  error instanceof BillRefused ? error.reason : (error.code ?? error.reason)
