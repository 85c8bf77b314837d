// What the page 地区收款 draws: the districts by payments, days, hours of the day and ways, as plots or in tables.
import type { PaymentTotals, PaymentWays } from '../../../../typings/api'
import { CHINA_OFFSET, chinaDay } from '../../../shared/china-time'
import { DAY, dayOf } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import './words'

const RANGE_DAYS = 30
const WAYS = ['jsapi', 'miniprogram', 'unknown_appid', 'micropay', 'native', 'app', 'h5', 'facepay', 'other'] as const

/** Thirty days whose bills can be here: yesterday is the last. @param now ms */
export const rangeBefore = (now: number): { from: string; to: string } => ({
  from: chinaDay(now - RANGE_DAYS * DAY),
  to: chinaDay(now - DAY),
})

interface Row {
  id: string
  name: string
  count: string
  note: string
  /** % of the widest */
  width: number
}
export interface TotalsView {
  /** none: no bill was ever here · few: no district has 20 payments · told */
  state: 'none' | 'few' | 'told'
  finding: string
  sentence: string
  regions: Row[]
  /** districts that are left out, and why; '' for none */
  left: string
  ways: Row[]
  as_of: string
}
export interface TotalsPlots {
  days: { day: string; height: number }[]
  labels: string[]
  most_of_day: string
  spoken_days: string
  hours: { hour: number; height: number }[]
  marks: string[]
  most_of_hour: string
  spoken_hours: string
}
export interface TotalsTables {
  days: { id: string; name: string; count: string; note: string }[]
  hours: { id: string; name: string; count: string; note: string }[]
}

const counted = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')
const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
const paid = (by_way: PaymentWays): number => sum(WAYS.map(way => by_way[way]))
const percent = (part: number, of: number): string =>
  part > 0 && part / of < 0.01 ? '<1%' : `${Math.round((part / Math.max(1, of)) * 100)}%`
/** Something that is there is never drawn as nothing. */
const height = (value: number, most: number): number => (value === 0 ? 0 : Math.max(3, Math.round((value / most) * 100)))
const dayName = (day: string, now: number, say: Say): string => dayOf(`${day}T00:00:00${CHINA_OFFSET}`, now, say)

export function totalsView({ regions, few, more, total, as_of }: PaymentTotals, now: number, say: Say): TotalsView {
  const state = as_of === null ? 'none' : total === null ? 'few' : 'told'
  const most = Math.max(1, ...regions.map(({ payments }) => payments))
  const ways = WAYS.map(way => ({ way, count: sum((total?.days ?? []).map(({ by_way }) => by_way[way])) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
  const left = [
    ...(few > 0 ? [say('region_payments.few_regions', { count: few })] : []),
    ...(more > 0 ? [say('region_payments.more', { count: more })] : []),
  ]
  return {
    state,
    finding: state === 'told' ? say('region_payments.finding', { count: counted(total!.payments) }) : say(`region_payments.${state}`),
    sentence: state === 'told' ? '' : say(`region_payments.${state}_sentence`),
    regions: regions.map(({ region_code, region_name, payments, by_way }) => ({
      id: region_code,
      name: region_name,
      count: counted(payments),
      note: say('region_payments.web', { share: percent(by_way.jsapi, payments) }),
      width: height(payments, most),
    })),
    left: left.join(''),
    ways: ways.map(({ way, count }) => ({
      id: way,
      name: say(`region_payments.way_${way}`),
      count: counted(count),
      note: percent(count, total?.payments ?? 1),
      width: height(count, ways[0]!.count),
    })),
    as_of: as_of === null ? '' : say('region_payments.as_of', { day: dayName(as_of, now, say) }),
  }
}

export function totalsPlots({ total }: PaymentTotals, now: number, say: Say): TotalsPlots {
  const days = (total?.days ?? []).map(({ day, by_way }) => ({ day, count: paid(by_way) }))
  const hours = total?.hours ?? []
  const [mostOfDay, mostOfHour] = [Math.max(1, ...days.map(({ count }) => count)), Math.max(1, ...hours)]
  const busiest = days.find(({ count }) => count === mostOfDay)
  const hour = hours.indexOf(mostOfHour)
  return {
    days: days.map(({ day, count }) => ({ day, height: height(count, mostOfDay) })),
    labels: days.length < 2 ? [] : [days[0]!, days[days.length - 1]!].map(({ day }) => dayName(day, now, say)),
    most_of_day: say('region_payments.most', { count: counted(mostOfDay) }),
    spoken_days: busiest ? say('region_payments.spoken_days', { day: dayName(busiest.day, now, say), count: counted(mostOfDay) }) : '',
    hours: hours.map((count, at) => ({ hour: at, height: height(count, mostOfHour) })),
    marks: [0, 6, 12, 18, 24].map(at => say('region_payments.hour', { hour: at })),
    most_of_hour: say('region_payments.most', { count: counted(mostOfHour) }),
    spoken_hours: hour < 0 ? '' : say('region_payments.spoken_hours', { from: hour, to: hour + 1, count: counted(mostOfHour) }),
  }
}

export function totalsTables({ total }: PaymentTotals, now: number, say: Say): TotalsTables {
  return {
    days: [...(total?.days ?? [])].reverse().map(({ day, by_way, refunds }) => ({
      id: day,
      name: dayName(day, now, say),
      count: counted(paid(by_way)),
      note: say('region_payments.refunds', { count: refunds }),
    })),
    hours: (total?.hours ?? []).map((count, hour) => ({
      id: String(hour),
      name: say('region_payments.hour', { hour }),
      count: counted(count),
      note: '',
    })),
  }
}
