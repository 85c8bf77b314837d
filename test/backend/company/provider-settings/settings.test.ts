// What a provider says of itself: who may, what is refused, what stands in the trail, and the verdicts that follow from it.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readArguments, SettingsError } from '../../../../backend/company/provider-settings/arguments.ts'
import { rederiveChanged } from '../../../../backend/evidence/rederive.ts'
import type { ProviderSettings } from '../../../../backend/company/provider-settings/schema.ts'
import type { ProviderNumberList } from '../../../../backend/readiness/schema.ts'
import type { SubMerchant } from '../../../../backend/directory/merchants/schema.ts'
import { noLinks } from '../../../../backend/link-check/settings.ts'
import type { Me } from '../../../../backend/company/staff/schema.ts'
import { rederivingText } from '../../../../miniprogram/rules/provider-trouble.ts'
import { settableIn } from '../../../support/provider-settings.ts'
import { day, hour, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
let next = 1_900_000_101
beforeAll(async () => {
  // names are asked of nobody
  backend = await startBackend({ linkCheck: { ...noLinks, reach: { resolve: async () => [] } } })
})
afterAll(() => backend.close())
beforeEach(() => backend.sandbox.control.clock.reset())

const current = async () => (await backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers[0]!
async function put(change: object, role: Role = 'admin', headers: Record<string, string | undefined> = {}) {
  const held = await current()
  return backend.call<ProviderSettings & { code: string; errors: { code: string }[]; required_action: string }>(
    role,
    'PUT',
    `/v1/provider/${sp_mchid}`,
    {
      body: { ...settableIn(held), ...change },
      headers: { 'idempotency-key': randomUUID(), 'if-match': `"${held.version}"`, ...headers },
    },
  )
}
const rederive = (goOn?: () => boolean) => {
  const { db, clock, app } = backend
  return rederiveChanged({ db, clock, numbers: [sp_mchid], log: app.log }, goOn)
}
const trail = (action: string) =>
  backend.db.selectFrom('audit_entries').selectAll().where('action', '=', action).orderBy('at').orderBy('written_in').execute()
const ago = (ms: number) => new Date(backend.clock.now().getTime() - ms).toISOString()
async function shopSeenClosed(): Promise<string> {
  const shop = String((next += 1))
  await backend.addMerchant(shop)
  const detail = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' } as const
  await backend.addEvidence(shop, { kind: 'test_payment', detail, ago: 30 * day })
  return shop
}
const verdict = async (shop: string) => (await backend.call<SubMerchant>('operator', 'GET', `/v1/sub-merchants/${shop}`)).body

test('given no receipt link on the console, then no receipt is opened; when the administrator says there is one, then it is', async () => {
  const shop = await shopSeenClosed()
  expect((await put({ receipt_link_configured: false })).status).toBe(200)
  expect((await backend.control('operator', shop, 'receipt', { status: 'open' })).body.code).toBe('RECEIPT_LINK_MISSING')
  const { version } = await current()
  const said = await put({ receipt_link_configured: true })
  expect([said.status, said.body.receipt_link_configured, said.headers.get('etag')]).toEqual([200, true, `"${version + 1}"`])
  expect((await backend.control('operator', shop, 'receipt', { status: 'open' })).status).toBe(200)
  expect((await trail('provider.change')).at(-1)).toMatchObject({
    actor_id: 'staff-admin',
    before: { receipt_link_configured: false },
    after: { receipt_link_configured: true },
  })
})

test.each(['field_agent', 'region_lead', 'operator', 'auditor'] as const)(
  'given %s, then nothing is changed, and all but agents read it',
  async role => {
    expect((await put({}, role)).body.required_action).toBe('settings.manage')
    expect((await backend.call(role, 'GET', '/v1/provider')).status).toBe(role === 'field_agent' ? 403 : 200)
  },
)

test.each([
  ['a time still to come', () => ({ default_open_since: ago(-hour) }), 'IN_THE_FUTURE'],
  ['a time before the gold plan', () => ({ default_open_since: '2019-01-01T00:00:00+08:00' }), 'TOO_EARLY'],
  ['no name', () => ({ name: '  ' }), 'WRONG_FORMAT'],
  ['no days', () => ({ stale_after_days: 0 }), 'TOO_SMALL'],
])('given %s, then it is refused by name', async (_, change, code) => {
  const answer = await put(change())
  expect([answer.status, answer.body.errors.map(error => error.code)]).toEqual([422, [code]])
})

test('given another administrator was first, then 412 with what is there; the same key again changes nothing', async () => {
  const key = randomUUID()
  const { version } = await current()
  const first = await put({ stale_after_days: 60 }, 'admin', { 'idempotency-key': key })
  expect([first.status, first.body.version]).toEqual([200, version + 1])
  const late = await put({ stale_after_days: 30 }, 'admin', { 'if-match': `"${version}"` })
  expect([late.status, late.body.code]).toEqual([412, 'VERSION_MISMATCH'])
  const body = settableIn(first.body)
  const again = await backend.call<ProviderSettings>('admin', 'PUT', `/v1/provider/${sp_mchid}`, {
    body,
    headers: { 'idempotency-key': key, 'if-match': `"${version}"` },
  })
  expect([again.status, again.headers.get('idempotent-replayed'), again.body.version]).toEqual([200, 'true', version + 1])
  const another = await backend.call('admin', 'PUT', '/v1/provider/1999999999', {
    body,
    headers: { 'idempotency-key': randomUUID(), 'if-match': '"1"' },
  })
  expect(another.status).toBe(404)
})

test('given 默认开通 was switched on in the past, then every verdict is derived anew, also after a process that ended in between, with an entry each', async () => {
  const shops = await Promise.all([1, 2, 3].map(shopSeenClosed))
  const untouched = String((next += 1))
  await backend.addMerchant(untouched)
  const since = ago(20 * day)
  const answer = await put({ default_open_since: since })
  expect(answer.body).toMatchObject({ rederiving: { done: 0, total: null } })
  expect(answer.body.default_open_changes[0]).toMatchObject({ enabled: true, recorded_by: 'admin' })
  // a process that is told to stop before its first batch leaves everything to the next
  expect(await rederive(() => false)).toBe(0)
  expect((await verdict(shops[0]!)).migration.state).toBe('not_migrated')
  const me = async () => (await backend.call<Me>('field_agent', 'GET', '/v1/me')).body.provider
  expect(rederivingText(await me(), (key, values) => `${key} ${JSON.stringify(values ?? null)}`)).toBe('rederiving.begins null')
  expect(await rederive()).toBeGreaterThanOrEqual(3)
  for (const shop of shops)
    expect(await verdict(shop)).toMatchObject({
      migration: { state: 'enrolled', reason: 'DEFAULT_OPEN' },
      gold_plan: { jsapi: { status: 'open', source: 'default_open' } },
    })
  expect((await verdict(untouched)).migration.state).toBe('unknown')
  expect([(await current()).rederiving, rederivingText(await me(), key => key)]).toEqual([null, ''])
  const entry = (await trail('merchant.rederived')).find(({ target_id }) => target_id === shops[0])
  expect(entry).toMatchObject({
    actor_id: null,
    before: { state: 'not_migrated', gold_plan: 'unknown' },
    after: { state: 'enrolled', gold_plan: 'open' },
  })

  expect((await put({ default_open_since: null })).body.default_open_changes.map(({ enabled }) => enabled)).toEqual([false, true])
  await rederive()
  expect((await verdict(shops[0]!)).migration).toMatchObject({ state: 'not_migrated', reason: 'SEEN_NOT_OFFICIAL' })
  // said again, nothing is different and nobody is derived anew
  const { readiness: _readiness, bills: _bills, ...before } = await current()
  expect((await put({})).body).toEqual(before)
})

test('given the setting is changed again while the verdicts of the last one are derived, then it starts over and all follow the newest', async () => {
  const shops = await Promise.all([1, 2, 3, 4].map(shopSeenClosed))
  await put({ default_open_since: ago(20 * day) })
  let asked = 0
  // the ranges are there, and then the process is told to stop
  await rederive(() => (asked += 1) <= 1)
  expect((await current()).rederiving).toEqual({ done: 0, total: (await current()).judged_by_default_open })
  const since = ago(10 * day)
  const again = await put({ default_open_since: since })
  expect([again.status, again.body.rederiving]).toEqual([200, { done: 0, total: null }])
  // two processes at once
  await Promise.all([rederive(), rederive()])
  await rederive()
  for (const shop of shops) {
    const { migration } = await verdict(shop)
    expect([migration.state, new Date(migration.since!).toISOString()]).toEqual(['enrolled', since])
  }
  expect((await current()).rederiving).toBeNull()
  await put({ default_open_since: null })
  await rederive()
})

test.each([
  ['with a port', { host: 'h5.example.com:8443' }, 'HAS_PORT'],
  ['with a scheme', { host: 'https://h5.example.com' }, 'HAS_SCHEME'],
  ['a wildcard', { host: '*.example.com' }, 'WILDCARD'],
  ['an address', { host: '203.0.113.7' }, 'IS_ADDRESS'],
  ['an address written short', { host: '0x7f.1' }, 'IS_ADDRESS'],
  ['an address of IPv6', { host: '[2001:db8::1]' }, 'IS_ADDRESS'],
  ['punycode', { host: 'xn--fiqs8s.example.com' }, 'NOT_ASCII'],
  ['another script', { host: 'h5.еxample.com' }, 'NOT_ASCII'],
  ['an inner name', { host: 'receipt.internal' }, 'INNER_NAME'],
  ['no name', { host: ' ' }, 'REQUIRED'],
  ['no slash before the path', { path: 'receipt' }, 'WRONG_FORMAT'],
  ['a fragment', { path: '/receipt#top' }, 'WRONG_FORMAT'],
  ['a payment code in the note', { note: '付款码 134567890123456789' }, 'PAYMENT_CODE'],
  ['a note that is too long', { note: '长'.repeat(61) }, 'TOO_LONG'],
])('given a receipt link %s, then it is refused by name and nothing of it is kept', async (_, part, code) => {
  const { receipt_links } = await current()
  const answer = await put({ receipt_links: [{ host: 'h5.example.com', path: '/receipt', note: '', ...part }] })
  expect([answer.status, answer.body.errors.map(error => error.code)]).toEqual([422, [code]])
  expect((await current()).receipt_links).toEqual(receipt_links)
})

test('given the same link twice, then the second is named; links are kept in lower case and stand in the trail', async () => {
  const link = { host: 'h5.example.com', path: '/receipt', note: '全部商户' }
  const twice = await put({ receipt_links: [link, { ...link, host: 'H5.Example.com.' }] })
  expect((twice.body.errors as unknown[])[0]).toMatchObject({ field: 'receipt_links.1.host', code: 'DUPLICATE' })
  const { body } = await put({
    receipt_links: [{ ...link, host: ' H5.Example.COM. ' }],
    watch: { enabled: false, days: 14, min_payments: 30 },
  })
  expect([body.receipt_links, body.watch, body.changed_by]).toEqual([[link], { enabled: false, days: 14, min_payments: 30 }, 'admin'])
  expect((await trail('provider.change')).at(-1)!.after).toMatchObject({ receipt_links: [link] })
})

test('given a registered link, then receipts may link to its host and the link check may visit it; taken out, neither', async () => {
  const shop = String((next += 1))
  await backend.addMerchant(shop)
  const blocks = [{ kind: 'link', label: '查看订单', url: 'https://shop.example.com/orders' }]
  const write = (version: number) =>
    backend.call<{ waiting_hosts: string[] }>('field_agent', 'PUT', `/v1/sub-merchants/${shop}/receipt-content`, {
      body: { blocks },
      headers: { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` },
    })
  const check = async () =>
    (
      await backend.call<{ code?: string }>('field_agent', 'POST', `/v1/sub-merchants/${shop}/link-checks`, {
        body: { url: 'https://shop.example.com/receipt' },
        headers: { 'idempotency-key': randomUUID() },
      })
    ).body.code
  expect([(await write(0)).body.waiting_hosts, await check()]).toEqual([['shop.example.com'], 'LINK_HOST_NOT_REGISTERED'])
  await put({ receipt_links: [{ host: 'shop.example.com', path: '/receipt', note: '' }] })
  const seen = await backend.call<{ waiting_hosts: string[] }>('field_agent', 'GET', `/v1/sub-merchants/${shop}/receipt-content`)
  expect([seen.body.waiting_hosts, await check()]).toEqual([[], undefined])
  await put({ receipt_links: [] })
  expect([(await write(1)).body.waiting_hosts, await check()]).toEqual([['shop.example.com'], 'LINK_HOST_NOT_REGISTERED'])
})

test('given the command line, then days are those of Asia/Shanghai and what cannot be read is refused in one line', () => {
  expect(
    readArguments(['--receipt-link', 'yes', '--default-open-since', '2026-11-01', '--official-account', 'wx0123456789abcdef']),
  ).toEqual({
    help: false,
    sp_mchid: null,
    change: { receipt_link_configured: true, default_open_since: '2026-10-31T16:00:00.000Z' },
    appids: [{ appid: 'wx0123456789abcdef', kind: 'official_account' }],
  })
  expect(readArguments(['--default-open-since', 'off']).change).toEqual({ default_open_since: null })
  for (const wrong of [
    ['--receipt-link', 'maybe'],
    ['--default-open-since', '去年'],
    ['--default-open-since', '2026-13-01'],
    ['--stale-after-days', '1.5'],
    ['--official-account', 'gh_123'],
    // nobody sees it
    ['--name', '\u200b'],
    ['--receipt'],
  ])
    expect(() => readArguments(wrong)).toThrow(SettingsError)
})
