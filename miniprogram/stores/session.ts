// Who is logged in (product.md M01). Bind: status, staff, me, problem, busy.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { asApiError, ApiError } from '../api/errors'
import type { BindingRequired, Me, Session, Staff } from '../../typings/api'
import type { ProblemView } from '../rules/error-copy'
import { DAY, HOUR } from '../rules/relative-time'
import type { AccountData } from './account-data'
import type { StoreContext } from './context'
import { keptAs } from '../phone/kept-as'

/** From this difference between the phone's clock and the server's on, it is said (product.md §8). */
const SKEW_NOTICE_MS = 5 * 60_000
/** So long after the server was last reached, what it gave is shown no more: whoever has left the company keeps a phone, not its merchants. */
export const LOCK_AFTER_DAYS = 7

/**
 * starting: looking at what the phone keeps · login: nobody is logged in · binding: this WeChat user needs an invite code · ready · disabled: the
 * account may not be used · error: somebody was logged in here who has never seen an answer of the server, and it cannot be asked (problem says why)
 */
export type SessionStatus = 'starting' | 'login' | 'binding' | 'ready' | 'disabled' | 'error'

interface KeptSession {
  token: string
  expires_at: string
  staff: Staff
  /** the last answer of /me, and what its time was ahead of the phone's (ms): with them the app opens without a network */
  me?: Me
  skew?: number
  /** when that answer came (phone time, ms) */
  reached?: number
  /** the latest moment that the phone has shown since (ms): setting its clock back does not undo days */
  latest?: number
}
const KEY = 'session'
const SESSION = keptAs<KeptSession>(1, { token: '', staff: { id: '' } })

export class SessionStore {
  status: SessionStatus = 'starting'
  staff: Staff | null = null
  me: Me | null = null
  /** a login, binding or logout is under way */
  busy = false
  /** the server has not been reached for 7 days: nothing that it gave is shown until it is; what was made on this phone stays */
  locked = false
  private error: ApiError | null = null
  /** whether the server has said since the app was opened who this is */
  private confirmed = false
  private confirming: Promise<void> | null = null
  /** questions to /me, and the last one whose answer was taken */
  private turn = 0
  private taken = 0
  private kept: KeptSession | null = null
  private bindTicket: string | null = null
  /** server time minus phone time, ms */
  private skew = 0
  /** server time of its last answer to /me (ms), which outlives the app */
  private heard = 0

  constructor(
    private readonly context: StoreContext,
    /** what the phone keeps for an account: shown to nobody else, and gone with it */
    private readonly accountData: readonly AccountData[],
  ) {
    makeAutoObservable<this, 'context' | 'accountData' | 'kept' | 'bindTicket' | 'error' | 'confirming' | 'confirmed'>(
      this,
      {
        context: false,
        accountData: false,
        kept: false,
        bindTicket: false,
        confirming: false,
        confirmed: false,
        error: observable.ref,
        staff: observable.ref,
        me: observable.ref,
      },
      { autoBind: true },
    )
  }

  /** What went wrong with the last login, binding or start. */
  get problem(): ProblemView | null {
    return this.error && this.context.problemOf(this.error)
  }
  get role_label(): string {
    return this.staff ? this.context.preferences.say(`role.${this.staff.role}`) : ''
  }
  /**
   * The server's time now (ms): countdowns follow it, not a phone set wrong. It is never before what the server said last: a phone whose battery was
   * empty begins again at 1970, and what is done then is done after that.
   */
  serverNow(): number {
    return Math.max(this.context.timers.now() + this.skew, this.heard)
  }
  /** How far the phone's clock is behind the server's (ms, negative: ahead), where that is worth saying; else null. */
  get clock_behind(): number | null {
    return Math.abs(this.skew) > SKEW_NOTICE_MS ? this.skew : null
  }

  /** Whose work may be sent now; null: nobody is logged in. */
  get sender(): string | null {
    return this.status === 'ready' ? (this.staff?.id ?? null) : null
  }

  /**
   * At app start, and by 重试 in status error: goes on with the session that the phone keeps. Whoever was known to the server here before sees at once
   * what the phone keeps, and is asked for beside it: without a network that is all there is.
   */
  async start(): Promise<void> {
    const kept = SESSION.read(this.context.phone.storage, KEY)
    if (!kept) {
      this.become('login')
      return
    }
    this.begin(kept)
    this.watchLock()
    await this.context.network.known()
    if (kept.me) this.become('ready')
    await this.confirm()
  }

  /** When the app is shown again or the network comes back: asks who this is, unless the server has said so since the app was opened. */
  confirm(): Promise<void> {
    if (this.kept === null || this.confirmed) return DONE
    // not without a network; but who has never been known here is told that there is none
    if (!this.context.network.mayTry && this.status === 'ready') return DONE
    this.confirming ??= this.fetchMe().finally(() => {
      this.confirming = null
    })
    return this.confirming
  }

  /** At app start, when it is shown, and each minute. */
  watchLock(): void {
    const { kept } = this
    if (kept?.reached === undefined) return
    const latest = Math.max(kept.latest ?? kept.reached, this.context.timers.now())
    if (latest - (kept.latest ?? kept.reached) >= HOUR) this.keep({ ...kept, latest })
    if (this.locked || latest - kept.reached <= LOCK_AFTER_DAYS * DAY) return
    this.locked = true
    this.confirmed = false
    this.accountData.forEach(one => {
      if (one.lockable) one.use(null)
    })
    void this.confirm()
  }

  /** Asks the server anew who this is and what time it has: after it refused one of the phone's, and while something of the provider goes on. */
  measure(): Promise<void> {
    return this.kept === null ? DONE : this.fetchMe()
  }

