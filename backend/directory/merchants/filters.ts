// The filters of GET /sub-merchants as conditions on sub_merchants.
import type { Caller } from '../../http/caller.ts'
import { sql } from 'kysely'
import { needsSomebodyFirst } from '../../../miniprogram/shared/pack-search.ts'
import { MARKS_TO_VISIT, STATES_TO_VISIT } from '../../../miniprogram/shared/today.ts'
import { dayLater, dayOf, endOfDay } from '../../http/days.ts'
import { startOfDay } from '../../platform/instants.ts'
import { Attention, VerdictState } from '../../evidence/verdict/schema.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import { noRegion, standingOf } from '../../company/regions/divisions.ts'
import { inRegionOf } from '../../company/staff/scope.ts'
import type { ReceiptReady, SubMerchantQuery } from './schema.ts'
import { anyOf, type Condition, type Tier } from './tier.ts'

/**
 * What a query's filters, its search left out, ask of sub_merchants; scope is the caller's to add.
 * @throws AppError VALIDATION_FAILED for a value that does not exist
 */
export function filterConditions(caller: Caller, query: SubMerchantQuery, now: Date): Condition[] {
  const conditions: Condition[] = []
  const states = csv(query.state, 'state', VerdictState.anyOf)
  if (query.on) conditions.push(...stoodOn(query.on, states, now))
  else if (states) conditions.push(sql<boolean>`migration_state in (${sql.join(states)})`)
  if (query.since_from && query.since_to && query.since_from > query.since_to)
    throw invalidField('since_from', 'TOO_LARGE', 'is after the last day')
  if (query.since_from) conditions.push(sql<boolean>`migration_since >= ${startOfDayNamed(query.since_from)}`)
  if (query.since_to) conditions.push(sql<boolean>`migration_since < ${endOfDay(query.since_to)}`)
  if (query.proof) conditions.push(sql<boolean>`migration_proof = ${query.proof}`)
  if (query.receipt_ready) conditions.push(readyIn[query.receipt_ready])
  if (query.region_code) {
    assertRegion(query.region_code)
    conditions.push(inRegionOf(query.region_code))
  }
  if (query.gold_plan) conditions.push(sql<boolean>`gold_plan_status = ${query.gold_plan}`)
  if (query.receipt) conditions.push(sql<boolean>`receipt_status = ${query.receipt}`)
  if (query.advertising) conditions.push(sql<boolean>`advertising_status = ${query.advertising}`)
  const marks = csv(query.attention, 'attention', Attention.anyOf) as Attention[] | null
  if (marks) conditions.push(anyOf(marks.map(mark => hasAttention(mark, now, caller.stale_after_days))))
  if (query.operation === 'unresolved') conditions.push(unresolved)
  if (query.route === 'today') conditions.push(anyOf([...toVisit(now, caller.stale_after_days), visitedToday(caller, now)]))
  if (query.assigned_to === 'none') conditions.push(sql<boolean>`assigned_to is null`)
  else if (query.assigned_to)
    conditions.push(sql<boolean>`assigned_to = ${query.assigned_to === 'me' ? caller.staff_id : query.assigned_to}`)
  return conditions
}

/**
 * Nothing would be found below such a code, and nobody would know that it was mistyped. One that is in no table may be newer than ours.
 * @throws AppError VALIDATION_FAILED
 */
export function assertRegion(code: string): void {
  if (code !== noRegion && standingOf(code) === null)
    throw invalidField('region_code', 'UNKNOWN_REGION', `${code} is no region of GB/T 2260: no province begins so`)
}

/** What the filter by state says in the terms of the index by rank, which the planner cannot know: without it, all that comes before is read. */
export function rankCondition({ state, attention, on }: SubMerchantQuery): Condition[] {
  if (on) return []
  const states = state
    ? (csv(state, 'state', VerdictState.anyOf) as VerdictState[])
    : attention === 'STALE' || attention === 'SUSPECTED'
      ? ['verified' as const]
      : null
  return states ? [sql<boolean>`migration_rank in (${sql.join(states.map(one => sql.lit(needsSomebodyFirst.indexOf(one))))})`] : []
}

/** In the terms of the column, so that its index serves; the bands are those of receipt_ready_band (migrations/0044_dashboard.sql). */
const readyIn: Readonly<Record<ReceiptReady, Condition>> = {
  within_1s: sql<boolean>`receipt_ready_ms <= 1000`,
  within_3s: sql<boolean>`(receipt_ready_ms > 1000 and receipt_ready_ms <= 3000)`,
  over_3s: sql<boolean>`receipt_ready_ms > 3000`,
  unmeasured: sql<boolean>`receipt_ready_ms is null`,
}

