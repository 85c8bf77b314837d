// The items of one provider number as they stand: what people answered beside what checks found.
import type { Selectable } from 'kysely'
import type { Numbers } from '../http/caller.ts'
import type { Database, Trx } from '../database/connection.ts'
import type { Schema } from '../database/tables.ts'
import { toInstant } from '../platform/instants.ts'
import { checksOf, everyItem, isOptional, outsideChecks, stateOf } from './items.ts'
import type { Finding } from './findings.ts'
import { knownFindings } from './known.ts'
import type { KnownCheckId, OutsideCheckId, ReadinessCheck, ReadinessItem, ReadinessItemId } from './schema.ts'

type Kept = Selectable<Schema['readiness_findings']>

const isOutside = (check: OutsideCheckId | KnownCheckId): check is OutsideCheckId => outsideChecks.includes(check as OutsideCheckId)

/** @param now when our own tables are looked at */
export async function readinessOf(db: Database | Trx, sp_mchid: string, numbers: Numbers, now: Date): Promise<ReadinessItem[]> {
  const answers = await db
    .selectFrom('readiness_answers as a')
    .innerJoin('staff as s', 's.id', 'a.answered_by')
    .select(['a.item', 'a.answer', 'a.note', 'a.answered_at', 'a.version', 's.display_name'])
    .where('a.sp_mchid', '=', sp_mchid)
    .execute()
  const kept = await db.selectFrom('readiness_findings').selectAll().where('sp_mchid', '=', sp_mchid).execute()
  const known = await knownFindings(db, sp_mchid, numbers)
  return everyItem.map(item => {
    const checks = checksOf(item).flatMap(check => (isOutside(check) ? outside(check, kept) : inside(check, known[check], now)))
    const answered = answers.find(one => one.item === item)
    return {
      item,
      state: stateOf(answered?.answer ?? null, checks),
      answer: answered
        ? { answer: answered.answer, by: answered.display_name, at: toInstant(answered.answered_at), note: answered.note }
        : null,
      checks,
      optional: isOptional(item),
      version: answered?.version ?? 0,
    }
  })
}

function outside(check: OutsideCheckId, kept: readonly Kept[]): ReadinessCheck[] {
  const found = kept.find(one => one.check === check)
  if (!found) return [{ check, result: 'unknown', code: 'NOT_RUN', values: {}, checked_at: null }]
  const { result, code, values, checked_at } = found
  return [{ check, result, code, values, checked_at: toInstant(checked_at) }]
}

const inside = (check: KnownCheckId, found: Finding, now: Date): ReadinessCheck[] =>
  found === null ? [] : [{ check, ...found, checked_at: toInstant(now) }]

/** For the workbench: how far a number is, and what comes next. */
export function progressOf(items: readonly ReadinessItem[]): { done: number; total: number; next: ReadinessItemId | null } {
  const next = items.find(({ state }) => state === 'open')?.item ?? null
  return { done: items.filter(({ state }) => state !== 'open').length, total: items.length, next }
}
