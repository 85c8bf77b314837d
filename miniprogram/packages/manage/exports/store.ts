// 导出 (product.md B03): lists as files. They are made by the server in the background; a finished one is fetched to the phone, then sent on or saved.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Export, ExportList, NewExport } from '../../../../typings/api'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { ExportApi } from './endpoints'
import type { ExportFiles, FileOutcome } from './export-files'
import { exportRow, fileNameOf, isUnderWay, type ExportRowView } from './view'
import './words'

/** One that is made is looked at this often while somebody looks. */
const ASK_AGAIN_MS = 2_000
/** statuses of a file that is no longer there, or of a link whose time is over */
const GONE: readonly number[] = [404, 410]

/** bytes of files on this phone: photos of visits wait in the same 200 MB */
const MOST_KEPT = 50 * 1024 * 1024

export class ExportsStore {
  /** on this phone: id → path */
  private fetched: Readonly<Record<string, string>> = {}
  private keptBytes = 0
  /** the file that is on its way here, sent on or saved */
  busy: string | null = null
  /** how the last sending, saving or fetching ended, where that has to be said; gone: the link or the file is no longer good */
  said: FileOutcome | 'gone' | null = null
  private shown = false
  private timer: unknown = null
  private readonly list: Resource<ExportList>
  private readonly making: AskOnce<NewExport, Export>
  private readonly cancelling: AskOnce<string, Export>

  constructor(
    private readonly context: StoreContext,
    private readonly api: ExportApi,
    private readonly session: SessionStore,
    private readonly files: ExportFiles,
  ) {
    this.list = new Resource(context, { isEmpty: ({ items }) => items.length === 0 })
    this.making = new AskOnce(context, (body, key) => api.createExport(body, key))
    this.cancelling = new AskOnce(context, (id, key) => api.cancelExport(id, key))
    makeAutoObservable<
      this,
      'context' | 'api' | 'session' | 'files' | 'timer' | 'list' | 'making' | 'cancelling' | 'fetched' | 'keptBytes'
    >(
      this,
      {
        keptBytes: false,
        context: false,
        api: false,
        session: false,
        files: false,
        timer: false,
        list: false,
        making: false,
        cancelling: false,
        fetched: observable.ref,
        rows: computed.struct,
        refusal: computed.struct,
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
    return this.list.problem
  }
  /** What is shown is from before: the last attempt failed. */
  get stale(): boolean {
    return this.list.stale
  }
  get as_of(): number | null {
    return this.list.as_of
  }
  get sending(): boolean {
    return this.making.asking || this.cancelling.asking
  }
  get refusal(): ProblemView | null {
    const error: ApiError | null = this.making.error ?? this.cancelling.error
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }
  /** whether this device can save a file for its person */
  get saves(): boolean {
    return this.files.saves
  }
  get rows(): ExportRowView[] {
    const { say } = this.context.preferences
    const now = this.session.serverNow()
    return (this.list.value?.items ?? []).map(one => exportRow(one, { here: one.id in this.fetched, busy: one.id === this.busy, now, say }))
  }

  /** At page show. */
  show(): void {
    this.shown = true
    // of an earlier life of the app, which knew where they are
    if (this.busy === null && Object.keys(this.fetched).length === 0) this.forgetFiles()
    void this.refresh()
  }
  async refresh(): Promise<void> {
    this.stopTimer()
    await this.list.load(scope => this.api.listExports(scope))
    this.askAgain()
  }
  /** At page hide: nobody asks how far a file is while nobody looks. */
  hide(): void {
    this.shown = false
    this.stopTimer()
  }
  /** At page unload: what was fetched stays on the phone. */
  leave(): void {
    this.hide()
    this.list.reset()
  }
  async make(body: NewExport): Promise<boolean> {
    const made = await this.making.ask(body)
    if (made) await this.refresh()
    return made !== null
  }
  async cancel(id: string): Promise<void> {
    if (await this.cancelling.ask(id)) await this.refresh()
  }
  /** Onto the phone: what sends a file on needs a tap of its own. */
  async fetch(id: string): Promise<void> {
    if (this.busy !== null) return
    this.begin(id)
    try {
      const one = await this.api.getExport(id)
      if (one.download_url === null) return this.end('gone')
      if (this.keptBytes + one.bytes > MOST_KEPT) this.forgetFiles()
      const path = this.files.pathFor(id, fileNameOf(one))
      await this.api.fetchFile(one.download_url, path)
      // another account meanwhile
      if (this.busy !== id) return
      runInAction(() => (this.fetched = { ...this.fetched, [id]: path }))
      this.keptBytes += one.bytes
      this.end(null)
    } catch (thrown) {
      this.end(GONE.includes(asApiError(thrown).status) ? 'gone' : 'failed')
    } finally {
      await this.refresh()
    }
  }
  async share(id: string): Promise<void> {
    await this.hand(id, (path, name) => this.files.share(path, name))
  }
  async save(id: string): Promise<void> {
    await this.hand(id, path => this.files.save(path))
  }
  dismiss(): void {
    this.making.dismiss()
    this.cancelling.dismiss()
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.hide()
    this.list.reset()
    this.making.reset()
    this.cancelling.reset()
    this.forgetFiles()
    this.busy = null
    this.said = null
  }

  private forgetFiles(): void {
    this.fetched = {}
    this.keptBytes = 0
    this.files.forgetAll()
  }
  private async hand(id: string, how: (path: string, name: string) => Promise<FileOutcome>): Promise<void> {
    const path = this.fetched[id]
    const one = this.list.value?.items.find(other => other.id === id)
    if (path === undefined || !one || this.busy !== null) return
    this.begin(id)
    const outcome = await how(path, fileNameOf(one))
    this.end(outcome === 'cancelled' ? null : outcome)
  }
  private begin(id: string): void {
    this.busy = id
    this.said = null
  }
  private end(said: typeof this.said): void {
    this.busy = null
    this.said = said
  }
  private askAgain(): void {
    if (!this.shown || !this.list.value?.items.some(isUnderWay)) return
    this.timer = this.context.timers.set(() => void this.refresh(), ASK_AGAIN_MS)
  }
  private stopTimer(): void {
    this.context.timers.clear(this.timer)
    this.timer = null
  }
}
