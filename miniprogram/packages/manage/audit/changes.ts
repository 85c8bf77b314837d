// What was changed by an action in words: which fields, from what to what (product.md M23).
import type { AuditEntry, ProviderSettings, ReadinessItemId, ReceiptLink } from '../../../../typings/api'
import { errorKey } from '../../../rules/error-copy'
import { absoluteTime } from '../../../rules/relative-time'
import { grouped } from '../../../shared/fill'
import { industryLabel } from '../../../shared/industries'
import type { Language, Say } from '../../../words/say'
import '../readiness/words'
import { dictionary } from './words'
import '../../../words/errors.words'

type Key = keyof typeof dictionary.en
type Named<Part extends string> = { [K in Key]: K extends `audit.${Part}.${infer Name}` ? Name : never }[Key]
const namesOf = (part: 'field' | 'value'): string[] =>
  Object.keys(dictionary.en).flatMap(key => (key.startsWith(`audit.${part}.`) ? [key.slice(`audit.${part}.`.length)] : []))

/** Those that have words, in their order. */
type Field = Exclude<Named<'field'>, 'import_started_at'>
const FIELDS = namesOf('field').filter((name): name is Field => name !== 'import_started_at')

type Value = Exclude<Named<'value'>, 'watch'>
const VALUES = new Set(namesOf('value').filter(name => name !== 'watch'))
const isValue = (value: string): value is Value => VALUES.has(value)

/** What people or files wrote: it means what it says, also where it is one of our words. */
const FREE: ReadonlySet<Field> = new Set([
  'name',
  'short_name',
  'address',
  'display_name',
  'note',
  'content',
  'store_name',
  'host',
  'file',
] as const)

const STATES = ['unknown', 'not_applicable', 'not_migrated', 'enrolled', 'verified', 'regressed', 'blocked'] as const
const isState = (value: string): value is (typeof STATES)[number] => (STATES as readonly string[]).includes(value)
const MARKS = ['CHECK_FAILED', 'OUT_OF_BAND', 'OPERATION_BLOCKED', 'RECEIPT_ERROR', 'SETTLING', 'STALE', 'SUSPECTED'] as const
const isMark = (value: string): value is (typeof MARKS)[number] => (MARKS as readonly string[]).includes(value)
const ROLES = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin'] as const
const isRole = (value: string): value is (typeof ROLES)[number] => (ROLES as readonly string[]).includes(value)
const ITEMS = [
  'enrolment',
  'contact',
  'api_keys',
  'default_open',
  'receipt_link',
  'verification_file',
  'debuggers',
  'callback',
  'server_domains',
  'message_templates',
  'privacy',
  'appids',
  'staff',
  'directory',
] as const satisfies readonly ReadinessItemId[]
const isItem = (value: string): value is (typeof ITEMS)[number] => (ITEMS as readonly string[]).includes(value)
const ANSWERS = ['done', 'not_needed', 'open'] as const
const isAnswer = (value: string): value is (typeof ANSWERS)[number] => (ANSWERS as readonly string[]).includes(value)
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

export interface Reader {
  say: Say
  language: Language
  /** ms */
  now: number
}

function wordOf(field: Field, value: string, { say, language, now }: Reader): string {
  if (field === 'state') return isState(value) ? say(`state.${value}`) : value
  if (field === 'attention') return isMark(value) ? say(`attention.${value}`) : value
  if (FREE.has(field)) return value
  if (field === 'ad_filter' || field === 'industry') return industryLabel(value, language)
  if (field === 'class') return say(errorKey(value, 'title') ?? 'error.UNKNOWN.title')
  if (field === 'item') return isItem(value) ? say(`readiness.${value}`) : value
  if (field === 'answer') return isAnswer(value) ? say(`readiness.answer_${value}`) : value
  if (field === 'role') return isRole(value) ? say(`role.${value}`) : value
  if (INSTANT.test(value)) return absoluteTime(value, now, say)
  return isValue(value) ? say(`audit.value.${value}`) : value
}

function valueOf(field: Field, value: unknown, reader: Reader): string {
  const { say } = reader
  if (value === null || value === undefined || value === '') return say('audit.value.none')
  if (typeof value === 'boolean') return say(value ? 'audit.value.yes' : 'audit.value.no')
  if (typeof value === 'number') return grouped(value)
  if (typeof value === 'string') return wordOf(field, value, reader)
  if (Array.isArray(value) && value.every(one => typeof one === 'string'))
    return value.map(one => wordOf(field, one, reader)).join(say('audit.and')) || say('audit.value.none')
  const watched = value as Partial<ProviderSettings['watch']>
  if (field === 'watch' && watched.days !== undefined && watched.min_payments !== undefined)
    return watched.enabled ? say('audit.value.watch', { days: watched.days, payments: watched.min_payments }) : say('audit.value.no')
  if (field === 'receipt_links' && Array.isArray(value))
    return value.map(({ host, path }: ReceiptLink) => `${host}${path}`).join(say('audit.and')) || say('audit.value.none')
  return say('audit.value.changed')
}

export interface AuditChange {
  id: string
  name: string
  /** "关 → 开", or only what it is now */
  text: string
}

/** A field's name; what begins and ends is a visit, unless the action says another. */
const fieldName = (field: Field, action: string, say: Say): string =>
  say(field === 'started_at' && action.startsWith('import.') ? 'audit.field.import_started_at' : `audit.field.${field}`)

/** A field that is only in `after` was not there or not known before: of it only what is now is said. */
export function changesOf({ action, before, after }: Pick<AuditEntry, 'action' | 'before' | 'after'>, reader: Reader): AuditChange[] {
  return FIELDS.flatMap(field => {
    const [was, is] = [before?.[field], after?.[field]]
    const known = before !== null && field in before
    if (!known && (is === null || is === undefined)) return []
    const [old, text] = [valueOf(field, was, reader), valueOf(field, is, reader)]
    const both = known && old !== text
    return [
      {
        id: field,
        name: fieldName(field, action, reader.say),
        text: both ? reader.say('audit.from_to', { before: old, after: text }) : text,
      },
    ]
  })
}
