// A provider company may have several numbers (sp_mchid): its staff work at the shops of them all, and a shop stands under one of them.
import type { Numbers } from '../../http/caller.ts'
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Landing, LandingTarget } from './landing.ts'

/** @returns every number of the same company as a process serves them (PROVIDERS_FILE), its home first; the number alone where it has one */
export async function companyOf(database: Database, sp_mchid: string): Promise<Numbers> {
  const { rows } = await sql<{ sp_mchid: string }>`
    select sp_mchid from provider
    where coalesce(home_sp_mchid, sp_mchid) = (select coalesce(home_sp_mchid, sp_mchid) from provider where sp_mchid = ${sp_mchid})
    order by home_sp_mchid nulls first, sp_mchid`.execute(database)
  const [home = sp_mchid, ...further] = rows.map(row => row.sp_mchid)
  return [home, ...further]
}

/** sub_mchid → the number under which it stands; without those that are not there. Each is looked up by its key, whatever the planner knows (directory.ts). */
export async function numbersOf(trx: Trx, numbers: Numbers, sub_mchids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ sp_mchid: string; sub_mchid: string }>`
    select held.* from unnest(${sub_mchids}::text[]) as wanted(sub_mchid)
    cross join lateral (
      select sp_mchid, sub_mchid from sub_merchants where ${ofNumbers(numbers)} and sub_mchid = wanted.sub_mchid limit ${numbers.length}
    ) as held`.execute(trx)
  return new Map(rows.map(row => [row.sub_mchid, row.sp_mchid]))
}

/** Lands rows that do not say whose shops they name, each under the number of its shop. @param usual where a shop that is not there is missed */
export async function landByNumber<Row extends { sub_mchid: string }>(
  target: LandingTarget,
  numbers: Numbers,
  usual: string,
  rows: readonly Row[],
  land: (sp_mchid: string, rows: readonly Row[]) => Promise<Landing>,
): Promise<Landing> {
  if (numbers.length === 1) return land(usual, rows)
  const under = await numbersOf(
    target.trx,
    numbers,
    rows.map(row => row.sub_mchid),
  )
  const landing: Landing = { counts: new Map(), rejections: [], examples: [] }
  for (const sp_mchid of numbers) {
    const own = rows.filter(row => (under.get(row.sub_mchid) ?? usual) === sp_mchid)
    if (own.length === 0) continue
    const { counts, rejections, examples } = await land(sp_mchid, own)
    for (const [number, count] of counts) landing.counts.set(number, count)
    landing.rejections.push(...rejections)
    landing.examples.push(...examples)
  }
  return landing
}
