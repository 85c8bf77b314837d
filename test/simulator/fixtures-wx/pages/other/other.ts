Page({
  data: { query: '' },
  onLoad(options: Record<string, string>) {
    this.setData({ query: JSON.stringify(options) })
  },
})
