// Shops change hands: lists of them, all that a filter leaves, by the thousand; what cannot is refused by its reason.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { carryOnAssigning, dropOldRuns } from '../../../../backend/directory/assignments/run.ts'
import { day, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
let number = 1_900_000_200
/** in 南山区, 福田区, 广州市 */
let near: string
let city: string
let far: string
beforeAll(async () => {
  backend = await startBackend()
  const member = { sp_mchid, role: 'field_agent', created_at: backend.clock.now() } as const
  await backend.db
    .insertInto('staff')
    .values([
      { ...member, id: 'leaver', display_name: '业务员 07', region_codes: ['440000'], status: 'disabled' },
      { ...member, id: 'successor', display_name: '业务员 08', region_codes: ['440300'], status: 'active' },
      { ...member, id: 'newcomer', display_name: '业务员 09', region_codes: ['440300'], status: 'invited' },
      { ...member, id: 'elsewhere', display_name: '业务员 10', region_codes: ['110105'], status: 'active' },
    ])
    .execute()
})
afterAll(() => backend.close())
beforeEach(async () => {
  await backend.db.updateTable('sub_merchants').set({ assigned_to: null }).execute()
  number += 10
  const ids = [number, number + 1, number + 2].map(String) as [string, string, string]
  ;[near, city, far] = ids
  await backend.addMerchant(near, { assigned_to: 'leaver' })
  await backend.addMerchant(city, { region_code: '440304', assigned_to: 'leaver' })
  await backend.addMerchant(far, { region_code: '440106', assigned_to: 'leaver' })
})

const assign = (role: Role, body: object, key: string = randomUUID()) =>
  backend.call(role, 'PUT', '/v1/sub-merchants/assignments', { body, headers: { 'idempotency-key': key } })
const holders = async () => {
  const rows = await backend.db.selectFrom('sub_merchants').select(['sub_mchid', 'assigned_to']).execute()
  const holder = new Map(rows.map(row => [row.sub_mchid, row.assigned_to]))
  return [near, city, far].map(id => holder.get(id))
}
const entries = () =>
  backend.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'merchant.assigned')
    .where('target_id', 'in', [near, city, far])
    .orderBy('target_id')
    .execute()
const faultOf = (answer: { status: number; body: Record<string, unknown> }) => {
  const [error] = (answer.body.errors ?? []) as { field: string; code: string }[]
  return [answer.status, error?.field, error?.code]
}

