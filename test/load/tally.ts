// What was measured: each duration is kept, so that quantiles are exact and several processes' can be put together. Pure.

interface LoadError {
  endpoint: string
  /** `503 OVERLOADED`, `no answer (ECONNRESET)`, or what is wrong with a body */
  what: string
  request_id: string
  phone: number
}

/** Of one process of clients; goes between processes as it is. */
export interface Tally {
  /** milliseconds by endpoint, from the request to the last byte of the answer */
  times: Map<string, number[]>
  errors: number
  /** the first of them */
  firstErrors: LoadError[]
  /** by endpoint and what */
  errorCounts: Map<string, number>
  /** refusals that a person may meet, by endpoint and code */
  refusals: Map<string, number>
  /** what people did, by name */
  acts: Map<string, number>
}

const keptErrors = 50

export const newTally = (): Tally => ({
  times: new Map(),
  errors: 0,
  firstErrors: [],
  errorCounts: new Map(),
  refusals: new Map(),
  acts: new Map(),
})

const more = (counts: Map<string, number>, name: string, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by)

export function addTime(tally: Tally, endpoint: string, ms: number): void {
  const times = tally.times.get(endpoint)
  if (times) times.push(ms)
  else tally.times.set(endpoint, [ms])
}

export function addError(tally: Tally, error: LoadError): void {
  tally.errors += 1
  more(tally.errorCounts, `${error.endpoint}: ${error.what}`)
  if (tally.firstErrors.length < keptErrors) tally.firstErrors.push(error)
}

export const addRefusal = (tally: Tally, endpoint: string, refusal: string): void => more(tally.refusals, `${endpoint}: ${refusal}`)
export const addAct = (tally: Tally, act: string): void => more(tally.acts, act)

export function summed(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const one of counts) for (const [name, count] of one) more(sum, name, count)
  return sum
}

export function together(tallies: readonly Tally[]): Tally {
  const all = newTally()
  for (const { times, errors, firstErrors } of tallies) {
    for (const [endpoint, more] of times) all.times.set(endpoint, [...(all.times.get(endpoint) ?? []), ...more])
    all.errors += errors
    all.firstErrors.push(...firstErrors.slice(0, keptErrors - all.firstErrors.length))
  }
  for (const name of ['errorCounts', 'refusals', 'acts'] as const) all[name] = summed(tallies.map(one => one[name]))
  return all
}

export interface EndpointFigures {
  endpoint: string
  count: number
  p50: number
  p95: number
  p99: number
  max: number
  errors: number
}

export function figuresByEndpoint(tally: Tally): EndpointFigures[] {
  const errors = new Map<string, number>()
  for (const [key, count] of tally.errorCounts) more(errors, key.slice(0, key.lastIndexOf(': ')), count)
  return [...new Set([...tally.times.keys(), ...errors.keys()])].map(endpoint => {
    const times = (tally.times.get(endpoint) ?? []).toSorted((one, other) => one - other)
    const at = (share: number) => times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? Number.NaN
    return { endpoint, count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1), errors: errors.get(endpoint) ?? 0 }
  })
}
