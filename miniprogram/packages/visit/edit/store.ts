// 到店检查: one visit while it is made (product.md M17). What is answered lies in the drafts of the app before it is drawn, so that leaving, a call or a
// kill loses nothing; this store only knows which visit is on screen and what stands in its way.
import { computed, makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { SubMerchant } from '../../../../typings/api'
import { AbortScope } from '../../../api/abort-scope'
import type { Answer } from '../../../shared/checklist'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import type { VisitDraft } from '../../../rules/field-work'
import { clockTime } from '../../../rules/relative-time'
import type { ChecklistStore } from '../../../stores/checklist'
import type { StoreContext } from '../../../stores/context'
import type { DetailsCache } from '../../../stores/details-cache'
import type { DraftsStore } from '../../../stores/drafts'
import { photoTroubleOf, type Outbox, type PhotoTrouble, type Photos } from '../../../stores/field-work'
import type { KnownShops } from '../../../stores/known-shops'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import { broughtUpToDate, draftOf, RETURNED, waitingTest, type Returned } from './beginnings'
import { formFacts, photosOnServer } from './form-facts'
import { formView, type FormView } from './view'
import type { PhotoLinks } from '../stores/photo-links'
import { prefillOf, testOfToday, type KnownTest } from './prefill'
import { newestTemplate, readShop } from './reading'

/**
 * no_template: none was ever loaded and there is no network · no_room: the phone is full · not_yours, accepted: there is such a visit, and it is not to be changed · sent: it left
 * the form (`sending` says how far it is)
 */
type FormEnd = 'ready' | 'forbidden' | 'no_template' | 'no_room' | 'not_yours' | 'accepted' | 'sent'
export type FormStatus = ResourceStatus | FormEnd

export interface FormStores {
  session: SessionStore
  checklist: ChecklistStore
  details: Pick<DetailsCache, 'get'>
  known: Pick<KnownShops, 'find'>
  drafts: DraftsStore
  outbox: Outbox
  photos: Pick<Photos, 'preview' | 'busy'>
  links: PhotoLinks
}

export class VisitFormStore {
  visit_id: string | null = null
  /** somebody asked to submit: gaps are marked */
  marked = false
  /** the checklist is newer than the answers */
  template_changed = false
  /** the last change found no room: it is drawn, and not kept */
  not_kept = false
  /** why no photo was taken; null: it was, or nobody wanted one */
  photo_trouble: PhotoTrouble | null = null
  /** the item that the photo is for that is being taken, or was taken last */
  taking_for = ''
  /** what opening it came to */
  private readonly opening: Resource<FormEnd>
  private scope: AbortScope | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly stores: FormStores,
  ) {
    this.opening = new Resource(context, { forbidden: () => {} })
    makeAutoObservable<this, 'context' | 'stores' | 'scope' | 'opening'>(
      this,
      {
        context: false,
        stores: false,
        scope: false,
        opening: false,
        form: computed.struct,
        returned: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): FormStatus {
    return this.opening.value ?? this.opening.status
  }
  get skeleton(): boolean {
    return this.opening.skeleton
  }
  get draft(): VisitDraft | null {
    return this.visit_id === null ? null : this.stores.drafts.find(this.visit_id)
  }
  get problem(): ProblemView | null {
    const { error } = this.opening
    return error && problemView(error, this.context.preferences.say, this.stores.session.staff?.role)
  }
  get form(): FormView | null {
    const { draft } = this
    if (!draft) return null
    const { language, say } = this.context.preferences
    const { links, session } = this.stores
    return formView(formFacts(draft, { src: id => links.src(id), language, now: session.serverNow() }, say), say)
  }
  /** there is a draft: something was answered, or it was kept on purpose */
  get begun(): boolean {
    return this.visit_id !== null && !this.stores.drafts.isOpened(this.visit_id)
  }
  /** "10:32": when the phone last wrote it */
  get saved_at(): string {
    return this.draft ? clockTime(Date.parse(this.draft.edited_at)) : ''
  }
  /** what the lead said */
  get returned(): Returned | null {
    return (this.draft?.origins[RETURNED] as Returned | undefined) ?? null
  }

  /** At page show: goes on with this visit, or with the one begun for this shop, or begins. */
  async open({ visit_id, sub_mchid }: { visit_id: string; sub_mchid: string }): Promise<void> {
    const { session, drafts, outbox } = this.stores
    if (this.visit_id !== null && (visit_id === '' || visit_id === this.visit_id)) return this.comeBack()
    this.forget()
    if (!session.me?.actions.includes('visit.write')) return this.opening.put('forbidden')
    const draft = visit_id === '' ? drafts.ofShop(sub_mchid) : drafts.find(visit_id)
    if (draft) {
      this.visit_id = draft.id
      this.opening.put('ready')
      return this.comeBack()
    }
    if (visit_id !== '' && outbox.parcel(visit_id)) {
      this.visit_id = visit_id
      return this.opening.put('sent')
    }
    await this.opening.load(scope => (visit_id === '' ? this.begin(sub_mchid, scope) : this.goOnWith(visit_id, scope)))
  }
  /** undefined takes the answer away. */
  answer(item_id: string, value: Answer | undefined): void {
    if (this.visit_id !== null) this.kept(this.stores.drafts.answer(this.visit_id, item_id, value))
  }
  async addPhoto(item_id: string, from: 'camera' | 'album' = 'camera'): Promise<void> {
    const { visit_id } = this
    if (visit_id === null) return
    if (!this.stores.photos.busy) this.taking_for = item_id
    this.photo_trouble = null
    const { outcome } = await this.stores.drafts.addPhoto(visit_id, item_id, from)
    runInAction(() => {
      if (this.visit_id === visit_id) this.photo_trouble = photoTroubleOf(outcome)
    })
  }
  removePhoto(item_id: string, photo_id: string): void {
    const { draft } = this
    if (!draft) return
    if (draft.photos.some(({ id }) => id === photo_id)) return this.kept(this.stores.drafts.removePhoto(draft.id, photo_id))
    const answer = draft.answers[item_id]
    const left = Array.isArray(answer) ? (answer as readonly string[]).filter(id => id !== photo_id) : []
    this.answer(item_id, left.length > 0 ? left : undefined)
  }
  /** The photos of an item, full screen; those on the server once their links are there. */
  seePhoto(item_id: string, photo_id: string): void {
    const item = this.form?.sections.flatMap(({ items }) => items).find(({ id }) => id === item_id)
    const seen = (item?.photos ?? []).filter(({ src }) => src !== '')
    const at = seen.findIndex(({ id }) => id === photo_id)
    if (at >= 0)
      this.stores.photos.preview(
        seen.map(({ src }) => ({ path: src })),
        at,
      )
  }
  dismissPhotoTrouble(): void {
    this.photo_trouble = null
  }
  /** 提交: into the outbox; null. Else the id of the first item that is missing, which is marked from now on. */
  submit(): string | null {
    const { visit_id, form } = this
    if (visit_id === null || !form) return null
    if (form.gap) {
      this.marked = true
      return form.gap.id
    }
    const submitted = this.stores.drafts.submit(visit_id)
    if (submitted.outcome === 'queued') this.opening.put('sent')
    else if (submitted.outcome === 'incomplete') {
      this.marked = true
      return submitted.gap
    } else this.not_kept = true
    return null
  }
  /** 修改 of one that waits or was refused: out of the outbox, back into the form. */
  change(): void {
    const { visit_id } = this
    if (visit_id === null || this.stores.drafts.reopen(visit_id) === null) return
    this.opening.put('ready')
    this.marked = true
  }
  /** 存草稿: also a form in which nothing was answered yet. @returns whether it lies on the phone */
  keep(): boolean {
    if (this.visit_id !== null) this.kept(this.stores.drafts.keepOpened(this.visit_id))
    return !this.not_kept
  }
  /** 删除这份草稿: 撤销 for 5 seconds. */
  discard(): void {
    if (this.visit_id !== null) this.stores.drafts.discard(this.visit_id)
  }
  /** At page unload: the draft stays. */
  leave(): void {
    this.forget()
  }
  /** Another account. */
  reset(): void {
    this.forget()
  }

  /** The page is shown again: the record may have changed, and a test payment may have been made meanwhile. */
  private async comeBack(): Promise<void> {
    const { draft } = this
    if (!draft || this.status !== 'ready') return
    this.loadLinks(draft)
    this.prefill(draft, this.waitingTest(draft.shop.sub_mchid), null)
    if (!this.context.network.online) return
    const scope = (this.scope ??= new AbortScope())
    try {
      await this.stores.checklist.refresh()
      const merchant = await this.context.api.getSubMerchant(draft.shop.sub_mchid, scope)
      const now = this.draft
      if (this.scope === scope && now?.id === draft.id) this.prefill(now, this.testOf(merchant), merchant)
    } catch {
      // what is there goes on: nothing of it depends on this answer
    }
  }
  private async begin(sub_mchid: string, scope: AbortScope): Promise<FormEnd> {
    const template = await newestTemplate(this.context, this.stores.checklist)
    if (!template) return 'no_template'
    const { shop, merchant, read_at } = await readShop(this.context, this.stores, sub_mchid, scope)
    // left meanwhile: nothing is begun
    if (scope.aborted) return 'ready'
    const test = (merchant && this.testOf(merchant)) ?? this.waitingTest(sub_mchid)
    return this.took(this.stores.drafts.open(shop, template, prefillOf(template, { merchant, test, read_at })))
  }
  /** One that was returned, or sent and not yet reviewed. */
  private async goOnWith(visit_id: string, scope: AbortScope): Promise<FormEnd> {
    const { session, drafts } = this.stores
    const visit = await this.context.api.getVisit(visit_id, scope)
    if (scope.aborted) return 'ready'
    runInAction(() => (this.visit_id = visit_id))
    if (visit.staff.id !== session.staff?.id) return 'not_yours'
    if (visit.status === 'accepted') return 'accepted'
    const template = await newestTemplate(this.context, this.stores.checklist)
    if (!template) return 'no_template'
    if (scope.aborted) return 'ready'
    this.template_changed = template.version !== visit.template_version
    return this.took(drafts.goOn(draftOf(visit, template)))
  }
  private took(draft: VisitDraft | null): FormEnd {
    if (!draft) return 'no_room'
    runInAction(() => (this.visit_id = draft.id))
    this.loadLinks(draft)
    return 'ready'
  }
  /** What is known goes where nobody answered, and where the record answered before. A newer checklist takes the place of the old one. */
  private prefill(draft: VisitDraft, test: KnownTest | undefined, merchant: SubMerchant | null): void {
    const { checklist, drafts, session } = this.stores
    const known = { merchant, test, read_at: new Date(session.serverNow()).toISOString() }
    const next = broughtUpToDate(draft, checklist.current, known)
    if (!next) return
    if (next.template.version !== draft.template.version) this.template_changed = true
    // what the server refused, and how often it came back, stays with it
    if (drafts.goOn(next, draft.refused, draft.revision) === null) this.not_kept = true
  }
  private testOf(merchant: SubMerchant): KnownTest | undefined {
    const { session } = this.stores
    return testOfToday(merchant.recent_evidence, session.staff?.id ?? '', session.serverNow())
  }
  /** one of today that waits on the phone */
  private waitingTest(sub_mchid: string): KnownTest | undefined {
    const { outbox, session } = this.stores
    const parcels = outbox.items.flatMap(({ kind, parcel_id }) => (kind === 'evidence' ? (outbox.parcel(parcel_id) ?? []) : []))
    return waitingTest(parcels, sub_mchid, session.serverNow())
  }
  /** of photos that are on the server */
  private loadLinks(draft: VisitDraft): void {
    void this.stores.links.load(photosOnServer(draft))
  }
  private kept(outcome: 'ok' | 'storage_full' | 'gone'): void {
    this.not_kept = outcome === 'storage_full'
  }
  private forget(): void {
    this.stores.drafts.close()
    this.scope?.abort()
    this.scope = null
    this.opening.reset()
    runInAction(() => {
      this.visit_id = null
      this.marked = false
      this.template_changed = false
      this.not_kept = false
      this.photo_trouble = null
    })
  }
}
