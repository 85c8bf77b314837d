// One item of evidence: what happened, when, and how we know. A withdrawn one stays readable, struck through, with the reason.
import type { EvidenceView } from './view'

Component({
  properties: {
    item: { type: Object, value: { facts: [] as string[] } as unknown as EvidenceView },
  },
})
