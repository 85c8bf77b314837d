// Puts the demo visits, their reviews, photos and evidence where real ones are.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ChecklistTemplate } from '../../backend/field-work/checklists/schema.ts'
import { ensureTemplate } from '../../backend/field-work/checklists/service.ts'
import type { Trx } from '../../backend/database/connection.ts'
import { recordEvidence, type NewEvidence } from '../../backend/evidence/record.ts'
import { attachPhotos } from '../../backend/evidence/photos.ts'
import { readImageHeader } from '../../backend/field-work/photos/image-header.ts'
import type { PhotoStore } from '../../backend/field-work/photos/store.ts'
import { conclude } from '../../backend/field-work/visits/conclude.ts'
import type { DemoMerchant } from './fill-merchants.ts'
import { minute } from './history.ts'
import { byRole, provider } from './organisation.ts'
import { visits, type DemoPhoto, type DemoVisit } from './visits.ts'

const { sp_mchid } = provider
const checklist = JSON.parse(
  readFileSync(new URL('../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
) as ChecklistTemplate
const kinds = ['flow_conclusion', 'test_payment'] as const

/** The shop's history without what its visits will record at the same moment. */
export function withoutVisits<T extends Pick<DemoMerchant, 'sub_mchid' | 'evidence'>>(merchant: T): T {
  const own = visits.filter(({ sub_mchid }) => sub_mchid === merchant.sub_mchid)
  if (own.length === 0) return merchant
  const fromVisit = ({ kind, ago }: T['evidence'][number]) =>
    (kinds as readonly string[]).includes(kind) && own.some(one => one.ago === ago)
  return { ...merchant, evidence: merchant.evidence.filter(item => !fromVisit(item)) }
}

/** After the shops. Their photos' files are putDemoPhotos'. */
export async function insertVisits(trx: Trx, now: Date): Promise<void> {
  await ensureTemplate(trx, sp_mchid, now)
  for (const [index, visit] of visits.entries()) await insertVisit(trx, now, visit, index + 1)
}

async function insertVisit(trx: Trx, now: Date, visit: DemoVisit, number: number): Promise<void> {
  const { id, sub_mchid, answers, review } = visit
  const staff_id = byRole(visit.by).id
  const ended_at = new Date(now.getTime() - visit.ago)
  const started_at = new Date(ended_at.getTime() - visit.lasted)
  const received_at = new Date(ended_at.getTime() + minute)
  const reviewed_at = review && new Date(now.getTime() - review.ago)
  await trx
    .insertInto('visits')
    .values({
      sp_mchid,
      id,
      sub_mchid,
      staff_id,
      template_sp_mchid: sp_mchid,
      template_version: checklist.version,
      started_at,
      ended_at,
      answers: JSON.stringify(answers),
      other_photo_ids: [],
      location: null,
      status: review?.result ?? 'submitted',
      received_at,
      updated_at: reviewed_at ?? received_at,
    })
    .execute()
  if (review && reviewed_at) {
    const { by, result, comment } = review
    await trx
      .insertInto('visit_reviews')
      .values({ sp_mchid, visit_id: id, result, comment, reviewed_by: byRole(by).id, reviewed_at })
      .execute()
  }
  await trx
    .insertInto('photos')
    .values(visit.photos.map((photo, place) => photoRow(photo, staff_id, new Date(started_at.getTime() + (place + 1) * minute))))
    .execute()
  const under = { owner: sp_mchid, photos: sp_mchid }
  await attachPhotos(
    trx,
    under,
    { visit_id: id },
    visit.photos.map(photo => photo.id),
  )
  const conclusions = conclude(checklist, answers, 1)
  for (const kind of kinds) {
    const detail = conclusions[kind]
    if (!detail) continue
    const evidence_id = `00000000-0000-4000-8003-${String(number * 10 + kinds.indexOf(kind)).padStart(12, '0')}`
    const item = { id: evidence_id, kind, detail, occurred_at: ended_at, recorded_at: received_at, recorded_by: staff_id, source: 'app' }
    await recordEvidence(trx, { sp_mchid, sub_mchid }, [item as NewEvidence], now)
    await trx.insertInto('visit_evidence').values({ sp_mchid, visit_id: id, kind, evidence_id }).execute()
    await attachPhotos(trx, under, { evidence_id }, 'photo_ids' in detail ? detail.photo_ids : [])
  }
}

function photoRow({ id, picture }: DemoPhoto, uploaded_by: string, taken_at: Date) {
  const bytes = readPicture(picture)
  const { width, height } = readImageHeader(bytes)!
  // of the file as it was sent: each photo was another one
  const sha256 = createHash('sha256').update(id).digest('hex')
  const uploaded_at = new Date(taken_at.getTime() + minute)
  return { sp_mchid, id, uploaded_by, sha256, width, height, bytes: bytes.length, taken_at, uploaded_at, stored_at: uploaded_at }
}

const readPicture = (picture: DemoPhoto['picture']): Buffer => readFileSync(new URL(`photos/${picture}.jpg`, import.meta.url))

/** The files of the demo visits' photos. Again is the same as once. */
export async function putDemoPhotos(store: PhotoStore): Promise<void> {
  for (const { id, picture } of visits.flatMap(({ photos }) => photos)) await store.put(id, readPicture(picture))
}
