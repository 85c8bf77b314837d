// What the page 收款分析 draws: what follows for the receipt, the figures, four plots and the same in tables.
import type { Payments, PaymentWays } from '../../../../typings/api'
import { CHINA_OFFSET } from '../../../shared/china-time'
import { grouped } from '../../../shared/fill'
import { dayOf } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import { labelled, percent } from '../receipt-health/view'
import { loadsShare, partsOf, suggestionsFor, SUGGESTION_RULES, webPayments, type ShopFacts, type Suggestion } from './rules'
import './words'
import '../words/words'

const WAYS = ['jsapi', 'miniprogram', 'unknown_appid', 'micropay', 'native', 'app', 'h5', 'facepay', 'other'] as const
const BANDS = [0, 1, 2, 3, 4, 5] as const
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const SHORTENED_FROM = 1_000
const DAY_MS = 86_400_000

interface Ranked {
  id: string
  name: string
  count: string
  share: string
  /** % of the widest */
  width: number
}
interface SuggestionView {
  id: Suggestion['id']
  title: string
  /** the numbers and the threshold */
  text: string
  /** a page of this package, and what the button says */
  to: 'receipt-health' | 'receipt-content' | 'detail'
  action: string
}
export interface PaymentsPlots {
  /** shared: one of the days that are told only together, drawn as their mean; no height: nothing is told of it */
  days: { day: string; height: number; shared: boolean }[]
  labels: string[]
  most: string
  spoken_days: string
  /** why some bars are paler, and why some days have none; '' where that is not so */
  shared: string
  gaps: string
  week: { id: number; name: string; bars: number[] }[]
  spoken_week: string
}
export interface PaymentsTables {
  days: { id: string; day: string; count: string; web: string; refunds: string }[]
  columns: string[]
  hours: { hour: string; counts: { id: number; text: string }[] }[]
}
export interface PaymentsView {
  /** none: no bill was ever here · few: nothing may be told · told */
  state: 'none' | 'few' | 'told'
  finding: string
  /** why nothing is told */
  sentence: string
  figures: { id: string; value: string; unit: string; label: string }[]
  suggestions: SuggestionView[]
  ways: Ranked[]
  bands: Ranked[]
  /** which days are in it */
  as_of: string
  /** weekdays that have no row of hours, and why; '' where all have one */
  joined: string
  /** JSAPI with an appid that nobody entered; '' for none */
  unknown: string
}

/** How many are told; 0 is said as too few, so that nothing is divided by it. */
const total = (payments: Payments): number => payments.payments ?? 0
const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
const paidOn = (by_way: PaymentWays): number => sum(WAYS.map(way => by_way[way]))
/** Something that is there is never drawn as nothing. */
const height = (value: number, most: number): number => (value === 0 ? 0 : Math.max(4, Math.round((value / most) * 100)))
const perDay = (count: number): string => (count < 10 ? String(Math.round(count * 10) / 10) : grouped(Math.round(count)))
const dayName = (day: string, now: number, say: Say): string => dayOf(`${day}T00:00:00${CHINA_OFFSET}`, now, say)

export function paymentsView(payments: Payments, shop: ShopFacts, now: number, say: Say): PaymentsView {
  const state = payments.as_of === null ? 'none' : total(payments) === 0 ? 'few' : 'told'
  const parts = partsOf(payments)
  const unknown = sum(parts.map(({ by_way }) => by_way.unknown_appid))
  return {
    state,
    finding: state === 'told' ? say('payments.finding', { days: payments.days_known, count: total(payments) }) : say(`payments.${state}`),
    sentence: state === 'told' ? '' : say(`payments.${state}_sentence`),
    figures: state === 'told' ? figuresOf(payments, say) : [],
    suggestions: suggestionsFor(payments, shop).map(one => suggestionView(one, say)),
    ways: ranked(
      WAYS.map(way => ({ id: way, name: say(`payments.way_${way}`), count: sum(parts.map(({ by_way }) => by_way[way])) }))
        .filter(({ count }) => count > 0)
        .sort((one, other) => other.count - one.count),
    ),
    bands: ranked(
      (payments.bands ?? []).map((count, index) => ({ id: String(index), name: say(`payments.band_${BANDS[index]!}`), count })),
    ),
    as_of: asOf(payments, now, say),
    joined: payments.week?.includes(null) ? say('payments.joined') : '',
    unknown: unknown > 0 ? say('payments.unknown', { count: unknown }) : '',
  }
}

function asOf({ as_of, from, to }: Payments, now: number, say: Say): string {
  if (as_of === null) return ''
  const newest = say('payments.as_of', { day: dayName(as_of, now, say) })
  return from === null || to === null
    ? newest
    : newest + say('payments.told_days', { from: dayName(from, now, say), to: dayName(to, now, say) })
}

