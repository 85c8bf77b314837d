// A filter by a region that there is not finds nothing, and nobody would know why: every door that takes one says so.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startBackend, type Backend } from '../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend?.close())

type Method = 'GET' | 'PUT' | 'POST'
const doors: [door: string, method: Method, path: string, body: ((filter: object) => object) | null][] = [
  ['the list', 'GET', '/v1/sub-merchants', null],
  ['the search', 'GET', '/v1/sub-merchants?q=面馆', null],
  ['the dashboard', 'GET', '/v1/metrics/dashboard', null],
  ['the list of staff', 'GET', '/v1/staff', null],
  ['an export', 'POST', '/v1/exports', filter => ({ kind: 'merchants', format: 'csv', filter })],
  ['an assignment', 'PUT', '/v1/sub-merchants/assignments', filter => ({ filter, staff_id: null })],
  ['the count of an assignment', 'POST', '/v1/sub-merchants/assignments/count', filter => ({ filter, staff_id: null })],
  ['a rollout', 'POST', '/v1/rollouts', filter => ({ name: '十二月', action: 'gold_plan.open', filter })],
]

describe.each(doors)('given %s', (_, method, path, body) => {
  const ask = (region_code: string) =>
    backend.call<{ code: string; errors?: { field: string; code: string }[] }>(
      path === '/v1/staff' ? 'admin' : 'operator',
      method,
      body ? path : `${path}${path.includes('?') ? '&' : '?'}region_code=${region_code}`,
      body ? { body: body({ region_code }), headers: { 'idempotency-key': randomUUID() } } : {},
    )

  test.each(['990000', '000001', '020000'])('and a region %s that there is not, then the field is named', async region_code => {
    const { status, body: answer } = await ask(region_code)
    expect([status, answer.code, answer.errors?.[0]]).toMatchObject([
      422,
      'VALIDATION_FAILED',
      { field: 'region_code', code: 'UNKNOWN_REGION' },
    ])
  })

  test.each(['440000', '440300', '440305', '330103'])(
    'and the region %s, in force or of before, then it is answered',
    async region_code => {
      expect((await ask(region_code)).status).toBeLessThan(300)
    },
  )
})
