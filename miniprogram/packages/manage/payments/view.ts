// What the page 地区收款 draws: the districts by payments, days, hours of the day and ways, as plots or in tables.
import type { PaymentTotals, PaymentWays } from '../../../../typings/api'
import { CHINA_OFFSET } from '../../../shared/china-time'
import { grouped } from '../../../shared/fill'
import { dayOf } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import { wholePercent } from '../shared/percent'
import './words'

const WAYS = ['jsapi', 'miniprogram', 'unknown_appid', 'micropay', 'native', 'app', 'h5', 'facepay', 'other'] as const

interface Row {
  id: string
  name: string
  count: string
  note: string
  /** % of the widest */
  width: number
}
export interface TotalsView {
  /** none: no bill was ever here · few: nothing may be told · told */
  state: 'none' | 'few' | 'told'
  finding: string
  sentence: string
  regions: Row[]
  /** districts that are only in the total; '' for none */
  left: string
  ways: Row[]
  as_of: string
}
export interface TotalsPlots {
  /** shared: nothing but a part of what is told only of its week */
  days: { day: string; height: number; shared: boolean }[]
  labels: string[]
  /** how that part is drawn; '' where there is none */
  shared: string
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

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
const paid = (by_way: PaymentWays): number => sum(WAYS.map(way => by_way[way]))
const percent = (part: number, of: number): string => `${wholePercent(part, Math.max(1, of))}%`
/** Something that is there is never drawn as nothing. */
const height = (value: number, most: number): number => (value === 0 ? 0 : Math.max(3, Math.round((value / most) * 100)))
const dayName = (day: string, now: number, say: Say): string => dayOf(`${day}T00:00:00${CHINA_OFFSET}`, now, say)

type Total = NonNullable<PaymentTotals['total']>
/** Each payment once: days that are told of one by one, and those that are told only together. */
const partsOf = (total: Total | null): PaymentWays[] => [
  ...(total?.days ?? []).flatMap(({ by_way }) => by_way ?? []),
  ...(total?.together ?? []).map(({ by_way }) => by_way),
]

export function totalsView({ from, to, regions, more, total, as_of }: PaymentTotals, now: number, say: Say): TotalsView {
  const state = as_of === null ? 'none' : total === null ? 'few' : 'told'
  const most = Math.max(1, ...regions.map(({ payments }) => payments))
  const parts = partsOf(total)
  const ways = WAYS.map(way => ({ way, count: sum(parts.map(by_way => by_way[way])) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
  return {
    state,
    finding:
      state === 'told'
        ? say('region_payments.finding', { days: total!.days_known, count: total!.payments })
        : say(`region_payments.${state}`),
    sentence: state === 'told' ? '' : say(`region_payments.${state}_sentence`),
    regions: regions.map(({ region_code, region_name, payments, by_way }) => ({
      id: region_code,
      name: region_name,
      count: grouped(payments),
      note: say('region_payments.web', { share: percent(by_way.jsapi, payments) }),
      width: height(payments, most),
    })),
    left: more > 0 ? say('region_payments.more', { count: more }) : '',
    ways: ways.map(({ way, count }) => ({
      id: way,
      name: say(`region_payments.way_${way}`),
      count: grouped(count),
      note: percent(count, total?.payments ?? 1),
      width: height(count, ways[0]!.count),
    })),
    as_of:
      (from === null || to === null ? '' : say('region_payments.told_days', { from: dayName(from, now, say), to: dayName(to, now, say) })) +
      (as_of === null ? '' : say('region_payments.as_of', { day: dayName(as_of, now, say) })),
  }
}

/** What is drawn of each day: its count, and a seventh of what is told only of its week. */
function drawnDays(total: Total | null): { day: string; count: number; shared: boolean }[] {
  if (total === null) return []
  const parts = new Map(total.together.flatMap(one => one.days.map(day => [day, paid(one.by_way) / one.days.length] as const)))
  return total.days.map(({ day, by_way }) => {
    const part = parts.get(day) ?? 0
    return { day, count: Math.round((by_way ? paid(by_way) : 0) + part), shared: by_way === null }
  })
}

export function totalsPlots({ total }: PaymentTotals, now: number, say: Say): TotalsPlots {
  const days = drawnDays(total)
  const hours = total?.hours ?? []
  const [mostOfDay, mostOfHour] = [Math.max(1, ...days.map(({ count }) => count)), Math.max(1, ...hours)]
  const busiest = days.find(({ count }) => count === mostOfDay)
  const hour = hours.indexOf(mostOfHour)
  return {
    days: days.map(({ day, count, shared }) => ({ day, height: height(count, mostOfDay), shared })),
    shared: total && total.together.length > 0 ? say('region_payments.shared') : '',
    labels: days.length < 2 ? [] : [days[0]!, days[days.length - 1]!].map(({ day }) => dayName(day, now, say)),
    most_of_day: say('region_payments.most', { count: mostOfDay }),
    spoken_days: busiest ? say('region_payments.spoken_days', { day: dayName(busiest.day, now, say), count: mostOfDay }) : '',
    hours: hours.map((count, at) => ({ hour: at, height: height(count, mostOfHour) })),
    marks: [0, 6, 12, 18, 24].map(at => say('region_payments.hour', { hour: at })),
    most_of_hour: say('region_payments.most', { count: mostOfHour }),
    spoken_hours: hour < 0 ? '' : say('region_payments.spoken_hours', { from: hour, to: hour + 1, count: mostOfHour }),
  }
}

export function totalsTables({ total }: PaymentTotals, now: number, say: Say): TotalsTables {
  return {
    days: dayRows(total, now, say),
    hours: (total?.hours ?? []).map((count, hour) => ({
      id: String(hour),
      name: say('region_payments.hour', { hour }),
      count: grouped(count),
      note: '',
    })),
  }
}

/** The newest first; what is told only of a week stands above its last day. */
function dayRows(total: Total | null, now: number, say: Say): TotalsTables['days'] {
  const name = (day: string) => dayName(day, now, say)
  const row = (id: string, label: string, { by_way, refunds }: { by_way: PaymentWays; refunds: number }) => ({
    id,
    name: label,
    count: grouped(paid(by_way)),
    note: say('region_payments.refunds', { count: refunds }),
  })
  const lastOf = new Map((total?.together ?? []).map(one => [one.days[one.days.length - 1], one]))
  return [...(total?.days ?? [])].reverse().flatMap(({ day, by_way, refunds }) => {
    const week = lastOf.get(day)
    return [
      ...(week ? [row(`week-${day}`, say('region_payments.days_together', { from: name(week.days[0]!), to: name(day) }), week)] : []),
      ...(by_way !== null && refunds !== null ? [row(day, name(day), { by_way, refunds })] : []),
    ]
  })
}
