// Where files are. Every file has a path relative to the mini program's root; npm packages live under miniprogram_npm/ whether DevTools'
// 构建 npm has run or not: without it they are found in node_modules by the `miniprogram` field of their package.json, else by `main`.
import { isUtf8 } from 'node:buffer'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync, type TransformFailure } from 'esbuild'
import { positionAt, type Diagnostics } from './diagnostics.ts'

const NPM = 'miniprogram_npm/'

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    // a path that goes on below a file: ENOTDIR
    return false
  }
}

interface Package {
  folder: string
  /** file of a bare import, relative to folder */
  main: string
}

export class Sources {
  /** absolute path of the folder that app.json is in */
  readonly root: string
  /** every file read or looked for, absolute */
  readonly inputs = new Set<string>()
  readonly #diagnostics: Diagnostics
  readonly #packages = new Map<string, Package | undefined>()
  /** style languages of setting.useCompilerPlugins, by file ending */
  readonly #styleEndings: string[]
  #extended: readonly string[] = []
  /** resolveAlias of app.json: what a path begins with, and what stands there instead */
  #aliases: [start: string, instead: string, more: boolean][] = []

  /** @param plugins setting.useCompilerPlugins of project.config.json */
  constructor(root: string, diagnostics: Diagnostics, plugins: readonly string[] = []) {
    this.root = root
    this.#diagnostics = diagnostics
    this.#styleEndings = ['wxss', ...(plugins.includes('less') ? ['less'] : []), ...(plugins.includes('sass') ? ['scss', 'sass'] : [])]
  }

  /** Packages that WeChat brings (useExtendedLib), found in the simulator's own dependencies where the project has none. */
  extend(packages: readonly string[]): void {
    this.#extended = packages
  }

