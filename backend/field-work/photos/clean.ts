// Photos that belong to nothing after 7 days are removed: drafts that were never sent, uploads that were cut off.
import type { Context } from '../../platform/context.ts'
import { ofNumbers } from '../../company/staff/scope.ts'

const keptFor = 7 * 86_400_000
const batch = 100

/** @returns how many were removed. Any number of processes may run it. */
export async function removeUnattachedPhotos({ db, clock, providers, photos, log }: Context): Promise<number> {
  const before = new Date(clock.now().getTime() - keptFor)
  const removed = await db.transaction().execute(async trx => {
    const rows = await trx
      .selectFrom('photos as p')
      .select('p.id')
      .where(ofNumbers(providers.numbers, 'p.sp_mchid'))
      .where('p.uploaded_at', '<=', before)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('photo_attachments as a')
              .select('a.id')
              .whereRef('a.photo_sp_mchid', '=', 'p.sp_mchid')
              .whereRef('a.photo_id', '=', 'p.id'),
          ),
        ),
      )
      .orderBy('p.uploaded_at')
      .limit(batch)
      // one that a visit is naming at this moment is held by it
      .forUpdate()
      .skipLocked()
      .execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return []
    // files first: were it the other way round, a process that ends in between would leave files that nothing names
    for (const id of ids) await photos.store.remove(id)
    await trx.deleteFrom('photos').where(ofNumbers(providers.numbers)).where('id', 'in', ids).execute()
    return ids
  })
  if (removed.length > 0) log.info({ removed: removed.length }, 'photos that belonged to nothing for 7 days were removed')
  return removed.length
}
