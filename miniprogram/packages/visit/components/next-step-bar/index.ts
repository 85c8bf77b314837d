// The one thing to do next, within reach of the thumb; or, in its place, the reason why there is nothing to do now.
interface SecondaryAction {
  id: string
  icon: string
  label: string
}

Component({
  properties: {
    /** the gold button; empty: the reason is shown instead */
    label: { type: String, value: '' },
    reason: { type: String, value: '' },
    icon: { type: String, value: '' },
    /** one line above the buttons */
    hint: { type: String, value: '' },
    loading: { type: Boolean, value: false },
    /** at most two: `{ id, icon, label }` */
    secondary: { type: Array, value: [] as SecondaryAction[] },
    /** large text: the secondary actions move to a row above */
    large: { type: Boolean, value: false },
  },
  methods: {
    onPrimary() {
      if (!this.data.loading) this.triggerEvent('primary')
    },
    onSecondary(event: WechatMiniprogram.BaseEvent) {
      this.triggerEvent('secondary', { id: event.currentTarget.dataset.id as string })
    },
  },
})
