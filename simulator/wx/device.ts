// The phone as wx.getWindowInfo and its like describe it: in the person's theme, language and text size; an iPhone X sized device, 375 × 812,
// or as large as the window of a real phone.
import { Listeners, methods, say, text, WxFailure, type Phone, type WxMethods } from './core.ts'
import { SDK_VERSION } from './sdk-version.ts'

const STATUS_BAR = 44
const HOME_INDICATOR = 34
/** `right` is the distance from the screen's right edge */
const MENU_BUTTON = { width: 87, height: 32, top: 48, right: 7 }

export function device(phone: Phone): WxMethods {
  const { runtime, settings } = phone
  const window_ = () => {
    const { width, height } = phone.screenSize()
    return {
      pixelRatio: settings.pixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: window.innerWidth,
      windowHeight: window.innerHeight,
      statusBarHeight: STATUS_BAR,
      safeArea: {
        left: 0,
        right: width,
        top: STATUS_BAR,
        bottom: height - HOME_INDICATOR,
        width,
        height: height - STATUS_BAR - HOME_INDICATOR,
      },
      screenTop: height - window.innerHeight,
    }
  }
  const menuButton = () => {
    const right = phone.screenSize().width - MENU_BUTTON.right
    return { ...MENU_BUTTON, right, left: right - MENU_BUTTON.width, bottom: MENU_BUTTON.top + MENU_BUTTON.height }
  }
  const app = () => ({
    SDKVersion: SDK_VERSION,
    version: '8.0.50',
    language: settings.locale,
    enableDebug: false,
    fontSizeScaleFactor: settings.fontScale,
    fontSizeSetting: Math.round(17 * settings.fontScale),
    host: { env: 'WeChat', appId: '' },
    hostName: 'WeChat',
    // WeChat gives the theme only to apps that declare "darkmode": true
    ...(runtime.appJson.darkmode === true ? { theme: runtime.theme } : {}),
  })
  const hardware = {
    abi: 'arm64',
    benchmarkLevel: -1,
    brand: 'devtools',
    cpuType: 'unknown',
    deviceAbi: 'arm64',
    memorySize: '4096',
    model: 'iPhone X',
    platform: 'devtools',
    system: 'iOS 10.0.1',
  }
  const system = { bluetoothEnabled: true, locationEnabled: true, wifiEnabled: true, deviceOrientation: 'portrait' }
  const authorized = Object.fromEntries(
    ['album', 'bluetooth', 'camera', 'location', 'microphone', 'notification', 'phoneCalendar'].map(name => [
      `${name}Authorized`,
      'authorized',
    ]),
  )
  const all = () => ({
    ...window_(),
    ...app(),
    ...hardware,
    ...system,
    albumAuthorized: true,
    cameraAuthorized: true,
    locationAuthorized: true,
  })

  const status = new Listeners<{ isConnected: boolean; networkType: string }>()
  const weak = new Listeners<{ weakNet: boolean; networkType: string }>()
  const networkType = () => (settings.offline ? 'none' : settings.slow ? '3g' : 'wifi')
  phone.onSettings(before => {
    if (before.offline !== settings.offline && !settings.lostNetworkEvents)
      status.emit({ isConnected: !settings.offline, networkType: networkType() })
    if (before.slow !== settings.slow) weak.emit({ weakNet: settings.slow, networkType: networkType() })
  })
  const resize = new Listeners<{ size: { windowWidth: number; windowHeight: number } }>()
  let width = window.innerWidth
  addEventListener('resize', () => {
    // a bar that appears or goes changes only the height; WeChat tells of turning the phone
    if (window.innerWidth === width) return
    width = window.innerWidth
    resize.emit({ size: { windowWidth: width, windowHeight: window.innerHeight } })
  })

  let clipboard = ''
  /** A browser's screen does not go dark: what the app asked for is told in the log and kept where a test can see it. */
  const keepScreenOn = (on: boolean) => {
    if ((document.documentElement.dataset.keepScreenOn === 'true') === on) return
    document.documentElement.dataset.keepScreenOn = String(on)
    phone.log({ kind: 'console', text: `wx.setKeepScreenOn ${on}` })
  }
  // WeChat forgets it when the person leaves the app
  runtime.events.on('appHide', () => keepScreenOn(false))
  return {
    getWindowInfo: window_,
    getAppBaseInfo: app,
    getDeviceInfo: () => ({ ...hardware }),
    getSystemSetting: () => ({ ...system }),
    getAppAuthorizeSetting: () => ({ ...authorized, albumAuthorized: 'authorized', locationReducedAccuracy: false }),
    getSystemInfoSync: all,
    getMenuButtonBoundingClientRect: menuButton,
    ...status.pair('NetworkStatusChange'),
    ...weak.pair('NetworkWeakChange'),
    ...resize.pair('WindowResize'),
    ...methods({
      getSystemInfo: all,
      getSystemInfoAsync: all,
      getNetworkType: () => ({ networkType: networkType(), weakNet: settings.slow, signalStrength: 0, hasSystemProxy: false }),
      vibrateShort: () => phone.log({ kind: 'console', text: 'wx.vibrateShort' }),
      vibrateLong: () => phone.log({ kind: 'console', text: 'wx.vibrateLong' }),
      setKeepScreenOn: options => keepScreenOn(options.keepScreenOn === true),
      hideKeyboard: () => (document.activeElement as HTMLElement | null)?.blur(),
      setClipboardData: options => {
        clipboard = text(options, 'data')
        // the browser may refuse (no focus); the phone's own clipboard has it all the same
        void navigator.clipboard?.writeText(clipboard).catch(() => {})
        phone.overlays.toast({ title: say(phone, '内容已复制', 'Copied'), icon: 'success', mask: false, duration: 1_500 })
      },
      getClipboardData: () => ({ data: clipboard }),
      makePhoneCall: async options => {
        const number = text(options, 'phoneNumber')
        const answer = await phone.overlays.ask({
          title: say(phone, '模拟器', 'Simulator'),
          content: say(phone, `拨打 ${number}？`, `Call ${number}?`),
          confirm: { text: say(phone, '拨打', 'Call') },
          cancel: { text: say(phone, '取消', 'Cancel') },
        })
        if (answer === undefined) throw new WxFailure('cancel')
        phone.log({ kind: 'console', text: `wx.makePhoneCall ${number}` })
      },
    }),
  }
}
