// What goes over from the simulator to the app and back. Plain values are made anew in the other realm, as WeChat carries them as JSON, so that
// `instanceof` and Array.isArray hold on both sides; functions are wrapped; objects with methods are seen through a proxy; what a browser brings
// (canvases, pictures) and what the component framework gives the app goes over as it is.
import type { AppRealm } from './app-realm.ts'

type AnyFunction = (this: unknown, ...values: unknown[]) => unknown
type Plain = Record<PropertyKey, unknown>

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isNative = (maker: unknown) =>
  typeof maker === 'function' && /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(maker))
const listOf = (values: ArrayLike<unknown>, each: (value: unknown) => unknown) => {
  const list: unknown[] = []
  // an app may have changed the iterator and the methods of its own arrays
  for (let at = 0; at < values.length; at += 1) list.push(each(values[at]))
  return list
}

export class Crossing {
  readonly #realm: AppRealm
  /** the app's function for one of the simulator, and the reverse */
  readonly #appOf = new WeakMap<object, object>()
  readonly #hostOf = new WeakMap<object, object>()
  /** with `call(this, values)` makes a function of the app's realm */
  readonly #shell: (call: (self: unknown, values: ArrayLike<unknown>) => unknown) => AnyFunction

  constructor(realm: AppRealm) {
    this.#realm = realm
    this.#shell = realm.compile(['call'], 'return function (...values) { return call(this, values) }') as never
  }

  /** Whether a function was made by code of the app (or for it). */
  readonly isOfApp = (call: unknown): boolean => call instanceof this.#realm.intrinsics.Function

  /** A value of the simulator as app code gets it. Values of the app stay what they are. */
  readonly toApp = <T>(value: T): T => this.#toApp(value, new Map()) as T

  #toApp(value: unknown, seen: Map<object, unknown>): unknown {
    const { intrinsics } = this.#realm
    if (typeof value === 'function') return value instanceof intrinsics.Function ? value : this.#functionToApp(value as AnyFunction)
    // what comes from the app's realm, or has no prototype, is no instance of this realm's Object
    if (!isObject(value) || !(value instanceof Object)) return value
    const known = seen.get(value) ?? this.#appOf.get(value)
    if (known !== undefined) return known
    if (Array.isArray(value)) {
      const list = new intrinsics.Array()
      seen.set(value, list)
      for (let at = 0; at < value.length; at += 1) list[at] = this.#toApp(value[at], seen)
      return list
    }
    if (Object.getPrototypeOf(value) === Object.prototype && !hasMethods(value)) {
      const copy = new intrinsics.Object() as Plain
      seen.set(value, copy)
      for (const key of Reflect.ownKeys(value)) define(copy, key, this.#toApp((value as Plain)[key], seen))
      return copy
    }
    return this.#specialToApp(value)
  }

