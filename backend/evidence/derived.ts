// What is derived of merchants from their evidence and the settings of their provider, written where it is different.
import { sql } from 'kysely'
import { tell } from '../company/notices/record.ts'
import { canonical } from '../platform/canonical.ts'
import { plannedOnce, type Trx } from '../database/connection.ts'
import { evidenceWith, merchantsWith } from '../database/keyed.ts'
import { readByRegister } from './orders/read-by-register.ts'
import { derive } from './verdict/derive.ts'
import type { EvidenceItem } from './verdict/facts.ts'
import { deriveSwitches, type Switches } from './verdict/switches.ts'
import type { ProviderRow } from '../company/provider-settings/change.ts'
import type { MerchantRow } from './find.ts'

/** A merchant for whom something derived is different: as it was and as it is. */
export interface Rederived {
  before: HeldMerchant
  after: DerivedMerchant
}

/** Writes what evidence and settings say of these merchants, whose rows the caller holds locked. */
export async function rederive(trx: Trx, sp_mchid: string, sub_mchids: readonly string[], now: Date): Promise<Rederived[]> {
  const provider = await trx.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow()
  const held = await trx
    .selectFrom(merchantsWith([sp_mchid], sub_mchids))
    .select(heldColumns)
    .execute()
  return rederiveHeld(trx, provider, held, now)
}

type HeldMerchant = Pick<MerchantRow, 'sub_mchid' | keyof typeof derivedColumns>
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
    .selectFrom(
      merchantsWith(
        [sp_mchid],
        shops.map(({ sub_mchid }) => sub_mchid),
      ),
    )
    .select(['sub_mchid', 'name', 'assigned_to'])
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
/** Of a merchant, for rederiveHeld. */
export const heldColumns = ['sub_mchid', ...derivedNames] as const
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
    .selectFrom(evidenceWith(sp_mchid, sub_mchids))
    .leftJoin('evidence_withdrawals as w', join => join.onRef('w.evidence_id', '=', 'e.id').onRef('w.sp_mchid', '=', 'e.sp_mchid'))
    .select(['e.sub_mchid', 'e.id', 'e.kind', 'e.detail', 'e.occurred_at', 'e.recorded_at', 'e.recorded_by', 'w.withdrawn_at'])
    .execute()
  const items = new Map<string, RecordedItem[]>()
  for (const { sub_mchid, withdrawn_at, ...row } of await readByRegister(trx, sp_mchid, rows)) {
    const list = items.get(sub_mchid) ?? []
    list.push({ ...row, withdrawn: withdrawn_at !== null } as RecordedItem)
    items.set(sub_mchid, list)
  }
  return items
}
