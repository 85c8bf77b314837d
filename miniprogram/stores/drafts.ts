// Visits that are being made (product.md M17, §8). Every change lies in the storage before the screen shows it; what finds no room is refused and said.
// Bind: list, discarded.
import { MOST_PHOTOS } from '../shared/photos'
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ChecklistTemplate, VisitRequest } from '../../typings/api'
import { askedAnswers, firstGap, progressOf, type Answer } from '../shared/checklist'
import type { KeptDraft, LocalPhoto, NamedShop, Parcel, VisitDraft } from '../rules/field-work'
import { isAhead, localPhotoOf } from '../rules/outbox'
import { uuid } from '../rules/uuid'
import type { StoreContext } from './context'
import type { Drafts, Kept, Outbox, Photos, Submitted, Taken } from './field-work'
import { UnsentWork } from './unsent-work'
import { keptAs } from '../phone/kept-as'

const UNDO_MS = 5_000

export interface DraftsOptions {
  context: StoreContext
  /** names of all kept values */
  keys: () => readonly string[]
  photos: Photos
  outbox: Outbox
  /** server time, ms */
  serverNow: () => number
  /** the checklist that is asked now, where it is on the phone */
  newest: () => ChecklistTemplate | null
}

type Shelved = KeptDraft & { photos: LocalPhoto[] }
const DRAFT = keptAs<Shelved>(1, { id: '', shop: {}, answers: {}, photos: [{}] })
const TEMPLATE = keptAs<ChecklistTemplate>(1, { items: [{}] })

export class DraftsStore implements Drafts {
  discarded: VisitDraft | null = null
  private drafts: VisitDraft[] = []
  /** on screen, with nothing in it that a person answered: no draft, and not kept */
  private opened: VisitDraft | null = null
  private staff_id: string | null = null
  private undoing: unknown = null
  private readonly work: UnsentWork<Shelved>

  constructor(private readonly options: DraftsOptions) {
    this.work = new UnsentWork(options.context.phone.storage, options.keys, 'draft', DRAFT)
    makeAutoObservable<this, 'options' | 'work' | 'undoing' | 'drafts' | 'opened'>(
      this,
      { options: false, work: false, undoing: false, drafts: observable.ref, opened: observable.ref, discarded: observable.ref },
      { autoBind: true },
    )
  }

  get list(): VisitDraft[] {
    return this.drafts
      .filter(({ id }) => id !== this.discarded?.id)
      .sort((one, other) => Date.parse(other.edited_at) - Date.parse(one.edited_at))
  }
  find(visit_id: string): VisitDraft | null {
    return this.list.find(({ id }) => id === visit_id) ?? (this.isOpened(visit_id) ? this.opened : null)
  }
  ofShop(sub_mchid: string): VisitDraft | null {
    return this.list.find(({ shop, revision }) => shop.sub_mchid === sub_mchid && revision === 0) ?? null
  }
  progress(visit_id: string): { answered: number; asked: number } {
    const draft = this.find(visit_id)
    return draft ? progressOf(draft.template, draft.answers) : { answered: 0, asked: 0 }
  }

  /** Shows what lies here for this account; null: for nobody. After the outbox, which tells what was submitted already. */
  use(staff_id: string | null): void {
    if (staff_id === this.staff_id) return
    this.endUndo()
    this.close()
    this.staff_id = staff_id
    this.drafts = staff_id === null ? [] : this.work.all(staff_id).flatMap(kept => this.restored(staff_id, kept))
  }
  /** The account left the phone. What it began stays for it. */
  wipe(): void {
    this.use(null)
  }

  begin(...given: Parameters<Drafts['begin']>): VisitDraft | null {
    const opened = this.open(...given)
    return opened && this.keep(opened) === 'ok' ? opened : null
  }
  open(shop: NamedShop, template: ChecklistTemplate, prefill?: Parameters<Drafts['begin']>[2]): VisitDraft | null {
    if (this.staff_id === null || !this.keepTemplate(template)) return null
    this.opened = {
      id: uuid(this.options.context.random),
      shop,
      template,
      started_at: this.now(),
      answers: { ...prefill?.answers },
      origins: { ...prefill?.origins },
      photos: [],
      location: null,
      edited_at: this.now(),
      refused: {},
      revision: 0,
    }
    return this.opened
  }
  isOpened(visit_id: string): boolean {
    return this.opened?.id === visit_id
  }
  keepOpened(visit_id: string): Kept {
    return this.isOpened(visit_id) ? this.keep(this.opened!) : 'ok'
  }
  close(): void {
    this.opened = null
  }
  goOn(begun: Parameters<Drafts['goOn']>[0], refused: Record<string, string> = {}, revision = 0): VisitDraft | null {
    if (this.staff_id === null) return null
    const draft: VisitDraft = { ...begun, edited_at: this.now(), refused, revision }
    // before the draft that needs it
    if (!this.keepTemplate(draft.template)) return null
    if (this.isOpened(draft.id)) return (this.opened = draft)
    return this.keep(draft) === 'ok' ? draft : null
  }

