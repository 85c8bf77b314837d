// WeChat's phone: storage, login code, network, appearance.
import { cameraFailure } from './camera-failure'
import { ApiError } from '../api/errors'
import { personAway } from './person-away'
import type { Phone, Scan } from './phone'
import { answered } from './timeout'
import { whatWorks } from './what-works'

/** The person waits for these at a button. */
const PROMPT_MS = 5_000
const LOGIN_MS = 10_000

let misread = false
/** Of the storage. */
const kept = <T>(name: string, read: () => T, otherwise: T): T =>
  whatWorks(
    name,
    () => {
      try {
        return read()
      } catch (error) {
        misread = true
        throw error
      }
    },
    otherwise,
  )

const scanned = personAway<Scan>({ outcome: 'cancelled' })

export const phone: Phone = {
  storage: {
    get: key => {
      const value: unknown = kept('getStorageSync', () => wx.getStorageSync(key), '')
      // WeChat gives '' for a key that is not there.
      return value === '' || value === undefined || value === null ? null : value
    },
    set: (key, value) => wx.setStorageSync(key, value),
    remove: key => wx.removeStorageSync(key),
  },
  storageUsed: () => kept('getStorageInfoSync', () => wx.getStorageInfoSync().currentSize * 1024, 0),
  storedKeys: () => kept('getStorageInfoSync', () => wx.getStorageInfoSync().keys, []),
  misread: () => misread,

  loginCode: () =>
    answered<string>(
      'login',
      (resolve, reject) =>
        wx.login({
          timeout: LOGIN_MS,
          success: ({ code }) => (code ? resolve(code) : reject(new Error('login gave no code'))),
          fail: reject,
        }),
      LOGIN_MS + PROMPT_MS,
    ).catch((error: { errMsg?: string; message?: string }) =>
      phone.networkNow().then(now => {
        const code = now?.online === false ? 'NETWORK_OFFLINE' : 'WECHAT_UNAVAILABLE'
        throw new ApiError({ kind: 'network', code, detail: error.errMsg ?? error.message ?? '' })
      }),
    ),

  // where WeChat cannot tell, it asks then itself
  consentNeeded: () =>
    answered<boolean>(
      'getPrivacySetting',
      (resolve, reject) => {
        if (!wx.canIUse('getPrivacySetting')) return resolve(false)
        wx.getPrivacySetting({ success: ({ needAuthorization }) => resolve(needAuthorization), fail: reject })
      },
      PROMPT_MS,
    ).catch(() => false),

  scan: kinds =>
    scanned.ask(done =>
      wx.scanCode({
        onlyFromCamera: false,
        ...(kinds && { scanType: [...kinds] }),
        success: ({ result, path }) => done({ outcome: 'scanned', result: result ?? '', path: path ?? '' }),
        fail: ({ errMsg }) => done({ outcome: cameraFailure(errMsg) }),
      }),
    ),

  watchNetwork: changed => {
    const network = { online: true, weak: false, wifi: false }
    answered<WechatMiniprogram.GetNetworkTypeSuccessCallbackResult>(
      'getNetworkType',
      (success, fail) => wx.getNetworkType({ success, fail }),
      PROMPT_MS,
    )
      .then(({ networkType }) => {
        network.online = networkType !== 'none'
        network.wifi = networkType === 'wifi'
      })
      // whoever cannot be told tries, and hears it from the first request
      .catch(() => {})
      .then(() => changed({ ...network }))
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

  networkNow: () =>
    new Promise(resolve => {
      wx.getNetworkType({
        success: ({ networkType, weakNet }) =>
          resolve({ online: networkType !== 'none', weak: weakNet === true, wifi: networkType === 'wifi' }),
        fail: () => resolve(null),
      })
    }),

  watchAppearance: changed => {
    const tell = () => {
      const { theme, fontSizeScaleFactor, language } = whatWorks('getAppBaseInfo', () => wx.getAppBaseInfo(), {
        language: 'zh_CN',
      } as WechatMiniprogram.AppBaseInfo)
      changed({ theme: theme === 'dark' ? 'dark' : 'light', font_scale: fontSizeScaleFactor ?? 1, language })
    }
    tell()
    wx.onThemeChange(tell)
    // Text size and language have no event: whoever changed them in WeChat comes back to the app.
    wx.onAppShow(tell)
  },
}
