// One item of evidence: what happened, when, and how we know. A withdrawn one stays readable, struck through, with the reason.
import type { EvidenceRow } from './view'

Component({
  properties: {
    line: { type: Object, value: { facts: [] } as unknown as EvidenceRow },
  },
  methods: {
    onPhotos() {
      this.triggerEvent('photos', { ids: this.data.line.photos?.ids ?? [] })
    },
  },
})
