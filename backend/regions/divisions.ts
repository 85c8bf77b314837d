// GB/T 2260 down to districts. The package lists townships too (45,000 rows), so a cut-down copy is kept beside this file
// (divisions.json: [code, name][]; made by `node --import tsx backend/regions/make-divisions.ts`).
import { readFileSync } from 'node:fs'
import type { Region } from './schema.ts'

const rows = JSON.parse(readFileSync(new URL('divisions.json', import.meta.url), 'utf8')) as [code: string, name: string][]
const names = new Map(rows)

const provinceOf = (code: string) => `${code.slice(0, 2)}0000`
const cityOf = (code: string) => `${code.slice(0, 4)}00`

/** 深圳市南山区; a code without a name gives the nearest parent's, an unknown province the code itself. */
export function regionName(code: string): string {
  const city = cityName(code)
  const district = names.get(code)
  if (code === cityOf(code) || code === provinceOf(code)) return district ?? names.get(provinceOf(code)) ?? code
  // districts of 北京 and the like stand under the province itself
  const parent = city ?? names.get(provinceOf(code)) ?? ''
  return `${parent}${district ?? ''}` || code
}

/** Counties directly under a province stand below a code without a real name (429000 湖北省-自治区直辖县级行政区划). */
function cityName(code: string): string | undefined {
  const name = names.get(cityOf(code))
  return name?.includes('-') ? names.get(provinceOf(code)) : name
}

export const isDivision = (code: string): boolean => names.has(code)

/** The digits that every code below this one starts with: 440300 → 4403. */
export const regionPrefix = (code: string): string => code.replace(/(00){1,2}$/, '')

/** province → city → district; districts straight under a province form a city of the province's own name. */
const tree: readonly Region[] = buildTree()

function buildTree(): Region[] {
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

/** The tree cut down to these prefixes; null: the whole of it. */
export function regionTree(prefixes: readonly string[] | null): Region[] {
  if (!prefixes) return [...tree]
  const within = (code: string) => prefixes.some(prefix => code.startsWith(prefix))
  return tree.flatMap(province => {
    if (within(province.code)) return [province]
    const cities = province.children.flatMap(city => {
      if (within(city.code)) return [city]
      const children = city.children.filter(district => within(district.code))
      return children.length > 0 ? [{ ...city, children }] : []
    })
    return cities.length > 0 ? [{ ...province, children: cities }] : []
  })
}
