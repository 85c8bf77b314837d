// The header of a file: which columns there are, which must be there, and what a misspelt one was probably meant to be.
import { characterCount, firstCharacters } from '../../../miniprogram/shared/characters.ts'
import { comparable } from '../../../miniprogram/shared/comparable.ts'

/** Why a file cannot be used at all, for whoever says it in words of his own. */
export type FileFault = 'EMPTY' | 'ENCODING' | 'NOT_A_TABLE' | 'HEADER' | 'UNUSABLE'

/** A file that cannot be imported at all. The message is one line, for a person. */
export class ImportError extends Error {
  constructor(
    message: string,
    readonly fault: FileFault = 'UNUSABLE',
  ) {
    super(message)
  }
}

/** The columns that one kind of file may have. */
export interface Columns<Name extends string> {
  names: readonly Name[]
  required: readonly Name[]
  /** other words for them that people do write, in small letters without spaces; the Chinese ones are taken as the name */
  alsoCalled: Readonly<Record<string, Name>>
  /** what a person is told they are called, where that is not their name */
  shown?: Readonly<Record<Name, string>>
}

/**
 * Reads the first record as a header: names as they are, or Chinese words for them.
 * @throws ImportError naming every unknown, repeated and missing column, with the nearest right name, as a person knows them
 */
export function readHeaderOf<Name extends string>(columns: Columns<Name>, cells: readonly string[]): ReadonlyMap<Name, number> {
  assertText(cells)
  const isName = (name: string): name is Name => (columns.names as readonly string[]).includes(name)
  const shownAs = (name: Name): string => columns.shown?.[name] ?? name
  const header = new Map<Name, number>()
  const faults: string[] = []
  const unknown: string[] = []
  cells.slice(0, widthOf(cells)).forEach((cell, position) => {
    const given = withoutRemark(comparable(cell))
    const name = chineseFor(columns, given) ?? columns.names.find(own => own === given.toLowerCase()) ?? given
    if (!isName(name)) unknown.push(name)
    else if (header.has(name)) faults.push(`“${shownAs(name)}”出现了两次`)
    else header.set(name, position)
  })
  const unused = columns.names.filter(name => !header.has(name))
  for (const name of unknown.slice(0, mostNamed)) {
    const nearest = nearestColumn(name, unused, columns.alsoCalled)
    const shown = name === '' ? '有一列没有列名' : `不认识“${shorten(name)}”`
    faults.push(nearest === undefined ? shown : `${shown}，是不是“${shownAs(nearest)}”？`)
  }
  if (unknown.length > mostNamed) faults.push(`还有 ${unknown.length - mostNamed} 列不认识`)
  for (const name of columns.required) if (!header.has(name)) faults.push(`缺少“${shownAs(name)}”`)
  // a title, a date of export, Excel's "sep=,"
  if (header.size === 0) faults.push('第一行应是表头：它上面还有别的行就删掉再导入')
  if (faults.length > 0)
    throw new ImportError(
      `表头有误：${faults.join('；')}。可用的列：${columns.names.map(shownAs).join(columns.shown ? '、' : ', ')}`,
      'HEADER',
    )
  return header
}

/** unknown columns of which each is named; of more a person reads none */
const mostNamed = 10

/** *商户号, 商户号（必填）: forms say so which columns must be filled */
const withoutRemark = (name: string): string => name.replace(/^\*+|\*+$|\s*\((?:必填|选填|可选|非必填|可不填|必须)\)\*?$/g, '').trim()

/** Columns of a header, without the nameless ones that a spreadsheet leaves at its end. */
export const widthOf = (header: readonly string[]): number => header.findLastIndex(cell => comparable(cell) !== '') + 1

/**
 * Spreadsheets leave out empty cells at the end of a row, or add some.
 * @returns why the cells of a row cannot be told apart, if they cannot
 */
export function widthFault(cells: readonly string[], width: number, least: number): string | null {
  const beyond = cells.findIndex((cell, index) => index >= width && cell.trim() !== '')
  if (cells.length >= least && beyond < 0) return null
  const rest = beyond < 0 ? '' : `，第 ${beyond + 1} 列有内容却没有列名`
  return `这一行有 ${cells.length} 列，表头有 ${width} 列${rest}`
}

/** Cells that a row must have: up to the last column that is required. */
export const leastCellsOf = <Name extends string>({ required }: Columns<Name>, header: ReadonlyMap<Name, number>): number =>
  Math.max(...required.map(name => header.get(name)! + 1))

/** What people give an import by mistake: a spreadsheet, another encoding, another separator. */
function assertText(cells: readonly string[]): void {
  // oxlint-disable-next-line no-control-regex
  if (cells.some(cell => /[\u0000-\u0008\u000E-\u001F\uFFFD]/u.test(cell))) {
    throw new ImportError('这不是 UTF-8 或 GB18030 的 CSV 文件：请在表格软件里另存为“CSV UTF-8（逗号分隔）”', 'NOT_A_TABLE')
  }
  if (/^sep=/i.test(comparable(cells[0] ?? '')))
    throw new ImportError('第一行应是表头，这里是表格软件的“sep=”说明：删掉这一行，列之间用逗号，再导入', 'HEADER')
  const separator = cells.length === 1 && [';', '\t', '|', '，', '；', '、'].find(one => cells[0]!.includes(one))
  if (separator)
    throw new ImportError(
      `表头里没有逗号：列要用逗号分隔，这个文件用的是${separator === '\t' ? '制表符' : `“${separator}”`}。请在表格软件里另存为“CSV UTF-8（逗号分隔）”`,
      'NOT_A_TABLE',
    )
}

const shorten = (text: string): string => (characterCount(text) > 40 ? `${firstCharacters(text, 40)}…` : text)

/** As people write it, for comparing: without case, spaces and separators. */
export const plainName = (name: string): string =>
  comparable(name)
    .toLowerCase()
    .replace(/[\s\-_.]+/g, '')

/** English names are too alike to be guessed: mchid may be the provider's own. The message asks which one is meant. */
function chineseFor<Name extends string>(columns: Columns<Name>, cell: string): Name | undefined {
  return /\p{Script=Han}/u.test(cell) ? columns.alsoCalled[plainName(cell)] : undefined
}

/** The column that `name` was probably meant to be, if any comes near. */
function nearestColumn<Name extends string>(
  name: string,
  candidates: readonly Name[],
  alsoCalled: Readonly<Record<string, Name>>,
): Name | undefined {
  const plain = plainName(name)
  const known = alsoCalled[plain]
  if (known !== undefined && candidates.includes(known)) return known
  let nearest: Name | undefined
  let least = Infinity
  const words: [string, Name][] = candidates.map(candidate => [candidate.replaceAll('_', ''), candidate])
  words.push(...(Object.entries(alsoCalled) as [string, Name][]).filter(([, candidate]) => candidates.includes(candidate)))
  for (const [word, candidate] of words) {
    const distance = editDistance(firstCharacters(plain, 64), word)
    if (distance < least && distance <= Math.max(1, Math.floor(word.length / 3))) {
      least = distance
      nearest = candidate
    }
  }
  return nearest
}

/** Insertions, deletions, substitutions and swaps of two neighbours, each of cost 1 (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const substitution = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1)
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution)
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        cost = Math.min(cost, beforePrevious[column - 2]! + 1)
      }
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.length]!
}
