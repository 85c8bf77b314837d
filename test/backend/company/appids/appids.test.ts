// The register of appids: who keeps it, what it takes, what it remembers.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AppidEntry, AppidList, AppidListResult } from '../../../../backend/company/appids/schema.ts'
import { minute, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant('1900000101', { name: '科技面馆' })
})
afterAll(() => backend.close())

type Refused = { code: string; current: AppidEntry & AppidListResult; errors: { field: string; code: string }[] }
const find = async (query = '', role: Role = 'field_agent') => (await backend.call<AppidList>(role, 'GET', `/v1/appids${query}`)).body
const versionOf = async (appid: string) => (await find(`?q=${appid}`)).items[0]?.version ?? 0
async function enter(
  appid: string,
  body: object,
  { role = 'admin' as Role, key = randomUUID() as string, version = undefined as number | undefined } = {},
) {
  const headers = { 'idempotency-key': key, 'if-match': `"${version ?? (await versionOf(appid))}"` }
  return backend.call<AppidEntry & Refused>(role, 'PUT', `/v1/appids/${appid}`, { body, headers })
}
const trail = () =>
  backend.db
    .selectFrom('audit_entries')
    .select(['actor_id', 'before', 'after'])
    .where('action', '=', 'appid.enter')
    .orderBy('at')
    .orderBy('written_in')
    .execute()