function figuresOf(payments: Payments, say: Say): PaymentsView['figures'] {
  const refunds = sum(partsOf(payments).map(one => one.refunds))
  const share = loadsShare(payments)
  const figure = (id: 'a_day' | 'web' | 'seen' | 'refunds', value: string, unit = '') => ({
    id,
    value,
    unit,
    label: say(`payments.figure_${id}`),
  })
  return [
    figure('a_day', perDay(total(payments) / payments.days_known), say('payments.unit')),
    figure('web', percent(webPayments(payments) / total(payments))),
    // a page that is loaded twice is not seen by two
    figure('seen', share === null ? say('payments.unknown_share') : percent(Math.min(1, share))),
    figure('refunds', grouped(refunds), say('payments.unit')),
  ]
}

function ranked(rows: readonly { id: string; name: string; count: number }[]): Ranked[] {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const all = Math.max(1, sum(rows.map(({ count }) => count)))
  return rows.map(({ id, name, count }) => ({ id, name, count: grouped(count), share: percent(count / all), width: height(count, most) }))
}

/** What is drawn of each day: its count, or the mean of those that it is told with. */
function drawnDays({ days, together }: Payments): { day: string; count: number; shared: boolean }[] {
  const means = new Map(together.flatMap(one => one.days.map(day => [day, paidOn(one.by_way) / one.days.length] as const)))
  return days.map(({ day, by_way }) => ({ day, count: by_way ? paidOn(by_way) : (means.get(day) ?? 0), shared: by_way === null }))
}

/** Hours of the weekdays that are told of; where one is not, those of all days stand before them. */
function hourRows({ hours, week }: Payments, say: Say): { id: number; name: string; hours: readonly number[] }[] {
  if (hours === null || week === null) return []
  const weekdays = week.flatMap((counts, id) =>
    counts === null ? [] : [{ id, name: say(`payments.weekday_${WEEKDAYS[id]!}`), hours: counts }],
  )
  return weekdays.length === week.length ? weekdays : [{ id: week.length, name: say('payments.every_day'), hours }, ...weekdays]
}

/** With the days between that nothing is told of. */
function everyDay(days: readonly { day: string; count: number; shared: boolean }[]): { day: string; count: number; shared: boolean }[] {
  const [first, last] = [days[0], days[days.length - 1]]
  if (!first || !last) return []
  const told = new Map(days.map(one => [one.day, one]))
  const from = Date.parse(first.day)
  return Array.from({ length: Math.round((Date.parse(last.day) - from) / DAY_MS) + 1 }, (_, at) => {
    const day = new Date(from + at * DAY_MS).toISOString().slice(0, 10)
    return told.get(day) ?? { day, count: 0, shared: false }
  })
}

export function paymentsPlots(payments: Payments, now: number, say: Say): PaymentsPlots {
  const days = everyDay(drawnDays(payments))
  const most = Math.max(1, ...days.map(({ count }) => count))
  const busiest = days.find(({ count }) => count === most)
  const rows = hourRows(payments, say)
  const mostOf = (row: readonly number[]) => Math.max(1, ...row)
  const mostInHour = Math.max(1, ...rows.filter(({ id }) => id < WEEKDAYS.length).map(row => mostOf(row.hours)))
  return {
    days: days.map(({ day, count, shared }) => ({ day, height: height(count, most), shared })),
    labels: days.length === 0 ? [] : labelled(days.map(({ day }) => day)).map(day => dayName(day, now, say)),
    most: say(busiest?.shared ? 'payments.most_mean' : 'payments.most', { count: perDay(most) }),
    spoken_days: busiest
      ? say(busiest.shared ? 'payments.spoken_mean' : 'payments.spoken_days', { day: dayName(busiest.day, now, say), count: perDay(most) })
      : '',
    shared: days.some(one => one.shared) ? say('payments.shared') : '',
    gaps: days.length > payments.days.length ? say('payments.gaps') : '',
    // all days are more than one weekday: they have a scale of their own
    week: rows.map(({ id, name, hours }) => ({
      id,
      name,
      bars: hours.map(count => height(count, id < WEEKDAYS.length ? mostInHour : mostOf(hours))),
    })),
    spoken_week: spokenWeek(rows, say),
  }
}

function spokenWeek(rows: readonly { name: string; hours: readonly number[] }[], say: Say): string {
  const hours = rows.flatMap(row => row.hours.map((count, hour) => ({ weekday: row.name, hour, count })))
  const top = hours.reduce((most, one) => (one.count > most.count ? one : most), { weekday: '', hour: 0, count: 0 })
  return top.count === 0 ? '' : say('payments.spoken_week', { weekday: top.weekday, hour: top.hour, to: top.hour + 1, count: top.count })
}

export function paymentsTables(payments: Payments, now: number, say: Say): PaymentsTables {
  const rows = hourRows(payments, say)
  return {
    days: dayRows(payments, now, say),
    columns: rows.map(({ name }) => name),
    hours: Array.from({ length: 24 }, (_, hour) => ({
      hour: say('payments.hour', { hour }),
      counts: rows.map(({ id, hours }) => ({ id, text: short(hours[hour]!) })),
    })).filter((_, hour) => payments.hours?.[hour] !== 0),
  }
}

