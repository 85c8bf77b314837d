// What a working day is made of, as numbers (README.md says where they come from). Pure.
import type { Role } from '../../backend/http/schema.ts'

/** Seconds, the shortest and the longest, evenly spread. Divided by the pace. */
export const seconds = {
  /** between two acts in a shop */
  think: [20, 60],
  /** from one shop to the next */
  walk: [300, 900],
  /** questions of a checklist, with the owner beside */
  checklist: [60, 180],
  /** between two letters groups of a search */
  typing: [0.6, 1.5],
  /** of lead and operator, between two looks */
  desk: [20, 90],
} as const satisfies Record<string, readonly [least: number, most: number]>
export type Pause = keyof typeof seconds

/** Of a stay in a shop, how often it has this act. */
export const shares = {
  /** found by typing; else from 今日门店 */
  search: 0.6,
  /** the timeline is opened */
  timeline: 0.5,
  switch: 0.25,
  visit: 0.4,
  /** the pack is brought up to date before walking on; the app does it each 12 h */
  packAfter: 0.5,
  /** begins the day in a shop; else on the way to one */
  beginsInShop: 0.5,
} as const

/** bytes of what a phone sends, after its own compression */
export const photo = { width: 1_600, height: 1_200 } as const

/** of 100 phones: 2 operators, 5 leads, and agents */
export function roleOf(phone: number): Extract<Role, 'field_agent' | 'region_lead' | 'operator'> {
  if (phone % 50 === 49) return 'operator'
  return phone % 20 === 7 ? 'region_lead' : 'field_agent'
}

/** of five agents three see only what is assigned to them */
export const seesOwnOnly = (phone: number, homes: number): boolean => phone < homes && phone % 5 < 3

/** How many agents share the directory's shops among them; whoever comes beyond works where one of them does, as a colleague without own shops. */
export const mostHomes = 1_000

export const codeOf = (phone: number): string => `phone-${phone}`
export const staffIdOf = (phone: number): string => `staff-phone-${phone}`

/** As a reverse proxy tells it of a phone: 10.0.0.1 and on. @param phone below 2^24 − 1 */
export function addressOf(phone: number): string {
  const at = phone + 1
  return `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`
}
