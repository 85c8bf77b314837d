// WXML and WXS → one JavaScript expression that gives the compiled template of every path, with the template compiler of WeChat's component framework.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { compileFunction } from 'node:vm'
import type { TmplGroup as TemplateGroup } from 'glass-easel-template-compiler'
import { positionAt, type Diagnostics } from './diagnostics.ts'
import { withoutReservedNames } from './generated-names.ts'
import type { Sources } from './sources.ts'
import { checkTag, isForeign } from './tag-checks.ts'
import { DEEPEST, firstTooDeep, withLineBreaks, withoutOldNames, withQuotes } from './template-text.ts'
import { readTags, type Tag } from './wxml-tags.ts'
import { compileWxs } from './wxs.ts'

const PACKAGE = 'glass-easel-template-compiler'

/**
 * The compiler is WebAssembly with a stack of its own: whoever overruns it leaves it unusable for every template after. So it is read anew, past the
 * cache of `require`.
 */
function readCompiler(): new () => TemplateGroup {
  const require = createRequire(import.meta.url)
  const file = require.resolve(PACKAGE)
  const module = { exports: {} as { TmplGroup: new () => TemplateGroup } }
  const run = compileFunction(readFileSync(file, 'utf8'), ['exports', 'require', 'module', '__filename', '__dirname'], { filename: file })
  Reflect.apply(run, module.exports, [module.exports, require, module, file, dirname(file)])
  return module.exports.TmplGroup
}

let compiler: ReturnType<typeof readCompiler> | undefined
const newGroup = (): TemplateGroup => new (compiler ??= readCompiler())()
/** After an overrun. */
function newGroupOfAnother(): TemplateGroup {
  compiler = undefined
  return newGroup()
}

/** Its own stack, or the engine's. */
const isOverrun = (thrown: unknown) => /memory access|call stack/.test((thrown as Error).message)

interface Warning {
  isError: boolean
  code: number
  message: string
  startLine: number
  startColumn: number
}

// The template compiler hands handlers their mini program events (plain targets, no tap after a longpress) only in templates that use WXS:
// at the end of each, where it moves no line, an empty one is added.
const ALWAYS_SCRIPTED = '<wxs module="_handlers"></wxs>'

/** Of what the template compiler reports, by code: without output or refused by WeChat too (missing end tag, end tag without a start). */
const REFUSED_CODES = new Set([65543, 65567])
/** What it calls an error and WeChat lets pass: an entity that nobody knows stays as it is written; children of a slot, wxs or import are left out. */
const PASSED_CODES = new Set([65541, 65557])
const EMPTY = '<block/>'

export class Templates {
  /** tags that are neither built-in nor declared, or built-in and not played: drawn as boxes or plain elements (builtins/foreign.ts) */
  readonly foreign = new Set<string>()
  #group = newGroup()
  /** as the compiler got them, by path */
  readonly #texts = new Map<string, string>()
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
    const tags = readTags(text)
    this.#compile(path, file, text, tags, own)
    const report = (offset: number, message: string) => {
      const { line, column } = positionAt(text, offset)
      this.#diagnostics.warning(file, line, column, message)
    }
    for (const tag of tags) {
      if (isForeign(tag.name, declared)) this.foreign.add(tag.name)
      if (own) checkTag(tag, declared, report)
    }
    this.#addScripts(path, file, text, tags)
    for (const target of this.#group.getDirectDependencies(path) as string[]) {
      if (this.#sources.exists(`${target}.wxml`)) this.add(target, declared)
      else {
        this.#missing(file, text, tags, ['import', 'include'], `${target}.wxml`)
        this.#group.addTmpl(target, EMPTY)
      }
    }
  }

