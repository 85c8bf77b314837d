import type { ProblemView } from '../../../rules/error-copy'
import './words'
import type { Say } from '../../../words/say'
import type { ScanPanel } from '../../../shared/scan'
import type { ScanAct, ScanSheetView, ScanWay } from '../../../stores/scan'

export type { ScanAct, ScanSheetView }

/** Which way on each panel offers first and second. */
const WAYS: Record<ScanPanel, readonly [ScanWay, ScanWay | null]> = {
  consent: ['agree', 'refuse'],
  consent_refused: ['by_hand', 'close'],
  camera_refused: ['by_hand', 'close'],
  no_memory: ['scan', 'by_hand'],
  not_supported: ['by_hand', 'close'],
  failed: ['scan', 'by_hand'],
  manual: ['find', 'close'],
  payment_code: ['close', null],
  personal_code: ['scan', 'close'],
  foreign: ['scan', 'close'],
  unknown: ['scan', 'by_hand'],
  error: ['retry', 'by_hand'],
}
const LABELS = {
  scan: 'scan.again',
  agree: 'scan.agree',
  refuse: 'scan.refuse',
  by_hand: 'scan.by_hand',
  find: 'scan.find',
  retry: 'common.retry',
  close: 'common.ok',
} as const

export function scanSheet(panel: ScanPanel, problem: ProblemView | null, say: Say): ScanSheetView {
  const [first, second] = WAYS[panel]
  const way = (id: ScanWay) => ({ id, label: say(id === 'close' && panel === 'manual' ? 'common.cancel' : LABELS[id]) })
  return {
    panel,
    icon: panel === 'manual' ? 'edit' : panel === 'consent' ? 'scan' : panel === 'personal_code' ? 'info-o' : 'warning-o',
    tone: panel === 'payment_code' || panel === 'error' ? 'bad' : 'plain',
    title: panel === 'error' ? (problem?.title ?? '') : say(`scan.${panel}.title`),
    text: panel === 'error' ? (problem?.sentence ?? '') : say(`scan.${panel}.text`),
    request_id: (panel === 'error' && problem?.request_id) || '',
    primary: way(first),
    secondary: second && way(second),
    field: panel === 'manual' ? say('scan.field') : '',
    guideline: panel === 'consent' || panel === 'consent_refused' ? say('scan.guideline') : '',
  }
}
