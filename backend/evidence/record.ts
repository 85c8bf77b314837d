// The one way evidence enters: added to the append-only list, and in the same transaction everything derived from it is derived anew.
import { ofEachPlain } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { tell } from '../company/notices/record.ts'
import { canonical } from '../platform/canonical.ts'
import { plannedOnce, type Trx } from '../database/connection.ts'
import { readByRegister } from './orders/read-by-register.ts'
import { derive } from './verdict/derive.ts'
import type { EvidenceItem } from './verdict/facts.ts'
import { deriveSwitches, type Switches } from './verdict/switches.ts'
import type { ProviderRow } from '../company/provider-settings/change.ts'
import type { MerchantRow } from './find.ts'

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
    .selectFrom('sub_merchants')
    .select('sub_mchid')
    .where('sp_mchid', '=', sp_mchid)
    .where(anyOf('sub_mchid', sub_mchids))
    .orderBy('sub_mchid')
    .forUpdate()
    .execute()
  if (found.length !== sub_mchids.length) throw new Error(`of ${sub_mchids.length} merchants ${found.length} exist`)
}

const anyOf = (column: string, values: readonly string[]) => sql<boolean>`${sql.ref(column)} = any(${values}::text[])`

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

/** A merchant for whom something derived is different: as it was and as it is. */
interface Rederived {
  before: HeldMerchant
  after: DerivedMerchant
}

/** Writes what evidence and settings say of these merchants, whose rows the caller holds locked. */
async function rederive(trx: Trx, sp_mchid: string, sub_mchids: readonly string[], now: Date): Promise<Rederived[]> {
  const provider = await trx.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow()
  const held = await heldMerchants(trx, sp_mchid).where(anyOf('sub_mchid', sub_mchids)).execute()
  return rederiveHeld(trx, provider, held, now)
}

/** What is derived for merchants of one number as it stands. */
export const heldMerchants = (trx: Trx, sp_mchid: string) =>
  trx
    .selectFrom('sub_merchants')
    .select(['sub_mchid', ...derivedNames])
    .where('sp_mchid', '=', sp_mchid)

export type HeldMerchant = Pick<MerchantRow, 'sub_mchid' | keyof typeof derivedColumns>
type DerivedMerchant = ReturnType<typeof derivedOf>

/**
 * As rederive, for rows that were read under their locks.
 * @returns those that are different, as they were and as they are
 */
export async function rederiveHeld(
  trx: Trx,
  provider: Pick<ProviderRow, 'sp_mchid' | 'default_open_since' | 'stale_after_days'>,
  held: readonly HeldMerchant[],
  now: Date,
): Promise<Rederived[]> {
  const { sp_mchid } = provider
  const evidence = await evidenceOf(
    trx,
    sp_mchid,
    held.map(({ sub_mchid }) => sub_mchid),
  )
  const changed = held.flatMap(before => {
    const after = derivedOf(before, evidence.get(before.sub_mchid) ?? [], provider, now)
    return differs(before, after) ? [{ before, after }] : []
  })
  if (changed.length === 0) return []
  const written = changed.map(({ after }) => after)
  await sql`
    ${plannedOnce('derived again')} update sub_merchants as held set ${derivedAssignments}, updated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as given(sub_mchid text, ${derivedRecord})
    where held.sp_mchid = ${sp_mchid} and held.sub_mchid = given.sub_mchid`.execute(trx)
  await tellOfRegressed(
    trx,
    sp_mchid,
    changed.filter(isNews(now)).map(({ after }) => after),
    now,
  )
  return changed
}

/** milliseconds: an import of last year's records is no news */
const newsFor = 7 * 86_400_000

const isNews =
  (now: Date) =>
  ({ before, after }: { before: HeldMerchant; after: DerivedMerchant }): boolean =>
    after.migration_state === 'regressed' &&
    before.migration_state !== 'regressed' &&
    now.getTime() - (after.migration_since?.getTime() ?? 0) < newsFor

