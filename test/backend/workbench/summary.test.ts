// The workbench: every number is the total of the list behind it, for every role, over the whole demo data.
import type { Role } from '../../../backend/http/schema.ts'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { KyselyPlugin } from 'kysely'
import { buildApp } from '../../../backend/app.ts'
import { manualClock } from '../../../backend/platform/clock.ts'
import { connect, type Database } from '../../../backend/database/connection.ts'
import { provider } from '../../../dev/demo/organisation.ts'
import type { EvidencePage } from '../../../backend/evidence/schema.ts'
import type { App } from '../../../backend/http/authenticated.ts'
import type { SubMerchantPage } from '../../../backend/directory/merchants/schema.ts'
import type { Summary } from '../../../backend/workbench/schema.ts'
import { visitReason } from '../../../miniprogram/shared/today.ts'
import { createTestDatabase, DEMO_MOMENT, type TestDatabase } from '../../support/database.ts'

type Filter = Record<string, string>
const roles: readonly Role[] = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin']
const clock = manualClock(DEMO_MOMENT)
let database: TestDatabase
let connection: Database
let app: App
/** that the app has asked so far, but for what begins and ends a transaction */
let statements = 0
/** what the readiness of one number asks, and with it the workbench of who sets it up */
const ofReadiness = 8
const counting: KyselyPlugin = {
  transformQuery({ node }) {
    statements += 1
    return node
  },
  transformResult: async ({ result }) => result,
}
const tokens = new Map<Role, string>()

beforeAll(async () => {
  database = await createTestDatabase({ demo: true })
  connection = connect(database.url)
  app = await buildApp({
    clock,
    database: connection.withPlugin(counting),
    sp_mchid: provider.sp_mchid,
    // nothing here calls WeChat Pay
    wechatPay: { goldPlan: undefined as never, orders: undefined as never },
    wechat: { code2Session: async code => ({ openid: `openid-${code}` }) },
    workerEveryMs: null,
    requestsPerMinute: 100_000,
  })
  for (const role of roles) {
    const { token } = (await app.inject({ method: 'POST', url: '/v1/sessions', payload: { code: `demo-${role}` } })).json<{
      token: string
    }>()
    tokens.set(role, token)
  }
})
afterAll(async () => {
  await app?.close()
  await connection?.destroy()
  await database?.drop()
})

