// Who is logged in (product.md M01). Bind: status, staff, me, problem, busy.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { asApiError, ApiError } from '../api/errors'
import type { BindingRequired, Me, Session, Staff } from '../../typings/api'
import { problemView, type ProblemView } from '../domain/error-copy'
import type { StoreContext } from './context'
import type { RecentsStore } from './recents'

/**
 * starting: looking at what the phone keeps · login: nobody is logged in · binding: this WeChat user needs an invite code · ready · disabled: the
 * account may not be used · error: somebody was logged in, but the server cannot be asked (problem says why)
 */
export type SessionStatus = 'starting' | 'login' | 'binding' | 'ready' | 'disabled' | 'error'

interface KeptSession {
  token: string
  expires_at: string
  staff: Staff
}
const KEY = 'session'

export class SessionStore {
  status: SessionStatus = 'starting'
  staff: Staff | null = null
  me: Me | null = null
  /** a login, binding or logout is under way */
  busy = false
  private error: ApiError | null = null
  private token: string | null = null
  private bindTicket: string | null = null
  /** server time minus phone time, ms */
  private skew = 0

  constructor(
    private readonly context: StoreContext,
    private readonly recents: RecentsStore,
  ) {
    makeAutoObservable<this, 'context' | 'recents' | 'token' | 'bindTicket' | 'error'>(
      this,
      { context: false, recents: false, token: false, bindTicket: false, error: observable.ref, staff: observable.ref, me: observable.ref },
      { autoBind: true },
    )
  }

  /** What went wrong with the last login, binding or start. */
  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }
  get role_label(): string {
    return this.staff ? this.context.preferences.say(`role.${this.staff.role}`) : ''
  }
  /** The server's time now (ms): countdowns follow it, not a phone set wrong. */
  serverNow(): number {
    return this.context.timers.now() + this.skew
  }

  /** At app start, and by 重试 in status error: goes on with the session that the phone keeps. */
  async start(): Promise<void> {
    const kept = this.context.phone.storage.get<KeptSession>(KEY)
    if (!kept) {
      this.become('login')
      return
    }
    this.begin(kept)
    await this.fetchMe()
  }

  /** 登录: asks WeChat who this is, and the backend who that is. Resolves when status is set. */
  async login(): Promise<void> {
    await this.attempt(async () => {
      const code = await this.context.phone.loginCode()
      await this.enter(await this.context.api.createSession({ code }))
    })
  }

  /** 绑定 with the invite code that the administrator gave. */
  async bind(inviteCode: string): Promise<void> {
    const bind_ticket = this.bindTicket
    if (bind_ticket === null) return this.login()
    await this.attempt(async () => this.enter(await this.context.api.bindStaff({ bind_ticket, invite_code: inviteCode.trim() })))
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
    return this.token
  }
  /**
   * For the request wrapper, after a 401: logs in again without the person. Throws the ApiError that the waiting calls get when the account is no
   * longer usable, or is another one than before: its calls were meant for somebody else.
   */
  async renew(): Promise<void> {
    const before = this.staff?.id ?? null
    const entry = await this.context.api.createSession({ code: await this.context.phone.loginCode() }).catch((thrown: unknown) => {
      const error = asApiError(thrown)
      this.failed(error)
      throw error
    })
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
      await this.enter(entry)
      throw expired
    }
    this.keep(entry)
  }

  /** For the request wrapper: disabling acts at once, on whatever page the person is (product.md M01). */
  shutOut(error: ApiError): void {
    this.failed(error)
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.error = null
    try {
      await work()
    } catch (thrown) {
      this.failed(asApiError(thrown))
    } finally {
      runInAction(() => {
        this.busy = false
      })
    }
  }

  private async enter(entry: Session | BindingRequired): Promise<void> {
    if ('binding_required' in entry) {
      runInAction(() => this.askToBind(entry))
      return
    }
    this.keep(entry)
    await this.fetchMe()
  }

  private async fetchMe(): Promise<void> {
    try {
      const me = await this.context.api.getMe()
      runInAction(() => {
        this.me = me
        this.staff = me.staff
        this.skew = Date.parse(me.server_time) - this.context.timers.now()
        this.error = null
        this.status = 'ready'
      })
    } catch (thrown) {
      this.failed(asApiError(thrown))
    }
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
      } else if (this.status === 'starting' || this.status === 'error') {
        this.status = error.code === 'UNAUTHENTICATED' ? 'login' : 'error'
      }
    })
  }

  private askToBind(required: BindingRequired): void {
    this.bindTicket = required.bind_ticket
    this.status = 'binding'
  }
  private keep({ token, expires_at, staff }: KeptSession): void {
    this.context.phone.storage.set(KEY, { token, expires_at, staff })
    runInAction(() => this.begin({ token, expires_at, staff }))
  }
  private begin(kept: KeptSession): void {
    this.token = kept.token
    this.staff = kept.staff
    this.bindTicket = null
    this.recents.use(kept.staff.id)
  }
  private forget(): void {
    if (this.staff) this.recents.wipe(this.staff.id)
    this.context.phone.storage.remove(KEY)
    this.token = null
    this.bindTicket = null
    this.staff = null
    this.me = null
    this.error = null
  }
  private become(status: SessionStatus): void {
    this.status = status
  }
}
