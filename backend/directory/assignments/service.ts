// Makes somebody responsible for shops: in one statement however many they are, all or none, each with its entry in the audit trail.
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Caller } from '../../http/caller.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Origin } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { inRegionOf, inScope, ofNumbers, regionPrefixes } from '../../company/staff/scope.ts'
import { faultOf, type Responsible } from './responsible.ts'
import type { AssignmentFilter, AssignmentRequest, AssignmentResult } from './schema.ts'

type Condition = RawBuilder<boolean>

/** how many shops at fault an answer names */
const namedFaults = 20

/**
 * @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED (shops that are not there or out of scope, staff who cannot have them),
 *         IDEMPOTENCY_KEY_REUSED
 */
export const assign = (context: Context, ask: Ask, request: AssignmentRequest): Promise<AssignmentResult> =>
  idempotentWrite(context, ask, {
    refuse: () => assertOneOf(request),
    replay: async (_, { kept }) => kept.answer as AssignmentResult,
    async work(trx, { caller, now }) {
      const responsible = await findResponsible(trx, caller, request.staff_id)
      const meant = meantBy(caller, request)
      await assertTheyCan(trx, meant, request, responsible)
      const answer = { changed: await move(trx, meant, responsible, caller, now, ask.origin) }
      // the trail has an entry for each shop
      return { answer, keep: { answer: JSON.stringify(answer) }, audit: null }
    },
  })

function assertOneOf({ sub_mchids, filter }: AssignmentRequest): void {
  if (sub_mchids && filter) throw invalidField('filter', 'NOT_ALLOWED', 'either sub_mchids or filter, not both')
  if (!sub_mchids && !filter) throw invalidField('sub_mchids', 'REQUIRED', 'either sub_mchids or filter is needed')
}

async function findResponsible(trx: Trx, caller: Caller, staff_id: string): Promise<Responsible> {
  const staff = await trx
    .selectFrom('staff')
    .select(['id', 'role', 'region_codes', 'status'])
    .where('id', '=', staff_id)
    .where(ofNumbers(caller.numbers))
    // who is disabled at this moment gets nothing any more
    .forShare()
    .executeTakeFirst()
  if (!staff) throw invalidField('staff_id', 'NOT_FOUND', 'there is no such member of staff')
  const fault = faultOf(staff)
  if (fault === 'NOT_ACTIVE') throw invalidField('staff_id', fault, 'is disabled, or has not bound a WeChat account yet')
  if (fault) throw invalidField('staff_id', fault, 'has a role that does not work at shops')
  return staff
}

/** On sub_merchants, unaliased. */
function meantBy(caller: Caller, { sub_mchids, filter }: AssignmentRequest): Condition {
  const chosen = sub_mchids ? sql<boolean>`sub_mchid = any(${sub_mchids}::text[])` : filtered(filter!)
  return sql<boolean>`(${inScope(caller)} and ${chosen})`
}

function filtered({ assigned_to, region_code }: AssignmentFilter): Condition {
  const conditions: Condition[] = []
  if (assigned_to === 'none') conditions.push(sql<boolean>`assigned_to is null`)
  else if (assigned_to !== undefined) conditions.push(sql<boolean>`assigned_to = ${assigned_to}`)
  if (region_code !== undefined) conditions.push(inRegionOf(region_code))
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** Locks the shops in the order of their key; whoever gets them has to see each of them. */
async function assertTheyCan(trx: Trx, meant: Condition, { sub_mchids }: AssignmentRequest, responsible: Responsible): Promise<void> {
  const prefixes = regionPrefixes(responsible)
  const unseen =
    prefixes === null
      ? sql<boolean>`false`
      : sql<boolean>`not exists (select 1 from unnest(${prefixes}::text[]) as prefix where starts_with(region_code, prefix))`
  const { rows } = await sql<{ found: number; unseen: string[] | null; unseen_count: number; sub_mchids: string[] | null }>`
    with meant as materialized (select sub_mchid, region_code from sub_merchants where ${meant} order by sub_mchid for no key update)
    select count(*)::integer as found, count(*) filter (where ${unseen})::integer as unseen_count,
      (array_agg(sub_mchid) filter (where ${unseen}))[1:${sql.lit(namedFaults)}] as unseen,
      ${sub_mchids ? sql`array_agg(sub_mchid)` : sql`null::text[]`} as sub_mchids
    from meant`.execute(trx)
  const there = new Set(rows[0]!.sub_mchids ?? [])
  const missing = (sub_mchids ?? []).flatMap((sub_mchid, index) => (there.has(sub_mchid) ? [] : [`sub_mchids.${index}`]))
  if (missing.length > 0) {
    const errors = missing
      .slice(0, namedFaults)
      .map(field => ({ field, code: 'NOT_FOUND', message: 'there is no such shop in your scope' }))
    throw new AppError('VALIDATION_FAILED', { errors })
  }
  const outside = rows[0]!.unseen ?? []
  if (outside.length === 0) return
  const message = `${rows[0]!.unseen_count} of these shops are outside of their regions, such as ${outside.slice(0, 3).join(', ')}`
  throw invalidField('staff_id', 'OUTSIDE_THEIR_REGIONS', message)
}

async function move(trx: Trx, meant: Condition, { id }: Responsible, caller: Caller, now: Date, origin: Origin): Promise<number> {
  const { rows } = await sql<{ changed: number }>`
    with chosen as materialized (
      select sp_mchid, sub_mchid, assigned_to from sub_merchants where ${meant} and assigned_to is distinct from ${id}
    ), moved as (
      update sub_merchants as held set assigned_to = ${id}, updated_at = ${now}
      from chosen where held.sp_mchid = chosen.sp_mchid and held.sub_mchid = chosen.sub_mchid
      returning held.sp_mchid, held.sub_mchid, chosen.assigned_to as before
    ), noted as (
      insert into audit_entries (sp_mchid, at, actor_id, actor_role, action, target_type, target_id, before, after, request_id, client)
      select sp_mchid, ${now}, ${caller.staff_id}, ${caller.role}, 'merchant.assigned', 'sub_merchant', sub_mchid,
        jsonb_build_object('assigned_to', before), jsonb_build_object('assigned_to', ${id}::text), ${origin.request_id}, ${origin.client}
      from moved
    )
    select count(*)::integer as changed from moved`.execute(trx)
  return rows[0]!.changed
}
