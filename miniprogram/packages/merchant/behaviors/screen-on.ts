// The screen stays on while the page is in front: the owner reads, nobody touches it. WeChat itself forgets it when the app goes to the background.

const keep = (keepScreenOn: boolean) => wx.setKeepScreenOn({ keepScreenOn, fail: () => {} })

export const screenOn = Behavior({
  pageLifetimes: {
    show() {
      keep(true)
    },
    hide() {
      keep(false)
    },
  },
  lifetimes: {
    detached() {
      keep(false)
    },
  },
})
