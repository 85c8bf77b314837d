// One merchant as its page shows it: switches, verdict, what stands in the way, what the caller may do.
import type { Caller } from '../../http/caller.ts'
import { findMerchant, findProvider, switchesOf, type MerchantRow } from '../../evidence/find.ts'
import { isOneOf, keyOf } from '../../evidence/merchant-keys.ts'
import type { MerchantKey } from '../../evidence/record.ts'
import { suspicionNow } from '../../evidence/verdict/attention.ts'
import { verdictShape } from '../../evidence/verdict/shape.ts'
import type { Selectable } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { ProviderTable } from '../../database/company-tables.ts'
import type { OperationTable } from '../../database/control-tables.ts'
import { readByRegister } from '../../evidence/orders/read-by-register.ts'
import { evidenceShape, selectEvidence } from '../../evidence/read.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { reopenLock } from '../../evidence/verdict/durations.ts'
import type { SwitchState, Switches } from '../../evidence/verdict/switches.ts'
import { regionName } from '../../company/regions/divisions.ts'
import { merchantActionsOf } from '../../company/staff/permissions.ts'
import type { SubMerchant } from './schema.ts'
import { ofEachPlain, plainControls } from '../../../miniprogram/packages/merchant/shared/controls.ts'
import { hasGoldPlan } from '../../../miniprogram/packages/merchant/shared/gold-plan.ts'

/** The newest write without an outcome; an unresolved one until something settled it. */
export const findOpenOperation = async (
  db: Database | Trx,
  { sp_mchid, sub_mchid }: MerchantKey,
): Promise<Selectable<OperationTable> | undefined> =>
  openOperations(db)
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The same of several merchants, by keyOf. */
export async function findOpenOperations(
  db: Database | Trx,
  merchants: readonly MerchantKey[],
): Promise<Map<string, Selectable<OperationTable>>> {
  const rows = await openOperations(db).where(isOneOf(merchants)).orderBy('started_at').execute()
  return new Map(rows.map(row => [keyOf(row), row]))
}

const openOperations = (db: Database | Trx) =>
  db
    .selectFrom('operations')
    .selectAll()
    .where(eb =>
      eb.or([eb('status', 'in', ['pending', 'unknown']), eb.and([eb('status', '=', 'unresolved'), eb('settled_at', 'is', null)])]),
    )

/** A close whose answer was lost may have been made when it was sent: locked from then on until we know. */
export function lockedUntil(
  scene: 'jsapi' | 'miniprogram',
  { gold_plan }: Pick<Switches, 'gold_plan'>,
  open: Selectable<OperationTable> | undefined,
  now: Date,
): Date | null {
  const closing = scene === 'jsapi' ? 'gold_plan.close' : 'gold_plan_miniprogram.close'
  const provisional = open?.kind === closing ? open.started_at.getTime() + reopenLock : 0
  const { reopen_available_at } = gold_plan[scene]
  const settled = reopen_available_at ? Date.parse(reopen_available_at) : 0
  const until = Math.max(provisional, settled)
  return until > now.getTime() ? new Date(until) : null
}

