// What is put together of a list from the console: a pasted text or a file of a chat, and when the console was looked at. The phone keeps it until it is sent.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { PortalCheckList } from '../../../../typings/api'
import type { ApiError } from '../../../api/errors'
import { keptAs } from '../../../phone/kept-as'
import { firstCharacters } from '../../../shared/characters'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { SessionStore } from '../../../stores/session'
import type { PortalListApi } from './endpoints'
import type { ChatFile, ChatFileChoice, ChatFiles } from './chat-file'
import { momentOf, MOST_BYTES, MOST_PASTED, paymentCodeLine } from './rules'

/** now: the console was looked at just before · earlier: `date` and `time` say when */
export interface Looked {
  when: 'now' | 'earlier'
  /** YYYY-MM-DD, hh:mm, Beijing time */
  date: string
  time: string
}
/** Why all of it cannot be used: a code of the server for the file, or one of this phone. */
export interface ListFault {
  code: string
  /** as the server says it, in Chinese */
  message: string
}
interface KeptDraft {
  text: string
  file: ChatFile | null
  looked: Looked
  list_id: string | null
}
type Question = { text: string; file: ChatFile | null; checked_at: string | null }

const KEPT = keptAs<KeptDraft>(1, { text: '' })
/** after the last letter, ms */
const KEEP_AFTER_MS = 500
const lookedNow: Looked = { when: 'now', date: '', time: '09:00' }

export class ListDraft {
  text = ''
  file: ChatFile | null = null
  looked: Looked = lookedNow
  /** what it became when it was sent, for whoever comes back to it */
  list_id: string | null = null
  /** of the file that is being sent, 0 to 100 */
  sent = 0
  fault: ListFault | null = null
  private keeping: unknown = null
  private readonly sending: AskOnce<Question, PortalCheckList>

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly files: ChatFiles,
    api: Pick<PortalListApi, 'sendFile' | 'sendText'>,
  ) {
    this.sending = new AskOnce(context, ({ text, file, checked_at }, key) =>
      file
        ? api.sendFile({ path: file.path, name: file.name, checked_at, progress: percent => this.progressed(percent) }, key)
        : api.sendText({ text, ...(checked_at === null ? {} : { checked_at }) }, key),
    )
    makeAutoObservable<this, 'context' | 'session' | 'files' | 'keeping' | 'sending'>(
      this,
      {
        context: false,
        session: false,
        files: false,
        keeping: false,
        sending: false,
        file: observable.ref,
        looked: observable.ref,
        fault: observable.ref,
      },
      { autoBind: true },
    )
  }

  get empty(): boolean {
    return this.text === '' && this.file === null
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
  get isSending(): boolean {
    return this.sending.asking
  }
  /** sent and not answered: the same again is the same list */
  get unanswered(): boolean {
    return !this.isSending && this.sending.unanswered !== null
  }
  /** Why it was not taken, where that is not about its content. */
  get error(): ApiError | null {
    return this.fault === null ? this.sending.error : null
  }

  write(text: string): void {
    this.text = firstCharacters(text, MOST_PASTED)
    this.dismiss()
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
      this.changed()
    })
    return 'chosen'
  }
  removeFile(): void {
    this.dropFile()
    this.changed()
  }
  look(change: Partial<Looked>): void {
    this.looked = { ...this.looked, ...change }
    this.changed()
  }
  /** Resolves to its preview, of which nothing is recorded; null: it is not complete, or `fault`, `error` or `unanswered` say why. */
  async send(): Promise<PortalCheckList | null> {
    if (!this.complete || this.isSending || !this.context.network.online) return null
    const { file, text, looked } = this
    if (file && !this.files.exists(file.path)) {
      this.file = null
      this.fault = { code: 'FILE_GONE', message: '' }
      return null
    }
    this.fault = null
    this.sent = 0
    const checked_at = looked.when === 'now' ? null : momentOf(looked.date, looked.time)
    const list = await this.sending.ask({ text: file ? '' : text, file, checked_at })
    if (!list) this.refused()
    return list
  }
  dismiss(): void {
    this.fault = null
    this.sending.dismiss()
  }
  /** @param list_id null: it is only a draft, again or still */
  became(list_id: string | null): void {
    this.list_id = list_id
    this.keep()
  }
  /** It begins anew. */
  clear(): void {
    this.dropFile()
    this.text = ''
    this.looked = lookedNow
    this.became(null)
  }
  /** What was put together, or sent, before is there again. */
  restore(): void {
    const kept = this.key === null ? null : KEPT.read(this.context.phone.storage, this.key)
    if (!kept) return
    this.text = kept.text
    this.file = kept.file && this.files.exists(kept.file.path) ? kept.file : null
    this.looked = kept.looked
    this.list_id = kept.list_id
  }
  /** At page hide: what was typed last is kept as well. */
  hide(): void {
    if (this.keeping !== null) this.keep()
  }
  /** Another account: what the last one put together waits for it on the phone. */
  reset(): void {
    this.hide()
    this.sending.reset()
    this.text = ''
    this.file = null
    this.looked = lookedNow
    this.list_id = null
    this.fault = null
  }

  private changed(): void {
    this.dismiss()
    this.keep()
  }
  private refused(): void {
    const { error } = this.sending
    if (error) this.fault = faultOf(error)
  }
  private progressed(percent: number): void {
    this.sent = percent
  }
  private dropFile(): void {
    if (this.file) this.files.forget(this.file.path)
    this.file = null
  }
  private get key(): string | null {
    const { staff } = this.session
    return staff && `staff:${staff.id}:portal-list`
  }
  private keep(): void {
    this.context.timers.clear(this.keeping)
    this.keeping = null
    if (this.key === null) return
    const { file, looked, list_id } = this
    // digits that are as good as money are not kept either
    const text = this.codeLine === null ? this.text : ''
    KEPT.writeIfRoom(this.context.phone.storage, this.key, { text, file, looked, list_id })
  }
}

/** null: it is not about what was sent */
function faultOf(error: ApiError): ListFault | null {
  const [first] = error.errors
  if (error.code === 'VALIDATION_FAILED' && (first?.field === 'file' || first?.field === 'checked_at'))
    return { code: first.field === 'file' ? first.code : 'CHECKED_AT', message: first.message }
  return error.code === 'PAYMENT_CODE' || error.code === 'BODY_TOO_LARGE' ? { code: error.code, message: '' } : null
}
