// What the page of 小票加载 draws: a finding, four figures, two plots by day with their table, and the shops in trouble.
import type { ReceiptHealth, ReceiptMetrics } from '../../../../typings/api'
import { absoluteTime, DAY, dayOf } from '../../../rules/relative-time'
import { grouped } from '../../../shared/fill'
import type { Say } from '../../../words/say'
import './words'
import '../words/words'
import { CHINA_OFFSET, chinaDay } from '../../../shared/china-time'

export type RangeDays = 7 | 30
type Figures = ReceiptHealth['total']
type CheckCode = ReceiptHealth['check_code']

/** What is said in red: one in twenty customers. */
const NOTABLE = 0.05
/** WeChat shows its error page after so many ms without onIframeReady */
const WECHAT_WAITS = 3_000

/** Days in Shanghai, both included, today the last. `now` ms. */
export function rangeOf(days: RangeDays, now: number): { from: string; to: string } {
  return { from: chinaDay(now - (days - 1) * DAY), to: chinaDay(now) }
}

const share = (part: number, of: number): number | null => (of === 0 ? null : part / of)
/** Of loads whose code could be judged. */
const wrongShare = ({ valid, invalid }: Pick<Figures, 'valid' | 'invalid'>): number | null => share(invalid, valid + invalid)
/** Of loads that told how long they took. */
const lateShare = ({ over_3s, beacons }: Pick<Figures, 'over_3s' | 'beacons'>): number | null => share(over_3s, beacons)
/** Of all loads: the order system knew no order or did not answer, so that the customer saw the official receipt. */
const sourceShare = ({ unknown_order, source_failed, loads }: Pick<Figures, 'unknown_order' | 'source_failed' | 'loads'>) =>
  share(unknown_order + source_failed, loads)

/** "12%", "<1%", ">99%", "0%": nothing is said to be none or all that is not */
export function percent(part: number): string {
  if (part > 0 && part < 0.01) return '<1%'
  if (part > 0.99 && part < 1) return '>99%'
  return `${Math.round(part * 100)}%`
}
/** "0.8": seconds to one place, rounded up, so that 3.04 s is not said to be in time. Whole steps stay: 800 ms is 0.8 */
export const seconds = (ms: number): string => (Math.ceil(ms / 100) / 10).toFixed(1)

/** Days whose trouble is said first: what began yesterday is not hidden by a good month. */
const LATELY = 3

const sumOf = (days: readonly Figures[]): Figures =>
  days.reduce<Figures>(
    (sum, one) => ({
      loads: sum.loads + one.loads,
      valid: sum.valid + one.valid,
      invalid: sum.invalid + one.invalid,
      pending: sum.pending + one.pending,
      unknown_order: sum.unknown_order + one.unknown_order,
      source_failed: sum.source_failed + one.source_failed,
      shown: sum.shown + one.shown,
      beacons: sum.beacons + one.beacons,
      over_3s: sum.over_3s + one.over_3s,
      ready_ms_p95: null,
    }),
    {
      loads: 0,
      valid: 0,
      invalid: 0,
      pending: 0,
      unknown_order: 0,
      source_failed: 0,
      shown: 0,
      beacons: 0,
      over_3s: 0,
      ready_ms_p95: null,
    },
  )

export type Trouble = 'late' | 'wrong' | 'source'

/**
 * What is worst, with its share; null while nothing is notable. A wrong code counts only where a right one was ever seen: before, the rule itself is in
 * doubt (product.md F8).
 */
export function troubleOf(figures: Figures, check_code: CheckCode): { kind: Trouble; share: number } | null {
  const shares: [Trouble, number | null][] = [
    ['late', lateShare(figures)],
    ['wrong', check_code === 'matched' ? wrongShare(figures) : null],
    ['source', sourceShare(figures)],
  ]
  const worst = shares.reduce<{ kind: Trouble; share: number } | null>(
    (most, [kind, part]) => (part !== null && part >= NOTABLE && part > (most?.share ?? 0) ? { kind, share: part } : most),
    null,
  )
  return worst
}

