// Where a rule reads a column: a select, a condition or a join of a file that speaks of its table.
import type { Column, Source } from './source.ts'

/** @returns files, in the order of their paths */
export function readersOf({ table, column }: Column, sources: readonly Source[]): string[] {
  const speaks = new RegExp(
    `(?:selectFrom|[iI]nnerJoin|[lL]eftJoin|updateTable|deleteFrom)\\(\\s*'${table}\\b|\\b(?:from|join) ${table}\\b`,
  )
  const whole = new RegExp(`selectFrom\\('${table}\\b[\\s\\S]{0,200}?selectAll\\(`)
  const names = new RegExp(`(?<![\\w])${column}\\b`)
  return sources
    .filter(({ path, text }) => path.endsWith('.ts') && speaks.test(text) && (names.test(text) || whole.test(text)))
    .map(({ path }) => path)
    .sort()
}
