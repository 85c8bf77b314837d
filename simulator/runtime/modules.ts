// Runs the app's modules. Each is a function whose parameters shadow every global of the browser that a mini program does not have, so that using
// `window` or `fetch` fails here as it does in WeChat.
import type { Module } from '../compiler/scripts.ts'

/** Globals of the JavaScript language itself; everything else must be given by the runtime. */
const LANGUAGE = new Set(
  `Object Array String Number Boolean Symbol BigInt Math JSON Date RegExp Promise Map Set WeakMap WeakSet WeakRef FinalizationRegistry Proxy Reflect Error AggregateError
  EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer SharedArrayBuffer Atomics DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array
  Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent
  encodeURI encodeURIComponent escape unescape Intl WebAssembly Iterator`.split(/\s+/),
)
const NAME = /^[A-Za-z_$][\w$]*$/

/** `new Function('return this')` gives undefined in a mini program, any other body is refused. */
const RefusedFunction = new Proxy(Function, {
  construct: (_, args: string[]) => refusedFunction(args),
  apply: (_, __, args: string[]) => refusedFunction(args),
})

function refusedFunction(args: string[]): () => undefined {
  if (/^\s*return this;?\s*$/.test(args.at(-1) ?? '')) return () => undefined
  throw new Error('a mini program cannot make functions from text (new Function)')
}

export class ModuleLoader {
  readonly #modules: Record<string, Module>
  readonly #names: string[]
  readonly #values: unknown[]
  readonly #loaded = new Map<string, { exports: unknown }>()

  /** @param globals what app code sees by name, besides the language's own */
  constructor(modules: Record<string, Module>, globals: Record<string, unknown>) {
    this.#modules = modules
    const given: Record<string, unknown> = { Function: RefusedFunction, ...globals }
    // libraries look for Symbol and the like on the global object; a mini program's has the language and WeChat's names, nothing of a browser
    const language = [...LANGUAGE].map(name => [name, (window as unknown as Record<string, unknown>)[name]])
    given['globalThis'] = given['global'] = Object.assign(Object.fromEntries(language) as object, given)
    const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(window))
    const shadowed = [
      ...Object.getOwnPropertyNames(window),
      ...inherited,
      'self',
      'top',
      'parent',
      'globalThis',
      'eval',
      'addEventListener',
      'removeEventListener',
      'dispatchEvent',
    ]
    const names = new Set([
      ...shadowed.filter(name => NAME.test(name) && name !== 'constructor' && !LANGUAGE.has(name)),
      ...Object.keys(given),
    ])
    this.#names = [...names]
    this.#values = this.#names.map(name => given[name])
  }

  /** The module's exports; it runs at its first use. `path` as in the bundle, with its ending. */
  require(path: string): unknown {
    const known = this.#loaded.get(path)
    if (known) return known.exports
    const module = this.#modules[path]
    if (!module) throw new Error(`module '${path}' is not defined`)
    const record = { exports: {} as unknown }
    this.#loaded.set(path, record)
    const require = (target: string) => {
      const resolved = module.requires[target]
      if (!resolved) throw new Error(`module '${target}' is not defined, required by '${path}'`)
      return this.require(resolved)
    }
    const requireLater = async (target: string) => {
      await Promise.resolve()
      return require(target)
    }
    Object.assign(require, { async: requireLater })
    const run = this.evaluate(`'use strict';${module.code}\n//# sourceURL=app:///${path}`, ['require', 'module', 'exports'])
    try {
      run(require, record, record.exports)
    } catch (error) {
      // the next require must fail with the same words, not with a half-made module
      this.#loaded.delete(path)
      throw error
    }
    return record.exports
  }

  /** A function of the text with the shadowed globals in force. */
  evaluate(body: string, parameters: string[] = []): (...args: unknown[]) => unknown {
    const outer = new Function(
      ...this.#names.filter(name => !parameters.includes(name)),
      `return function(${parameters.join(',')}){${body}\n}`,
    ) as (...values: unknown[]) => (...args: unknown[]) => unknown
    const values = this.#values.filter((_, index) => !parameters.includes(this.#names[index]!))
    return outer.apply(undefined, values)
  }
}