export interface HealthView {
  /** nobody loaded the page in this range */
  empty: boolean
  /** one sentence: what the numbers say */
  finding: string
  trouble: boolean
  figures: { id: string; value: string; unit: string; label: string; bad: boolean }[]
  days: DayBar[]
  /** at most 4 days below the bars */
  labels: string[]
  most: string
  /** % of the height of the second plot where 3 s are */
  limit: number
  spoken_loads: string
  spoken_times: string
  table: { day: string; text: string }[]
  /** check_code 未能验证; empty when it is */
  unverified: string
  /** "更新于 今天 14:05" */
  as_of: string
  last_valid: string
}
interface DayBar {
  day: string
  /** % of the plot's height */
  loads: number
  /** of that, without the merchant's receipt, % of the bar */
  lost: number
  /** % of the plot's height; 0 without times */
  time: number
  late: boolean
}

export function healthView(health: ReceiptHealth, now: number, say: Say): HealthView {
  const { total, days, check_code, as_of, last_valid_at } = health
  const lately = sumOf(days.slice(-LATELY))
  const recent = troubleOf(lately, check_code)
  const trouble = recent ?? troubleOf(total, check_code)
  const most = Math.max(1, ...days.map(({ loads }) => loads))
  const slowest = Math.max(WECHAT_WAITS * 1.2, ...days.map(({ ready_ms_p95 }) => ready_ms_p95 ?? 0))
  const short = (day: string) => dayOf(`${day}T00:00:00${CHINA_OFFSET}`, now, say)
  const busiest = days.reduce<(typeof days)[number] | undefined>((top, one) => (one.loads > (top?.loads ?? 0) ? one : top), undefined)
  return {
    empty: total.loads === 0,
    finding:
      recent && days.length > LATELY
        ? say('receipt_health.lately', { days: LATELY, finding: findingText(recent, total, say) })
        : findingText(trouble, total, say),
    trouble: trouble !== null,
    figures: figureCells(total, check_code, say),
    days: days.map(one => ({
      day: one.day,
      loads: height(one.loads, most),
      lost: Math.round((sourceShare(one) ?? 0) * 100 + (share(check_code === 'matched' ? one.invalid : 0, one.loads) ?? 0) * 100),
      time: height(one.ready_ms_p95 ?? 0, slowest),
      late: (one.ready_ms_p95 ?? 0) > WECHAT_WAITS,
    })),
    labels: labelled(days.map(({ day }) => day)).map(short),
    most: say('receipt_health.times', { count: most }),
    limit: height(WECHAT_WAITS, slowest),
    spoken_loads: busiest ? say('receipt_health.spoken_loads', { day: short(busiest.day), count: busiest.loads, total: total.loads }) : '',
    spoken_times: say('receipt_health.spoken_times', { days: days.filter(one => (one.ready_ms_p95 ?? 0) > WECHAT_WAITS).length }),
    table: [...days].reverse().map(one => ({ day: short(one.day), text: dayText(one, check_code, say) })),
    unverified: check_code === 'never_matched' ? say('receipt_health.unverified') : '',
    as_of: say('receipt_health.as_of', { time: absoluteTime(as_of, now, say, { today: true }) }),
    last_valid:
      last_valid_at === null ? '' : say('receipt_health.last_valid', { time: absoluteTime(last_valid_at, now, say, { today: true }) }),
  }
}

/** Something that is there is never drawn as nothing. */
const height = (value: number, most: number): number => (value === 0 ? 0 : Math.max(3, Math.round((value / most) * 100)))

/** First, last and up to two between, in even steps. */
export function labelled(days: readonly string[]): string[] {
  const last = days.length - 1
  const steps = Math.min(3, last)
  return Array.from({ length: steps + 1 }, (_, step) => days[steps === 0 ? 0 : Math.round((last * step) / steps)]!)
}

function findingText(trouble: ReturnType<typeof troubleOf>, total: Figures, say: Say): string {
  if (total.loads === 0) return say('receipt_health.finding_none')
  if (trouble) return say(`receipt_health.finding_${trouble.kind}`, { share: percent(trouble.share) })
  return say(total.beacons === 0 ? 'receipt_health.finding_untimed' : 'receipt_health.finding_fine')
}

