// Every endpoint, walked by every role within and outside its scope (product.md §9). Out of scope looks exactly like not existing.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { roles, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
/** in 南山区, in another district of 深圳市, in 广州市 */
const near = '1900000101'
const city = '1900000102'
const far = '1900000103'
beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant(near)
  await backend.addMerchant(city, { region_code: '440304' })
  await backend.addMerchant(far, { region_code: '440106' })
  for (const sub_mchid of [near, city, far]) {
    await backend.addEvidence(sub_mchid, {
      kind: 'api_operation',
      ago: 3_600_000,
      detail: { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' },
    })
  }
})
afterAll(() => backend.close())

const sees: Record<Role, string[]> = {
  field_agent: [near],
  region_lead: [near, city],
  operator: [near, city, far],
  auditor: [near, city, far],
  admin: [near, city, far],
}
const field: Role[] = ['field_agent', 'region_lead', 'operator']
const leads: Role[] = ['region_lead', 'operator']

const endpoints: {
  name: string
  allowed: readonly Role[]
  ask: (role: Role, sub_mchid: string) => Promise<{ status: number; body: Record<string, unknown> }>
}[] = [
  { name: 'read', allowed: roles, ask: (role, id) => backend.call(role, 'GET', `/v1/sub-merchants/${id}`) },
  { name: 'evidence', allowed: roles, ask: (role, id) => backend.call(role, 'GET', `/v1/sub-merchants/${id}/evidence`) },
  { name: 'open the plan', allowed: field, ask: (role, id) => backend.control(role, id, 'gold-plan/jsapi', { status: 'open' }) },
  { name: 'open the receipt', allowed: field, ask: (role, id) => backend.control(role, id, 'receipt', { status: 'open' }) },
  {
    name: 'close the receipt',
    allowed: field,
    ask: (role, id) => backend.control(role, id, 'receipt', { status: 'closed', reason: '商户要求' }),
  },
  { name: 'set the filter', allowed: field, ask: (role, id) => backend.control(role, id, 'ad-filter', { industries: ['FOOD'] }) },
  { name: 'open ads', allowed: leads, ask: (role, id) => backend.control(role, id, 'advertising', { status: 'open' }) },
  { name: 'close ads', allowed: leads, ask: (role, id) => backend.control(role, id, 'advertising', { status: 'closed' }) },
  {
    name: 'record a test payment',
    allowed: field,
    ask: (role, id) =>
      backend.call(role, 'POST', `/v1/sub-merchants/${id}/evidence`, {
        body: {
          id: randomUUID(),
          kind: 'test_payment',
          occurred_at: backend.clock.now().toISOString(),
          detail: { entry: 'other', web_page_opened: null, payee_matches: 'not_checked', after_page: 'unsure' },
        },
        headers: { 'idempotency-key': randomUUID() },
      }),
  },
]

test.each(roles.flatMap(role => endpoints.map(endpoint => [role, endpoint.name, endpoint] as const)))(
  'given the role %s, when it asks to %s, then in scope it may or 403 says what is needed, and out of scope there is nothing',
  async (role, _, { allowed, ask }) => {
    for (const sub_mchid of [near, city, far]) {
      const { status, body } = await ask(role, sub_mchid)
      if (!sees[role].includes(sub_mchid)) {
        const missing = await ask(role, '1999999999')
        expect([status, body.code, body.detail]).toEqual([404, 'NOT_FOUND', missing.body.detail])
      } else if (allowed.includes(role)) expect([200, 201]).toContain(status)
      else expect([status, body.code, typeof body.required_action]).toEqual([403, 'ACTION_FORBIDDEN', 'string'])
    }
  },
)

test.each(roles)('given the role %s, then allowed_actions are what the server lets it do', async role => {
  const { body } = await backend.call<{ allowed_actions: string[] }>(role, 'GET', `/v1/sub-merchants/${near}`)
  expect([
    body.allowed_actions.includes('gold_plan.open'),
    body.allowed_actions.includes('advertising.open'),
    body.allowed_actions.includes('portal_check.write'),
  ]).toEqual([field.includes(role), leads.includes(role), role === 'operator'])
  expect(body.allowed_actions).not.toContain('staff.manage')
})

test('given no token, then nothing of /v1 answers anything else than 401', async () => {
  for (const { path, method } of [
    { method: 'GET', path: '/v1/me' },
    { method: 'GET', path: '/v1/regions' },
    { method: 'GET', path: '/v1/industries' },
    { method: 'GET', path: '/v1/sub-merchants' },
    { method: 'GET', path: `/v1/sub-merchants/${near}` },
    { method: 'PUT', path: `/v1/sub-merchants/${near}/receipt` },
    { method: 'GET', path: `/v1/operations/${randomUUID()}` },
    { method: 'DELETE', path: '/v1/sessions/current' },
  ]) {
    expect((await backend.call(null, method, path)).status).toBe(401)
  }
})

test('given regions, then each sees the tree of his scope, with an ETag that answers 304', async () => {
  const agent = await backend.call<{ items: unknown }>('field_agent', 'GET', '/v1/regions')
  expect(agent.body.items).toEqual([
    { code: '440000', name: '广东省', children: [{ code: '440300', name: '深圳市', children: [{ code: '440305', name: '南山区' }] }] },
  ])
  const all = await backend.call<{ items: { code: string; children: { code: string; name: string }[] }[] }>(
    'operator',
    'GET',
    '/v1/regions',
  )
  expect(all.body.items.length).toBeGreaterThan(30)
  expect(all.body.items.find(({ code }) => code === '110000')?.children).toMatchObject([{ code: '110100', name: '北京市' }])
  const again = await backend.call('operator', 'GET', '/v1/regions', { headers: { 'if-none-match': all.headers.get('etag')! } })
  expect([again.status, again.text]).toEqual([304, ''])
})

test('given industries, then the 36 of WeChat Pay with its own spellings', async () => {
  const { body } = await backend.call<{ items: { code: string }[] }>('auditor', 'GET', '/v1/industries')
  expect(body.items).toHaveLength(36)
  expect(body.items.map(({ code }) => code)).toEqual(expect.arrayContaining(['POTOGRAPHY', 'BUSSINESS', 'INDUSTY']))
})
