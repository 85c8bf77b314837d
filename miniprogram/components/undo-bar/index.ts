// The hold before a reversible change leaves the phone. The bar empties at a constant pace; `undo` stops the change before it is sent.
Component({
  properties: {
    show: { type: Boolean, value: false },
    /** what will happen: 5 秒后开通商家小票 */
    text: { type: String, value: '' },
    undoLabel: { type: String, value: '' },
    /** milliseconds */
    duration: { type: Number, value: 5000 },
  },
  methods: {
    onUndo() {
      this.triggerEvent('undo')
    },
  },
})
