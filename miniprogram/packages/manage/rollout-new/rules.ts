// What the form of a new rollout asks for, as the backend takes it.
import type { NewRollout } from '../../../../typings/api'
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
  /** '' for everywhere */
  region: string
  industries: string
  /** as it was pasted */
  list: string
}

/** What is no 商户号 is counted by the server and not told to it: it may be a customer's payment code. */
function numberOrNone(part: string): string {
  const { value } = plainNumber(part.replace(/^["“”]+|["“”]+$/g, ''))
  return isMchid(value) ? value : '-'
}
const parts = (text: string): string[] => text.split(/[\s,，;；、]+/).filter(part => part !== '')

/** @returns null while something is missing */
export function newRollout({ name, action, by, plan, region, industries, list }: Asked): NewRollout | null {
  const tags = parts(industries)
  const numbers = parts(list).map(numberOrNone)
  if (name.trim() === '') return null
  if (action === 'ad_filter.set' && (tags.length === 0 || tags.length > 3)) return null
  if (by === 'list' ? numbers.length === 0 : region !== '' && !/^\d{6}$/.test(region)) return null
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

const isHeader = (cell: string): boolean => /^(特约)?商户号$|^(sub_?)?mch_?id$/i.test(cell)

/**
 * @returns a cell for each line that is not empty: a 商户号, or '-' for what is none and counted later. null: no text, but a workbook or the like
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
  const named = cellsOf(first, separators).findIndex(isHeader)
  const rows = named < 0 ? lines : lines.slice(1)
  return rows.map(line => {
    const cells = cellsOf(line, separators)
    return numberOrNone((named < 0 ? cells.find(isMchid) : cells[named]) ?? '')
  })
}
