// Walks from app.json over pages to every component they use: JSON, template, style and script of each.
import type { AppJson } from '../runtime/contract.ts'
import { packageOf } from '../runtime/sub-packages.ts'
import { positionAt, type Diagnostics } from './diagnostics.ts'
import type { Sources } from './sources.ts'
import { compileWxss } from './styles.ts'
import type { Templates } from './templates.ts'

/** A page or component as the runtime registers it. Paths have no ending. */
export interface ComponentEntry {
  isPage: boolean
  /** module path of its script */
  script: string
  hasTemplate: boolean
  /** its JSON, usingComponents as absolute paths */
  config: Record<string, unknown> & { usingComponents: Record<string, string> }
  css: string
}

export class ComponentGraph {
  readonly components = new Map<string, ComponentEntry>()
  /** tags of components that are not there: drawn as boxes */
  readonly missing = new Set<string>()
  readonly #appJson: AppJson
  readonly #appUsing: Record<string, string>
  readonly #sources: Sources
  readonly #templates: Templates
  readonly #diagnostics: Diagnostics

  constructor(appJson: AppJson, sources: Sources, templates: Templates, diagnostics: Diagnostics) {
    this.#sources = sources
    this.#templates = templates
    this.#diagnostics = diagnostics
    this.#appJson = appJson
    this.#appUsing = this.#using('app', appJson)
    for (const path of Object.values(this.#appUsing)) this.add(path, false)
  }

  add(path: string, isPage: boolean): void {
    if (this.components.has(path)) return
    const config = this.#config(path)
    const entry: ComponentEntry = { isPage, script: '', hasTemplate: false, config: { ...config, usingComponents: {} }, css: '' }
    this.components.set(path, entry)
    entry.script = this.#sources.resolveModule(`${path}.ts`, `./${path.split('/').pop()}`) ?? ''
    const own = this.#using(path, config)
    entry.config.usingComponents = { ...this.#appUsing, ...own }
    if (this.#sources.exists(`${path}.wxml`)) {
      entry.hasTemplate = true
      const generics = Object.keys((config['componentGenerics'] as object | undefined) ?? {})
      this.#templates.add(path, new Set([...Object.keys(entry.config.usingComponents), ...generics]))
    }
    const style = this.#sources.styleOf(path)
    if (style) entry.css = compileWxss(style, path, this.#sources, this.#diagnostics)
    for (const target of Object.values(own)) this.add(target, false)
    for (const generic of Object.values((config['componentGenerics'] as Record<string, { default?: string } | true> | undefined) ?? {})) {
      if (generic !== true && generic.default) {
        const target = this.#componentPath(path, generic.default)
        if (target) this.add((generic.default = target), false)
      }
    }
  }

  #config(path: string): Record<string, unknown> {
    return this.#sources.exists(`${path}.json`) ? (this.#sources.json(`${path}.json`) ?? {}) : {}
  }

  #componentPath(from: string, target: string): string | undefined {
    return (
      this.#sources.resolvePath(from, target.replace(/\.(js|ts)$/, ''), path => this.isComponent(path)) ??
      this.#sources.resolvePath(from, `${target}/index`, path => this.isComponent(path))
    )
  }

  isComponent(path: string): boolean {
    return this.#sources.exists(`${path}.ts`) || this.#sources.exists(`${path}.js`)
  }

  #using(path: string, config: Record<string, unknown>): Record<string, string> {
    const result: Record<string, string> = {}
    for (const [name, target] of Object.entries((config['usingComponents'] as Record<string, string> | undefined) ?? {})) {
      const found = this.#componentPath(path, String(target))
      const text = this.#sources.read(`${path}.json`)
      const { line, column } = positionAt(text, Math.max(0, text.indexOf(`"${name}"`)))
      if (found) {
        result[name] = found
        const there = packageOf(this.#appJson, found)
        const placeholders = config['componentPlaceholder'] as Record<string, string> | undefined
        if (there !== '' && there !== packageOf(this.#appJson, path) && !placeholders?.[name])
          // WeChat draws it where that package is there already, and fails the page where it is not
          this.#diagnostics.warning(
            this.#sources.real(`${path}.json`),
            line,
            column,
            `component "${name}": "${String(target)}" is of the sub-package ${there}: it needs a componentPlaceholder`,
          )
        continue
      }
      const why = this.#sources.whyNotInstalled(String(target)) ?? notOfTheFolder(String(target)) ?? 'is not found'
      this.#diagnostics.warning(this.#sources.real(`${path}.json`), line, column, `component "${name}": "${target}" ${why}`)
      this.missing.add(name)
    }
    return result
  }
}

/** What WeChat brings itself and the simulator has not; the tag is drawn as a box. */
function notOfTheFolder(target: string): string | undefined {
  if (target.startsWith('plugin://')) return 'is of a plug-in, which the simulator lacks'
  const [, library] = /^\/?(weui-miniprogram|miniprogram-element)\//.exec(target) ?? []
  if (library) return `is of WeChat's extended libraries: name it in useExtendedLib of app.json, or install ${library} from npm`
  if (target.startsWith('ext://')) return 'is of an extension, which the simulator lacks'
  return undefined
}
