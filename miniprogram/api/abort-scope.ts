/** A page's GETs share a scope; leaving the page ends them all. Writes never take one. */
export class AbortScope {
  private listeners = new Set<() => void>()
  private ended = false

  get aborted(): boolean {
    return this.ended
  }

  /** Calls `listener` at abort (at once when that is past). Returns how to stop listening. */
  onAbort(listener: () => void): () => void {
    if (this.ended) {
      listener()
      return () => {}
    }
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  abort(): void {
    if (this.ended) return
    this.ended = true
    const listeners = [...this.listeners]
    this.listeners.clear()
    listeners.forEach(listener => listener())
  }
}
