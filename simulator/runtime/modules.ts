// Runs the app's modules in the app's realm.
import type { Module } from '../compiler/scripts.ts'
import type { AppRealm } from './realm/app-realm.ts'
import type { Crossing } from './realm/crossing.ts'

type AnyFunction = (...values: unknown[]) => unknown

export class ModuleLoader {
  readonly #modules: Record<string, Module>
  readonly #globals: Record<string, unknown>
  readonly #given: Record<string, unknown> = {}
  readonly #realm: AppRealm
  readonly #crossing: Crossing
  readonly #asked: (path: string) => void
  readonly #loaded = new Map<string, { exports: unknown }>()

  /**
   * @param globals what app code sees by name, besides the language's own; `wx` and `console` as they are at each use
   * @param asked is told of a module that `require.async` names, before it runs; what it throws, the app gets
   */
  constructor(
    modules: Record<string, Module>,
    globals: Record<string, unknown>,
    realm: AppRealm,
    crossing: Crossing,
    asked: (path: string) => void,
  ) {
    this.#asked = asked
    this.#modules = modules
    this.#realm = realm
    this.#crossing = crossing
    this.#globals = globals
    this.#define()
    // libraries look for Symbol and the like on the global object; a mini program's has the language and WeChat's names, nothing of a browser
    realm.defineGlobalObject(this.#given)
  }

  #define(): void {
    for (const [name, value] of Object.entries(this.#globals)) {
      if (name in this.#given) continue
      this.#given[name] = appGlobal(name, value, this.#crossing)
      this.#realm.define(name, this.#given[name])
    }
  }

  /** Makes `value` a global of app code from now on. */
  tell(name: string, value: string | boolean | undefined): void {
    this.#realm.define(name, value)
  }

  /** A function from text, of the app's realm and with its globals in sight, those that came last included. Values and result go over. */
  compile(parameters: string[], body: string, isAsync: boolean): (this: unknown, ...values: unknown[]) => unknown {
    this.#define()
    return this.#crossing.fromApp(this.#realm.compile(parameters, body, isAsync))
  }

  /** The module's exports; it runs at its first use. `path` as in the bundle, with its ending. */
  require(path: string): unknown {
    const known = this.#loaded.get(path)
    if (known) return known.exports
    const module = this.#modules[path]
    if (!module) throw new Error(`module '${path}' is not defined`)
    const { Object: AppObject } = this.#realm.intrinsics
    const record = Object.assign(new AppObject(), { exports: new AppObject() as unknown })
    this.#loaded.set(path, record)
    const run = this.#realm.compile(['require', 'module', 'exports'], `${module.code}\n//# sourceURL=app:///${path}`)
    try {
      run(this.#requireOf(path, module), record, record.exports)
    } catch (error) {
      // the next require must fail with the same words, not with a half-made module
      this.#loaded.delete(path)
      throw error
    }
    return record.exports
  }

  #requireOf(path: string, module: Module): AnyFunction {
    const find = (target: unknown) => {
      const resolved = module.requires[String(target)]
      if (!resolved) throw new Error(`module '${String(target)}' is not defined, required by '${path}'`)
      return this.require(resolved)
    }
    const later = async (target: unknown) => {
      await Promise.resolve()
      const resolved = module.requires[String(target)]
      if (resolved) this.#asked(resolved)
      return find(target)
    }
    return Object.assign(this.#crossing.expose(find), { async: this.#crossing.expose(later) })
  }
}

function appGlobal(name: string, value: unknown, { live, toApp }: Crossing): unknown {
  return (name === 'wx' || name === 'console') && typeof value === 'object' ? live(value!) : toApp(value)
}