/** Whose shop it is. */
async function tellOfRegressed(trx: Trx, sp_mchid: string, shops: readonly DerivedMerchant[], now: Date): Promise<void> {
  if (shops.length === 0) return
  const rows = await trx
    .selectFrom('sub_merchants')
    .select(['sub_mchid', 'name', 'assigned_to'])
    .where('sp_mchid', '=', sp_mchid)
    .where(
      anyOf(
        'sub_mchid',
        shops.map(({ sub_mchid }) => sub_mchid),
      ),
    )
    .execute()
  const since = new Map(shops.map(({ sub_mchid, migration_since }) => [sub_mchid, migration_since]))
  await tell(
    trx,
    rows.map(({ sub_mchid, name, assigned_to }) => ({
      staff_id: assigned_to,
      kind: 'shop',
      about: sub_mchid,
      subject: name,
      outcome: 'regressed',
      cause: `${sub_mchid} regressed ${since.get(sub_mchid)?.toISOString() ?? ''}`,
    })),
    now,
  )
}

function derivedOf(
  before: HeldMerchant,
  items: readonly RecordedItem[],
  { default_open_since, stale_after_days }: Pick<ProviderRow, 'default_open_since' | 'stale_after_days'>,
  now: Date,
) {
  // what we recorded ourselves has happened, also where the clock was set back since
  const asOf = items.reduce((latest, { recorded_at }) => (recorded_at > latest ? recorded_at : latest), now)
  const migration = derive(items, { now: asOf, defaultOpenSince: default_open_since, staleAfterDays: stale_after_days })
  const { switches, settling_until, receipt_error, receipt_ready_ms } = deriveSwitches(items, {
    now: asOf,
    defaultOpenSince: default_open_since,
  })
  return {
    sub_mchid: before.sub_mchid,
    gold_plan_status: switches.gold_plan.jsapi.status,
    receipt_status: switches.receipt.status,
    advertising_status: switches.advertising.status,
    switches,
    migration_state: migration.state,
    migration_reason: migration.reason,
    migration_since: migration.since,
    migration_evidence_id: migration.evidence_id,
    // STALE depends on the moment of reading
    migration_attention: migration.attention.filter(mark => mark !== 'STALE'),
    migration_proof: migration.proof,
    migration_steps: migration.steps,
    settling_until,
    receipt_error,
    receipt_ready_ms,
    version: before.version + (controlsOf(before.switches) === controlsOf(switches) ? 0 : 1),
  }
}

/** What is cheap to compare first: after a change of 默认开通 nearly all differ in it. */
const differs = (before: HeldMerchant, after: DerivedMerchant): boolean =>
  before.migration_state !== after.migration_state ||
  before.migration_reason !== after.migration_reason ||
  before.version !== after.version ||
  canonical(before) !== canonical(after)

/** What is derived from evidence, as columns of sub_merchants. */
const derivedColumns = {
  gold_plan_status: 'text',
  receipt_status: 'text',
  advertising_status: 'text',
  switches: 'jsonb',
  migration_state: 'text',
  migration_reason: 'text',
  migration_since: 'timestamptz',
  migration_evidence_id: 'uuid',
  migration_attention: 'text[]',
  migration_proof: 'text',
  migration_steps: 'jsonb',
  settling_until: 'timestamptz',
  receipt_error: 'boolean',
  receipt_ready_ms: 'integer',
  version: 'integer',
} as const
const derivedNames = Object.keys(derivedColumns) as (keyof typeof derivedColumns)[]
const derivedRecord = sql.raw(
  Object.entries(derivedColumns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
)
const derivedAssignments = sql.raw(derivedNames.map(name => `${name} = given.${name}`).join(', '))

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

type RecordedItem = EvidenceItem & { recorded_at: Date }

async function evidenceOf(trx: Trx, sp_mchid: string, sub_mchids: readonly string[]): Promise<Map<string, RecordedItem[]>> {
  const rows = await trx
    .selectFrom('evidence as e')
    .leftJoin('evidence_withdrawals as w', join => join.onRef('w.evidence_id', '=', 'e.id').onRef('w.sp_mchid', '=', 'e.sp_mchid'))
    .select(['e.sub_mchid', 'e.id', 'e.kind', 'e.detail', 'e.occurred_at', 'e.recorded_at', 'e.recorded_by', 'w.withdrawn_at'])
    .where('e.sp_mchid', '=', sp_mchid)
    .where(anyOf('e.sub_mchid', sub_mchids))
    .execute()
  const items = new Map<string, RecordedItem[]>()
  for (const { sub_mchid, withdrawn_at, ...row } of await readByRegister(trx, sp_mchid, rows)) {
    const list = items.get(sub_mchid) ?? []
    list.push({ ...row, withdrawn: withdrawn_at !== null } as RecordedItem)
    items.set(sub_mchid, list)
  }
  return items
}
