// Fills miniprogram/miniprogram_npm from the root dependencies, as DevTools' 构建 npm does: a package with a `miniprogram` field is copied,
// another one is bundled from its `main`. Only Vant is cut down to what is drawn. Runs at `npm ci` (prepare), so that DevTools can open the folder at once.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { minify } from 'terser'
import { memberName, nodes, parseModule, type TreeNode } from './checks/floor/syntax-tree.ts'
import { trimVant } from './trim-vant.ts'

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

/** A package of which only a part is bundled. */
interface Taken {
  /** as its authors wrote it, readable: names of what never runs can be told in it */
  from: string
  names: readonly string[]
  /** functions and classes that nothing of `names` calls in this app, and that no bundler can tell: they throw instead */
  never: RegExp
  /** functions that answer false here, so that what they guard can go */
  no: RegExp
  /** fields that its authors shorten in what they publish minified */
  shortened: RegExp
}

/**
 * Of a package that can be shaken only what the app may take is bundled. A name that is not here is undefined in the app; the checks of its parts run its
 * scripts and say so.
 *
 * Never: observable maps and sets (none is made), arrays for engines without Proxy (the floor has it), decorators and flows (stores name what they hold),
 * what steps into single changes (`observe` and `intercept` are not taken; reactions do not need it).
 */
const TAKEN: Record<string, Taken> = {
  'mobx-miniprogram': {
    from: 'dist/mobx.esm.js',
    names: ['comparer', 'computed', 'makeAutoObservable', 'observable', 'reaction', 'runInAction', 'toJS'],
    never:
      /^(ObservableMap|ObservableSet|LegacyObservableArray|decorate_20223_(\$\d)?|createFlowDescriptor|flow|observe_|intercept_|autorun|isolateGlobalState)$/,
    no: /^(is20223Decorator|hasListeners|hasInterceptors|isObservable(Map|Set)|isFlow|isGenerator)$/,
    shortened: /[^_]_$/,
  },
}

interface Cut {
  start: number
  end: number
  text: string
}

/** The function that a piece of a script declares or assigns, by name: `function name() {}`, `var name = …`, `_proto.name = function () {}`. */
function* named(script: string): Generator<{ name: string; value: TreeNode; whole: TreeNode }> {
  for (const { node } of nodes(parseModule(script))) {
    const { id, init, expression, body } = node as Partial<Record<string, TreeNode>>
    if (node.type === 'FunctionDeclaration') yield { name: String(id!['name']), value: body!, whole: node }
    else if (node.type === 'VariableDeclarator' && init) yield { name: String(id!['name']), value: init, whole: node }
    else if (node.type === 'ExpressionStatement' && expression!.type === 'AssignmentExpression') {
      const { left, right } = expression as unknown as Record<'left' | 'right', TreeNode>
      if (left.type === 'MemberExpression' && right.type === 'FunctionExpression')
        yield { name: memberName(left) ?? '', value: right, whole: node }
    }
  }
}

/** A script whose functions of `never` throw and whose methods of `never` are not there, so that what they alone need can be shaken off. */
function withoutBodies(script: string, { never, no }: Taken): string {
  const throws = '{ throw TypeError("left out: scripts/build-npm.ts") }'
  const cuts = [...named(script)].flatMap<Cut>(({ name, value: { type, start, end }, whole }) => {
    if (no.test(name)) return [{ start, end, text: type === 'BlockStatement' ? '{ return false }' : '() => false' }]
    if (!never.test(name)) return []
    if (whole.type === 'ExpressionStatement') return [{ start: whole.start, end: whole.end, text: '' }]
    return [{ start, end, text: type === 'BlockStatement' ? throws : `function () ${throws}` }]
  })
  const outer = cuts.filter(({ start, end }) => !cuts.some(other => other.start < start && end < other.end))
  return outer.reduceRight((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), script)
}

function bundleOf(name: string, folder: string, main: string): BuildOptions {
  const taken = TAKEN[name]
  if (!taken) return { entryPoints: [join(folder, main)] }
  const file = join(folder, taken.from)
  return {
    stdin: { contents: `export { ${taken.names.join(', ')} } from ${JSON.stringify(file)}`, resolveDir: folder },
    define: { 'process.env.NODE_ENV': '"production"' },
    mangleProps: taken.shortened,
    mangleQuoted: true,
    plugins: [
      {
        name: 'left out',
        setup: ({ onLoad }) => onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: withoutBodies(readFileSync(path, 'utf8'), taken) })),
      },
    ],
  }
}

/** What answers false is known only to a minifier that looks into functions; the next time it is seen by WeChat's, which goes over it once. */
async function smaller(file: string): Promise<void> {
  const { code } = await minify(readFileSync(file, 'utf8'), {
    toplevel: true,
    compress: { passes: 4, pure_getters: false, keep_fargs: false },
  })
  writeFileSync(file, code!)
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
      ...bundleOf(name, folder, main),
      outfile: join(destination, 'index.js'),
      bundle: true,
      format: 'cjs',
      target: 'es2018',
      minify: true,
      external: Object.keys(dependencies),
      logLevel: 'error',
    })
  if (TAKEN[name]) await smaller(join(destination, 'index.js'))
  for (const dependency of Object.keys(dependencies)) await place(dependency, folder, placed)
}

rmSync(target, { recursive: true, force: true })
const placed = new Set<string>()
for (const name of Object.keys(manifest(root).dependencies ?? {})) await place(name, root, placed)
await trimVant(join(target, '@vant', 'weapp'))
