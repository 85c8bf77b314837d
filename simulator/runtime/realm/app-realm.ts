// The app's code runs in a realm of its own, as WeChat's app service is apart from what draws: what it does to Array.prototype, Promise, JSON, Date or
// console reaches neither the simulator nor the automation nor wx. The realm is that of an empty frame; everything of a browser is taken out of it, so
// that using `document` or `fetch` fails here as it does in WeChat.

import { lowerEngine, refuseNewExpressions, type AppWindow } from './engine-floor.ts'

/** Globals of the JavaScript language itself; everything else must be given by the runtime. */
const LANGUAGE = new Set(
  `Object Function Array String Number Boolean Symbol BigInt Math JSON Date RegExp Promise Map Set WeakMap WeakSet WeakRef FinalizationRegistry Proxy Reflect Error AggregateError
  EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer SharedArrayBuffer Atomics DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array
  Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent
  encodeURI encodeURIComponent escape unescape Intl WebAssembly Iterator`.split(/\s+/),
)
const NAME = /^[A-Za-z_$][\w$]*$/

type AnyFunction = (...values: unknown[]) => unknown

export class AppRealm {
  readonly window: AppWindow
  /** the realm's own constructors and functions, as they were before app code could change them */
  readonly intrinsics: {
    Object: ObjectConstructor
    Array: ArrayConstructor
    Function: FunctionConstructor
    Promise: PromiseConstructor
    promiseThen: Promise<unknown>['then']
    Date: DateConstructor
    errors: Record<string, ErrorConstructor>
    ArrayBuffer: ArrayBufferConstructor
    views: Record<string, Uint8ArrayConstructor>
  }
  /** names that a browser does not let go of: parameters of these names hide them from app code, or give it its own */
  readonly #hidden: Record<string, unknown>

  /**
   * @param listen hears of what app code throws or rejects with nobody to catch it
   * @param old the engine of the oldest phones (engine-floor.ts)
   */
  constructor(
    listen: { error: (error: unknown) => void; rejection: (reason: unknown) => void },
    private readonly old = false,
  ) {
    const frame = document.createElement('iframe')
    // inside <head> it is never drawn
    document.head.append(frame)
    this.window = frame.contentWindow as AppWindow
    const { window } = this
    this.intrinsics = {
      Object: window.Object,
      Array: window.Array,
      Function: window.Function,
      Promise: window.Promise,
      promiseThen: window.Promise.prototype.then,
      Date: window.Date,
      errors: Object.fromEntries([...LANGUAGE].filter(name => name.endsWith('Error')).map(name => [name, this.#language(name)])) as never,
      ArrayBuffer: window.ArrayBuffer,
      views: Object.fromEntries(
        [...LANGUAGE].filter(name => /\dArray$|Uint8ClampedArray|DataView/.test(name)).map(name => [name, this.#language(name)]),
      ) as never,
    }
    window.addEventListener('error', ({ error }) => error && listen.error(error))
    window.addEventListener('unhandledrejection', ({ reason }) => listen.rejection(reason))
    this.#hidden = Object.fromEntries(removeBrowser(window).map(name => [name, undefined]))
    this.#followClock()
    if (old) lowerEngine(window)
    Object.defineProperty(window.Function.prototype, 'constructor', { value: this.#refusedFunction() })
    window.Function = this.#refusedFunction()
  }

  #language(name: string): unknown {
    return (this.window as unknown as Record<string, unknown>)[name]
  }

  /** Makes `value` a global of app code. */
  define(name: string, value: unknown): void {
    Object.defineProperty(this.window, name, { value, writable: true, enumerable: true, configurable: true })
  }

  /** What app code sees as globalThis and global: the language and what the runtime gave, nothing of a browser. */
  defineGlobalObject(given: Record<string, unknown>): void {
    const made = new this.intrinsics.Object() as Record<string, unknown>
    for (const name of LANGUAGE) made[name] = this.#language(name)
    this.#hidden['global'] = this.#withNames(Object.assign(made, given))
    this.#hidden['globalThis'] = this.old ? undefined : this.#hidden['global']
  }

  /** What app code puts on its global object (regeneratorRuntime, a polyfill) it then finds by its name alone. */
  #withNames(global: object): object {
    const { window } = this
    return new Proxy(global, {
      defineProperty: (target, name, descriptor) => {
        if (!Reflect.defineProperty(target, name, descriptor)) return false
        return typeof name !== 'string' || name in this.#hidden || Reflect.defineProperty(window, name, descriptor)
      },
    })
  }

  /** A function of the realm. */
  compile(parameters: string[], body: string, isAsync = false): AnyFunction {
    if (this.old) refuseNewExpressions(this.window, body)
    const hidden = Object.entries(this.#hidden).filter(([name]) => !parameters.includes(name))
    const text = `return ${isAsync ? 'async ' : ''}function(${parameters.join(',')}){${body}\n}`
    const make = new this.intrinsics.Function(...hidden.map(([name]) => name), text)
    return Reflect.apply(
      make,
      undefined,
      hidden.map(([, value]) => value),
    ) as AnyFunction
  }

  /** `new Function('return this')` gives the global object that app code sees, as libraries of all years ask for it; any other body is refused. */
  #refusedFunction(): FunctionConstructor {
    const { window, intrinsics } = this
    const refuse = (args: string[]) => {
      if (/^\s*return this;?\s*$/.test(args.at(-1) ?? '')) return this.compile([], 'return global')
      throw new intrinsics.errors.Error!('a mini program cannot make functions from text (new Function)')
    }
    return new window.Proxy(intrinsics.Function, {
      construct: (_, args: string[]) => refuse(args),
      apply: (_, __, args: string[]) => refuse(args),
    })
  }

  /** The person or a test may shift the phone's clock: the app's Date asks the simulator's. */
  #followClock(): void {
    const RealDate = this.intrinsics.Date
    const clock = () => Date.now()
    const now = this.compile(['clock'], 'return function now() { return clock() }')(clock) as () => number
    const Shifted: DateConstructor = new this.window.Proxy(RealDate, {
      construct: (target, given: unknown[], newTarget) =>
        Reflect.construct(target, given.length === 0 ? [clock()] : given, newTarget) as Date,
      apply: () => new RealDate(clock()).toString(),
      get: (target, name, self) => (name === 'now' ? now : (Reflect.get(target, name, self) as unknown)),
    })
    Object.defineProperty(RealDate.prototype, 'constructor', { value: Shifted, writable: true, configurable: true })
    this.window.Date = Shifted
  }
}

/** @returns the names that stay, because a browser's window cannot be without them */
function removeBrowser(window: AppWindow): string[] {
  // a browser's own tools evaluate in every frame
  const hidden = ['eval', 'globalThis', 'global']
  for (
    let holder: object | null = window;
    holder && holder !== window.Object.prototype;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (LANGUAGE.has(name) || name === 'constructor' || name === 'globalThis' || name === 'eval') continue
      if (!Reflect.deleteProperty(holder, name) && NAME.test(name)) hidden.push(name)
    }
  }
  return hidden
}
