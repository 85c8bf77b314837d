// What was read otherwise than it stands in the file, or landed and deserves a look: said at the end, each sort once, with its first lines.

export interface Note {
  what: string
  /** the first few */
  lines: number[]
  count: number
}

/** kinds of notes; of a file that has more, the rest are left out */
const most = 200
const shownLines = 5

export class Notes {
  readonly #notes = new Map<string, Note>()

  add(line: number, whats: readonly string[]): void {
    for (const what of whats) {
      const note = this.#notes.get(what)
      if (note) {
        note.count += 1
        if (note.lines.length < shownLines) note.lines.push(line)
      } else if (this.#notes.size < most) this.#notes.set(what, { what, lines: [line], count: 1 })
    }
  }

  get all(): Note[] {
    return [...this.#notes.values()]
  }
}
