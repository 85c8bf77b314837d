// What every family of wx methods shares: the phone they act on, WeChat's two calling styles, and failures in WeChat's shape.
import type { Runtime } from '../runtime/contract.ts'
import type { ScreenLook } from '../phone/devices.ts'
import type { Keyboard } from '../phone/keyboard.ts'
import type { LogEntry, ProjectFacts } from '../phone/messages.ts'
import type { PhoneSettings } from '../phone/settings.ts'
import type { Overlays } from './overlays.ts'
import type { FileStore } from './file-store.ts'
import type { KeyValueStore } from './key-value-store.ts'

/** What wx.onWindowResize and a page's onResize tell; CSS px. */
export interface WindowSize {
  size: { windowWidth: number; windowHeight: number }
  deviceOrientation: 'portrait' | 'landscape'
}

export interface Phone {
  readonly runtime: Runtime
  readonly settings: Readonly<PhoneSettings>
  /** called after each change, with the settings before it */
  onSettings(listener: (before: Readonly<PhoneSettings>) => void): void
  readonly project: ProjectFacts
  readonly overlays: Overlays
  screen(): ScreenLook
  /** called when the window was turned or dragged, not when a bar appears or goes */
  onWindowResize(listener: (size: WindowSize) => void): void
  readonly keyboard: Keyboard
  readonly storage: KeyValueStore
  readonly files: FileStore
  log(entry: Omit<LogEntry, 'at'>): void
  /** ends the app and starts it anew, as WeChat does for a new version */
  restart(): void
}

/** Words of WeChat itself, in the language of the phone. */
export const say = ({ settings }: Pick<Phone, 'settings'>, chinese: string, english: string): string =>
  settings.locale.startsWith('zh') ? chinese : english

export type Options = Record<string, unknown> & {
  success?: (result: object) => void
  fail?: (failure: object) => void
  complete?: (outcome: object) => void
}

export type WxMethods = Record<string, unknown>

/** A failure as WeChat tells it: `errMsg` is `<api>:fail <why>`; `errno` where WeChat has one. */
export class WxFailure extends Error {
  constructor(
    readonly why: string,
    readonly fields: { errno?: number; [field: string]: unknown } = {},
  ) {
    super(why)
  }
}

const describe = (api: string, error: unknown): Record<string, unknown> => {
  if (error instanceof WxFailure) return { errMsg: `${api}:fail ${error.why}`.trimEnd(), ...error.fields }
  const text = error instanceof Error ? error.message : String(error)
  return { errMsg: text.startsWith(`${api}:fail`) ? text : `${api}:fail ${text}` }
}

/** An exception in a callback of the app is the app's error, not ours: it surfaces as an uncaught one. */
function call(callback: unknown, argument: object): void {
  if (typeof callback !== 'function') return
  try {
    callback(argument)
  } catch (error) {
    reportError(error)
  }
}

const hasCallback = (options: Options) => [options.success, options.fail, options.complete].some(callback => typeof callback === 'function')

/** Tells an outcome the way the caller asked for: callbacks if there is any, else a promise. */
export function settle(api: string, options: Options, outcome: Promise<object | void>): Promise<object> | undefined {
  const told = outcome.then(
    result => ({ ...result, errMsg: `${api}:ok` }),
    error => {
      throw describe(api, error)
    },
  )
  if (!hasCallback(options)) return told
  told.then(
    result => {
      call(options.success, result)
      call(options.complete, result)
    },
    failure => {
      call(options.fail, failure)
      call(options.complete, failure)
    },
  )
  return undefined
}

/** What WeChat answers before the call returns, and apps of earlier years count on: callbacks at once, a promise to who gave none. */
export function atOnce(api: string, options: Options, result: object): Promise<object> | undefined {
  const told = { ...result, errMsg: `${api}:ok` }
  if (!hasCallback(options)) return Promise.resolve(told)
  call(options.success, told)
  call(options.complete, told)
  return undefined
}

/**
 * A wx method with success/fail/complete or a promise.
 * @param run gets the options; what it answers becomes the result, what it throws the failure
 */
export function method(api: string, run: (options: Options) => object | void | Promise<object | void>): (options?: Options) => unknown {
  return (options = {}) => {
    const given = options ?? {}
    return settle(api, given, (async () => run(given))())
  }
}

/** Several methods at once, named by their keys. */
export function methods(families: Record<string, (options: Options) => object | void | Promise<object | void>>): WxMethods {
  return Object.fromEntries(Object.entries(families).map(([api, run]) => [api, method(api, run)]))
}

/** Listeners of one `wx.onX` / `wx.offX` pair. Without an argument `off` removes all, as WeChat does. */
export class Listeners<Event> {
  private listeners: ((event: Event) => void)[] = []

  get empty(): boolean {
    return this.listeners.length === 0
  }

  pair(name: string): WxMethods {
    return { [`on${name}`]: (listener: (event: Event) => void) => void this.add(listener), [`off${name}`]: this.remove }
  }

  add(listener: (event: Event) => void): void {
    if (typeof listener === 'function' && !this.listeners.includes(listener)) this.listeners = [...this.listeners, listener]
  }

  readonly remove = (listener?: (event: Event) => void): void => {
    this.listeners = listener ? this.listeners.filter(kept => kept !== listener) : []
  }

  emit(event: Event): void {
    for (const listener of this.listeners) {
      try {
        listener(event)
      } catch (error) {
        reportError(error)
      }
    }
  }
}

export function text(options: Options, name: string): string {
  const value = options[name]
  if (typeof value !== 'string') throw new WxFailure(`parameter error: parameter.${name} should be String instead of ${typeName(value)};`)
  return value
}

/** One that may be left out; null counts as left out. */
export function number(options: Options, name: string): number | undefined {
  const value = options[name] ?? undefined
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value
  throw new WxFailure(`parameter error: parameter.${name} should be Number instead of ${typeName(value)};`)
}

function typeName(value: unknown): string {
  if (value === undefined) return 'Undefined'
  if (value === null) return 'Null'
  return Object.prototype.toString.call(value).slice(8, -1)
}
