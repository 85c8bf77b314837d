import { describe, expect, test } from '@jest/globals'
import type { Figures } from '../../scripts/chaos/figures.ts'
import { isFlat, riseOf } from './flat.ts'
import { coursesOf, loadsOf, signsOfBending, usedUp } from './judgement.ts'
import type { Look } from './samples.ts'
import { addError, addTime, figuresByEndpoint, newTally, together } from './tally.ts'

const figures = (change: Partial<Figures> = {}): Figures => ({ rss: 200, files: 100, handles: 90, cpu: 0, lag: 12, waiting: 0, ...change })
const look = (at: number, backend: Partial<Figures>, change: Partial<Look> = {}): Look => ({
  at,
  backends: { A: figures(backend) },
  connections: 11,
  busy: 2,
  cpu: { postgresql: 0, clients: 0, harness: 0, machine: null },
  ...change,
})
const every5s = (seconds: number, of: (at: number) => Look) => Array.from({ length: seconds / 5 + 1 }, (_, index) => of(index * 5))
const options = { phones: 100, rampSeconds: 60, seed: 1, pace: 1 }

describe('whether something grew', () => {
  test('given memory that rises while everybody logs in and stands then, then it is flat', () => {
    const looks = every5s(600, at => look(at, { rss: at < 60 ? 100 + at * 3 : 280 + (at % 20) }))
    expect(coursesOf({ looks, seconds: 600 })!.map(({ what, flat }) => [what, flat])).toContainEqual(['memory of process A', true])
  })
  test('given 10 MB more each minute after the first, then it is not flat, and from where to where is told', () => {
    const looks = every5s(600, at => look(at, { rss: 200 + at / 6 }))
    const [memory] = coursesOf({ looks, seconds: 600 })!
    expect(memory).toMatchObject({ what: 'memory of process A', flat: false })
    expect([memory!.rise.from, memory!.rise.to].map(Math.round)).toEqual([210, 300])
  })
  test('given connections that one after the other stay open, then they are not flat', () => {
    const looks = every5s(600, at => look(at, {}, { connections: 11 + Math.floor(at / 100) }))
    expect(coursesOf({ looks, seconds: 600 })!.find(({ what }) => what.startsWith('connections'))!.flat).toBe(false)
  })
  test('given a few samples that jump, then the rise is within what chance explains', () => {
    const rise = riseOf([10, 60, 5, 70, 8, 66].map((value, at) => ({ at, value })))!
    expect(rise.to - rise.from).toBeGreaterThan(10)
    expect(isFlat(rise, 10, 2)).toBe(true)
  })
  test('given memory that falls after the logins and comes back to what it was, then it is flat', () => {
    const looks = every5s(600, at => look(at, { rss: at < 70 ? 220 : 150 + at / 10 }))
    expect(coursesOf({ looks, seconds: 600 })![0]).toMatchObject({ what: 'memory of process A', held: 220, flat: true })
  })
  test('given a step of two minutes, then nothing is said', () => {
    expect(coursesOf({ looks: every5s(120, at => look(at, { rss: at })), seconds: 120 })).toBeNull()
  })
})

describe('where it bends', () => {
  const slow = () => {
    const tally = newTally()
    for (let index = 0; index < 100; index += 1) addTime(tally, 'detail', index < 98 ? 20 : 1_500)
    return tally
  }
  test('given one endpoint that takes more than a second for two of a hundred, then it is named', () => {
    expect(signsOfBending({ tally: slow() })).toEqual(['detail: p99 1500 ms'])
  })
  test('given one slow answer of ten, then it does not bend: of so few the slowest is the p99', () => {
    const tally = newTally()
    for (let index = 0; index < 10; index += 1) addTime(tally, 'detail', index < 9 ? 20 : 1_500)
    expect(signsOfBending({ tally })).toEqual([])
  })
  test('given full processors, an event loop that is late and a request that waits for a connection, then each is told with its process', () => {
    const looks = every5s(180, at =>
      look(at, { cpu: at * 1.1, lag: 180, waiting: 4 }, { cpu: { postgresql: at * 0.8, clients: at * 0.05, harness: 0, machine: null } }),
    )
    expect(loadsOf({ looks, options }).map(({ who, cores }) => [who, Number(cores.toFixed(2))])).toEqual([
      ['backend A', 1.1],
      ['PostgreSQL', 0.8],
      ['the phones', 0.05],
      ['sandbox and harness', 0],
    ])
    expect(usedUp({ looks, options, tally: slow(), clientsLag: 11 }, 2)).toEqual([
      expect.stringMatching(/^the processors: 1.95 of 2 cores, of which backend A 1.10, PostgreSQL 0.80/),
      'the event loop of process A: 180 ms late (p99)',
      'connections to PostgreSQL: 4 requests of process A wait for one',
    ])
  })
  test('given a machine that does something else beside, then that is told, and it counts as used up', () => {
    const looks = every5s(180, at =>
      look(at, { cpu: at * 0.2 }, { cpu: { postgresql: at * 0.2, clients: 0, harness: 0, machine: at * 1.9 } }),
    )
    expect(loadsOf({ looks, options }).map(({ who, cores }) => [who, Number(cores.toFixed(2))])[0]).toEqual(['other programs', 1.5])
    expect(usedUp({ looks, options, tally: newTally(), clientsLag: 1 }, 2)).toEqual([
      expect.stringMatching(/^the processors: 1.90 of 2 cores, of which other programs 1.50/),
    ])
  })
  test('given answers that nothing had room for, then the room is named', () => {
    const tally = newTally()
    addError(tally, { endpoint: 'pack', what: '503 OVERLOADED', request_id: 'r', phone: 1 })
    expect(usedUp({ looks: [], options, tally, clientsLag: 1 }, 2)).toEqual(['our own room for what waits: 1 × pack: 503 OVERLOADED'])
  })
  test('given answers of our own limit, then that is named before all else', () => {
    const tally = newTally()
    addError(tally, { endpoint: 'me', what: '429 RATE_LIMITED', request_id: 'r', phone: 1 })
    expect(usedUp({ looks: [], options, tally, clientsLag: 1 }, 2)).toEqual(['our own limit of requests: 1 × me: 429 RATE_LIMITED'])
  })
})

test('given what two processes measured, then quantiles are of all of it and errors stand at their endpoint', () => {
  const [one, other] = [newTally(), newTally()]
  for (let ms = 1; ms <= 50; ms += 1) addTime(one, 'me', ms)
  for (let ms = 51; ms <= 100; ms += 1) addTime(other, 'me', ms)
  addError(other, { endpoint: 'me', what: '503 OVERLOADED', request_id: 'r', phone: 1 })
  expect(figuresByEndpoint(together([one, other]))).toEqual([
    { endpoint: 'me', count: 100, p50: 50, p95: 95, p99: 99, max: 100, errors: 1 },
  ])
})
