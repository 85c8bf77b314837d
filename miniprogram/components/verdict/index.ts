// The answer to "is this shop migrated?": state, reason, proof and the three steps that lead there. Everything is text that its page prepared.
import type { VerdictView } from './view'

Component({
  properties: {
    verdict: { type: Object, value: { ladder: [] as unknown[] } as unknown as VerdictView },
    /** large text: sentences below the glyph, the ladder stands upright */
    large: { type: Boolean, value: false },
  },
  methods: {
    onCopy() {
      this.triggerEvent('copy', { number: this.data.verdict.number })
    },
  },
})
