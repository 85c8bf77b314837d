// Asks before a change that customers will see. Nothing is sent from here: `confirm` carries the answer, `cancel` none.
import { firstCharacters } from '../../../../shared/characters'
import { holdsPaymentCode } from '../../../../shared/payment-code'
import { isReason, writtenReason } from '../../../../shared/reason'
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
    /** a customer's payment code was typed, and taken out of the box */
    paymentCode: false,
  },
  observers: {
    show(show: boolean) {
      if (!show) return
      this.setData({ reason: '', written: '', missing: Boolean(this.data.sheet.reason), paymentCode: false })
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
      if (holdsPaymentCode(given)) {
        this.setData({ written: given })
        this.setData({ reason: '', written: '', missing: true, paymentCode: true })
        return
      }
      const reason = firstCharacters(given, MOST)
      // the box is empty now, and says so itself: what was refused stays said
      if (reason !== '') this.setData({ paymentCode: false })
      this.setData({ reason, missing: this.data.sheet.reason !== null && !isReason(reason) })
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
      if (!this.data.missing && !this.data.sheet.busy) this.triggerEvent('confirm', { reason: writtenReason(this.data.reason) })
    },
  },
})
