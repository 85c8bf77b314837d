// GET /v1/audit-entries: who changed what, newest first, for whom it concerns.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AuditEntry, AuditPage } from '../../../../backend/directory/audit-trail/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { minute, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

const [nanshan, futian, beijing] = ['1900000101', '1900000102', '1900000103'] as const
const second = '1900000002'
let backend: Backend
let began: Date

beforeAll(async () => {
  backend = await startBackend({ furtherNumbers: [{ sp_mchid: second, wechatPay: {} as never }] })
  const now = backend.clock.now()
  await backend.db
    .insertInto('provider')
    .values({ sp_mchid: second, home_sp_mchid: sp_mchid, name: '第二个号', receipt_link_configured: true, updated_at: now })
    .execute()
  await backend.addMerchant(nanshan, { name: '科技园面馆' })
  await backend.addMerchant(futian, { region_code: '440304', assigned_to: 'staff-field_agent' })
  await backend.addMerchant(beijing, { region_code: '110105', sp_mchid: second })
  began = now
  await addEntry(nanshan, { action: 'receipt.open' })
  await addEntry(futian, { action: 'receipt.close', actor_id: 'staff-region_lead', reason: '店主要求' })
  await addEntry(beijing, { action: 'receipt.open', sp_mchid: second, actor_id: null, actor_role: null })
  await addEntry(nanshan, { action: 'merchant.updated', actor_id: 'import', actor_role: null })
  await addEntry('staff-field_agent', { action: 'staff.bind', target_type: 'staff' })
  await addEntry(sp_mchid, { action: 'provider.change', target_type: 'provider' })
})
afterAll(() => backend.close())

interface Given {
  sp_mchid: string
  action: string
  actor_id: string | null
  actor_role: Role | null
  target_type: string
  reason: string
}

/** One minute after the one before. */
async function addEntry(target_id: string, given: Partial<Given>): Promise<void> {
  backend.sandbox.control.clock.advance(minute)
  await backend.db
    .insertInto('audit_entries')
    .values({
      sp_mchid,
      at: backend.clock.now(),
      actor_id: 'staff-operator',
      actor_role: 'operator',
      target_type: 'sub_merchant',
      target_id,
      before: JSON.stringify({ receipt: 'closed' }),
      after: JSON.stringify({ receipt: 'open' }),
      reason: null,
      request_id: `request-of-${target_id}`,
      client: '1.0.0',
      action: 'receipt.open',
      ...given,
    })
    .execute()
}

const list = (role: Role, query: Record<string, string> = {}) =>
  backend.call<AuditPage>(role, 'GET', `/v1/audit-entries?${new URLSearchParams(query).toString()}`)
/** without what logging in leaves */
const entriesFor = async (role: Role, query: Record<string, string> = {}): Promise<AuditEntry[]> =>
  (await list(role, query)).body.items.filter(({ action }) => action !== 'session.open')
const named = async (role: Role, query: Record<string, string> = {}) =>
  (await entriesFor(role, query)).map(({ action, target }) => `${action} ${target.id}`)

const all = [
  `provider.change ${sp_mchid}`,
  'staff.bind staff-field_agent',
  `merchant.updated ${nanshan}`,
  `receipt.open ${beijing}`,
  `receipt.close ${futian}`,
  `receipt.open ${nanshan}`,
]

describe('who sees what', () => {
  test.each(['operator', 'auditor', 'admin'] as const)(
    'the %s sees everything of the company, of all its numbers, newest first',
    async role => {
      expect(await named(role)).toEqual(all)
    },
  )

  test('a region lead sees what concerns shops in scope', async () => {
    expect(await named('region_lead')).toEqual([`merchant.updated ${nanshan}`, `receipt.close ${futian}`, `receipt.open ${nanshan}`])
  })

  test('a field agent sees the trail of the shops that are theirs', async () => {
    expect(await named('field_agent')).toEqual([`merchant.updated ${nanshan}`, `receipt.open ${nanshan}`])
    expect(await named('field_agent', { sub_mchid: nanshan })).toEqual([`merchant.updated ${nanshan}`, `receipt.open ${nanshan}`])
  })

  test.each([
    ['field_agent', futian],
    ['region_lead', beijing],
  ] as const)('a %s who asks for a shop elsewhere is told the same as for one that is not there', async (role, sub_mchid) => {
    const answers = [await list(role, { sub_mchid }), await list(role, { sub_mchid: '1999999999' })]
    expect(answers.map(({ status, body }) => [status, (body as unknown as { code: string }).code])).toEqual([
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
    ])
  })
})

