// Which payments may be told, and which of them together (product.md §5.7), so that two answers differ by nothing that is smaller than what may be told.
// Pure: what is told of a day depends on bills alone, never on what was asked for.
import { dayLater } from '../../http/days.ts'

/** payments: with fewer, nothing is told of them, and orders say nothing (product.md §5.3) */
export const leastPayments = 20

/** A day whose bill is here, also one on which nobody paid. */
export interface CountedDay {
  /** 2026-11-28 */
  day: string
  payments: number
  refunds: number
}

/** Days that are told together or not at all: one day, or small days of a week or of four; oldest first. */
export type Unit<T extends CountedDay> = readonly T[]

/** days that are told where none are asked for */
export const daysTold = 30
const weekDays = 7
const spanDays = 4 * weekDays
/** a Monday */
const firstMonday = '2020-01-06'
const dayMs = 86_400_000

const startOf = (day: string, length: number): string => {
  const passed = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${firstMonday}T00:00:00Z`)) / dayMs)
  return dayLater(day, -(((passed % length) + length) % length))
}
/** The Monday of its week. */
export const weekOf = (day: string): string => startOf(day, weekDays)
/** The first day of its four weeks, whose borders are the same for everybody. */
const spanOf = (day: string): string => startOf(day, spanDays)

/**
 * The first day of which payments of shops are kept: six times four weeks, and those that today is in, so that no four are kept in part. Days before are read by
 * nobody, also while they are still there.
 */
export const keptFrom = (today: string): string => dayLater(spanOf(today), -6 * spanDays)
/** The same of the sums of districts, which are small, and of the days themselves: sixty weeks, so that a month has that of the year before beside it. */
export const sumsKeptFrom = (today: string): string => dayLater(weekOf(today), -60 * weekDays)

/** Days that have to be known so that it can be said what may be told of those. */
export const aroundRange = ({ from, to }: { from: string; to: string }) => ({ from: spanOf(from), to: dayLater(spanOf(to), spanDays - 1) })
/** The same where no days are asked for: the four weeks that the first of the newest thirty is in, and those since. */
export const aroundNewest = (day: string) => ({ from: spanOf(dayLater(day, -daysTold)), to: day })

const sum = (days: readonly CountedDay[]): number => days.reduce((all, { payments }) => all + payments, 0)

function groups<T extends { day: string }>(days: readonly T[], startOfDay: (day: string) => string): T[][] {
  const found = new Map<string, T[]>()
  for (const one of days) {
    const start = startOfDay(one.day)
    found.set(start, [...(found.get(start) ?? []), one])
  }
  return [...found.values()]
}

/** Told by itself, as soon as its bill is here; also a day on which nothing happened. */
const isToldAlone = ({ payments, refunds }: CountedDay): boolean => payments >= leastPayments || (payments === 0 && refunds === 0)

/**
 * A day with twenty payments by itself. Days with fewer are told with those of the same week, once all seven are known and where they have twenty together; what
 * is left of four weeks in the same way, once all 28 are known. What is in no unit is not told.
 * @param days known ones, oldest first, at least all of the four weeks that any of them is in
 */
export function unitsOf<T extends CountedDay>(days: readonly T[]): Unit<T>[] {
  const isEnough = (some: readonly T[]) => sum(some) >= leastPayments
  return groups(days, spanOf).flatMap(span => {
    const weeks = groups(span, weekOf).filter(week => week.length === weekDays)
    const small = weeks.map(week => week.filter(one => !isToldAlone(one)))
    const rest = small.filter(week => !isEnough(week)).flat()
    const isWhole = span.length === spanDays
    return [...span.filter(isToldAlone).map(one => [one]), ...small.filter(isEnough), ...(isWhole && isEnough(rest) ? [rest] : [])]
  })
}

/**
 * Of the units, those that lie within the days asked for; without such the newest that make up thirty days.
 * @returns their days, oldest first
 */
export function chosen<T extends CountedDay>(units: readonly Unit<T>[], asked: { from: string; to: string } | null): Unit<T>[] {
  const last = (unit: Unit<T>) => unit.at(-1)!.day
  if (asked) return units.filter(unit => unit[0]!.day >= asked.from && last(unit) <= asked.to)
  const newestFirst = units.toSorted((one, other) => (last(one) < last(other) ? 1 : -1))
  let known = 0
  return newestFirst.filter(unit => {
    if (known >= daysTold) return false
    known += unit.length
    return true
  })
}
