// Work that is done in a shop and kept on the phone until the server has it: photos, drafts of visits, what waits to be sent (product.md §8).
import type { ChecklistTemplate, EvidenceRequest, VisitRequest } from '../../typings/api'
import type { Answer } from '../shared/checklist'

/** A photo that lies on this phone. Compressed and with its watermark; the file stays until the server has what the photo belongs to. */
export interface LocalPhoto {
  /** made by the phone; in answers of a draft it stands for the photo, and the server's id takes its place when it is sent */
  id: string
  /** the item of the checklist that it answers; null: none */
  item_id: string | null
  /** of the file: what an image shows and an upload sends */
  path: string
  /** server time, ISO 8601 */
  taken_at: string
  /** lower-case hex */
  sha256: string
  /** of the picture before it was drawn anew: the same one chosen twice is left out */
  source_sha256: string
  bytes: number
}

/** The shop as lists name it, so that they need no network. */
export interface NamedShop {
  sub_mchid: string
  name: string
  region_name: string
}

/** A visit that is being made. Everything of it lies under one key of the storage, so that it is changed as a whole or not at all. */
export interface VisitDraft {
  /** made by the phone: the id of the visit */
  id: string
  shop: NamedShop
  /** the checklist that it is made by */
  template: ChecklistTemplate
  /** server time, ISO 8601 */
  started_at: string
  /** of the last change; server time, ISO 8601 */
  edited_at: string
  /** by item; those to photo items hold ids of `photos`, and of photos that the server has (a visit that was returned) */
  answers: Record<string, Answer>
  /** where answers came from that nobody typed (packages/visit/edit/prefill.ts); an answer that is changed loses its own */
  origins: Record<string, unknown>
  photos: LocalPhoto[]
  location: VisitRequest['location']
  /** it was sent or reviewed then (server time, ISO 8601): a version that ends no later would not count; absent: neither */
  after?: string
  /** by item: what the server said to it when it was sent, until it is changed */
  refused: Record<string, string>
  /** 0 for one that was never given to the outbox; one more each time it comes back from there to be changed */
  revision: number
}

/** waiting: for its turn, a network, or its photos · sending · failed: only a person can help · conflict: somebody reviewed the visit, this is a copy · done */
type OutboxStatus = 'waiting' | 'sending' | 'failed' | 'conflict' | 'done'
type OutboxKind = 'photo' | 'evidence' | 'visit'

/** What was answered to the last try. */
export interface OutboxError {
  code: string
  status: number
  request_id: string | null
  /** the server's sentence, for codes that are newer than the app */
  detail?: string
  /** field → code, as errors[] of the answer */
  fields: { field: string; code: string }[]
}

export interface Tried {
  /** Idempotency-Key; another one only when the content is another */
  key: string
  status: OutboxStatus
  /** tries that ended without an answer that settles it */
  tries: number
  /** phone time (ms); null: at once */
  next_at: number | null
  /** whether a try ended without a clear answer: the server may have it */
  unsure: boolean
  error: OutboxError | null
}

export interface ParcelPhoto extends LocalPhoto, Tried {
  /** the server's, once it has the photo */
  photo_id: string | null
}

/** As it is kept: the checklist lies beside it once, and photos with what they belong to. */
export type KeptDraft = Omit<VisitDraft, 'template' | 'photos'> & { template_version: number }

export type ParcelContent =
  | { kind: 'visit'; request: VisitRequest; draft: KeptDraft }
  /** `form`: what the page needs to go on with it when it is refused */
  | { kind: 'evidence'; request: EvidenceRequest; form: unknown }

/** One visit or one test payment with its photos, on its way: one key of the storage. */
export type Parcel = {
  /** of the visit or the evidence */
  id: string
  staff_id: string
  shop: NamedShop
  /** phone time, ms */
  created_at: number
  /** the order in which it is sent */
  turn: number
  revision: number
  photos: ParcelPhoto[]
  /** how often its photos were sent anew because the server had them no longer */
  resent: number
} & Tried &
  ParcelContent

/** One line of the outbox, as product.md §8 names its fields. */
export interface OutboxItem {
  id: string
  kind: OutboxKind
  /** of the visit or evidence that it is or belongs to */
  parcel_id: string
  shop: NamedShop
  status: OutboxStatus
  /** ids of the photos that go first */
  depends_on: string[]
  created_at: number
  tries: number
  /** phone time (ms) of the next try; null: at once */
  next_at: number | null
  error: OutboxError | null
  /** of a photo, else '' */
  path: string
}
