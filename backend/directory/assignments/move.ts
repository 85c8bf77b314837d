// Shops change hands: in one statement however many they are, each with its entry in the audit trail.
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import type { Role } from '../../http/schema.ts'
import type { Shops } from './meant.ts'

interface MovedBy {
  actor: { staff_id: string; role: Role | null }
  origin: { request_id: string; client: string | null }
}

/**
 * @param to null: nobody
 * @returns how many were somebody else's before
 */
export async function moveShops(
  trx: Trx,
  { from, where }: Shops,
  to: string | null,
  { actor, origin }: MovedBy,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ changed: number }>`
    with chosen as materialized (
      select sp_mchid, sub_mchid, assigned_to from ${from} where ${where} and assigned_to is distinct from ${to}::text
    ), moved as (
      update sub_merchants as held set assigned_to = ${to}::text, updated_at = ${now}
      from chosen where held.sp_mchid = chosen.sp_mchid and held.sub_mchid = chosen.sub_mchid
      returning held.sp_mchid, held.sub_mchid, chosen.assigned_to as before
    ), noted as (
      insert into audit_entries (sp_mchid, at, actor_id, actor_role, action, target_type, target_id, before, after, request_id, client)
      select sp_mchid, ${now}, ${actor.staff_id}, ${actor.role}, 'merchant.assigned', 'sub_merchant', sub_mchid,
        jsonb_build_object('assigned_to', before), jsonb_build_object('assigned_to', ${to}::text), ${origin.request_id}, ${origin.client}
      from moved
    )
    select count(*)::integer as changed from moved`.execute(trx)
  return rows[0]!.changed
}
