// What the form of a new rollout asks for, as the backend takes it.
import type { NewRollout } from '../../../../typings/api'
import { isMchid } from '../../../shared/mchid'

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
const numberOrNone = (part: string): string => (isMchid(part) ? part : '-')
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

const cellsOf = (line: string): string[] => line.split(/[,，;；\t]/).map(cell => cell.trim().replace(/^["'=]+|["']+$/g, ''))
const isHeader = (cell: string): boolean => /^(特约)?商户号$|^(sub_?)?mch_?id$/i.test(cell)

/**
 * @returns a cell for each line that is not empty, as it stands: what is no 商户号 is counted later. null: no text, but a workbook or the like
 */
export function numbersOf(text: string): string[] | null {
  // what is no text: a workbook begins so, or has bytes that no text has
  if (text.startsWith('PK\u0003\u0004') || text.includes('\u0000')) return null
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter(line => line.trim() !== '')
  const [first = ''] = lines
  const named = cellsOf(first).findIndex(isHeader)
  const rows = named < 0 ? lines : lines.slice(1)
  return rows.map(line => {
    const cells = cellsOf(line)
    return (named < 0 ? (cells.find(isMchid) ?? cells[0]) : cells[named]) || '-'
  })
}
