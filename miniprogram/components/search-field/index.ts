// The search box. It reports each keystroke, and when the keys come and go; waiting until the person has stopped typing is the store's affair.
Component({
  properties: {
    value: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    focus: { type: Boolean, value: false },
  },
  methods: {
    /** Empties the box although its value did not change: what was typed was refused before it became one. */
    clear(typed: string) {
      this.setData({ value: typed })
      this.setData({ value: '' })
    },
    onChange(event: { detail: string }) {
      this.triggerEvent('change', { value: event.detail })
    },
    onClear() {
      this.triggerEvent('change', { value: '' })
    },
    onFocus() {
      this.triggerEvent('focus')
    },
    /** pinyin and dictation may end without an input event */
    onBlur(event: { detail: { value: string } }) {
      this.keep(event.detail.value)
      this.triggerEvent('blur')
    },
    keep(value: string) {
      if (value !== this.data.value) this.triggerEvent('change', { value })
    },
    onSearch(event: { detail: string }) {
      this.keep(event.detail)
      this.triggerEvent('search', { value: event.detail })
    },
  },
})
