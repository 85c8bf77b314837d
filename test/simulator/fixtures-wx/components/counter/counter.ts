Component({
  properties: { step: { type: Number, value: 1 } },
  data: { count: 0 },
  methods: {
    count() {
      this.setData({ count: this.data.count + this.properties.step })
      this.triggerEvent('counted', { count: this.data.count })
      return this.data.count
    },
  },
})
