// What photos belong to: it decides who sees them, and what belongs to nothing is removed after a while.
import type { Caller } from '../http/caller.ts'
import type { Trx } from '../database/connection.ts'

/**
 * Looks for photos that the caller sent, and holds them until the end of the transaction, so that they are not removed meanwhile.
 * @returns the ids that are not there
 */
export async function missingPhotos(trx: Trx, caller: Pick<Caller, 'sp_mchid' | 'staff_id'>, ids: readonly string[]): Promise<string[]> {
  const askable = ids.filter(id => uuid.test(id))
  const found =
    askable.length === 0
      ? []
      : await trx
          .selectFrom('photos')
          .select('id')
          .where('sp_mchid', '=', caller.sp_mchid)
          .where('uploaded_by', '=', caller.staff_id)
          .where('stored_at', 'is not', null)
          .where('id', 'in', askable)
          .orderBy('id')
          .forShare()
          .execute()
  const there = new Set(found.map(({ id }) => id))
  return ids.filter(id => !there.has(id))
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Under which numbers stand what the photos belong to, and they themselves. */
export interface PhotoNumbers {
  owner: string
  /** the uploader's */
  photos: string
}

/** @param ids of photos that missingPhotos found */
export async function attachPhotos(
  trx: Trx,
  under: PhotoNumbers,
  owner: { visit_id: string } | { evidence_id: string },
  ids: readonly string[] = [],
): Promise<void> {
  if (ids.length === 0) return
  const none = { visit_id: null, evidence_id: null }
  await trx
    .insertInto('photo_attachments')
    .values(ids.map(photo_id => ({ sp_mchid: under.owner, photo_id, photo_sp_mchid: under.photos, ...none, ...owner })))
    .execute()
}

/** A visit that was sent again may have other photos. */
export async function replaceVisitPhotos(trx: Trx, under: PhotoNumbers, visit_id: string, ids: readonly string[]): Promise<void> {
  await trx.deleteFrom('photo_attachments').where('sp_mchid', '=', under.owner).where('visit_id', '=', visit_id).execute()
  await attachPhotos(trx, under, { visit_id }, ids)
}
