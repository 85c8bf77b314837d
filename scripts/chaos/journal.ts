// What was done to whom, and what was found wrong: the report is made of it.

export interface Violation {
  what: string
  /** what had been done in the seconds before, oldest first */
  ledTo: string[]
}

export interface Journal {
  /** one line of what was done at this moment */
  note(line: string): void
  /** once more of this kind */
  count(kind: string): void
  counts(): [kind: string, times: number][]
  /**
   * @param at epoch milliseconds of what went wrong; absent: now
   * @param traces what is known of it beside the disturbances
   */
  violation(what: string, at?: number, traces?: readonly string[]): void
  readonly violations: readonly Violation[]
}

/** A kill is felt until clients have repeated what they lost. */
const feltForMs = 20_000
/** The first tells most; a broken rule is broken a hundred times. */
const mostViolations = 20

/** @param say told of every line */
export function createJournal(say: (line: string) => void): Journal {
  const began = Date.now()
  const lines: { at: number; line: string }[] = []
  const counts = new Map<string, number>()
  const violations: Violation[] = []
  const stamped = (at: number, line: string) => `${((at - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`
  return {
    violations,
    note(line) {
      const at = Date.now()
      lines.push({ at, line })
      say(stamped(at, line))
    },
    count: kind => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
    counts: () => [...counts].sort(([left], [right]) => left.localeCompare(right)),
    violation(what, at = Date.now(), traces = []) {
      say(stamped(at, `VIOLATION ${what}`))
      if (violations.length >= mostViolations) return
      const before = lines.filter(line => line.at >= at - feltForMs && line.at <= at + 1_000)
      violations.push({ what, ledTo: [...before.map(line => stamped(line.at, line.line)), ...traces] })
    },
  }
}
