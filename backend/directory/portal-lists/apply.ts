// A preview that somebody applies becomes portal checks, in the background and in batches: whoever applied it is asked for his rights again at each, every row is
// judged anew, and a process that ends in the middle leaves whole batches only.
import { sql } from 'kysely'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Numbers } from '../../http/caller.ts'
import type { Context } from '../../platform/context.ts'
import { canonical } from '../../platform/canonical.ts'
import type { Trx } from '../../database/connection.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { ImportEntry } from '../imports/landing.ts'
import { checkId, type PortalCheck } from '../imports/portal-check.ts'
import { knownIds, recordLooks } from '../imports/portal-check-landing.ts'
import { differencesOf, heldMerchants, type HeldMerchant } from './judge.ts'
import { findList, readPortalCheckList, type ListRow } from './read.ts'
import type { Difference, PortalCheckList, PortalCheckListGroup, PortalCheckListRow } from './schema.ts'

const batch = 500

/**
 * The same list again is the same: one that is being recorded, or was, stays as it is. One that was stopped goes on under whoever asks now.
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, IDEMPOTENCY_KEY_REUSED
 */
export const applyPortalCheckList = (context: Context, ask: Ask, id: string): Promise<PortalCheckList> =>
  change(context, ask, id, 'apply', list => {
    if (list.status !== 'preview' && list.status !== 'stopped') return null
    return { status: 'applying', finished_at: null, stop_code: null }
  })

/** What was recorded until then stays recorded. @throws AppError NOT_FOUND, ACTION_FORBIDDEN, IDEMPOTENCY_KEY_REUSED */
export const cancelPortalCheckList = (context: Context, ask: Ask, id: string): Promise<PortalCheckList> =>
  change(context, ask, id, 'cancel', (list, now) => {
    if (list.status === 'applied' || list.status === 'cancelled') return null
    return { status: 'cancelled', finished_at: now, stop_code: null }
  })

type Change = Pick<ListRow, 'status' | 'finished_at' | 'stop_code'>

/** @param next what it becomes; null: it stays as it is */
const change = (
  context: Context,
  ask: Ask,
  id: string,
  verb: 'apply' | 'cancel',
  next: (list: ListRow, now: Date) => Change | null,
): Promise<PortalCheckList> =>
  idempotentWrite(context, ask, {
    find: (db, caller) => findList(db, caller, id),
    replay: (db, { caller }) => readPortalCheckList(db, caller, id),
    async work(trx, { caller, now }) {
      const list = await findList(trx, caller, id, true)
      const after = next(list, now)
      const keep = { answer: JSON.stringify({ id }) }
      if (!after) return { answer: await readPortalCheckList(trx, caller, id), keep, audit: null }
      const { request_id, client } = ask.origin
      const begun = verb === 'apply' ? { applied_by: caller.staff_id, applied_at: now, request_id, client } : {}
      await trx
        .updateTable('portal_check_lists')
        .set({ ...after, ...begun })
        .where('id', '=', id)
        .execute()
      return {
        answer: await readPortalCheckList(trx, caller, id),
        keep,
        audit: {
          sp_mchid: list.sp_mchid,
          action: `portal_check_list.${verb}`,
          target: { type: 'provider', id: list.sp_mchid },
          before: { list_id: id, status: list.status },
          after: { list_id: id, status: after.status, done: list.done },
        },
      }
    },
  })

export type Applying = Pick<Context, 'db' | 'clock'> & { numbers: Numbers }

/**
 * Any number of processes may run it: a list is claimed for each batch.
 * @param goOn asked before each batch
 * @returns how many rows it went through
 */
