// Asks for a reason of at least 5 characters and the last 4 digits of the 商户号. Nothing is sent from here: `confirm` carries the reason, `cancel` nothing.
import { characterCount, firstCharacters } from '../../../../shared/characters'
import { comparable, withoutInvisible } from '../../../../shared/comparable'
import { holdsPaymentCode } from '../../../../shared/payment-code'
import { writtenReason } from '../../../../shared/reason'
import type { ClosingSheetView } from './view'

/** characters of a reason (product.md M10) */
const LEAST = 5
const MOST = 200

/** what stands in the boxes; the view draws what follows from it */
const typed = new WeakMap<object, { reason: string; tail: string }>()
const nothing = { reason: '', tail: '' }

const empty = { title: '', facts: [], points: [], tail: { is: '' } } as unknown as ClosingSheetView

Component({
  properties: {
    show: { type: Boolean, value: false },
    sheet: { type: Object, value: empty },
    /** it is on its way */
    busy: { type: Boolean, value: false },
    /** its answer did not come: the same may be sent again */
    lost: { type: Boolean, value: false },
    large: { type: Boolean, value: false },
  },
  data: {
    /** what the boxes are given: only when they are emptied, because a box that is written to while somebody types jumps */
    written: '',
    writtenTail: '',
    count: 0,
    ready: false,
    wrongTail: false,
    /** a customer's payment code was typed, and taken out of the box */
    paymentCode: false,
    least: LEAST,
  },
  observers: {
    show(show: boolean) {
      if (!show) return
      typed.set(this, nothing)
      // what was typed before goes only when the boxes are given something else first
      this.setData({ written: ' ', writtenTail: ' ' })
      this.setData({ written: '', writtenTail: '', count: 0, ready: false, wrongTail: false, paymentCode: false })
    },
  },
  methods: {
    onReason(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { value } = event.detail
      const { reason, tail } = this.typed()
      if (value === reason) return
      if (holdsPaymentCode(value)) {
        this.setData({ written: value })
        this.take('', tail)
        this.setData({ written: '', paymentCode: true })
        return
      }
      // the box is empty now, and says so itself: what was refused stays said
      if (value !== '') this.setData({ paymentCode: false })
      this.take(firstCharacters(value, MOST), tail)
    },
    onTail(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { reason, tail } = this.typed()
      if (event.detail.value !== tail) this.take(reason, comparable(event.detail.value))
    },
    typed() {
      return typed.get(this) ?? nothing
    },
    take(reason: string, tail: string) {
      const count = characterCount(withoutInvisible(reason).trim())
      const { is } = this.data.sheet.tail
      typed.set(this, { reason, tail })
      this.setData({ count, ready: count >= LEAST && tail === is, wrongTail: tail.length >= is.length && tail !== is })
    },
    onCancel() {
      this.triggerEvent('cancel')
    },
    onConfirm() {
      if (this.data.ready && !this.data.busy) this.triggerEvent('confirm', { reason: writtenReason(this.typed().reason) })
    },
  },
})
