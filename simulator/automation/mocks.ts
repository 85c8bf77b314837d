// App.callWxMethod and App.mockWxMethod with DevTools' rules: which methods are synchronous, what a mock function gets, and what counts as a failure.
import type { WxMethods } from '../wx/core.ts'
import type { Runtime } from '../runtime/contract.ts'
import { functionFrom } from './function-text.ts'

const SYNCHRONOUS = new Set(
  `stopRecord getRecorderManager pauseVoice stopVoice pauseBackgroundAudio stopBackgroundAudio getBackgroundAudioManager createAudioContext createInnerAudioContext
  createVideoContext createCameraContext createMapContext canIUse startAccelerometer stopAccelerometer startCompass stopCompass hideToast hideLoading
  showNavigationBarLoading hideNavigationBarLoading navigateBack createAnimation pageScrollTo createSelectorQuery createCanvasContext createContext drawCanvas
  hideKeyboard stopPullDownRefresh arrayBufferToBase64 base64ToArrayBuffer`.split(/\s+/),
)

const isSynchronous = (name: string) => name.endsWith('Sync') || SYNCHRONOUS.has(name)

type AnyFunction = (...values: unknown[]) => unknown
type Outcome = { errMsg?: string } & Record<string, unknown>

export class WxCalls {
  /** `own` is false for what the simulator lacks: it inherits that */
  private readonly originals = new Map<string, { method: unknown; own: boolean }>()

  constructor(
    private readonly wx: WxMethods,
    private readonly runtime: Pick<Runtime, 'compile'>,
  ) {}

  async call(name: string, values: unknown[]): Promise<unknown> {
    const method = this.find(name)
    // getWindowInfo and the like answer at once as well; only their calling style tells
    if (isSynchronous(name)) return settled(method(...values))
    const options = values[0]
    if (options !== undefined && (typeof options !== 'object' || options === null)) return settled(method(...values))
    return new Promise((done, fail) => {
      const direct = method({
        ...options,
        success: done,
        fail: (failure: Outcome) => fail(new Error(String(failure?.errMsg ?? failure).replace(`${name}:fail `, ''))),
      })
      const takesCallbacks =
        direct === undefined || typeof (direct as { abort?: unknown }).abort === 'function' || direct instanceof Promise
      if (!takesCallbacks) done(direct)
    })
  }

  /** Without a result and a function the method is given back. */
  mock(name: string, given: { result?: unknown; functionDeclaration?: unknown; args?: unknown }): void {
    const origin = (this.originals.get(name)?.method ?? this.find(name)) as AnyFunction
    if (/^(on|off)[A-Z]/.test(name)) throw new Error(`You can't mock wx.${name}`)
    if (!('result' in given) && given.functionDeclaration === undefined) {
      const original = this.originals.get(name)
      if (original?.own) this.wx[name] = original.method
      else if (original) delete this.wx[name]
      this.originals.delete(name)
      return
    }
    this.originals.set(name, { method: origin, own: this.originals.get(name)?.own ?? Object.hasOwn(this.wx, name) })
    const extra = Array.isArray(given.args) ? given.args : []
    const mocked =
      typeof given.functionDeclaration === 'string' ? functionFrom(given.functionDeclaration, this.runtime) : () => given.result
    if (isSynchronous(name)) {
      this.wx[name] = (...values: unknown[]) => mocked.call({ origin }, ...values, ...extra)
      return
    }
    this.wx[name] = (options: Record<string, unknown> = {}) => {
      const { success, fail, complete, ...rest } = (options ?? {}) as { success?: AnyFunction; fail?: AnyFunction; complete?: AnyFunction }
      const outcome = (async () => {
        const result = (await mocked.call({ origin }, rest, ...extra)) as Outcome | undefined
        if (result?.errMsg !== undefined && !String(result.errMsg).includes(`${name}:ok`)) throw result
        return result
      })()
      if (!success && !fail && !complete) return outcome
      outcome.then(
        result => {
          success?.(result)
          complete?.(result)
        },
        failure => {
          fail?.(failure)
          complete?.(failure)
        },
      )
      return { abort: () => {}, onHeadersReceived: () => {}, onProgressUpdate: () => {} }
    }
  }

  private find(name: string): AnyFunction {
    const method = this.wx[name]
    if (typeof method !== 'function') throw new Error(`wx.${name} not exists`)
    return method as AnyFunction
  }
}

/** A failed promise of a method called by position tells its errMsg. */
async function settled(outcome: unknown): Promise<unknown> {
  try {
    return await outcome
  } catch (error) {
    throw new Error((error as Outcome)?.errMsg ?? (error as Error)?.message ?? String(error), { cause: error })
  }
}
