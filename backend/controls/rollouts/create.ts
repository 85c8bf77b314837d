// The dry run: which merchants a rollout would change, and why not the others. Nothing is asked of WeChat Pay.
import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import { standingOf } from '../../company/regions/divisions.ts'
import { inScope } from '../../company/staff/scope.ts'
import type { Trx } from '../../database/connection.ts'
import type { ProviderTable } from '../../database/company-tables.ts'
import { merchantsWith } from '../../database/keyed.ts'
import type { OperationTable } from '../../database/control-tables.ts'
import type { RolloutItemTable } from '../../database/rollout-tables.ts'
import { plainNumber } from '../../directory/imports/shapes.ts'
import { filterConditions } from '../../directory/merchants/filters.ts'
import type { Caller } from '../../http/caller.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { filterControl } from '../preconditions.ts'
import { readRollout } from './find.ts'
import { seenOf, whyNot, type Judged, type Plan } from './judge-merchant.ts'
import { MAX_ITEMS, STAGES, type NewRollout, type Rollout } from './schema.ts'
import { tidy } from '../../platform/tidy.ts'

const batch = 5_000

/** @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED (filter and numbers both or neither, more than 100,000 merchants, a region that does not exist), TOO_MANY (tags) and other faults of tags */
export const createRollout = (context: Context, ask: Ask, asked: NewRollout): Promise<Rollout> =>
  idempotentWrite(context, ask, {
    refuse: () => assertSensible(asked),
    replay: (db, { caller, kept }) => readRollout(context, db, caller, (kept.answer as { id: string }).id),
    async work(trx, { caller, now }) {
      const id = randomUUID()
      const { numbers, refused } = asked.numbers ? sorted(asked.numbers) : { numbers: null, refused: [] }
      const plan: Plan = { action: asked.action, with_receipt: asked.with_receipt ?? false, industries: asked.industries ?? [] }
      await trx
        .insertInto('rollouts')
        .values({
          id,
          sp_mchid: caller.sp_mchid,
          name: tidy(asked.name),
          ...plan,
          filter: asked.filter ? JSON.stringify(asked.filter) : null,
          status: 'draft',
          refused: JSON.stringify(refused),
          created_by: caller.staff_id,
          created_at: now,
        })
        .execute()
      const merchants = await candidates(trx, caller, asked, numbers, now)
      const items = await judged(trx, caller, plan, merchants, now)
      await insertItems(trx, id, items, unknownAmong(numbers, merchants), now)
      return {
        answer: await readRollout(context, trx, caller, id),
        keep: { answer: JSON.stringify({ id }) },
        audit: {
          sp_mchid: caller.sp_mchid,
          action: 'rollout.create',
          target: { type: 'rollout', id },
          before: null,
          after: { name: tidy(asked.name), action: plan.action, will_change: items.filter(item => item.why === null).length },
        },
      }
    },
  })

function assertSensible({ name, action, with_receipt, industries, filter, numbers }: NewRollout): void {
  if (tidy(name) === '') throw invalidField('name', 'REQUIRED', 'a rollout needs a name')
  if (filter && numbers) throw invalidField('filter', 'NOT_ALLOWED', 'either filter or numbers, not both')
  if (!filter && !numbers) throw invalidField('numbers', 'REQUIRED', 'either filter or numbers is needed')
  if (with_receipt && action !== 'gold_plan.open') throw invalidField('with_receipt', 'NOT_ALLOWED', 'goes with gold_plan.open alone')
  if (action === 'ad_filter.set') filterControl(industries ?? [])
  else if (industries && industries.length > 0) throw invalidField('industries', 'NOT_ALLOWED', 'goes with ad_filter.set alone')
}

/** 商户号 once each, in their order, whatever a spreadsheet made of them. What is none may be anything, a payment code too: it is counted and goes nowhere. */
function sorted(given: readonly string[]): { numbers: string[]; refused: { code: string; count: number }[] } {
  const cells = given.map(one => one.trim()).filter(one => one !== '')
  const wellFormed = cells.map(one => (isMchid(one) ? one : plainNumber(one).value)).filter(isMchid)
  const numbers = [...new Set(wellFormed)]
  const refused = [
    { code: 'MALFORMED', count: cells.length - wellFormed.length },
    { code: 'DUPLICATE', count: wellFormed.length - numbers.length },
  ]
  return { numbers, refused: refused.filter(one => one.count > 0) }
}

type Candidate = Judged & { sp_mchid: string; sub_mchid: string }

