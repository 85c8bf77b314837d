// The sheet about the camera, or about what it read, with words for an order instead of a shop.
import type { ScanAct, ScanSheetView } from '../scan/view'
import type { Say } from '../../../words/say'
import type { OrderPanel } from './view'
import './words'
import '../scan/words'

const WAYS: Record<OrderPanel, readonly [ScanAct, ScanAct | null]> = {
  consent: ['agree', 'refuse'],
  consent_refused: ['close', null],
  camera_refused: ['close', null],
  no_memory: ['scan', 'close'],
  not_supported: ['close', null],
  failed: ['scan', 'close'],
  payment_code: ['close', null],
  unknown: ['scan', 'close'],
  invalid: ['close', null],
}

export function orderScanSheet(panel: OrderPanel, say: Say): ScanSheetView {
  const [first, second] = WAYS[panel]
  const label = (id: ScanAct) =>
    say(id === 'agree' ? 'scan.agree' : id === 'refuse' ? 'scan.refuse' : id === 'scan' ? 'scan.again' : 'common.ok')
  return {
    panel: panel === 'invalid' ? 'unknown' : panel,
    icon: panel === 'consent' ? 'scan' : 'warning-o',
    tone: panel === 'payment_code' ? 'bad' : 'plain',
    title: say(panel === 'consent' || panel === 'payment_code' ? `scan.${panel}.title` : `order_query.${panel}_title`),
    text: say(`order_query.${panel}_text`),
    request_id: '',
    primary: { id: first, label: label(first) },
    secondary: second && { id: second, label: label(second) },
    field: '',
    guideline: panel === 'consent' || panel === 'consent_refused' ? say('scan.guideline') : '',
  }
}
