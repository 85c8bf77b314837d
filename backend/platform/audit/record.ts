// The audit trail: one entry for each change, written in the transaction that makes it. Entries hold no token, code or key.
import type { Trx } from '../../database/connection.ts'
import type { AuditEntryTable } from '../../database/audit-tables.ts'

/** Who asks, as every change needs to know it. */
interface Actor {
  staff_id: string
  /** null: a command on the server, which is no member of staff */
  role: AuditEntryTable['actor_role']
}

/** Where a change came from. */
export interface Origin {
  request_id: string
  /** the X-Client-Version header */
  client: string | null
}

export interface AuditEntry {
  sp_mchid: string
  at: Date
  /** null: the system itself */
  actor: Actor | null
  action: string
  target: { type: 'sub_merchant' | 'staff' | 'session' | 'provider' | 'wx_text' | 'rollout'; id: string }
  before: object | null
  after: object | null
  reason?: string | null
  origin: Origin | null
}

export const recordAudit = (trx: Trx, entry: AuditEntry): Promise<void> => recordAudits(trx, [entry])

export async function recordAudits(trx: Trx, entries: readonly AuditEntry[]): Promise<void> {
  const json = (value: object | null) => (value ? JSON.stringify(value) : null)
  await trx
    .insertInto('audit_entries')
    .values(
      entries.map(entry => ({
        sp_mchid: entry.sp_mchid,
        at: entry.at,
        actor_id: entry.actor?.staff_id ?? null,
        actor_role: entry.actor?.role ?? null,
        action: entry.action,
        target_type: entry.target.type,
        target_id: entry.target.id,
        before: json(entry.before),
        after: json(entry.after),
        reason: entry.reason ?? null,
        request_id: entry.origin?.request_id ?? null,
        client: entry.origin?.client ?? null,
      })),
    )
    .execute()
}
