// A button. `primary` is the gold one: at most one a page. Disabled keeps full contrast and says why in its label.
// Its user binds `tap` on it, and looks at its own state first: a tap on a disabled button bubbles like any other.
Component({
  properties: {
    label: { type: String, value: '' },
    /** primary · secondary (outline) · quiet (fill) · danger (text) */
    kind: { type: String, value: 'secondary' },
    icon: { type: String, value: '' },
    small: { type: Boolean, value: false },
    disabled: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
    /** `agreePrivacyAuthorization`: the tap that agrees, reported as `agree` */
    openType: { type: String, value: '' },
  },
  methods: {
    onAgree() {
      this.triggerEvent('agree')
    },
  },
})
