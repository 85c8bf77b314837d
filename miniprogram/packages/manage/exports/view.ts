// An export as its row draws it.
import type { Export } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import './words'

export interface ExportRowView {
  id: string
  /** 商户清单 · Excel */
  title: string
  status: Export['status']
  status_label: string
  icon: string
  /** per cent of the rows; null: how many there are is not known, or it is over */
  percent: number | null
  facts: string[]
  /** why it stopped, or until when the file is there; '' for nothing */
  note: string
  /** can be fetched to this phone; is here already; can be cancelled */
  fetches: boolean
  here: boolean
  cancels: boolean
  busy: boolean
}

const ICONS: Readonly<Record<Export['status'], string>> = {
  queued: 'clock-o',
  running: 'upgrade',
  ready: 'success',
  stopped: 'warning-o',
  cancelled: 'cross',
  expired: 'clock-o',
}

/** what a sheet of Excel takes, without its heads; the others stand on the next one */
const SHEET_ROWS = 1_048_575

export const isUnderWay = ({ status }: Pick<Export, 'status'>): boolean => status === 'queued' || status === 'running'

/** As it is called where it is sent to. */
export const fileNameOf = ({ kind, format, requested_at }: Pick<Export, 'kind' | 'format' | 'requested_at'>): string =>
  `${kind}-${requested_at.slice(0, 16).replace(/[-:]/g, '')}.${format}`

/** Bytes in few words: 340 KB, 12.5 MB. */
export const sizeLabel = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`

export function exportRow(one: Export, { here, busy, now, say }: { here: boolean; busy: boolean; now: number; say: Say }): ExportRowView {
  const { id, kind, format, status, rows, rows_expected, bytes, requested_at } = one
  const ready = status === 'ready'
  const sheets = format === 'xlsx' ? Math.ceil((ready ? rows : Math.max(rows, rows_expected ?? 0)) / SHEET_ROWS) : 1
  return {
    id,
    title: say('exports.title', { what: say(`exports.${kind}`), format: say(`exports.${format}`) }),
    status,
    status_label: say(`exports.status_${status}`),
    icon: ICONS[status],
    percent: status === 'running' && rows_expected ? Math.min(100, Math.floor((rows / rows_expected) * 100)) : null,
    facts: [
      absoluteTime(requested_at, now, say, { today: true }),
      rows_expected !== null && isUnderWay(one) ? say('exports.rows_of', { rows, of: rows_expected }) : say('exports.rows', { rows }),
      ...(sheets > 1 ? [say('exports.sheets', { count: sheets })] : []),
      ...(ready ? [sizeLabel(bytes)] : []),
    ],
    note: noteOf(one, now, say),
    fetches: ready && !here,
    here: ready && here,
    cancels: isUnderWay(one),
    busy,
  }
}

function noteOf({ status, stop_code, kept_until }: Export, now: number, say: Say): string {
  if (status === 'stopped' && stop_code !== null) return say(`exports.${stop_code}`)
  if (status === 'expired') return say('exports.expired_note')
  return status === 'ready' && kept_until !== null
    ? say('exports.kept_until', { time: absoluteTime(kept_until, now, say, { today: true }) })
    : ''
}
