// What a step says: errors, what grew after the first minute, and where the time of the processors went. Pure.
import { isFlat, riseOf, type Rise } from './flat.ts'
import type { Look } from './samples.ts'
import type { Step } from './run.ts'
import { figuresByEndpoint, type EndpointFigures } from './tally.ts'

/** Looks before this many seconds are the beginning: caches fill, everybody logs in. */
export const settledAfter = 60
/** shorter than this behind it, a line says nothing */
const judgedSeconds = 120

interface Course {
  what: string
  unit: string
  /** at the first look after a minute */
  held: number
  /** where its line begins a minute after the start, and ends */
  rise: Rise
  flat: boolean
}

/** Of memory 32 MB, of connections and sockets so many may come and go in any run. */
const least = { memory: 32, connections: 2, files: 50 }

/** @returns null: the step was too short to tell */
export function coursesOf({ looks, seconds }: Pick<Step, 'looks' | 'seconds'>): Course[] | null {
  if (seconds < settledAfter + judgedSeconds) return null
  const settled = looks.filter(({ at }) => at >= settledAfter)
  const course = (what: string, unit: string, atLeast: number, value: (look: Look) => number | undefined): Course[] => {
    const samples = settled.flatMap(look => {
      const one = value(look)
      return one === undefined || Number.isNaN(one) ? [] : [{ at: look.at, value: one }]
    })
    const rise = riseOf(samples)
    return rise ? [{ what, unit, held: samples[0]!.value, rise, flat: isFlat(rise, samples[0]!.value, atLeast) }] : []
  }
  const names = Object.keys(looks[0]?.backends ?? {})
  return [
    ...names.flatMap(name => course(`memory of process ${name}`, 'MB', least.memory, ({ backends }) => backends[name]?.rss)),
    ...names.flatMap(name => course(`open sockets and files of process ${name}`, '', least.files, ({ backends }) => backends[name]?.files)),
    ...course('connections to PostgreSQL', '', least.connections, ({ connections }) => connections),
  ]
}

interface Load {
  who: string
  /** cores, on average from the end of the logins to the end */
  cores: number
}

/** What is no part of the run: with much of it, its figures are of a machine that did something else. */
export const otherPrograms = 'other programs'
/** cores: below it is what any machine does */
const leastOthers = 0.1

/** Where the processors' time went, the largest first. */
export function loadsOf({ looks, options }: Pick<Step, 'looks' | 'options'>): Load[] {
  const from = looks.find(({ at }) => at >= options.rampSeconds) ?? looks[0]
  const to = looks.at(-1)
  if (!from || !to || to.at <= from.at) return []
  const per = (before: number | null | undefined, after: number | null | undefined) =>
    typeof before === 'number' && typeof after === 'number' ? (after - before) / (to.at - from.at) : Number.NaN
  const loads = [
    ...Object.keys(from.backends).map(name => ({
      who: `backend ${name}`,
      cores: per(from.backends[name]?.cpu, to.backends[name]?.cpu),
    })),
    { who: 'PostgreSQL', cores: per(from.cpu.postgresql, to.cpu.postgresql) },
    { who: 'the phones', cores: per(from.cpu.clients, to.cpu.clients) },
    { who: 'sandbox and harness', cores: per(from.cpu.harness, to.cpu.harness) },
  ]
  const known = loads.filter(({ cores }) => !Number.isNaN(cores))
  const others = per(from.cpu.machine, to.cpu.machine) - known.reduce((sum, { cores }) => sum + cores, 0)
  return [...known, ...(others > leastOthers ? [{ who: otherPrograms, cores: others }] : [])].toSorted(
    (one, other) => other.cores - one.cores,
  )
}

/** p99 in which somebody feels that it does not answer */
const bentAbove = 1_000
/** Of fewer, the slowest is the p99. */
const fewest = 20

/** @returns what shows that it bends; empty: it does not */
export function signsOfBending(step: Pick<Step, 'tally'>): string[] {
  const slow = figuresByEndpoint(step.tally).filter(({ count, p99 }) => count >= fewest && p99 > bentAbove)
  return [
    ...slow.map(({ endpoint, p99 }: EndpointFigures) => `${endpoint}: p99 ${Math.round(p99)} ms`),
    ...[...step.tally.errorCounts].map(([what, count]) => `${count} × ${what}`),
  ]
}

/** Above this share of all cores everything waits for a processor. */
const busyShare = 0.9
const late = 100

/** What was used up, as far as the figures tell; the first named is the narrowest. */
export function usedUp(step: Pick<Step, 'looks' | 'options' | 'tally' | 'clientsLag'>, cores: number): string[] {
  const loads = loadsOf(step)
  const all = loads.reduce((sum, load) => sum + load.cores, 0)
  const settled = step.looks.filter(({ at }) => at >= Math.min(settledAfter, step.options.rampSeconds))
  const middle = (values: number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
  const names = Object.keys(settled[0]?.backends ?? {})
  const of = (name: string, value: 'lag' | 'waiting') => middle(settled.flatMap(({ backends }) => backends[name]?.[value] ?? []))
  const refused = (status: string) => [...step.tally.errorCounts].filter(([what]) => what.includes(` ${status}`))
  return [
    ...refused('429').map(([what, count]) => `our own limit of requests: ${count} × ${what}`),
    ...refused('503 OVERLOADED').map(([what, count]) => `our own room for what waits: ${count} × ${what}`),
    ...(all > busyShare * cores
      ? [
          `the processors: ${all.toFixed(2)} of ${cores} cores, of which ${loads.map(({ who, cores: of }) => `${who} ${of.toFixed(2)}`).join(', ')}`,
        ]
      : []),
    ...names
      .filter(name => of(name, 'lag') > late)
      .map(name => `the event loop of process ${name}: ${Math.round(of(name, 'lag'))} ms late (p99)`),
    ...names
      .filter(name => of(name, 'waiting') > 0)
      .map(name => `connections to PostgreSQL: ${of(name, 'waiting')} requests of process ${name} wait for one`),
    ...(step.clientsLag > late ? [`the phones themselves: ${Math.round(step.clientsLag)} ms late (p99), so the figures are too high`] : []),
  ]
}