  #specialToApp(value: object): unknown {
    const { intrinsics } = this.#realm
    if (value instanceof ArrayBuffer) return this.#buffer(value, intrinsics.ArrayBuffer, intrinsics.views.Uint8Array!)
    if (ArrayBuffer.isView(value)) return this.#view(value, intrinsics.ArrayBuffer, intrinsics.views)
    if (value instanceof Promise) return this.#promiseToApp(value)
    if (value instanceof Error) return this.#errorToApp(value)
    if (value instanceof Date) return new intrinsics.Date(value.getTime())
    // components, behaviors and the like of the framework
    if ('_$' in value) return value
    const maker = (Object.getPrototypeOf(value) as { constructor?: unknown }).constructor
    return maker !== Object && isNative(maker) ? value : this.live(value)
  }

  /** A value of the app as the simulator gets it. Values of the simulator stay what they are. */
  readonly fromApp = <T>(value: T): T => this.#fromApp(value, new Map()) as T

  #fromApp(value: unknown, seen: Map<object, unknown>): unknown {
    const { intrinsics } = this.#realm
    if (typeof value === 'function') return this.#functionFromApp(value as AnyFunction)
    if (!isObject(value)) return value
    const known = this.#hostOf.get(value) ?? seen.get(value)
    if (known !== undefined) return known
    const prototype = Object.getPrototypeOf(value) as object | null
    if (Array.isArray(value) && value instanceof intrinsics.Array) {
      const list: unknown[] = []
      seen.set(value, list)
      for (let at = 0; at < value.length; at += 1) list.push(this.#fromApp(value[at], seen))
      return list
    }
    if (prototype === intrinsics.Object.prototype) {
      const copy: Plain = {}
      seen.set(value, copy)
      for (const key of Reflect.ownKeys(value)) define(copy, key, this.#fromApp((value as Plain)[key], seen))
      return copy
    }
    if (value instanceof intrinsics.ArrayBuffer) return this.#buffer(value, ArrayBuffer, Uint8Array)
    if (ArrayBuffer.isView(value)) {
      const { views } = intrinsics
      return Object.values(views).some(View => value instanceof View) ? this.#view(value, ArrayBuffer, globalThis as never) : value
    }
    if (value instanceof intrinsics.Date) return new Date(Date.prototype.getTime.call(value))
    if (value instanceof intrinsics.Promise)
      return new Promise((resolve, reject) =>
        Reflect.apply(intrinsics.promiseThen, value, [(result: unknown) => resolve(this.fromApp(result)), reject]),
      )
    return value
  }

  /** A function of the simulator as app code calls it, with its arguments as they are. What it throws is an error of the app's realm. */
  readonly expose = <F extends (...values: never[]) => unknown>(call: F): F =>
    this.#wrap(call as unknown as AnyFunction, value => value) as unknown as F

  #functionToApp(call: AnyFunction): object {
    return this.#appOf.get(call) ?? this.#wrap(call, this.fromApp)
  }

  #wrap(call: AnyFunction, argument: (value: unknown) => unknown): AnyFunction {
    const made = this.#shell((self, values) => {
      try {
        const host = isObject(self) ? (this.#hostOf.get(self) ?? self) : self
        return this.toApp(Reflect.apply(call, host, listOf(values, argument)))
      } catch (error) {
        throw this.toApp(error)
      }
    })
    Object.defineProperty(made, 'name', { value: call.name, configurable: true })
    this.#pair(call, made)
    return made
  }

  #functionFromApp(call: AnyFunction): object {
    const { intrinsics } = this.#realm
    const known = this.#hostOf.get(call)
    if (known || !(call instanceof intrinsics.Function)) return known ?? call
    const { toApp, fromApp } = this
    const made = function (this: unknown, ...values: unknown[]) {
      return fromApp(Reflect.apply(call, toApp(this), values.map(toApp)))
    }
    Object.defineProperty(made, 'name', { value: call.name, configurable: true })
    this.#pair(made, call)
    return made
  }

  #pair(host: object, app: object): void {
    this.#appOf.set(host, app)
    this.#hostOf.set(app, host)
  }

  /** An object of the simulator as app code sees it: always its current methods and values; what the app sets is set on it. */
  readonly live = <T extends object>(host: T): T => {
    const known = this.#appOf.get(host)
    if (known) return known as T
    const { toApp } = this
    const made: object = new Proxy(new this.#realm.intrinsics.Object(), {
      get: (own, name) => {
        // some hosts answer to names that they do not list
        const value: unknown = ofEvery(host, name) ? undefined : Reflect.get(host, name)
        return value === undefined ? (Reflect.get(own, name) as unknown) : toApp(value)
      },
      set: (_, name, value: unknown) => this.#put(host, name, value),
      has: (own, name) => name in host || name in own,
      deleteProperty: (_, name) => Reflect.deleteProperty(host, name),
      defineProperty: (_, name, { value, get }): boolean =>
        this.#put(host, name, get ? (Reflect.apply(get, made, []) as unknown) : (value as unknown)),
      ownKeys: () => Reflect.ownKeys(host).filter(name => typeof name === 'string'),
      getOwnPropertyDescriptor: (_, name) =>
        Object.hasOwn(host, name)
          ? { value: toApp(Reflect.get(host, name) as unknown), writable: true, enumerable: true, configurable: true }
          : undefined,
    })
    this.#pair(host, made)
    return made as T
  }

  /** What the app keeps on an object of the simulator (`wx.queue = []`) it finds there again as the very same, not as a copy of the copy. */
  #put(host: object, name: PropertyKey, value: unknown): boolean {
    const own = this.fromApp(value)
    if (isObject(own) && isObject(value) && own !== value) this.#appOf.set(own, value)
    return Reflect.set(host, name, own)
  }

  /** Gives what was just made for the app, and is held by nobody else, to the app's realm: no copy is needed. */
  readonly adopt = <T>(value: T): T => {
    if (!isObject(value)) return value
    const { intrinsics } = this.#realm
    const prototype = Object.getPrototypeOf(value) as object | null
    if (prototype === Array.prototype) Object.setPrototypeOf(value, intrinsics.Array.prototype as object)
    else if (prototype === Object.prototype) Object.setPrototypeOf(value, intrinsics.Object.prototype)
    else return value
    for (const key of Object.keys(value)) this.adopt((value as Plain)[key])
    return value
  }

  #promiseToApp(promise: Promise<unknown>): object {
    return new this.#realm.intrinsics.Promise((resolve, reject) => {
      promise.then(
        result => resolve(this.toApp(result)),
        (error: unknown) => reject(this.toApp(error)),
      )
    })
  }

  #errorToApp(error: Error): Error {
    const { errors, Object: AppObject } = this.#realm.intrinsics
    const made = new (errors[error.name] ?? errors.Error!)(error.message)
    const fields = Object.entries(error).map(([name, value]) => [name, { value: this.toApp(value), writable: true, configurable: true }])
    AppObject.defineProperties(made, Object.fromEntries(fields) as PropertyDescriptorMap)
    Object.defineProperty(made, 'stack', { value: error.stack, writable: true, configurable: true })
    return made
  }

  #buffer(from: ArrayBuffer, Buffer: ArrayBufferConstructor, View: Uint8ArrayConstructor): ArrayBuffer {
    const made = new Buffer(from.byteLength)
    new View(made).set(new View(from))
    return made
  }

  #view(from: ArrayBufferView, Buffer: ArrayBufferConstructor, makers: Record<string, Uint8ArrayConstructor>): object {
    const bytes = new Uint8Array(from.buffer, from.byteOffset, from.byteLength)
    const made = new Buffer(bytes.byteLength)
    new Uint8Array(made).set(bytes)
    return new makers[Object.prototype.toString.call(from).slice(8, -1)]!(made)
  }
}

/** What every object has, such as toString and constructor, is that of the app's realm. */
const ofEvery = (host: object, name: PropertyKey) => name in Object.prototype && !Object.hasOwn(host, name)

function hasMethods(value: object): boolean {
  return Reflect.ownKeys(value).some(key => {
    const { value: own, get } = Object.getOwnPropertyDescriptor(value, key)!
    return get !== undefined || typeof own === 'function'
  })
}

/** A setter that the app put on Object.prototype must not see what is copied. */
function define(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}
