// The answer to "is this shop migrated?": state, reason, proof and the three steps that lead there.
import type { VerdictView } from '../../rules/verdict'

/** what of the verdict is drawn here */
type VerdictCard = Pick<VerdictView, 'state' | 'title' | 'sentence' | 'proof' | 'marks'> & {
  /** note: its date, or what is said instead */
  ladder: { id: string; label: string; status: VerdictView['ladder'][number]['status']; note: string }[]
}

Component({
  properties: {
    verdict: { type: Object, value: { proof: [], marks: [], ladder: [] } as unknown as VerdictCard },
    name: { type: String, value: '' },
    subMchid: { type: String, value: '' },
    /** district, kind of business */
    facts: { type: Array, value: [] as string[] },
    /** the words of `common` */
    copy: { type: Object, value: {} as Record<string, string> },
    /** large text: sentences below the glyph, the ladder stands upright */
    large: { type: Boolean, value: false },
  },
  methods: {
    onCopy() {
      this.triggerEvent('copy', { text: this.data.subMchid })
    },
  },
})
