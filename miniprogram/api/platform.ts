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
    const { theme, fontSizeScaleFactor, language } = wx.getAppBaseInfo()
    const appearance = { theme: theme === 'dark' ? ('dark' as const) : ('light' as const), font_scale: fontSizeScaleFactor ?? 1, language }
    changed({ ...appearance })
    wx.onThemeChange(result => {
      appearance.theme = result.theme === 'dark' ? 'dark' : 'light'
      changed({ ...appearance })
    })
  },
}
