import type { ProblemView } from './error-copy'
import type { Say } from '../words/say'
import type { ScanPanel } from '../shared/scan'

/** One sheet about a scan: what it was, and at most two ways on. */
export interface ScanSheetView {
  panel: ScanPanel
  icon: string
  /** bad: a customer's code, or a failure · plain */
  tone: 'bad' | 'plain'
  title: string
  text: string
  request_id: string
  /** the gold button */
  primary: { id: ScanAct; label: string }
  secondary: { id: ScanAct; label: string } | null
  /** a text field above the buttons */
  field: string
  guideline: string
}
type Way = 'scan' | 'agree' | 'refuse' | 'by_hand' | 'find' | 'retry' | 'close'
/** guideline: WeChat's page about privacy; the sheet stays */
export type ScanAct = Way | 'guideline'

/** Which way on each panel offers first and second. */
const WAYS: Record<ScanPanel, readonly [Way, Way | null]> = {
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
  const way = (id: Way) => ({ id, label: say(id === 'close' && panel === 'manual' ? 'common.cancel' : LABELS[id]) })
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
