// WXML and WXS → one JavaScript expression that gives the compiled template of every path, with the template compiler of WeChat's component framework.
import { createRequire } from 'node:module'
import type { TmplGroup as TemplateGroup } from 'glass-easel-template-compiler'
import { BUILTINS, COMMON_ATTRIBUTES, LACKING_TAGS, STRUCTURAL_TAGS } from '../builtins/attributes.ts'
import { positionAt, type Diagnostics } from './diagnostics.ts'
import type { Sources } from './sources.ts'
import { readTags, type Tag } from './wxml-tags.ts'
import { compileWxs } from './wxs.ts'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler') as { TmplGroup: new () => TemplateGroup }

interface Warning {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

// The template compiler hands handlers their mini program events (plain targets, no tap after a longpress) only in templates that use WXS:
// at the end of each, where it moves no line, an empty one is added.
const ALWAYS_SCRIPTED = '<wxs module="_handlers"></wxs>'

export class Templates {
  readonly #group = new TmplGroup()
  readonly #added = new Set<string>()
  readonly #sources: Sources
  readonly #diagnostics: Diagnostics

  constructor(sources: Sources, diagnostics: Diagnostics) {
    this.#sources = sources
    this.#diagnostics = diagnostics
  }

  /**
   * @param path without .wxml
   * @param declared names of usingComponents and generics that its tags may have
   */
  add(path: string, declared: ReadonlySet<string>): void {
    if (this.#added.has(path)) return
    this.#added.add(path)
    const file = this.#sources.real(`${path}.wxml`)
    const text = this.#sources.read(`${path}.wxml`)
    const own = !this.#sources.isNpm(path)
    for (const warning of this.#group.addTmpl(path, text + ALWAYS_SCRIPTED) as Warning[]) {
      if (own || warning.isError) this.#diagnostics.error(file, warning.startLine + 1, warning.startColumn + 1, warning.message)
    }
    const tags = readTags(text)
    if (own) for (const tag of tags) this.#check(tag, text, file, declared)
    this.#addScripts(path, file, text, tags)
    for (const target of this.#group.getDirectDependencies(path) as string[]) {
      if (this.#sources.exists(`${target}.wxml`)) this.add(target, declared)
      else this.#missing(file, text, tags, ['import', 'include'], `${target}.wxml`)
    }
  }

  /** The expression; free variables: getRegExp, getDate and $constructorOf of WXS. */
  expression(): string {
    const code = this.#group.getTmplGenObjectGroups()
    this.#group.free()
    return code
  }

  #addScripts(path: string, file: string, text: string, tags: Tag[]): void {
    for (const name of this.#group.getInlineScriptModuleNames(path) as string[]) {
      const tag = tags.find(
        candidate => candidate.name === 'wxs' && candidate.attributes.some(a => a.name === 'module' && a.value === name),
      )
      const place = positionAt(text, tag?.script?.offset ?? 0)
      const source = tag?.script?.text ?? this.#group.getInlineScript(path, name)
      this.#group.setInlineScript(path, name, compileWxs(source, file, this.#diagnostics, place))
    }
    for (const target of this.#group.getScriptDependencies(path) as string[]) {
      if (this.#sources.exists(`${target}.wxs`)) this.#addScript(target)
      else this.#missing(file, text, tags, ['wxs'], `${target}.wxs`)
    }
  }

  #addScript(path: string): void {
    const key = `${path}.wxs`
    if (this.#added.has(key)) return
    this.#added.add(key)
    const file = this.#sources.real(key)
    const source = this.#sources.read(key)
    const code = compileWxs(source, file, this.#diagnostics)
    this.#group.addScript(path, code)
    for (const [, , target] of code.matchAll(/\brequire\(\s*(["'])([^"']+)\1\s*\)/g)) {
      const found = this.#sources.resolvePath(path, target!, candidate => this.#sources.exists(`${candidate}.wxs`))
      if (found) this.#addScript(found)
      else {
        const { line, column } = positionAt(source, Math.max(0, source.indexOf(target!)))
        this.#diagnostics.error(file, line, column, `${target}.wxs is not found`)
      }
    }
  }

  #missing(file: string, text: string, tags: Tag[], names: string[], target: string): void {
    const last = target.split('/').pop()!
    const tag = tags.find(
      candidate =>
        names.includes(candidate.name) &&
        candidate.attributes.some(
          ({ name, value }) =>
            name === 'src' &&
            value
              ?.split('/')
              .pop()
              ?.startsWith(last.replace(/\.\w+$/, '')),
        ),
    )
    const { line, column } = positionAt(text, tag?.offset ?? 0)
    this.#diagnostics.error(file, line, column, `${target} is not found`)
  }

  #check(tag: Tag, text: string, file: string, declared: ReadonlySet<string>): void {
    const report = (offset: number, message: string) => {
      const { line, column } = positionAt(text, offset)
      this.#diagnostics.error(file, line, column, message)
    }
    if (STRUCTURAL_TAGS.has(tag.name) || declared.has(tag.name)) return checkDirectives(tag, report)
    const builtin = BUILTINS[tag.name]
    if (!builtin) {
      const why = LACKING_TAGS.has(tag.name)
        ? 'is a built-in component that the simulator lacks'
        : 'is neither a built-in component nor in usingComponents'
      report(tag.offset, `<${tag.name}> ${why}`)
      return
    }
    checkDirectives(tag, report)
    for (const { name, offset } of tag.attributes) {
      if (builtin.lacking.has(name)) report(offset, `<${tag.name}> attribute "${name}" is not supported by the simulator`)
      else if (!isCommon(name) && !builtin.attributes.has(name.replace(/^model:/, '')))
        report(offset, `<${tag.name}> has no attribute "${name}"`)
    }
  }
}

const EVENT = /^(capture-)?(bind|catch|mut-bind):?|^(data-|aria-|wx:|mark:|generic:|change:|slot:|let:|class:|style:)/
const DIRECTIVES = new Set('if elif else for for-index for-item for-items key'.split(' '))

const isCommon = (name: string) => COMMON_ATTRIBUTES.has(name) || EVENT.test(name)

/** `wx-if` and `wx:fro` are silently without effect in WeChat. */
function checkDirectives(tag: Tag, report: (offset: number, message: string) => void): void {
  for (const { name, offset } of tag.attributes) {
    const wrong = /^wx-(\w+(?:-\w+)*)$/.exec(name)?.[1]
    if (wrong && DIRECTIVES.has(wrong)) report(offset, `"${name}" has no effect; write "wx:${wrong}"`)
    if (name.startsWith('wx:') && !DIRECTIVES.has(name.slice(3))) report(offset, `"${name}" is not a directive`)
  }
}