  answer(visit_id: string, item_id: string, value: Answer | undefined): Kept {
    return this.change(visit_id, draft => {
      const answers = { ...draft.answers }
      const origins = { ...draft.origins }
      const refused = { ...draft.refused }
      delete origins[item_id]
      delete refused[item_id]
      if (value === undefined) delete answers[item_id]
      else answers[item_id] = value
      return { answers, origins, refused }
    })
  }
  setLocation(visit_id: string, location: VisitDraft['location']): Kept {
    return this.change(visit_id, () => ({ location }))
  }
  addPhoto(visit_id: string, item_id: string, from?: 'camera' | 'album'): Promise<Taken> {
    const none: Taken = { outcome: 'cancelled', photos: [], duplicates: 0 }
    const draft = this.find(visit_id)
    const item = draft?.template.items.find(({ id }) => id === item_id)
    if (!draft || !item) return Promise.resolve(none)
    const most = Math.min((item.max ?? MOST_PHOTOS) - idsIn(draft.answers[item_id]).length, MOST_PHOTOS - photoCount(draft))
    const { sub_mchid } = draft.shop
    return this.options.photos.take({ sub_mchid, item_id, most, ...(from && { from }), known: draft.photos }).then(taken => {
      if (taken.photos.length === 0) return taken
      const kept = this.change(visit_id, ({ answers, photos, refused }) => ({
        photos: [...photos, ...taken.photos],
        answers: { ...answers, [item_id]: [...idsIn(answers[item_id]), ...taken.photos.map(({ id }) => id)] },
        refused: Object.fromEntries(Object.entries(refused).filter(([id]) => id !== item_id)),
      }))
      if (kept === 'ok') return taken
      taken.photos.forEach(this.options.photos.remove)
      return { ...none, outcome: kept === 'gone' ? ('cancelled' as const) : kept }
    })
  }
  removePhoto(visit_id: string, photo_id: string): Kept {
    const photo = this.find(visit_id)?.photos.find(({ id }) => id === photo_id)
    const kept = this.change(visit_id, ({ answers, photos }) => ({
      photos: photos.filter(({ id }) => id !== photo_id),
      answers: Object.fromEntries(
        Object.entries(answers).flatMap(([item, value]) => {
          if (!Array.isArray(value) || !value.includes(photo_id)) return [[item, value]]
          const left = (value as readonly string[]).filter(id => id !== photo_id)
          return left.length === 0 ? [] : [[item, left]]
        }),
      ),
    }))
    if (kept === 'ok' && photo) this.options.photos.remove(photo)
    return kept
  }

  submit(visit_id: string): Submitted {
    const draft = this.find(visit_id)
    if (!draft || this.staff_id === null) return { outcome: 'gone' }
    const gap = firstGap(draft.template, draft.answers)
    if (gap !== null) return { outcome: 'incomplete', gap }
    const answers = askedAnswers(draft.template, draft.answers)
    const sent = new Set(Object.values(answers).flatMap(idsIn))
    const photos = draft.photos.filter(({ id }) => sent.has(id))
    const { template, photos: _photos, ...rest } = draft
    const request = {
      sub_mchid: draft.shop.sub_mchid,
      template_version: template.version,
      status: 'submitted' as const,
      started_at: draft.started_at,
      ended_at: this.ended(draft),
      answers: answers as VisitRequest['answers'],
      location: draft.location ?? null,
    }
    const content = { kind: 'visit' as const, request, draft: { ...rest, template_version: template.version } }
    // a kill after this finds both, and the one in the outbox is the newer
    if (!this.options.outbox.put({ shop: draft.shop, photos, content, revision: draft.revision })) return { outcome: 'storage_full' }
    this.drop(visit_id)
    draft.photos.filter(({ id }) => !sent.has(id)).forEach(this.options.photos.remove)
    return { outcome: 'queued' }
  }
  reopen(visit_id: string): VisitDraft | null {
    let draft: VisitDraft | null = null
    this.options.outbox.reopen(visit_id, parcel => {
      if (parcel.kind !== 'visit') return false
      const { template_version, refused: _refused, revision, edited_at: _edited, ...rest } = parcel.draft
      const template = this.templateOf(template_version)
      if (!template) return false
      const fields = (parcel.error?.fields ?? []).filter(({ field }) => field.startsWith('answers.'))
      const refused = Object.fromEntries(fields.map(({ field, code }) => [field.slice('answers.'.length), code]))
      draft = this.goOn(
        { ...rest, ...this.timesOf(parcel, rest), template, photos: parcel.photos.map(localPhotoOf) },
        refused,
        Math.max(revision, parcel.revision) + 1,
      )
      return draft !== null
    })
    return draft
  }

