// Which files of the backend a door leads to: from the routes of its endpoint, the program of its command or the worker, by what they import.
import { posix } from 'node:path'
import { controlOf, ordinaryControls } from '../../../miniprogram/packages/merchant/shared/controls.ts'
import type { Source } from './source.ts'
import type { Door } from './table.ts'

export interface Backend {
  /** the backend's sources, paths relative to it */
  sources: readonly Source[]
  /** package.json's scripts */
  scripts: Readonly<Record<string, string>>
}

/** What is done at the start, or when something is first asked for: the files that do it. */
const atStart = ['company/providers.ts', 'field-work/photos/link-keys.ts']

/** @returns null: there is no such door */
export function entriesOf(door: Door, { sources, scripts }: Backend): string[] | null {
  if (door === 'start') return atStart
  if (door === 'trigger') return sources.filter(({ path }) => path.endsWith('.sql')).map(({ path }) => path)
  const [kind, rest] = [door.slice(0, door.indexOf(' ')), door.slice(door.indexOf(' ') + 1)]
  if (kind === 'worker:') return jobEntries(rest, sources)
  if (door.startsWith('npm run ')) {
    const program = /\bbackend\/(\S+\.ts)/.exec(scripts[door.slice('npm run '.length)] ?? '')?.[1]
    return program ? [program] : null
  }
  const path = rest.replaceAll(/\{(\w+)\}/g, ':$1')
  // what is not called by the app stands beside /v1
  const routes = sources.filter(({ text }) => [`/v1${path}`, path].some(one => routeIn(text, kind.toLowerCase(), one)))
  return routes.length > 0 ? routes.map(source => source.path) : null
}

const ofOrdinaryControl = new Set(ordinaryControls.map(id => `/v1/sub-merchants/:sub_mchid/${controlOf(id).path.join('/')}`))

const routeIn = (text: string, method: string, path: string): boolean =>
  new RegExp(`\\.${method}\\(\\s*['"\`]${path.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&')}['"\`]`).test(text) ||
  (text.includes(`'${path}'`) && text.includes(`.${method}(`)) ||
  // a route of each ordinary switch, made in one loop
  (text.includes('of ordinaryControls)') && ofOrdinaryControl.has(path) && method === 'put')

/** What the context carries to those who use it without importing it: its member → where it is made. */
const carried: Readonly<Record<string, string>> = { receipts: 'receipts/index.ts', calls: 'controls/calls.ts' }

const uses = (text: string, member: string): boolean =>
  text.includes(member) &&
  new RegExp(`\\bcontext\\.${member}\\b|\\{[^{}]*\\b${member}\\b[^{}]*\\}(?: = context\\b|: (?:Pick<)?Context\\b)`).test(text)

/** The files that the functions and members come from which the line of the job names. */
function jobEntries(name: string, sources: readonly Source[]): string[] | null {
  const worker = sources.find(({ path }) => path === 'worker.ts')?.text ?? ''
  const line = worker.split('\n').find(one => one.includes(`'${name}'`) || one.includes(`"${name}"`))
  if (line === undefined) return null
  const names = new Set(line.match(/\b[a-z]\w+\b/gi))
  const imported = [...worker.matchAll(/^import \{ ([^}]+) \} from '\.\/([^']+)'/gm)]
    .filter(([, members]) => members!.split(', ').some(member => names.has(member)))
    .map(([, , file]) => file!)
  const members = Object.keys(carried).filter(member => names.has(member))
  // what the worker made for the job before its list
  const made = [...worker.matchAll(/^ {2}const (\w+) = (\w+)\(/gm)].filter(([, member]) => names.has(member!)).map(([, , maker]) => maker!)
  const makers = [...worker.matchAll(/^import \{ ([^}]+) \} from '\.\/([^']+)'/gm)]
    .filter(([, given]) => given!.split(', ').some(member => made.includes(member)))
    .map(([, , file]) => file!)
  return [...imported, ...makers, ...members.map(member => carried[member]!)]
}

/** Every file that is reached by import, or by what the context carries; types are gone when it runs. */
export function reachedFrom(entries: readonly string[], sources: readonly Source[]): ReadonlySet<string> {
  const known = new Map(sources.map(source => [source.path, source]))
  const seen = new Set<string>()
  const walk = (path: string) => {
    const source = known.get(path)
    if (source === undefined || seen.has(path)) return
    seen.add(path)
    nextTo(source).forEach(walk)
  }
  entries.forEach(walk)
  return seen
}

/** read once: each of a hundred doors leads through most of them */
const neighbours = new WeakMap<Source, string[]>()

function nextTo(source: Source): string[] {
  const known = neighbours.get(source)
  if (known) return known
  const { path, text } = source
  const imported = [...text.matchAll(/^(?:import|export) (?!type )[^'";]*?from '(\.[^']+)'/gm)].map(([, target]) =>
    posix.normalize(posix.join(posix.dirname(path), target!)),
  )
  const brought = Object.entries(carried).flatMap(([member, file]) => (uses(text, member) ? [file] : []))
  const next = [...imported, ...brought]
  neighbours.set(source, next)
  return next
}
