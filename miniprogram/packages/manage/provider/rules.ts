// What is changed of a provider's settings, and what becomes of it when somebody else changed them meanwhile. Pure.
import type { NoticeKind, ProviderSettings, ProviderSettingsRequest, ReceiptLink } from '../../../../typings/api'
import { plainHost, receiptLinkFaults, type ReceiptLinkFaultCode } from '../shared/receipt-link'

export type Settable = ProviderSettingsRequest
export type SettingField = keyof Settable
/** in the order of the page */
const FIELDS: readonly SettingField[] = [
  'name',
  'receipt_link_configured',
  'receipt_links',
  'default_open_since',
  'stale_after_days',
  'rollout_rate_per_minute',
  'watch',
  'message_templates',
]
/** whole numbers that are typed, with the least and the most that the backend takes */
const NUMBERS = {
  stale_after_days: [1, 3_650],
  rollout_rate_per_minute: [1, 10_000],
  days: [1, 90],
  min_payments: [20, 100_000],
  visits_per_day: [1, 50],
} as const
export type NumberField = keyof typeof NUMBERS
export const NUMBER_FIELDS = Object.keys(NUMBERS) as NumberField[]
/** numbers that stand in the rule of the watch */
export const WATCH_NUMBERS: readonly NumberField[] = ['days', 'min_payments', 'visits_per_day']
/** shops that a person visits in a day, where nobody set another number */
export const VISITS_PER_DAY = 8

export const settableOf = (settings: ProviderSettings): Settable => ({
  name: settings.name,
  receipt_link_configured: settings.receipt_link_configured,
  receipt_links: settings.receipt_links,
  default_open_since: settings.default_open_since,
  stale_after_days: settings.stale_after_days,
  rollout_rate_per_minute: settings.rollout_rate_per_minute,
  watch: settings.watch,
  message_templates: settings.message_templates,
})

const momentOf = (time: string | null) => (time === null ? null : Date.parse(time))
function same(field: SettingField, one: Settable, other: Settable): boolean {
  if (field === 'default_open_since') return momentOf(one.default_open_since) === momentOf(other.default_open_since)
  return JSON.stringify(one[field]) === JSON.stringify(other[field])
}
export const changedFields = (from: Settable, to: Settable): SettingField[] => FIELDS.filter(field => !same(field, from, to))

export interface Merge {
  /** theirs, with what I changed */
  edited: Settable
  /** changed by both, to different values: mine stand until I take theirs */
  both: SettingField[]
  /** changed by the other alone: taken */
  theirs: SettingField[]
}
/** @param base what I began with @param mine as I have it now @param theirs as it is on the server */
export function merged(base: Settable, mine: Settable, theirs: Settable): Merge {
  const changed = changedFields(base, mine)
  const others = changedFields(base, theirs)
  const edited = changed.reduce<Settable>((all, field) => ({ ...all, [field]: mine[field] }), theirs)
  return {
    edited,
    both: changed.filter(field => others.includes(field) && !same(field, mine, theirs)),
    theirs: others.filter(field => !changed.includes(field)),
  }
}

/** @returns null: no whole number within the field's limits */
export function numberIn(field: NumberField, text: string): number | null {
  const [least, most] = NUMBERS[field]
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null
  return number !== null && number >= least && number <= most ? number : null
}

/** @param others links that stand beside it @returns null: it may be saved */
export function linkFault(link: ReceiptLink, others: readonly ReceiptLink[]): { part: 'host' | 'path'; code: ReceiptLinkFaultCode } | null {
  const given = [...others, { ...link, host: plainHost(link.host), path: link.path.trim() }]
  const fault = receiptLinkFaults(given).find(({ field }) => field.startsWith(`receipt_links.${others.length}.`))
  return fault ? { part: fault.field.endsWith('.path') ? 'path' : 'host', code: fault.code } : null
}

export type Template = Settable['message_templates'][number]
export const TEMPLATE_KINDS: readonly NoticeKind[] = ['closing', 'shop', 'rollout']

/** As it is typed: the id and the names of three keywords, in any order. */
export const templateText = ({ template_id, keys }: Template): string => [template_id, keys.subject, keys.outcome, keys.at].join(', ')

/**
 * @param text id and keywords: `…, thing1, phrase2, time3`; of two things the first is what it is about
 * @returns null: something is missing, or is no keyword
 */
export function templateIn(kind: NoticeKind, text: string): Template | null {
  const parts = text.split(/[\s,，、;；]+/).filter(part => part !== '')
  const take = (pattern: RegExp): string | undefined => {
    const at = parts.findIndex(part => pattern.test(part))
    return at < 0 ? undefined : parts.splice(at, 1)[0]
  }
  const at = take(/^(time|date)\d{1,2}$/)
  const phrase = take(/^phrase\d{1,2}$/)
  const subject = take(/^(thing|character_string)\d{1,2}$/)
  const outcome = phrase ?? take(/^thing\d{1,2}$/)
  const template_id = take(/^[A-Za-z0-9_-]{20,64}$/)
  if (!at || !subject || !outcome || !template_id || parts.length > 0) return null
  return { kind, template_id, keys: { subject, outcome, at } }
}
