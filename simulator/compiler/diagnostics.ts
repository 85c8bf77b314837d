// What the build found wrong, by file, line and column. Any error stops the build.
import { relative, sep } from 'node:path'
import type { Diagnostic } from '../runtime/contract.ts'

export class Diagnostics {
  readonly list: Diagnostic[] = []
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** `file` is absolute; line and column are 1-based. */
  add(severity: Diagnostic['severity'], file: string, line: number, column: number, message: string): void {
    const path = relative(this.#folder, file).split(sep).join('/')
    const same = (known: Diagnostic) => known.file === path && known.line === line && known.column === column && known.message === message
    if (!this.list.some(same)) this.list.push({ severity, file: path, line, column, message })
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
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}
