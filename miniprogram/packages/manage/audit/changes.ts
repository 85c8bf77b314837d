// What was changed by an action in words: which fields, from what to what (product.md M23).
import type { AuditEntry, ProviderSettings, ReadinessItemId, ReceiptLink } from '../../../../typings/api'
import { errorKey } from '../../../rules/error-copy'
import { absoluteTime } from '../../../rules/relative-time'
import { industryLabel } from '../../../shared/industries'
import type { Language, Say } from '../../../words/say'
import '../readiness/words'
import './words'
import '../../../words/errors.words'

/** What a person wants to read of a change, in this order; the rest are numbers of rows. */
const FIELDS = [
  'gold_plan',
  'gold_plan_miniprogram',
  'receipt',
  'advertising',
  'ad_filter',
  'state',
  'attention',
  'status',
  'withdrawn',
  'assigned_to',
  'name',
  'address',
  'display_name',
  'role',
  'region_codes',
  'assigned_only',
  'invite_expires_at',
  'another_wechat',
  'answers',
  'blocks',
  'version',
  'added',
  'changed',
  'removed',
  'moved',
  'appid',
  'kind',
  'owner',
  'used_until',
  'started_at',
  'ended_at',
  'expires_at',
  'receipt_link_configured',
  'default_open_since',
  'receipt_links',
  'stale_after_days',
  'class',
  'rollout_rate_per_minute',
  'watch',
  'item',
  'answer',
  'note',
  'keys',
  'clock',
  'link',
  'verification_file',
  'rows',
  'differ',
  'done',
  'recorded',
  'stage',
  'will_change',
  'code',
  'wx_message',
  'month',
  'file',
  'impressions',
  'amount_fen',
] as const
type Field = (typeof FIELDS)[number]

const VALUES = [
  'open',
  'closed',
  'unknown',
  'pending',
  'succeeded',
  'failed',
  'refused',
  'unresolved',
  'approved',
  'rejected',
  'cancelled',
  'expired',
  'executed',
  'preview',
  'applying',
  'applied',
  'stopped',
  'submitted',
  'accepted',
  'returned',
  'active',
  'disabled',
  'invited',
  'official_account',
  'mini_program',
  'app',
  'unregistered',
  'passed',
  'draft',
  'running',
  'waiting',
  'paused',
  'completed',
] as const
const isValue = (value: string): value is (typeof VALUES)[number] => (VALUES as readonly string[]).includes(value)

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
  if (field === 'ad_filter') return industryLabel(value, language)
  if (field === 'class') return say(errorKey(value, 'title') ?? 'error.UNKNOWN.title')
  if (field === 'item') return isItem(value) ? say(`readiness.${value}`) : value
  if (field === 'answer') return isAnswer(value) ? say(`readiness.answer_${value}`) : value
  if (field === 'note') return value
  if (field === 'role') return isRole(value) ? say(`role.${value}`) : value
  if (INSTANT.test(value)) return absoluteTime(value, now, say)
  return isValue(value) && field !== 'name' && field !== 'address' && field !== 'display_name' ? say(`audit.value.${value}`) : value
}

function valueOf(field: Field, value: unknown, reader: Reader): string {
  const { say } = reader
  if (value === null || value === undefined || value === '') return say('audit.value.none')
  if (typeof value === 'boolean') return say(value ? 'audit.value.yes' : 'audit.value.no')
  if (typeof value === 'number') return String(value)
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