test('given entries and a change, then everybody reads what holds now and the trail has what was before', async () => {
  await enter('wxbbbbbbbbbbbbbbbb', { kind: 'mini_program', name: '点餐小程序', sub_mchid: '1900000101' })
  await enter('wxaaaaaaaaaaaaaaaa', { kind: 'mini_program' })
  const { status, headers, body } = await enter('wxaaaaaaaaaaaaaaaa', { kind: 'official_account', name: '服务号' })
  expect([status, headers.get('etag'), body.version, body.updated_by]).toEqual([200, '"2"', 2, 'admin'])
  expect((await find()).items.map(({ appid, kind, name, owner }) => [appid, kind, name, owner])).toEqual([
    ['wxaaaaaaaaaaaaaaaa', 'official_account', '服务号', null],
    ['wxbbbbbbbbbbbbbbbb', 'mini_program', '点餐小程序', { sub_mchid: '1900000101', name: '科技面馆' }],
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

test('given the entry that it has already, then neither version nor trail move', async () => {
  const version = await versionOf('wxcccccccccccccccc')
  const entries = (await trail()).length
  expect((await enter('wxcccccccccccccccc', { kind: 'app' })).body.version).toBe(version)
  expect(await trail()).toHaveLength(entries)
})

test('given two administrators who saw the same, then the second is shown what the first made of it', async () => {
  const version = await versionOf('wxaaaaaaaaaaaaaaaa')
  const [one, other] = [
    await enter('wxaaaaaaaaaaaaaaaa', { kind: 'official_account', name: '服务号 2' }, { version }),
    await enter('wxaaaaaaaaaaaaaaaa', { kind: 'mini_program' }, { version }),
  ]
  expect([one.status, other.status, other.body.code, other.body.current.name]).toEqual([200, 412, 'VERSION_MISMATCH', '服务号 2'])
  const headers = { 'idempotency-key': randomUUID() }
  const without = await backend.call<Refused>('admin', 'PUT', '/v1/appids/wxaaaaaaaaaaaaaaaa', { body: { kind: 'app' }, headers })
  expect([without.status, without.body.code]).toEqual([428, 'PRECONDITION_REQUIRED'])
})

test('given a search, then appid, name, owner and 商户号 find it, and a list in pages has each once', async () => {
  const appidsOf = async (query: string) => (await find(query)).items.map(({ appid }) => appid)
  for (const q of ['wxBBBB', '点餐', '面馆', '1900000101', 'ｗｘｂｂ', '１９００\u200b０００１０１'])
    expect(await appidsOf(`?q=${encodeURIComponent(q)}`)).toEqual(['wxbbbbbbbbbbbbbbbb'])
  expect(await appidsOf('?q=%25')).toEqual([])
  const first = await find('?limit=2')
  const second = await find(`?limit=2&cursor=${first.next_cursor!}`)
  expect([first.total, ...[first, second].flatMap(({ items }) => items.map(({ appid }) => appid))]).toEqual([
    3,
    'wxaaaaaaaaaaaaaaaa',
    'wxbbbbbbbbbbbbbbbb',
    'wxcccccccccccccccc',
  ])
  expect((await backend.call<Refused>('admin', 'GET', `/v1/appids?q=x&cursor=${first.next_cursor!}`)).body.code).toBe('INVALID_CURSOR')
})

test('given one that is no longer used and one that was a mistake, then both stay and are found as such', async () => {
  const ended_at = new Date(backend.clock.now().getTime() - minute).toISOString()
  await enter('wxffffffffffffffff', { kind: 'official_account', ended_at })
  await enter('wx9999999999999999', { kind: 'unregistered' })
  expect((await find('?state=ended')).items.map(({ appid, ended_at: at }) => [appid, Date.parse(at!)])).toEqual([
    ['wxffffffffffffffff', Date.parse(ended_at)],
  ])
  expect((await find('?state=unregistered')).items.map(({ appid }) => appid)).toEqual(['wx9999999999999999'])
  expect((await find('?state=current')).total).toBe(3)
})

test('given an appid of a shop elsewhere, then who has a scope reads neither it nor its orders, and who sees everything does', async () => {
  await backend.addMerchant('1900000102', { name: '暗号北京店', region_code: '110105' })
  await enter('wx7777777777777777', { kind: 'official_account', name: '北京店公众号', sub_mchid: '1900000102' })
  const detail = {
    trade_type: 'JSAPI',
    order_scene: 'unknown',
    appid: 'wx8888888888888888',
    paid_at: backend.clock.now().toISOString(),
  } as const
  await backend.addEvidence('1900000102', { kind: 'order_query', ago: minute, detail })
  const told = async (role: Role) => JSON.stringify([await find('', role), await find('?q=北京', role), await find('?q=1900000102', role)])
  for (const role of ['field_agent', 'region_lead'] as const) expect(await told(role)).not.toMatch(/1900000102|北京|7777|8888/)
  expect(await told('operator')).toMatch(/暗号北京店.*8888/)
  await enter('wx7777777777777777', { kind: 'unregistered' })
})

test.each(['field_agent', 'region_lead', 'operator', 'auditor'] as const)('given %s, then he reads and does not enter', async role => {
  const before = await find('', role)
  expect((await enter('wxdddddddddddddddd', { kind: 'app' }, { role })).body.code).toBe('ACTION_FORBIDDEN')
  expect(await find('', role)).toEqual(before)
})

test.each([
  ['gh_0123456789', { kind: 'official_account' }, 'appid'],
  ['wx12', { kind: 'official_account' }, 'appid'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'jsapi' }, 'kind'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', name: '' }, 'name'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', name: '  ' }, 'name'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', name: 'x'.repeat(61) }, 'name'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', sub_mchid: '12' }, 'sub_mchid'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', sub_mchid: '1999999999' }, 'sub_mchid'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', ended_at: '2999-01-01T00:00:00+08:00' }, 'ended_at'],
  ['wxeeeeeeeeeeeeeeee', { kind: 'app', ended_at: '2010-01-01T00:00:00+08:00' }, 'ended_at'],
  ['wxeeeeeeeeeeeeeeee', {}, 'kind'],
])('given %s as %j, then it is no entry, and the field is named', async (appid, body, field) => {
  const refused = (await enter(appid, body, { version: 0 })).body
  expect([refused.code, refused.errors[0]?.field.split('.').at(-1)]).toEqual(['VALIDATION_FAILED', field])
})

