// Evidence as clients see it.
import type { Caller } from '../http/caller.ts'
import type { Database, Trx } from '../database/connection.ts'
import { EvidenceRequest, type Evidence, type EvidenceKind } from './schema.ts'
import { whatToDo } from './limitations/ways.ts'
import { toInstant } from '../platform/instants.ts'
import { mayDo } from '../company/staff/permissions.ts'
import type { MerchantKey } from './record.ts'

export const selectEvidence = (db: Database | Trx, { sp_mchid, sub_mchid }: MerchantKey) =>
  db
    .selectFrom('evidence as e')
    .leftJoin('evidence_withdrawals as w', join => join.onRef('w.evidence_id', '=', 'e.id').onRef('w.sp_mchid', '=', 'e.sp_mchid'))
    .leftJoin('staff as s', 's.id', 'e.recorded_by')
    .leftJoin('staff as ws', 'ws.id', 'w.withdrawn_by')
    .select([
      'e.id',
      'e.sub_mchid',
      'e.kind',
      'e.occurred_at',
      'e.recorded_at',
      'e.recorded_by',
      'e.source',
      'e.detail',
      's.display_name as recorded_by_name',
      'w.withdrawn_at',
      'w.withdrawn_by',
      'w.reason as withdrawal_reason',
      'ws.display_name as withdrawn_by_name',
    ])
    .where('e.sp_mchid', '=', sp_mchid)
    .where('e.sub_mchid', '=', sub_mchid)

export type EvidenceRow = Awaited<ReturnType<ReturnType<typeof selectEvidence>['execute']>>[number]

export function evidenceShape(row: EvidenceRow, caller: Caller, now: Date): Evidence {
  const person = (id: string | null, name: string | null) => (id === null ? null : { id, display_name: name ?? '' })
  return {
    id: row.id,
    sub_mchid: row.sub_mchid,
    kind: row.kind,
    occurred_at: toInstant(row.occurred_at),
    recorded_at: toInstant(row.recorded_at),
    recorded_by: person(row.recorded_by, row.recorded_by_name),
    source: row.source,
    withdrawn: row.withdrawn_at
      ? { by: person(row.withdrawn_by, row.withdrawn_by_name)!, at: toInstant(row.withdrawn_at), reason: row.withdrawal_reason ?? '' }
      : null,
    can_withdraw: mayWithdraw(row, caller, now),
    detail: detailShape(row.kind, row.detail),
  } as Evidence
}

/** What people record they may be wrong about. What WeChat Pay said stays, also where the system drew a conclusion from it. */
const withdrawable: ReadonlySet<EvidenceKind> = new Set(EvidenceRequest.anyOf.map(({ properties }) => properties.kind.const))
const ownFor = 24 * 3_600_000

/** product.md §9: a field agent takes back his own within 24 hours, a region lead any in scope, an operator any. */
export function mayWithdraw(
  row: Pick<EvidenceRow, 'kind' | 'recorded_by' | 'recorded_at' | 'withdrawn_at'>,
  caller: Caller,
  now: Date,
): boolean {
  if (row.withdrawn_at || row.recorded_by === null || !withdrawable.has(row.kind) || !mayDo(caller.role, 'evidence.withdraw')) return false
  if (caller.role !== 'field_agent') return true
  return row.recorded_by === caller.staff_id && now.getTime() - row.recorded_at.getTime() <= ownFor
}

/** An order number leads to the order: only its end is shown. Times leave in one offset. */
function detailShape(kind: EvidenceKind, detail: Record<string, unknown>): Record<string, unknown> {
  const shown = { ...detail }
  if (typeof shown.out_trade_no === 'string') shown.out_trade_no = shown.out_trade_no.slice(-4)
  const time = kind === 'receipt_beacon' ? 'order_paid_at' : kind === 'order_query' ? 'paid_at' : undefined
  if (kind === 'limitation') shown.cases = casesWithWays(shown.cases)
  if (time && typeof shown[time] === 'string') shown[time] = toInstant(shown[time])
  return shown
}

/** Sentences are not stored: they get better. */
function casesWithWays(cases: unknown): unknown {
  if (!Array.isArray(cases)) return undefined
  return cases.map((one: { recover_way?: string }) => {
    const what_to_do = whatToDo(one.recover_way)
    return { ...one, ...(what_to_do !== null && { what_to_do }) }
  })
}
