// What each package weighs when it is uploaded, and whose weight it is. Counted are the files that the app reaches (DevTools leaves the others out:
// ignoreUploadUnusedFiles), scripts as WeChat's tools compile and minify them with Babel's helpers, WXSS minified, WXML without comments and
// indentation (project.config.json asks for all three). miniprogram-ci 2.1.42 makes 2 to 3 per cent more of the same
// files: it prefixes WXSS and does not minify Babel's helpers.
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { transform } from 'esbuild'
import { readApp, type App } from './app-parts.ts'
import { root } from './files.ts'
import { helperBytes, officialScript } from './official-script.ts'
import { treeBefore } from './tree-before.ts'

/** bytes: WeChat's limit of one package, and our own of the one that everybody waits for */
const PACKAGE_LIMIT = 2 * 1024 * 1024
/** the work in a shop without a network must be in the package that is always there, and down-levelled it weighs a tenth more; the aim is 450 KB */
const MAIN_LIMIT = 513 * 1024
/** of the scripts that run before the first page, with what they require; the aim is 120 KB */
const START_UP_LIMIT = 300 * 1024

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
  /** bytes of the scripts that app.ts and whatever it requires are, with Babel's helpers */
  startUp: number
  /** bytes of components in the main package that only sub-packages use, by component */
  movable: { of: string; bytes: number }[]
}

async function weigh(path: string): Promise<{ bytes: number; helpers: string[] }> {
  if (/\.(ts|js)$/.test(path)) return officialScript(path)
  const text = await readFile(path)
  if (path.endsWith('.wxml')) return { bytes: Buffer.byteLength(withoutIndentation(text.toString())), helpers: [] }
  if (!path.endsWith('.wxss')) return { bytes: text.length, helpers: [] }
  const { code } = await transform(text.toString(), { loader: 'css', minify: true, charset: 'utf8', logLevel: 'silent' })
  return { bytes: Buffer.byteLength(code), helpers: [] }
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
  const helpers = { file: HELPERS, bytes: await helperBytes(new Set(weighed.flatMap(({ helpers: names }) => names))) }
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
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      shares: [...shares].map(([of, bytes]) => ({ of, bytes })).sort((one, other) => other.bytes - one.bytes),
    }
  })
  return { packages, startUp: await startUp(app, weighed), movable: movable(app, inside, packageOf) }
}

async function startUp({ bundle }: App, weighed: readonly (Weighed & { helpers: string[] })[]): Promise<number> {
  const first = new Set([bundle.app])
  for (const path of first) Object.values(bundle.modules[path]?.requires ?? {}).forEach(one => first.add(one))
  const scripts = weighed.filter(({ file }) => first.has(file))
  return scripts.reduce((sum, { bytes }) => sum + bytes, await helperBytes(scripts.flatMap(({ helpers }) => helpers)))
}

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
      return { of: component, bytes: files.filter(({ file }) => file.startsWith(component)).reduce((sum, { bytes }) => sum + bytes, 0) }
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
  const table = packages.map(({ name, bytes, shares }) => {
    const heaviest = shares.slice(0, name === 'main' ? 8 : 4).map(share => `${share.of} ${kilobytes(share.bytes)}`)
    return `${name} ${kilobytes(bytes)}: ${heaviest.join(', ')}`
  })
  const before = await treeBefore(async project => (await weighPackages(await readApp(project), project)).packages)
  return [...table, `before the first page: ${kilobytes(first)}`, ...(before ? growth(before, packages) : [])]
}

/** The table, and what is over its limit. */
export async function checkPackages(app?: App): Promise<{ lines: string[]; findings: string[] }> {
  const { packages, startUp: first, movable: late } = await weighPackages(app ?? (await readApp()))
  const lines: string[] = []
  const findings: string[] = []
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
  lines.push(`${'before the first page'.padEnd(24)}${kilobytes(first).padStart(10)}  of ${kilobytes(START_UP_LIMIT)}`)
  if (first > START_UP_LIMIT) findings.push(`scripts that run before the first page: ${first} bytes, at most ${START_UP_LIMIT}`)
  const lateBytes = late.reduce((sum, { bytes }) => sum + bytes, 0)
  lines.push(`in main, used by sub-packages only: ${kilobytes(lateBytes)} (${late.map(({ of }) => of.split('/').at(-2)).join(', ')})`)
  return { lines, findings }
}
