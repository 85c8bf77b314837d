// App() and the events of the app as a whole. Errors of lifecycles, handlers and timers end here and are never swallowed.
import type { AppEvents, AppLaunchOptions, Emitter } from './contract.ts'

type Method = (this: unknown, ...args: unknown[]) => unknown

export class App {
  instance: Record<string, unknown> | undefined
  visible = false
  readonly #events: Emitter<AppEvents>
  readonly #toApp: <T>(value: T) => T
  #options: AppLaunchOptions | undefined

  constructor(events: Emitter<AppEvents>, toApp: <T>(value: T) => T) {
    this.#events = events
    this.#toApp = toApp
  }

  register(options: object): void {
    if (this.instance) throw new Error('App() was called twice')
    this.instance = options as Record<string, unknown>
  }

  launch(options: AppLaunchOptions): void {
    this.#options = options
    this.#call('onLaunch', options)
    this.show()
  }

  /** false when the app was visible already */
  show(): boolean {
    if (this.visible || !this.#options) return false
    this.visible = true
    this.#call('onShow', this.#options)
    this.#events.emit('appShow', this.#options)
    return true
  }

  hide(): void {
    this.visible = false
    this.#call('onHide')
    this.#events.emit('appHide', undefined)
  }

  pageNotFound(event: AppEvents['pageNotFound']): void {
    this.#call('onPageNotFound', event)
    this.#events.emit('pageNotFound', event)
  }

  themeChange(theme: 'light' | 'dark'): void {
    this.#call('onThemeChange', { theme })
    this.#events.emit('themeChange', { theme })
  }

  unhandledRejection(reason: unknown): void {
    this.#call('onUnhandledRejection', { reason })
    this.#events.emit('unhandledRejection', { reason })
  }

  /** @param place where in the app, e.g. `components/card/index attached`; told with the error, the app's own handlers get it as it is */
  fail(error: unknown, place?: string): void {
    const { message, stack } = asError(error)
    if (place) console.error(place)
    console.error(error)
    const handler = this.instance?.['onError']
    if (typeof handler === 'function') {
      try {
        Reflect.apply(handler as Method, this.instance, [stack ?? message])
      } catch (again) {
        console.error(again)
      }
    }
    this.#events.emit('error', { message, stack: stack ?? '', ...(place ? { place } : {}) })
  }

  /** setTimeout or setInterval whose callback's errors are the app's. */
  timer(set: (callback: () => void, delay?: number) => number): (callback: Method, delay?: number, ...args: unknown[]) => number {
    return (callback, delay, ...args) =>
      set(() => {
        try {
          Reflect.apply(callback, undefined, args)
        } catch (error) {
          this.fail(error)
        }
      }, delay)
  }

  #call(name: string, ...args: unknown[]): void {
    const method = this.instance?.[name]
    if (typeof method !== 'function') return
    try {
      Reflect.apply(method as Method, this.instance, args.map(this.#toApp))
    } catch (error) {
      this.fail(error)
    }
  }
}

/** Errors of the app may be of another realm, so `instanceof` does not tell. */
function asError(thrown: unknown): { message: string; stack?: string | undefined } {
  const { message, stack } = (thrown ?? {}) as Partial<Error>
  return typeof message === 'string' && typeof stack === 'string' ? { message, stack } : new Error(String(thrown))
}