/** @throws AppError NOT_FOUND */
export async function readMerchant(
  context: Pick<Context, 'clock'>,
  db: Database | Trx,
  caller: Caller,
  sub_mchid: string,
): Promise<SubMerchant> {
  const row = await findMerchant(db, caller, sub_mchid)
  const provider = await findProvider(db, row.sp_mchid)
  const open = await findOpenOperation(db, row)
  const found = await selectEvidence(db, row)
    .where('w.withdrawn_at', 'is', null)
    .orderBy('e.occurred_at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(3)
    .execute()
  const recent = await readByRegister(db, row.sp_mchid, found)
  const { evidence_count } = await db
    .selectFrom('evidence')
    .select(eb => eb.fn.countAll<number>().as('evidence_count'))
    .where('sp_mchid', '=', row.sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  const switches = switchesOf(row)
  const nameOf = await staffNames(db, [row.assigned_to, ...changers(switches)])
  const now = context.clock.now()
  const suspected = suspicionNow(row)
  return {
    sub_mchid,
    ...(caller.numbers.length > 1 && { provider: { sp_mchid: provider.sp_mchid, name: provider.name } }),
    name: row.name,
    short_name: row.short_name,
    industry: row.industry,
    region_code: row.region_code,
    region_name: regionName(row.region_code),
    address: row.address,
    store_count: row.store_count,
    assigned_to: row.assigned_to ? { id: row.assigned_to, display_name: nameOf(row.assigned_to) ?? '' } : null,
    status: row.status,
    ...switchesShape(switches, { row, provider, open, nameOf, now }),
    migration: verdictShape(row, { now, staleAfterDays: caller.stale_after_days }),
    ...(suspected && { suspected }),
    open_operation: open ? operationShape(open) : null,
    open_request_id: row.open_request_id,
    recent_evidence: recent.map(item => evidenceShape(item, caller, now)),
    evidence_count: Number(evidence_count),
    allowed_actions: merchantActionsOf(caller.role),
    version: row.version,
    updated_at: toInstant(row.updated_at),
  }
}

interface Around {
  row: MerchantRow
  provider: Selectable<ProviderTable>
  open: Selectable<OperationTable> | undefined
  nameOf: NameOf
  now: Date
}

const switchesShape = (switches: Switches, { row, provider, open, nameOf, now }: Around) => ({
  gold_plan: {
    jsapi: {
      ...switchShape(switches.gold_plan.jsapi, nameOf),
      reopen_available_at: toInstantOrNull(lockedUntil('jsapi', switches, open, now)),
    },
    miniprogram: {
      ...switchShape(switches.gold_plan.miniprogram, nameOf),
      reopen_available_at: toInstantOrNull(lockedUntil('miniprogram', switches, open, now)),
      verify_jsapi: switches.gold_plan.miniprogram.verify_jsapi ?? false,
    },
  },
  receipt: {
    ...switchShape(switches.receipt, nameOf),
    link: receiptLink(row, provider),
    effective: switches.receipt.effective,
    effective_at: toInstantOrNull(switches.receipt.effective_at),
    hint: receiptHint(row, provider),
  },
  ...ofEachPlain(control => switchShape(switches[control], nameOf)),
  ad_filter: {
    industries: switches.ad_filter.industries,
    changed_at: toInstantOrNull(switches.ad_filter.changed_at),
    changed_by: nameOf(switches.ad_filter.changed_by),
  },
  flow: {
    conclusion: switches.flow.conclusion,
    basis: switches.flow.basis,
    concluded_at: toInstantOrNull(switches.flow.concluded_at),
    entries: switches.flow.entries.map(entry => ({ ...entry, observed_at: toInstant(entry.observed_at) })),
  },
})

const operationShape = ({ key, kind, status, started_at }: Selectable<OperationTable>) => ({
  key,
  kind,
  status: status as 'pending' | 'unknown' | 'unresolved',
  started_at: toInstant(started_at),
})

export function receiptLink(
  row: Pick<MerchantRow, 'receipt_link'>,
  provider: Selectable<ProviderTable>,
): 'provider' | 'sub_merchant' | 'none' {
  if (row.receipt_link === 'sub_merchant') return 'sub_merchant'
  return provider.receipt_link_configured ? 'provider' : 'none'
}

/** Why an open receipt may not show. */
function receiptHint(row: MerchantRow, provider: Selectable<ProviderTable>): SubMerchant['receipt']['hint'] {
  if (row.receipt_status === 'open' && !hasGoldPlan({ status: row.gold_plan_status, state: row.migration_state }))
    return 'INEFFECTIVE_NEEDS_GOLD_PLAN'
  if (receiptLink(row, provider) === 'none') return 'LINK_MISSING'
  return row.receipt_error ? 'RECEIPT_ERROR' : null
}

type NameOf = (staff_id: string | null) => string | null

const switchShape = ({ status, source, changed_at, changed_by }: SwitchState, nameOf: NameOf) => ({
  status,
  source,
  changed_at: toInstantOrNull(changed_at),
  changed_by: nameOf(changed_by),
})

const changers = ({ gold_plan, receipt, ad_filter, ...others }: Switches): (string | null)[] =>
  [gold_plan.jsapi, gold_plan.miniprogram, receipt, ad_filter, ...plainControls.map(control => others[control])].map(
    ({ changed_by }) => changed_by,
  )

async function staffNames(db: Database | Trx, ids: (string | null)[]): Promise<NameOf> {
  const known = [...new Set(ids.filter(id => id !== null))]
  const rows = known.length > 0 ? await db.selectFrom('staff').select(['id', 'display_name']).where('id', 'in', known).execute() : []
  const names = new Map(rows.map(row => [row.id, row.display_name]))
  return id => (id === null ? null : (names.get(id) ?? null))
}
