// What a visit holds, in the words of the trail: sent again it replaces itself, so the version before stands nowhere else.
import type { Answers } from '../../../miniprogram/shared/checklist.ts'
import type { Trx } from '../../database/connection.ts'

export interface VisitFacts {
  status: string
  template_version: number
  started_at: Date
  ended_at: Date
  answers: Answers
  /** all of its photos, also those that answer no item */
  photo_ids: string[]
  location: object | null
  /** what it concluded, as far as that still belongs to it */
  evidence_ids: string[]
}

/** @returns null when there is no such visit yet */
export async function visitFacts(trx: Trx, sp_mchid: string, visit_id: string): Promise<VisitFacts | null> {
  const visit = await trx
    .selectFrom('visits')
    .select(['status', 'template_version', 'started_at', 'ended_at', 'answers', 'location'])
    .where('sp_mchid', '=', sp_mchid)
    .where('id', '=', visit_id)
    .executeTakeFirst()
  if (!visit) return null
  const photos = await trx
    .selectFrom('photo_attachments')
    .select('photo_id')
    .where('sp_mchid', '=', sp_mchid)
    .where('visit_id', '=', visit_id)
    .orderBy('photo_id')
    .execute()
  const evidence = await trx
    .selectFrom('visit_evidence')
    .select('evidence_id')
    .where('sp_mchid', '=', sp_mchid)
    .where('visit_id', '=', visit_id)
    .orderBy('evidence_id')
    .execute()
  return {
    ...visit,
    photo_ids: photos.map(({ photo_id }) => photo_id),
    evidence_ids: evidence.map(({ evidence_id }) => evidence_id),
  }
}
