Page({
  data: { taps: 0, longpresses: 0, counted: 0, name: '', on: false, shown: false, rows: [1, 2, 3, 4, 5], list: [{ name: 'a' }, { name: 'b' }] },
  onTap() {
    this.setData({ taps: this.data.taps + 1 })
  },
  onLongpress() {
    this.setData({ longpresses: this.data.longpresses + 1 })
  },
  onCounted(event: { detail: { count: number } }) {
    this.setData({ counted: event.detail.count })
  },
  onInput(event: { detail: { value: string } }) {
    this.setData({ name: event.detail.value })
  },
  onSwitch(event: { detail: { value: boolean } }) {
    this.setData({ on: event.detail.value })
  },
  async double(number: number) {
    return number * 2
  },
  fail() {
    throw new Error('page method broke')
  },
})
