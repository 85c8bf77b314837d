// One line of text with its label. Reports `change` at each keystroke and `confirm` from the keyboard.
import { firstCharacters } from '../../shared/characters'

interface Typed {
  detail: { value: string }
}

/** what stands in each box: it is not given what came from it, which would move the cursor on a slow phone */
const typed = new WeakMap<object, string>()

Component({
  properties: {
    value: { type: String, value: '' },
    label: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    /** characters; the box itself counts UTF-16 units, of which a character has at most two */
    maxlength: { type: Number, value: 64 },
  },
  data: {
    /** what was last put there by somebody else than the person */
    shown: '',
  },
  observers: {
    value(value: string) {
      if (value === (typed.get(this) ?? '')) return
      typed.set(this, value)
      this.setData({ shown: value })
    },
  },
  methods: {
    /** pinyin and dictation may end without an input event: the box is also read when it is left */
    onInput({ detail }: Typed) {
      const value = firstCharacters(detail.value, this.data.maxlength)
      if (detail.value === (typed.get(this) ?? '') && value === this.data.value) return
      typed.set(this, detail.value)
      this.triggerEvent('change', { value })
    },
    onConfirm(event: Typed) {
      this.onInput(event)
      this.triggerEvent('confirm')
    },
  },
})
