// 平台名单: a list of what the console shows that was sent: looked through as a preview, recorded by the server, and asked for meanwhile (product.md B11).
// draft.ts is what is put together before.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { PortalCheckList, PortalCheckListRow, PortalCheckListRowQuery } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { PortalListApi } from './endpoints'
import type { ChatFiles } from './chat-file'
import { ListDraft } from './draft'

export type ListGroup = PortalCheckListRowQuery['group']

/** how often a list that is being recorded is asked for, ms */
const POLL_MS = 1_000

export class PortalListStore {
  readonly draft: ListDraft
  group: ListGroup = 'differ'
  private shown = false
  private poll: unknown = null
  private readonly list: Resource<PortalCheckList>
  private readonly pages: PagedList<PortalCheckListRow>
  private readonly applying: AskOnce<string, PortalCheckList>
  private readonly cancelling: AskOnce<string, PortalCheckList>

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    files: ChatFiles,
    private readonly api: PortalListApi,
  ) {
    this.draft = new ListDraft(context, session, files, api)
    // it was tidied away, or is another's
    this.list = new Resource(context, { forbidden: () => this.forgetList() })
    this.pages = new PagedList({
      context,
      fetch: (cursor, scope) =>
        api.rows(this.list_id ?? '', { group: this.group, limit: 50, ...(cursor === null ? {} : { cursor }) }, scope),
      idOf: ({ line }) => String(line),
    })
    this.applying = new AskOnce(context, (id, key) => api.apply(id, key))
    this.cancelling = new AskOnce(context, (id, key) => api.cancel(id, key))
    makeAutoObservable<this, 'context' | 'session' | 'api' | 'shown' | 'poll' | 'list' | 'pages' | 'applying' | 'cancelling'>(
      this,
      {
        draft: false,
        context: false,
        session: false,
        api: false,
        shown: false,
        poll: false,
        list: false,
        pages: false,
        applying: false,
        cancelling: false,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get list_id(): string | null {
    return this.draft.list_id
  }
  /** the preview, or what became of it; null: none is there yet */
  get value(): PortalCheckList | null {
    return this.list.value
  }
  get status(): ResourceStatus {
    return this.list.status
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  get rows(): PortalCheckListRow[] {
    return this.pages.items
  }
  get rowsStatus(): ResourceStatus {
    return this.pages.status
  }
  get rowsProblem(): ProblemView | null {
    return this.pages.problem
  }
  get more(): MoreStatus {
    return this.pages.more
  }
  get isApplying(): boolean {
    return this.applying.asking
  }
  get isCancelling(): boolean {
    return this.cancelling.asking
  }
  get allowed(): boolean {
    return this.session.me?.actions.includes('portal_check.write') ?? false
  }
  /** What stood in the way of applying or cancelling, or of a list for another reason than its content. */
  get refusal(): ProblemView | null {
    const error = this.applying.error ?? this.cancelling.error ?? this.draft.error
    return error && !error.outcomeUnknown ? problemView(error, this.context.preferences.say, this.session.staff?.role ?? null) : null
  }

  /** At page show. */
  async open(): Promise<void> {
    const first = !this.shown
    this.shown = true
    if (first && this.value === null && this.draft.empty) this.draft.restore()
    if (this.list_id !== null && this.allowed) await this.refresh()
  }
  /** At page hide: nobody asks how far it is while nobody looks. */
  hide(): void {
    this.shown = false
    this.stopPolling()
    this.draft.hide()
  }
  leave(): void {
    this.hide()
    this.list.stop()
  }
  async refresh(): Promise<void> {
    const { list_id } = this
    if (list_id === null) return
    this.stopPolling()
    const before = this.value?.status
    const came = await this.list.load(scope => this.api.get(list_id, scope))
    if (came && (before !== this.value?.status || this.pages.status === 'idle')) void this.pages.load({ keep: true })
    this.pollAgain()
  }
  /** 预览: nothing is recorded by it. */
  async send(): Promise<void> {
    const list = await this.draft.send()
    if (list) this.adopted(list)
  }
  /** 记录: in the background of the server. */
  async apply(): Promise<void> {
    const { value } = this
    if (!value || this.isApplying) return
    const list = await this.applying.ask(value.id)
    if (list) this.changed(list)
  }
  async cancel(): Promise<void> {
    const { value } = this
    if (!value || this.isCancelling) return
    const list = await this.cancelling.ask(value.id)
    if (list) this.changed(list)
  }
  choose(group: ListGroup): void {
    this.group = group
    void this.pages.load()
  }
  async loadMore(): Promise<void> {
    await this.pages.loadMore()
  }
  /** 另一份名单: what was sent is on the server, what is here begins anew. */
  another(): void {
    this.edit()
    this.group = 'differ'
    this.draft.clear()
  }
  /** Back to what was put together, to mend it: the preview is given up. */
  edit(): void {
    this.list.reset()
    this.pages.reset()
    this.forgetList()
  }
  dismiss(): void {
    this.applying.dismiss()
    this.cancelling.dismiss()
    this.draft.dismiss()
  }
  /** Another account: nothing of the last one stays in sight. */
  reset(): void {
    this.leave()
    this.list.reset()
    this.pages.reset()
    this.applying.reset()
    this.cancelling.reset()
    this.draft.reset()
    this.group = 'differ'
  }

  private adopted(list: PortalCheckList): void {
    this.draft.became(list.id)
    this.list.put(list)
    this.group = firstGroup(list)
    void this.pages.load()
  }
  private changed(list: PortalCheckList): void {
    this.list.put(list)
    this.pollAgain()
  }
  private pollAgain(): void {
    this.stopPolling()
    if (!this.shown || this.value?.status !== 'applying') return
    this.poll = this.context.timers.set(() => void this.refresh(), POLL_MS)
  }
  private stopPolling(): void {
    this.context.timers.clear(this.poll)
    this.poll = null
  }
  private forgetList(): void {
    this.stopPolling()
    this.draft.became(null)
  }
}

/** What a person has to look at first. */
const firstGroup = ({ counts }: PortalCheckList): ListGroup =>
  (['differ', 'refused', 'unknown', 'same'] as const).find(group => counts[group] > 0) ?? 'differ'
