// What the form of a new rollout asks for, as the backend takes it.
import type { NewRollout } from '../../../../typings/api'
import { comparable } from '../../../shared/comparable'
import { isMchid } from '../../../shared/mchid'
import { plainNumber } from '../shared/plain-number'

export const ACTIONS = ['both', 'gold_plan.open', 'receipt.open', 'ad_filter.set'] as const
export const PLANS = ['', 'unknown', 'closed'] as const

export interface Asked {
  name: string
  action: (typeof ACTIONS)[number]
  by: 'filter' | 'list'
  /** '' for any */
  plan: (typeof PLANS)[number]
  /** code of the one chosen; '' for everywhere */
  region: string
  industries: string
  /** as it was pasted */
  list: string
}

/** What is no 商户号 is counted by the server and not told to it: it may be a customer's payment code. */
function numberOrNone(part: string): string {
  if (isMchid(part)) return part
  const { value } = plainNumber(part.replace(/^["“”]+|["“”]+$/g, ''))
  return isMchid(value) ? value : '-'
}
const parts = (text: string): string[] => text.split(/[\s,，;；、]+/).filter(part => part !== '')

/** Of a pasted list. A line that is one number is one, with the gaps and commas that a spreadsheet or a person put into it: 1900 000 101. */
const entries = (list: string): string[] =>
  list.split(/[\r\n]+/).flatMap(line => {
    const whole = numberOrNone(line.trim())
    return whole === '-' ? parts(line).map(numberOrNone) : [whole]
  })

/** merchants of one rollout, as the server takes them */
export const MOST_NUMBERS = 100_000
export const countNumbers = (list: string): number => entries(list).length

/** @returns null while something is missing */
export function newRollout({ name, action, by, plan, region, industries, list }: Asked): NewRollout | null {
  const tags = parts(comparable(industries).toUpperCase())
  const numbers = by === 'list' ? entries(list) : []
  if (comparable(name) === '') return null
  if (action === 'ad_filter.set' && (tags.length === 0 || tags.length > 3)) return null
  if (by === 'list' && (numbers.length === 0 || numbers.length > MOST_NUMBERS)) return null
  return {
    name: name.trim(),
    action: action === 'both' ? 'gold_plan.open' : action,
    ...(action === 'both' && { with_receipt: true }),
    ...(action === 'ad_filter.set' && { industries: tags }),
    ...(by === 'list'
      ? { numbers }
      : { filter: { ...(plan !== '' && { gold_plan: plan }), ...(region !== '' && { region_code: region }) } }),
  }
}

/** bytes: a hundred thousand lines of an export with names and addresses */
export const MOST_BYTES = 20 * 1024 * 1024

/** Cells of one line. Inside quotes a separator is text: an address has commas. */
function cellsOf(line: string, separators: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (const character of line) {
    if (character === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    if (!quoted && separators.includes(character)) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell].map(plainCell)
}
/** Without the quotes of the file, and without what keeps a number a text: "1900000101", "=""1900000101""". */
const plainCell = (cell: string): string =>
  plainNumber(
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/""/g, '"'),
  ).value.replace(/^[="]+|"+$/g, '')

/** A comma of a sentence stands in names and addresses: it parts cells only where nothing else does. */
const separatorsOf = (line: string): string => ['\t', ',', ';', '，；'].find(some => [...some].some(one => line.includes(one))) ?? ','

/** 商户号 in GB18030, as it looks where each byte is a character: what Excel saves as CSV in China */
const inGb18030 = '(\u00cc\u00d8\u00d4\u00bc)?\u00c9\u00cc\u00bb\u00a7\u00ba\u00c5'
const header = new RegExp(`^((特约)?商户号|${inGb18030}|(sub_?)?mch_?id)$`, 'i')
const isHeader = (cell: string): boolean => header.test(cell)
/** Whether a file that was read as UTF-8 was right to be, although it has a broken character. */
export const namesColumn = (text: string): boolean => /商户号|mch_?id/i.test(text)

/**
 * @returns a cell for each record: a 商户号, or '-' for what is none and counted later. null: no text, but a workbook or the like
 */
export function numbersOf(text: string): string[] | null {
  // what is no text: a workbook begins so, or has bytes that no text has
  if (text.startsWith('PK\u0003\u0004') || text.includes('\u0000')) return null
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter(line => line.trim() !== '')
  const [first = ''] = lines
  const separators = separatorsOf(first)
  const heads = cellsOf(first, separators)
  if (heads.some(isHeader)) return columnOf(lines.slice(1), separators, heads)
  return lines.map(line => numberOrNone(cellsOf(line, separators).find(isMchid) ?? ''))
}

/** Of each record, which may go on over several lines inside of quotation marks. */
function columnOf(lines: readonly string[], separators: string, heads: readonly string[]): string[] {
  const at = heads.findIndex(isHeader)
  const numbers: string[] = []
  for (let from = 0; from < lines.length;) {
    const to = endOfRecord(lines, from)
    const cells = cellsOf(lines.slice(from, to).join('\n'), separators)
    const swallows = cells.length !== heads.length || lines.slice(from + 1, to).some(line => cellsOf(line, separators).some(isMchid))
    // a stray quotation mark goes on into the lines below: each of them is told by itself, so that none is lost
    const upTo = to - from > 1 && swallows ? from + 1 : to
    numbers.push(numberOrNone((upTo === to ? cells : cellsOf(lines[from]!, separators))[at] ?? ''))
    from = upTo
  }
  return numbers
}

/** of one record: an address has a few */
const mostLines = 20

/** @returns the line after the one in which quotation marks are closed; where they never are, the next one */
function endOfRecord(lines: readonly string[], from: number): number {
  let open = false
  for (let to = from; to < lines.length && to - from < mostLines; to += 1) {
    if (lines[to]!.split('"').length % 2 === 0) open = !open
    if (!open) return to + 1
  }
  return from + 1
}