  #compile(path: string, file: string, text: string, tags: Tag[], own: boolean): void {
    const deep = firstTooDeep(text, tags)
    if (deep) {
      const { line, column } = positionAt(text, deep.offset)
      this.#diagnostics.warning(
        file,
        line,
        column,
        `<${deep.name}> is nested more than ${DEEPEST} tags deep, which the simulator does not draw: this template stays empty`,
      )
      this.#group.addTmpl(path, EMPTY)
      return
    }
    let found: Warning[]
    try {
      found = this.#add(path, text, tags)
    } catch (thrown) {
      if (isOverrun(thrown)) this.#tooLong(path)
      else {
        // it gives up on some characters between attributes; its own words name neither
        const { line, column } = positionAt(text, Math.max(0, text.search(NOT_SPACE_OF_WXML)))
        this.#diagnostics.error(file, line, column, 'this template cannot be read: look for an unusual space or character inside a tag')
      }
      // and it cannot be used any more; nothing is built from this one
      this.#group = newGroupOfAnother()
      this.#group.addTmpl(path, EMPTY)
      return
    }
    if (found.some(({ isError }) => isError)) {
      const quoted = withQuotes(text)
      const again = quoted === text ? found : this.#add(path, quoted, readTags(quoted))
      if (again.length < found.length) found = again
    }
    for (const { isError, code, message, startLine, startColumn } of found) {
      if ((isError && !PASSED_CODES.has(code)) || REFUSED_CODES.has(code)) {
        this.#diagnostics.error(file, startLine + 1, startColumn + 1, message)
      } else if (own) this.#diagnostics.warning(file, startLine + 1, startColumn + 1, message)
    }
  }

  #add(path: string, text: string, tags: Tag[]): Warning[] {
    const prepared = withLineBreaks(withoutOldNames(text, tags), tags) + ALWAYS_SCRIPTED
    this.#texts.set(path, prepared)
    return this.#group.addTmpl(path, prepared) as Warning[]
  }

  #tooLong(path: string): void {
    const text = this.#sources.read(`${path}.wxml`)
    const { line, column } = positionAt(text, Math.max(0, text.indexOf('{{')))
    this.#diagnostics.error(
      this.#sources.real(`${path}.wxml`),
      line,
      column,
      'this template is too long in one place: look for an expression or a text of a thousand parts, and divide it',
    )
  }

  /** The expression; free variables: those of runtime/wxs-globals.ts. Empty after an error, which is reported. */
  expression(): string {
    try {
      const code = this.#group.getTmplGenObjectGroups()
      this.#group.free()
      return withoutReservedNames(code)
    } catch (thrown) {
      if (!isOverrun(thrown)) throw thrown
      for (const path of this.#texts.keys()) if (this.#overruns(path)) this.#tooLong(path)
      return ''
    }
  }

  /** The compiler does not say which template was too much for it. */
  #overruns(path: string): boolean {
    const alone = newGroupOfAnother()
    try {
      alone.addTmpl(path, this.#texts.get(path)!)
      alone.getTmplGenObjectGroups()
      return false
    } catch {
      return true
    }
  }

  #addScripts(path: string, file: string, text: string, tags: Tag[]): void {
    for (const name of this.#group.getInlineScriptModuleNames(path) as string[]) {
      const tag = tags.find(
        candidate => candidate.name === 'wxs' && candidate.attributes.some(a => a.name === 'module' && a.value === name),
      )
      const place = positionAt(text, tag?.script?.offset ?? 0)
      const source = tag?.script?.text ?? this.#group.getInlineScript(path, name)
      const code = compileWxs(source, file, this.#diagnostics, place, `${path}.wxml`)
      this.#group.setInlineScript(path, name, apart(code, `${path}.wxml ${name}`))
    }
    for (const target of this.#group.getScriptDependencies(path) as string[]) {
      if (this.#sources.exists(`${target}.wxs`)) this.#addScript(target)
      else {
        this.#missing(file, text, tags, ['wxs'], `${target}.wxs`)
        this.#group.addScript(target, '')
      }
    }
  }

  #addScript(path: string): void {
    const key = `${path}.wxs`
    if (this.#added.has(key)) return
    this.#added.add(key)
    const file = this.#sources.real(key)
    const source = this.#sources.read(key)
    const code = compileWxs(source, file, this.#diagnostics, undefined, key)
    this.#group.addScript(path, apart(code, key))
    for (const [, , target] of code.matchAll(/\brequire\(\s*(["'])([^"']+)\1\s*\)/g)) {
      const found = this.#sources.resolvePath(path, target!, candidate => this.#sources.exists(`${candidate}.wxs`))
      if (found) this.#addScript(found)
      else {
        const { line, column } = positionAt(source, Math.max(0, source.indexOf(target!)))
        this.#diagnostics.warning(file, line, column, `${target}.wxs is not found`)
        this.#group.addScript(this.#sources.near(path, target!), '')
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
    this.#diagnostics.warning(file, line, column, `${target} is not found`)
  }
}

/** What throws while it is read is told by its name, and exports what it had until then. */
const apart = (code: string, name: string) => `$script(${JSON.stringify(name)}, function () { ${code}\n})`

/** white space that looks like a blank and is none to WXML, e.g. U+00A0 and U+3000 */
const NOT_SPACE_OF_WXML = /[^\S \t\r\n\f]/
