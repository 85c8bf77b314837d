import { makeAutoObservable } from 'mobx-miniprogram'
import type { Phone } from '../api/phone'
import type { Timers } from '../domain/timers'

/** Whether the phone has a network. Bind: online, weak, since. */
export class NetworkStore {
  online = true
  /** WeChat says that the network is slow */
  weak = false
  /** when it went offline (ms), null while online */
  since: number | null = null

  constructor(private readonly timers: Timers) {
    makeAutoObservable<this, 'timers'>(this, { timers: false }, { autoBind: true })
  }

  watch(phone: Phone): void {
    phone.watchNetwork(network => this.changed(network))
  }

  changed({ online, weak }: { online: boolean; weak: boolean }): void {
    if (this.online !== online) this.since = online ? null : this.timers.now()
    this.online = online
    this.weak = online && weak
  }
}
