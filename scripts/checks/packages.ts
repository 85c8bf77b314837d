// What each package weighs when it is uploaded, and whose weight it is. Counted are the files that the app reaches (DevTools leaves the others out:
// ignoreUploadUnusedFiles), scripts as WeChat's tools compile and minify them with Babel's helpers, WXSS minified, WXML without comments and
// indentation (project.config.json asks for all three). miniprogram-ci 2.1.42 makes 2 to 3 per cent more of the same
// files: it prefixes WXSS and does not minify Babel's helpers. JSON is written anew without spaces, as there.
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { transform } from 'esbuild'
import { readApp, type App } from './app-parts.ts'
import { root } from './files.ts'
import { children, dotted, parseScript, type TreeNode } from './floor/syntax-tree.ts'
import { helperBytes, officialScript } from './official-script.ts'
import { treeBefore } from './tree-before.ts'

/** bytes: WeChat's limit of one package, and our own of the one that everybody waits for */
const PACKAGE_LIMIT = 2 * 1024 * 1024
/** the work in a shop without a network must be in the package that is always there, and down-levelled it weighs a tenth more */
const MAIN_LIMIT = 396 * 1024
/** of the scripts that run before the first page, with what they require */
const START_UP_LIMIT = 120 * 1024

interface Weighed {
  /** relative to miniprogram/ */
  file: string
  bytes: number
}

export interface PackageWeight {
  /** `main`, or the root of a sub-package */
  name: string
  bytes: number
  /** in the order of their weight: own folders and npm packages */
  shares: { of: string; bytes: number }[]
}

interface Weights {
  packages: PackageWeight[]
  /** the scripts that run at launch, heaviest first: app.ts with what it requires outside of functions, and Babel's helpers of them */
  startUp: Weighed[]
  /** bytes of components in the main package that only sub-packages use, by component */
  movable: { of: string; bytes: number }[]
  /** scripts that require one of another sub-package, which is not there when they run: WeChat wants `require.async` */
  across: string[]
}

interface Content {
  bytes: number
  /** Babel's, by name */
  helpers: string[]
  /** as it is compiled; '' for what is no script */
  code: string
}

const data = (bytes: number): Content => ({ bytes, helpers: [], code: '' })

async function weigh(path: string): Promise<Content> {
  if (/\.(ts|js)$/.test(path)) return officialScript(path)
  const text = await readFile(path)
  if (path.endsWith('.wxml')) return data(Buffer.byteLength(withoutIndentation(text.toString())))
  if (path.endsWith('.json')) return data(Buffer.byteLength(JSON.stringify(JSON.parse(text.toString()))))
  if (!path.endsWith('.wxss')) return data(text.length)
  const { code } = await transform(text.toString(), { loader: 'css', minify: true, charset: 'utf8', logLevel: 'silent' })
  return data(Buffer.byteLength(code))
}

const withoutIndentation = (wxml: string) =>
  wxml
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/>\s+</g, '><')
    .replaceAll(/\s+/g, ' ')

/** where the tools put what compiled scripts share */
const HELPERS = 'miniprogram_npm/@babel/runtime/helpers'

/** `@vant/weapp` of miniprogram_npm/@vant/weapp/button/index.js; else the first folder. */
function shareOf(file: string): string {
  const [first, second, third] = file.split('/')
  if (first !== 'miniprogram_npm') return file.includes('/') ? `${first}/` : 'app'
  return second!.startsWith('@') ? `${second}/${third}` : second!
}

