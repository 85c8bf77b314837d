// Plots with what a provider rarely has: a single shop, nothing at all, a million shops, names as long as they may be.
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { computer, openOverHome } from './steps.ts'

const dashboard = '/packages/manage/dashboard/index'
const ofShop = '/packages/merchant/payments/index?sub_mchid=1900000120'
const districts = '/packages/manage/payments/index'
const dashboards = /^GET \/v1\/metrics\/dashboard/
const payments = /^GET \/v1\/(sub-merchants\/\d+|metrics)\/payments/

/** as many characters as a name of staff may have */
const longName = '欧阳司马诸葛上官·阿卜杜热合曼-Wolfeschlegelsteinhausenbergerdorff'.padEnd(64, '长')
const longRegion = '克孜勒苏柯尔克孜自治州阿克陶县木吉乡布伦口'

/** @param count of each number @param named what a name becomes */
function changed(
  value: unknown,
  count: (given: number, key: string) => number,
  named: (key: string, given: string) => string,
  key = '',
): unknown {
  if (typeof value === 'number') return count(value, key)
  if (typeof value === 'string') return key === 'name' ? named(key, value) : value
  if (Array.isArray(value)) return value.map(one => changed(one, count, named, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, changed(one, count, named, name)]))
}
const kept = (_key: string, given: string) => given

type Change = (body: Record<string, unknown>) => object
const million: Change = body =>
  changed(
    body,
    (given, key) => (key === 'days_known' || given === 0 ? given : 1_000_000 + given * 1_000),
    (_, given) => (/^\p{Script=Han}{2,}[省市区县]/u.test(given) ? `${given}${longRegion}` : longName),
  ) as object
/** with shops, and nothing in any other category */
const noneOfEach: Change = ({ total, states, ...body }) => ({ ...(changed(body, () => 0, kept) as object), total, states })
/** on the first day */
const oneShop: Change = body => {
  const first = (list: unknown) => (Array.isArray(list) ? list.slice(0, 1) : [])
  const one = changed(body, given => Math.min(1, given), kept) as Record<string, unknown>
  const weeks = (one.weeks as { verified: unknown }[]).map((week, index, all) =>
    index < all.length - 1 ? { ...week, verified: null, regressed: null } : week,
  )
  return {
    ...one,
    weeks,
    states: first(one.states),
    regions: first(one.regions),
    staff: first(one.staff),
    freshness: first(one.freshness),
    seen: first(one.seen),
    ready: first(one.ready),
  }
}

const drawn = (
  name: string,
  url: string,
  of: RegExp,
  change: Change,
  shows: string,
  { wide = false, table = '', plots = '' } = {},
): Scene => ({
  name,
  as: 'operator',
  async arrange(stage: Stage) {
    stage.afterwards(stage.world.alter(of, change))
    if (wide) await computer(stage)
    await openOverHome(stage, url)
    if (table) await stage.phone.tap(table)
    if (plots) stage.afterwards(() => stage.phone.tap(plots))
  },
  shows: { selector: [shows] },
  saidOnce: true,
})

export const extremeScenes: Scene[] = [
  drawn('extremes/million-shops', dashboard, dashboards, million, '#plots'),
  drawn('extremes/million-shops-wide', dashboard, dashboards, million, '#plots', { wide: true }),
  drawn('extremes/million-shops-table', dashboard, dashboards, million, '.table-head', { table: '#as-tables', plots: '#as-plots' }),
  drawn('extremes/none-of-each', dashboard, dashboards, noneOfEach, '#plots'),
  drawn('extremes/one-shop', dashboard, dashboards, oneShop, '#plots'),
  drawn('extremes/million-payments', ofShop, payments, million, '#finding'),
  drawn('extremes/million-payments-of-districts', districts, payments, million, '#table-days', { table: '#mode-table' }),
]
