// GB/T 2260 down to districts: what is in force, and what was, with what became of it. Both tables are made by make-divisions.ts from packages that hold
// more than that (divisions.json: [code, name][], former-divisions.json: [code, name, codes that hold its ground now][]).
import { readFileSync } from 'node:fs'
import type { Region } from './schema.ts'

type Row = readonly [code: string, name: string]

const read = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'))
const rows = read(new URL('divisions.json', import.meta.url)) as Row[]
const formerRows = read(new URL('former-divisions.json', import.meta.url)) as [code: string, name: string, became: string[]][]
const current = new Map(rows)
const former = new Map(formerRows.map(([code, name, became]) => [code, { name, became }]))
const names = new Map([...formerRows.map(([code, name]) => [code, name] as const), ...rows])

const provinceOf = (code: string) => `${code.slice(0, 2)}0000`
const cityOf = (code: string) => `${code.slice(0, 4)}00`

/**
 * current: in force · former: was once, what became of it is in formerDivision · unknown: in no table, yet its province is: the list changes every year,
 * so it may be newer than ours · null: no such province, so no such code
 */
export type Standing = 'current' | 'former' | 'unknown'
export function standingOf(code: string): Standing | null {
  if (current.has(code)) return 'current'
  if (former.has(code)) return 'former'
  return /^[0-9]{6}$/.test(code) && current.has(provinceOf(code)) ? 'unknown' : null
}

/** null for a code that is in force, or that nobody knows. `became` is empty where it is not known. */
export const formerDivision = (code: string): { name: string; became: readonly string[] } | null =>
  current.has(code) ? null : (former.get(code) ?? null)

/** Of a shop whose place nobody has said yet (POST /unlisted-merchants). It lies in no region, so only those who see everything see it. */
export const noRegion = '000000'

/** 深圳市南山区. A code that is in no table is named by its parent and itself: 重庆市区划500199; an unknown province by the code alone. */
export function regionName(code: string): string {
  const known = spoken.get(code)
  if (known !== undefined) return known
  const name = spokenOf(code)
  // only codes of the tables: others may be any
  if (names.has(code)) spoken.set(code, name)
  return name
}

const spoken = new Map<string, string>()

function spokenOf(code: string): string {
  if (code === noRegion) return '地区待补'
  const city = cityName(code)
  const district = names.get(code) ?? (current.has(provinceOf(code)) ? `区划${code}` : undefined)
  if (names.has(code) && (code === cityOf(code) || code === provinceOf(code))) return district ?? code
  // districts of 北京 and the like stand under the province itself
  const parent = city ?? names.get(provinceOf(code)) ?? ''
  return `${parent}${district ?? ''}` || code
}

/** Counties directly under a province stand below a code without a real name (429000 湖北省-自治区直辖县级行政区划). */
function cityName(code: string): string | undefined {
  const name = names.get(cityOf(code))
  return name?.includes('-') ? names.get(provinceOf(code)) : name
}

export const isDivision = (code: string): boolean => current.has(code)

/** The digits that every code below this one starts with: 440300 → 4403. */
const regionPrefix = (code: string): string => code.replace(/(00){1,2}$/, '')

/** Former codes by the current one that they became, where they became nothing else. */
const formerOf = new Map<string, string[]>()
for (const [code, , became] of formerRows) {
  const [only, ...others] = became
  if (only !== undefined && others.length === 0) formerOf.set(only, [...(formerOf.get(only) ?? []), code])
}

/**
 * What stands in a region: every code that starts with one of these, and every former code of what is there now. A shop keeps the code that it came
 * with, so whoever works in 拱墅区 sees the shops of 下城区, which became part of it.
 */
export function regionPrefixesOf(code: string): readonly string[] {
  const held = prefixesOf.get(code)
  if (held) return held
  const prefix = regionPrefix(code)
  const elsewhere = [...formerOf].flatMap(([now, before]) => (now.startsWith(prefix) ? before.filter(one => !one.startsWith(prefix)) : []))
  const prefixes = [prefix, ...elsewhere]
  // a code is six digits, so these are not many; asked several times for each request
  if (names.has(code)) prefixesOf.set(code, prefixes)
  return prefixes
}
const prefixesOf = new Map<string, readonly string[]>()

/** province → city → district; districts straight under a province form a city of the province's own name. */
const tree: readonly Region[] = buildTree(rows)

function buildTree(rows: readonly Row[]): Region[] {
  const provinces = new Map<string, Region>()
  for (const [code, name] of rows) if (code === provinceOf(code)) provinces.set(code, { code, name, children: [] })
  for (const [code, name] of rows) {
    const province = provinces.get(provinceOf(code))
    if (!province || code === province.code) continue
    let city = province.children.find(one => one.code === cityOf(code))
    if (!city) {
      city = { code: cityOf(code), name: cityName(code) ?? province.name, children: [] }
      province.children.push(city)
    }
    if (code !== city.code) city.children.push({ code, name })
  }
  return [...provinces.values()]
}

/** The tree cut down to these prefixes, with those that are in force no more or not known; null: the whole of it, as it is in force. */
export function regionTree(prefixes: readonly string[] | null): Region[] {
  if (!prefixes) return [...tree]
  const besides = prefixes.filter(code => code.length === 6 && !current.has(code) && standingOf(code) !== null)
  const all = besides.length === 0 ? tree : buildTree([...rows, ...besides.map(code => [code, names.get(code) ?? `区划${code}`] as const)])
  const within = (code: string) => prefixes.some(prefix => code.startsWith(prefix))
  return all.flatMap(province => {
    if (within(province.code)) return [province]
    const cities = province.children.flatMap(city => {
      if (within(city.code)) return [city]
      const children = city.children.filter(district => within(district.code))
      return children.length > 0 ? [{ ...city, children }] : []
    })
    return cities.length > 0 ? [{ ...province, children: cities }] : []
  })
}
