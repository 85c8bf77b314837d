// Asks before a change that customers will see. Nothing is sent from here: `confirm` carries the answer, `cancel` none.
import { characterCount, firstCharacters } from '../../domain/characters'
import type { SheetView } from './view'

/** characters of a reason */
const MOST = 200

const empty = { title: '', facts: [], points: [] } as unknown as SheetView

Component({
  properties: {
    show: { type: Boolean, value: false },
    sheet: { type: Object, value: empty },
    large: { type: Boolean, value: false },
  },
  data: {
    reason: '',
    /** what the box is given: only when it does not come from there, because a box that is written to while somebody types jumps */
    written: '',
    missing: false,
  },
  observers: {
    show(show: boolean) {
      if (!show) return
      this.setData({ reason: '', written: '', missing: Boolean(this.data.sheet.reason) })
    },
  },
  methods: {
    onChoice(event: WechatMiniprogram.BaseEvent) {
      const reason = event.currentTarget.dataset.reason as string
      this.setData({ written: reason })
      this.say(reason)
    },
    onReason(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      if (event.detail.value !== this.data.reason) this.say(event.detail.value)
    },
    say(given: string) {
      const reason = firstCharacters(given, MOST)
      this.setData({ reason, missing: characterCount(reason.trim()) < (this.data.sheet.reason?.minLength ?? 0) })
    },
    onOption() {
      this.triggerEvent('option')
    },
    onCancel() {
      this.triggerEvent('cancel')
    },
    onThird() {
      this.triggerEvent('third')
    },
    onConfirm() {
      if (!this.data.missing && !this.data.sheet.busy) this.triggerEvent('confirm', { reason: this.data.reason.trim() })
    },
  },
})
