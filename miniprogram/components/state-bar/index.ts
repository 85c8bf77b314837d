// Shares of the states as one bar; the numbers with their words stand beside it, so it says itself in one sentence to a screen reader.
interface Part {
  state: string
  count: number
  label: string
}

Component({
  properties: {
    parts: { type: Array, value: [] as Part[] },
    /** what the whole is: 我负责的 128 家 */
    label: { type: String, value: '' },
  },
  data: { spoken: '' },
  observers: {
    'parts, label': function (parts: Part[], label: string) {
      this.setData({ spoken: [label, ...parts.map(part => `${part.label} ${part.count}`)].join(', ') })
    },
  },
})
