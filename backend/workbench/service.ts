import type { Caller } from '../http/caller.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../platform/context.ts'
import { toInstant } from '../platform/instants.ts'
import { filterConditions } from '../directory/merchants/filters.ts'
import { firstMerchants } from '../directory/merchants/list.ts'
import { plannedStops } from '../directory/visit-plan/service.ts'
import { unlistedMerchants } from '../directory/unlisted/service.ts'
import type { SubMerchantQuery } from '../directory/merchants/schema.ts'
import { countersFor, isCounted } from '../directory/merchants/totals.ts'
import { Attention, VerdictState } from '../evidence/verdict/schema.ts'
import { unreadNotices } from '../company/notices/service.ts'
import { requestsToDecide } from '../controls/closing/find.ts'
import { rolloutsUnderWay } from '../controls/rollouts/find.ts'
import { everyItem } from '../readiness/items.ts'
import { progressOf, readinessOf } from '../readiness/read.ts'
import type { Trx } from '../database/connection.ts'
import { inScope } from '../company/staff/scope.ts'
import { listVisits, returnedVisits, visitsToReview } from '../field-work/visits/read.ts'
import { verifiedGain } from '../directory/dashboard/gain.ts'
import { withWhatHappened, type HandledKind } from './happened.ts'
import type { Summary, SummaryQuery } from './schema.ts'

const firstRows = 3

/** Counts with the very conditions of the list, in one snapshot, so that a number and the list behind it agree. */
export async function summarise(context: Context, caller: Caller, query: SummaryQuery): Promise<Summary> {
  const now = context.clock.now()
  return context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async db => {
      const frozen: Context = { ...context, db, clock: { now: () => now } }
      const numbers = await count(frozen, caller, query)
      const group = async (kind: HandledKind, name: string, filter: SubMerchantQuery) => {
        const count = numbers[name]!
        const first = count === 0 ? [] : await firstMerchants(frozen, caller, { ...query, ...filter }, firstRows)
        return { count, items: await withWhatHappened(db, caller, kind, first) }
      }
      const returned_visits = numbers.returned_visits!
      const firstReturned = async () => (await listVisits(frozen, caller, { mine: 'true', status: 'returned', limit: firstRows })).items
      const pick = <K extends string>(prefix: string, names: readonly K[]) =>
        Object.fromEntries(names.map(name => [name, numbers[`${prefix}${name}`]!])) as Record<Lowercase<K>, number>
      return {
        by_state: pick('state:', states),
        attention: pick('mark:', marks),
        receipts_open: numbers.receipts_open!,
        total: numbers.total!,
        returned_visits,
        visits_to_review: numbers.visits_to_review!,
        pending_approvals: numbers.pending_approvals!,
        verified_gain: await verifiedGain(db, caller, now),
        unlisted_merchants: numbers.unlisted_merchants!,
        planned_visits: numbers.planned_visits!,
        readiness: await firstNotReady(context, db, caller, now),
        unread_notices: numbers.unread_notices!,
        rollouts: context.access.mayDo(caller.role, 'rollout.read') ? await rolloutsUnderWay(db, caller) : [],
        handle_first: {
          returned: { count: returned_visits, items: returned_visits === 0 ? [] : await firstReturned() },
          regressed: await group('regressed', 'state:regressed', { state: 'regressed' }),
          receipt_error: await group('receipt_error', 'mark:receipt_error', { attention: 'RECEIPT_ERROR' }),
          suspected: await group('suspected', 'mark:suspected', { attention: 'SUSPECTED' }),
          unresolved: await group('unresolved', 'unresolved', { operation: 'unresolved' }),
        },
        as_of: toInstant(now),
      }
    })
}

/** For an administrator, who has no merchant controls: that a number can be worked with comes first. */
async function firstNotReady({ access }: Context, db: Trx, { role, numbers }: Caller, now: Date): Promise<Summary['readiness']> {
  if (!access.mayDo(role, 'settings.manage')) return null
  for (const sp_mchid of numbers) {
    const { next, ...progress } = progressOf(await readinessOf(db, sp_mchid, numbers, now))
    if (next !== null) return { sp_mchid, ...progress, next, next_position: everyItem.indexOf(next) + 1 }
  }
  return null
}

const states = VerdictState.anyOf.map(literal => literal.const)
const marks = Attention.anyOf.map(literal => literal.const.toLowerCase() as Lowercase<Attention>)

/** What each number is named here, and the list's filter that it counts. */
const counted: readonly (readonly [string, SubMerchantQuery])[] = [
  ['total', {}],
  ['receipts_open', { receipt: 'open' }],
  ['unresolved', { operation: 'unresolved' }],
  ...states.map(state => [`state:${state}`, { state }] as const),
  ...marks.map(mark => [`mark:${mark}`, { attention: mark.toUpperCase() }] as const),
]

/** Beside those of the list. */
const besides = ({ access }: Context, caller: Caller, now: Date): Record<string, RawBuilder<number>> => ({
  returned_visits: returnedVisits(caller),
  visits_to_review: visitsToReview(caller),
  pending_approvals: requestsToDecide(caller, now),
  unlisted_merchants: access.mayDo(caller.role, 'merchant.add') ? unlistedMerchants(caller) : none,
  planned_visits: access.mayDo(caller.role, 'visit.write') ? plannedStops(caller, now) : none,
  unread_notices: unreadNotices(caller),
})
const none = sql<number>`0`

/**
 * All numbers in one statement: those of the list from the counters that are kept; rows are read only for what those do not know: whose, what depends on the
 * moment, and operations.
 */
async function count(context: Context, caller: Caller, query: SummaryQuery): Promise<Record<string, number>> {
  const now = context.clock.now()
  const everything = [inScope(caller), ...filterConditions(caller, query, now)]
  const kept = isCounted(caller, query)
  const atOnce = counted.filter(([, filter]) => !kept || isCounted(caller, filter))
  const columns = atOnce.map(([name, filter]) => {
    const conditions = filterConditions(caller, filter, now)
    const where = conditions.length > 0 ? sql`filter (where ${sql.join(conditions, sql` and `)})` : sql``
    return sql`coalesce(${kept ? sql`sum(count)` : sql`count(*)`} ${where}, 0)::float8 as ${sql.ref(name)}`
  })
  const rowByRow = counted
    .filter(one => !atOnce.includes(one))
    .map(([name, filter]) => {
      const conditions = [...everything, ...filterConditions(caller, filter, now)]
      return sql`(select count(*)::integer from sub_merchants where ${sql.join(conditions, sql` and `)}) as ${sql.ref(name)}`
    })
  const beside = Object.entries(besides(context, caller, now)).map(([name, number]) => sql`${number} as ${sql.ref(name)}`)
  const { rows } = await sql<Record<string, number>>`
    select at_once.*, ${sql.join([...rowByRow, ...beside])} from (
      select ${sql.join(columns)} from ${kept ? countersFor(caller, query) : sql.table('sub_merchants')}
      where ${sql.join(everything, sql` and `)}) as at_once`.execute(context.db)
  return rows[0]!
}
