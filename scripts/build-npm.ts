// Fills miniprogram/miniprogram_npm from the root dependencies, as DevTools' 构建 npm does: a package with a `miniprogram` field is copied,
// another one is bundled from its `main`. Runs at `npm ci` (prepare), so that DevTools can open the folder at once.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'

interface Manifest {
  main?: string
  miniprogram?: string
  dependencies?: Record<string, string>
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'miniprogram', 'miniprogram_npm')
const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** The folder of a package as Node would find it from `from`; package.json itself may be hidden by `exports`. */
function packageFolder(name: string, from: string): string {
  for (const base of createRequire(join(from, 'package.json')).resolve.paths(name) ?? []) {
    if (existsSync(join(base, name, 'package.json'))) return join(base, name)
  }
  throw new Error(`${name} is not installed: run npm ci`)
}

/**
 * Of a package that can be shaken only what the app may take is bundled. A name that is not here is undefined in the app; the checks of its parts run its
 * scripts and say so.
 */
const TAKEN: Record<string, { from: string; names: readonly string[] }> = {
  'mobx-miniprogram': {
    from: 'dist/mobx.esm.production.min.js',
    names: ['action', 'comparer', 'computed', 'makeAutoObservable', 'observable', 'reaction', 'runInAction', 'toJS'],
  },
}

function entryOf(name: string, folder: string, main: string): Pick<BuildOptions, 'entryPoints' | 'stdin'> {
  const taken = TAKEN[name]
  if (!taken) return { entryPoints: [join(folder, main)] }
  return { stdin: { contents: `export { ${taken.names.join(', ')} } from './${taken.from}'`, resolveDir: folder } }
}

async function place(name: string, from: string, placed: Set<string>): Promise<void> {
  if (placed.has(name)) return
  placed.add(name)
  const folder = packageFolder(name, from)
  const { main = 'index.js', miniprogram, dependencies = {} } = manifest(folder)
  const destination = join(target, name)
  mkdirSync(destination, { recursive: true })
  if (miniprogram) cpSync(join(folder, miniprogram), destination, { recursive: true })
  else
    await build({
      ...entryOf(name, folder, main),
      outfile: join(destination, 'index.js'),
      bundle: true,
      format: 'cjs',
      target: 'es2018',
      minify: true,
      external: Object.keys(dependencies),
      logLevel: 'error',
    })
  for (const dependency of Object.keys(dependencies)) await place(dependency, folder, placed)
}

rmSync(target, { recursive: true, force: true })
const placed = new Set<string>()
for (const name of Object.keys(manifest(root).dependencies ?? {})) await place(name, root, placed)
