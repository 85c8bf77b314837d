// 平台名单: what the console shows of many shops at once. It is put together here, looked through as a preview, and recorded by the server (product.md B11).
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { PortalCheckList, PortalCheckListRow, PortalCheckListRowQuery } from '../../../../typings/api'
import { ApiError } from '../../../api/errors'
import { keptAs } from '../../../phone/kept-as'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { firstCharacters } from '../../../shared/characters'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { PortalListApi } from './api'
import type { ChatFile, ChatFileChoice, ChatFiles } from './chat-file'
import { momentOf, MOST_BYTES, MOST_PASTED, paymentCodeLine } from './rules'

export type ListGroup = PortalCheckListRowQuery['group']
/** now: the console was looked at just before · earlier: `date` and `time` say when */
export interface Looked {
  when: 'now' | 'earlier'
  /** YYYY-MM-DD, hh:mm, Beijing time */
  date: string
  time: string
}
interface Draft {
  text: string
  file: ChatFile | null
  looked: Looked
  /** of the list that was sent, for whoever comes back to it */
  list_id: string | null
}
/** Why all of it cannot be used: a code of the server for the file, or one of this phone. */
export interface ListFault {
  code: string
  /** as the server says it, in Chinese */
  message: string
}

const DRAFT = keptAs<Draft>(1)
/** how often a list that is being recorded is asked for, ms */
const POLL_MS = 1_000
/** after the last letter, ms */
const KEEP_AFTER_MS = 500
const nothing = { text: '', file: null, looked: { when: 'now', date: '', time: '09:00' }, list_id: null } as const satisfies Draft

type Question = { text: string; file: ChatFile | null; checked_at: string | null }

