// The audit trail: one entry for each change, written in the transaction that makes it. Entries hold no token, code or key.
import { sql } from 'kysely'
import { plannedOnce, type Trx } from '../../database/connection.ts'
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
  const rows = entries.map(({ sp_mchid, at, actor, action, target, before, after, reason, origin }) => ({
    sp_mchid,
    at,
    actor_id: actor?.staff_id,
    actor_role: actor?.role,
    action,
    target_type: target.type,
    target_id: target.id,
    before,
    after,
    reason,
    request_id: origin?.request_id,
    client: origin?.client,
  }))
  await sql`${plannedOnce('entries of the trail')}
    insert into audit_entries (sp_mchid, at, actor_id, actor_role, action, target_type, target_id, before, after, reason, request_id, client)
    select sp_mchid, at, actor_id, actor_role, action, target_type, target_id, before, after, reason, request_id, client
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (sp_mchid text, at timestamptz, actor_id text, actor_role text, action text,
      target_type text, target_id text, before jsonb, after jsonb, reason text, request_id text, client text)`.execute(trx)
}
