// WeChat's own update of the mini program: it downloads a new version while the old one runs, and starts it when it is told to, or next time.

export interface Updates {
  /** `ready`: a new version lies on the phone */
  watch(ready: () => void): void
  /** Ends the app and starts the new version. */
  apply(): void
}

export const updates: Updates = {
  watch: ready => wx.getUpdateManager().onUpdateReady(ready),
  apply: () => wx.getUpdateManager().applyUpdate(),
}
