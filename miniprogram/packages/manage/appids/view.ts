// The register as it is drawn. Pure.
import type { AppidEntry, AppidKind, AppidListResult } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import './words'

export const KINDS: readonly AppidKind[] = ['official_account', 'mini_program', 'app', 'unregistered']

export const kindLabel = (kind: AppidKind, say: Say): string => say(`appids.kind_${kind}`)

export interface AppidRow {
  appid: string
  kind_label: string
  /** by which the kind is known without its colour */
  icon: string
  name: string
  owner: string
  orders: string
  /** 已停用, or what its last change does to verdicts; '' for nothing */
  note: string
  ended: boolean
  spoken: string
}

const ICONS: Record<AppidKind, string> = { official_account: 'chat-o', mini_program: 'qr', app: 'phone-o', unregistered: 'cross' }

export function appidRow(entry: AppidEntry, now: number, say: Say): AppidRow {
  const kind_label = kindLabel(entry.kind, say)
  const name = entry.name ?? say('appids.unnamed')
  const owner = ownerText(entry, say)
  const ended = entry.kind === 'unregistered' || entry.ended_at !== null
  return {
    appid: entry.appid,
    kind_label,
    icon: ICONS[entry.kind],
    name,
    owner,
    orders: say('appids.orders', { count: entry.orders }),
    note: entry.effect?.under_way ? effectText(entry, say) : entry.ended_at ? endedText(entry.ended_at, now, say) : '',
    ended,
    spoken: [entry.appid, kind_label, name, owner].join(say('common.comma')),
  }
}

export const ownerText = ({ owner }: AppidEntry, say: Say): string =>
  owner === null ? say('appids.own') : owner.name === null ? say('appids.gone', { sub_mchid: owner.sub_mchid }) : owner.name

const endedText = (ended_at: string, now: number, say: Say) => say('appids.ended_at', { time: absoluteTime(ended_at, now, say) })

/** What the last change did to verdicts; '' where no order was paid with it. */
export function effectText({ effect }: Pick<AppidEntry, 'effect'>, say: Say): string {
  if (!effect) return ''
  const { done, total, changed, under_way } = effect
  if (under_way) return total === null ? say('appids.effect_begins') : say('appids.effect_goes_on', { done, total })
  return say(changed === 0 ? 'appids.effect_none' : 'appids.effect_done', { total: total ?? done, changed })
}

export function lastChange({ updated_at, updated_by }: AppidEntry, now: number, say: Say): string {
  return say('appids.last_change', {
    by: updated_by ?? say('appids.by_command'),
    time: absoluteTime(updated_at, now, say, { today: true }),
  })
}

export interface ListView {
  counts: string[]
  entries: { appid: string; line: string; before: string; after: string }[]
  refused: { line: string; text: string; why: string }[]
  /** how many more than are shown */
  more: string
  writes: number
}

type Said = AppidListResult['entries'][number]['after']

export function listView(result: AppidListResult, say: Say): ListView {
  const { added, changed, same, entries, refused } = result
  const writes = added + changed
  return {
    counts: [
      say('appids.count_added', { count: added }),
      say('appids.count_changed', { count: changed }),
      say('appids.count_same', { count: same }),
      say('appids.count_refused', { count: refused.length }),
    ],
    entries: entries.map(({ line, appid, before, after }) => ({
      appid,
      line: say('appids.line', { line }),
      before: before ? saidText(before, say) : say('appids.not_there'),
      after: saidText(after, say),
    })),
    refused: refused.map(({ line, text, reason }) => ({
      line: say('appids.line', { line }),
      text,
      why: say(`appids.refused_${reason}` as MessageKey),
    })),
    more: writes > entries.length ? say('appids.more', { count: writes - entries.length }) : '',
    writes,
  }
}

const saidText = ({ kind, name, sub_mchid }: Said, say: Say): string =>
  [kindLabel(kind, say), sub_mchid ?? say('appids.own'), ...(name === null ? [] : [name])].join(' · ')
