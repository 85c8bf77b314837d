// Nothing that was entered is ever lost, and nothing arrives twice (product.md §8): a phone that is killed, cut off, refused, filled up and set to a wrong
// time, against the real backend on real PostgreSQL. OUTBOX_SEED repeats a run, OUTBOX_RUNS lengthens it, OUTBOX_SEED=random explores.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import type { ChecklistTemplate } from '../../../../typings/api.ts'
import { sp_mchid, startBackend, type Backend } from '../../../backend/support/backend.ts'
import { newPng } from '../../../backend/field-work/visits/given.ts'
import { command, type Command } from './commands.ts'
import { Day, type Clock } from './day.ts'

const { OUTBOX_SEED = '20200731', OUTBOX_RUNS = '2000' } = process.env
const seed = OUTBOX_SEED === 'random' ? Date.now() % 0x7fff_ffff : Number(OUTBOX_SEED)
const numRuns = Number(OUTBOX_RUNS)
/** phones at the same time: most of a run is waiting for the database */
const AT_ONCE = 5
/** few visits a shop, so that its verdict is derived from few */
const SHOPS = 3_000
/** The same picture of the same person is the same photo: the server writes each of these anew once, which costs more than all else. */
const albums = Array.from({ length: AT_ONCE }, () => Array.from({ length: 30 }, () => newPng(8, 6)))

const clock: Clock = { now: Date.parse('2026-11-23T10:00:00+08:00') }
let backend: Backend
let template: ChecklistTemplate
let session: Login

interface Login {
  token: string
  expires_at: string
  staff: unknown
  me: unknown
}
let logins = 0
async function newSession(): Promise<Login> {
  logins += 1
  const { body } = await backend.call<Omit<Login, 'me'>>(null, 'POST', '/v1/sessions', { body: { code: `demo-field_agent#${logins}` } })
  const me = await backend.call(null, 'GET', '/v1/me', { headers: { authorization: `Bearer ${body.token}` } })
  return { ...body, me: me.body }
}

beforeAll(async () => {
  backend = await startBackend({ clock: { now: () => new Date(clock.now) } })
  const now = new Date(clock.now)
  for (let at = 0; at < SHOPS; at += 500) {
    const shops = Array.from({ length: 500 }, (_, index) => {
      const shop = { name: `店 ${at + index}`, short_name: '店', address: '南山区' }
      const row = { ...shop, ...searchTerms(shop), region_code: '440305', assigned_to: null }
      return { sp_mchid, sub_mchid: String(1_900_100_000 + at + index), ...row, created_at: now, updated_at: now }
    })
    await backend.db.insertInto('sub_merchants').values(shops).execute()
  }
  session = await newSession()
  template = (await backend.call<ChecklistTemplate>('field_agent', 'GET', '/v1/checklist-templates/current')).body
})
afterAll(() => backend.close())

/** Shut out while a photo is taken: it is kept, and nobody was told so. */
const shutOutMeanwhile: Command[] = [
  { do: 'test', shop: 0, photos: 1 },
  { do: 'fault', faults: [{ status: 403, code: 'STAFF_DISABLED' }] },
  { do: 'clock', by: -86_400_000 },
  { do: 'begin', shop: 1 },
  { do: 'reopen', work: 0 },
]

test('whatever happens to the phone, what was promised is there once: on the server or on the phone', async () => {
  process.stderr.write(`outbox: OUTBOX_SEED=${seed} OUTBOX_RUNS=${numRuns}\n`)
  let days = 0
  const sent = new Map<string, number>()
  const live = async (commands: readonly Command[], phone: number): Promise<void> => {
    const shops = Array.from({ length: 3 }, (_, index) => String(1_900_100_000 + ((days * 3 + index) % SHOPS)))
    days += 1
    const day = new Day(backend, clock, template, shops, albums[phone]!, session)
    await day.live(commands)
    for (const { line, status } of day.server.sent) {
      const what = `${line.replace(/[0-9a-f-]{36}|\d{10}/, '…')} ${status ?? 'lost'}`
      sent.set(what, (sent.get(what) ?? 0) + 1)
    }
  }
  const phones = fc.array(fc.array(command, { minLength: 4, maxLength: 14, size: 'max' }), { minLength: AT_ONCE, maxLength: AT_ONCE })
  await fc.assert(
    fc.asyncProperty(phones, async given => {
      if (Date.parse(session.expires_at) < clock.now + 3_600_000) session = await newSession()
      const ends = await Promise.allSettled(given.map(live))
      const broken = ends.findIndex(({ status }) => status === 'rejected')
      if (broken >= 0) throw new Error(`phone ${broken}: ${String((ends[broken] as PromiseRejectedResult).reason)}`)
    }),
    { seed, numRuns: Math.ceil(numRuns / AT_ONCE), examples: [[Array.from({ length: AT_ONCE }, () => shutOutMeanwhile)]] },
  )
  process.stderr.write(
    `outbox: ${[...sent]
      .sort()
      .map(([what, count]) => `${what} ×${count}`)
      .join(', ')}\n`,
  )
  expect(days).toBeGreaterThanOrEqual(numRuns)
}, 1_800_000)
