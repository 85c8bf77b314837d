// Which regions a file may name. The official list changes every year and ours lags behind: a code of a province that exists is taken and said, not refused.
import { formerDivision, regionName, regionTree, standingOf } from '../../company/regions/divisions.ts'

/** Regions that have others below them: no shop stands in them as such. */
const groups = new Set(
  regionTree(null).flatMap(province => [
    ...(province.children.length > 0 ? [province.code] : []),
    ...province.children.filter(city => city.children.length > 0).map(city => city.code),
  ]),
)

export type RegionReading = { fault: string } | { note: string | null }

/** A region of whoever works there: of any level. */
export function workRegion(code: string): RegionReading {
  if (!/^[0-9]{6}$/.test(code)) return { fault: '应是 6 位行政区划代码（GB/T 2260），几个地区之间用 ; 分开' }
  const standing = standingOf(code)
  if (standing === null) return { fault: `没有 ${code.slice(0, 2)} 开头的省级行政区划代码（GB/T 2260）` }
  if (standing === 'current') return { note: null }
  if (standing === 'unknown') return { note: `${code} 不在行政区划代码表（GB/T 2260）里，已按${regionName(code)}记下：核对一下有没有写错` }
  const { became } = formerDivision(code)!
  const now = became.map(one => `${one} ${regionName(one)}`).join('、')
  return { note: `${code} ${regionName(code)} 已经撤销或更名${now === '' ? '' : `，现在是 ${now}`}：按原来的代码记下` }
}

/** codes of shops of which there is nothing to say; the table is finite, so they are not many */
const plain = new Set<string>()

/** The region of a shop: a district, or a city that has none. */
export function shopRegion(code: string): RegionReading {
  if (plain.has(code)) return { note: null }
  const read = readShopRegion(code)
  if ('note' in read && read.note === null) plain.add(code)
  return read
}

function readShopRegion(code: string): RegionReading {
  if (!/^[0-9]{6}$/.test(code)) return { fault: '地区应是 6 位行政区划代码（GB/T 2260）' }
  if (groups.has(code) || (formerDivision(code) !== null && code.endsWith('00'))) return { fault: '地区要精确到区县' }
  if (standingOf(code) === 'current' && regionName(code).endsWith('市辖区')) return { fault: '市辖区不是一个区县：地区要精确到区县' }
  return workRegion(code)
}
