// A region of any level: a tap goes down to it, the button takes it. Reports choose (code, name), up, take, retry, close.
Component({
  properties: {
    show: { type: Boolean, value: false },
    title: { type: String, value: '' },
    /** the region that the tree stands at; '' at the top */
    here: { type: String, value: '' },
    choices: { type: Array, value: [] as { code: string; name: string; on: boolean }[] },
    failed: { type: Boolean, value: false },
    upLabel: { type: String, value: '' },
    retryLabel: { type: String, value: '' },
    /** 选深圳市 */
    takeLabel: { type: String, value: '' },
  },
  methods: {
    onChoose(event: WechatMiniprogram.BaseEvent) {
      const { code, name } = event.currentTarget.dataset as { code: string; name: string }
      this.triggerEvent('choose', { code, name })
    },
    onUp() {
      this.triggerEvent('up')
    },
    onTake() {
      if (this.data.here !== '') this.triggerEvent('take')
    },
    onRetry() {
      this.triggerEvent('retry')
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
