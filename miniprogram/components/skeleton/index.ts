// The boxes of what is about to appear. When to show it and when to call the network slow is the store's affair (200 ms, 3 s).
Component({
  properties: {
    /** list · detail · home */
    variant: { type: String, value: 'list' },
    /** large text: higher boxes, the cells in two columns */
    large: { type: Boolean, value: false },
    slow: { type: Boolean, value: false },
    /** 网络较慢，仍在加载… */
    slowLabel: { type: String, value: '' },
  },
  data: { rows: [1, 2, 3, 4, 5], cells: [1, 2, 3, 4, 5, 6, 7, 8] },
})
