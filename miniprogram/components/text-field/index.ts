// One line of text with its label. Reports `change` at each keystroke and `confirm` from the keyboard.
Component({
  properties: {
    value: { type: String, value: '' },
    label: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    maxlength: { type: Number, value: 64 },
  },
  methods: {
    onChange(event: { detail: string }) {
      this.triggerEvent('change', { value: event.detail })
    },
    onConfirm() {
      this.triggerEvent('confirm')
    },
  },
})
