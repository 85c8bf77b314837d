// A small load, by people who are two hundred times as quick, and that it tells what is wrong.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { seededRandom } from '../../dev/demo/random.ts'
import { ApiError } from '../../miniprogram/api/errors.ts'
import { createJournal } from '../../scripts/chaos/journal.ts'
import { problem, TestServer } from '../miniprogram/support/http-server.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openPhone } from './phone.ts'
import { stepLines } from './report.ts'
import { runStep, type StepOptions } from './run.ts'
import { newTally } from './tally.ts'
import { createLoadWorld, type LoadWorld } from './world.ts'

let database: TestDatabase
let world: LoadWorld

beforeAll(async () => {
  database = await createTestDatabase()
  world = await createLoadWorld(
    createJournal(() => {}),
    { merchants: 1_000, staff: 20, processes: 2 },
    database,
  )
})
afterAll(async () => {
  await world.close()
  await database.drop()
})

const run = (options: Pick<StepOptions, 'phones' | 'enough'>) =>
  runStep(world, { seconds: 200, rampSeconds: 1, seed: 7, pace: 200, stop: new AbortController().signal, ...options })

test('given 20 people at two processes, when each works through shops, switches and visits, then every answer is the right one', async () => {
  const least = { 'begins the day': 20, 'opens a shop': 20, switches: 5, 'submits a visit': 5, 'refreshes the pack': 5, workbench: 10 }
  const step = await run({ phones: 20, enough: acts => Object.entries(least).every(([act, times]) => (acts.get(act) ?? 0) >= times) })

  if (step.tally.errors > 0) throw new Error(stepLines(step).join('\n'))
  const asked = [...step.tally.times.keys()]
  expect(asked).toEqual(
    expect.arrayContaining(['log in', 'me', 'workbench', 'pack', 'checklist', 'list and search', 'detail', 'photo', 'visit']),
  )
  expect(step.tally.times.get('log in')).toHaveLength(20)
  expect(Object.keys(step.looks.at(-1)!.backends)).toEqual(['A', 'B'])
})

test("given somebody's WeChat account leads to somebody else, when phones log in, then the answers are counted as wrong, with request and phone", async () => {
  const [own] = await world.sql<{ staff_id: string }>(`delete from staff_bindings where openid = 'openid-phone-1' returning staff_id`)
  await world.sql(`update staff_bindings set staff_id = $1 where openid = 'openid-phone-0'`, [own!.staff_id])

  const step = await run({ phones: 1, enough: acts => acts.has('begins the day') && acts.has('workbench') })

  expect([...step.tally.errorCounts.keys()]).toEqual(expect.arrayContaining(['log in: is staff-phone-1', 'me: is staff-phone-1']))
  expect(step.tally.firstErrors[0]).toMatchObject({ phone: 0, request_id: expect.stringMatching(/^[\w-]{36}$/) })
  expect(stepLines(step).join('\n')).toMatch(/missed: errors [1-9]/)
})

test('given a server that mixes shops up, is busy, or cuts connections, when a phone opens a shop, then each is an error of its own', async () => {
  const server = await TestServer.start()
  try {
    const tally = newTally()
    const phone = openPhone({ number: 3, urls: [server.url], random: seededRandom(1), tally })
    const expires_at = '2026-12-01T00:00:00Z'
    server.on('POST', /sessions$/, () => ({ body: { token: 'token', expires_at, staff: { id: 'staff-phone-3' } } }))
    await phone.logIn()
    const open = () => phone.api.getSubMerchant('1900000001').catch((error: unknown) => error)
    server.on('GET', /sub-merchants/, () => ({ body: { sub_mchid: '1900000002', version: 1 }, headers: { etag: '"1"' } }))
    await open()
    server.on('GET', /sub-merchants/, () => problem(429, 'RATE_LIMITED'))
    expect(await open()).toBeInstanceOf(ApiError)
    server.on('GET', /sub-merchants/, () => 'drop')
    expect(await open()).toBeInstanceOf(ApiError)
    await phone.close()

    expect([...tally.errorCounts]).toEqual([
      ['detail: is about 1900000002, asked was 1900000001', 1],
      ['detail: 429 RATE_LIMITED', 1],
      // the app asks three times before it gives up
      [expect.stringMatching(/^detail: no answer/), 3],
    ])
    expect(server.requests[0]!.headers['x-forwarded-for']).toBe('10.0.0.4')
  } finally {
    await server.stop()
  }
})

test('given an address that is not this machine, when a phone is opened, then nothing is sent', () => {
  const open = () => openPhone({ number: 0, urls: ['http://192.0.2.1:8787'], random: seededRandom(1), tally: newTally() })
  expect(open).toThrow('http://192.0.2.1:8787 is not on this machine')
})
