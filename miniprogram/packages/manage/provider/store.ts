// 服务商设置 (product.md §5.1): what the provider says of itself, for each of its numbers. What is typed stays until it is saved or given up, whatever
// somebody else saves meanwhile.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ProviderNumberList, ProviderSettings, ReceiptLink } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { ProviderApi } from './endpoints'
import { changedFields, merged, numberIn, settableOf, WATCH_NUMBERS, type NumberField, type Settable, type SettingField } from './rules'

type ProviderNumber = ProviderNumberList['numbers'][number]
interface Question {
  sp_mchid: string
  version: number
  body: Settable
}
/** Somebody else saved while I was changing. */
export interface Conflict {
  by: string | null
  at: string | null
  /** changed by both: what I have, and what the other saved */
  both: { field: SettingField; mine: Settable; theirs: Settable }[]
  /** changed by the other alone */
  theirs: SettingField[]
}

/** Verdicts are being derived anew: asked for this often while somebody looks. */
const ASK_AGAIN_MS = 2_000

export class ProviderStore {
  /** null: the home number */
  private chosen: string | null = null
  /** null: nothing is changed */
  edited: Settable | null = null
  /** numbers as they are typed, while they are none */
  typed: Partial<Record<NumberField, string>> = {}
  conflict: Conflict | null = null
  /** saved just now */
  saved = false
  /** what I began with */
  private base: ProviderSettings | null = null
  private shown = false
  private timer: unknown = null
  private readonly list: Resource<ProviderNumberList>
  private readonly write: AskOnce<Question, ProviderSettings>

