// One line of text with its label. Reports `change` at each keystroke and `confirm` from the keyboard.
import { firstCharacters } from '../../shared/characters'

interface Typed {
  detail: { value: string }
}

Component({
  properties: {
    value: { type: String, value: '' },
    label: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    /** characters; the box itself counts UTF-16 units, of which a character has at most two */
    maxlength: { type: Number, value: 64 },
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
    /** pinyin and dictation may end without an input event: the box is also read when it is left */
    onInput({ detail }: Typed) {
      const value = firstCharacters(detail.value, this.data.maxlength)
      if (detail.value === this.data.typed && value === this.data.value) return
      this.setData({ typed: detail.value })
      this.triggerEvent('change', { value })
    },
    onConfirm(event: Typed) {
      this.onInput(event)
      this.triggerEvent('confirm')
    },
  },
})
