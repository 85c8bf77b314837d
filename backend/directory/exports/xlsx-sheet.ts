// One sheet of SpreadsheetML (ECMA-376 part 1, 18.3): every cell is text, so nothing in it is a formula and no number loses its zeros.
import { firstCharacters } from '../../../miniprogram/shared/characters.ts'

export const sheetStart = (heads: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
  `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${sheetRows([heads], 0)}`

export const sheetEnd = '</sheetData></worksheet>'

/** @param before rows that stand above them: readers want to be told where a cell is */
export const sheetRows = (rows: readonly (readonly string[])[], before: number): string =>
  rows
    .map((cells, index) => {
      const row = before + index + 1
      return `<row r="${row}">${cells.map((text, column) => cellOf(text, `${LETTERS[column]!}${row}`)).join('')}</row>`
    })
    .join('')

/** as many columns as an export has at most */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const cellOf = (text: string, place: string): string =>
  text === '' ? '' : `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(fitting(text))}</t></is></c>`

/** UTF-16 units, of which an emoji has two; a spreadsheet calls a file with a longer cell damaged */
const longestCell = 32_767
function fitting(cell: string): string {
  if (cell.length <= longestCell) return cell
  const cut = firstCharacters(cell, longestCell - 1)
  return `${cut.length < longestCell ? cut : firstCharacters(cell, (longestCell - 1) / 2)}…`
}

/** What XML 1.0 cannot hold is left out; line ends are named, because a reader of XML makes one of all of them. */
const escaped = (text: string): string =>
  text.replace(/[^\t\n\r\u{20}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>\r]/g, one => ENTITIES[one]!)

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
