// One change of a merchant from its request to a settled outcome: conflict, lost answer, polling, repeating with the same key (product.md M14, M15).
import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { Operation, SubMerchant } from '../../../../typings/api'
import { AbortScope } from '../../../api/abort-scope'
import type { ControlBody, ControlResult } from '../../../api/endpoints'
import { ApiError, asApiError } from '../../../api/errors'
import { decideConflict } from '../rules/conflict'
import type { Intent, OperationStatus } from '../rules/controls'
import { pathOf } from '../shared/controls'
import { nextPoll } from '../rules/poll-plan'
import { isRecent } from '../../../rules/timers'
import { uuid } from '../../../rules/uuid'
import type { StoreContext } from '../../../stores/context'

/** refused: over, or waiting for 重试 · settled: over */
export type RunStatus = OperationStatus | 'refused' | 'settled'

export interface RunEvents {
  /** set when an operation of before is watched instead of a new one begun */
  key?: string
  /** whether the page still shows this run: only then it asks and repeats by itself */
  wanted(): boolean
  /** the merchant as it is after the change; `mine`: it was my change that succeeded */
  settled(merchant: SubMerchant, mine: boolean): void
  refused(error: ApiError): void
  conflict(current: SubMerchant, decision: 'already' | 'ask'): void
}

/** A lost write is repeated by itself only this long after the tap: a stale intent must not change a payment page later (product.md §3.4). */
export const REPEAT_WITHIN_MS = 90_000
/** Refusals after which the server holds no answer for the key, so that the same key may be sent again (product.md §7.1). */
const REPEATABLE = new Set([
  'WX_UNAVAILABLE',
  'WX_RATE_LIMITED',
  'RATE_LIMITED',
  'MAINTENANCE',
  'OVERLOADED',
  'UNAUTHENTICATED',
  'INVALID_LOGIN_CODE',
])

function bodyOf(intent: Intent): ControlBody {
  if (intent.kind === 'ad_filter.set') return { industries: intent.industries }
  return 'reason' in intent ? { status: 'closed', reason: intent.reason } : { status: 'open' }
}

export class WriteRun {
  status: RunStatus = 'sending'
  /** whether 重试 may send the same key again */
  repeatable = false
  readonly key: string
  private readonly watching: boolean
  private version: number
  /** ms of the phone's clock */
  readonly startedAt: number
  private retriedConflict = false
  private asked = 0
  private timer: unknown = null
  private asking = false
  private readonly scope = new AbortScope()

  constructor(
    private readonly context: StoreContext,
    readonly intent: Intent,
    /** the merchant as the person saw it when deciding */
    private seen: SubMerchant,
    private readonly events: RunEvents,
  ) {
    this.key = events.key ?? uuid(context.random)
    this.watching = events.key !== undefined
    this.version = seen.version
    this.startedAt = context.timers.now()
    makeAutoObservable<this, 'context' | 'events' | 'seen' | 'version' | 'timer' | 'asked' | 'asking' | 'retriedConflict' | 'scope'>(
      this,
      {
        context: false,
        events: false,
        intent: false,
        key: false,
        seen: false,
        version: false,
        timer: false,
        asked: false,
        asking: false,
        retriedConflict: false,
        scope: false,
      },
      { autoBind: true },
    )
  }

  /** Whether another change has to wait for this one. */
  get active(): boolean {
    return this.status !== 'settled' && this.status !== 'refused' && this.status !== 'unresolved'
  }

  async start(): Promise<void> {
    this.become('sending')
    this.repeatable = false
    try {
      const result = await this.put()
      if (result.done) this.settle(result.merchant, true)
      else this.confirm()
    } catch (thrown) {
      await this.failed(asApiError(thrown))
    }
  }
  /** Awaits the end of an operation that was begun elsewhere. */
  watch(): void {
    this.confirm()
  }
  /** By the person: asks again, and sends again with the same key where nothing arrived. */
  retry(): void {
    if (this.status === 'refused' && this.repeatable) void this.start()
    else if (this.status === 'unconfirmed') {
      this.asked = 0
      this.become('confirming')
      void this.ask(true)
    }
  }
  /** The page is shown again or the network is back: asks now instead of at the end of the wait. */
  wake(): void {
    if (this.status !== 'confirming' || this.asking) return
    this.context.timers.clear(this.timer)
    this.timer = null
    void this.ask(false)
  }
  /** The page is gone: nothing more is asked. What was sent stays sent; the merchant's open_operation shows it next time. */
  abandon(): void {
    this.context.timers.clear(this.timer)
    this.timer = null
    this.scope.abort()
  }

