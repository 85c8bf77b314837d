// The search box. It reports each keystroke, and when the keys come and go; waiting until the person has stopped typing is the store's affair.
interface Typed {
  detail: { value: string }
}

Component({
  properties: {
    value: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    focus: { type: Boolean, value: false },
  },
  data: {
    /** what stands in the box */
    typed: '',
    /** what was last put there by somebody else: the box is not given what came from it, which would move the cursor on a slow phone */
    shown: '',
  },
  observers: {
    value(value: string) {
      if (value !== this.data.typed) this.setData({ typed: value, shown: value })
    },
  },
  methods: {
    /** Empties the box although its value did not change: what was typed was refused before it became one. */
    clear(typed: string) {
      this.setData({ shown: typed })
      this.setData({ typed: '', shown: '' })
    },
    onInput({ detail }: Typed) {
      this.keep(detail.value)
    },
    /** at the first touch, so that the keys stay */
    onClear() {
      this.clear(this.data.typed)
      this.triggerEvent('change', { value: '' })
    },
    onFocus() {
      this.triggerEvent('focus')
    },
    /** pinyin and dictation may end without an input event */
    onBlur({ detail }: Typed) {
      this.keep(detail.value)
      this.triggerEvent('blur')
    },
    onConfirm({ detail }: Typed) {
      this.keep(detail.value)
      this.triggerEvent('search', { value: detail.value })
    },
    keep(value: string) {
      if (value === this.data.typed && value === this.data.value) return
      this.setData({ typed: value })
      this.triggerEvent('change', { value })
    },
  },
})