  constructor(
    private readonly context: StoreContext,
    private readonly api: ProviderApi,
    private readonly session: SessionStore,
  ) {
    this.list = new Resource(context, { forbidden: () => this.discard() })
    this.write = new AskOnce(context, ({ sp_mchid, version, body }, key) => api.putProvider(sp_mchid, body, { version, key }))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'shown' | 'timer' | 'list' | 'write' | 'base'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        shown: false,
        timer: false,
        list: false,
        write: false,
        base: observable.ref,
        edited: observable.ref,
        conflict: observable.ref,
        changed: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get problem(): ProblemView | null {
    return this.list.error && problemView(this.list.error, this.context.preferences.say, this.session.staff?.role)
  }
  get numbers(): ProviderNumber[] {
    return this.list.value?.numbers ?? []
  }
  get current(): ProviderNumber | null {
    return this.numbers.find(({ sp_mchid }) => sp_mchid === this.chosen) ?? this.numbers[0] ?? null
  }
  /** what the page shows: with my changes */
  get settings(): Settable | null {
    return this.edited ?? (this.current && settableOf(this.current))
  }
  get changed(): SettingField[] {
    const { base, edited } = this
    return base && edited ? changedFields(settableOf(base), edited) : []
  }
  get dirty(): boolean {
    return this.changed.length > 0 || this.wrong.length > 0
  }
  /** numbers that are none */
  get wrong(): NumberField[] {
    return (Object.keys(this.typed) as NumberField[]).filter(field => numberIn(field, this.typed[field]!) === null)
  }
  get mayChange(): boolean {
    return this.session.me?.actions.includes('settings.manage') ?? false
  }
  get sending(): boolean {
    return this.write.asking
  }
  /** why the last one was not taken, or that its answer is lost */
  get refusal(): ProblemView | null {
    const { error } = this.write
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }

  /** At page show. */
  show(): void {
    this.shown = true
    void this.refresh()
  }
  /** At page hide; what was changed stays. */
  hide(): void {
    this.shown = false
    this.follow()
  }
  async refresh(): Promise<void> {
    await this.list.load(scope => this.api.getProvider(scope))
    this.follow()
  }
  /** @returns false: what was changed of this number is neither saved nor given up */
  choose(sp_mchid: string): boolean {
    if (sp_mchid === this.current?.sp_mchid) return true
    if (this.dirty) return false
    this.discard()
    this.chosen = sp_mchid
    return true
  }
  change(part: Partial<Settable>): void {
    const { current, settings } = this
    if (!current || !settings || !this.mayChange) return
    this.base = this.base ?? current
    this.edited = { ...settings, ...part }
    this.saved = false
  }
  typeNumber(field: NumberField, text: string): void {
    const number = numberIn(field, text)
    const { settings } = this
    if (!settings) return
    if (number === null) this.typed = { ...this.typed, [field]: text }
    else {
      const { [field]: _none, ...rest } = this.typed
      this.typed = rest
      this.change(WATCH_NUMBERS.includes(field) ? { watch: { ...settings.watch, [field]: number } } : { [field]: number })
    }
  }
  /** @param at index of the link that it takes the place of; null: one more */
  putLink(at: number | null, link: ReceiptLink): void {
    const links = this.settings?.receipt_links ?? []
    this.change({ receipt_links: at === null ? [...links, link] : links.map((one, index) => (index === at ? link : one)) })
  }
  removeLink(at: number): void {
    this.change({ receipt_links: (this.settings?.receipt_links ?? []).filter((_, index) => index !== at) })
  }
  /** 放弃修改 */
  discard(): void {
    this.edited = null
    this.base = null
    this.typed = {}
    this.conflict = null
    this.saved = false
    this.write.reset()
  }
  takeTheirs(field: SettingField): void {
    const { conflict } = this
    const one = conflict?.both.find(row => row.field === field)
    if (conflict && one) this.change({ [field]: one.theirs[field] })
  }
  takeMine(field: SettingField): void {
    const one = this.conflict?.both.find(row => row.field === field)
    if (one) this.change({ [field]: one.mine[field] })
  }
  /** All of it, over the version that I began with. Answers whether it was taken. */
  async save(): Promise<boolean> {
    const { base, edited } = this
    if (!base || !edited || this.wrong.length > 0 || !this.context.network.online) return false
    const answer = await this.write.ask({ sp_mchid: base.sp_mchid, version: base.version, body: edited })
    if (answer) await this.adopt(answer)
    else if (this.write.error?.code === 'VERSION_MISMATCH') await this.meet()
    return answer !== null
  }
  dismiss(): void {
    this.write.dismiss()
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.discard()
    this.list.reset()
    this.chosen = null
    this.hide()
  }

  private async adopt(settings: ProviderSettings): Promise<void> {
    runInAction(() => {
      this.put(settings)
      this.discard()
      this.saved = true
    })
    this.follow()
    // the workbench and the shops say what holds now
    await this.session.measure()
  }
  private put(settings: ProviderSettings): void {
    const { numbers } = this
    this.list.change({ numbers: numbers.map(one => (one.sp_mchid === settings.sp_mchid ? { ...one, ...settings } : one)) })
  }
  /** What somebody else saved is the new beginning; mine stands over it. */
  private async meet(): Promise<void> {
    this.write.dismiss()
    await this.list.load(scope => this.api.getProvider(scope))
    const { base, edited } = this
    const now = this.numbers.find(({ sp_mchid }) => sp_mchid === base?.sp_mchid)
    if (!base || !edited || !now) return
    const theirs = settableOf(now)
    const merge = merged(settableOf(base), edited, theirs)
    runInAction(() => {
      this.conflict = {
        by: now.changed_by,
        at: now.changed_at,
        both: merge.both.map(field => ({ field, mine: edited, theirs })),
        theirs: merge.theirs,
      }
      this.base = now
      this.edited = merge.edited
    })
  }
  /** How far the verdicts are, while they are derived anew and somebody looks. */
  private follow(): void {
    this.context.timers.clear(this.timer)
    const underWay = this.shown && this.numbers.some(({ rederiving }) => rederiving !== null)
    this.timer = underWay ? this.context.timers.set(() => void this.askAgain(), ASK_AGAIN_MS) : null
  }
  private async askAgain(): Promise<void> {
    await this.refresh()
    if (!this.numbers.some(({ rederiving }) => rederiving !== null)) await this.session.measure()
  }
}
