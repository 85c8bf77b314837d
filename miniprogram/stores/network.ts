import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { NetworkFacts, Phone } from '../phone/phone'
import type { Timers } from '../rules/timers'

/** While it is believed that there is no network the phone is asked this often: the event that it is back does get lost. */
export const ASK_AGAIN_MS = 10_000
/** So long after a person's own 重试 requests leave although the phone is believed to be offline. */
const INSISTED_MS = 15_000

/** The phone answers at once, or not at all. */
const TIMEOUT_MS = 1_000

/** Whether the phone has a network, and whether anything answers over it. Bind: online, weak, wifi, since, unanswered. */
export class NetworkStore {
  online = true
  /** WeChat says that the network is slow */
  weak = false
  /** not one that is paid for by the byte */
  wifi = false
  /** when it went offline (ms); null while online, and where the app was opened without a network: nobody knows since when */
  since: number | null = null
  /** there is a network, and the last request over it got no answer */
  unanswered = false
  /** the phone has said it once */
  private told: Promise<void> = Promise.resolve()
  private askPhone: (() => Promise<NetworkFacts | null>) | null = null
  private insistedUntil = -Infinity
  private asking: unknown = null

  constructor(private readonly timers: Timers) {
    makeAutoObservable<this, 'timers' | 'told' | 'askPhone' | 'insistedUntil' | 'asking'>(
      this,
      { timers: false, told: false, askPhone: false, insistedUntil: false, asking: false },
      { autoBind: true },
    )
  }

  watch(phone: Phone): void {
    this.askPhone = () => phone.networkNow()
    let first = true
    this.told = new Promise(resolve =>
      phone.watchNetwork(network => {
        this.changed(network)
        if (first) runInAction(() => (this.since = null))
        first = false
        resolve()
      }),
    )
  }
  /** Resolves as soon as the phone has said whether there is a network; at once where it is not asked. */
  known(): Promise<void> {
    return this.told
  }
  /** Whether a request may leave. */
  get mayTry(): boolean {
    return this.online || this.timers.now() < this.insistedUntil
  }

  changed({ online, weak, wifi = false }: NetworkFacts): void {
    if (this.online !== online) {
      this.since = online ? null : this.timers.now()
      this.unanswered = false
    }
    this.online = online
    this.weak = online && weak
    this.wifi = online && wifi
    this.watchOver()
  }
  /** Asks the phone itself: when the app is shown, before something is refused for want of a network, and after a request that got no answer. */
  ask(): Promise<void> {
    if (this.askPhone === null) return Promise.resolve()
    const { timers } = this
    // a phone that does not answer is as it was
    let handle: unknown
    const givenUp = new Promise<null>(resolve => (handle = timers.set(() => resolve(null), TIMEOUT_MS)))
    return Promise.race([this.askPhone().catch(() => null), givenUp]).then(facts => {
      timers.clear(handle)
      if (facts) this.changed(facts)
    })
  }
  /** A person's own 重试, or a list pulled down: the phone is asked, and what is tried now leaves whatever it says. */
  insist(): Promise<void> {
    this.insistedUntil = this.timers.now() + INSISTED_MS
    return this.ask()
  }
  /** The server answered a request. `doubted`: it left while there was believed to be no network, so there is one after all. */
  answered(doubted: boolean): void {
    this.unanswered = false
    if (doubted && !this.online) this.changed({ online: true, weak: false, wifi: this.wifi })
  }
  /** A request left and got no answer. */
  silent(): Promise<void> {
    return this.ask().then(() =>
      runInAction(() => {
        this.unanswered = this.online
      }),
    )
  }

  private watchOver(): void {
    this.timers.clear(this.asking)
    this.asking = this.online || this.askPhone === null ? null : this.timers.set(() => void this.ask().then(this.watchOver), ASK_AGAIN_MS)
  }
}