/** Those that are meant, in the caller's scope; of a list in its order. */
export async function candidates(trx: Trx, caller: Caller, asked: NewRollout, numbers: string[] | null, now: Date): Promise<Candidate[]> {
  const from = numbers ? merchantsWith(caller.numbers, numbers) : sql`sub_merchants`
  const conditions = numbers ? [] : filterConditions(caller, asked.filter ?? {}, now)
  const { rows } = await sql<Candidate>`
    select sp_mchid, sub_mchid, status, gold_plan_status, receipt_status, receipt_link, migration_state, open_request_id,
      jsonb_strip_nulls(jsonb_build_object('gold_plan', switches -> 'gold_plan', 'ad_filter', switches -> 'ad_filter')) as switches
    from ${from} where ${sql.join([inScope(caller), ...conditions], sql` and `)}
    order by sp_mchid, sub_mchid limit ${MAX_ITEMS + 1}`.execute(trx)
  if (rows.length > MAX_ITEMS) throw invalidField('filter', 'TOO_MANY', `matches more than ${MAX_ITEMS} merchants: narrow it`)
  if (!numbers) {
    assertMeantSo(asked.filter?.region_code, rows.length)
    return rows
  }
  // a number under two of the company's numbers is the one of the first, as everywhere
  const first = new Map(rows.toReversed().map(row => [row.sub_mchid, row]))
  return numbers.flatMap(number => first.get(number) ?? [])
}

/** A code that no table has may be newer than ours: then some merchant stands there. @throws AppError VALIDATION_FAILED */
function assertMeantSo(region_code: string | undefined, found: number): void {
  if (region_code !== undefined && found === 0 && standingOf(region_code) === 'unknown')
    throw invalidField('region_code', 'UNKNOWN_REGION', `${region_code} is in no table of regions, and no merchant stands there`)
}

interface Item extends Candidate {
  /** null: it will be changed */
  why: string | null
}

async function judged(trx: Trx, caller: Caller, plan: Plan, merchants: readonly Candidate[], now: Date): Promise<Item[]> {
  const providers = await trx.selectFrom('provider').selectAll().where('sp_mchid', 'in', caller.numbers).execute()
  const providerOf = new Map<string, Selectable<ProviderTable>>(providers.map(one => [one.sp_mchid, one]))
  const open = await trx
    .selectFrom('operations')
    .selectAll()
    .where('sp_mchid', 'in', caller.numbers)
    .where(eb =>
      eb.or([eb('status', 'in', ['pending', 'unknown']), eb.and([eb('status', '=', 'unresolved'), eb('settled_at', 'is', null)])]),
    )
    .execute()
  const openOf = new Map<string, Selectable<OperationTable>>(open.map(one => [`${one.sp_mchid} ${one.sub_mchid}`, one]))
  const items: Item[] = []
  for (const [index, merchant] of merchants.entries()) {
    // a hundred thousand of them must not keep other requests waiting
    if (index % 2_000 === 1_999) await new Promise(setImmediate)
    const { sp_mchid, sub_mchid } = merchant
    items.push({ ...merchant, why: whyNot(plan, merchant, providerOf.get(sp_mchid)!, openOf.get(`${sp_mchid} ${sub_mchid}`), now) })
  }
  return items
}

const unknownAmong = (numbers: string[] | null, merchants: readonly Candidate[]): string[] => {
  const known = new Set(merchants.map(one => one.sub_mchid))
  return (numbers ?? []).filter(number => !known.has(number))
}

const stageOf = (index: number): number => {
  let before = 0
  const stage = STAGES.findIndex(size => index < (before += size))
  return stage < 0 ? STAGES.length + 1 : stage + 1
}

async function insertItems(trx: Trx, rollout_id: string, items: readonly Item[], unknown: readonly string[], now: Date): Promise<void> {
  const willChange = items.filter(item => item.why === null)
  const excluded = [
    ...items.filter(item => item.why !== null).map(item => ({ ...item, seen: seenOf(item) })),
    ...unknown.map(sub_mchid => ({ sp_mchid: '', sub_mchid, why: 'NOT_FOUND', seen: '' })),
  ]
  type Row = Pick<RolloutItemTable, 'sp_mchid' | 'sub_mchid' | 'stage' | 'status' | 'code' | 'seen' | 'position'>
  const rows: Row[] = [
    ...willChange.map((item, index): Row => ({
      sp_mchid: item.sp_mchid,
      sub_mchid: item.sub_mchid,
      stage: stageOf(index),
      status: 'pending',
      code: null,
      seen: seenOf(item),
      position: index + 1,
    })),
    ...excluded.map(({ sp_mchid, sub_mchid, why, seen }, index): Row => ({
      sp_mchid,
      sub_mchid,
      stage: null,
      status: 'excluded',
      code: why,
      seen,
      position: willChange.length + index + 1,
    })),
  ]
  for (let from = 0; from < rows.length; from += batch) {
    await sql`insert into rollout_items (rollout_id, position, sp_mchid, sub_mchid, stage, status, code, seen, try_at, changed_at)
      select ${rollout_id}, position, sp_mchid, sub_mchid, stage, status, code, seen, case status when 'pending' then ${now}::timestamptz end, ${now}
      from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + batch))}::jsonb)
        as r (position integer, sp_mchid text, sub_mchid text, stage smallint, status text, code text, seen text)`.execute(trx)
  }
}