export async function applyLists({ db, clock, numbers }: Applying, goOn: () => boolean = () => true): Promise<number> {
  let went = 0
  while (goOn()) {
    const done = await db.transaction().execute(async trx => {
      const list = await trx
        .selectFrom('portal_check_lists')
        .selectAll()
        .where(ofNumbers(numbers))
        .where('status', '=', 'applying')
        .orderBy('applied_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      return list ? nextBatch(trx, list, numbers, clock.now()) : null
    })
    if (done === null) return went
    went += done
  }
  return went
}

/** Who applied it, as he is now. */
interface Applier {
  staff_id: string
  role: Parameters<typeof mayDo>[0]
  region_codes: string[]
  assigned_only: boolean
  numbers: Numbers
}

/** @returns rows gone through */
async function nextBatch(trx: Trx, list: ListRow, numbers: Numbers, now: Date): Promise<number> {
  const staff = await trx.selectFrom('staff').selectAll().where('id', '=', list.applied_by).forShare().executeTakeFirstOrThrow()
  const applier: Applier = { ...staff, staff_id: staff.id, numbers }
  const stop = staff.status !== 'active' ? 'STAFF_DISABLED' : mayDo(staff.role, 'portal_check.write') ? null : 'ACTION_FORBIDDEN'
  if (stop) {
    await end(trx, list, applier, { status: 'stopped', stop_code: stop }, now)
    return 0
  }
  const rows = await trx
    .selectFrom('portal_check_list_rows')
    .select(['line', 'verdict', 'sub_mchid', 'detail', 'checked_at', 'differences'])
    .where('list_id', '=', list.id)
    .where('line', '>', list.done_line)
    .where('verdict', '<>', 'refused')
    .orderBy('line')
    .limit(batch)
    .execute()
  if (rows.length > 0) await recordBatch(trx, list, applier, rows.map(lookOf), now)
  if (rows.length < batch) await end(trx, list, applier, { status: 'applied', stop_code: null }, now)
  return rows.length
}

interface Look extends PortalCheck {
  line: number
  sub_mchid: string
  verdict: PortalCheckListGroup
  differences: Difference[]
}

/** Rows that are not refused have all of it (checks of migrations/0027_portal_check_lists.sql). */
function lookOf(
  row: Pick<Look, 'line' | 'verdict' | 'differences'> & { [K in 'sub_mchid' | 'detail' | 'checked_at']: Look[K] | null },
): Look {
  const { line, verdict, differences, sub_mchid, detail, checked_at } = row
  if (sub_mchid === null || detail === null || checked_at === null)
    throw new Error(`line ${line} of a list is not refused and says nothing`)
  return { line, verdict, differences, sub_mchid, detail, checked_at }
}

interface Judged {
  line: number
  outcome: NonNullable<PortalCheckListRow['outcome']>
  differences: Difference[]
  changed: boolean
}

async function recordBatch(trx: Trx, list: ListRow, applier: Applier, looks: readonly Look[], now: Date): Promise<void> {
  // locked: what is judged here is what the looks meet
  const found = await heldMerchants(
    trx,
    applier,
    looks.map(({ sub_mchid }) => sub_mchid),
    true,
  )
  const judged: Judged[] = looks.filter(({ sub_mchid }) => !found.has(sub_mchid)).map(goneRow)
  for (const sp_mchid of [...new Set([...found.values()].map(one => one.sp_mchid))].sort()) {
    const own = looks.filter(({ sub_mchid }) => found.get(sub_mchid)?.sp_mchid === sp_mchid)
    judged.push(...(await recordOf(trx, sp_mchid, own, { list, applier, found, now })))
  }
  await sql`
    update portal_check_list_rows as held set outcome = given.outcome, differences = given.differences, changed = given.changed
    from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) as given(line integer, outcome text, differences jsonb, changed boolean)
    where held.list_id = ${list.id} and held.line = given.line`.execute(trx)
  const of = (outcome: Judged['outcome']) => judged.filter(row => row.outcome === outcome).length
  await trx
    .updateTable('portal_check_lists')
    .set(eb => ({
      done_line: looks.at(-1)!.line,
      done: eb('done', '+', looks.length),
      recorded: eb('recorded', '+', of('recorded')),
      known: eb('known', '+', of('known')),
      gone: eb('gone', '+', of('gone')),
      changed: eb('changed', '+', judged.filter(row => row.changed).length),
    }))
    .where('id', '=', list.id)
    .execute()
}

const goneRow = ({ line, verdict }: Look): Judged => ({ line, outcome: 'gone', differences: [], changed: verdict !== 'unknown' })

interface Circumstances {
  list: ListRow
  applier: Applier
  found: ReadonlyMap<string, HeldMerchant>
  now: Date
}

/** Merchants of one number. What is held is read before anything is written of this batch. */
async function recordOf(
  trx: Trx,
  sp_mchid: string,
  looks: readonly Look[],
  { list, applier, found, now }: Circumstances,
): Promise<Judged[]> {
  const own = looks.map(look => ({ ...look, id: checkId(sp_mchid, look.sub_mchid, look) }))
  const there = await knownIds(
    trx,
    sp_mchid,
    own.map(({ id }) => id),
  )
  const fresh = own.filter(({ id }) => !there.has(id))
  if (fresh.length > 0) {
    const entries = await recordLooks(trx, sp_mchid, fresh, { recorded_by: applier.staff_id, now })
    await auditLooks(trx, sp_mchid, entries, list, applier, now)
  }
  return own.map(look => {
    const differences = differencesOf(found.get(look.sub_mchid)!, look)
    const changed = look.verdict === 'unknown' || canonical(differences) !== canonical(look.differences)
    return { line: look.line, outcome: there.has(look.id) ? 'known' : 'recorded', differences, changed }
  })
}

async function auditLooks(
  trx: Trx,
  sp_mchid: string,
  entries: readonly ImportEntry[],
  { id, client }: ListRow,
  { staff_id, role }: Applier,
  now: Date,
): Promise<void> {
  await sql`
    insert into audit_entries (sp_mchid, at, actor_id, actor_role, action, target_type, target_id, before, after, request_id, client)
    select ${sp_mchid}, ${now}, ${staff_id}, ${role}, action, 'sub_merchant', target_id, before, after, ${id}, ${client}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given(target_id text, action text, before jsonb, after jsonb)`.execute(
    trx,
  )
}

async function end(trx: Trx, list: ListRow, applier: Applier, to: { status: 'applied' | 'stopped'; stop_code: string | null }, now: Date) {
  const { done, recorded, known, gone, changed } = await trx
    .updateTable('portal_check_lists')
    .set({ ...to, finished_at: now })
    .where('id', '=', list.id)
    .returning(['done', 'recorded', 'known', 'gone', 'changed'])
    .executeTakeFirstOrThrow()
  await recordAudit(trx, {
    sp_mchid: list.sp_mchid,
    at: now,
    actor: applier,
    action: to.status === 'applied' ? 'portal_check_list.finish' : 'portal_check_list.stop',
    target: { type: 'provider', id: list.sp_mchid },
    before: null,
    after: { list_id: list.id, status: to.status, done, recorded, known, gone, changed, code: to.stop_code },
    origin: { request_id: list.request_id ?? list.id, client: list.client },
  })
}
