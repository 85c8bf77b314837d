// Somebody whose request is carried out after its session, with the rights of this moment.
import type { Trx } from '../../database/connection.ts'
import type { Caller, Numbers } from '../../http/caller.ts'

export interface Asker extends Caller {
  status: 'invited' | 'active' | 'disabled'
}

/** So they stay until the end of the transaction. @param numbers of the company, its home number first */
export async function askerAsNow(trx: Trx, staff_id: string, numbers: Numbers): Promise<Asker> {
  const staff = await trx.selectFrom('staff').selectAll().where('id', '=', staff_id).forShare().executeTakeFirstOrThrow()
  const home = await trx.selectFrom('provider').select('stale_after_days').where('sp_mchid', '=', numbers[0]).executeTakeFirstOrThrow()
  const { sp_mchid, display_name, role, region_codes, assigned_only, status } = staff
  return { sp_mchid, numbers, staff_id, session_hash: '', display_name, role, region_codes, assigned_only, ...home, status }
}
