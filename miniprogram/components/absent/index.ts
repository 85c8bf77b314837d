// Stands where a component of another package will be (componentPlaceholder). It draws nothing while that is put in its place; where its package is not on the
// phone and cannot be fetched, it says so: a sheet when it is asked for, a bar or an answer where it would stand. Reports `close` and `cancel`.
import { fetching } from '../../behaviors/fetching'

Component({
  behaviors: [fetching],
  properties: {
    /** of a sheet: it is asked for */
    show: { type: Boolean, value: false },
    /** of a bar or an answer: what it would say */
    label: { type: String, value: '' },
    reason: { type: String, value: '' },
    /** visit or merchant: the package that has it */
    from: { type: String, value: 'visit' },
  },
  observers: {
    show(show: boolean) {
      if (show) this.onRetry()
    },
    'label, reason': function (label: string, reason: string) {
      if ((label || reason) && this.data.fetching === '') this.onRetry()
    },
  },
  methods: {
    onRetry() {
      void this.fetch(this.data.from as 'visit' | 'merchant')
    },
    onClose() {
      this.triggerEvent('close')
      this.triggerEvent('cancel')
    },
  },
})
