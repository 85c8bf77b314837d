// Shops change hands: lists of them, whole districts, everything of a leaver, in one step each.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

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
    expect((await assign('operator', { sub_mchids: [near, near], staff_id: 'successor' })).body).toEqual({ changed: 0 })
    expect(await entries()).toHaveLength(1)
  })
  test('given the same key again, even at once, then it answers the same and nothing is written twice', async () => {
    const key = randomUUID()
    const both = await Promise.all([1, 2].map(() => assign('operator', { sub_mchids: [near], staff_id: 'successor' }, key)))
    expect(both.map(({ status, body }) => [status, body.changed])).toEqual([
      [200, 1],
      [200, 1],
    ])
    expect(both.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(1)
    expect(await entries()).toHaveLength(1)
    expect((await assign('operator', { sub_mchids: [city], staff_id: 'successor' }, key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
  test('given one that is out of scope or does not exist, then both are told the same and nothing happens', async () => {
    const out = await assign('region_lead', { sub_mchids: [near, far], staff_id: 'successor' })
    const none = await assign('region_lead', { sub_mchids: [near, '1999999999'], staff_id: 'successor' })
    expect(faultOf(out)).toEqual([422, 'sub_mchids.1', 'NOT_FOUND'])
    expect(none.body.errors).toEqual(out.body.errors)
    expect(await holders()).toEqual(['leaver', 'leaver', 'leaver'])
  })
  test('given one that they would not see, then the answer names it and nothing happens', async () => {
    const answer = await assign('operator', { sub_mchids: [near, far], staff_id: 'successor' })
    expect(faultOf(answer)).toEqual([422, 'staff_id', 'OUTSIDE_THEIR_REGIONS'])
    expect(answer.text).toContain(far)
    expect(await holders()).toEqual(['leaver', 'leaver', 'leaver'])
  })
  test.each([
    ['nobody', 'NOT_FOUND'],
    ['leaver', 'NOT_ACTIVE'],
    ['newcomer', 'NOT_ACTIVE'],
    ['staff-auditor', 'ROLE_WITHOUT_SHOPS'],
  ])('given %s as the one who gets them, then %s', async (staff_id, code) => {
    expect(faultOf(await assign('operator', { sub_mchids: [near], staff_id }))).toEqual([422, 'staff_id', code])
  })
  test('given more than 1,000, both ways at once or neither, then it is refused by name', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => String(1_900_100_000 + index))
    expect(faultOf(await assign('operator', { sub_mchids: many, staff_id: 'successor' }))).toEqual([422, 'sub_mchids', 'TOO_MANY'])
    const both = { sub_mchids: [near], filter: { assigned_to: 'leaver' }, staff_id: 'successor' }
    expect(faultOf(await assign('operator', both))).toEqual([422, 'filter', 'NOT_ALLOWED'])
    expect(faultOf(await assign('operator', { staff_id: 'successor' }))).toEqual([422, 'sub_mchids', 'REQUIRED'])
    expect((await assign('operator', { filter: {}, staff_id: 'successor' })).status).toBe(422)
  })
})

describe('all shops that match', () => {
  test("given a leaver, then a lead moves the leaver's shops of the own city in one step, an operator the rest to somebody who sees them", async () => {
    expect((await assign('region_lead', { filter: { assigned_to: 'leaver' }, staff_id: 'successor' })).body).toEqual({ changed: 2 })
    expect(await holders()).toEqual(['successor', 'successor', 'leaver'])
    const rest = { filter: { assigned_to: 'leaver' }, staff_id: 'staff-operator' }
    expect((await assign('operator', rest)).body).toEqual({ changed: 1 })
    expect(await holders()).toEqual(['successor', 'successor', 'staff-operator'])
  })
  test('given a region, then only what is below it moves', async () => {
    const filter = { assigned_to: 'leaver', region_code: '440304' }
    expect((await assign('operator', { filter, staff_id: 'successor' })).body).toEqual({ changed: 1 })
    expect(await holders()).toEqual(['leaver', 'successor', 'leaver'])
  })
  test('given those of nobody, then they are found', async () => {
    await backend.db.updateTable('sub_merchants').set({ assigned_to: null }).where('sub_mchid', '=', near).execute()
    const filter = { assigned_to: 'none', region_code: '440305' }
    expect((await assign('operator', { filter, staff_id: 'successor' })).status).toBe(200)
    expect(await holders()).toEqual(['successor', 'leaver', 'leaver'])
  })
  test('given nothing that matches, then nothing changes and that is no fault', async () => {
    expect((await assign('region_lead', { filter: { region_code: '440106' }, staff_id: 'successor' })).body).toEqual({ changed: 0 })
  })
})

test.each(['field_agent', 'auditor', 'admin'] as const)('given a %s, then it is not theirs to do', async role => {
  const answer = await assign(role, { sub_mchids: [near], staff_id: 'successor' })
  expect([answer.status, answer.body.required_action]).toEqual([403, 'merchant.assign'])
})
