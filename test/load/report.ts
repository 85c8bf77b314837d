// A step as lines for a person.
import { availableParallelism } from 'node:os'
import { coursesOf, loadsOf, otherPrograms, settledAfter, signsOfBending, usedUp } from './judgement.ts'
import type { Look } from './samples.ts'
import type { Step } from './run.ts'
import { figuresByEndpoint } from './tally.ts'

/** errors of one kind that are shown each by itself */
const shownOfAKind = 3

const number = (value: number, width: number, digits = 0) => (Number.isNaN(value) ? '–' : value.toFixed(digits)).padStart(width)

export function stepLines(step: Step): string[] {
  const { options, seconds, tally } = step
  const answers = [...tally.times.values()].reduce((sum, times) => sum + times.length, 0)
  return [
    `${options.phones} phones, ${seconds.toFixed(0)} s (everybody logged in after ${options.rampSeconds}), pace ${options.pace}, seed ${options.seed}: ${answers} answers, ${(answers / seconds).toFixed(1)}/s`,
    `  done: ${[...tally.acts].map(([act, times]) => `${act} ${times}`).join(', ')}`,
    ...endpointLines(step),
    ...processLines(step),
    ...verdictLines(step),
  ]
}

function endpointLines({ tally }: Step): string[] {
  const rows = figuresByEndpoint(tally).toSorted((one, other) => other.count - one.count)
  return [
    '  ms                     count      p50      p95      p99      max  errors',
    ...rows.map(
      ({ endpoint, count, p50, p95, p99, max, errors }) =>
        `  ${endpoint.padEnd(20)}${number(count, 8)}${[p50, p95, p99, max].map(ms => number(ms, 9, 1)).join('')}${number(errors, 8)}`,
    ),
    ...[...tally.refusals].map(([what, times]) => `  refused as it should be: ${what}, ${times} times`),
    ...[...tally.errorCounts].flatMap(([kind, times]) => [
      `  error: ${kind}, ${times} times`,
      ...tally.firstErrors
        .filter(({ endpoint, what }) => `${endpoint}: ${what}` === kind)
        .slice(0, shownOfAKind)
        .map(({ request_id, phone }) => `    request ${request_id}, phone ${phone}`),
    ]),
  ]
}

function processLines(step: Step): string[] {
  const { looks } = step
  const settled = looks.find(({ at }) => at >= settledAfter) ?? looks[0]
  const last = looks.at(-1)
  if (!settled || !last) return []
  const most = (value: (look: Look) => number | undefined) => Math.max(...looks.flatMap(look => value(look) ?? []))
  const cores = availableParallelism()
  const loads = loadsOf(step)
  const own = loads.filter(({ who }) => who !== otherPrograms).reduce((sum, load) => sum + load.cores, 0)
  const all = loads.reduce((sum, load) => sum + load.cores, 0)
  return [
    ...Object.keys(last.backends).map(name => {
      const [then, now] = [settled.backends[name], last.backends[name]!]
      return (
        `  backend ${name}: memory ${then?.rss ?? '–'} MB after ${settled.at.toFixed(0)} s, ${now.rss} at the end; event loop p99 at worst ${most(({ backends }) => backends[name]?.lag).toFixed(0)} ms; ` +
        `open sockets and files at most ${most(({ backends }) => backends[name]?.files)}, ${now.files} at the end; handles ${now.handles}; ` +
        `waiting for a connection at most ${most(({ backends }) => backends[name]?.waiting)}`
      )
    }),
    `  PostgreSQL: connections at most ${most(({ connections }) => connections)}, ${last.connections} at the end; busy at most ${most(({ busy }) => busy)}`,
    `  processors: ${all.toFixed(2)} of ${cores} cores: ${loads.map(({ who, cores: of }) => `${who} ${of.toFixed(2)}`).join(', ')}`,
    `  the phones took ${(100 * ((loads.find(({ who }) => who === 'the phones')?.cores ?? Number.NaN) / own)).toFixed(0)} % of what the run used, in ${step.clients} processes that were ${step.clientsLag.toFixed(0)} ms late (p99)`,
  ]
}

function verdictLines(step: Step): string[] {
  const courses = coursesOf(step)
  return [
    `  ${step.tally.errors === 0 ? 'met' : 'missed'}: errors ${step.tally.errors}, aim 0`,
    ...(courses ?? []).map(
      ({ what, unit, held, rise, flat }) =>
        `  ${flat ? 'met' : 'missed'}: ${what} flat after the first minute: ${Math.round(rise.from)} to ${Math.round(rise.to)} ${unit}`.trimEnd() +
        ` by its line (noise ${rise.noise.toFixed(1)}; ${held} then)`,
    ),
    ...(courses === null ? ['  whether anything grows is told from three minutes on'] : []),
  ]
}

/** What bent, and what was used up first. */
export function bendLines(step: Step): string[] {
  const signs = signsOfBending(step)
  if (signs.length === 0) return []
  const reasons = usedUp(step, availableParallelism())
  return [
    `it bends at ${step.options.phones} phones:`,
    ...signs.slice(0, 12).map(sign => `  ${sign}`),
    `what is used up${reasons.length > 1 ? ', the narrowest first' : ''}:`,
    ...(reasons.length > 0 ? reasons : ['nothing that these figures show']).map(reason => `  ${reason}`),
  ]
}
