// The plan of a night, by whoever may see it: made once, shown to those who plan, and to those who go there once a lead has published it (product.md §5.6).
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { newClient } from '../../../../backend/database/client.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { planNightly } from '../../../../backend/directory/visit-plan/night.ts'
import type { VisitPlan, VisitPlanStops } from '../../../../backend/directory/visit-plan/schema.ts'
import type { ProviderNumberList } from '../../../../backend/readiness/schema.ts'
import type { Summary } from '../../../../backend/workbench/schema.ts'
import { limited } from '../../../../dev/demo/history.ts'
import { eventually } from '../../../support/eventually.ts'
import { settableIn } from '../../../support/provider-settings.ts'
import { day, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
const seen = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' } as const
const shops = Array.from({ length: 20 }, (_, index) => `19000020${10 + index}`)

beforeAll(async () => {
  backend = await startBackend()
  backend.sandbox.control.clock.set(new Date('2026-11-29T03:00:00Z'))
  for (const [index, sub_mchid] of shops.entries()) {
    // of twenty, six are fresh: 南山 9 old, 福田 3 old, 北京 2 old where nobody works
    const region_code = index < 6 || index >= 11 ? (index < 18 ? '440305' : '110105') : index < 9 ? '440304' : '440305'
    await backend.addMerchant(sub_mchid, { region_code })
    await backend.addEvidence(sub_mchid, { ago: (index < 6 ? 10 : 100) * day, kind: 'test_payment', detail: seen })
  }
  // the first of 南山 by its number loads its receipt
  const [sub_mchid] = shops.slice(9)
  await backend.db.updateTable('sub_merchants').set({ receipt_status: 'open' }).where('sub_mchid', '=', sub_mchid!).execute()
  await backend.db
    .insertInto('receipt_load_days')
    .values({ sp_mchid, sub_mchid: sub_mchid!, day: '2026-11-20', result: 'valid', loads: 1, shown: 1, ready_steps: [] })
    .execute()
})
afterAll(() => backend.close())

const plan = async (role: 'region_lead' | 'operator' = 'region_lead') => (await backend.call<VisitPlan>(role, 'GET', '/v1/visit-plan')).body
const mine = async () => (await backend.call<VisitPlanStops>('field_agent', 'GET', '/v1/visit-plan/stops?staff_id=me')).body.items
const publish = (body: object, key = randomUUID()) =>
  backend.call<VisitPlan>('region_lead', 'POST', '/v1/visit-plan/publication', { body, headers: { 'idempotency-key': key } })
const night = (db = backend.db) => planNightly({ ...backend.app.context, db, numbers: [sp_mchid] })
const nextNight = () => {
  backend.sandbox.control.clock.advance(day)
  return night()
}
const planned = async () => {
  const { items } = (await backend.call<VisitPlanStops>('operator', 'GET', '/v1/visit-plan/stops')).body
  return items.map(({ sub_mchid }) => sub_mchid).sort()
}
/** Runs `work` and holds whoever writes a plan until so many of them wait to. */
async function heldUntil<T>(waiting: number, work: () => Promise<T>): Promise<T> {
  const owner = newClient(backend.ownerUrl)
  await owner.connect()
  try {
    await owner.query('begin; lock table visit_plans in share row exclusive mode')
    const underWay = work()
    await eventually(`${waiting} wait`, async () => {
      // a transaction looks at activity once and keeps what it saw
      await owner.query('select pg_stat_clear_snapshot()')
      const { rows } = await owner.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
      return rows.length === waiting
    })
    await owner.query('rollback')
    return await underWay
  } finally {
    await owner.end()
  }
}

test('given a night, then the plan is made once however many processes run, with as many visits as are missing', async () => {
  expect(await plan()).toMatchObject({ made_at: null, needed: null, days: [] })
  const second = connect(backend.databaseUrl)
  // both have seen that there is none yet
  expect((await heldUntil(2, () => Promise.all([night(), night(second)]))).sort()).toEqual([false, true])
  expect(await night()).toBe(false)
  await second.destroy()
  const { verified, fresh, needed, without_anybody, days, aim } = await plan('operator')
  // 95 % of twenty are nineteen; thirteen are missing, and somebody works where nine of the fourteen old ones are
  expect({ verified, fresh, needed, aim }).toEqual({ verified: 20, fresh: 6, needed: 13, aim: 95 })
  expect(without_anybody).toBe(5)
  expect(days.map(one => [one.day, one.people.map(({ staff_id, stops, published }) => [staff_id, stops, published])])).toEqual([
    ['2026-11-29', [['staff-field_agent', 8, 0]]],
    ['2026-11-30', [['staff-field_agent', 1, 0]]],
  ])
})

test('given it is not published, then who goes there sees nothing; published, it stands on the workbench, once', async () => {
  expect(await mine()).toEqual([])
  const key = randomUUID()
  const first = await publish({ day: '2026-11-29', staff_id: 'staff-field_agent' }, key)
  expect(first.body.days.map(({ people }) => people.map(({ published }) => published))).toEqual([[8], [0]])
  expect((await publish({ day: '2026-11-29', staff_id: 'staff-field_agent' }, key)).status).toBe(200)
  const entries = await backend.db.selectFrom('audit_entries').select('after').where('action', '=', 'visit_plan.published').execute()
  expect(entries.map(({ after }) => after)).toEqual([{ stops: 8, staff_id: 'staff-field_agent', day: '2026-11-29' }])
  const stops = await mine()
  expect([stops.length, new Set(stops.map(({ region_code }) => region_code))]).toEqual([8, new Set(['440305'])])
  // what may prove itself comes last, on the second day
  expect(stops.map(({ sub_mchid }) => sub_mchid)).not.toContain(shops[9])
  expect((await backend.call<Summary>('field_agent', 'GET', '/v1/summary')).body.planned_visits).toBe(8)
})

test('given a shop was visited, then it is off the list at once, and the next night plans around what is published', async () => {
  const [first] = await mine()
  await backend.addEvidence(first!.sub_mchid, { ago: 0, kind: 'test_payment', detail: seen })
  expect(await mine()).toHaveLength(7)
  backend.sandbox.control.clock.advance(day)
  expect(await night()).toBe(true)
  const { fresh, needed, days } = await plan('operator')
  // nineteen, less seven that are fresh and seven that are published
  expect({ fresh, needed }).toEqual({ fresh: 7, needed: 5 })
  expect(days.map(one => [one.day, ...one.people.map(({ stops, published }) => [stops, published])])).toEqual([
    ['2026-11-29', [7, 7]],
    ['2026-11-30', [1, 0]],
  ])
})

test('given a published stop that nobody made for days, then it is planned anew', async () => {
  backend.sandbox.control.clock.advance(3 * day)
  expect(await night()).toBe(true)
  const { days } = await plan('operator')
  expect(days[0]!.day).toBe('2026-12-03')
  expect(days.flatMap(({ people }) => people).every(({ published }) => published === 0)).toBe(true)
  expect(await mine()).toEqual([])
})

test('given WeChat Pay limits a shop, then nobody is sent there: nobody can pay', async () => {
  const before = await planned()
  const { kind, detail } = limited(0, 'NO_TRANSACTION', 'ABNORMAL_TRANSACTION', 'MODIFY_SUBJECT_INFORMATION')
  await backend.addEvidence(before[0]!, { kind, detail, ago: 0 } as never)
  expect(await nextNight()).toBe(true)
  expect(await planned()).toEqual(before.slice(1))
})

test('given the provider says how many shops a person visits in a day, then the next plan keeps to it', async () => {
  const save = async (watch: object) => {
    const [held] = (await backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers
    const body = { ...settableIn(held!), watch: { ...held!.watch, ...watch } }
    const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${held!.version}"` }
    expect((await backend.call('admin', 'PUT', `/v1/provider/${sp_mchid}`, { body, headers })).status).toBe(200)
  }
  await save({ visits_per_day: 3 })
  await nextNight()
  expect((await plan('operator')).days.map(({ people }) => people.map(({ stops }) => stops))).toEqual([[3], [3], [1]])
})

test('given somebody is disabled, then shops that a published plan sent them to are planned anew', async () => {
  const become = (status: 'active' | 'disabled') =>
    backend.db.updateTable('staff').set({ status }).where('id', '=', 'staff-field_agent').execute()
  await publish({})
  await become('disabled')
  try {
    await nextNight()
    const { days, without_anybody } = await plan('operator')
    expect([days, without_anybody]).toEqual([[], 12])
  } finally {
    await become('active')
  }
})

test('given an agent asks for the plan, or for a colleague’s shops, then there is nothing to see', async () => {
  expect((await backend.call('field_agent', 'GET', '/v1/visit-plan')).status).toBe(403)
  await publish({})
  const { items } = (await backend.call<VisitPlanStops>('field_agent', 'GET', '/v1/visit-plan/stops?staff_id=staff-region_lead')).body
  expect(items).toEqual([])
})

test('given shops whose proof gets old before the next plan, then they are missing from this one already', async () => {
  // 89 and a half days after six of them were seen
  backend.sandbox.control.clock.set(new Date(Date.parse('2026-11-29T03:00:00Z') + 79.5 * day))
  expect(await night()).toBe(true)
  const { verified, fresh, needed } = await plan('operator')
  expect([fresh >= 6, needed]).toEqual([true, Math.ceil(0.95 * verified) - (fresh - 6)])
})
