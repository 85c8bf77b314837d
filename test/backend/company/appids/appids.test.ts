// The register of appids: who keeps it, what it takes, what it remembers.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AppidEntry, AppidList } from '../../../../backend/company/appids/schema.ts'
import { startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const enter = (appid: string, body: object, { role = 'admin' as Role, key = randomUUID() as string } = {}) =>
  backend.call<AppidEntry & { code: string }>(role, 'PUT', `/v1/appids/${appid}`, { body, headers: { 'idempotency-key': key } })
const list = async (role: Role = 'field_agent') => (await backend.call<AppidList>(role, 'GET', '/v1/appids')).body.items
const trail = () =>
  backend.db.selectFrom('audit_entries').select(['actor_id', 'before', 'after']).where('action', '=', 'appid.enter').orderBy('at').execute()

test('given entries and a change, then everybody reads what holds now and the trail has what was before', async () => {
  await enter('wxbbbbbbbbbbbbbbbb', { kind: 'mini_program', name: '点餐小程序' })
  await enter('wxaaaaaaaaaaaaaaaa', { kind: 'mini_program' })
  const { status } = await enter('wxaaaaaaaaaaaaaaaa', { kind: 'official_account', name: '服务号' })
  expect(status).toBe(200)
  expect((await list()).map(({ appid, kind, name }) => [appid, kind, name])).toEqual([
    ['wxaaaaaaaaaaaaaaaa', 'official_account', '服务号'],
    ['wxbbbbbbbbbbbbbbbb', 'mini_program', '点餐小程序'],
  ])
  expect((await trail()).at(-1)).toEqual({
    actor_id: 'staff-admin',
    before: { appid: 'wxaaaaaaaaaaaaaaaa', kind: 'mini_program', name: null },
    after: { appid: 'wxaaaaaaaaaaaaaaaa', kind: 'official_account', name: '服务号' },
  })
})

test('given the same key again, then nothing is written twice; with another entry, then it is refused', async () => {
  const key = randomUUID()
  const first = await enter('wxcccccccccccccccc', { kind: 'app' }, { key })
  const entries = (await trail()).length
  const again = await enter('wxcccccccccccccccc', { kind: 'app' }, { key })
  expect([again.status, again.headers.get('idempotent-replayed'), again.body]).toEqual([200, 'true', first.body])
  expect((await enter('wxcccccccccccccccc', { kind: 'mini_program' }, { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  expect(await trail()).toHaveLength(entries)
})

test.each(['field_agent', 'region_lead', 'operator', 'auditor'] as const)('given %s, then he reads and does not enter', async role => {
  const before = await list(role)
  expect((await enter('wxdddddddddddddddd', { kind: 'app' }, { role })).body.code).toBe('ACTION_FORBIDDEN')
  expect(await list(role)).toEqual(before)
})

test.each([
  ['gh_0123456789', { kind: 'official_account' }],
  ['wx12', { kind: 'official_account' }],
  ['wxeeeeeeeeeeeeeeee', { kind: 'jsapi' }],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', name: '' }],
  ['wxeeeeeeeeeeeeeeee', {}],
])('given %s as %j, then it is no entry', async (appid, body) => {
  expect((await enter(appid, body)).body.code).toBe('VALIDATION_FAILED')
})