describe('a list of shops', () => {
  test('given shops that somebody else has, then they change hands, each with an entry that says from whom to whom', async () => {
    expect(await assign('operator', { sub_mchids: [near, city], staff_id: 'successor' })).toMatchObject({
      status: 200,
      body: { changed: 2 },
    })
    expect(await holders()).toEqual(['successor', 'successor', 'leaver'])
    expect(await entries()).toMatchObject(
      [near, city].map(target_id => ({
        target_id,
        target_type: 'sub_merchant',
        actor_id: 'staff-operator',
        actor_role: 'operator',
        before: { assigned_to: 'leaver' },
        after: { assigned_to: 'successor' },
        request_id: expect.any(String),
      })),
    )
    const { body } = await backend.call('operator', 'GET', `/v1/sub-merchants/${near}`)
    expect(body).toMatchObject({ assigned_to: { id: 'successor', display_name: '业务员 08' }, version: 1 })
  })
  test('given shops that are theirs already, then nothing is written', async () => {
    await assign('operator', { sub_mchids: [near], staff_id: 'successor' })
    expect((await assign('operator', { sub_mchids: [near, near], staff_id: 'successor' })).body).toMatchObject({ changed: 0, same: 1 })
    expect(await entries()).toHaveLength(1)
  })
  test("given nobody as the one who gets them, then they are nobody's", async () => {
    expect((await assign('operator', { sub_mchids: [near, far], staff_id: null })).body).toMatchObject({ changed: 2, staff: null })
    expect(await holders()).toEqual([null, 'leaver', null])
  })
  test('given the same key again, even at once, then it answers the same and nothing is written twice', async () => {
    const key = randomUUID()
    const both = await Promise.all([1, 2].map(() => assign('operator', { sub_mchids: [near], staff_id: 'successor' }, key)))
    expect(both.map(({ status, body }) => [status, body.changed])).toEqual([
      [200, 1],
      [200, 1],
    ])
    expect(both[0]!.body.id).toBe(both[1]!.body.id)
    expect(both.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(1)
    expect(await entries()).toHaveLength(1)
    expect((await assign('operator', { sub_mchids: [city], staff_id: 'successor' }, key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
  test('given one that is out of scope or does not exist, then both are told the same, and the others change hands', async () => {
    const out = await assign('region_lead', { sub_mchids: [near, far], staff_id: 'successor' })
    expect(out.body).toMatchObject({ changed: 1, refused: [{ reason: 'NOT_FOUND', count: 1, sub_mchids: [far] }] })
    const none = await assign('region_lead', { sub_mchids: [city, '1999999999'], staff_id: 'successor' })
    expect(none.body).toMatchObject({ changed: 1, refused: [{ reason: 'NOT_FOUND', count: 1, sub_mchids: ['1999999999'] }] })
    expect(await holders()).toEqual(['successor', 'successor', 'leaver'])
  })
  test('given one that they would not see, then it stays where it is and the answer names it', async () => {
    const { body } = await assign('operator', { sub_mchids: [near, far], staff_id: 'successor' })
    expect(body).toMatchObject({ changed: 1, refused: [{ reason: 'OUTSIDE_THEIR_REGIONS', count: 1, sub_mchids: [far] }] })
    expect(await holders()).toEqual(['successor', 'leaver', 'leaver'])
  })
  test.each([
    ['nobody', 'NOT_FOUND'],
    ['leaver', 'NOT_ACTIVE'],
    ['newcomer', 'NOT_ACTIVE'],
    ['staff-auditor', 'ROLE_WITHOUT_SHOPS'],
  ])('given %s as the one who gets them, then %s', async (staff_id, code) => {
    expect(faultOf(await assign('operator', { sub_mchids: [near], staff_id }))).toEqual([422, 'staff_id', code])
  })
  test('given both ways at once or neither, an unknown state, or more than 100,000, then it is refused by name', async () => {
    const both = { sub_mchids: [near], filter: { assigned_to: 'leaver' }, staff_id: 'successor' }
    expect(faultOf(await assign('operator', both))).toEqual([422, 'filter', 'NOT_ALLOWED'])
    expect(faultOf(await assign('operator', { staff_id: 'successor' }))).toEqual([422, 'sub_mchids', 'REQUIRED'])
    expect(faultOf(await assign('operator', { filter: { state: 'fine' }, staff_id: null }))).toEqual([422, 'state', 'NOT_ALLOWED'])
    const many = Array.from({ length: 100_001 }, (_, index) => String(1_900_100_000 + index))
    expect(faultOf(await assign('operator', { sub_mchids: many, staff_id: 'successor' }))).toEqual([422, 'sub_mchids', 'TOO_MANY'])
  })
})

describe('all shops that match', () => {
  test("given a leaver, then a lead moves the leaver's shops of the own city in one step, an operator the rest to somebody who sees them", async () => {
    expect((await assign('region_lead', { filter: { assigned_to: 'leaver' }, staff_id: 'successor' })).body).toMatchObject({
      total: 2,
      changed: 2,
    })
    expect(await holders()).toEqual(['successor', 'successor', 'leaver'])
    const rest = { filter: { assigned_to: 'leaver' }, staff_id: 'staff-operator' }
    expect((await assign('operator', rest)).body).toMatchObject({ changed: 1 })
    expect(await holders()).toEqual(['successor', 'successor', 'staff-operator'])
  })
  test('given a region, then only what is below it moves', async () => {
    const filter = { assigned_to: 'leaver', region_code: '440304' }
    expect((await assign('operator', { filter, staff_id: 'successor' })).body).toMatchObject({ changed: 1 })
    expect(await holders()).toEqual(['leaver', 'successor', 'leaver'])
  })
  test('given those of nobody, then they are found', async () => {
    await backend.db.updateTable('sub_merchants').set({ assigned_to: null }).where('sub_mchid', '=', near).execute()
    const filter = { assigned_to: 'none', region_code: '440305' }
    expect((await assign('operator', { filter, staff_id: 'successor' })).status).toBe(200)
    expect(await holders()).toEqual(['successor', 'leaver', 'leaver'])
  })
  test('given nothing that matches, then nothing changes and that is no fault', async () => {
    expect((await assign('region_lead', { filter: { region_code: '440106' }, staff_id: 'successor' })).body).toMatchObject({
      total: 0,
      changed: 0,
      status: 'finished',
    })
  })
})

test.each(['field_agent', 'auditor', 'admin'] as const)('given a %s, then it is not theirs to do', async role => {
  const answer = await assign(role, { sub_mchids: [near], staff_id: 'successor' })
  expect([answer.status, answer.body.required_action]).toEqual([403, 'merchant.assign'])
})

describe('the count before', () => {
  const count = (role: Role, body: object) => backend.call(role, 'POST', '/v1/sub-merchants/assignments/count', { body })
  test('given a filter, then it says what would happen, and nothing does', async () => {
    await assign('operator', { sub_mchids: [near], staff_id: 'successor' })
    const filter = { region_code: '440000' }
    const { status, body } = await count('operator', { filter: { ...filter, assigned_to: 'leaver' }, staff_id: 'successor' })
    const refused = [{ reason: 'OUTSIDE_THEIR_REGIONS', count: 1, sub_mchids: [far] }]
    expect([status, body]).toEqual([200, { total: 2, changing: 1, same: 0, refused }])
    expect((await count('region_lead', { sub_mchids: [near, city, far], staff_id: 'successor' })).body).toEqual({
      total: 2,
      changing: 1,
      same: 1,
      refused: [{ reason: 'NOT_FOUND', count: 1, sub_mchids: [far] }],
    })
    expect(await holders()).toEqual(['successor', 'leaver', 'leaver'])
  })
  test('given somebody who can have no shops, then it says so before anything is asked', async () => {
    expect(faultOf(await count('operator', { filter: {}, staff_id: 'leaver' }))).toEqual([422, 'staff_id', 'NOT_ACTIVE'])
    expect((await count('admin', { filter: {}, staff_id: null })).body.required_action).toBe('merchant.assign')
  })
})

describe('who can get them', () => {
  const names = async (role: Role, query = '') =>
    (await backend.call<{ items: { id: string; shops: number }[] }>(role, 'GET', `/v1/assignees${query}`)).body.items.map(({ id }) => id)
  test('given a lead, then only who works where the lead does; given an operator or an administrator, then everybody who works at shops', async () => {
    expect((await names('region_lead')).sort()).toEqual(['staff-field_agent', 'staff-operator', 'staff-region_lead', 'successor'])
    const everybody = ['elsewhere', 'staff-field_agent', 'staff-operator', 'staff-region_lead', 'successor']
    expect((await names('operator')).sort()).toEqual(everybody)
    expect((await names('admin')).sort()).toEqual(everybody)
    for (const q of ['业务员 08', '业务员　０８', '\u202a业务员 08\u202c'])
      expect(await names('operator', `?q=${encodeURIComponent(q)}`)).toEqual(['successor'])
  })
  test('given whose shops are to go, then only who sees all of them; page by page', async () => {
    expect(await names('operator', '?takes_from=leaver')).toEqual(['staff-operator'])
    type Page = { items: { id: string }[]; next_cursor: string | null }
    const { body: one } = await backend.call<Page>('operator', 'GET', '/v1/assignees?limit=2')
    const { body: two } = await backend.call<Page>('operator', 'GET', `/v1/assignees?limit=100&cursor=${one.next_cursor}`)
    expect([...one.items, ...two.items].map(({ id }) => id)).toEqual(await names('operator'))
    expect((await backend.call('operator', 'GET', `/v1/assignees?cursor=${one.next_cursor}x`)).body.code).toBe('INVALID_CURSOR')
  })
  test.each(['field_agent', 'auditor'] as const)('given a %s, then it is not theirs to know', async role => {
    expect((await backend.call(role, 'GET', '/v1/assignees')).body.required_action).toBe('merchant.assign')
  })
})

describe('by the thousand', () => {
  const first = 1_901_000_000
  beforeAll(async () => {
    await backend.db
      .insertInto('sub_merchants')
      .values(
        Array.from({ length: 2_500 }, (_, index) => ({
          sp_mchid,
          sub_mchid: String(first + index),
          name: '很多店',
          short_name: '很多店',
          search_name: '',
          search_short_name: '',
          search_address: '',
          pinyin: '',
          pinyin_initials: '',
          terms: [],
          region_code: '440307',
          address: '',
          created_at: backend.clock.now(),
          updated_at: backend.clock.now(),
        })),
      )
      .execute()
  })
  const filter = { region_code: '440307' }
  const goOn = () => carryOnAssigning(backend.app.context, () => true)
  const runOf = async (id: unknown, role: Role = 'operator') =>
    (await backend.call(role, 'GET', `/v1/sub-merchants/assignments/${String(id)}`)).body
  const begin = async () => {
    const answer = await assign('operator', { filter, staff_id: 'successor' })
    expect([answer.status, answer.body.status, answer.body.total, answer.body.done]).toEqual([202, 'running', 2_500, 1_000])
    return answer.body.id
  }

  test('given 2,500 shops, then a thousand go at once, the rest batch by batch, each with its entry; nobody else sees how far it is', async () => {
    const id = await begin()
    expect((await backend.call('region_lead', 'GET', `/v1/sub-merchants/assignments/${String(id)}`)).status).toBe(404)
    // two processes at it at the same moment
    expect((await Promise.all([goOn(), goOn()])).reduce((sum, batches) => sum + batches)).toBe(2)
    expect(await runOf(id)).toMatchObject({ status: 'finished', done: 2_500, changed: 2_500, same: 0, refused: [] })
    const { count } = await backend.db
      .selectFrom('audit_entries')
      .select(eb => eb.fn.countAll<string>().as('count'))
      .where('action', '=', 'merchant.assigned')
      .where('target_id', '>=', String(first))
      .where('target_id', '<', String(first + 2_500))
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(2_500)
  })
  test('given who asked is disabled meanwhile, or who gets them, then it stops there and says why', async () => {
    const one = await begin()
    await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'staff-operator').execute()
    await goOn()
    await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-operator').execute()
    expect(await runOf(one)).toMatchObject({ status: 'stopped', code: 'STAFF_DISABLED', done: 1_000 })
    await backend.db.updateTable('sub_merchants').set({ assigned_to: null }).execute()
    const two = await begin()
    await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'successor').execute()
    await goOn()
    await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'successor').execute()
    expect(await runOf(two)).toMatchObject({ status: 'stopped', code: 'NOT_ACTIVE', done: 1_000 })
  })
  test('given a month later, then nobody asks about it any more', async () => {
    const id = (await assign('operator', { sub_mchids: [near], staff_id: null })).body.id
    backend.sandbox.control.clock.advance(31 * day)
    await dropOldRuns(backend.app.context)
    expect((await runOf(id)).code).toBe('NOT_FOUND')
    backend.sandbox.control.clock.reset()
  })
})