  /** @param aliases resolveAlias of app.json: `{ "@utils/*": "/utils/*" }` */
  useAliases(aliases: Record<string, unknown>): void {
    const bare = (path: string) => path.replace(/\*$/, '')
    this.#aliases = Object.entries(aliases).map(([from, to]) => [
      bare(from),
      `/${bare(String(to)).replace(/^\.?\//, '')}`,
      from.endsWith('*'),
    ])
  }

  #withoutAlias(target: string): string {
    const alias = this.#aliases.find(([start, , more]) => (more ? target.startsWith(start) : target === start))
    return alias ? alias[1] + target.slice(alias[0].length) : target
  }

  isNpm(path: string): boolean {
    return path.startsWith(NPM) || path.includes(`/${NPM}`)
  }

  /** The style of a page or component, or undefined. */
  styleOf(path: string): string | undefined {
    return this.#styleEndings.map(ending => `${path}.${ending}`).find(file => this.exists(file))
  }

  /** The absolute path of a project path, existing or not. */
  real(path: string): string {
    if (path.startsWith(NPM)) {
      const { name, rest } = splitPackage(path.slice(NPM.length))
      const found = this.#package(name)
      if (found) return join(found.folder, rest)
    }
    return join(this.root, path)
  }

  exists(path: string): boolean {
    return isFile(this.real(path))
  }

  read(path: string): string {
    const file = this.real(path)
    this.inputs.add(file)
    const bytes = readFileSync(file)
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
    // every second byte of Western text in UTF-16; no text has one
    if (bytes.includes(0)) {
      const { line, column } = positionAt(text, text.indexOf('\0'))
      this.#diagnostics.warning(file, line, column, 'the file is UTF-16, or no text: save it as UTF-8')
    } else if (!isUtf8(bytes)) {
      const { line, column } = positionAt(text, Math.max(0, text.indexOf('\uFFFD')))
      this.#diagnostics.warning(file, line, column, 'the file is not UTF-8: save it as UTF-8')
    }
    return text
  }

  /** A JSON file's object, or undefined with an error reported. WeChat allows neither comments nor trailing commas. */
  json(path: string): Record<string, unknown> | undefined {
    const text = this.read(path)
    try {
      const value: unknown = JSON.parse(text)
      if (value && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
      this.#diagnostics.error(this.real(path), 1, 1, 'a JSON object is expected')
    } catch (error) {
      const { line, column, message } = jsonMistake(text) ?? { line: 1, column: 1, message: (error as Error).message }
      this.#diagnostics.error(this.real(path), line, column, message)
    }
    return undefined
  }

  /** Component, template or style path named in `from`: relative, absolute or of a package. Without a file ending it stays without. */
  resolvePath(from: string, named: string, exists: (path: string) => boolean): string | undefined {
    const target = this.#withoutAlias(named)
    if (target.startsWith('/')) {
      const path = posix.normalize(target.slice(1))
      return exists(path) ? path : this.#inPackages(from, path, exists)
    }
    const near = posix.join(posix.dirname(from), target)
    if (!near.startsWith('..') && exists(near)) return near
    return target.startsWith('.') ? undefined : this.#inPackages(from, target, exists)
  }

  /** As WeChat looks: miniprogram_npm beside the file, then upwards to the root, where node_modules stand in for it. */
  #inPackages(from: string, target: string, exists: (path: string) => boolean): string | undefined {
    for (let folder = posix.dirname(from); folder !== '.'; folder = posix.dirname(folder)) {
      const path = `${folder}/${NPM}${target}`
      if (!folder.endsWith('miniprogram_npm') && exists(path)) return path
    }
    const npm = NPM + target
    return this.#package(splitPackage(target).name) && exists(npm) ? npm : undefined
  }

  /** What to do about a `target` that is not found, where it is of a package which a package.json names and nobody has installed. */
  whyNotInstalled(target: string): string | undefined {
    if (/^[./]/.test(target)) return undefined
    const { name } = splitPackage(target)
    if (this.#package(name)) return undefined
    for (let folder = this.root; ; folder = dirname(folder)) {
      const manifest = join(folder, 'package.json')
      if (isFile(manifest) && namesPackage(readFileSync(manifest, 'utf8'), name))
        return `is of the package ${name}, which is not installed: run npm install in ${folder}`
      if (folder === dirname(folder)) return undefined
    }
  }

  /** The path that a relative `target` in `from` means, existing or not. */
  near(from: string, target: string): string {
    return posix.join(posix.dirname(from), target)
  }

  /** The module that `require(target)` in `from` means, or undefined. */
  resolveModule(from: string, named: string): string | undefined {
    const target = this.#withoutAlias(named)
    const candidate = (path: string): string | undefined => {
      const endings = ['', '.ts', '.js', '/index.ts', '/index.js']
      return endings.map(ending => path + ending).find(file => /\.(ts|js)$/.test(file) && this.exists(file))
    }
    if (target.startsWith('/')) return candidate(posix.normalize(target.slice(1)))
    const near = posix.join(posix.dirname(from), target)
    const found = near.startsWith('..') ? undefined : candidate(near)
    if (found || target.startsWith('.')) return found
    for (let folder = posix.dirname(from); folder !== '.'; folder = posix.dirname(folder)) {
      const nested = folder.endsWith('miniprogram_npm') ? undefined : candidate(`${folder}/${NPM}${target}`)
      if (nested) return nested
    }
    const { name, rest } = splitPackage(target)
    const known = this.#package(name, dirname(this.real(from)))
    if (!known) return undefined
    return candidate(posix.join(NPM + name, rest || known.main))
  }

  /** Every module whose path in `from` may begin with `start`, by what `from` would write: `./plugins/` is all of that folder. */
  modulesNear(from: string, start: string): [target: string, path: string][] {
    if (!start.startsWith('.')) return []
    const folder = start.slice(0, start.lastIndexOf('/') + 1)
    const files = readdirOrNothing(join(this.root, posix.dirname(from), folder))
    return files
      .filter(file => /\.(ts|js)$/.test(file) && !file.endsWith('.d.ts'))
      .flatMap(file => {
        const target = (folder + file).replace(/\.(ts|js)$/, '')
        const path = target.startsWith(start) ? this.resolveModule(from, target) : undefined
        if (!path) return []
        const both: [string, string][] = [
          [target, path],
          [folder + file, path],
        ]
        return both
      })
  }

  #package(name: string, from = this.root): Package | undefined {
    if (this.#packages.has(name)) return this.#packages.get(name)
    const found = this.#findPackage(name, from)
    this.#packages.set(name, found)
    return found
  }

  #findPackage(name: string, from: string): Package | undefined {
    const packed = join(this.root, NPM, name)
    if (existsSync(packed)) return { folder: packed, main: 'index' }
    for (let folder = from; ; folder = dirname(folder)) {
      const manifestFile = join(folder, 'node_modules', name, 'package.json')
      if (isFile(manifestFile)) {
        const { main, miniprogram } = JSON.parse(readFileSync(manifestFile, 'utf8')) as { main?: string; miniprogram?: string }
        if (miniprogram) return { folder: join(dirname(manifestFile), miniprogram), main: 'index' }
        return { folder: dirname(manifestFile), main: main ?? 'index' }
      }
      if (folder === dirname(folder)) break
    }
    const here = dirname(fileURLToPath(import.meta.url))
    return this.#extended.includes(name) && from !== here ? this.#findPackage(name, here) : undefined
  }
}

function namesPackage(manifest: string, name: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(manifest) as Record<string, Record<string, string> | undefined>
    return dependencies?.[name] !== undefined || devDependencies?.[name] !== undefined
  } catch {
    // it is npm's to say so
    return false
  }
}

/** Paths of the files below a folder, with `/` between. */
function readdirOrNothing(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => file.split(sep).join('/'))
  } catch {
    return []
  }
}

function splitPackage(target: string): { name: string; rest: string } {
  const parts = target.split('/')
  const length = target.startsWith('@') ? 2 : 1
  return { name: parts.slice(0, length).join('/'), rest: parts.slice(length).join('/') }
}

/** JSON.parse of Node 20 does not always say where; esbuild does. */
function jsonMistake(text: string): { line: number; column: number; message: string } | undefined {
  try {
    transformSync(text, { loader: 'json', logLevel: 'silent' })
    return undefined
  } catch (failure) {
    const [first] = (failure as TransformFailure).errors
    if (!first) return undefined
    return { line: first.location?.line ?? 1, column: (first.location?.column ?? 0) + 1, message: first.text }
  }
}