function figureCells(total: Figures, check_code: CheckCode, say: Say): HealthView['figures'] {
  const wrong = check_code === 'never_matched' ? null : wrongShare(total)
  const late = lateShare(total)
  const none = say('receipt_health.no_value')
  const cell = (id: 'loads' | 'wrong' | 'p95' | 'late', value: string | null, bad: boolean, unit = '') => ({
    id,
    value: value ?? none,
    unit: value === null ? '' : unit,
    label: say(`receipt_health.figure_${id}`),
    bad,
  })
  const p95 = total.ready_ms_p95
  return [
    cell('loads', grouped(total.loads), false, say('receipt_health.unit_times')),
    cell('wrong', wrong === null ? null : percent(wrong), check_code === 'matched' && (wrong ?? 0) >= NOTABLE),
    cell('p95', p95 === null ? null : seconds(p95), (p95 ?? 0) > WECHAT_WAITS, say('receipt_health.unit_seconds')),
    cell('late', late === null ? null : percent(late), (late ?? 0) >= NOTABLE),
  ]
}

/** "132 次，check_code 不对 2%，0.8 秒，超过 3 秒 1%" */
function dayText(one: Figures, check_code: CheckCode, say: Say): string {
  if (one.loads === 0) return say('receipt_health.day_none')
  const wrong = check_code === 'matched' ? wrongShare(one) : null
  const late = lateShare(one)
  return [
    say('receipt_health.times', { count: one.loads }),
    ...(one.ready_ms_p95 === null ? [] : [say('receipt_health.seconds', { seconds: seconds(one.ready_ms_p95) })]),
    ...(late ? [say('receipt_health.day_late', { share: percent(late) })] : []),
    ...(wrong ? [say('receipt_health.day_wrong', { share: percent(wrong) })] : []),
    ...(one.unknown_order + one.source_failed > 0
      ? [say('receipt_health.day_source', { count: one.unknown_order + one.source_failed })]
      : []),
  ].join(say('troubleshoot.separator'))
}

/** "近 7 天 132 次加载 · 0.8 秒"; without loads that nobody loaded it. */
export function receiptLine({ total }: Pick<ReceiptHealth, 'total'>, say: Say): string {
  if (total.loads === 0) return say('receipt_health.line_none')
  if (total.ready_ms_p95 === null) return say('receipt_health.line_untimed', { count: total.loads })
  return say('receipt_health.line', { count: total.loads, seconds: seconds(total.ready_ms_p95) })
}

export interface MetricsView {
  empty: boolean
  finding: string
  trouble: boolean
  figures: HealthView['figures']
  rows: { sub_mchid: string; name: string; tail: string; text: string; mark: string }[]
  unverified: string
  as_of: string
}
type MerchantRow = ReceiptMetrics['rows'][number]

/** What customers of a shop missed, of all they loaded; the larger of two shops in equal trouble comes first. */
export function worstFirst(rows: readonly MerchantRow[], check_code: CheckCode): MerchantRow[] {
  const badness = (row: MerchantRow) => troubleOf(row, check_code)?.share ?? 0
  return [...rows].sort((one, other) => badness(other) - badness(one) || other.loads - one.loads)
}

export function metricsView(metrics: ReceiptMetrics, now: number, say: Say): MetricsView {
  const { total, rows, check_code, as_of } = metrics
  const troubled = rows.filter(row => troubleOf(row, check_code) !== null).length
  return {
    empty: total.loads === 0,
    finding:
      total.loads === 0
        ? say('receipt_health.finding_none')
        : say(troubled === 0 ? 'receipt_health.all_fine' : 'receipt_health.all_troubled', { count: troubled, total: rows.length }),
    trouble: troubled > 0,
    figures: figureCells(total, check_code, say),
    rows: worstFirst(rows, check_code).flatMap(row => {
      if (row.sub_mchid === null) return []
      const trouble = troubleOf(row, check_code)
      return [
        {
          sub_mchid: row.sub_mchid,
          name: row.name ?? row.sub_mchid,
          tail: row.sub_mchid.slice(-4),
          text: receiptText(row, say),
          mark: trouble ? say(`receipt_health.mark_${trouble.kind}`, { share: percent(trouble.share) }) : '',
        },
      ]
    }),
    unverified: check_code === 'never_matched' ? say('receipt_health.unverified') : '',
    as_of: say('receipt_health.as_of', { time: absoluteTime(as_of, now, say, { today: true }) }),
  }
}

const receiptText = ({ loads, ready_ms_p95 }: Figures, say: Say): string =>
  [
    say('receipt_health.times', { count: loads }),
    ...(ready_ms_p95 === null ? [] : [say('receipt_health.seconds', { seconds: seconds(ready_ms_p95) })]),
  ].join(' · ')
