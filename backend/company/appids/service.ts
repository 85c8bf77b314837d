// The register of appids: kept by administrators, read whenever an order's appid has to be told apart.
import type { Database, Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { futureTolerance, goldPlanBegan } from '../../platform/times.ts'
import { ofNumbers } from '../staff/scope.ts'
import { entriesOf, registerVersion } from './list.ts'
import { readLines, type AppidLine, type RefusedLine } from './lines.ts'
import { appidOf, factsOf, putAppid, type AppidFacts } from './put.ts'
import { holdRegister } from './reading.ts'
import type { AppidEntry, AppidListResult, AppidRequest } from './schema.ts'
import { tidy } from '../../platform/tidy.ts'

export { listAppids } from './list.ts'

async function entryOf({ sp_mchid }: Context, db: Database | Trx, caller: Caller, appid: string): Promise<AppidEntry | undefined> {
  const row = await appidOf(db, sp_mchid, appid).executeTakeFirst()
  return row && (await entriesOf(db, { sp_mchid, caller }, [row]))[0]
}

/**
 * Enters one appid, or says anew what it is. What is left out of the request is as if it was given as null.
 * @throws AppError ACTION_FORBIDDEN, PRECONDITION_REQUIRED, VERSION_MISMATCH, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED
 */
export const enterAppid = (context: Context, ask: Ask, appid: string, request: AppidRequest): Promise<AppidEntry> =>
  idempotentWrite(context, ask, {
    async refuse(db, { caller }) {
      const { sub_mchid = null, ended_at = null } = request
      if (sub_mchid !== null && !(await shopsAmong(db, caller, [sub_mchid])).has(sub_mchid))
        throw invalidField('sub_mchid', 'UNKNOWN', 'is no sub-merchant of the directory')
      if (ended_at !== null) endIn(ended_at, context.clock.now())
    },
    replay: (db, { caller }) => entryOf(context, db, caller, appid),
    async lock(trx, { caller }) {
      await holdRegister(trx, context.sp_mchid, 'alone')
      const row = await appidOf(trx, context.sp_mchid, appid).executeTakeFirst()
      return { version: row?.version ?? 0, current: async () => (await entryOf(context, trx, caller, appid)) ?? null }
    },
    async work(trx, { caller, now }) {
      const { kind, name = null, sub_mchid = null, ended_at = null } = request
      const facts: AppidFacts = {
        kind,
        name: name == null ? null : tidy(name),
        sub_mchid,
        ended_at: ended_at === null ? null : new Date(ended_at),
      }
      await putAppid(trx, context.sp_mchid, { appid, ...facts }, { actor: caller, origin: ask.origin }, now)
      return { answer: (await entryOf(context, trx, caller, appid))!, keep: { answer: JSON.stringify({ appid }) }, audit: null }
    },
  })

function endIn(ended_at: string, now: Date): void {
  const at = new Date(ended_at)
  if (Number.isNaN(at.getTime())) throw invalidField('ended_at', 'WRONG_FORMAT', 'is not a time')
  if (at < goldPlanBegan) throw invalidField('ended_at', 'TOO_EARLY', 'is before there was a gold plan')
  if (at.getTime() > now.getTime() + futureTolerance)
    throw invalidField('ended_at', 'IN_THE_FUTURE', 'is still to come: say it when it has ended')
}

async function shopsAmong(db: Database | Trx, { numbers }: Pick<Caller, 'numbers'>, sub_mchids: readonly string[]): Promise<Set<string>> {
  if (sub_mchids.length === 0) return new Set()
  const rows = await db
    .selectFrom('sub_merchants')
    .select('sub_mchid')
    .where(ofNumbers(numbers))
    .where('sub_mchid', 'in', sub_mchids)
    .execute()
  return new Set(rows.map(({ sub_mchid }) => sub_mchid))
}

interface Planned extends AppidListResult {
  /** what is to be written, with all of the entry's facts */
  writes: ({ appid: string } & AppidFacts)[]
}

/** most entries of a preview that are shown whole */
const mostShown = 50

/** What a pasted list would do. Nothing is written. */
export async function previewAppids(context: Context, caller: Caller, text: string): Promise<AppidListResult> {
  const { writes: _, ...result } = await plan(context, context.db, caller, text)
  return result
}

/**
 * Writes a pasted list: what it does not say of an entry stays as it is, refused lines are left out.
 * @throws AppError ACTION_FORBIDDEN, PRECONDITION_REQUIRED, VERSION_MISMATCH (with the preview as it is now), IDEMPOTENCY_KEY_REUSED
 */
export const applyAppids = (context: Context, ask: Ask, text: string): Promise<AppidListResult> =>
  idempotentWrite(context, ask, {
    replay: async (_, { kept }) => (kept.answer ? (kept.answer as AppidListResult) : undefined),
    async lock(trx, { caller }) {
      await holdRegister(trx, context.sp_mchid, 'alone')
      const version = await registerVersion(trx, context.sp_mchid)
      return { version, current: async () => withoutWrites(await plan(context, trx, caller, text)) }
    },
    async work(trx, { caller, now }) {
      const { writes, ...result } = await plan(context, trx, caller, text)
      for (const write of writes) await putAppid(trx, context.sp_mchid, write, { actor: caller, origin: ask.origin }, now)
      const answer = { ...result, register_version: await registerVersion(trx, context.sp_mchid) }
      return { answer, keep: { answer: JSON.stringify(answer) }, audit: null }
    },
  })

const withoutWrites = ({ writes: _, ...result }: Planned): AppidListResult => result

async function plan({ sp_mchid }: Context, db: Database | Trx, caller: Caller, text: string): Promise<Planned> {
  const { lines, refused } = readLines(text)
  const appids = lines.map(({ appid }) => appid)
  const held =
    appids.length === 0
      ? []
      : await db.selectFrom('appids').selectAll().where('sp_mchid', '=', sp_mchid).where('appid', 'in', appids).execute()
  const entries = new Map(held.map(row => [row.appid, factsOf(row)]))
  const shops = await shopsAmong(db, caller, [...new Set(lines.flatMap(({ sub_mchid }) => sub_mchid ?? []))])
  const planned: Planned = {
    added: 0,
    changed: 0,
    same: 0,
    entries: [],
    refused: [...refused],
    register_version: await registerVersion(db, sp_mchid),
    writes: [],
  }
  for (const line of lines) {
    const before = entries.get(line.appid)
    const after = afterLine(line, before, shops)
    if (typeof after === 'string') planned.refused.push({ line: line.line, text: textOf(line), reason: after })
    else if (before && sameFacts(before, after)) planned.same += 1
    else {
      planned[before ? 'changed' : 'added'] += 1
      planned.writes.push({ appid: line.appid, ...after })
      if (planned.entries.length < mostShown)
        planned.entries.push({ line: line.line, appid: line.appid, before: before ? saidOf(before) : null, after: saidOf(after) })
    }
  }
  planned.refused.sort((one, other) => one.line - other.line)
  return planned
}

function afterLine(line: AppidLine, before: AppidFacts | undefined, shops: ReadonlySet<string>): AppidFacts | RefusedLine['reason'] {
  const kind = line.kind ?? (before && before.kind !== 'unregistered' ? before.kind : null)
  if (kind === null) return 'NO_KIND'
  if (line.sub_mchid !== null && !shops.has(line.sub_mchid)) return 'SUB_MERCHANT_NOT_FOUND'
  return {
    kind,
    name: line.name ?? before?.name ?? null,
    sub_mchid: line.sub_mchid ?? before?.sub_mchid ?? null,
    ended_at: before?.ended_at ?? null,
  }
}

const textOf = ({ appid, name, sub_mchid }: AppidLine) => [appid, sub_mchid, name].filter(part => part !== null).join(' ')
const saidOf = ({ kind, name, sub_mchid }: AppidFacts) => ({ kind, name, sub_mchid })
const sameFacts = (one: AppidFacts, other: AppidFacts) => JSON.stringify(saidOf(one)) === JSON.stringify(saidOf(other))
