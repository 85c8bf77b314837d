// What a scan came to, consent to the camera, and entry by hand: one sheet, told apart by its view. Reports `act` with the way chosen and the text typed.
import type { ScanSheetView } from '../../scan/view'

Component({
  properties: {
    sheet: { type: Object, value: null as unknown as ScanSheetView },
  },
  data: { text: '' },
  observers: {
    // What was typed lives only as long as its sheet.
    'sheet.panel': function () {
      this.setData({ text: '' })
    },
  },
  methods: {
    onText(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.data.text = event.detail.value
    },
    /** the key of the keyboard brings its own value */
    onConfirm(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.data.text = event.detail.value
      this.act('find')
    },
    onPrimary() {
      // Consent is reported by the button itself once WeChat has it.
      if (this.data.sheet.primary.id !== 'agree') this.act(this.data.sheet.primary.id)
    },
    onAgree() {
      this.act('agree')
    },
    onSecondary() {
      if (this.data.sheet.secondary) this.act(this.data.sheet.secondary.id)
    },
    onClose() {
      this.act(this.data.sheet.panel === 'consent' ? 'refuse' : 'close')
    },
    onGuideline() {
      this.act('guideline')
    },
    onCopy() {
      this.triggerEvent('copy', { text: this.data.sheet.request_id })
    },
    act(id: string) {
      this.triggerEvent('act', { id, text: this.data.text })
    },
  },
})
