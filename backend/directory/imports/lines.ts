// The lines of a file, counted apart from the parser: an import accounts for each of them, whatever the parser makes of the quotes.

/** Spaces, commas and quotes alone say nothing: the parser leaves such lines out. */
const value = /[^\s,"]/

export class FileLines {
  /** lines with any value that no record has taken yet, in their order */
  #waiting: { line: number; text: string }[] = []
  #unfinished = ''
  #total = 0
  #blank = 0
  #taken = 0

  /** of the file so far; a last line without a line end counts */
  get total(): number {
    return this.#total
  }

  /** lines between the records */
  get blank(): number {
    return this.#blank
  }

  /** The first line with a value that is in no record yet; undefined where there is none. */
  get firstWaiting(): number | undefined {
    return this.#waiting[0]?.line
  }

  /** @param text what follows in the file, lines ended by \n */
  feed(text: string): void {
    const lines = text.split('\n')
    lines[0] = this.#unfinished + lines[0]!
    this.#unfinished = lines.pop()!
    for (const line of lines) this.#add(line)
  }

  /** There is no more text. */
  end(): void {
    if (this.#unfinished !== '') this.#add(this.#unfinished)
    this.#unfinished = ''
  }

  /**
   * A record holds these lines. Records come in the order of the file.
   * @returns its lines that have any value, with their numbers
   * @throws Error when a line with a value lies before it: the parser has lost one
   */
  take(from: number, to: number): { line: number; text: string }[] {
    const first = this.firstWaiting
    if (from <= this.#taken || (first !== undefined && first < from)) {
      throw new Error(`line ${first ?? from} of the file is in no record or in two`)
    }
    this.#blank += from - this.#taken - 1
    this.#taken = to
    const end = this.#waiting.findIndex(({ line }) => line > to)
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end)
  }

  /** Every record was taken. @throws Error when a line with a value is left */
  close(): void {
    if (this.firstWaiting !== undefined) throw new Error(`line ${this.firstWaiting} of the file is in no record`)
    this.#blank += this.#total - this.#taken
    this.#taken = this.#total
  }

  #add(line: string): void {
    this.#total += 1
    if (value.test(line)) this.#waiting.push({ line: this.#total, text: line })
  }
}
