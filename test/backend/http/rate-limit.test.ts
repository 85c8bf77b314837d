// Who has no session is counted on every route, whatever further limit the route has.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startBackend, type Backend } from '../support/backend.ts'

const allowed = 2
let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ requestsPerMinute: allowed })
  for (let asked = 0; asked < allowed; asked += 1) await backend.call(null, 'GET', '/v1/me')
})
afterAll(() => backend.close())

const contract = JSON.parse(readFileSync(new URL('../../../backend/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>
}
const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map(method => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, '1900000101')] as const),
)

test.each(routes)(
  'given as many requests of an address as a minute allows, then %s %s is refused, with the time to wait',
  async (method, path) => {
    const { status, body, headers } = await backend.call(null, method, path, method === 'GET' ? {} : { body: {} })
    expect([status, body.code]).toEqual([429, 'RATE_LIMITED'])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  },
)
