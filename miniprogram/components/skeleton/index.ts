// The boxes of what is about to appear. Shown after 200 ms, so that a quick answer does not flicker; after 3 s it says that the network is slow.
const SHOW_AFTER = 200
const SLOW_AFTER = 3000

Component({
  properties: {
    /** list · detail */
    variant: { type: String, value: 'list' },
    /** 网络较慢，仍在加载… */
    slowLabel: { type: String, value: '' },
  },
  data: { visible: false, slow: false, rows: [1, 2, 3, 4, 5] },
  lifetimes: {
    attached() {
      timers.set(this, [
        setTimeout(() => this.setData({ visible: true }), SHOW_AFTER),
        setTimeout(() => this.setData({ slow: true }), SLOW_AFTER),
      ])
    },
    detached() {
      for (const timer of timers.get(this) ?? []) clearTimeout(timer)
      timers.delete(this)
    },
  },
})

const timers = new Map<object, number[]>()
