// What an item of evidence draws: the icon of its kind, and nothing that only code reads.
import type { EvidenceLine } from '../../../../domain/evidence-copy'

const icons: Record<string, string> = {
  api_operation: 'passed',
  portal_check: 'eye-o',
  receipt_beacon: 'bill-o',
  test_payment: 'gold-coin-o',
  order_query: 'orders-o',
  limitation: 'warning-o',
  flow_conclusion: 'location-o',
  unblock: 'todo-list-o',
}

export interface EvidenceRow {
  icon: string
  title: string
  /** when and how we know; on the timeline also who recorded it */
  facts: string[]
  /** only where it was withdrawn */
  withdrawn_text?: string
}

/** `full`: for the timeline. */
export function evidenceRow(line: EvidenceLine, full = false): EvidenceRow {
  const { kind, failed, title, relative, absolute, source, by, withdrawn_text } = line
  const icon = failed ? 'fail' : (icons[kind] ?? 'notes-o')
  const row = { icon, title, facts: full ? [relative, absolute, source, by] : [relative, absolute, source] }
  return withdrawn_text === null ? row : { ...row, withdrawn_text }
}