test('an entry says who, when, what with before and after, why, and by which request', async () => {
  const [entry] = await entriesFor('auditor', { sub_mchid: futian })
  expect(entry).toEqual({
    id: expect.any(String),
    at: expect.stringMatching(/\+08:00$/),
    actor: { id: 'staff-region_lead', display_name: 'region_lead', role: 'operator' },
    action: 'receipt.close',
    target: { type: 'sub_merchant', id: futian, name: `测试店${futian}` },
    before: { receipt: 'closed' },
    after: { receipt: 'open' },
    reason: '店主要求',
    request_id: `request-of-${futian}`,
    client: '1.0.0',
  })
})

test('an entry of the system has no actor, one of a command its name, and of what is no shop its own name', async () => {
  const entries = await entriesFor('auditor')
  const of = (action: string) => entries.filter(one => one.action === action)
  expect(of('receipt.open')[0]!.actor).toBeNull()
  expect(of('merchant.updated')[0]!.actor).toEqual({ id: 'import', display_name: null, role: null })
  expect(of('staff.bind')[0]!.target).toEqual({ type: 'staff', id: 'staff-field_agent', name: 'field_agent' })
  expect(of('provider.change')[0]!.target.name).toBe('示例服务商')
})

describe('filters', () => {
  const after = (minutes: number) => new Date(began.getTime() + minutes * minute).toISOString()
  test.each([
    ['a shop', () => ({ sub_mchid: nanshan }), [all[2], all[5]]],
    ['a person', () => ({ actor: 'staff-region_lead' }), [all[4]]],
    ['the system', () => ({ actor: 'system' }), [all[3]]],
    ['an import', () => ({ actor: 'import' }), [all[2]]],
    ['an action', () => ({ action: 'receipt.open' }), [all[3], all[5]]],
    ['from', () => ({ from: after(5), action: 'staff.bind' }), [all[1]]],
    ['from a time to another, which is not part of it', () => ({ from: after(2), to: after(4) }), [all[3], all[4]]],
    ['several at once', () => ({ action: 'receipt.open', sub_mchid: nanshan, actor: 'staff-operator' }), [all[5]]],
    ['what nobody did', () => ({ action: 'visit.review' }), []],
  ])('%s', async (_name, query, expected) => {
    expect(await named('auditor', query())).toEqual(expected)
  })

  test.each([
    [{ sub_mchid: 'x' }, 'sub_mchid'],
    [{ action: "a'b" }, 'action'],
    [{ from: 'yesterday' }, 'from'],
    [{ limit: '101' }, 'limit'],
    [{ colour: 'red' }, 'colour'],
  ])('given %j, then the field at fault is named', async (query, field) => {
    const { status, body } = await list('auditor', query as Record<string, string>)
    expect([status, (body as unknown as { errors: { field: string }[] }).errors.map(one => one.field)]).toEqual([422, [field]])
  })
})

describe('pages', () => {
  const pages = async (role: Role, query: Record<string, string> = {}) => {
    const seen: string[][] = []
    let cursor: string | null = null
    do {
      const { body }: { body: AuditPage } = await list(role, { limit: '1', ...query, ...(cursor !== null && { cursor }) })
      seen.push(body.items.map(({ id }) => id))
      cursor = body.next_cursor
    } while (cursor !== null)
    return seen
  }

  test.each(['auditor', 'region_lead', 'field_agent'] as const)('one by one the %s sees the same entries, each once', async role => {
    const whole = (await entriesFor(role, { to: backend.clock.now().toISOString(), limit: '100' })).map(({ id }) => id)
    const query = { to: backend.clock.now().toISOString() }
    expect((await pages(role, query)).flat().filter(id => whole.includes(id))).toEqual(whole)
  })

  test('entries of the same moment are on one side of a page or the other, never on both or none', async () => {
    const at = new Date(began.getTime() - 60 * minute)
    const row = { sp_mchid, at, action: 'same.moment', target_type: 'provider', target_id: sp_mchid }
    const ids = Array.from({ length: 5 }, () => randomUUID())
    await backend.db
      .insertInto('audit_entries')
      .values(
        ids.map(id => ({
          ...row,
          id,
          actor_id: null,
          actor_role: null,
          before: null,
          after: null,
          reason: null,
          request_id: null,
          client: null,
        })),
      )
      .execute()
    expect((await pages('auditor', { action: 'same.moment', limit: '2' })).flat()).toEqual(ids.toSorted().toReversed())
  })

  test('a cursor of another question, or made up, is refused', async () => {
    const { body } = await list('auditor', { limit: '1' })
    const queries: Record<string, string>[] = [{ cursor: body.next_cursor!, action: 'receipt.open' }, { cursor: 'AAAA' }]
    for (const query of queries) {
      const { status, body: problem } = await list('auditor', query)
      expect([status, (problem as unknown as { code: string }).code]).toEqual([400, 'INVALID_CURSOR'])
    }
  })
})

