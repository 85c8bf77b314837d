// WeChat's phone: storage, login code, network, appearance.
import { ApiError } from './errors'
import type { Phone } from './phone'

export const phone: Phone = {
  storage: {
    get: <T>(key: string) => {
      const value: unknown = wx.getStorageSync(key)
      // WeChat gives '' for a key that is not there.
      return value === '' || value === undefined || value === null ? null : (value as T)
    },
    set: (key, value) => wx.setStorageSync(key, value),
    remove: key => wx.removeStorageSync(key),
  },

  loginCode: () =>
    new Promise((resolve, reject) => {
      wx.login({
        timeout: 10_000,
        success: ({ code }) => (code ? resolve(code) : reject(new ApiError({ kind: 'network', code: 'WECHAT_UNAVAILABLE' }))),
        fail: ({ errMsg }) => reject(new ApiError({ kind: 'network', code: 'WECHAT_UNAVAILABLE', detail: errMsg })),
      })
    }),

  watchNetwork: changed => {
    const network = { online: true, weak: false }
    wx.getNetworkType({
      success: ({ networkType }) => {
        network.online = networkType !== 'none'
        changed({ ...network })
      },
    })
    wx.onNetworkStatusChange(({ isConnected }) => {
      network.online = isConnected
      changed({ ...network })
    })
    wx.onNetworkWeakChange(({ weakNet }) => {
      network.weak = weakNet
      changed({ ...network })
    })
  },

  watchAppearance: changed => {
    const tell = () => {
      const { theme, fontSizeScaleFactor, language } = wx.getAppBaseInfo()
      changed({ theme: theme === 'dark' ? 'dark' : 'light', font_scale: fontSizeScaleFactor ?? 1, language })
    }
    tell()
    wx.onThemeChange(tell)
    // Text size and language have no event: whoever changed them in WeChat comes back to the app.
    wx.onAppShow(tell)
  },
}
