// Times as people read them: in China, whatever the phone's zone is.
import { chinaClock, startOfChinaDay } from '../shared/china-time'
import type { Say } from '../words/say'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const two = (n: number) => String(n).padStart(2, '0')

/** "14:05" */
export function clockTime(at: number): string {
  const date = chinaClock(at)
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
}

/** Whether both moments (ms) are on one day in Shanghai. */
export const sameDay = (one: number, other: number): boolean => startOfChinaDay(one) === startOfChinaDay(other)

/** "11月20日 14:05", with the year when it is not this one; "今天 14:05" on the same day. `at` ISO 8601 or milliseconds. */
export function absoluteTime(at: string | number, now: number, say: Say, { today = false } = {}): string {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  const date = chinaClock(ms)
  const time = clockTime(ms)
  const sameYear = date.getUTCFullYear() === chinaClock(now).getUTCFullYear()
  if (today && sameDay(ms, now)) return say('time.today', { time })
  const values = {
    year: String(date.getUTCFullYear()),
    month: date.getUTCMonth() + 1,
    month_name: MONTHS[date.getUTCMonth()] ?? '',
    day: date.getUTCDate(),
    time,
  }
  return say(sameYear ? 'time.date' : 'time.date.year', values)
}

/** "11月20日", with the year when it is not this one: where the hour would not fit. */
export function dayOf(at: string | number, now: number, say: Say): string {
  return absoluteTime(at, now, say).replace(/ \d\d:\d\d$/, '')
}

/** How long: "5 分钟", "3 小时", "3 天"; null under a minute. Always rounded down: an age is never overstated. */
export function duration(ms: number, say: Say): string | null {
  if (ms < MINUTE) return null
  if (ms < HOUR) return say('time.minutes', { n: Math.floor(ms / MINUTE) })
  if (ms < DAY) return say('time.hours', { n: Math.floor(ms / HOUR) })
  return say('time.days', { n: Math.floor(ms / DAY) })
}

/** "3 天前", "刚刚" */
export function relativeTime(at: string | number, now: number, say: Say): string {
  const age = duration(now - (typeof at === 'number' ? at : Date.parse(at)), say)
  return age === null ? say('time.now') : say('time.ago', { age })
}

/** What is left of a lock: "21小时", "59分钟". Rounded up, so that it never promises too early. */
export function timeLeft(ms: number, say: Say): string {
  if (ms > 59 * MINUTE) return say('time.hours.left', { n: Math.ceil(ms / HOUR) })
  return say('time.minutes.left', { n: Math.max(1, Math.ceil(ms / MINUTE)) })
}
