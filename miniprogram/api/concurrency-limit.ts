/** At most `limit` at once, the rest in order of arrival. WeChat allows 10 requests; uploads need theirs (product.md P3). */
export class ConcurrencyLimit {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(private readonly limit: number) {}

  /** Resolves when there is room. Every enter needs one leave. */
  enter(): Promise<void> {
    if (this.running < this.limit) {
      this.running += 1
      return Promise.resolve()
    }
    return new Promise(resolve => this.waiting.push(resolve))
  }

  leave(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.running -= 1
  }
}
