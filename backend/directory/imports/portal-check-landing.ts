// Records what the file says of WeChat Pay's console, through the rules that every evidence goes through. Older looks never outrank newer evidence.
import { sql } from 'kysely'
import { difference } from '../../platform/audit/difference.ts'
import { merchantFacts } from '../../evidence/watch.ts'
import type { Trx } from '../../database/connection.ts'
import { lockMerchants, recordEvidenceOfMany, type NewEvidence } from '../../evidence/record.ts'
import { auditImport, exampleLimit, type ImportEntry, type LandingTarget } from './landing.ts'
import { checkId, type PortalCheck } from './portal-check.ts'

export interface CheckRow extends PortalCheck {
  sub_mchid: string
}

/**
 * @param rows of merchants of one provider that are in the directory, or in a dry run would be
 * @returns how many looks are new; a withdrawn one stays withdrawn
 */
export async function landChecks(
  target: LandingTarget,
  sp_mchid: string,
  rows: readonly CheckRow[],
): Promise<{ count: number; examples: string[] }> {
  if (rows.length === 0) return { count: 0, examples: [] }
  const { trx, now, dryRun } = target
  const known = await knownIds(
    trx,
    sp_mchid,
    rows.map(row => checkId(sp_mchid, row.sub_mchid, row)),
  )
  const fresh = rows.map(row => ({ ...row, id: checkId(sp_mchid, row.sub_mchid, row) })).filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return { count: 0, examples: [] }
  if (dryRun) return { count: fresh.length, examples: fresh.slice(0, exampleLimit).map(exampleOf) }
  await auditImport(target, sp_mchid, 'sub_merchant', await recordLooks(trx, sp_mchid, fresh, { recorded_by: null, now }))
  return { count: fresh.length, examples: [] }
}

/**
 * Looks that are not there yet, one for each merchant, through the rules that every evidence goes through.
 * @param recorded_by staff id; null: an import
 * @returns what became different, for the trail
 */
export async function recordLooks(
  trx: Trx,
  sp_mchid: string,
  looks: readonly (CheckRow & { id: string })[],
  { recorded_by, now }: { recorded_by: string | null; now: Date },
): Promise<ImportEntry[]> {
  const sub_mchids = looks.map(({ sub_mchid }) => sub_mchid)
  await lockMerchants(trx, sp_mchid, sub_mchids)
  const before = await merchantFacts(trx, sp_mchid, sub_mchids)
  const items = looks.map(({ sub_mchid, id, detail, checked_at }): [string, (NewEvidence & { id: string })[]] => [
    sub_mchid,
    [{ id, kind: 'portal_check', detail, occurred_at: checked_at, recorded_at: now, recorded_by, source: 'portal' }],
  ])
  await recordEvidenceOfMany(trx, sp_mchid, new Map(items), now)
  const after = await merchantFacts(trx, sp_mchid, sub_mchids)
  return looks.map(({ sub_mchid, id }) => {
    const change = difference(before.get(sub_mchid)!, after.get(sub_mchid)!)
    return { target_id: sub_mchid, action: 'portal_check.write', before: change.before, after: { ...change.after, evidence_id: id } }
  })
}

export async function knownIds(trx: Trx, sp_mchid: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await trx
    .selectFrom('evidence')
    .select('id')
    .where('sp_mchid', '=', sp_mchid)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Set(found.map(({ id }) => id))
}

const exampleOf = ({ sub_mchid, detail, checked_at }: CheckRow): string =>
  `核对 ${sub_mchid} ${checked_at.toISOString()} ${JSON.stringify(detail)}`
