// Nothing that was entered is ever lost, and nothing arrives twice (product.md §8): a phone that is killed, cut off, refused, filled up and set to a wrong
// time, against the real backend on real PostgreSQL. OUTBOX_SEED repeats a run, OUTBOX_RUNS lengthens it, OUTBOX_SEED=random explores.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { searchTerms } from '../../../backend/merchants/search-terms.ts'
import type { ChecklistTemplate } from '../../../typings/api.ts'
import { sp_mchid, startBackend, type Backend } from '../../backend/support/backend.ts'
import { command } from './commands.ts'
import { Day, type Clock } from './day.ts'

const { OUTBOX_SEED = '20200731', OUTBOX_RUNS = '2000' } = process.env
const seed = OUTBOX_SEED === 'random' ? Date.now() % 0x7fff_ffff : Number(OUTBOX_SEED)
const numRuns = Number(OUTBOX_RUNS)
/** few visits a shop, so that its verdict is derived from few */
const SHOPS = 3_000

const clock: Clock = { now: Date.parse('2026-11-23T10:00:00+08:00') }
let backend: Backend
let template: ChecklistTemplate
let session: { token: string; expires_at: string; staff: unknown; me: unknown }

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
  const entry = await backend.call<{ token: string; expires_at: string; staff: unknown }>(null, 'POST', '/v1/sessions', {
    body: { code: 'demo-field_agent#1' },
  })
  const me = await backend.call('field_agent', 'GET', '/v1/me')
  session = { ...entry.body, me: me.body }
  template = (await backend.call<ChecklistTemplate>('field_agent', 'GET', '/v1/checklist-templates/current')).body
}, 120_000)
afterAll(() => backend.close())

test('whatever happens to the phone, what was promised is there once: on the server or on the phone', async () => {
  process.stderr.write(`outbox: OUTBOX_SEED=${seed} OUTBOX_RUNS=${numRuns}\n`)
  let runs = 0
  const sent = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 18, size: 'max' }), async commands => {
      const shops = Array.from({ length: 3 }, (_, index) => String(1_900_100_000 + ((runs * 3 + index) % SHOPS)))
      runs += 1
      const day = new Day(backend, clock, template, shops, session)
      await day.live(commands)
      for (const { line, status } of day.server.sent) {
        const what = `${line.replace(/[0-9a-f-]{36}|\d{10}/, '…')} ${status ?? 'lost'}`
        sent.set(what, (sent.get(what) ?? 0) + 1)
      }
    }),
    { seed, numRuns, endOnFailure: false },
  )
  process.stderr.write(
    `outbox: ${[...sent]
      .sort()
      .map(([what, count]) => `${what} ×${count}`)
      .join(', ')}\n`,
  )
  expect(runs).toBeGreaterThanOrEqual(numRuns)
}, 600_000)
