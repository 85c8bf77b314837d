// The one way evidence enters: added to the append-only list, and in the same transaction everything derived from it is derived anew.
import { randomUUID } from 'node:crypto'
import type { Trx } from '../database/connection.ts'
import { derive } from '../migration/derive.ts'
import type { EvidenceItem } from '../migration/facts.ts'
import { deriveSwitches, type Switches } from '../migration/switches.ts'

/** Evidence to be added; `detail` as in EvidenceDetail of its kind. */
export type NewEvidence = {
  [K in EvidenceItem['kind']]: {
    /** made when absent */
    id?: string
    kind: K
    detail: Extract<EvidenceItem, { kind: K }>['detail']
    occurred_at: Date
    recorded_at: Date
    /** staff id; null: the system itself */
    recorded_by: string | null
    source: 'app' | 'backend' | 'portal'
  }
}[EvidenceItem['kind']]

export interface MerchantKey {
  sp_mchid: string
  sub_mchid: string
}

/**
 * Adds items to one merchant, whose row is locked from here to the end of the transaction.
 * @param now decides what is too far in the future to count
 * @returns the ids, in order
 */
export async function recordEvidence(trx: Trx, merchant: MerchantKey, items: readonly NewEvidence[], now: Date): Promise<string[]> {
  await lockMerchant(trx, merchant)
  const ids = items.map(item => item.id ?? randomUUID())
  if (items.length > 0) {
    const rows = items.map((item, index) => ({
      sp_mchid: merchant.sp_mchid,
      sub_mchid: merchant.sub_mchid,
      id: ids[index]!,
      kind: item.kind,
      // a phone's clock may be ahead of ours
      occurred_at: item.occurred_at > item.recorded_at ? item.recorded_at : item.occurred_at,
      recorded_at: item.recorded_at,
      recorded_by: item.recorded_by,
      source: item.source,
      detail: JSON.stringify(item.detail),
    }))
    await trx.insertInto('evidence').values(rows).execute()
    await settleOperations(trx, merchant, items, now)
  }
  await rederive(trx, merchant, now)
  return ids
}

export interface Withdrawal {
  evidence_id: string
  withdrawn_by: string
  withdrawn_at: Date
  reason: string
}

/** The item stays in the list, marked; it never counts again. */
export async function withdrawEvidence(trx: Trx, merchant: MerchantKey, withdrawal: Withdrawal, now: Date): Promise<void> {
  await lockMerchant(trx, merchant)
  await trx
    .insertInto('evidence_withdrawals')
    .values({ sp_mchid: merchant.sp_mchid, ...withdrawal })
    .execute()
  await rederive(trx, merchant, now)
}

/** @throws Error when there is no such merchant: callers look it up first */
export async function lockMerchant(trx: Trx, { sp_mchid, sub_mchid }: MerchantKey): Promise<void> {
  await trx
    .selectFrom('sub_merchants')
    .select('sub_mchid')
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** What a look at the console or a later settled call of the same feature says ends the wait for an unresolved operation. */
async function settleOperations(trx: Trx, merchant: MerchantKey, items: readonly NewEvidence[], now: Date): Promise<void> {
  const features = new Set<string>()
  for (const { kind, detail } of items) {
    if (kind === 'api_operation') features.add(detail.operation.split('.')[0]!)
    if (kind === 'portal_check' && (detail.gold_plan_jsapi ?? 'unknown') !== 'unknown') features.add('gold_plan')
    if (kind === 'portal_check' && (detail.receipt ?? 'unknown') !== 'unknown') features.add('receipt')
  }
  for (const feature of features) {
    await trx
      .updateTable('operations')
      .set({ settled_at: now })
      .where('sp_mchid', '=', merchant.sp_mchid)
      .where('sub_mchid', '=', merchant.sub_mchid)
      .where('status', '=', 'unresolved')
      .where('settled_at', 'is', null)
      .where('kind', 'like', `${feature}.%` as never)
      .execute()
  }
}

async function rederive(trx: Trx, { sp_mchid, sub_mchid }: MerchantKey, now: Date): Promise<void> {
  const provider = await trx.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow()
  const before = await trx
    .selectFrom('sub_merchants')
    .select(['switches', 'version'])
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  const evidence = await evidenceOf(trx, { sp_mchid, sub_mchid })
  const defaultOpenSince = provider.default_open_since
  const migration = derive(evidence, { now, defaultOpenSince, staleAfterDays: provider.stale_after_days })
  const { switches, settling_until, receipt_error } = deriveSwitches(evidence, { now, defaultOpenSince })
  await trx
    .updateTable('sub_merchants')
    .set({
      gold_plan_status: switches.gold_plan.jsapi.status,
      receipt_status: switches.receipt.status,
      advertising_status: switches.advertising.status,
      switches: JSON.stringify(switches),
      migration_state: migration.state,
      migration_reason: migration.reason,
      migration_since: migration.since,
      migration_evidence_id: migration.evidence_id,
      // STALE depends on the moment of reading
      migration_attention: migration.attention.filter(mark => mark !== 'STALE'),
      migration_proof: migration.proof,
      migration_steps: JSON.stringify(migration.steps),
      settling_until,
      receipt_error,
      version: before.version + (controlsOf(before.switches) === controlsOf(switches) ? 0 : 1),
      updated_at: now,
    })
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .execute()
}

/** The part that `version` counts: what a person may want to change, not what was seen (product.md §7.1). */
function controlsOf(switches: Switches | Record<string, never>): string {
  const { gold_plan, receipt, advertising, ad_filter } = switches as Partial<Switches>
  const parts = [gold_plan?.jsapi, gold_plan?.miniprogram, receipt, advertising]
  return JSON.stringify([
    parts.map(part => [part?.status ?? 'unknown', part?.changed_at ?? null, part?.changed_by ?? null]),
    ad_filter?.industries ?? [],
    ad_filter?.changed_at ?? null,
  ])
}

async function evidenceOf(trx: Trx, { sp_mchid, sub_mchid }: MerchantKey): Promise<EvidenceItem[]> {
  const rows = await trx
    .selectFrom('evidence as e')
    .leftJoin('evidence_withdrawals as w', join => join.onRef('w.evidence_id', '=', 'e.id').onRef('w.sp_mchid', '=', 'e.sp_mchid'))
    .select(['e.id', 'e.kind', 'e.detail', 'e.occurred_at', 'e.recorded_by', 'w.withdrawn_at'])
    .where('e.sp_mchid', '=', sp_mchid)
    .where('e.sub_mchid', '=', sub_mchid)
    .execute()
  return rows.map(({ withdrawn_at, ...row }) => ({ ...row, withdrawn: withdrawn_at !== null }) as EvidenceItem)
}
