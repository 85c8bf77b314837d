// app.json in the shape that the rest counts on. What has another shape is an error with its place, as in DevTools, and is taken for absent, so that the
// rest can be looked at too.
import type { AppJson } from '../runtime/contract.ts'
import { positionAt, type Diagnostics } from './diagnostics.ts'
import type { Sources } from './sources.ts'

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isListOf =
  <T>(fits: (value: unknown) => value is T) =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.every(fits)

const isPaths = isListOf(isText)
const isPackage = (value: unknown): value is Json => isObject(value) && isText(value['root']) && isPaths(value['pages'])
const isTab = (value: unknown): value is Json => isObject(value) && isText(value['pagePath'])
const isTabBar = (value: unknown): value is Json => isObject(value) && isListOf(isTab)(value['list'])

const OBJECT = { fits: isObject, wanted: 'an object' }
const PACKAGES = { fits: isListOf(isPackage), wanted: 'a list of objects with "root" and a list "pages"' }
const SHAPES: Record<string, { fits: (value: unknown) => boolean; wanted: string }> = {
  pages: { fits: isPaths, wanted: 'a list of paths' },
  subPackages: PACKAGES,
  subpackages: PACKAGES,
  tabBar: { fits: isTabBar, wanted: 'an object with "list", each of which has "pagePath"' },
  window: OBJECT,
  usingComponents: OBJECT,
  preloadRule: OBJECT,
  networkTimeout: OBJECT,
  resolveAlias: OBJECT,
  useExtendedLib: OBJECT,
  permission: OBJECT,
  themeLocation: { fits: isText, wanted: 'a path' },
  entryPagePath: { fits: isText, wanted: 'a path' },
}

/** undefined when it is no JSON object; then an error says so. `subPackages` is there in either spelling. */
export function readAppJson(sources: Sources, diagnostics: Diagnostics): AppJson | undefined {
  const given = sources.json('app.json')
  if (!given) return undefined
  const text = sources.read('app.json')
  const at = (needle: string) => positionAt(text, Math.max(0, text.indexOf(`"${needle}"`)))
  for (const [name, { fits, wanted }] of Object.entries(SHAPES)) {
    const value = given[name]
    if (value === undefined || fits(value)) continue
    delete given[name]
    const { line, column } = at(name)
    if (value !== null) diagnostics.error(sources.real('app.json'), line, column, `"${name}" has to be ${wanted}`)
  }
  const {
    pages = [],
    subPackages,
    subpackages = [],
  } = given as { [name: string]: unknown } & Partial<AppJson> & { subpackages?: AppJson['subPackages'] }
  for (const path of pages.filter(one => one.startsWith('/'))) {
    const { line, column } = at(path)
    diagnostics.warning(sources.real('app.json'), line, column, `page "${path}": write "${withoutSlash(path)}"`)
  }
  return { ...given, pages: pages.map(withoutSlash), subPackages: subPackages ?? subpackages }
}

const withoutSlash = (path: string) => path.replace(/^\/+/, '')
