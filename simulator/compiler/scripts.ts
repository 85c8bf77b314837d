// TypeScript and JavaScript → CommonJS bodies, one per file, with the modules that each requires. Files are transformed once and kept by content.
import { transform, type TransformFailure } from 'esbuild'
import type { Diagnostics } from './diagnostics.ts'
import type { Sources } from './sources.ts'

export interface Module {
  code: string
  /** what require() is given → module path */
  requires: Record<string, string>
}

const cache = new Map<string, { source: string; define: string; code: string }>()
/**
 * `require.async` is that of another sub-package, loaded when it is asked for. Packages as 构建 npm makes them hand a `require` of their own on, which esbuild
 * gives a number.
 */
const REQUIRE = /\brequire(\d*)(?:\.async)?\(\s*(["'])([^"']+)\2\s*\)/g
/** a path that is put together when the app runs; what stands in front of the first `${` or `+` says in which folder */
const PUT_TOGETHER = /\brequire\(\s*(?:`([^`$]*)\$\{|(["'])([^"']*)\2\s*\+)/g

/** `require` as a value: minified files give it to a function under a short name. What they then ask for stands in the file as a text. */
const HANDED_ON = /\brequire\b(?!\s*[(.])/
const RELATIVE = /(["'])(\.{1,2}\/[^"'\n]+)\1/g

/** In esbuild's helper. Modules that import each other see `undefined` in WeChat, which has no `const` after compiling, and no error. */
const EXPORT_GETTER = /(__defProp\(target, name, \{ get: )all\[name\]/

/** Adds `entry` and everything it requires to `modules`. */
export async function addModules(
  entry: string,
  modules: Map<string, Module>,
  sources: Sources,
  diagnostics: Diagnostics,
  define: Record<string, string>,
): Promise<void> {
  if (modules.has(entry)) return
  const module: Module = { code: '', requires: {} }
  modules.set(entry, module)
  module.code = await compileScript(entry, sources, diagnostics, define)
  const next: string[] = []
  for (const [, number, , target] of module.code.matchAll(REQUIRE)) {
    const path = sources.resolveModule(entry, target!)
    if (path) {
      module.requires[target!] = path
      next.push(path)
    } else if (!sources.isNpm(entry) && !number) {
      const { line, column } = findText(sources.read(entry), target!)
      const why = target!.endsWith('.json')
        ? "is JSON, which WeChat's require does not read: write a .js file that exports it"
        : (sources.whyNotInstalled(target!) ?? 'is not found')
      diagnostics.warning(sources.real(entry), line, column, `module '${target}' ${why}`)
    }
  }
  for (const [, template, , text] of module.code.matchAll(PUT_TOGETHER)) {
    for (const [target, path] of sources.modulesNear(entry, template ?? text ?? '')) {
      module.requires[target] ??= path
      next.push(path)
    }
  }
  if (HANDED_ON.test(module.code)) {
    for (const [, , target] of module.code.matchAll(RELATIVE)) {
      const path = module.requires[target!] === undefined ? sources.resolveModule(entry, target!) : undefined
      if (!path) continue
      module.requires[target!] = path
      next.push(path)
    }
  }
  await Promise.all(next.map(path => addModules(path, modules, sources, diagnostics, define)))
}

async function compileScript(path: string, sources: Sources, diagnostics: Diagnostics, define: Record<string, string>): Promise<string> {
  const source = sources.read(path)
  const file = sources.real(path)
  const known = cache.get(file)
  const defined = JSON.stringify(define)
  if (known?.source === source && known.define === defined) return known.code
  try {
    const { code } = await transform(source, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'es2022',
      charset: 'utf8',
      sourcefile: path,
      // WeChat's own compiler makes every file strict
      banner: "'use strict';",
      sourcemap: sources.isNpm(path) ? false : 'inline',
      define,
      logLevel: 'silent',
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
    })
    const tolerant = code.replace(
      EXPORT_GETTER,
      '$1(read => () => { try { return read() } catch (e) { if (!(e instanceof ReferenceError)) throw e } })(all[name])',
    )
    cache.set(file, { source, define: defined, code: tolerant })
    return tolerant
  } catch (failure) {
    for (const { location, text } of (failure as TransformFailure).errors ?? []) {
      diagnostics.error(file, location?.line ?? 1, (location?.column ?? 0) + 1, text)
    }
    return ''
  }
}

function findText(text: string, needle: string): { line: number; column: number } {
  const lines = text.split('\n')
  const quoted = lines.findIndex(line => line.includes(`'${needle}'`) || line.includes(`"${needle}"`))
  return quoted < 0 ? { line: 1, column: 1 } : { line: quoted + 1, column: lines[quoted]!.indexOf(needle) + 1 }
}