const startOfDayNamed = (day: string): Date => endOfDay(dayLater(day, -1))

/** days whose ends are kept, today left out */
export const historyDays = 91

/** How it stood at the end of a day: as it stands where no move is later, or as the move left it that found it so by then (migrations/0053_past_days.sql). */
function stoodOn(day: string, states: string[] | null, now: Date): Condition[] {
  const today = dayOf(now)
  if (day > today || day < dayLater(today, -historyDays))
    throw invalidField('on', 'NOT_ALLOWED', `is not one of the last ${historyDays} days`)
  const there = sql<boolean>`created_at < ${endOfDay(day)}`
  if (!states) return [there]
  const wanted = sql.join(states)
  // in a form of which the planner thinks that half of them meet it: it takes an equality for rare and reads them all before the first page
  const stood = sql<boolean>`case when (migration_state in (${wanted}) and state_moved_on <= ${day}) or exists (
    select from merchant_state_moves as moved where moved.sp_mchid = sub_merchants.sp_mchid and moved.sub_mchid = sub_merchants.sub_mchid
    and moved.from_state in (${wanted}) and moved.from_day <= ${day} and moved.day > ${day}) then true else false end`
  return [there, stood]
}

/**
 * Those that stood so on a past day, one part after the other, each read in its order: of every state those that still stand so, the longest first, then those
 * that have left it since. Together what filterConditions asks for by `state` and `on`, no shop twice.
 */
export function pastTiers(day: string, state: string): Tier[] {
  const states = csv(state, 'state', VerdictState.anyOf) as VerdictState[]
  return [...new Set(states)].flatMap((one): Tier[] => {
    const stays = sql<boolean>`(migration_rank = ${sql.lit(needsSomebodyFirst.indexOf(one))} and state_moved_on <= ${day})`
    const left = sql`(
      select sub_merchants.* from merchant_state_moves as moved join sub_merchants using (sp_mchid, sub_mchid)
      where moved.from_state = ${one} and moved.from_day <= ${day} and moved.day > ${day}) as sub_merchants`
    const everything = sql<boolean>`true`
    return [
      { found: null, decides: stays, decidesAfter: stays, isApart: true, order: ['state_moved_on', 'sub_mchid'] },
      { from: left, found: null, decides: everything, decidesAfter: everything, isApart: true, order: ['sub_mchid'] },
    ]
  })
}
/** A write that was asked again as often as we ask, and that nothing has settled since. */
const unresolved = sql<boolean>`exists (
  select from operations where operations.sp_mchid = sub_merchants.sp_mchid and operations.sub_mchid = sub_merchants.sub_mchid
  and operations.status = 'unresolved' and operations.settled_at is null)`

const toVisit = (now: Date, staleAfterDays: number): Condition[] => [
  sql<boolean>`migration_state in (${sql.join([...STATES_TO_VISIT])})`,
  ...MARKS_TO_VISIT.map(mark => hasAttention(mark, now, staleAfterDays)),
]

const visitedToday = ({ staff_id }: Caller, now: Date): Condition => sql<boolean>`exists (
  select from visits where visits.sp_mchid = sub_merchants.sp_mchid and visits.sub_mchid = sub_merchants.sub_mchid
  and visits.staff_id = ${staff_id} and visits.ended_at >= ${startOfDay(now)})`

function csv(value: string | undefined, field: string, allowed: readonly { const: string }[]): string[] | null {
  if (value === undefined || value === '') return null
  const values = value.split(',').map(one => one.trim())
  const unknown = values.find(one => !allowed.some(literal => literal.const === one))
  if (unknown !== undefined)
    throw invalidField(field, 'NOT_ALLOWED', `${unknown} is not one of ${allowed.map(literal => literal.const).join(', ')}`)
  return values
}

/** Each in a form that one of the partial indexes serves: marked, settling, proof_age, suspected. */
function hasAttention(mark: Attention, now: Date, staleAfterDays: number): Condition {
  if (mark === 'STALE') {
    const before = new Date(now.getTime() - staleAfterDays * 86_400_000)
    return sql<boolean>`(migration_state = 'verified' and migration_since < ${before})`
  }
  if (mark === 'SUSPECTED')
    return sql<boolean>`(suspected_at is not null and migration_state = 'verified' and receipt_status = 'open' and migration_since < suspected_at)`
  if (mark === 'SETTLING') return sql<boolean>`settling_until > ${now}`
  if (mark === 'RECEIPT_ERROR') return sql<boolean>`receipt_error`
  return sql<boolean>`(migration_attention <> '{}' and ${mark} = any(migration_attention))`
}
