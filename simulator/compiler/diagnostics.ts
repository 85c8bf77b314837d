// What the build found, by file, line and column. An error is what WeChat refuses too, and stops the build; a warning is what WeChat lets pass, or
// what the simulator does not play.
import { relative, sep } from 'node:path'
import type { Diagnostic } from '../runtime/contract.ts'

export class Diagnostics {
  readonly list: Diagnostic[] = []
  readonly #folder: string
  readonly #strict: boolean
  readonly #known = new Set<string>()

  /** @param strict warnings count as errors */
  constructor(folder: string, strict = false) {
    this.#folder = folder
    this.#strict = strict
  }

  get failed(): boolean {
    return this.list.some(({ severity }) => severity === 'error')
  }

  /** `file` is absolute; line and column are 1-based. */
  add(severity: Diagnostic['severity'], file: string, line: number, column: number, message: string): void {
    const path = relative(this.#folder, file).split(sep).join('/')
    const key = `${path}:${line}:${column} ${message}`
    if (this.#known.has(key)) return
    this.#known.add(key)
    this.list.push({ severity: this.#strict ? 'error' : severity, file: path, line, column, message })
  }

  error(file: string, line: number, column: number, message: string): void {
    this.add('error', file, line, column, message)
  }

  warning(file: string, line: number, column: number, message: string): void {
    this.add('warning', file, line, column, message)
  }
}

/** 1-based line and column of an offset in a text. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  if (indexed.text !== text) indexed = { text, starts: lineStarts(text) }
  const { starts } = indexed
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - starts[low]! + 1 }
}

/** Many places of one text are asked for in a row: a megabyte is read once, not once a place. */
let indexed = { text: '', starts: [0] }

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
