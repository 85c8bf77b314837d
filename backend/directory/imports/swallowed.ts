// A stray quote makes one row of several: the rows after it become text of a cell. Such a record is refused, never read leniently.
import type { CsvRecord } from './records.ts'
import type { Rejection } from './row.ts'

/** How a row of a kind of file can be told in the middle of a text. */
export interface RowShape {
  /** cells up to the last required column */
  leastCells: number
  /** whether the cell that every row of this kind has is what it should be: a 商户号, a role */
  isKeyed(cells: readonly string[]): boolean
  /** between cells; a comma when absent */
  separator?: ',' | '\t'
}

const mchid = /^['`=]*[0-9０-９]{8,10}(\.0+)?$/
/** A 商户号 as files have it, without the quotes around it. */
export const looksLikeMchid = (cell: string | undefined): boolean => cell !== undefined && mchid.test(cell)

const cellsOf = (line: string, separator: string): string[] => line.split(separator).map(cell => cell.replace(/["\s]+/g, ''))

/**
 * Whether a line inside a cell looks like a record of its own. An address of two lines does not; two cells' worth of text or a 商户号 between commas does.
 */
export function swallowsRows({ cells, inner }: CsvRecord, { leastCells, isKeyed, separator = ',' }: RowShape): boolean {
  if (inner.length === 0) return false
  const inCells = cells.flatMap(cell => cell.split('\n').slice(1))
  const isRow = (line: string): boolean => {
    const own = cellsOf(line, separator)
    return own.length >= Math.max(2, leastCells) || (own.length > 1 && own.some(looksLikeMchid))
  }
  return inCells.some(isRow) || inner.some(line => isKeyed(cellsOf(line, separator)))
}

/** One reason for all lines of the record; each of them that says anything counts as a row that did not land. */
export const swallowed = ({ line, to, inner, fault }: CsvRecord): Rejection => ({
  line,
  to,
  rows: 1 + inner.length,
  sub_mchid: '',
  field: '',
  value: '',
  reason:
    fault === undefined
      ? `第 ${line} 到 ${to} 行被引号连成了一行：一个单元格里像是还有别的行。检查这几行的引号，改好后重新导入`
      : `${fault}：第 ${line} 到 ${to} 行都没有导入。改好这里后重新导入，已导入的不会重复`,
})