/** The newest first; days that are told only together are one row, where the last of them stands. */
function dayRows({ days, together }: Payments, now: number, say: Say): PaymentsTables['days'] {
  const name = (day: string) => dayName(day, now, say)
  const row = (id: string, label: string, { by_way, refunds }: { by_way: PaymentWays; refunds: number }) => ({
    id,
    day: label,
    count: grouped(paidOn(by_way)),
    web: grouped(by_way.jsapi),
    refunds: grouped(refunds),
  })
  const lastOf = new Map(together.map(one => [one.days[one.days.length - 1], one]))
  return [...days].reverse().flatMap(({ day, by_way, refunds }) => {
    if (by_way !== null && refunds !== null) return [row(day, name(day), { by_way, refunds })]
    const those = lastOf.get(day)
    return those
      ? [row(day, say('payments.days_together', { from: name(those.days[0]!), to: name(day), count: those.days.length }), those)]
      : []
  })
}

/** Seven of them stand beside one another on a phone, also in large text: 1.2k and 12k. */
function short(count: number): string {
  if (count < SHORTENED_FROM) return String(count)
  const thousands = count / 1_000
  return `${thousands < 10 ? Math.round(thousands * 10) / 10 : grouped(Math.round(thousands))}k`
}

const content = (say: Say) => ({ to: 'receipt-content' as const, action: say('payments.to_content') })

/** Each rule with its numbers and its threshold. */
const SAID: { [Id in Suggestion['id']]: (one: Extract<Suggestion, { id: Id }>, say: Say) => SuggestionView } = {
  loads: ({ id, receipt, web, loads, share }, say) => ({
    id,
    title: say(`payments.loads_${receipt}`),
    text: say('payments.loads_text', { web, loads, share: percent(share), least: percent(SUGGESTION_RULES.loads.share) }),
    ...(receipt === 'closed'
      ? { to: 'detail', action: say('payments.to_switch') }
      : { to: 'receipt-health', action: say('payments.to_loads') }),
  }),
  lunch: ({ id, payments, share }, say) => {
    const { from, to, share: least } = SUGGESTION_RULES.lunch
    const text = say('payments.lunch_text', { from, to, count: payments, share: percent(share), least: percent(least) })
    return { id, title: say('payments.lunch'), text, ...content(say) }
  },
  stays: ({ id, share, a_day, busiest }, say) => {
    const rule = SUGGESTION_RULES.stays
    const text = say('payments.stays_text', {
      share: percent(share),
      least: percent(rule.share),
      a_day: perDay(a_day),
      least_a_day: rule.a_day,
      busiest: percent(busiest),
      most: percent(rule.spread),
    })
    return { id, title: say('payments.stays'), text, ...content(say) }
  },
  quiet: ({ id, an_hour, around, share }, say) => {
    const rule = SUGGESTION_RULES.quiet
    const text = say('payments.quiet_text', {
      from: rule.from,
      to: rule.to,
      an_hour: perDay(an_hour),
      around: perDay(around),
      share: percent(share),
      most: percent(rule.share),
    })
    return { id, title: say('payments.quiet'), text, ...content(say) }
  },
}

const suggestionView = <Id extends Suggestion['id']>(one: Extract<Suggestion, { id: Id }>, say: Say): SuggestionView =>
  SAID[one.id as Id](one, say)

/** "30 天收款 1,240 笔，网页支付 62%"; null: no bill was ever here, so that there is nothing to open the page for. */
export function paymentsLine(payments: Payments, say: Say): string | null {
  if (payments.as_of === null) return null
  const count = total(payments)
  if (count === 0) return say('payments.line_few')
  return say('payments.line', {
    days: payments.days_known,
    count,
    share: percent(webPayments(payments) / count),
  })
}

export interface OwnerCard {
  title: string
  bars: { hour: number; height: number }[]
  labels: string[]
  spoken: string
  points: { icon: string; text: string }[]
  foot: string
}

/** The card of 讲给商户听: when the shop is paid, without a count. Null where nothing may be told. */
export function ownerCard(payments: Payments, shop: ShopFacts, say: Say): OwnerCard | null {
  const { hours } = payments
  if (hours === null || total(payments) === 0) return null
  const most = Math.max(...hours)
  const busiest = hours.indexOf(most)
  const share = loadsShare(payments)
  return {
    title: say('payments.owner_title'),
    bars: hours.map((count, hour) => ({ hour, height: height(count, most) })),
    labels: [0, 6, 12, 18, 24].map(hour => say('payments.hour', { hour })),
    spoken: say('payments.owner_busiest', { from: busiest, to: busiest + 1 }),
    points: [
      { icon: 'clock-o', text: say('payments.owner_busiest', { from: busiest, to: busiest + 1 }) },
      ...(share === null ? [] : [{ icon: 'bill-o', text: say('payments.owner_seen', { share: percent(Math.min(1, share)) }) }]),
      ...suggestionsFor(payments, shop)
        .filter(({ id }) => id !== 'loads')
        .map(({ id }) => ({ icon: 'passed', text: say(`payments.owner_${id as 'lunch' | 'stays' | 'quiet'}`) })),
    ],
    foot: say('payments.items'),
  }
}
