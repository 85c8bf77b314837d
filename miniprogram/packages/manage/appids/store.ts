// 登记 AppID (product.md §5.1, F10): the register that tells a 公众号 from a mini program, one entry of it, and a list that is pasted.
import { computed, makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { AppidEntry, AppidList, AppidListResult } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import type { AbortScope } from '../../../api/abort-scope'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus, type Page } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { AppidApi } from './endpoints'
import { asRequest, differs, faultsOf, formOf, newForm, type EntryFault, type EntryForm } from './form'

export const STATES = ['current', 'ended', 'unregistered'] as const
export type AppidState = (typeof STATES)[number]

/** keyboards are quicker than answers */
const DEBOUNCE_MS = 300
/** verdicts follow a change of the register in the background */
const FOLLOW_MS = 1_500

interface Save {
  appid: string
  version: number
  body: ReturnType<typeof asRequest>
}

export class AppidsStore {
  query = ''
  state: AppidState | null = null
  missing: AppidList['missing'] = []
  total = 0
  /** what is written of one entry; null: only the list is in front */
  form: EntryForm | null = null
  /** the entry as the server has it; null: it is not in the register */
  entry: AppidEntry | null = null
  /** somebody wanted to save: faults are said */
  marked = false
  /** another administrator changed it since it was opened */
  conflict = false
  saved = 0
  finding = false
  text = ''
  preview: AppidListResult | null = null
  applied: AppidListResult | null = null
  /** the register changed between preview and apply */
  overtaken = false
  private timer: unknown = null
  private following: unknown = null
  private readonly list: PagedList<AppidEntry>
  private readonly write: AskOnce<Save, AppidEntry>
  private readonly ask: AskOnce<{ text: string }, AppidListResult>
  private readonly apply: AskOnce<{ text: string; version: number }, AppidListResult>

