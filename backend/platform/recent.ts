// A few thousand answers kept for a short while: the oldest are dropped first, so that many questions do not use more memory.

export class Recent<T> {
  readonly #entries = new Map<string, { value: T; until: number }>()
  constructor(
    private readonly most: number,
    /** milliseconds that do not jump; the domain's clock may */
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(key: string): T | undefined {
    const entry = this.#entries.get(key)
    // what is over stays for getStale, until newer ones take its place
    return entry && entry.until > this.now() ? entry.value : undefined
  }

  /** Also what is over, where nothing newer can be had. */
  getStale(key: string): T | undefined {
    return this.#entries.get(key)?.value
  }

  set(key: string, value: T, forMs: number): void {
    this.#entries.delete(key)
    if (this.#entries.size >= this.most) this.#entries.delete(this.#entries.keys().next().value!)
    this.#entries.set(key, { value, until: this.now() + forMs })
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  get size(): number {
    return this.#entries.size
  }
}

/** So many a second, twice as many at once after a pause. */
export class Allowance {
  #left: number
  #at: number
  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#left = perSecond * 2
    this.#at = now()
  }

  take(): boolean {
    const now = this.now()
    this.#left = Math.min(this.perSecond * 2, this.#left + ((now - this.#at) / 1_000) * this.perSecond)
    this.#at = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
