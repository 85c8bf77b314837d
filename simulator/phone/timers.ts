// The frame's timers. They go off by themselves, and at once where time is let pass: as for somebody who waits, without the waiting.
import type { ShiftedClock } from './clock.ts'

interface Timer {
  /** on the time line of `passing` below */
  due: number
  /** what was asked for, milliseconds */
  delay: number
  /** of an interval: milliseconds between two rounds */
  every: number | null
  run(): void
  handle: number
}

export interface Timers {
  /**
   * The app's clock goes on by this many milliseconds, and what is due until then goes off, in order, each at its own moment.
   * @param settled resolves when what a timer began has been drawn; a request that it sent is not waited for
   */
  pass(ms: number, settled: () => Promise<unknown>): Promise<void>
  /** From now on waits of so many milliseconds and more end only where time is let pass; null: by themselves again, after what is left of them. */
  still(from: number | null): void
}

/** Takes the place of setTimeout and its like on this window, before anybody uses them. */
export function keepTimers(clock: ShiftedClock): Timers {
  const set = window.setTimeout.bind(window)
  const clear = window.clearTimeout.bind(window)
  const timers = new Map<number, Timer>()
  let lastId = 0
  // not the clock: whoever sets it does not wait
  let passed = 0
  const passing = () => performance.now() + passed

  let standing: number | null = null
  let stoodAt = 0
  const stands = ({ delay }: Timer) => standing !== null && delay >= standing
  /** The machine's time goes on; what stands comes no nearer by that. */
  const stand = () => {
    const now = performance.now()
    for (const timer of timers.values()) if (stands(timer)) timer.due += now - stoodAt
    stoodAt = now
  }

  const arm = (id: number, timer: Timer) => {
    clear(timer.handle)
    if (!stands(timer)) timer.handle = set(() => goOff(id, timer), timer.due - passing())
  }
  const goOff = (id: number, timer: Timer) => {
    if (timer.every === null) timers.delete(id)
    else {
      timer.due = Math.max(timer.due, passing()) + timer.every
      arm(id, timer)
    }
    timer.run()
  }
  const add =
    (repeats: boolean) =>
    (handler: TimerHandler, ms?: number, ...given: unknown[]) => {
      const id = ++lastId
      const delay = Math.max(0, Number(ms) || 0)
      stand()
      const run = () => {
        if (typeof handler === 'function') Reflect.apply(handler, window, given)
      }
      const timer: Timer = { due: passing() + delay, delay, every: repeats ? Math.max(1, delay) : null, run, handle: 0 }
      timers.set(id, timer)
      arm(id, timer)
      return id
    }
  const remove = (id?: number) => {
    const timer = timers.get(Number(id))
    if (timer) clear(timer.handle)
    timers.delete(Number(id))
  }
  Object.assign(window, { setTimeout: add(false), setInterval: add(true), clearTimeout: remove, clearInterval: remove })

  const goOn = (ms: number) => {
    passed += ms
    clock.offset += ms
  }
  return {
    async pass(ms, settled) {
      let left = ms
      for (;;) {
        stand()
        const [next] = [...timers].sort(([, one], [, other]) => one.due - other.due)
        const wait = next ? Math.max(0, next[1].due - passing()) : Infinity
        if (!next || wait > left) break
        goOn(wait)
        left -= wait
        clear(next[1].handle)
        goOff(...next)
        await settled()
      }
      goOn(left)
      for (const [id, timer] of timers) arm(id, timer)
    },
    still(from) {
      stand()
      standing = from
      for (const [id, timer] of timers) arm(id, timer)
    },
  }
}