async function weighPackages(app: App, project = root): Promise<Weights> {
  const folder = join(project, 'miniprogram')
  const weighed = await Promise.all(
    // npm packages that are not built yet are read from node_modules: they weigh the same
    app.compiled.inputs.map(async input => ({
      file: relative(folder, input)
        .replaceAll('\\', '/')
        .replace(/^.*node_modules\//, 'miniprogram_npm/'),
      ...(await weigh(input)),
    })),
  )
  const helpers = { file: HELPERS, bytes: await helperBytes(weighed.flatMap(({ helpers: names }) => names)) }
  const inside = [...weighed, helpers].filter(({ file }) => !file.startsWith('..'))
  const roots = (app.compiled.appJson.subPackages ?? []).map(({ root: path }) => path.replace(/^\/|\/$/g, ''))
  const packageOf = (file: string) => roots.find(path => file.startsWith(`${path}/`)) ?? 'main'
  const packages = ['main', ...roots].map<PackageWeight>(name => {
    const own = inside.filter(({ file }) => packageOf(file) === name)
    const shares = new Map<string, number>()
    for (const { file, bytes } of own) {
      const of = name === 'main' ? shareOf(file) : `${file.slice(name.length + 1).split('/')[0]}/`
      shares.set(of, (shares.get(of) ?? 0) + bytes)
    }
    return {
      name,
      bytes: sum(own),
      shares: [...shares].map(([of, bytes]) => ({ of, bytes })).sort((one, other) => other.bytes - one.bytes),
    }
  })
  return {
    packages,
    startUp: await startUp(app, weighed),
    movable: movable(app, inside, packageOf),
    across: across(app, weighed, packageOf),
  }
}

function across({ bundle }: App, weighed: readonly (Weighed & Content)[], packageOf: (file: string) => string): string[] {
  return weighed.flatMap(({ file, code }) =>
    required(code, () => true).flatMap(target => {
      const path = bundle.modules[file]?.requires[target] ?? ''
      const there = packageOf(path)
      return there === 'main' || there === packageOf(file) ? [] : [`miniprogram/${file} requires ${path}, which is of another package`]
    }),
  )
}

/** What compiled code requires when it runs, and not when one of its functions is called. */
export const requiredAtOnce = (code: string): string[] => required(code, ({ type }) => !/Function/.test(type))

function required(code: string, enters: (node: TreeNode) => boolean): string[] {
  const required: string[] = []
  const walk = (node: TreeNode): void => {
    if (!enters(node)) return
    const target =
      node.type === 'CallExpression' && dotted(node['callee'] as TreeNode) === 'require' && (node['arguments'] as TreeNode[])[0]
    if (target && typeof target['value'] === 'string') required.push(target['value'])
    children(node).forEach(walk)
  }
  if (code !== '') walk(parseScript(code, 'latest'))
  return required
}

async function startUp({ bundle }: App, weighed: readonly (Weighed & Content)[]): Promise<Weighed[]> {
  const scripts = new Map(weighed.map(one => [one.file, one]))
  const first = new Set([bundle.app])
  for (const path of first)
    for (const target of requiredAtOnce(scripts.get(path)?.code ?? '')) {
      const next = bundle.modules[path]?.requires[target]
      if (next) first.add(next)
    }
  const run = [...first].flatMap(path => scripts.get(path) ?? [])
  const helpers = { file: HELPERS, bytes: await helperBytes(run.flatMap(({ helpers: names }) => names)) }
  return [...run, helpers].map(({ file, bytes }) => ({ file, bytes })).sort((one, other) => other.bytes - one.bytes)
}

const sum = (parts: readonly { bytes: number }[]): number => parts.reduce((total, { bytes }) => total + bytes, 0)

function movable({ bundle }: App, files: Weighed[], packageOf: (file: string) => string): Weights['movable'] {
  const reached = new Set<string>()
  const walk = (path: string) => {
    if (reached.has(path)) return
    reached.add(path)
    Object.values(bundle.components[path]?.config.usingComponents ?? {}).forEach(walk)
  }
  bundle.pages.filter(page => packageOf(`${page}.ts`) === 'main').forEach(walk)
  if (bundle.customTabBar) walk('custom-tab-bar/index')
  return Object.keys(bundle.components)
    .filter(path => packageOf(`${path}.ts`) === 'main' && !reached.has(path))
    .map(path => {
      const component = path.slice(0, path.lastIndexOf('/') + 1)
      return { of: component, bytes: sum(files.filter(({ file }) => file.startsWith(component))) }
    })
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`

/** What one change may add to a package before the lint says so. */
const SAID_FROM = 5 * 1024

/** One line for each package that grew, with the shares that did. */
export function growth(before: readonly PackageWeight[], now: readonly PackageWeight[]): string[] {
  return now.flatMap(({ name, bytes, shares }) => {
    const then = before.find(one => one.name === name)
    if (!then || bytes - then.bytes <= SAID_FROM) return []
    const grown = shares
      .map(({ of, bytes: size }) => ({ of, by: size - (then.shares.find(share => share.of === of)?.bytes ?? 0) }))
      .filter(({ by }) => by > 1024)
      .sort((one, other) => other.by - one.by)
    return [`package ${name} grew by ${kilobytes(bytes - then.bytes)}: ${grown.map(({ of, by }) => `${of} ${kilobytes(by)}`).join(', ')}`]
  })
}

/** Weights of the packages in one line each, and what this change adds to them. */
export async function packageNotes(): Promise<string[]> {
  const { packages, startUp: first } = await weighPackages(await readApp())
  const heaviestOf = (shares: readonly { of: string; bytes: number }[], count: number) =>
    shares
      .slice(0, count)
      .map(share => `${share.of} ${kilobytes(share.bytes)}`)
      .join(', ')
  const table = packages.map(({ name, bytes, shares }) => `${name} ${kilobytes(bytes)}: ${heaviestOf(shares, name === 'main' ? 8 : 4)}`)
  const before = await treeBefore(async project => (await weighPackages(await readApp(project), project)).packages)
  const atOnce = heaviestOf(
    first.map(({ file, bytes }) => ({ of: file, bytes })),
    8,
  )
  return [...table, `before the first page ${kilobytes(sum(first))}: ${atOnce}`, ...(before ? growth(before, packages) : [])]
}

/** The table, and what is over its limit. */
export async function checkPackages(app?: App): Promise<{ lines: string[]; findings: string[] }> {
  const { packages, startUp: first, movable: late, across: findings } = await weighPackages(app ?? (await readApp()))
  const lines: string[] = []
  for (const { name, bytes, shares } of packages) {
    const limit = name === 'main' ? MAIN_LIMIT : PACKAGE_LIMIT
    lines.push(`${name.padEnd(24)}${kilobytes(bytes).padStart(10)}  of ${kilobytes(limit)}`)
    for (const share of shares)
      lines.push(
        `  ${share.of.padEnd(22)}${kilobytes(share.bytes).padStart(10)}  ${((share.bytes / bytes) * 100).toFixed(0).padStart(3)} %`,
      )
    if (bytes > limit)
      findings.push(
        `package ${name}: ${bytes} bytes, at most ${limit}; the heaviest: ${shares
          .slice(0, 3)
          .map(({ of }) => of)
          .join(', ')}`,
      )
  }
  const firstBytes = sum(first)
  lines.push(`${'before the first page'.padEnd(24)}${kilobytes(firstBytes).padStart(10)}  of ${kilobytes(START_UP_LIMIT)}`)
  for (const { file, bytes } of first) lines.push(`  ${file.padEnd(44)}${kilobytes(bytes).padStart(10)}`)
  if (firstBytes > START_UP_LIMIT)
    findings.push(
      `scripts that run before the first page: ${firstBytes} bytes, at most ${START_UP_LIMIT}; the heaviest: ${first
        .slice(0, 3)
        .map(({ file }) => file)
        .join(', ')}`,
    )
  const lateBytes = sum(late)
  lines.push(`in main, used by sub-packages only: ${kilobytes(lateBytes)} (${late.map(({ of }) => of.split('/').at(-2)).join(', ')})`)
  return { lines, findings }
}
