// Fills miniprogram/miniprogram_npm from the root dependencies, as DevTools' 构建 npm does: a package with a `miniprogram` field is copied,
// another one is bundled from its `main`. Only Vant is cut down to what is drawn. Runs at `npm ci` (prepare), so that DevTools can open the folder at once.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate, parse, walk, type CssNode } from 'css-tree'
import { build, transformSync, type BuildOptions } from 'esbuild'
import { minify } from 'terser'
import { memberName, nodes, parseModule, parseScript, type TreeNode } from './checks/floor/syntax-tree.ts'

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

/** What WXML of those components sets or draws and nobody of ours uses: attributes that have their default without it, elements behind a `wx:if` that is never true. */
const NEVER_SET: Record<string, RegExp[]> = {
  'button/index.wxml': [
    /\s(lang|form-type|business-id|session-from|send-message-\w+|show-message-card|app-parameter)="[^"]*"/g,
    /\sbind(getuserinfo|contact|getphonenumber|getrealtimephonenumber|error|launchapp|opensetting|chooseavatar)="[^"]*"/g,
    /<van-icon\s+wx:if="{{ icon }}"[^>]*\/>/g,
  ],
  'field/index.wxml': [/<label [^>]*wx:if="{{ (showWordLimit|errorMessage)[^]*?<\/label>/g],
  'field/input.wxml': [
    /\s(auto-focus|cursor|confirm-hold|hold-keyboard|adjust-position|selection-end|selection-start|always-embed|password)="[^"]*"/g,
    /\sbind(keyboardheightchange|nicknamereview)="[^"]*"/g,
  ],
  'search/index.wxml': [
    /<view\s+wx:if="{{ showAction \|\| useActionSlot }}"[^]*?<\/view>\s*<\/view>(?=\s*<\/view>\s*$)/g,
    /<view class="van-search__label"[^]*?<\/view>\s*<slot wx:else name="label" \/>/g,
    /<slot wx:if="{{ use(Left|Right)IconSlot }}"[^>]*\/>/g,
  ],
}

/** Properties, methods and data of their scripts that only what NEVER_SET names would use. */
const NEVER_ASKED: Record<string, RegExp> = {
  'mixins/button.js':
    /^(lang|businessId|sessionFrom|sendMessage\w+|showMessageCard|appParameter|onGetUserInfo|onContact|onGetPhoneNumber|onGetRealTimePhoneNumber|onError|onLaunchApp|onOpenSetting|onChooseAvatar)$/,
  'button/index.js': /^formType$/,
  'field/index.js':
    /^(size|autosize|showWordLimit|errorMessage|errorMessageAlign|onLineChange|onKeyboardHeightChange|onBindNicknameReview|noop)$/,
  'field/props.js':
    /^(autoFocus|cursor|confirmHold|holdKeyboard|adjustPosition|selectionEnd|selectionStart|alwaysEmbed|password|autoHeight|fixed|showConfirmBar|disableDefaultPadding)$/,
  'search/index.js': /^(label|showAction|actionText|use(Action|LeftIcon|RightIcon)Slot|onCancel)$/,
}

/** A script without the properties of its objects that have such a name. */
function withoutProperties(script: string, never: RegExp): string {
  const cuts = [...nodes(parseScript(script, 'latest'))]
    .map(({ node }) => node)
    .filter(({ type, key }) => type === 'Property' && never.test(String((key as TreeNode)['name'])))
  return cuts.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\s*,/, ''), script)
}

/** The components of Vant that ours are made of, and that these are made of; the folders of the others go. Whoever begins to use one adds it. */
const DRAWN = ['button', 'cell', 'field', 'icon', 'info', 'loading', 'search', 'switch']

/** Scripts without what they export and none of them takes, and without the functions that are left unused. */
async function withoutUnused(folder: string): Promise<void> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(name => name.endsWith('.js')).map(name => join(folder, name))
  const taken = new Set(files.flatMap(file => [...readFileSync(file, 'utf8').matchAll(/\b\w+_\d\.(\w+)/g)].map(([, name]) => name!)))
  const unless = (text: string, name: string) => (name === '__esModule' || taken.has(name) ? text : '')
  for (const file of files) {
    const kept = readFileSync(file, 'utf8')
      .replace(/^exports\.[^;]*= void 0;$/m, '')
      .replace(/^exports\.(\w+) = .*;$/gm, unless)
      .replace(/^Object\.defineProperty\(exports, "(\w+)", [^]*?\}\);$/gm, unless)
    const { code } = await minify(kept, {
      toplevel: true,
      mangle: false,
      compress: { defaults: false, unused: true, dead_code: true, side_effects: true },
      format: { beautify: true },
    })
    writeFileSync(file, code!)
  }
}

const change = (file: string, how: (text: string) => string) => writeFileSync(file, how(readFileSync(file, 'utf8')))

/**
 * Vant's icon names 257 glyphs in the main package and fetches its font from a CDN (the app has the font inline: styles/icon-font.wxss), its scripts in WXML
 * are not made small by WeChat's tools, and its styles have every kind of a component.
 */
async function trimVant(): Promise<void> {
  const vant = join(target, '@vant', 'weapp')
  for (const name of readdirSync(vant))
    if (![...DRAWN, 'common', 'mixins', 'wxs'].includes(name)) rmSync(join(vant, name), { recursive: true })
  for (const unused of ['mixins/page-scroll.js', 'mixins/touch.js', 'mixins/transition.js', 'common/color.js'])
    rmSync(join(vant, unused), { force: true })
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
  for (const [file, parts] of Object.entries(NEVER_SET))
    change(join(vant, file), wxml => parts.reduce((text, part) => text.replace(part, ''), wxml))
  for (const [file, never] of Object.entries(NEVER_ASKED)) change(join(vant, file), script => withoutProperties(script, never))
  // twice: what a function that is gone took, nobody may take any more
  for (let time = 0; time < 2; time++) await withoutUnused(vant)
  for (const [component, never] of Object.entries(NEVER_DRAWN))
    change(join(vant, component, 'index.wxss'), css => withoutClasses(css, never))
  for (const name of readdirSync(vant, { recursive: true }) as string[])
    if (name.endsWith('.wxs'))
      change(join(vant, name), script => transformSync(script, { minifyWhitespace: true, target: 'es5', charset: 'utf8' }).code)
}

rmSync(target, { recursive: true, force: true })
const placed = new Set<string>()
for (const name of Object.keys(manifest(root).dependencies ?? {})) await place(name, root, placed)
await trimVant()
