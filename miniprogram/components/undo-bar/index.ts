// The hold before a reversible change leaves the phone. The bar empties at a constant pace. Its user binds `tap` on it:
// the whole bar takes 撤销 back, because five seconds are short and a thumb is wide.
Component({
  properties: {
    show: { type: Boolean, value: false },
    /** what will happen: 5 秒后开通商家小票 */
    text: { type: String, value: '' },
    undoLabel: { type: String, value: '' },
    /** milliseconds */
    duration: { type: Number, value: 5000 },
  },
})
