// 检查表 (product.md §10): the version that holds, the draft of the next one, and what an administrator changes in it, each change kept at once.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ChecklistContent, ChecklistDraft, ChecklistItem, ChecklistTemplate, ChecklistVersionList } from '../../../../typings/api'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { ChecklistTemplateApi } from './endpoints'
import { applied, contradicts, freeId, type Edit } from './edits'
import { formFault, formOfItem, itemOf, newItemForm, type FormFault, type ItemForm } from './form'

export type Part = 'items' | 'versions'

export class ChecklistTemplateStore {
  part: Part = 'items'
  /** the item that is being changed */
  form: ItemForm | null = null
  marked = false
  /** a colleague saved while I did: both are in the draft now */
  merged: string | null = null
  /** a colleague changed the very item that I change: nothing of mine is saved until somebody chooses */
  conflict: { edit: Edit; by: string } | null = null
  /** rises with everything that was kept */
  kept = 0
  published: ChecklistTemplate | null = null
  private before: ChecklistItem | null = null
  private readonly reading: Resource<ChecklistDraft>
  private readonly versionsRead: Resource<ChecklistVersionList>
  private readonly write: AskOnce<{ content: ChecklistContent; version: number }, ChecklistDraft>
  private readonly discarding: AskOnce<{ version: number }, ChecklistDraft>
  private readonly publishing: AskOnce<{ comment: string; version: number }, ChecklistTemplate>

  constructor(
    private readonly context: StoreContext,
    private readonly api: ChecklistTemplateApi,
    private readonly session: SessionStore,
  ) {
    this.reading = new Resource(context, { forbidden: () => {} })
    this.versionsRead = new Resource(context)
    this.write = new AskOnce(context, ({ content, version }, key) => api.putChecklistDraft(content, { version, key }))
    this.discarding = new AskOnce(context, ({ version }, key) => api.discardChecklistDraft({ version, key }))
    this.publishing = new AskOnce(context, ({ comment, version }, key) => api.publishChecklist(comment, { version, key }))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'reading' | 'versionsRead' | 'write' | 'discarding' | 'publishing' | 'before'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        reading: false,
        versionsRead: false,
        write: false,
        discarding: false,
        publishing: false,
        before: observable.ref,
        conflict: observable.ref,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.reading.status
  }
  get skeleton(): boolean {
    return this.reading.skeleton
  }
  get draft(): ChecklistDraft | null {
    return this.reading.value
  }
  get problem(): ProblemView | null {
    return this.problemOf(this.reading.error)
  }
  get versions(): ChecklistVersionList['items'] {
    return this.versionsRead.value?.items ?? []
  }
  get versionsStatus(): ResourceStatus {
    return this.versionsRead.status
  }
  get versionsProblem(): ProblemView | null {
    return this.versionsRead.problem
  }
  get saving(): boolean {
    return this.write.asking
  }
  get publishingNow(): boolean {
    return this.publishing.asking
  }
  get fault(): FormFault | null {
    return this.form && formFault(this.form)
  }
  /** the item that is changed is in no draft yet */
  get isNew(): boolean {
    return this.form !== null && this.before === null
  }
  /** what it is taken for as evidence: its type and answers are bound to that */
  get fact(): ChecklistItem['fact'] | null {
    return this.before?.fact ?? null
  }
  /** something would be different for agents */
  get changes(): boolean {
    const { draft } = this
    return draft !== null && draft.begun
  }
  get refusal(): ProblemView | null {
    return this.problemOf(this.write.error ?? this.discarding.error ?? this.publishing.error)
  }

  choose(part: Part): void {
    this.part = part
    void this.load()
  }
  /** At page show. */
  async load(): Promise<void> {
    await Promise.all([
      this.reading.load(scope => this.api.getChecklistDraft(scope)),
      this.part === 'versions' ? this.versionsRead.load(scope => this.api.listChecklistVersions(scope)) : null,
    ])
  }

  // ---- one item

