// A box of a page that somebody types into. Its text is written to the view only when it comes from elsewhere: a box that is written to while somebody
// types jumps. Its template binds the handler to input, blur and confirm, because a phone's keyboard (pinyin, dictation) may end without an input event.
import { reaction } from 'mobx-miniprogram'

interface Typed {
  text: string
  stop: () => void
}

/** Data: `field`, what stands in the box. Method: `handler`. `write` may take another text than was typed, or none. */
export function box(field: string, handler: string, read: () => string, write: (text: string) => void) {
  const boxes = new WeakMap<object, Typed>()
  return Behavior({
    lifetimes: {
      attached() {
        const typed: Typed = { text: '', stop: () => {} }
        boxes.set(this, typed)
        typed.stop = reaction(
          read,
          text => {
            if (text !== typed.text) this.setData({ [field]: text })
            typed.text = text
          },
          { fireImmediately: true },
        )
        this.setData({ [field]: typed.text })
      },
      detached() {
        boxes.get(this)?.stop()
        boxes.delete(this)
      },
    },
    methods: {
      [handler](event: WechatMiniprogram.CustomEvent<{ value: string }>) {
        const typed = boxes.get(this)
        const { value } = event.detail
        if (!typed || value === typed.text) return
        typed.text = value
        write(value)
        const taken = read()
        if (taken === value) return
        // what was typed does not stay in the box, whatever the view believes it holds
        typed.text = taken
        this.setData({ [field]: value })
        this.setData({ [field]: taken })
      },
    },
  })
}
