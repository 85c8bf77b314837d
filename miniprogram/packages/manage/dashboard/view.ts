// A dashboard as it is drawn: bars, columns and the same numbers as tables. Each number names the list behind it.
import type { Dashboard, Mark, VerdictState } from '../../../../typings/api'
import { proofLabel } from '../../../rules/evidence-copy'
import { districtOf } from '../../../rules/region'
import { dayOf } from '../../../rules/relative-time'
import { STATE_ORDER, stateKey, stateShortKey } from '../../../rules/states'
import { CHINA_OFFSET } from '../../../shared/china-time'
import { grouped } from '../../../shared/fill'
import type { Say } from '../../../words/say'
import { shopsPage, type FilterNames } from '../shops/filter'
import '../shops/words'
import { wholePercent } from '../shared/percent'
import './words'

interface Cell {
  id: string
  text: string
  /** page with as many rows; '' where there is no number */
  url: string
  /** to a screen reader */
  spoken: string
}
export interface PlotRow {
  id: string
  label: string
  /** VerdictState with a glyph; '' for what is none */
  state: VerdictState | ''
  /** share of the longest bar, per cent */
  width: number
  /** the first is what the bar is of */
  cells: Cell[]
}
export interface Plot {
  id: string
  title: string
  note: string
  /** colour of the bars: that of a state, or none */
  tone: VerdictState | 'plain'
  /** name of the rows, then of each number */
  heads: string[]
  rows: PlotRow[]
}
interface Column extends Cell {
  /** share of the highest, per cent; a few shops are still seen */
  height: number
  label: string
}
/** One of the two panels of the twelve weeks, each with its own scale. */
export interface Panel {
  id: 'verified' | 'regressed'
  title: string
  /** as it is today */
  last: string
  columns: Column[]
}

interface Reader {
  say: Say
  /** of the server (ms) */
  now: number
}

/** Of the longest, per cent; a single shop among thousands has some. */
const share = (count: number, most: number): number => (count === 0 ? 0 : Math.max(0.1, Math.round((count / most) * 1_000) / 10))

function cellOf(id: string, label: string, { filter, count }: Mark, names: FilterNames, { say }: Reader): Cell {
  return { id, text: grouped(count), url: shopsPage(filter, names), spoken: say('dashboard.opens', { label, count }) }
}

interface Bar {
  id: string
  label: string
  state?: VerdictState
  /** the first is what the bar is of */
  marks: readonly Mark[]
  names?: FilterNames
}

/** @param names what the filters of all bars have in common */
function plotOf(
  { note = '', tone = 'plain', ...frame }: Pick<Plot, 'id' | 'title' | 'heads'> & Partial<Pick<Plot, 'note' | 'tone'>>,
  bars: readonly Bar[],
  names: FilterNames,
  reader: Reader,
): Plot {
  const most = Math.max(0, ...bars.map(({ marks }) => marks[0]!.count))
  const cellsOf = (bar: Bar) =>
    bar.marks.map((mark, index) => {
      const label = bar.marks.length > 1 ? `${bar.label} ${frame.heads[index + 1]!}` : bar.label
      return cellOf(`${frame.id}-${bar.id}-${index}`, label, mark, { ...names, ...bar.names }, reader)
    })
  return {
    ...frame,
    note,
    tone,
    rows: bars.map(bar => ({
      id: bar.id,
      label: bar.label,
      state: bar.state ?? '',
      width: share(bar.marks[0]!.count, most),
      cells: cellsOf(bar),
    })),
  }
}

export function plotsOf(dashboard: Dashboard, reader: Reader): Plot[] {
  const names: FilterNames = dashboard.region ? { region: dashboard.region.name } : {}
  const plots = [
    statesPlot(dashboard, names, reader),
    regionsPlot(dashboard, names, reader),
    staffPlot(dashboard, names, reader),
    freshnessPlot(dashboard, names, reader),
    seenPlot(dashboard, names, reader),
    readyPlot(dashboard, names, reader),
  ]
  return plots.filter(({ rows }) => rows.length > 0)
}

/** Heads of the three figures of a region or a person: how many are missing, 已迁移, of how many. */
const progressHeads = (say: Say) => [say('dashboard.missing'), say(stateShortKey('verified')), say('dashboard.of')]

