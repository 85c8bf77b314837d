// What the form of a new rollout asks for, as the backend takes it.
import type { NewRollout } from '../../../../typings/api'

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
const numberOrNone = (part: string): string => (/^\d{8,10}$/.test(part) ? part : '-')
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
