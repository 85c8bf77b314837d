// The search box. It reports each keystroke; waiting until the person has stopped typing is the store's affair.
Component({
  properties: {
    value: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    focus: { type: Boolean, value: false },
  },
  methods: {
    onChange(event: { detail: string }) {
      this.triggerEvent('change', { value: event.detail })
    },
    onClear() {
      this.triggerEvent('change', { value: '' })
    },
    onSearch(event: { detail: string }) {
      this.triggerEvent('search', { value: event.detail })
    },
  },
})