function statesPlot(dashboard: Dashboard, names: FilterNames, reader: Reader): Plot {
  const { say } = reader
  const states = STATE_ORDER.flatMap(state => dashboard.states.filter(one => one.state === state))
  const rows = states.map(({ state, mark }) => ({ id: state, label: say(stateKey(state)), state, marks: [mark] }))
  const heads = [say('dashboard.state'), say('dashboard.count')]
  return plotOf({ id: 'states', title: say('dashboard.states'), heads }, rows, names, reader)
}
function regionsPlot({ regions }: Dashboard, names: FilterNames, reader: Reader): Plot {
  const { say } = reader
  const rows = regions.map(({ code, name, missing, verified, total }) => ({
    id: code,
    label: districtOf(name),
    marks: [missing, verified, total],
    names: { region: name },
  }))
  const frame = {
    id: 'regions',
    title: say('dashboard.regions'),
    heads: [say('dashboard.region'), ...progressHeads(say)],
    tone: 'not_migrated' as const,
    note: say('dashboard.missing_note'),
  }
  return plotOf(frame, rows, names, reader)
}
function staffPlot({ staff, staff_more }: Dashboard, names: FilterNames, reader: Reader): Plot {
  const { say } = reader
  const rows = staff.map(({ id, name, missing, verified, total }) => ({
    id: id ?? 'none',
    label: id === null ? say('shops.nobody') : (name ?? id),
    marks: [missing, verified, total],
    names: { person: name ?? '' },
  }))
  const frame = {
    id: 'staff',
    title: say('dashboard.staff'),
    heads: [say('dashboard.person'), ...progressHeads(say)],
    tone: 'not_migrated' as const,
    note: staff_more > 0 ? say('dashboard.staff_more', { count: staff_more }) : '',
  }
  return plotOf(frame, rows, names, reader)
}
function freshnessPlot({ freshness }: Dashboard, names: FilterNames, reader: Reader): Plot {
  const { say } = reader
  const rows = freshness.map(({ band, mark }) => ({ id: band, label: say(`dashboard.${band}`), marks: [mark] }))
  const frame = {
    id: 'freshness',
    title: say('dashboard.freshness'),
    heads: [say('dashboard.age'), say('dashboard.count')],
    tone: 'verified' as const,
    note: say('dashboard.freshness_note'),
  }
  return plotOf(frame, rows, names, reader)
}
function seenPlot({ seen }: Dashboard, names: FilterNames, reader: Reader): Plot {
  const { say } = reader
  const rows = seen.map(({ proof, mark }) => ({ id: proof.replace(':', '-'), label: proofLabel(proof, say), marks: [mark] }))
  const frame = {
    id: 'seen',
    title: say('dashboard.seen'),
    heads: [say('dashboard.page'), say('dashboard.count')],
    note: say('dashboard.seen_note'),
  }
  return plotOf(frame, rows, names, reader)
}
function readyPlot(dashboard: Dashboard, names: FilterNames, reader: Reader): Plot {
  const { say } = reader
  const rows = dashboard.ready.map(({ band, mark }) => ({ id: band, label: say(`dashboard.${band}`), marks: [mark] }))
  const frame = {
    id: 'ready',
    title: readyTitle(dashboard, say),
    heads: [say('dashboard.time'), say('dashboard.count')],
    note: say('dashboard.ready_note'),
  }
  return plotOf(frame, rows, names, reader)
}

/** The share that waits too long is the finding; without any measured one there is none. */
function readyTitle({ ready }: Dashboard, say: Say): string {
  const all = ready.reduce((sum, { mark }) => sum + mark.count, 0)
  if (all === 0) return say('dashboard.ready_none')
  const slow = ready.find(({ band }) => band === 'over_3s')?.mark.count ?? 0
  return say('dashboard.ready', { percent: wholePercent(slow, all) })
}

const dayLabel = (day: string, { say, now }: Reader) => dayOf(`${day}T12:00:00${CHINA_OFFSET}`, now, say)
/** at most four dates stand below the columns */
const labelled = new Set([0, 4, 8, 12])

export function panelsOf({ weeks, region }: Dashboard, reader: Reader): Panel[] {
  const { say } = reader
  const names: FilterNames = region ? { region: region.name } : {}
  return (['verified', 'regressed'] as const).map(id => {
    const most = Math.max(0, ...weeks.map(week => week[id]?.count ?? 0))
    return {
      id,
      title: say(stateKey(id)),
      last: grouped(weeks[weeks.length - 1]?.[id]?.count ?? ''),
      columns: weeks.map((week, index) => {
        const mark = week[id]
        const last = index === weeks.length - 1
        const day = last ? say('dashboard.today') : dayLabel(week.day, reader)
        const cell = mark
          ? cellOf(`${id}-${week.day}`, `${day} ${say(stateKey(id))}`, mark, names, reader)
          : { id: `${id}-${week.day}`, text: '', url: '', spoken: say('dashboard.unknown_day', { day }) }
        return { ...cell, height: mark ? share(mark.count, most) : 0, label: labelled.has(index) ? day : '' }
      }),
    }
  })
}

/** The finding: how many more are 已迁移 than twelve weeks ago. */
export function weeksTitle({ weeks }: Dashboard, say: Say): string {
  const [first, last] = [weeks[0]?.verified, weeks[weeks.length - 1]?.verified]
  if (!first || !last) return say('dashboard.weeks')
  const more = last.count - first.count
  if (more === 0) return say('dashboard.weeks_same')
  return say(more > 0 ? 'dashboard.weeks_more' : 'dashboard.weeks_fewer', { count: Math.abs(more) })
}

/** The weeks as a table, the newest first. */
export function weekRows(dashboard: Dashboard, reader: Reader): PlotRow[] {
  const [verified, regressed] = panelsOf(dashboard, reader)
  return dashboard.weeks
    .map((week, index) => ({
      id: week.day,
      label: index === dashboard.weeks.length - 1 ? reader.say('dashboard.today') : dayLabel(week.day, reader),
      state: '' as const,
      width: 0,
      cells: [verified!, regressed!].map(({ columns }) => {
        const { id, text, url, spoken } = columns[index]!
        return { id: `table-${id}`, text: text || reader.say('dashboard.none'), url, spoken }
      }),
    }))
    .reverse()
}

/** 迁移率: of those that need it and are looked into, as n/N; null where there are none. */
export function rateOf({ states, total }: Dashboard): { percent: string; verified: number; of: number } | null {
  const count = (state: VerdictState) => states.find(one => one.state === state)?.mark.count ?? 0
  const of = total.count - count('not_applicable') - count('unknown')
  return of === 0 ? null : { percent: wholePercent(count('verified'), of), verified: count('verified'), of }
}
