import type { Timers } from '../../../miniprogram/rules/timers.ts'

interface Task {
  at: number
  order: number
  run: () => void
}

/** Time that stands still until a test moves it. `settled` waits for the real I/O that a task started, before the next task runs. */
export class ManualTimers implements Timers {
  private readonly tasks = new Map<number, Task>()
  private present: number
  private count = 0
  private ahead = 0

  constructor(
    start = Date.parse('2026-11-23T10:00:00+08:00'),
    private readonly settled: () => Promise<void> = async () => {},
  ) {
    this.present = start
  }
  now(): number {
    return this.present + this.ahead
  }
  /** Somebody sets the phone's clock by so much (ms); what waits is due when it would have been. */
  setClock(by: number): void {
    this.ahead += by
  }
  set(run: () => void, ms: number): number {
    this.count += 1
    this.tasks.set(this.count, { at: this.present + ms, order: this.count, run })
    return this.count
  }
  clear(handle: unknown): void {
    this.tasks.delete(handle as number)
  }
  get pending(): number {
    return this.tasks.size
  }
  /** Moves time by `ms`, running what falls due in order. */
  async advance(ms: number): Promise<void> {
    const end = this.present + ms
    await this.settled()
    for (let next = this.next(end); next; next = this.next(end)) {
      const [handle, task] = next
      this.tasks.delete(handle)
      this.present = Math.max(this.present, task.at)
      task.run()
      await this.settled()
    }
    this.present = end
  }
  /** Moves time to what is due next and runs it, for whoever waits for something that waits for time. @returns false when nothing is to come */
  async step(): Promise<boolean> {
    const next = this.next(Infinity)
    if (!next) return false
    await this.advance(Math.max(0, next[1].at - this.present))
    return true
  }
  /** Moves time without running anything: the phone slept. */
  sleep(ms: number): void {
    this.present += ms
  }
  /** Runs what is overdue, without moving time. */
  wake(): void {
    for (let next = this.next(this.present); next; next = this.next(this.present)) {
      this.tasks.delete(next[0])
      next[1].run()
    }
  }
  private next(end: number): [number, Task] | undefined {
    return [...this.tasks]
      .filter(([, task]) => task.at <= end)
      .sort(([, one], [, other]) => one.at - other.at || one.order - other.order)[0]
  }
}
