// What 平台名单 draws: the columns, the list as it stands, and its rows in words.
import type { PortalCheckList, PortalCheckListGroup, PortalCheckListRow, PortalCheckRefusal, SeenField } from '../../../../typings/api'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { absoluteTime } from '../../../rules/relative-time'
import { grouped } from '../../../shared/fill'
import { industryLabel } from '../../../shared/industries'
import type { Language, MessageKey, Say } from '../../../words/say'
import type { ListFault } from './draft'
import type { ListGroup } from './store'
import './words'

interface Reader {
  say: Say
  language: Language
  /** ms */
  now: number
}

const COLUMNS = ['sub_mchid', 'switches', 'ad_filter', 'checked_at', 'name'] as const
export const columnRows = (say: Say) =>
  COLUMNS.map(id => ({ id, name: say(`portal_list.column_${id}`), text: say(`portal_list.column_${id}_text`) }))

/** "128 KB" */
export const sizeText = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`

const FAULTS = [
  'EMPTY',
  'ENCODING',
  'NOT_A_TABLE',
  'HEADER',
  'TOO_MANY_ROWS',
  'PAYMENT_CODE',
  'BODY_TOO_LARGE',
  'FILE_GONE',
  'CHECKED_AT',
] as const
const isFault = (code: string): code is (typeof FAULTS)[number] => (FAULTS as readonly string[]).includes(code)

/** Why all of it cannot be used, and what to do. The server names the columns that it did not know, in Chinese. */
export function faultView({ code, message }: ListFault, { say, language }: Pick<Reader, 'say' | 'language'>) {
  const known = isFault(code) ? code : 'OTHER'
  const said = code === 'HEADER' && language === 'zh-CN' && message !== '' ? message : say(`portal_list.fault_${known}_text`)
  return { fact: say(`portal_list.fault_${known}`), text: said }
}

const GROUPS: readonly PortalCheckListGroup[] = ['differ', 'same', 'unknown', 'refused']
const ICONS: Record<ListGroup, string> = {
  differ: 'exchange',
  same: 'passed',
  unknown: 'question-o',
  refused: 'fail',
  changed: 'warning-o',
}

/** The groups with their numbers; those that were judged otherwise come last, once something was recorded. */
export function groupRows({ counts, results }: PortalCheckList, chosen: ListGroup, say: Say) {
  const row = (id: ListGroup, count: number) => ({
    id,
    icon: ICONS[id],
    count: grouped(count),
    label: say(`portal_list.group_${id}`),
    note: say(`portal_list.group_${id}_note`),
    on: id === chosen,
  })
  return [...GROUPS.map(id => row(id, counts[id])), ...(results.changed > 0 ? [row('changed', results.changed)] : [])]
}

const OUTCOMES = { applied: 'portal_list.applied', cancelled: 'portal_list.cancelled', stopped: 'portal_list.stopped' } as const

/** What was sent, when, by whom, and what can be done with it now. */
export function listView(list: PortalCheckList, { say, now }: Pick<Reader, 'say' | 'now'>) {
  const { status, progress, results, counts } = list
  const time = absoluteTime(list.checked_at, now, say, { today: true })
  const percent = progress.total === 0 ? 100 : Math.floor((progress.done / progress.total) * 100)
  return {
    id: list.id,
    status,
    title: list.name ?? say('portal_list.pasted'),
    facts: [say('portal_list.rows', { count: list.rows }), say('portal_list.looked_at', { time }), list.created_by.display_name],
    newer: status === 'preview' && counts.newer > 0 ? say('portal_list.newer', { count: counts.newer }) : '',
    to_record: counts.same + counts.differ,
    record: say('portal_list.record', { count: counts.same + counts.differ }),
    percent,
    progress: say('portal_list.progress', { done: progress.done, total: progress.total }),
    outcome: status === 'preview' || status === 'applying' ? '' : say(OUTCOMES[status]),
    result: resultText(list, say),
    stopped:
      status === 'stopped'
        ? say(list.stop_code === 'STAFF_DISABLED' ? 'portal_list.stopped_disabled' : 'portal_list.stopped_forbidden')
        : '',
    expires: status === 'preview' ? say('portal_list.expires', { time: absoluteTime(list.expires_at, now, say, { today: true }) }) : '',
    recorded: results.recorded,
  }
}

/** "记录 128 家 · 已有 2 家 · 不在名录 1 家" */
function resultText({ results: { recorded, known, gone } }: PortalCheckList, say: Say): string[] {
  return [
    say('portal_list.result_recorded', { count: recorded }),
    ...(known > 0 ? [say('portal_list.result_known', { count: known })] : []),
    ...(gone > 0 ? [say('portal_list.result_gone', { count: gone })] : []),
  ]
}

/** 记录这份名单？ what follows from it, in numbers. */
export function applySheet({ name, rows, counts }: PortalCheckList, say: Say): SheetView {
  const { same, differ, newer, unknown, refused } = counts
  const point = (icon: string, key: MessageKey, count: number) => (count > 0 ? [{ icon, text: say(key, { count }) }] : [])
  return {
    title: say('portal_list.sheet_title'),
    facts: [name ?? say('portal_list.pasted'), say('portal_list.rows', { count: rows })],
    before: null,
    after: null,
    points: [
      ...point('exchange', 'portal_list.sheet_differ', differ),
      ...point('clock-o', 'portal_list.sheet_newer', newer),
      ...point('passed', 'portal_list.sheet_same', same),
      ...point('question-o', 'portal_list.sheet_skipped', unknown + refused),
    ],
    reason: null,
    option: null,
    cancel: say('common.cancel'),
    confirm: say('portal_list.sheet_ok'),
  }
}

const fieldLabel = (field: SeenField, say: Say): string => say(`portal_list.field_${field}`)

function valueText(value: string | readonly string[], { say, language }: Reader): string {
  if (typeof value !== 'string')
    return value.map(tag => industryLabel(tag, language)).join(say('portal_list.and')) || say('portal_list.no_tags')
  return value === 'open' || value === 'closed' ? say(`switch.${value}`) : say('portal_list.no_record')
}

const REFUSED_FIELDS: Partial<Record<string, MessageKey>> = {
  sub_mchid: 'portal_list.column_sub_mchid',
  name: 'portal_list.column_name',
  gold_plan_jsapi: 'portal_list.field_gold_plan_jsapi',
  gold_plan_miniprogram: 'portal_list.field_gold_plan_miniprogram',
  receipt: 'portal_list.field_receipt',
  advertising: 'portal_list.field_advertising',
  ad_filter: 'portal_list.field_ad_filter',
  checked_at: 'portal_list.column_checked_at',
}

function refusedText({ field, code, other_line }: NonNullable<PortalCheckListRow['refused']>, say: Say): string {
  const reason = say(`portal_list.refused_${code satisfies PortalCheckRefusal}`, { other: other_line ?? '' })
  const column = REFUSED_FIELDS[field]
  return column ? say('portal_list.refused_in', { column: say(column), reason }) : reason
}

export interface RowView {
  id: string
  sub_mchid: string
  /** of the shop; its number where the name is not known */
  title: string
  /** 第 12 行 */
  line: string
  changes: { id: string; name: string; before: string; seen: string; newer: boolean }[]
  /** why it was refused, what is not known, that nothing changes */
  text: string
  /** what became of it */
  outcome: string
  changed: boolean
  /** whether there is a page of the shop */
  opens: boolean
}

export function rowView(row: PortalCheckListRow, reader: Reader): RowView {
  const { say } = reader
  const { line, group, sub_mchid, name, refused, outcome, changed } = row
  return {
    id: String(line),
    sub_mchid: sub_mchid ?? '',
    title: name ?? sub_mchid ?? say('portal_list.no_number'),
    line: say('portal_list.line', { line }),
    changes: row.differences.map(({ field, before, seen, newer }) => ({
      id: field,
      name: fieldLabel(field, say),
      before: valueText(before, reader),
      seen: valueText(seen, reader),
      newer,
    })),
    text: refused
      ? refusedText(refused, say)
      : row.differences.length > 0
        ? ''
        : say(group === 'unknown' && name === null ? 'portal_list.not_found' : 'portal_list.agrees'),
    outcome: outcome === null ? '' : say(`portal_list.outcome_${outcome}`),
    changed,
    opens: name !== null,
  }
}
