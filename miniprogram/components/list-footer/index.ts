// The end of a list that comes in pages: more is coming, nothing is left, or the last page failed and a tap asks again.
Component({
  properties: {
    /** loading · end · failed · idle */
    status: { type: String, value: 'idle' },
    text: { type: String, value: '' },
  },
  methods: {
    onTap() {
      if (this.data.status === 'failed') this.triggerEvent('retry')
    },
  },
})
