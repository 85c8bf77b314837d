// The rest of wx that needs no phone: base64, logs, reports, sharing menu, environment.
import { base64FromBytes, bytesFromBase64 } from './bytes.ts'
import { USER_DATA_PATH } from './file-store.ts'
import { worklet } from './worklet.ts'
import { Listeners, methods, say, settle, text, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'

export function misc(phone: Phone): WxMethods {
  const logger = () =>
    Object.fromEntries(
      ['debug', 'info', 'log', 'warn', 'error'].map(level => [
        level,
        (...values: unknown[]) => phone.log({ kind: 'console', text: `${level} ${values.map(String).join(' ')}` }),
      ]),
    )
  return {
    env: { USER_DATA_PATH },
    worklet,
    base64ToArrayBuffer: (base64: string) => bytesFromBase64(base64).buffer,
    arrayBufferToBase64: (buffer: ArrayBuffer) => base64FromBytes(new Uint8Array(buffer)),
    // of third-party platforms: an app of its own has none
    getExtConfigSync: () => ({}),
    getLogManager: logger,
    getRealtimeLogManager: () => ({ ...logger(), setFilterMsg: () => {}, addFilterMsg: () => {}, in: () => {} }),
    getPerformance: () => ({
      now: () => performance.now(),
      getEntries: () => [],
      createObserver: () => ({ observe: () => {}, disconnect: () => {} }),
    }),
    reportEvent: () => {},
    reportMonitor: () => {},
    reportAnalytics: () => {},
    reportPerformance: () => {},
    ...new Listeners().pair('UserCaptureScreen'),
    // sub-packages are at hand, or come when a page of theirs is opened
    preDownloadSubpackage: (options: Options = {}) => {
      settle('preDownloadSubpackage', options, Promise.resolve())
      return { onProgressUpdate: () => {} }
    },
    ...methods({
      getExtConfig: () => ({ extConfig: {} }),
      showShareMenu: () => {},
      hideShareMenu: () => {},
      updateShareMenu: () => {},
      setEnableDebug: () => {},
      preloadSubpackage: () => {},
      getRandomValues: ({ length }) => {
        if (typeof length !== 'number' || length < 1 || length > 1_048_576) throw new WxFailure('invalid length')
        return { randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer }
      },
      exitMiniProgram: () => phone.runtime.hide(),
      navigateToMiniProgram: async options => {
        const answer = await phone.overlays.ask({
          title: say(phone, '模拟器', 'Simulator'),
          content: say(phone, `即将打开小程序 ${text(options, 'appId')}`, `About to open the mini program ${text(options, 'appId')}`),
          confirm: { text: say(phone, '允许', 'Allow') },
          cancel: { text: say(phone, '取消', 'Cancel') },
        })
        if (answer === undefined) throw new WxFailure('cancel')
        phone.log({ kind: 'console', text: `wx.navigateToMiniProgram ${String(options.appId)} ${String(options.path ?? '')}` })
      },
    }),
  }
}