  private put(): Promise<ControlResult> {
    const { kind } = this.intent
    return this.context.api.control(this.seen.sub_mchid, pathOf(kind), bodyOf(this.intent), { version: this.version, key: this.key })
  }

  private async failed(error: ApiError): Promise<void> {
    if (error.outcomeUnknown) return this.confirm()
    if (error.code === 'VERSION_MISMATCH') return this.conflicted(error)
    this.refuse(error)
  }
  private async conflicted(mismatch: ApiError): Promise<void> {
    const known = mismatch.current as SubMerchant | null
    const current = known ?? (await this.context.api.getSubMerchant(this.seen.sub_mchid, this.scope).catch(() => null))
    if (!current) return this.refuse(mismatch)
    const decision = decideConflict(this.intent, this.seen, current)
    if (decision !== 'retry') {
      this.become('settled')
      this.events.conflict(current, decision)
    } else if (this.retriedConflict) this.refuse(mismatch)
    else {
      this.retriedConflict = true
      this.version = current.version
      await this.start()
    }
  }

  private confirm(): void {
    this.become('confirming')
    this.plan()
  }
  private plan(): void {
    const delay = nextPoll(this.asked)
    if (delay === null) this.become('unconfirmed')
    else this.timer = this.context.timers.set(() => void this.ask(false), delay)
  }
  private async ask(byPerson: boolean): Promise<void> {
    this.timer = null
    if (!this.events.wanted()) return
    this.asked += 1
    this.asking = true
    try {
      await this.answered(await this.context.api.getOperation(this.key, this.scope))
    } catch (thrown) {
      await this.askFailed(asApiError(thrown), byPerson)
    } finally {
      this.asking = false
    }
  }
  private async answered(operation: Operation): Promise<void> {
    switch (operation.status) {
      case 'succeeded':
        return this.settle(operation.result ?? (await this.context.api.getSubMerchant(this.seen.sub_mchid, this.scope)), !this.watching)
      case 'failed':
        return this.refuse(
          new ApiError({
            kind: 'problem',
            code: operation.code ?? 'UNKNOWN',
            status: 409,
            detail: operation.message ?? '',
            request_id: operation.wx_request_id,
            wx_message: operation.wx_message,
          }),
        )
      case 'unresolved':
        return this.become('unresolved')
      case 'pending':
      case 'unknown':
        return this.plan()
    }
  }
  private async askFailed(error: ApiError, byPerson: boolean): Promise<void> {
    if (error.code !== 'NOT_FOUND') {
      if (error.code === 'ABORTED') return
      if (error.code === 'STAFF_DISABLED' || error.code === 'CLIENT_OUTDATED') return this.refuse(error)
      return this.plan()
    }
    // Somebody else's operation is not mine to ask for; the merchant itself tells when it is over.
    if (this.watching) return this.lookAtMerchant()
    const fresh = isRecent(this.startedAt, REPEAT_WITHIN_MS, this.context.timers)
    if (byPerson || fresh) return this.start()
    this.become('unconfirmed')
  }
  private async lookAtMerchant(): Promise<void> {
    const merchant = await this.context.api.getSubMerchant(this.seen.sub_mchid, this.scope).catch(() => null)
    if (merchant && merchant.open_operation?.key !== this.key) this.settle(merchant, false)
    else if (merchant?.open_operation?.status === 'unresolved') this.become('unresolved')
    else this.plan()
  }

  private settle(merchant: SubMerchant, mine: boolean): void {
    this.become('settled')
    this.events.settled(merchant, mine)
  }
  private refuse(error: ApiError): void {
    runInAction(() => {
      this.repeatable = error.kind === 'offline' || REPEATABLE.has(error.code)
      this.status = 'refused'
    })
    this.events.refused(error)
  }
  private become(status: RunStatus): void {
    runInAction(() => (this.status = status))
  }
}
