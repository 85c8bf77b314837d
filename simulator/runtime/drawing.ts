/** Callbacks of setData that are still to come. */
export class Drawing {
  private readonly answers = new Set<() => void>()

  get underWay(): boolean {
    return this.answers.size > 0
  }
  readonly after = (callback: () => void): void => {
    const answer = () => {
      this.answers.delete(answer)
      callback()
    }
    this.answers.add(answer)
    setTimeout(answer)
  }
}
