// CSV that people open in a spreadsheet: exports, and what an import writes beside its file.
import { stringify } from 'csv-stringify/sync'

/** What Excel needs at the beginning to take a CSV for UTF-8. */
export const byteOrderMark = '\u{feff}'

/** @returns each row with its line end, cells quoted where CSV needs it, none of them a formula */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map(row => row.map(noFormula)),
    // by itself it quotes only the line end of its own rows, and a spreadsheet ends a row at each
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  )

/** In one line: where each line of a file stands for one row. */
export const inOneLine = (text: string): string => text.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ')

/**
 * What a spreadsheet would take for a formula gets an apostrophe in front: also in full width or small, which Excel in Chinese reads the same, and behind spaces.
 * `escape_formulas` of csv-stringify knows the forms in full width and neither the small ones nor spaces.
 */
const noFormula = (text: string): string => (/^(?:[\s\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫−]|[\t\r])/u.test(text) ? `'${text}` : text)