async function get<T>(role: Role, url: string): Promise<T> {
  const answer = await app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${tokens.get(role)!}` } })
  expect(answer.statusCode).toBe(200)
  return answer.json<T>()
}
const list = (role: Role, filter: Filter) => get<SubMerchantPage>(role, `/v1/sub-merchants?${new URLSearchParams(filter)}`)

/** The list's own count; past 1,000 it says only "1000+", so the pages are counted. */
async function totalOf(role: Role, filter: Filter): Promise<number> {
  const first = await list(role, { ...filter, limit: '100' })
  if (first.total_estimate! < 1_000) return first.total_estimate!
  let counted = first.items.length
  for (let cursor = first.next_cursor; cursor;) {
    const page = await list(role, { ...filter, limit: '100', cursor })
    counted += page.items.length
    cursor = page.next_cursor
  }
  return counted
}

/** Each number of a summary and the filter that its schema names. */
const numbersOf = ({ by_state, attention, receipts_open, total, handle_first }: Summary): [string, number, Filter][] => [
  ['total', total, {}],
  ['receipts_open', receipts_open, { receipt: 'open' }],
  ...Object.entries(by_state).map(([state, count]) => [state, count, { state }] as [string, number, Filter]),
  ...Object.entries(attention).map(([mark, count]) => [mark, count, { attention: mark.toUpperCase() }] as [string, number, Filter]),
  ['handle_first.regressed', handle_first.regressed.count, { state: 'regressed' }],
  ['handle_first.receipt_error', handle_first.receipt_error.count, { attention: 'RECEIPT_ERROR' }],
  ['handle_first.unresolved', handle_first.unresolved.count, { operation: 'unresolved' }],
]

describe.each(roles)('for %s', role => {
  test.each<Filter>([{}, { assigned_to: 'me' }])('given the query %j, then every number is the total of its list', async mine => {
    const summary = await get<Summary>(role, `/v1/summary?${new URLSearchParams(mine)}`)
    for (const [name, count, filter] of numbersOf(summary)) {
      expect([name, count]).toEqual([name, await totalOf(role, { ...filter, ...mine })])
    }
    expect(Object.values(summary.by_state).reduce((sum, count) => sum + count)).toBe(summary.total)
    expect(summary.as_of).toBe('2026-11-23T10:00:00+08:00')
  })

  test('given what must be handled first, then the rows are the first three of its list', async () => {
    const { handle_first } = await get<Summary>(role, '/v1/summary')
    const filters = {
      regressed: { state: 'regressed' },
      receipt_error: { attention: 'RECEIPT_ERROR' },
      unresolved: { operation: 'unresolved' },
    }
    for (const [name, filter] of Object.entries(filters)) {
      expect(handle_first[name as keyof typeof filters].items).toMatchObject((await list(role, { ...filter, limit: '3' })).items)
    }
    for (const { items } of [handle_first.regressed, handle_first.receipt_error, handle_first.unresolved])
      for (const { what, at } of items) expect([what, at]).toEqual([expect.stringMatching(/./), expect.stringMatching(/^2026-/)])
  })
})

test('given any role, then its numbers are one statement, and with the rows to handle first there are a dozen at most, but for the readiness of who sets it up', async () => {
  const asked: [Role, number][] = []
  for (const role of roles) {
    const before = statements
    await get<Summary>(role, '/v1/summary')
    asked.push([role, statements - before - (role === 'admin' ? ofReadiness : 0)])
  }
  expect(asked.filter(([, count]) => count > 12)).toEqual([])
})

test('given the demo data, then no number that has a shop behind it is zero for an operator, and a field agent sees fewer', async () => {
  const [all, few] = [await get<Summary>('operator', '/v1/summary'), await get<Summary>('field_agent', '/v1/summary')]
  expect(numbersOf(all).filter(([, count]) => count === 0)).toEqual([])
  expect(few.total).toBeLessThan(all.total)
  expect(few.handle_first.unresolved.items.every(row => row.region_code === '440305')).toBe(true)
})

test('given what must be handled first, then each row says what was seen, and when', async () => {
  const { handle_first, returned_visits } = await get<Summary>('field_agent', '/v1/summary')
  expect(handle_first.regressed.items[0]).toMatchObject({ sub_mchid: '1900000128', what: 'test_payment:closed' })
  const [shop] = handle_first.receipt_error.items
  const { items: timeline } = await get<EvidencePage>('field_agent', `/v1/sub-merchants/${shop!.sub_mchid}/evidence?kind=test_payment`)
  expect(shop).toMatchObject({ what: 'receipt_error', at: timeline[0]!.occurred_at })
  const [waiting] = handle_first.unresolved.items
  const operation = await connection
    .selectFrom('operations')
    .select(['kind', 'started_at'])
    .where('sub_mchid', '=', waiting!.sub_mchid)
    .where('status', '=', 'unresolved')
    .executeTakeFirstOrThrow()
  expect([waiting!.what, Date.parse(waiting!.at!)]).toEqual([operation.kind, operation.started_at.getTime()])
  expect(handle_first.returned).toMatchObject({ count: returned_visits, items: [{ review: { comment: expect.stringMatching(/门头/) } }] })
})

test("given the route of today, then it has just the shops that need somebody there, and those of today's visits", async () => {
  const all: SubMerchantPage['items'] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: SubMerchantPage = await list('field_agent', { assigned_to: 'me', limit: '100', ...(cursor && { cursor }) })
    all.push(...page.items)
    cursor = page.next_cursor
  }
  const route = async () => (await list('field_agent', { assigned_to: 'me', route: 'today', limit: '100' })).items
  const wanted = all.filter(row => visitReason(row) !== null)
  expect((await list('field_agent', { assigned_to: 'me', route: 'today' })).total_estimate).toBe(wanted.length)
  expect(await route()).toEqual(wanted.slice(0, 100))
  const quiet = all.find(row => visitReason(row) === null)!
  const { id, ended_at } = await connection
    .selectFrom('visits')
    .select(['id', 'ended_at'])
    .where('id', '=', '00000000-0000-4000-8002-000000000003')
    .executeTakeFirstOrThrow()
  const move = (sub_mchid: string, at: Date) =>
    connection.updateTable('visits').set({ sub_mchid, started_at: at, ended_at: at }).where('id', '=', id).execute()
  const total = async () => (await list('field_agent', { assigned_to: 'me', route: 'today' })).total_estimate
  try {
    await move(quiet.sub_mchid, new Date('2026-11-23T00:00:00+08:00'))
    expect(await total()).toBe(wanted.length + 1)
    await move(quiet.sub_mchid, new Date('2026-11-22T23:59:59+08:00'))
    expect(await total()).toBe(wanted.length)
  } finally {
    await move('1900000102', ended_at)
  }
})

test('given a list filtered by a mark, then each of its rows carries the mark', async () => {
  for (const mark of ['CHECK_FAILED', 'OUT_OF_BAND', 'OPERATION_BLOCKED', 'RECEIPT_ERROR', 'SETTLING', 'STALE']) {
    const { items } = await list('operator', { attention: mark, limit: '100' })
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(row => row.migration.attention.includes(mark as never))).toBe(true)
  }
})

test('given an unresolved operation that something settled, then it is no longer counted', async () => {
  const before = (await get<Summary>('operator', '/v1/summary')).handle_first.unresolved.count
  const { id } = await connection.selectFrom('operations').select('id').where('status', '=', 'unresolved').executeTakeFirstOrThrow()
  await connection.updateTable('operations').set({ settled_at: clock.now() }).where('id', '=', id).execute()
  expect((await get<Summary>('operator', '/v1/summary')).handle_first.unresolved.count).toBe(before - 1)
})

test('given a list of 1,000 or fewer, then its total is exact', async () => {
  for (const filter of <Filter[]>[{ state: 'unknown' }, { state: 'verified' }, { q: '面' }, { region_code: '440300' }]) {
    const { total_estimate } = await list('operator', filter)
    if (total_estimate! >= 1_000) continue
    let rows = 0
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: SubMerchantPage = await list('operator', { ...filter, limit: '100', ...(cursor ? { cursor } : {}) } as Record<
        string,
        string
      >)
      rows += page.items.length
      cursor = page.next_cursor
    }
    expect([filter, rows]).toEqual([filter, total_estimate])
  }
})

test.each(['assigned_to=none', 'assigned_to=00000000-0000-4000-8000-000000000001', 'state=regressed'])(
  'given %s, then it is refused',
  async query => {
    const answer = await app.inject({
      method: 'GET',
      url: `/v1/summary?${query}`,
      headers: { authorization: `Bearer ${tokens.get('operator')!}` },
    })
    expect(answer.statusCode).toBe(422)
  },
)