  /** 登录: asks WeChat who this is, and the backend who that is. Resolves when status is set. */
  login(): Promise<void> {
    const { phone, api } = this.context
    return this.attempt(() =>
      phone
        .loginCode()
        .then(code => api.createSession({ code }))
        .then(this.enter),
    )
  }

  /** 绑定 with the invite code that the administrator gave. */
  bind(inviteCode: string): Promise<void> {
    const bind_ticket = this.bindTicket
    if (bind_ticket === null) return this.login()
    return this.attempt(() => this.context.api.bindStaff({ bind_ticket, invite_code: inviteCode.trim() }).then(this.enter))
  }

  /** Always possible and at once: the phone forgets the account whether or not the server can be told; its session there ends within 12 h anyway. */
  async logout(): Promise<void> {
    const told = this.context.api.deleteSession()
    this.forget()
    this.become('login')
    // Whatever the answer, nobody is logged in on this phone any more: there is nothing left to say to the person.
    await told.catch(asApiError)
  }

  /** For the request wrapper: the token to send. */
  currentToken(): string | null {
    return this.kept?.token ?? null
  }
  /**
   * For the request wrapper, after a 401: logs in again without the person. Throws the ApiError that the waiting calls get when the account is no
   * longer usable, or is another one than before: its calls were meant for somebody else.
   */
  renew(): Promise<void> {
    const before = this.staff?.id ?? null
    const { phone, api } = this.context
    const refused = (thrown: unknown) => {
      const error = asApiError(thrown)
      this.failed(error)
      throw error
    }
    return phone
      .loginCode()
      .then(code => api.createSession({ code }).catch(refused))
      .then(entry => this.renewed(entry, before))
  }
  private renewed(entry: Session | BindingRequired, before: string | null): Promise<void> {
    const expired = new ApiError({ kind: 'problem', code: 'UNAUTHENTICATED', status: 401 })
    if ('binding_required' in entry) {
      runInAction(() => {
        this.forget()
        this.askToBind(entry)
      })
      throw expired
    }
    if (before !== null && entry.staff.id !== before) {
      runInAction(() => this.forget())
      return this.enter(entry).then(() => {
        throw expired
      })
    }
    this.keep({ ...this.kept, ...keptOf(entry) })
    return DONE
  }

  /** For the request wrapper: disabling acts at once, on whatever page the person is (product.md M01). */
  shutOut(error: ApiError): void {
    this.failed(error)
  }

  private attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return DONE
    this.busy = true
    this.error = null
    return DONE.then(work)
      .catch((thrown: unknown) => this.failed(asApiError(thrown)))
      .finally(() =>
        runInAction(() => {
          this.busy = false
        }),
      )
  }

  private enter(entry: Session | BindingRequired): Promise<void> {
    if ('binding_required' in entry) {
      this.askToBind(entry)
      return DONE
    }
    this.keep(keptOf(entry))
    return this.fetchMe()
  }

  private fetchMe(): Promise<void> {
    const turn = (this.turn += 1)
    return this.context.api
      .getMe()
      .then(me => this.tookMe(me, turn))
      .catch((thrown: unknown) => {
        // shut out or logged out meanwhile: why has been said already
        if (this.kept !== null) this.failed(asApiError(thrown))
      })
  }
  private tookMe(me: Me, turn: number): void {
    // logged out meanwhile, somebody else is there, or what was asked for after it was answered before
    if (this.kept === null || this.staff?.id !== me.staff.id || turn < this.taken) return
    this.taken = turn
    const skew = Date.parse(me.server_time) - this.context.timers.now()
    const reached = this.context.timers.now()
    this.keep({ ...this.kept, staff: me.staff, me, skew, reached, latest: reached })
    if (this.locked)
      this.accountData.forEach(one => {
        if (one.lockable) one.use(me.staff.id)
      })
    this.locked = false
    this.confirmed = true
    this.error = null
    this.status = 'ready'
  }

  private failed(error: ApiError): void {
    runInAction(() => {
      this.error = error
      if (error.code === 'STAFF_DISABLED') {
        this.forget()
        this.error = error
        this.status = 'disabled'
      } else if (error.code === 'BIND_TICKET_INVALID') {
        this.bindTicket = null
        this.status = 'login'
      } else if (error.code === 'UNAUTHENTICATED' && this.kept !== null && !this.confirmed) {
        this.status = 'login'
      } else if (this.status === 'starting' || this.status === 'error') {
        this.status = 'error'
      }
    })
  }

  private askToBind(required: BindingRequired): void {
    this.bindTicket = required.bind_ticket
    this.status = 'binding'
  }
  private keep(kept: KeptSession): void {
    SESSION.writeIfRoom(this.context.phone.storage, KEY, kept)
    runInAction(() => this.begin(kept))
  }
  private begin(kept: KeptSession): void {
    const before = this.staff?.id ?? null
    const same = before === kept.staff.id
    this.kept = kept
    this.staff = kept.staff
    this.me = kept.me ?? (same ? this.me : null)
    this.skew = kept.skew ?? this.skew
    if (kept.me) this.heard = Date.parse(kept.me.server_time)
    this.bindTicket = null
    if (same) return
    this.confirmed = false
    this.accountData.forEach(one => {
      if (before !== null) one.wipe(before)
      one.use(kept.staff.id)
    })
  }
  private forget(): void {
    const staff_id = this.staff?.id
    if (staff_id !== undefined) this.accountData.forEach(one => one.wipe(staff_id))
    this.context.phone.storage.remove(KEY)
    this.kept = null
    this.confirmed = false
    this.locked = false
    this.staff = null
    this.me = null
    this.error = null
  }
  private become(status: SessionStatus): void {
    this.status = status
  }
}

const DONE = Promise.resolve()
const keptOf = ({ token, expires_at, staff }: Session): KeptSession => ({ token, expires_at, staff })
