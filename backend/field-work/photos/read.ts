// Who sees a photo: whoever sent it, and whoever sees the visit or the evidence that it belongs to.
import type { Caller } from '../../http/caller.ts'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'

/** @throws AppError NOT_FOUND, the same for a photo that does not exist and one that the caller may not see */
export async function assertMaySee({ db }: Context, caller: Caller, photo_id: string): Promise<void> {
  const seen = (owner: 'visit' | 'evidence') => {
    const table = sql.table(owner === 'visit' ? 'visits' : 'evidence')
    return sql<boolean>`exists (
      select 1 from photo_attachments as a join ${table} as o on o.sp_mchid = a.sp_mchid and o.id = a.${sql.ref(`${owner}_id`)}
      where a.photo_sp_mchid = p.sp_mchid and a.photo_id = p.id
        and exists (
          select 1 from sub_merchants
          where sub_merchants.sp_mchid = o.sp_mchid and sub_merchants.sub_mchid = o.sub_mchid and ${inScope(caller)}))`
  }
  const row = await db
    .selectFrom('photos as p')
    .select('p.id')
    .where(ofNumbers(caller.numbers, 'p.sp_mchid'))
    .where('p.id', '=', photo_id)
    .where('p.stored_at', 'is not', null)
    .where(eb => eb.or([eb('p.uploaded_by', '=', caller.staff_id), seen('visit'), seen('evidence')]))
    .executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
}
