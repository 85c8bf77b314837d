// The offline pack (product.md §8): the shops of my scope, at most 5,000, to be found without a network. Downloaded whole the first time, then what
// changed; a download that was cut off goes on where it was. Bind: facts, age_label, running, progress, problem.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { AbortScope } from '../api/abort-scope'
import { asApiError, type ApiError } from '../api/errors'
import { problemView, type ProblemView } from '../rules/error-copy'
import { indexPack, type PackIndex } from '../shared/pack-search'
import { HOUR } from '../rules/relative-time'
import type { AccountData } from './account-data'
import type { StoreContext } from './context'
import { PackChunks, type Download, type PackFacts } from './pack-chunks'
import type { Droppable } from './storage-quota'

/** A pack older than this is refreshed by itself. */
const PACK_AGE_MS = 12 * HOUR
/** of one pack */
const MOST_ROWS = 5_000

/** packages/system/pack: downloading needs a network, so its script does not stand where everybody has it */
export interface PackDownload {
  downloadPack(wanted: PackWanted): Promise<PackFacts | null | 'over'>
}
export interface PackWanted {
  context: StoreContext
  chunks: PackChunks
  /** the pack that is there */
  facts: PackFacts | null
  scope: AbortScope
  /** whether there is room for more */
  tidy: () => boolean
  /** told of each part that lies on the phone */
  came: (download: Download) => void
  /** nobody waits for it any more */
  isOver: () => boolean
}

export class PackStore implements AccountData, Droppable {
  readonly lockable = true
  /** the pack that can be searched; null: none */
  facts: PackFacts | null = null
  /** a download is under way */
  running = false
  /** of the download: rows that are here, and in all where that is known; null: none was begun */
  progress: { rows: number; of: number | null } | null = null
  private error: ApiError | null = null
  private chunks: PackChunks | null = null
  private scope: AbortScope | null = null
  /** made when the first search asks for it */
  private searchable: { since: string; index: PackIndex } | null = null

  constructor(
    private readonly context: StoreContext,
    /** server time (ms) */
    private readonly now: () => number,
    /** after each write; whether there is room for more */
    private readonly tidy: () => boolean,
    /** what downloads, from where it is. Rejects with ApiError */
    private readonly load: () => Promise<PackDownload>,
  ) {
    makeAutoObservable<this, 'context' | 'now' | 'tidy' | 'load' | 'chunks' | 'scope' | 'searchable' | 'error'>(
      this,
      {
        context: false,
        now: false,
        tidy: false,
        load: false,
        chunks: false,
        scope: false,
        searchable: false,
        error: observable.ref,
        facts: observable.ref,
        progress: observable.ref,
      },
      { autoBind: true },
    )
  }

  /** Why the last download stopped; what had come of it is kept and the next one goes on there. */
  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }
  /** of the server (ms); null without a pack */
  get as_of(): number | null {
    return this.facts && Date.parse(this.facts.as_of)
  }

  use(staff_id: string | null): void {
    this.stop()
    this.chunks = staff_id === null ? null : new PackChunks(this.context.phone.storage, staff_id)
    this.error = null
    this.facts = this.chunks?.facts() ?? null
    this.searchable = null
    const begun = this.chunks?.download() ?? null
    // killed after the new pack took its place, before the old one was cleared away
    if (begun && this.facts && begun.shelf === this.facts.shelf) this.chunks!.dropDownload()
    this.showProgress(this.chunks?.download() ?? null)
  }
  wipe(staff_id: string): void {
    if (this.chunks) this.stop()
    new PackChunks(this.context.phone.storage, staff_id).drop()
    this.use(null)
  }
  /** The person does not want it any more. */
  remove(): void {
    this.stop()
    this.chunks?.drop()
    this.forgetFacts()
    this.progress = null
    this.error = null
  }

  /** When the app is opened or shown, and when the network comes back: goes on with a download, or brings an old pack up to date. */
  tend(): Promise<void> {
    const { online, weak } = this.context.network
    const old = this.as_of !== null && this.now() - this.as_of > PACK_AGE_MS
    return online && !weak && (old || this.progress !== null) ? this.refresh() : Promise.resolve()
  }

  /** 下载, 更新: until everything is here or something is in the way; then `problem` says what. */
  refresh(): Promise<void> {
    const { chunks } = this
    if (chunks === null || this.running) return Promise.resolve()
    const scope = (this.scope = new AbortScope())
    runInAction(() => {
      this.running = true
      this.error = null
    })
    const isOver = () => this.scope !== scope
    return Promise.resolve()
      .then(() => this.load())
      .then(({ downloadPack }) => {
        const { context, facts, tidy, showProgress } = this
        return isOver() ? 'over' : downloadPack({ context, chunks, facts, scope, tidy, came: showProgress, isOver })
      })
      .then(downloaded => {
        if (downloaded === 'over') return
        this.takeOver(downloaded)
        this.tidy()
      })
      .catch((thrown: unknown) => isOver() || this.failed(asApiError(thrown)))
      .then(() => {
        if (!isOver()) this.stop()
      })
  }

  /** The rows, ready to be searched (shared/pack-search); null without a pack. Read from the storage once. */
  index(): PackIndex | null {
    const { facts, chunks } = this
    if (!facts || !chunks) return null
    if (this.searchable?.since !== facts.since) {
      const rows = chunks.rows(facts)
      if (!rows) {
        // where the phone only failed to read it, it is there again at the next start
        if (!this.context.phone.misread()) runInAction(() => this.remove())
        return null
      }
      this.searchable = { since: facts.since, index: indexPack(rows) }
    }
    return this.searchable.index
  }

  /** What is under way is not given up for room; what lies half done is, first. */
  oldest(): number | null {
    if (this.running || !this.chunks) return null
    const begun = this.chunks.download()
    return begun ? Date.parse(begun.as_of) : this.as_of
  }
  dropOldest(): void {
    const begun = this.chunks?.download() ?? null
    if (begun) this.chunks!.dropDownload()
    else {
      this.chunks?.drop()
      this.forgetFacts()
    }
    this.progress = null
  }

  /** null: a chunk of the old pack is missing */
  private takeOver(facts: PackFacts | null): void {
    runInAction(() => {
      this.facts = facts
      this.progress = null
    })
    if (!facts) this.remove()
  }

  private failed(error: ApiError): void {
    runInAction(() => {
      if (error.code !== 'ABORTED') this.error = error
      this.showProgress(this.chunks?.download() ?? null)
    })
  }
  private showProgress(download: Download | null): void {
    runInAction(() => {
      this.progress = download && { rows: download.rows, of: download.reset ? Math.min(download.total, MOST_ROWS) : null }
    })
  }
  private stop(): void {
    this.scope?.abort()
    this.scope = null
    runInAction(() => {
      this.running = false
    })
  }
  private forgetFacts(): void {
    this.facts = null
    this.searchable = null
  }
}
