// What pages may ask of the stores of field work (product.md §8). stores/outbox.ts, drafts.ts and photos.ts are them.
import type { CameraFailure } from '../phone/camera-failure'
import type { EvidenceResult, VisitRequest, VisitResult } from '../../typings/api'
import type { Answer } from '../shared/checklist'
import type { ProblemView } from '../rules/error-copy'
import type { LocalPhoto, NamedShop, OutboxItem, Parcel, ParcelContent, VisitDraft } from '../rules/field-work'

/**
 * taken: they lie on the phone · unmarked: they do, and this phone cannot draw time and numbers on them · storage_full: no room for a photo ·
 * unreadable: a file that is no picture · too_many · else why there is no picture
 */
export type PhotoOutcome = 'taken' | 'unmarked' | 'storage_full' | 'unreadable' | 'too_many' | CameraFailure
/** what is said of it; a person who went back knows */
export type PhotoTrouble = Exclude<PhotoOutcome, 'taken' | 'cancelled'>
export const photoTroubleOf = (outcome: PhotoOutcome): PhotoTrouble | null =>
  outcome === 'taken' || outcome === 'cancelled' ? null : outcome

export interface Taken {
  outcome: PhotoOutcome
  photos: LocalPhoto[]
  /** the same file was there already and was left out */
  duplicates: number
}

export interface Photos {
  /** a photo is being made ready; not while the person is in the camera */
  busy: boolean
  /** Opens the camera (or the album), makes the photo small, draws time, 商户号 tail and staff code on it, and keeps its file. Never rejects. */
  take(want: {
    sub_mchid: string
    item_id: string | null
    most: number
    from?: 'camera' | 'album'
    known?: readonly LocalPhoto[]
  }): Promise<Taken>
  /** Full screen. */
  preview(photos: readonly Pick<LocalPhoto, 'path'>[], at: number): void
  /** Forgets the file. */
  remove(photo: Pick<LocalPhoto, 'path'>): void
}

/** ok: it lies in the storage · storage_full: nothing was changed */
export type Kept = 'ok' | 'storage_full' | 'gone'
/** queued: it is in the outbox · incomplete: `gap` is the first item that keeps it · storage_full */
export type Submitted = { outcome: 'queued' } | { outcome: 'incomplete'; gap: string } | { outcome: 'storage_full' | 'gone' }

export interface Drafts {
  /** of the account that is logged in, last edited first; without one that was just discarded */
  list: VisitDraft[]
  /** one that was just discarded, for 5 seconds: 撤销 */
  discarded: VisitDraft | null
  find(visit_id: string): VisitDraft | null
  /** the one begun for this shop and never sent, if any */
  ofShop(sub_mchid: string): VisitDraft | null
  /** Begins a visit; null: no room. `prefill` as packages/visit/edit/prefill.ts gives it. */
  begin(
    shop: NamedShop,
    template: VisitDraft['template'],
    prefill?: { answers: Record<string, Answer>; origins: Record<string, unknown> },
  ): VisitDraft | null
  /**
   * A form for a visit, filled with what is known. It becomes a draft with the first answer that a person gives, or with `keepOpened`; until then
   * nothing of it is on the phone, and `close` leaves nothing. null: no room for one.
   */
  open(shop: NamedShop, template: VisitDraft['template'], prefill?: Parameters<Drafts['begin']>[2]): VisitDraft | null
  /** whether this form is not yet a draft */
  isOpened(visit_id: string): boolean
  keepOpened(visit_id: string): Kept
  close(): void
  /** A visit that was returned, or one of an older checklist: goes on under its id. null: no room. */
  goOn(draft: Omit<VisitDraft, 'edited_at' | 'refused' | 'revision'>): VisitDraft | null
  /** undefined takes the answer away. Written before it is shown. */
  answer(visit_id: string, item_id: string, value: Answer | undefined): Kept
  /** Takes photos for an item, at most as many as it and the visit still want. */
  addPhoto(visit_id: string, item_id: string, from?: 'camera' | 'album'): Promise<Taken>
  removePhoto(visit_id: string, photo_id: string): Kept
  setLocation(visit_id: string, location: VisitRequest['location']): Kept
  /** n of m required items (shared/checklist progressOf) */
  progress(visit_id: string): { answered: number; asked: number }
  submit(visit_id: string): Submitted
  /** 修改 of one that waits in the outbox or was refused there: a draft again. null: it is on its way, or no room. */
  reopen(visit_id: string): VisitDraft | null
  /** Out of the list at once, out of the storage after 5 seconds. */
  discard(visit_id: string): void
  undo(): void
}

/** What holds the whole queue. signed_out: a login did not help · disabled: the account · outdated: the app is too old for the server · wifi: photos wait for Wi-Fi */
export type Held = 'offline' | 'signed_out' | 'disabled' | 'outdated' | 'wifi'

export interface Outbox {
  /** photos before what they belong to, oldest first; done ones are not in it */
  items: OutboxItem[]
  /** visits and test payments that the server does not have yet: the badge */
  unsent: number
  /** of them: those that only a person can help (failed, conflict) */
  failed: number
  /** phone time (ms) when something was last taken by the server; null: never */
  last_sent_at: number | null
  /** why nothing moves; null: nothing waits, or it moves */
  held: Held | null
  /** something is on its way */
  sending: boolean
  /** the visit or test payment with this id while it waits; null once the server has it */
  parcel(id: string): Parcel | null
  /** in plain words; null without an error */
  problemOf(id: string): ProblemView | null
  /** Is told what the server made of a visit or test payment, while its account is here. */
  onTaken(listener: (parcel: Parcel, result: VisitResult | EvidenceResult) => void): void
  /** Puts a test payment or visit into the queue; false: no room, nothing was changed. Sends as soon as it may. */
  put(parcel: NewParcel): boolean
  /** Sends what may be sent: app shown, network back, by hand. Resolves when nothing more can be done now. */
  flush(): Promise<void>
  /** 重试 of one, of a photo or what it belongs to: also one that failed. */
  retry(id: string): Promise<void>
  retryAll(): Promise<void>
  /** 修改: out of the queue and back into a draft, which `keep` writes first. false: it is on its way, or it may have arrived and cannot be changed. */
  reopen(id: string, keep: (parcel: Parcel) => boolean): boolean
  /** Drops one that lives on as a newer draft; its photos are the draft's. */
  supersede(id: string): void
  /** 删除: it and its photos. false: it is on its way. */
  remove(id: string): boolean
  /** for 退出登录: what of this account the server does not have */
  unsentOf(staff_id: string): { waiting: number; drafts: number }
  /** 放弃并退出: everything of this account that was not sent, drafts included. */
  abandon(staff_id: string): void
}

export interface NewParcel {
  shop: NamedShop
  photos: readonly LocalPhoto[]
  content: ParcelContent
  /** of the draft that it was */
  revision: number
}
