// Plain answers about where the app runs, and moments when the machine has time.
import { Listeners, methods, text, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'

const SKYLINE = { isSupported: false, version: '', reason: 'client not supported' }
/** WeChat's own: one who is asked for an update of a plug-in has none */
const UPDATES_NOTHING = { onCheckForUpdate: () => {}, onUpdateReady: () => {}, onUpdateFailed: () => {} }

type IdleWindow = Partial<Pick<Window, 'requestIdleCallback' | 'cancelIdleCallback'>>

function idle(): WxMethods {
  const { requestIdleCallback, cancelIdleCallback } = window as IdleWindow
  // Safari has none: soon is as good
  const without = (callback: IdleRequestCallback) =>
    setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 0 } as IdleDeadline))
  return {
    requestIdleCallback: (callback: IdleRequestCallback, options?: IdleRequestOptions) =>
      requestIdleCallback ? requestIdleCallback(callback, options) : without(callback),
    cancelIdleCallback: (id: number) => (cancelIdleCallback ?? clearTimeout)(id),
  }
}

/** Bytes under an address that pictures and sound can be drawn from. */
function buffers(): WxMethods {
  return {
    createBufferURL: (buffer: ArrayBuffer) => URL.createObjectURL(new Blob([buffer])),
    revokeBufferURL: (url: string) => URL.revokeObjectURL(url),
  }
}

export function facts(phone: Phone): WxMethods {
  return {
    ...idle(),
    ...buffers(),
    getApiCategory: () => 'default',
    ...new Listeners().pair('ApiCategoryChange'),
    getExptInfoSync: () => ({}),
    getSkylineInfoSync: () => SKYLINE,
    isVKSupport: () => false,
    checkIsPictureInPictureActive: () => false,
    getPluginUpdateManager: () => UPDATES_NOTHING,
    ...methods({
      getSkylineInfo: () => SKYLINE,
      getRendererUserAgent: () => ({ userAgent: navigator.userAgent }),
      // it answers this machine only
      getLocalIPAddress: () => ({ localip: '127.0.0.1', netmask: '255.0.0.0' }),
      checkIsAddedToMyMiniProgram: () => ({ added: false }),
      checkIsOpenAccessibility: () => ({ open: false }),
      checkIsSupportSoterAuthentication: () => ({ supportMode: [] }),
      getScreenRecordingState: () => ({ state: 'off' }),
      restartMiniProgram: async (options: Options) => {
        const path = text(options, 'path')
        if (!path) throw new WxFailure('invalid path')
        await phone.runtime.reLaunch(path)
      },
    }),
  }
}
