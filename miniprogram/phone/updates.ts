// WeChat's own update of the mini program: it downloads a new version while the old one runs, and starts it when it is told to, or next time.

import type { Updates } from './phone'

export const updates: Updates = {
  watch: ready => wx.getUpdateManager().onUpdateReady(ready),
  apply: () => wx.getUpdateManager().applyUpdate(),
}
