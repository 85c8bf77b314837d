// The one way evidence enters: added to the append-only list, and in the same transaction everything derived from it is derived anew.
import { ofEachPlain } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { plannedOnce, type Trx } from '../database/connection.ts'
import { merchantsWith } from '../database/keyed.ts'
import { rederive, type Rederived } from './derived.ts'
import type { EvidenceItem } from './verdict/facts.ts'

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
  const ids = items.map(item => item.id ?? randomUUID())
  const given = items.map((item, index) => ({ ...item, id: ids[index]! }) as NewEvidence & { id: string })
  await recordEvidenceOfMany(trx, merchant.sp_mchid, new Map([[merchant.sub_mchid, given]]), now)
  return ids
}

/**
 * The same for many merchants of one provider at once, in a handful of statements.
 * @param given items of each 商户号
 */
export async function recordEvidenceOfMany(
  trx: Trx,
  sp_mchid: string,
  given: ReadonlyMap<string, readonly (NewEvidence & { id: string })[]>,
  now: Date,
): Promise<void> {
  await lockMerchants(trx, sp_mchid, [...given.keys()])
  await addToLocked(trx, sp_mchid, given, now)
}

/**
 * The same for merchants whose rows the caller holds locked.
 * @returns those that are different, as they were and as they are
 */
export async function addToLocked(
  trx: Trx,
  sp_mchid: string,
  given: ReadonlyMap<string, readonly (NewEvidence & { id: string })[]>,
  now: Date,
): Promise<Rederived[]> {
  const rows = [...given].flatMap(([sub_mchid, items]) =>
    items.map(({ id, kind, detail, occurred_at, recorded_at, recorded_by, source }) => ({
      sub_mchid,
      id,
      kind,
      // a phone's clock may be ahead of ours
      occurred_at: occurred_at > recorded_at ? recorded_at : occurred_at,
      recorded_at,
      recorded_by,
      source,
      detail,
    })),
  )
  if (rows.length > 0) {
    await sql`
      ${plannedOnce('new evidence')} insert into evidence (sp_mchid, sub_mchid, id, kind, occurred_at, recorded_at, recorded_by, source, detail)
      select ${sp_mchid}, * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(sub_mchid text, id uuid, kind text,
        occurred_at timestamptz, recorded_at timestamptz, recorded_by text, source text, detail jsonb)`.execute(trx)
    await settleOperations(trx, sp_mchid, given, now)
  }
  return rederive(trx, sp_mchid, [...given.keys()], now)
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
  await rederive(trx, merchant.sp_mchid, [merchant.sub_mchid], now)
}

/** @throws Error when there is no such merchant: callers look it up first */
export const lockMerchant = (trx: Trx, { sp_mchid, sub_mchid }: MerchantKey): Promise<void> => lockMerchants(trx, sp_mchid, [sub_mchid])

/** In the order of the primary key, so as not to deadlock with others that lock several. */
export async function lockMerchants(trx: Trx, sp_mchid: string, sub_mchids: readonly string[]): Promise<void> {
  const found = await trx
    .selectFrom(merchantsWith([sp_mchid], sub_mchids, 'for update'))
    .select('sub_mchid')
    .execute()
  if (found.length !== sub_mchids.length) throw new Error(`of ${sub_mchids.length} merchants ${found.length} exist`)
}

/**
 * What a look at the console or a later settled call of the same feature says ends the wait for an unresolved operation. A look from before the
 * operation was sent, recorded late, says nothing about it.
 */
async function settleOperations(trx: Trx, sp_mchid: string, given: ReadonlyMap<string, readonly NewEvidence[]>, now: Date): Promise<void> {
  /** feature → 商户号 → newest moment that is spoken of */
  const told = new Map<string, Map<string, Date>>()
  for (const [sub_mchid, items] of given) {
    for (const item of items) {
      for (const feature of featuresTold(item)) {
        const moments = told.get(feature) ?? new Map<string, Date>()
        const before = moments.get(sub_mchid)
        told.set(feature, moments.set(sub_mchid, before && before > item.occurred_at ? before : item.occurred_at))
      }
    }
  }
  for (const [feature, moments] of told) {
    await sql`
      update operations set settled_at = ${now}
      from unnest(${[...moments.keys()]}::text[], ${[...moments.values()]}::timestamptz[]) as told(sub_mchid, at)
      where operations.sp_mchid = ${sp_mchid} and operations.sub_mchid = told.sub_mchid and operations.started_at <= told.at
        and status = 'unresolved' and settled_at is null and split_part(kind, '.', 1) = ${feature}`.execute(trx)
  }
}

function featuresTold({ kind, detail }: NewEvidence): string[] {
  if (kind === 'api_operation') {
    const [feature] = detail.operation.split('.')
    return [feature === 'gold_plan' && detail.scene === 'miniprogram' ? 'gold_plan_miniprogram' : feature!]
  }
  if (kind !== 'portal_check') return []
  const { gold_plan_jsapi, gold_plan_miniprogram, receipt } = detail
  const seen = { gold_plan: gold_plan_jsapi, gold_plan_miniprogram, receipt, ...ofEachPlain(control => detail[control]) }
  const features = Object.entries(seen).flatMap(([feature, status]) => ((status ?? 'unknown') === 'unknown' ? [] : [feature]))
  return detail.ad_filter === undefined ? features : [...features, 'ad_filter']
}
