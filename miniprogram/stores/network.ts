import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { Phone } from '../api/phone'
import type { Timers } from '../domain/timers'

/** Whether the phone has a network. Bind: online, weak, wifi, since. */
export class NetworkStore {
  online = true
  /** WeChat says that the network is slow */
  weak = false
  /** not one that is paid for by the byte */
  wifi = false
  /** when it went offline (ms); null while online, and where the app was opened without a network: nobody knows since when */
  since: number | null = null
  /** the phone has said it once */
  private told: Promise<void> = Promise.resolve()

  constructor(private readonly timers: Timers) {
    makeAutoObservable<this, 'timers' | 'told'>(this, { timers: false, told: false }, { autoBind: true })
  }

  watch(phone: Phone): void {
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

  changed({ online, weak, wifi = false }: { online: boolean; weak: boolean; wifi?: boolean }): void {
    if (this.online !== online) this.since = online ? null : this.timers.now()
    this.online = online
    this.weak = online && weak
    this.wifi = online && wifi
  }
}
