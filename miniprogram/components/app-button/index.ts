// A button. `primary` is the gold one: at most one a page. Disabled keeps full contrast and says why in its label.
Component({
  properties: {
    label: { type: String, value: '' },
    /** primary · secondary (outline) · quiet (fill) · danger (text) */
    kind: { type: String, value: 'secondary' },
    icon: { type: String, value: '' },
    small: { type: Boolean, value: false },
    disabled: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
    loadingText: { type: String, value: '' },
    /** e.g. `agreePrivacyAuthorization` */
    openType: { type: String, value: '' },
  },
  methods: {
    onTap() {
      if (!this.data.disabled && !this.data.loading) this.triggerEvent('press')
    },
    onAgree() {
      this.triggerEvent('agree')
    },
  },
})
