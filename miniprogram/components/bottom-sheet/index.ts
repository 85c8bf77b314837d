// A sheet that slides in from below over what was there. It moves by CSS alone: opening and closing sends nothing to the view but `show`.
// Reports `close` when the person taps beside it. It is a dialog: whoever hears the screen read stays in it.
Component({
  properties: {
    show: { type: Boolean, value: false },
    /** what it is about, for a screen reader */
    label: { type: String, value: '' },
    /** it tells of something wrong */
    alert: { type: Boolean, value: false },
    zIndex: { type: Number, value: 100 },
  },
  methods: {
    onBeside() {
      this.triggerEvent('close')
    },
    /** the page below must not scroll with a finger on the mask */
    onMove() {},
  },
})
