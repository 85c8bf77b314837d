// What a number of the dashboard asks the list for: as the link of the page that shows it, and in words.
import type { MarkFilter, VerdictState } from '../../../../typings/api'
import { proofLabel } from '../../../rules/evidence-copy'
import { dayOf } from '../../../rules/relative-time'
import { stateShortKey } from '../../../rules/states'
import { CHINA_OFFSET } from '../../../shared/china-time'
import type { Say } from '../../../words/say'
import './words'

export const FILTER_NAMES = [
  'state',
  'region_code',
  'assigned_to',
  'on',
  'since_from',
  'since_to',
  'proof',
  'receipt_ready',
] as const satisfies readonly (keyof MarkFilter)[]

/** Names that the codes in a filter stand for. */
export interface FilterNames {
  region?: string
  person?: string
}

/** The states that are neither 已迁移 nor 无需迁移, as a filter has them in any order. */
const MISSING: readonly VerdictState[] = ['unknown', 'not_migrated', 'enrolled', 'regressed', 'blocked']

export const shopsPage = (filter: MarkFilter, names: FilterNames): string => pageOf('shops', filter, names)

/** Where they become a file. */
export const exportPage = (filter: MarkFilter, names: FilterNames): string => pageOf('exports', filter, names, ['kind', 'merchants'])

function pageOf(page: string, filter: MarkFilter, { region, person }: FilterNames, ...further: [string, string][]): string {
  const given: [string, string | undefined][] = [
    ...FILTER_NAMES.map(name => [name, filter[name]] as [string, string | undefined]),
    ['region', region],
    ['person', person],
    ...further,
  ]
  const pairs = given.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`]))
  return `/packages/manage/${page}/index${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
}

/** A value of a link as it was meant: whoever opens a page may have decoded it already, and a name may hold a per cent sign. */
export function fromLink(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** Of the options of a link; what is not a filter is left out. */
export function filterOf(options: Readonly<Record<string, unknown>>): MarkFilter {
  const filter: Record<string, string> = {}
  for (const name of FILTER_NAMES) {
    const value = options[name]
    if (typeof value === 'string' && value !== '') filter[name] = fromLink(value)
  }
  return filter as MarkFilter
}

/** One after the other what the list is narrowed to; empty: it is not. */
export function filterWords(filter: MarkFilter, { region, person }: FilterNames, now: number, say: Say): string[] {
  const { state, region_code, assigned_to, on, since_from, since_to, proof, receipt_ready } = filter
  const day = (one: string) => dayOf(`${one}T12:00:00${CHINA_OFFSET}`, now, say)
  const words: string[] = []
  if (region_code !== undefined) words.push(region ?? region_code)
  if (assigned_to !== undefined)
    words.push(assigned_to === 'me' ? say('shops.mine') : assigned_to === 'none' ? say('shops.nobody') : (person ?? assigned_to))
  if (on !== undefined) words.push(say('shops.on', { day: day(on) }))
  if (state !== undefined) words.push(stateWords(state, say))
  if (since_from !== undefined && since_to !== undefined)
    words.push(say('shops.since_between', { from: day(since_from), to: day(since_to) }))
  else if (since_from !== undefined) words.push(say('shops.since_from', { day: day(since_from) }))
  else if (since_to !== undefined) words.push(say('shops.since_to', { day: day(since_to) }))
  if (proof !== undefined) words.push(proofLabel(proof, say))
  if (receipt_ready !== undefined) words.push(say(`shops.${receipt_ready}`))
  return words
}

function stateWords(state: string, say: Say): string {
  const states = state.split(',') as VerdictState[]
  if (states.length === MISSING.length && MISSING.every(one => states.includes(one))) return say('shops.missing')
  return states.map(one => say(stateShortKey(one))).join(say('shops.or'))
}
