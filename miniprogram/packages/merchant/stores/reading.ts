// One answer of the backend on its way to a page: patience, the last answer while it is read anew, and why there is none.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { AbortScope } from '../../../api/abort-scope'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import type { StoreContext } from '../../../stores/context'
import { wait } from '../../../stores/patience'

export type ReadingStatus = 'idle' | 'loading' | 'slow' | 'ready' | 'error' | 'offline' | 'forbidden'

export class Reading<T> {
  status: ReadingStatus = 'idle'
  skeleton = false
  value: T | null = null
  /** the last attempt failed, and `value` is from before */
  stale = false
  private error: ApiError | null = null
  private scope: AbortScope | null = null

  constructor(private readonly context: StoreContext) {
    makeAutoObservable<this, 'context' | 'scope' | 'error'>(
      this,
      { context: false, scope: false, error: observable.ref, value: observable.ref, problem: computed.struct },
      { autoBind: true },
    )
  }

  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }

  async read(get: (scope: AbortScope) => Promise<T>): Promise<void> {
    this.scope?.abort()
    const scope = (this.scope = new AbortScope())
    this.error = null
    if (this.value === null) this.status = 'loading'
    const answered = wait(this.context.timers, {
      skeleton: () => runInAction(() => (this.skeleton = this.status === 'loading')),
      slow: () => runInAction(() => (this.status = this.status === 'loading' ? 'slow' : this.status)),
    })
    try {
      const value = await get(scope)
      if (this.scope === scope) this.settle(() => this.show(value))
    } catch (thrown) {
      if (this.scope === scope) this.settle(() => this.fail(asApiError(thrown)))
    } finally {
      answered()
    }
  }
  /** What was asked for is shown no more. */
  leave(): void {
    this.scope?.abort()
    this.scope = null
    this.status = 'idle'
    this.skeleton = false
    this.value = null
    this.stale = false
    this.error = null
  }

  private settle(change: () => void): void {
    runInAction(() => {
      this.skeleton = false
      change()
    })
  }
  private show(value: T): void {
    this.value = value
    this.stale = false
    this.status = 'ready'
  }
  private fail(error: ApiError): void {
    this.error = error
    if (error.code === 'NOT_FOUND' || error.code === 'ACTION_FORBIDDEN') {
      this.value = null
      this.status = 'forbidden'
    } else if (this.value !== null) this.stale = true
    else this.status = error.code === 'NETWORK_OFFLINE' || !this.context.network.online ? 'offline' : 'error'
  }
}
