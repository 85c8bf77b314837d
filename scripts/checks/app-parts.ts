// The app as WeChat sees it: each page and component with its JSON, its WXML and what its script defines. The scripts are really run, with a `wx`
// that does nothing, so that behaviors count with what they put into data when they are attached.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { compileProject, type ProjectBundle } from '../../simulator/compiler/index.ts'
import type { CompiledProject } from '../../simulator/runtime/contract.ts'
import { root } from './files.ts'
import { parseWxml, type Element } from './wxml.ts'

type Definition = Record<string, unknown> & {
  data?: Record<string, unknown>
  properties?: Record<string, unknown>
  observers?: Record<string, unknown>
  methods?: Record<string, unknown>
  behaviors?: unknown[]
  pageLifetimes?: Record<string, unknown>
  lifetimes?: { attached?: () => void; detached?: () => void }
}

export interface Part {
  /** miniprogram/pages/home/index, without ending */
  path: string
  isPage: boolean
  wxml: Element
  /** tag → path of the component; npm ones start with miniprogram/miniprogram_npm/ */
  using: Record<string, string>
  /** names in usingComponents of its own JSON */
  declared: string[]
  /** names of those that stand where a component of another package will be */
  placeholders: string[]
  /** the functions of its script and of its behaviors, as text */
  functions: string[]
  properties: string[]
  /** keys that it puts into data: declared, or set by a behavior when attached */
  keys: string[]
  /** what behaviors set when attached, with nobody logged in: the words of the page above all */
  attached: Record<string, unknown>
  /** properties that observers of its own or of a behavior listen to */
  observed: string[]
}

export interface App {
  compiled: CompiledProject
  bundle: ProjectBundle
  parts: Part[]
}

/** @throws Error when the app does not compile: scripts/checks/mini-program.ts says why */
export async function readApp(project = root): Promise<App> {
  const compiled = await compileProject(project)
  if (compiled.script === '') throw new Error('the mini program does not compile')
  const bundle = JSON.parse(compiled.script.slice(compiled.script.indexOf('{'), compiled.script.lastIndexOf(';'))) as ProjectBundle
  const definitions = runScripts(bundle)
  const parts: Part[] = []
  for (const [path, { isPage, config, script }] of Object.entries(bundle.components)) {
    if (path.startsWith('miniprogram_npm/')) continue
    const file = join(project, 'miniprogram', path)
    const own = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as {
      usingComponents?: Record<string, string>
      componentPlaceholder?: Record<string, string>
    }
    const chain = definitions.of(script)
    const keys = new Set(chain.flatMap(definition => Object.keys(definition.data ?? {})))
    const attached = definitions.whenAttached(script)
    for (const key of Object.keys(attached)) keys.add(rootOf(key))
    const properties = chain.flatMap(definition => Object.keys(definition.properties ?? {}))
    const observed = chain.flatMap(definition => Object.keys(definition.observers ?? {}).flatMap(names => names.split(/\s*,\s*/)))
    parts.push({
      path: `miniprogram/${path}`,
      isPage,
      wxml: parseWxml(existsSync(`${file}.wxml`) ? readFileSync(`${file}.wxml`, 'utf8') : ''),
      using: Object.fromEntries(Object.entries(config.usingComponents).map(([tag, target]) => [tag, `miniprogram/${target}`])),
      declared: Object.keys(own.usingComponents ?? {}),
      placeholders: Object.values(own.componentPlaceholder ?? {}),
      functions: chain.flatMap(functionsOf),
      properties: [...new Set(properties)],
      keys: [...keys].filter(key => !properties.includes(key)),
      attached,
      observed,
    })
  }
  return { compiled, bundle, parts }
}

const functionsOf = ({ methods, lifetimes, pageLifetimes, observers }: Definition): string[] =>
  [methods, lifetimes, pageLifetimes, observers].flatMap(group => Object.values(group ?? {}).map(String))

function runScripts(bundle: ProjectBundle) {
  const running: string[] = []
  const components = new Map<string, Definition>()
  const nothing: unknown = new Proxy(() => ({}), { get: () => nothing, apply: (_, __, [options]) => quietly(options) })
  const quietly = (options: unknown) => (typeof options === 'object' ? { miniProgram: { envVersion: 'develop' } } : {})
  const context = createContext({
    Component: (definition: Definition) => void components.set(running.at(-1)!, definition),
    Page: (definition: Definition) => void components.set(running.at(-1)!, definition),
    Behavior: (definition: Definition) => definition,
    App: () => {},
    getApp: () => nothing,
    getCurrentPages: () => [],
    wx: new Proxy(
      {},
      { get: (_, name) => (name === 'getAccountInfoSync' ? () => quietly({}) : name === 'getStorageSync' ? () => '' : () => ({})) },
    ),
    console: { log() {}, warn() {}, error() {}, info() {} },
    setTimeout: () => 0,
    clearTimeout() {},
    setInterval: () => 0,
    clearInterval() {},
  })
  const loaded = new Map<string, { exports: unknown }>()
  const load = (path: string): unknown => {
    const known = loaded.get(path)
    if (known) return known.exports
    const { code, requires } = bundle.modules[path]!
    const module = { exports: {} as unknown }
    loaded.set(path, module)
    running.push(path)
    const body = runInContext(`(function (require, module, exports) {${code}\n})`, context, { filename: path }) as (
      ...given: unknown[]
    ) => void
    body((target: string) => load(requires[target]!), module, module.exports)
    running.pop()
    return module.exports
  }
  load(bundle.app)
  for (const [path, { script }] of Object.entries(bundle.components)) if (!path.startsWith('miniprogram_npm/')) load(script)

  const of = (script: string): Definition[] => {
    const found: Definition[] = []
    const add = (definition: unknown) => {
      if (typeof definition !== 'object' || definition === null) return
      const known = definition as Definition
      for (const behavior of known.behaviors ?? []) add(behavior)
      found.push(known)
    }
    add(components.get(script))
    return found
  }
  /** Behaviors bind stores when attached: what each then gives to setData, with nobody logged in and nothing loaded. */
  const whenAttached = (script: string): Record<string, unknown> => {
    const set: Record<string, unknown> = {}
    for (const definition of of(script)) {
      const caller: Record<string, unknown> = {
        data: { ...definition.data },
        setData: (change: object) => Object.assign(set, change),
        triggerEvent() {},
        ...definition.methods,
      }
      definition.lifetimes?.attached?.call(caller)
      definition.lifetimes?.detached?.call(caller)
    }
    return set
  }
  return { of, whenAttached }
}

/** `rows[3].name` → `rows` */
export const rootOf = (key: string): string => key.split(/[.[]/)[0]!