describe('a pasted list', () => {
  const preview = (text: string, role: Role = 'admin') =>
    backend.call<AppidListResult & Refused>(role, 'POST', '/v1/appid-lists/preview', { body: { text } })
  const apply = (text: string, version: number, key: string = randomUUID()) =>
    backend.call<AppidListResult & Refused>('admin', 'POST', '/v1/appid-lists', {
      body: { text },
      headers: { 'idempotency-key': key, 'if-match': `"${version}"` },
    })
  const list = [
    'AppID\t类型\t商户号\t名称',
    'wxb111111111111111\t公众号\t1900000101\t面馆 公众号',
    'wxb222222222222222,小程序',
    'wxbbbbbbbbbbbbbbbb',
    'wxcccccccccccccccc 小程序',
    '',
    'wxb333333333333333 没有说是什么',
    'wxb444444444444444 公众号 1999999999',
    'wxb222222222222222 公众号',
    '这一行没有',
    `wxb555555555555555，公众号，${'长'.repeat(61)}`,
  ].join('\n')

  test('given lines of every kind, then the preview says what each would do and why some are refused, and writes nothing', async () => {
    const before = await find()
    const { status, body } = await preview(list)
    expect(status).toBe(200)
    expect([body.added, body.changed, body.same]).toEqual([2, 1, 1])
    expect(body.entries).toEqual([
      {
        line: 2,
        appid: 'wxb111111111111111',
        before: null,
        after: { kind: 'official_account', name: '面馆 公众号', sub_mchid: '1900000101' },
      },
      { line: 3, appid: 'wxb222222222222222', before: null, after: { kind: 'mini_program', name: null, sub_mchid: null } },
      {
        line: 5,
        appid: 'wxcccccccccccccccc',
        before: { kind: 'app', name: null, sub_mchid: null },
        after: { kind: 'mini_program', name: null, sub_mchid: null },
      },
    ])
    expect(body.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [7, 'NO_KIND'],
      [8, 'SUB_MERCHANT_NOT_FOUND'],
      [9, 'TWICE'],
      [10, 'NO_APPID'],
      [11, 'NAME_TOO_LONG'],
    ])
    expect(await find()).toEqual(before)
  })

  test('given the register changed after the preview, then nothing is written and the preview of now comes back; then it is applied once', async () => {
    const { body: seen } = await preview(list)
    await enter('wxcccccccccccccccc', { kind: 'mini_program' })
    const refused = await apply(list, seen.register_version)
    expect([refused.status, refused.body.code, refused.body.current.changed]).toEqual([412, 'VERSION_MISMATCH', 0])
    const entries = (await trail()).length
    const key = randomUUID()
    const done = await apply(list, refused.body.current.register_version, key)
    expect([done.status, done.body.added, done.body.refused.length]).toEqual([200, 2, 5])
    const again = await apply(list, refused.body.current.register_version, key)
    expect([again.status, again.body]).toEqual([200, done.body])
    expect(await trail()).toHaveLength(entries + 2)
    expect((await find('?q=wxb1')).items).toMatchObject([{ name: '面馆 公众号', owner: { name: '科技面馆' }, version: 1 }])
    expect((await preview(list)).body).toMatchObject({ added: 0, changed: 0, same: 4 })
  })

  test("given a customer's payment code in it, an empty list or too many lines, then it says so", async () => {
    expect((await preview('wxb111111111111111 公众号 134567890123456789')).body.code).toBe('VALIDATION_FAILED')
    expect((await preview('')).body.code).toBe('VALIDATION_FAILED')
    const many = Array.from({ length: 2_005 }, (_, at) => `wx${String(at).padStart(8, '0')} 公众号`).join('\n')
    expect((await preview(many)).body.refused).toMatchObject([{ line: 2_001, reason: 'TOO_MANY_LINES' }])
  })

  test.each(['field_agent', 'region_lead', 'operator', 'auditor'] as const)(
    'given %s, then neither preview nor list is his',
    async role => {
      expect((await preview(list, role)).body.code).toBe('ACTION_FORBIDDEN')
    },
  )
})