  /** @param section of a new one */
  edit(id: string, section = ''): void {
    const { draft } = this
    if (!draft || (this.form?.id === id && !this.isNew)) return
    const item = draft.content.items.find(one => one.id === id) ?? null
    this.before = item
    this.form = item ? formOfItem(item) : newItemForm(freeId(section, this.usedIds), section)
    this.marked = false
    this.conflict = null
    this.write.dismiss()
  }
  closeForm(): void {
    this.form = null
    this.before = null
    this.marked = false
    this.conflict = null
  }
  put(change: Partial<ItemForm>): void {
    if (this.form) this.form = { ...this.form, ...change }
  }
  /** Returns whether it is kept, and its form was in front until then. */
  async saveForm(): Promise<boolean> {
    const { form, before } = this
    if (!form) return false
    this.marked = true
    if (this.fault) return false
    const edit: Edit = { is: 'put', item: itemOf(form, before, this.typeOf(form.condition?.item)), before }
    return this.closeAfter(form, this.make(edit))
  }
  move(id: string, by: -1 | 1): Promise<boolean> {
    return this.make({ is: 'move', id, by })
  }
  /** Returns whether it is gone, and what was in front is so still. */
  async remove(id: string): Promise<boolean> {
    const before = this.draft?.content.items.find(item => item.id === id)
    if (!before) return false
    return this.closeAfter(this.form, this.make({ is: 'remove', before }))
  }
  /** 仍用我的 / 用对方的. Returns whether that was done, and its form was in front until then. */
  async settle(choice: 'mine' | 'theirs'): Promise<boolean> {
    const { conflict, draft, form } = this
    if (!conflict || !draft) return false
    this.conflict = null
    const content = applied(draft.content, conflict.edit, this.usedIds)
    return this.closeAfter(form, choice === 'theirs' ? Promise.resolve(true) : this.send(content, draft.version))
  }

  // ---- the whole draft

  async discard(): Promise<void> {
    const { draft } = this
    if (!draft) return
    const answer = await this.discarding.ask({ version: draft.version })
    if (answer) this.took(answer)
    else await this.readAfterMismatch(this.discarding)
  }
  /** @param comment at least 2 characters */
  async publish(comment: string): Promise<void> {
    const { draft } = this
    if (!draft) return
    const answer = await this.publishing.ask({ comment, version: draft.version })
    if (answer) runInAction(() => (this.published = answer))
    else if (this.publishing.error?.code === 'VERSION_MISMATCH') {
      await this.readAfterMismatch(this.publishing)
      return
    } else return
    this.versionsRead.reset()
    await this.load()
  }
  dismiss(): void {
    this.write.dismiss()
    this.discarding.dismiss()
    this.publishing.dismiss()
  }
  /** At page unload. */
  leave(): void {
    this.closeForm()
    this.merged = null
    this.published = null
    this.part = 'items'
    this.dismiss()
  }
  /** Another account. */
  reset(): void {
    this.leave()
    this.reading.reset()
    this.versionsRead.reset()
    this.write.reset()
    this.discarding.reset()
    this.publishing.reset()
  }

  typeOf(id: string | undefined): ItemForm['type'] | null {
    return this.draft?.content.items.find(item => item.id === id)?.type ?? null
  }

  private get usedIds(): string[] {
    const { draft } = this
    return draft ? [...draft.used_ids, ...draft.content.items.map(({ id }) => id)] : []
  }
  private problemOf(error: ApiError | null): ProblemView | null {
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }
  /** Made on what I see; where a colleague saved first, made again on what is there now. Returns whether it is kept. */
  private async make(edit: Edit): Promise<boolean> {
    const { draft } = this
    if (!draft || this.write.asking || this.conflict) return false
    const next = applied(draft.content, edit, this.usedIds)
    if (next === draft.content) return false
    if (await this.send(next, draft.version)) return true
    if (this.write.error?.code !== 'VERSION_MISMATCH') return false
    this.write.dismiss()
    const theirs = await this.readNow()
    if (!theirs) return false
    const by = theirs.updated_by ?? ''
    if (contradicts(edit, theirs.content)) {
      runInAction(() => (this.conflict = { edit, by }))
      return false
    }
    const both = await this.send(applied(theirs.content, edit, this.usedIds), theirs.version)
    if (both) runInAction(() => (this.merged = by))
    return both
  }
  /** Whoever left, or typed on, meanwhile keeps what is in front. */
  private async closeAfter(form: ItemForm | null, change: Promise<boolean>): Promise<boolean> {
    if (!(await change) || this.form !== form) return false
    this.closeForm()
    return true
  }
  private async send(content: ChecklistContent, version: number): Promise<boolean> {
    const answer = await this.write.ask({ content, version })
    if (answer) this.took(answer)
    return answer !== null
  }
  private took(draft: ChecklistDraft): void {
    this.reading.put(draft)
    this.merged = null
    this.published = null
    this.kept += 1
  }
  private async readNow(): Promise<ChecklistDraft | null> {
    try {
      const draft = await this.api.getChecklistDraft()
      this.reading.put(draft)
      return draft
    } catch (thrown) {
      this.reading.fail(asApiError(thrown))
      return null
    }
  }
  /** Somebody saved meanwhile: what they did is shown, and nothing of it is published or thrown away unseen. */
  private async readAfterMismatch(ask: { error: ApiError | null; dismiss(): void }): Promise<void> {
    if (ask.error?.code !== 'VERSION_MISMATCH') return
    ask.dismiss()
    const draft = await this.readNow()
    runInAction(() => (this.merged = draft?.updated_by ?? ''))
  }
}
