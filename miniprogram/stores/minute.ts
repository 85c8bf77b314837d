import { makeAutoObservable } from 'mobx-miniprogram'
import { MINUTE } from '../rules/relative-time'
import type { Timers } from '../rules/timers'

/** The present minute, for ages that are shown while nothing else changes ("5 分钟前"). Stands still while the app is hidden. */
export class MinuteStore {
  now: number
  private handle: unknown = null

  constructor(private readonly timers: Timers) {
    this.now = timers.now()
    makeAutoObservable<this, 'timers' | 'handle'>(this, { timers: false, handle: false }, { autoBind: true })
  }

  start(): void {
    this.stop()
    this.now = this.timers.now()
    this.handle = this.timers.set(this.start, MINUTE)
  }
  stop(): void {
    this.timers.clear(this.handle)
    this.handle = null
  }
}
