// What 服务商设置 draws: values in words, what somebody else changed, the history of 默认开通. Pure.
import type { ProviderSettings } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import type { Conflict } from './store'
import { NUMBER_FIELDS, VISITS_PER_DAY, type NumberField, type Settable, type SettingField } from './rules'
import './words'

const yesNo = (value: boolean, say: Say) => say(value ? 'provider.yes' : 'provider.no')

const fieldName = (field: SettingField, say: Say): string => say(`provider.field_${field}` as MessageKey)

/** One value as it is compared with another's. @param now of the server (ms) */
function valueText(field: SettingField, settings: Settable, now: number, say: Say): string {
  switch (field) {
    case 'name':
      return settings.name
    case 'receipt_link_configured':
      return yesNo(settings.receipt_link_configured, say)
    case 'receipt_links':
      return settings.receipt_links.map(({ host, path }) => `${host}${path}`).join(say('common.comma')) || say('provider.no_links')
    case 'default_open_since':
      return sinceText(settings.default_open_since, now, say)
    case 'stale_after_days':
      return say('provider.days', { days: settings.stale_after_days })
    case 'rollout_rate_per_minute':
      return say('provider.per_minute', { count: settings.rollout_rate_per_minute })
    case 'watch': {
      const { enabled, days, min_payments } = settings.watch
      return enabled ? say('provider.watch_on', { days, payments: min_payments }) : say('provider.watch_off')
    }
    case 'message_templates':
      return (
        settings.message_templates.map(({ kind }) => say(`provider.template_${kind}`)).join(say('common.comma')) ||
        say('provider.no_template')
      )
  }
}

export const sinceText = (since: string | null, now: number, say: Say): string =>
  since === null ? say('provider.off') : say('provider.on_since', { time: absoluteTime(since, now, say) })

/** As somebody reads them who may not change them. */
export function factsView(settings: Settable | null, now: number, say: Say) {
  const text = (field: SettingField) => (settings ? valueText(field, settings, now, say) : '')
  return {
    name: text('name'),
    stale: text('stale_after_days'),
    rate: text('rollout_rate_per_minute'),
    watch: text('watch'),
    visits: say('provider.visits_a_day', { count: settings?.watch.visits_per_day ?? VISITS_PER_DAY }),
    configured: text('receipt_link_configured'),
  }
}

/** What stands in the boxes, unless somebody types in them. */
export function boxesOf({ name, stale_after_days, rollout_rate_per_minute, watch }: Settable): Record<NumberField | 'name', string> {
  const { days, min_payments, visits_per_day = VISITS_PER_DAY } = watch
  return {
    name,
    stale_after_days: `${stale_after_days}`,
    rollout_rate_per_minute: `${rollout_rate_per_minute}`,
    days: `${days}`,
    min_payments: `${min_payments}`,
    visits_per_day: `${visits_per_day}`,
  }
}
/** What is said below each box; '' where nothing is wrong with it. */
export const wrongTexts = (wrong: readonly NumberField[], settings: Settable | null, say: Say): Record<string, string> => ({
  ...Object.fromEntries(NUMBER_FIELDS.map(field => [field, wrong.includes(field) ? say(`provider.wrong_${field}` as MessageKey) : ''])),
  name: settings && settings.name.trim() === '' ? say('provider.wrong_name') : '',
})

/** Before 默认开通 is changed: shops are judged by it. @param settings as they would be saved */
export function confirmSheet(current: ProviderSettings, settings: Settable, now: number, say: Say): SheetView {
  return {
    title: say('provider.confirm_title'),
    facts: [],
    before: null,
    after: null,
    points: [
      { icon: 'clock-o', text: say('provider.confirm_from', { value: sinceText(current.default_open_since, now, say) }) },
      { icon: 'exchange', text: say('provider.confirm_to', { value: sinceText(settings.default_open_since, now, say) }) },
      { icon: 'shop-o', text: say('provider.confirm_count', { count: current.judged_by_default_open }) },
      { icon: 'records-o', text: say('provider.confirm_trail') },
    ],
    reason: null,
    cancel: say('provider.cancel'),
    confirm: say('provider.confirm'),
  }
}

export interface ConflictView {
  text: string
  both: { field: SettingField; name: string; mine: string; theirs: string; takes: 'mine' | 'theirs' }[]
  theirs: { field: SettingField; text: string }[]
}
/** @param edited as it would be saved */
export function conflictView(conflict: Conflict, edited: Settable, now: number, say: Say): ConflictView {
  const by = conflict.by === null || conflict.by === 'command' ? say('provider.command') : conflict.by
  const time = conflict.at === null ? '' : absoluteTime(conflict.at, now, say, { today: true })
  return {
    text: say('provider.conflict_text', { by, time }),
    both: conflict.both.map(({ field, mine, theirs }) => ({
      field,
      name: fieldName(field, say),
      mine: say('provider.mine', { value: valueText(field, mine, now, say) }),
      theirs: say('provider.theirs', { value: valueText(field, theirs, now, say) }),
      takes: JSON.stringify(edited[field]) === JSON.stringify(theirs[field]) ? 'theirs' : 'mine',
    })),
    theirs: conflict.theirs.map(field => {
      const value = valueText(field, edited, now, say)
      return { field, text: say('provider.their_change', { name: fieldName(field, say), value }) }
    }),
  }
}

export interface HistoryLine {
  id: string
  text: string
  note: string
}
export const historyOf = ({ default_open_changes }: ProviderSettings, now: number, say: Say): HistoryLine[] =>
  default_open_changes.map(({ enabled, effective_at, recorded_at, recorded_by }) => ({
    id: recorded_at,
    text: say(enabled ? 'provider.was_on' : 'provider.was_off', { time: absoluteTime(effective_at, now, say) }),
    note: say('provider.recorded', {
      by: recorded_by === null || recorded_by === 'command' ? say('provider.command') : recorded_by,
      time: absoluteTime(recorded_at, now, say, { today: true }),
    }),
  }))

/** @returns null: nothing is under way */
export function rederivingView(rederiving: ProviderSettings['rederiving'], say: Say): { percent: number; text: string } | null {
  if (rederiving === null) return null
  if (!rederiving.total) return { percent: 0, text: say('rederiving.begins') }
  const percent = Math.min(99, Math.floor((rederiving.done / rederiving.total) * 100))
  return { percent, text: say('rederiving.text', { percent }) }
}

const SHANGHAI_OFFSET = 8 * 3_600_000
/** As a picker has it: 2026-11-01 and 09:30, in Shanghai. */
export function pickedOf(time: string | number): { date: string; time: string } {
  const shifted = new Date(new Date(time).getTime() + SHANGHAI_OFFSET).toISOString()
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) }
}
export const sinceOf = ({ date, time }: { date: string; time: string }): string => `${date}T${time}:00+08:00`

/** That WeChat does not take a template, since when, and as WeChat says it. */
export const templateRefused = (
  { errcode, errmsg, since }: Pick<ProviderSettings['message_template_faults'][number], 'errcode' | 'errmsg' | 'since'>,
  now: number,
  say: Say,
): string =>
  say('provider.template_refused', { since: absoluteTime(since, now, say, { today: true }), answer: `${errcode} ${errmsg}`.trim() })
