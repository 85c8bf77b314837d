// One item of a checklist with its answer: two taps at most, whatever its type. A payment code never leaves a text box.
import { readNumber } from './rules'
import { holdsPaymentCode, isPaymentCode } from '../../../../shared/payment-code'
import type { ItemView } from '../../edit/view'

type Given = boolean | number | string | string[] | null

Component({
  properties: {
    item: { type: Object, value: { id: '', type: '' } as unknown as ItemView },
    /** words of `visit` */
    copy: { type: Object, value: {} as Record<string, string> },
    /** gaps are marked after somebody asked to submit */
    marked: { type: Boolean, value: false },
    large: { type: Boolean, value: false },
    /** a photo of this item is being made ready */
    taking: { type: Boolean, value: false },
  },
  data: {
    /** what stands in the box: given anew only when it comes from elsewhere, because a box that is written to while somebody types jumps */
    typed: '',
    paymentCode: false,
    /** what stands in a box for a number is none */
    unreadable: false,
  },
  observers: {
    'item.value': function (value: string | undefined) {
      if (value === undefined || value.trim() === this.data.typed.trim()) return
      // "3." on the way to "3.5", and "1,5", stay as they are written; so does what is no number yet
      if (this.data.item.type === 'number' && (value === '' ? this.data.unreadable : Number(value) === readNumber(this.data.typed))) return
      this.setData({ typed: value })
    },
  },
  methods: {
    give(value: Given) {
      this.triggerEvent('answer', { id: this.data.item.id, value })
    },
    onOption(event: WechatMiniprogram.BaseEvent) {
      const { value } = event.currentTarget.dataset as { value: string }
      const { type, options } = this.data.item
      if (type === 'bool') return this.give(value === 'true')
      if (type === 'single') return this.give(value)
      const chosen = options.filter(option => option.on !== (option.value === value)).map(option => option.value)
      this.give(chosen.length > 0 ? chosen : null)
    },
    onText(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { value } = event.detail
      if (value === this.data.typed) return
      if (isPaymentCode(value)) {
        this.setData({ typed: value })
        this.setData({ typed: '', paymentCode: true })
        this.give(null)
        return
      }
      this.data.typed = value
      // among other words: those stay in the box to be mended, and nothing is kept
      if (holdsPaymentCode(value)) {
        this.setData({ paymentCode: true })
        this.give(null)
        return
      }
      if (this.data.paymentCode) this.setData({ paymentCode: false })
      this.give(value.trim() === '' ? null : value)
    },
    onNumber(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { value } = event.detail
      if (value === this.data.typed) return
      this.data.typed = value
      const number = readNumber(value)
      const unreadable = number !== null && !Number.isFinite(number)
      if (unreadable !== this.data.unreadable) this.setData({ unreadable })
      this.give(unreadable ? null : number)
    },
    onStep(event: WechatMiniprogram.BaseEvent) {
      const by = Number(event.currentTarget.dataset.by)
      const now = readNumber(this.data.typed) ?? (by > 0 ? 0 : 1)
      if (!Number.isFinite(now)) return
      const next = Math.max(0, now + by)
      this.setData({ typed: String(next), unreadable: false })
      this.give(next)
    },
    onAdd() {
      this.triggerEvent('photo', { id: this.data.item.id })
    },
    onSee({ detail }: WechatMiniprogram.CustomEvent<{ photo_id: string }>) {
      this.triggerEvent('see', { id: this.data.item.id, ...detail })
    },
    onRemove({ detail }: WechatMiniprogram.CustomEvent<{ photo_id: string }>) {
      this.triggerEvent('remove', { id: this.data.item.id, ...detail })
    },
  },
})
