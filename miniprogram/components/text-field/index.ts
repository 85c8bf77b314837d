// One line of text with its label. Reports `change` at each keystroke and `confirm` from the keyboard.
import { firstCharacters } from '../../shared/characters'

Component({
  properties: {
    value: { type: String, value: '' },
    label: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    /** characters; the box itself counts UTF-16 units, of which a character has at most two */
    maxlength: { type: Number, value: 64 },
  },
  methods: {
    onChange(event: { detail: string }) {
      this.triggerEvent('change', { value: firstCharacters(event.detail, this.data.maxlength) })
    },
    /** pinyin and dictation may end without an input event */
    onBlur(event: { detail: { value: string } }) {
      this.keep(event.detail.value)
    },
    onConfirm(event: { detail: string }) {
      this.keep(event.detail)
      this.triggerEvent('confirm')
    },
    keep(value: string) {
      if (value !== this.data.value) this.triggerEvent('change', { value })
    },
  },
})