  /** A time that the server refused because the phone's clock ran ahead is no time to come after. */
  private timesOf(parcel: Extract<Parcel, { kind: 'visit' }>, { started_at, after }: Pick<VisitDraft, 'started_at' | 'after'>) {
    if (!isAhead(parcel)) return { after: parcel.request.ended_at }
    return { after, started_at: new Date(Math.min(Date.parse(started_at), this.options.serverNow())).toISOString() }
  }

  discard(visit_id: string): void {
    const draft = this.find(visit_id)
    if (!draft) return
    this.endUndo()
    this.discarded = draft
    this.undoing = this.options.context.timers.set(this.endUndo, UNDO_MS)
  }
  undo(): void {
    if (this.undoing !== null) this.options.context.timers.clear(this.undoing)
    this.undoing = null
    this.discarded = null
  }

  /** The discarded one goes for good. */
  private endUndo(): void {
    const { discarded } = this
    this.undo()
    if (!discarded) return
    this.drop(discarded.id)
    discarded.photos.forEach(this.options.photos.remove)
  }
  private change(visit_id: string, next: (draft: VisitDraft) => Partial<VisitDraft>): Kept {
    const draft = this.find(visit_id)
    return draft ? this.keep({ ...draft, ...next(draft), edited_at: this.now() }) : 'gone'
  }
  private keep(draft: VisitDraft): Kept {
    const { template, ...rest } = draft
    try {
      this.work.put(this.staff_id!, draft.id, { ...rest, template_version: template.version })
    } catch {
      return 'storage_full'
    }
    runInAction(() => {
      this.drafts = [...this.drafts.filter(({ id }) => id !== draft.id), draft]
      if (this.isOpened(draft.id)) this.opened = null
    })
    return 'ok'
  }
  private keepTemplate(template: ChecklistTemplate): boolean {
    try {
      TEMPLATE.write(this.options.context.phone.storage, templateKey(template.version), template)
      return true
    } catch {
      return false
    }
  }
  private drop(visit_id: string): void {
    if (this.isOpened(visit_id)) this.opened = null
    this.work.drop(this.staff_id!, visit_id)
    this.drafts = this.drafts.filter(({ id }) => id !== visit_id)
  }
  /** A kill between two writes left it both here and in the outbox: the later one counts. */
  private restored(staff_id: string, kept: Shelved): VisitDraft[] {
    const parcel = this.options.outbox.parcel(kept.id)
    if (parcel && parcel.revision >= kept.revision) {
      this.work.drop(staff_id, kept.id)
      return []
    }
    if (parcel) this.options.outbox.supersede(kept.id)
    const { template_version, ...rest } = kept
    const template = this.templateOf(template_version)
    return template ? [{ ...rest, template }] : []
  }
  private templateOf(version: number): ChecklistTemplate | null {
    const kept = TEMPLATE.read(this.options.context.phone.storage, templateKey(version))
    if (kept) return kept
    // a damaged copy of its own checklist does not hide a draft
    const newest = this.options.newest()
    return newest?.version === version ? newest : null
  }
  /** A phone whose clock was set back in the middle of a visit: it did not end before it began, nor before its last version. */
  private ended({ started_at, after }: VisitDraft): string {
    return new Date(Math.max(this.options.serverNow(), Date.parse(started_at), after ? Date.parse(after) + 1_000 : 0)).toISOString()
  }
  private now(): string {
    return new Date(this.options.serverNow()).toISOString()
  }
}

const templateKey = (version: number) => `checklist:${version}`
const idsIn = (value: Answer | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : [])
/** those on the phone, and those of a returned visit that the server has */
const photoCount = ({ template, answers }: VisitDraft): number =>
  new Set(template.items.filter(({ type }) => type === 'photo').flatMap(({ id }) => idsIn(answers[id]))).size
