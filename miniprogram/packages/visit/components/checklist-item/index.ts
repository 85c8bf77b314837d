// One item of a checklist with its answer: two taps at most, whatever its type. A payment code never leaves a text box.
import { isPaymentCode } from '../../../../domain/payment-code'
import type { ItemView } from '../../stores/form-view'

type Given = boolean | number | string | string[] | null

Component({
  properties: {
    item: { type: Object, value: { id: '', type: '' } as unknown as ItemView },
    /** words of `visit` */
    copy: { type: Object, value: {} as Record<string, string> },
    /** gaps are marked after somebody asked to submit */
    marked: { type: Boolean, value: false },
    large: { type: Boolean, value: false },
  },
  data: {
    /** what stands in the box: given anew only when it comes from elsewhere, because a box that is written to while somebody types jumps */
    typed: '',
    paymentCode: false,
  },
  observers: {
    'item.value': function (value: string | undefined) {
      if (value !== undefined && value.trim() !== this.data.typed.trim()) this.setData({ typed: value })
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
      if (isPaymentCode(value)) {
        this.setData({ typed: '', paymentCode: true })
        this.give(null)
        return
      }
      this.data.typed = value
      if (this.data.paymentCode) this.setData({ paymentCode: false })
      this.give(value.trim() === '' ? null : value)
    },
    onNumber(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { value } = event.detail
      this.data.typed = value
      const number = Number(value)
      this.give(value.trim() === '' || !Number.isFinite(number) ? null : number)
    },
    onStep(event: WechatMiniprogram.BaseEvent) {
      const by = Number(event.currentTarget.dataset.by)
      const now = this.data.typed.trim() === '' ? (by > 0 ? 0 : 1) : Number(this.data.typed)
      if (!Number.isFinite(now)) return
      const next = Math.max(0, now + by)
      this.setData({ typed: String(next) })
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
