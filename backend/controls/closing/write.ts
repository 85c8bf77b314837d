// The steps of a change request: each with its mark on the merchant and its entry in the trail. The merchant's row is locked before the request's.
import { findMerchant, type MerchantRow } from '../../evidence/find.ts'
import type { Caller } from '../../http/caller.ts'
import type { Selectable } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import type { ChangeRequestTable } from '../../database/control-tables.ts'
import { tell } from '../../company/notices/record.ts'
import { recordAudit, type AuditEntry } from '../../platform/audit/record.ts'
import type { MerchantKey } from '../../evidence/record.ts'
import type { ChangeRequestStatus } from './schema.ts'

export type RequestRow = Selectable<ChangeRequestTable>
type Ended = Exclude<ChangeRequestStatus, 'pending' | 'approved'>

/** @throws AppError NOT_FOUND when the shop has left the caller's scope */
export async function lockRequest(trx: Trx, caller: Caller, { id, sub_mchid }: { id: string; sub_mchid: string }) {
  const merchant = await findMerchant(trx, caller, sub_mchid, true)
  const request = await lockedRow(trx, id)
  return { merchant, request }
}

/** Without a caller: of the system itself. */
export const lockedMerchant = (trx: Trx, { sp_mchid, sub_mchid }: MerchantKey): Promise<MerchantRow> =>
  trx
    .selectFrom('sub_merchants')
    .selectAll()
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .forUpdate()
    .executeTakeFirstOrThrow()

export const lockedRow = (trx: Trx, id: string): Promise<RequestRow> =>
  trx.selectFrom('change_requests').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

export async function beginWaiting(trx: Trx, merchant: MerchantKey, id: string, now: Date): Promise<void> {
  await mark(trx, merchant, id, now)
}

/** @param end `code`: why it failed */
export async function endRequest(
  trx: Trx,
  merchant: MerchantKey,
  { id }: Pick<RequestRow, 'id'>,
  end: { status: Ended; code?: string | null; decided_by?: string; decided_at?: Date; comment?: string | null },
  now: Date,
): Promise<void> {
  await trx
    .updateTable('change_requests')
    .set({ ...end, try_at: null, ended_at: now })
    .where('id', '=', id)
    .execute()
  // who takes the own request back knows
  if (end.status !== 'cancelled') await tellWhoAsked(trx, id, end.status, now)
  await mark(trx, merchant, null, now)
}

async function tellWhoAsked(trx: Trx, id: string, outcome: Exclude<Ended, 'cancelled'>, now: Date): Promise<void> {
  const { requested_by, name } = await trx
    .selectFrom('change_requests as r')
    .innerJoin('sub_merchants as m', join => join.onRef('m.sp_mchid', '=', 'r.sp_mchid').onRef('m.sub_mchid', '=', 'r.sub_mchid'))
    .select(['r.requested_by', 'm.name'])
    .where('r.id', '=', id)
    .executeTakeFirstOrThrow()
  await tell(trx, [{ staff_id: requested_by, kind: 'closing', about: id, subject: name, outcome, cause: `${id} ${outcome}` }], now)
}

/** Whoever looks at the merchant sees that something waits there; a version that was seen before is an old one. */
async function mark(trx: Trx, { sp_mchid, sub_mchid }: MerchantKey, open_request_id: string | null, now: Date): Promise<void> {
  await trx
    .updateTable('sub_merchants')
    .set(eb => ({ open_request_id, version: eb('version', '+', 1), updated_at: now }))
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .execute()
}

interface Step {
  merchant: MerchantKey
  id: string
  action: string
  from: ChangeRequestStatus | null
  to: ChangeRequestStatus
  reason: string | null
  code?: string | null
}

/** What the trail says of a step. */
export const entryOf = ({ merchant, id, action, from, to, reason, code }: Step) => ({
  sp_mchid: merchant.sp_mchid,
  action,
  target: { type: 'sub_merchant' as const, id: merchant.sub_mchid },
  before: from && { request: from },
  after: { request: to, change_request_id: id, ...(code ? { code } : {}) },
  reason,
})

/** @param step of the system itself, or as somebody asked for it */
export const noteRequest = (
  trx: Trx,
  { actor, origin, now, ...step }: Step & Pick<AuditEntry, 'actor' | 'origin'> & { now: Date },
): Promise<void> => recordAudit(trx, { ...entryOf(step), at: now, actor, origin })
