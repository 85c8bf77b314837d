// Fills miniprogram/miniprogram_npm from the root dependencies, as DevTools' 构建 npm does: a package with a `miniprogram` field is copied,
// another one is bundled from its `main`. Only Vant is cut down to what is drawn. Runs at `npm ci` (prepare), so that DevTools can open the folder at once.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse as parseScript } from 'acorn'
import { generate, parse, walk, type CssNode } from 'css-tree'
import { build, transformSync, type BuildOptions } from 'esbuild'

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
  /** fields that its authors shorten in what they publish minified */
  shortened: RegExp
}

/**
 * Of a package that can be shaken only what the app may take is bundled. A name that is not here is undefined in the app; the checks of its parts run its
 * scripts and say so.
 *
 * Never: observable sets (none is made), arrays for engines without Proxy (the floor has it), decorators and flows (stores name what they hold).
 */
const TAKEN: Record<string, Taken> = {
  'mobx-miniprogram': {
    from: 'dist/mobx.esm.js',
    names: ['action', 'comparer', 'computed', 'makeAutoObservable', 'observable', 'reaction', 'runInAction', 'toJS'],
    never: /^(ObservableSet|LegacyObservableArray|decorate_20223_(\$\d)?|createFlowDescriptor|flow)$/,
    shortened: /[^_]_$/,
  },
}

interface Cut {
  start: number
  end: number
  text: string
}

/** A script whose top-level functions of these names throw, so that what they alone need can be shaken off. */
function withoutBodies(script: string, never: RegExp): string {
  const instead = '{ throw TypeError("left out: scripts/build-npm.ts") }'
  const cuts = parseScript(script, { ecmaVersion: 2020, sourceType: 'module' }).body.flatMap<Cut>(node => {
    if (node.type === 'FunctionDeclaration')
      return never.test(node.id.name) ? [{ start: node.body.start, end: node.body.end, text: instead }] : []
    if (node.type !== 'VariableDeclaration') return []
    return node.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && init && never.test(id.name) ? [{ start: init.start, end: init.end, text: `function () ${instead}` }] : [],
    )
  })
  return cuts.reduceRight((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), script)
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
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: withoutBodies(readFileSync(path, 'utf8'), taken.never) })),
      },
    ],
  }
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
  for (const dependency of Object.keys(dependencies)) await place(dependency, folder, placed)
}

/** Glyphs that Vant's search box, field and cell draw by themselves; every other one is drawn by app-icon. */
const VANT_GLYPHS = ['arrow', 'clear', 'search']

/**
 * Classes of the components that stand in the main package which our own components never ask for: kinds and sizes of a button, a spinner of dots, a
 * field of several lines. Whoever begins to use one takes it out of here.
 */
const NEVER_DRAWN: Record<string, RegExp> = {
  button: /^van-button--(info|danger|warning|plain|large|small|mini|round|square|hairline)$/,
  cell: /^van-cell(--(large|required|clickable)|-group|__label)$/,
  // hairlines, ellipsis and clearfix, which every component imports
  common: /^van-/,
  field:
    /^van-field__(body--textarea|control--(textarea|error|disabled|center|right)|placeholder--error|label--disabled|error-message.*|word-.*)$/,
  info: /^van-info/,
  loading: /^van-loading(__dot|__spinner--spinner|--vertical)$/,
  search: /^van-search(__label|__action.*|--withaction|__content--round)$/,
}

function mentions(selector: CssNode, never: RegExp): boolean {
  let found = false
  walk(selector, node => {
    found ||= node.type === 'ClassSelector' && never.test(node.name)
  })
  return found
}

/** A style sheet without the selectors that mention such a class, and without the rules that are left without one. */
function withoutClasses(css: string, never: RegExp): string {
  const sheet = parse(css)
  walk(sheet, {
    visit: 'Rule',
    enter(rule, item, list) {
      if (rule.prelude.type !== 'SelectorList') return
      const { children } = rule.prelude
      children.forEach((selector, at) => mentions(selector, never) && children.remove(at))
      if (children.isEmpty) list.remove(item)
    },
  })
  return generate(sheet)
}

const change = (file: string, how: (text: string) => string) => writeFileSync(file, how(readFileSync(file, 'utf8')))

/**
 * Vant's icon names 257 glyphs in the main package and fetches its font from a CDN (the app has the font inline: styles/icon-font.wxss), its scripts in WXML
 * are not made small by WeChat's tools, and its styles have every kind of a component.
 */
function trimVant(): void {
  const vant = join(target, '@vant', 'weapp')
  change(join(vant, 'icon', 'index.wxss'), css =>
    css
      .replace(/@font-face\{[^}]*\}/g, '')
      .replace(/\.van-icon-([\w-]+):before\{[^}]*\}/g, (rule, name: string) => (VANT_GLYPHS.includes(name) ? rule : '')),
  )
  // no field here has several lines
  change(join(vant, 'field', 'index.wxml'), wxml =>
    wxml.replace(/<include wx:if="[^"]*" src="\.\/textarea\.wxml" \/>\s*<include wx:else/, '<include'),
  )
  rmSync(join(vant, 'field', 'textarea.wxml'))
  for (const [component, never] of Object.entries(NEVER_DRAWN))
    change(join(vant, component, 'index.wxss'), css => withoutClasses(css, never))
  for (const name of readdirSync(vant, { recursive: true }) as string[])
    if (name.endsWith('.wxs'))
      change(join(vant, name), script => transformSync(script, { minifyWhitespace: true, target: 'es5', charset: 'utf8' }).code)
}

rmSync(target, { recursive: true, force: true })
const placed = new Set<string>()
for (const name of Object.keys(manifest(root).dependencies ?? {})) await place(name, root, placed)
trimVant()
