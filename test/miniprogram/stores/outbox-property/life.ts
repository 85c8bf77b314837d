// The life of an app that can be killed at any line that leaves a trace.
export class Killed extends Error {}

/** From the start of the app to its kill. */
export class Life {
  dead = false
  readonly died: Promise<void>
  private die = () => {}
  private fuse: { steps: number; done: boolean } | null = null

  constructor() {
    this.died = new Promise(resolve => (this.die = resolve))
  }
  /** Killed at the `steps`-th trace from now on, before it (done: after it). */
  arm(steps: number, done: boolean): void {
    this.fuse = { steps, done }
  }
  kill(): void {
    this.dead = true
    this.die()
  }
  step<T>(act: () => T): T {
    if (this.dead) throw new Killed()
    if (this.fuse && this.fuse.steps-- === 0) {
      if (this.fuse.done) act()
      this.kill()
      throw new Killed()
    }
    return act()
  }
}
