// One item of evidence: what happened, when, and how we know. A withdrawn one stays readable, struck through, with the reason.
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

Component({
  properties: {
    line: { type: Object, value: {} as EvidenceLine },
    /** the timeline also says who recorded it */
    full: { type: Boolean, value: false },
  },
  data: { icon: '', facts: [] as string[] },
  observers: {
    'line, full': function (line: EvidenceLine, full: boolean) {
      if (!line?.id) return
      const facts = [line.relative, line.absolute, line.source]
      this.setData({ icon: icons[line.kind] ?? 'notes-o', facts: full ? [...facts, line.by] : facts })
    },
  },
})
