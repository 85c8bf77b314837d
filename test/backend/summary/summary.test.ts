// The workbench: every number is the total of the list behind it, for every role, over the whole demo data.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildApp } from '../../../backend/app.ts'
import { manualClock } from '../../../backend/clock.ts'
import { connect, type Database } from '../../../backend/database/connection.ts'
import { provider } from '../../../backend/demo/organisation.ts'
import type { App } from '../../../backend/http.ts'
import type { SubMerchantPage } from '../../../backend/merchants/schema.ts'
import type { Role } from '../../../backend/staff/schema.ts'
import type { Summary } from '../../../backend/summary/schema.ts'
import { createTestDatabase, DEMO_MOMENT, type TestDatabase } from '../../support/database.ts'

type Filter = Record<string, string>
const roles: readonly Role[] = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin']
const clock = manualClock(DEMO_MOMENT)
let database: TestDatabase
let connection: Database
let app: App
const tokens = new Map<Role, string>()

beforeAll(async () => {
  database = await createTestDatabase({ demo: true })
  connection = connect(database.url)
  app = await buildApp({
    clock,
    database: connection,
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
}, 90_000)
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
      expect(handle_first[name as keyof typeof filters].items).toEqual((await list(role, { ...filter, limit: '3' })).items)
    }
  })
})

test('given the demo data, then no number that has a shop behind it is zero for an operator, and a field agent sees fewer', async () => {
  const [all, few] = [await get<Summary>('operator', '/v1/summary'), await get<Summary>('field_agent', '/v1/summary')]
  expect(numbersOf(all).filter(([, count]) => count === 0)).toEqual([])
  expect(few.total).toBeLessThan(all.total)
  expect(few.handle_first.unresolved.items.every(row => row.region_code === '440305')).toBe(true)
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