test('given a lead of many shops whose entries lie far back among those of others, then paging on reaches them', async () => {
  const far = new Date(began.getTime() - 24 * 60 * minute)
  const at = (minutes: number) => new Date(far.getTime() + minutes * minute)
  await backend.addMerchant('1900005000', { region_code: '440306' })
  for (let index = 0; index < 201; index += 1) await backend.addMerchant(String(1_900_006_000 + index), { region_code: '440306' })
  const row = {
    sp_mchid,
    action: 'far.back',
    target_type: 'sub_merchant',
    actor_id: null,
    actor_role: null,
    before: null,
    after: null,
    reason: null,
    request_id: null,
    client: null,
  }
  await backend.db
    .insertInto('audit_entries')
    .values([
      { ...row, at: at(0), target_id: '1900005000' },
      { ...row, at: at(1), target_id: '1900006000' },
    ])
    .execute()
  for (let batch = 0; batch < 5; batch += 1)
    await backend.db
      .insertInto('audit_entries')
      .values(Array.from({ length: 500 }, (_, index) => ({ ...row, at: at(10 + batch * 500 + index), target_id: beijing })))
      .execute()
  const seen: string[] = []
  let [cursor, asked]: [string | null, number] = [null, 0]
  do {
    const { body }: { body: AuditPage } = await list('region_lead', { action: 'far.back', ...(cursor !== null && { cursor }) })
    seen.push(...body.items.map(({ target }) => target.id))
    cursor = body.next_cursor
    asked += 1
  } while (cursor !== null)
  expect([seen, asked]).toEqual([['1900006000', '1900005000'], 2])
})

test('an entry about people and regions names them', async () => {
  const at = new Date(began.getTime() - minute)
  const base = { sp_mchid, at, actor_id: null, actor_role: null, request_id: null, client: null }
  const assigned = { before: JSON.stringify({ assigned_to: null }), after: JSON.stringify({ assigned_to: 'staff-field_agent' }) }
  const moved = { before: JSON.stringify({ region_codes: ['440305'] }), after: JSON.stringify({ region_codes: ['440300'] }) }
  const district = { before: JSON.stringify({ region_code: '440305' }), after: JSON.stringify({ region_code: '500199' }) }
  await backend.db
    .insertInto('audit_entries')
    .values([
      { ...base, ...district, action: 'merchant.changed_district', target_type: 'sub_merchant', target_id: futian },
      { ...base, ...assigned, action: 'merchant.assigned', target_type: 'sub_merchant', target_id: futian },
      { ...base, ...moved, action: 'staff.updated', target_type: 'staff', target_id: 'staff-field_agent' },
    ])
    .execute()
  const entriesOf = async (action: string) => (await list('operator', { action })).body.items[0]!
  expect(await entriesOf('merchant.assigned')).toMatchObject({ before: { assigned_to: null }, after: { assigned_to: 'field_agent' } })
  expect(await entriesOf('staff.updated')).toMatchObject({
    before: { region_codes: ['深圳市南山区'] },
    after: { region_codes: ['深圳市'] },
  })
  expect(await entriesOf('merchant.changed_district')).toMatchObject({
    before: { region_code: '深圳市南山区' },
    after: { region_code: '重庆市区划500199' },
  })
})
