// What became of a visit after 提交: one sentence that claims nothing that the server has not said, and the one way on.
import type { SentPhase, SentView } from '../../edit/sent'

const ICONS: Record<SentPhase, string> = { sending: 'upgrade', waiting: 'clock-o', failed: 'warning-o', sent: 'passed', gone: 'delete-o' }

Component({
  properties: {
    sent: { type: Object, value: { phase: 'sending' } as SentView },
    /** words of `visit` */
    copy: { type: Object, value: {} as Record<string, string> },
    /** words of `common` */
    common: { type: Object, value: {} as Record<string, string> },
    large: { type: Boolean, value: false },
  },
  data: { icon: '', shortId: '' },
  observers: {
    sent(sent: SentView) {
      // enough to tell two requests apart by eye; the whole number is copied
      this.setData({ icon: ICONS[sent.phase], shortId: sent.problem?.request_id?.slice(0, 8) ?? '' })
    },
  },
  methods: {
    onOutbox() {
      this.triggerEvent('outbox')
    },
    onDone() {
      this.triggerEvent('done')
    },
    onExplain() {
      this.triggerEvent('explain')
    },
    onShop() {
      this.triggerEvent('shop')
    },
    onChange() {
      this.triggerEvent('change')
    },
    onCopy() {
      this.triggerEvent('copy', { text: this.data.sent.problem?.request_id })
    },
  },
})