  constructor(
    private readonly context: StoreContext,
    private readonly api: AppidApi,
    private readonly session: SessionStore,
  ) {
    this.list = new PagedList({ context, fetch: (cursor, scope) => this.page(cursor, scope), idOf: ({ appid }) => appid })
    this.write = new AskOnce(context, async ({ appid, version, body }, key) => {
      const entry = await api.putAppid(appid, body, { version, key })
      // also where another one is in front by then
      this.list.replace(appid, () => entry)
      return entry
    })
    this.ask = new AskOnce(context, ({ text }) => api.previewAppids(text))
    this.apply = new AskOnce(context, ({ text, version }, key) => api.applyAppids(text, { version, key }))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'timer' | 'following' | 'list' | 'write' | 'ask' | 'apply'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        timer: false,
        following: false,
        list: false,
        write: false,
        ask: false,
        apply: false,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    // where nothing is entered yet, what orders were paid with is still something to see
    return this.list.status === 'empty' && this.missing.length > 0 ? 'ready' : this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get items(): AppidEntry[] {
    return this.list.items
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  get filtered(): boolean {
    return this.query.trim() !== '' || this.state !== null
  }
  get mayChange(): boolean {
    return this.session.me?.actions.includes('settings.manage') ?? false
  }
  get fault(): EntryFault | null {
    return this.form && faultsOf(this.form)
  }
  get changed(): boolean {
    return this.form !== null && differs(this.form, this.entry)
  }
  get saving(): boolean {
    return this.write.asking
  }
  get previewing(): boolean {
    return this.ask.asking
  }
  get applying(): boolean {
    return this.apply.asking
  }
  get refusal(): ProblemView | null {
    const error = this.write.error ?? this.apply.error ?? this.ask.error
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }

  // ---- the list

  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  search(text: string): void {
    if (text === this.query) return
    this.query = text
    this.context.timers.clear(this.timer)
    this.timer = this.context.timers.set(() => void this.list.load(), DEBOUNCE_MS)
  }
  filter(state: AppidState | null): void {
    this.state = state === this.state ? null : state
    void this.list.load()
  }

  // ---- one entry

  /** @param appid '' for one that is to be typed */
  async open(appid: string): Promise<void> {
    this.close()
    const known = this.items.find(item => item.appid === appid) ?? null
    this.entry = known
    this.form = known ? formOf(known) : newForm(appid)
    if (appid === '') return
    await this.read(appid)
  }
  close(): void {
    this.context.timers.clear(this.following)
    this.form = null
    this.entry = null
    this.marked = false
    this.conflict = false
    this.write.reset()
  }
  put(change: Partial<EntryForm>): void {
    if (this.form && this.mayChange) this.form = { ...this.form, ...change }
  }
  async save(): Promise<void> {
    const { form } = this
    if (!form || !this.mayChange || this.write.asking) return
    this.marked = true
    if (this.fault || !this.changed) return
    const version = this.entry?.version ?? 0
    const answer = await this.write.ask({ appid: form.appid.trim(), version, body: asRequest(form, this.entry) })
    if (this.form !== form) return
    if (answer) this.took(answer)
    else if (this.write.error?.code === 'VERSION_MISMATCH') await this.overtakenBy(form.appid.trim())
  }
  /** 用现在的 / 仍用我填的 */
  settle(choice: 'theirs' | 'mine'): void {
    if (!this.conflict) return
    this.conflict = false
    if (choice === 'theirs' && this.entry) this.form = formOf(this.entry)
    else void this.save()
  }
  dismiss(): void {
    this.write.dismiss()
    this.ask.dismiss()
    this.apply.dismiss()
  }

  // ---- a pasted list

  paste(text: string): void {
    if (text === this.text) return
    this.text = text
    this.preview = null
    this.applied = null
    this.overtaken = false
  }
  async look(): Promise<void> {
    const { text } = this
    if (text.trim() === '') return
    const answer = await this.ask.ask({ text })
    if (answer && text === this.text) runInAction(() => (this.preview = answer))
  }
  async enterAll(): Promise<void> {
    const { preview, text } = this
    if (!preview || !this.mayChange) return
    const answer = await this.apply.ask({ text, version: preview.register_version })
    if (text !== this.text) return
    if (answer) {
      runInAction(() => {
        this.applied = answer
        this.preview = null
        this.overtaken = false
      })
      await this.refresh()
    } else if (this.apply.error?.code === 'VERSION_MISMATCH') {
      this.apply.dismiss()
      await this.look()
      runInAction(() => (this.overtaken = true))
    }
  }
  leavePaste(): void {
    this.paste('')
    this.ask.reset()
    this.apply.reset()
  }

  /** Another account. */
  reset(): void {
    this.context.timers.clear(this.timer)
    this.close()
    this.leavePaste()
    this.list.reset()
    this.query = ''
    this.state = null
    this.missing = []
  }

  private async page(cursor: string | null, scope: AbortScope): Promise<Page<AppidEntry>> {
    const q = this.query.trim()
    const answer = await this.api.listAppids(
      { limit: 20, ...(q === '' ? {} : { q }), ...(this.state ? { state: this.state } : {}), ...(cursor === null ? {} : { cursor }) },
      scope,
    )
    if (cursor === null && !scope.aborted)
      runInAction(() => {
        this.missing = answer.missing
        this.total = answer.total
      })
    return answer
  }
  private async read(appid: string): Promise<void> {
    runInAction(() => (this.finding = true))
    try {
      const { saved } = this
      const { items } = await this.api.listAppids({ q: appid, limit: 100 })
      // saved meanwhile: the answer may be of before
      if (this.saved !== saved) return
      const found = items.find(item => item.appid === appid)
      runInAction(() => {
        if (this.form?.appid !== appid) return
        // what somebody has written meanwhile stays
        const isUntouched = !this.changed || (this.entry === null && this.form.name === '' && this.form.kind === null)
        this.entry = found ?? null
        if (found && isUntouched) this.form = formOf(found)
        this.follow()
      })
    } catch {
      // the list's own answer says why; what it had is shown
    } finally {
      runInAction(() => (this.finding = false))
    }
  }
  private took(answer: AppidEntry): void {
    runInAction(() => {
      this.entry = answer
      this.form = formOf(answer)
      this.marked = false
      this.saved += 1
    })
    this.follow()
    void this.refresh()
  }
  private async overtakenBy(appid: string): Promise<void> {
    this.write.dismiss()
    const { form } = this
    const { items } = await this.api.listAppids({ q: appid, limit: 100 }).catch(() => ({ items: [] as AppidEntry[] }))
    runInAction(() => {
      if (this.form !== form) return
      this.entry = items.find(item => item.appid === appid) ?? this.entry
      this.conflict = true
    })
  }
  /** While verdicts are derived anew, and somebody looks at it. */
  private follow(): void {
    this.context.timers.clear(this.following)
    const { entry } = this
    if (entry?.effect?.under_way) this.following = this.context.timers.set(() => void this.read(entry.appid), FOLLOW_MS)
  }
}
