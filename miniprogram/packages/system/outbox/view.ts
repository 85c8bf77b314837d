// What 待同步 draws: one line for each visit and test payment that the server does not have, and one for the photos that go before it. Pure.
import type { ChecklistTemplate } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import type { OutboxItem } from '../../../rules/field-work'
import { isStalled } from '../../../rules/outbox'
import { isOfClock } from '../../../rules/outbox-copy'
import { absoluteTime, clockTime } from '../../../rules/relative-time'
import type { Language, MessageKey, Say } from '../../../words/say'
import type { Held } from '../../../stores/field-work'
import './words'

export interface OutboxRow {
  id: string
  /** of the visit or test payment */
  parcel_id: string
  sub_mchid: string
  icon: string
  title: string
  /** stalled: tried in vain for long, and still tried */
  status: 'waiting' | 'sending' | 'failed' | 'conflict' | 'stalled'
  status_icon: string
  status_label: string
  /** what the server said, in words; '' while nothing stands in the way */
  reason: string
  request_id: string
  facts: string[]
  /** 0–100 of its photos; null: no photos */
  share: number | null
  actions: { id: RowAction; label: string }[]
}
export type RowAction = 'edit' | 'see' | 'retry' | 'remove'
export interface OutboxView {
  /** need a person */
  mine: OutboxRow[]
  automatic: OutboxRow[]
}
export interface OutboxFacts {
  items: readonly OutboxItem[]
  held: Held | null
  problemOf(id: string): ProblemView | null
  /** photos of a visit or test payment: how many, and how many the server has */
  photosOf(parcel_id: string): { count: number; sent: number }
  /** a test payment that the server may have already: it can be sent again, not changed */
  isFixed(parcel_id: string): boolean
  template: ChecklistTemplate | null
  language: Language
  /** phone time, ms */
  now: number
}

const ICONS = { visit: 'notes-o', evidence: 'gold-coin-o', photo: 'photograph' }
const STATUS_ICONS = { waiting: 'clock-o', sending: 'upgrade', failed: 'warning-o', conflict: 'exchange', stalled: 'warning-o' }

export function outboxView(facts: OutboxFacts, say: Say): OutboxView {
  const wholes = facts.items.filter(({ kind, status }) => kind !== 'photo' && status !== 'done')
  const rows = wholes.flatMap(whole => {
    const photos = facts.items.filter(({ kind, parcel_id, status }) => kind === 'photo' && parcel_id === whole.id && status !== 'done')
    return [...(photos.length > 0 ? [photoRow(photos, whole, facts, say)] : []), wholeRow(whole, photos, facts, say)]
  })
  const mine = ({ status }: OutboxRow) => status === 'failed' || status === 'conflict' || status === 'stalled'
  return { mine: rows.filter(mine), automatic: rows.filter(row => !mine(row)) }
}

function wholeRow(item: OutboxItem, photos: readonly OutboxItem[], facts: OutboxFacts, say: Say): OutboxRow {
  const status = statusOf(item)
  const stuck = status === 'failed' || status === 'conflict' || status === 'stalled'
  const problem = facts.problemOf(item.id)
  const waitsForPhotos = status === 'waiting' && photos.length > 0
  return {
    id: item.id,
    parcel_id: item.id,
    sub_mchid: item.shop.sub_mchid,
    icon: item.kind === 'visit' ? ICONS.visit : ICONS.evidence,
    title: `${say(`outbox.kind_${item.kind}` as MessageKey)} · ${item.shop.name}`,
    status,
    status_icon: STATUS_ICONS[status],
    status_label: waitsForPhotos ? say('outbox.status_photos') : statusLabel(status, facts.held, say),
    reason: status === 'conflict' ? say('outbox.conflict_text') : stuck ? reasonOf(item, problem, facts, say) : '',
    request_id: stuck ? (problem?.request_id ?? '') : '',
    facts: [say('outbox.made', { time: absoluteTime(item.created_at, facts.now, say, { today: true }) }), ...triesOf(item, facts, say)],
    share: null,
    actions: actionsOf(item, facts, say),
  }
}

function photoRow(photos: readonly OutboxItem[], whole: OutboxItem, facts: OutboxFacts, say: Say): OutboxRow {
  const refused = photos.find(({ status }) => status === 'failed' || status === 'conflict')
  const failed = refused ?? photos.find(one => statusOf(one) === 'stalled')
  const status = refused ? 'failed' : failed ? 'stalled' : photos.some(one => one.status === 'sending') ? 'sending' : 'waiting'
  const { count, sent } = facts.photosOf(whole.id)
  const shown = failed ?? photos[0]!
  const problem = failed ? facts.problemOf(failed.id) : null
  return {
    id: shown.id,
    parcel_id: whole.id,
    sub_mchid: whole.shop.sub_mchid,
    icon: ICONS.photo,
    title: `${say('outbox.photos', { count })} · ${whole.shop.name}`,
    status,
    status_icon: STATUS_ICONS[status],
    status_label: statusLabel(status, facts.held, say),
    reason: problem ? `${problem.title}${say('connection.stop')}${problem.sentence}` : '',
    request_id: problem?.request_id ?? '',
    facts: [
      say('outbox.photos_of', { sent, count }),
      ...(failed ? [] : [say('outbox.photos_first', { what: say(`outbox.kind_${whole.kind}` as MessageKey) })]),
      ...triesOf(shown, facts, say),
    ],
    share: count > 0 ? Math.round((sent / count) * 100) : 0,
    actions: failed ? actionsOf({ ...whole, status: 'failed' }, facts, say) : [],
  }
}

function statusOf(item: OutboxItem): OutboxRow['status'] {
  if (isStalled(item)) return 'stalled'
  return item.status === 'done' ? 'waiting' : item.status
}

function statusLabel(status: OutboxRow['status'], held: Held | null, say: Say): string {
  if (status === 'waiting' && held === 'offline') return say('outbox.status_network')
  if (status === 'waiting' && held === 'wifi') return say('outbox.status_wifi')
  return say(`outbox.status_${status}` as MessageKey)
}

function triesOf({ tries, next_at, status }: OutboxItem, { now }: OutboxFacts, say: Say): string[] {
  if (status !== 'waiting' || tries === 0) return []
  const next = next_at !== null && next_at > now ? [say('outbox.next', { time: clockTime(next_at) })] : []
  return [say('outbox.tried', { count: tries }), ...next]
}

/** The items at fault by the words of the checklist; what the server said in general where it named none. */
function reasonOf(item: OutboxItem, problem: ProblemView | null, { template, language }: OutboxFacts, say: Say): string {
  const named = (item.error?.fields ?? []).flatMap(({ field }) => {
    const asked = template?.items.find(({ id }) => field === `answers.${id}`)
    return asked ? [say('outbox.field', { label: language === 'zh-CN' ? asked.label_zh : asked.label_en })] : []
  })
  if (named.length > 0) return named.join(say('common.comma'))
  if (isOfClock(item.error)) return say('outbox.clock')
  return problem ? `${problem.title}${say('connection.stop')}${problem.sentence}` : ''
}

function actionsOf(item: OutboxItem, { isFixed }: OutboxFacts, say: Say): OutboxRow['actions'] {
  const { id, status } = item
  const action = (id: RowAction) => ({ id, label: say(`outbox.${id}`) })
  if (status === 'sending') return []
  if (status === 'conflict') return [action('see'), action('remove')]
  const again = status === 'failed' || isStalled(item)
  return [...(isFixed(id) ? [] : [action('edit')]), ...(again ? [action('retry')] : []), action('remove')]
}
