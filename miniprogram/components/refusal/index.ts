// What stands in the way of a change: who refuses, what it means, whom to ask, and the number to ask with.
import type { RefusalView } from './view'

Component({
  properties: {
    show: { type: Boolean, value: false },
    refusal: { type: Object, value: { title: '' } as unknown as RefusalView },
  },
  methods: {
    onClose() {
      this.triggerEvent('close')
    },
    onAction() {
      this.triggerEvent(this.data.refusal.action ? 'action' : 'close')
    },
    onCopy() {
      this.triggerEvent('copy', { requestId: this.data.refusal.requestId })
    },
  },
})
