// The phone as wx.getWindowInfo and its like describe it: the machine that is set, in the person's theme, language and text size.
import { MENU_BUTTON, toldOf } from '../phone/devices.ts'
import { atOnce, Listeners, methods, say, text, WxFailure, type Options, type Phone, type WindowSize, type WxMethods } from './core.ts'
import { SDK_VERSION } from './sdk-version.ts'

export function device(phone: Phone): WxMethods {
  const { runtime, settings } = phone
  const window_ = () => {
    const { width, height, statusBar, homeIndicator, side } = phone.screen()
    const safe = { left: side, right: width - side, top: statusBar, bottom: height - homeIndicator }
    return {
      pixelRatio: settings.pixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: window.innerWidth,
      windowHeight: window.innerHeight,
      statusBarHeight: statusBar,
      safeArea: { ...safe, width: safe.right - safe.left, height: safe.bottom - safe.top },
      screenTop: height - window.innerHeight,
    }
  }
  const menuButton = () => {
    const { width, menuTop: top, side } = phone.screen()
    const right = width - side - MENU_BUTTON.right
    const { width: own, height } = MENU_BUTTON
    return { width: own, height, top, right, left: right - own, bottom: top + height }
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
  const hardware = () => ({
    abi: 'arm64',
    benchmarkLevel: -1,
    cpuType: 'unknown',
    deviceAbi: 'arm64',
    memorySize: '4096',
    ...toldOf(settings.device),
  })
  const system = () => ({
    bluetoothEnabled: true,
    locationEnabled: true,
    wifiEnabled: true,
    deviceOrientation: phone.screen().turned ? 'landscape' : 'portrait',
  })
  const authorized = Object.fromEntries(
    ['album', 'bluetooth', 'camera', 'location', 'microphone', 'notification', 'phoneCalendar'].map(name => [
      `${name}Authorized`,
      'authorized',
    ]),
  )
  const all = () => ({
    ...window_(),
    ...app(),
    ...hardware(),
    ...system(),
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
  const resize = new Listeners<WindowSize>()
  phone.onWindowResize(size => resize.emit(size))
  const keyboard = new Listeners<{ height: number; duration: number }>()
  phone.keyboard.onHeight(change => keyboard.emit(change))

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
    getDeviceInfo: hardware,
    getSystemSetting: system,
    getAppAuthorizeSetting: () => ({ ...authorized, albumAuthorized: 'authorized', locationReducedAccuracy: false }),
    getSystemInfoSync: all,
    getSystemInfo: (options: Options = {}) => atOnce('getSystemInfo', options ?? {}, all()),
    getMenuButtonBoundingClientRect: menuButton,
    ...status.pair('NetworkStatusChange'),
    ...weak.pair('NetworkWeakChange'),
    ...resize.pair('WindowResize'),
    ...keyboard.pair('KeyboardHeightChange'),
    ...methods({
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