export class PortalListStore {
  text = ''
  file: ChatFile | null = null
  looked: Looked = nothing.looked
  group: ListGroup = 'differ'
  /** of the file that is being sent, 0 to 100 */
  sent = 0
  fault: ListFault | null = null
  /** of a list that was sent before this page was opened */
  private listWanted: string | null = null
  private shown = false
  private poll: unknown = null
  private keeping: unknown = null
  private readonly list: Resource<PortalCheckList>
  private readonly pages: PagedList<PortalCheckListRow>
  private readonly sending: AskOnce<Question, PortalCheckList>
  private readonly applying: AskOnce<string, PortalCheckList>
  private readonly cancelling: AskOnce<string, PortalCheckList>

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly files: ChatFiles,
    private readonly api: PortalListApi,
  ) {
    this.list = new Resource(context, { forbidden: () => this.forgetList() })
    this.pages = new PagedList({
      context,
      fetch: (cursor, scope) =>
        api.rows(this.list_id ?? '', { group: this.group, limit: 50, ...(cursor === null ? {} : { cursor }) }, scope),
      idOf: ({ line }) => String(line),
    })
    this.sending = new AskOnce(context, ({ text, file, checked_at }, key) =>
      file
        ? api.sendFile({ path: file.path, name: file.name, checked_at, progress: percent => this.progressed(percent) }, key)
        : api.sendText({ text, ...(checked_at === null ? {} : { checked_at }) }, key),
    )
    this.applying = new AskOnce(context, (id, key) => api.apply(id, key))
    this.cancelling = new AskOnce(context, (id, key) => api.cancel(id, key))
    makeAutoObservable<
      this,
      'context' | 'session' | 'files' | 'api' | 'shown' | 'poll' | 'keeping' | 'list' | 'pages' | 'sending' | 'applying' | 'cancelling'
    >(
      this,
      {
        context: false,
        session: false,
        files: false,
        api: false,
        shown: false,
        poll: false,
        keeping: false,
        list: false,
        pages: false,
        sending: false,
        applying: false,
        cancelling: false,
        file: observable.ref,
        looked: observable.ref,
        fault: observable.ref,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get list_id(): string | null {
    return this.value?.id ?? this.listWanted
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
  get isSending(): boolean {
    return this.sending.asking
  }
  get isApplying(): boolean {
    return this.applying.asking
  }
  get isCancelling(): boolean {
    return this.cancelling.asking
  }
  /** sent and not answered: the same again is the same list */
  get unanswered(): boolean {
    return !this.isSending && this.sending.unanswered !== null
  }
  /** a line of the text with a customer's payment code: it is neither kept nor sent */
  get codeLine(): number | null {
    return paymentCodeLine(this.text)
  }
  /** Whether there is something to look through. */
  get complete(): boolean {
    if (this.looked.when === 'earlier' && this.looked.date === '') return false
    return this.file !== null || (this.text.trim() !== '' && this.codeLine === null)
  }
  get allowed(): boolean {
    return this.session.me?.actions.includes('portal_check.write') ?? false
  }
  /** What stood in the way of applying or cancelling, or of a list for another reason than its content. */
  get refusal(): ProblemView | null {
    const error = this.applying.error ?? this.cancelling.error ?? (this.fault === null ? this.sending.error : null)
    return error && !error.outcomeUnknown ? problemView(error, this.context.preferences.say, this.session.staff?.role ?? null) : null
  }

  /** At page show. What was put together, or sent, before is there again. */
  async open(): Promise<void> {
    const first = !this.shown
    this.shown = true
    if (first && this.value === null && this.text === '' && this.file === null) this.restore()
    if (this.list_id !== null && this.allowed) await this.refresh()
  }
  /** At page hide: nobody asks how far it is while nobody looks. */
  hide(): void {
    this.shown = false
    this.stopPolling()
    if (this.keeping !== null) this.keep()
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
  write(text: string): void {
    this.text = firstCharacters(text, MOST_PASTED)
    this.fault = null
    this.sending.dismiss()
    // a long text is not written at every letter
    this.context.timers.clear(this.keeping)
    this.keeping = this.context.timers.set(() => this.keep(), KEEP_AFTER_MS)
  }
  /** Answers what became of it, for the page to say. */
  async chooseFile(): Promise<ChatFileChoice['outcome'] | 'too_large' | 'empty'> {
    const choice = await this.files.choose()
    if (choice.outcome !== 'chosen') return choice.outcome
    if (choice.file.bytes > MOST_BYTES || choice.file.bytes === 0) {
      this.files.forget(choice.file.path)
      return choice.file.bytes === 0 ? 'empty' : 'too_large'
    }
    runInAction(() => {
      this.dropFile()
      this.file = choice.file
      this.fault = null
    })
    this.keep()
    return 'chosen'
  }
  removeFile(): void {
    this.dropFile()
    this.fault = null
    this.keep()
  }
  look(change: Partial<Looked>): void {
    this.looked = { ...this.looked, ...change }
    this.fault = null
    this.keep()
  }
  /** 预览: nothing is recorded by it. */
  async send(): Promise<void> {
    if (!this.complete || this.isSending || !this.context.network.online) return
    const { file, text, looked } = this
    if (file && !this.files.exists(file.path)) {
      this.file = null
      this.fault = { code: 'FILE_GONE', message: '' }
      return
    }
    this.fault = null
    this.sent = 0
    const checked_at = looked.when === 'now' ? null : momentOf(looked.date, looked.time)
    const list = await this.sending.ask({ text: file ? '' : text, file, checked_at })
    if (list) this.adopted(list)
    else this.refused()
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
    this.forgetList()
    this.list.reset()
    this.pages.reset()
    this.text = ''
    this.looked = nothing.looked
    this.group = 'differ'
    this.dropFile()
    this.keep()
  }
  /** Back to what was put together, to mend it: the preview is given up. */
  edit(): void {
    this.forgetList()
    this.list.reset()
    this.pages.reset()
    this.keep()
  }
  dismiss(): void {
    this.applying.dismiss()
    this.cancelling.dismiss()
    this.sending.dismiss()
  }
  /** Another account: nothing of the last one stays in sight; what it put together waits for it on the phone. */
  reset(): void {
    this.leave()
    this.list.reset()
    this.pages.reset()
    for (const one of [this.sending, this.applying, this.cancelling]) one.reset()
    this.text = ''
    this.file = null
    this.looked = nothing.looked
    this.group = 'differ'
    this.fault = null
    this.listWanted = null
  }

  private adopted(list: PortalCheckList): void {
    this.listWanted = list.id
    this.list.put(list)
    this.group = firstGroup(list)
    void this.pages.load()
    this.keep()
  }
  private changed(list: PortalCheckList): void {
    this.list.put(list)
    this.pollAgain()
  }
  private refused(): void {
    const { error } = this.sending
    if (error) this.fault = faultOf(error)
  }
  private progressed(percent: number): void {
    this.sent = percent
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
  private dropFile(): void {
    if (this.file) this.files.forget(this.file.path)
    this.file = null
  }
  /** It was tidied away, or is another's. */
  private forgetList(): void {
    this.stopPolling()
    this.listWanted = null
    this.keep()
  }

  private get draftKey(): string | null {
    const { staff } = this.session
    return staff && `staff:${staff.id}:portal-list`
  }
  private restore(): void {
    const kept = this.draftKey === null ? null : DRAFT.read(this.context.phone.storage, this.draftKey)
    if (!kept) return
    this.text = kept.text
    this.file = kept.file && this.files.exists(kept.file.path) ? kept.file : null
    this.looked = kept.looked
    this.listWanted = kept.list_id
  }
  private keep(): void {
    this.context.timers.clear(this.keeping)
    this.keeping = null
    if (this.draftKey === null) return
    const { file, looked } = this
    // digits that are as good as money are not kept either
    const draft: Draft = { text: this.codeLine === null ? this.text : '', file, looked, list_id: this.list_id }
    try {
      DRAFT.write(this.context.phone.storage, this.draftKey, draft)
    } catch {
      // no room: it lasts as long as its page
    }
  }
}

/** What a person has to look at first. */
const firstGroup = ({ counts }: PortalCheckList): ListGroup =>
  (['differ', 'refused', 'unknown', 'same'] as const).find(group => counts[group] > 0) ?? 'differ'

/** null: it is not about what was sent */
function faultOf(error: ApiError): ListFault | null {
  const [first] = error.errors
  if (error.code === 'VALIDATION_FAILED' && (first?.field === 'file' || first?.field === 'checked_at'))
    return { code: first.field === 'file' ? first.code : 'CHECKED_AT', message: first.message }
  return error.code === 'PAYMENT_CODE' || error.code === 'BODY_TOO_LARGE' ? { code: error.code, message: '' } : null
}
