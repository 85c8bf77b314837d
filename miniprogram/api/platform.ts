// WeChat's phone: storage, login code, network, appearance.
import { ApiError } from './errors'
import type { Phone, Scan } from './phone'

/** WeChat tells these apart by text: "scanCode:fail cancel", "…fail privacy permission is not authorized", "…fail auth deny", "…system permission denied". */
function scanFailure(errMsg: string): Exclude<Scan['outcome'], 'scanned'> {
  if (errMsg.includes('cancel')) return 'cancelled'
  if (errMsg.includes('privacy')) return 'consent_refused'
  return /auth|permission|denied|deny/.test(errMsg) ? 'camera_refused' : 'failed'
}

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
  storageUsed: () => wx.getStorageInfoSync().currentSize * 1024,
  storedKeys: () => wx.getStorageInfoSync().keys,

  loginCode: () =>
    new Promise((resolve, reject) => {
      wx.login({
        timeout: 10_000,
        success: ({ code }) => (code ? resolve(code) : reject(new ApiError({ kind: 'network', code: 'WECHAT_UNAVAILABLE' }))),
        fail: ({ errMsg }) => reject(new ApiError({ kind: 'network', code: 'WECHAT_UNAVAILABLE', detail: errMsg })),
      })
    }),

  consentNeeded: () =>
    new Promise(resolve => {
      if (!wx.canIUse('getPrivacySetting')) return resolve(false)
      wx.getPrivacySetting({ success: ({ needAuthorization }) => resolve(needAuthorization), fail: () => resolve(false) })
    }),

  scan: kinds =>
    new Promise(resolve => {
      wx.scanCode({
        onlyFromCamera: false,
        ...(kinds && { scanType: [...kinds] }),
        success: ({ result, path }) => resolve({ outcome: 'scanned', result: result ?? '', path: path ?? '' }),
        fail: ({ errMsg }) => resolve({ outcome: scanFailure(errMsg) }),
      })
    }),

  watchNetwork: changed => {
    const network = { online: true, weak: false, wifi: false }
    wx.getNetworkType({
      success: ({ networkType }) => {
        network.online = networkType !== 'none'
        network.wifi = networkType === 'wifi'
        changed({ ...network })
      },
      // whoever cannot be told tries, and hears it from the first request
      fail: () => changed({ ...network }),
    })
    wx.onNetworkStatusChange(({ isConnected, networkType }) => {
      network.online = isConnected
      network.wifi = networkType === 'wifi'
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
