// What an item of evidence draws: the icon of its kind, and nothing that only code reads.
import type { EvidenceLine } from '../../domain/evidence-copy'

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

export type EvidenceRow = Pick<EvidenceLine, 'title' | 'relative' | 'absolute' | 'source' | 'by' | 'withdrawn_text'> & { icon: string }

/** `full`: the timeline also says who recorded it. */
export function evidenceRow(line: EvidenceLine, full = false): EvidenceRow {
  const { kind, title, relative, absolute, source, by, withdrawn_text } = line
  return { icon: icons[kind] ?? 'notes-o', title, relative, absolute, source, by: full ? by : '', withdrawn_text }
}
