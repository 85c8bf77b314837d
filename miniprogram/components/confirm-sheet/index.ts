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
  data: { reason: '', missing: false },
  observers: {
    show(show: boolean) {
      if (!show) return
      this.setData({ reason: '', missing: Boolean(this.data.sheet.reason) })
    },
  },
  methods: {
    onChoice(event: WechatMiniprogram.BaseEvent) {
      this.say(event.currentTarget.dataset.reason as string)
    },
    onReason(event: WechatMiniprogram.Input) {
      this.say(event.detail.value)
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
