// What became of each line of the file. The lines are counted apart from the parser and the outcomes apart from the rows, and the two must meet.
import type { ImportCounts } from '../../database/directory-tables.ts'
import type { FileLines } from './lines.ts'

/** The lines of a file: the header's, the empty ones, one for each row, and those that a cell with line breaks adds to its row. */
export interface LineAccount {
  total: number
  header: number
  blank: number
  rows: number
  further: number
}

/** Records as they are read, those of a run before too. */
export class Account {
  #header = 0
  #rows = 0
  #further = 0

  header(lines: number): void {
    this.#header = lines
  }

  /** @param lines that the record has, @param rows that it stands for */
  record(lines: number, rows: number): void {
    this.#rows += rows
    this.#further += lines - rows
  }

  /**
   * At the end of the file, before the last rows land.
   * @param outcomes of every row
   * @throws Error when a line or a row is missing: nothing more is written then
   */
  close(lines: FileLines, { added, updated, unchanged }: ImportCounts, rejected: number): LineAccount {
    const account = { total: lines.total, header: this.#header, blank: lines.blank, rows: this.#rows, further: this.#further }
    const found = account.header + account.blank + account.rows + account.further
    const handled = added + updated + unchanged + rejected
    if (found !== account.total || handled !== account.rows) {
      throw new Error(
        `内部错误，最后一批没有写入：文件有 ${account.total} 行，数到 ${found} 行；读了 ${account.rows} 行，处理了 ${handled} 行`,
      )
    }
    return account
  }
}
