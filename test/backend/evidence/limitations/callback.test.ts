// What WeChat Pay calls with: proved to be its own, taken once, kept for a while, and a cause to ask; nothing that it says proves anything (product.md C2).
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { request } from 'undici'
import { dropOldNotifications } from '../../../../backend/evidence/limitations/asking.ts'
import type { NotificationSpec } from '../../../../dev/sandbox/index.ts'
import { createWechatPay } from '../../../../backend/wechatpay/index.ts'
import { createProviders } from '../../../../backend/company/providers.ts'
import { day, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { eventually } from '../../../support/eventually.ts'
import { limitedShops } from './shops.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ orderQueriesPerMinute: 1_000 })
})
afterAll(() => backend.close())

const { newShop, later, askAll, limitationsOf, stateOf, questions, tell } = limitedShops(() => backend)
const notifications = () => backend.db.selectFrom('wechatpay_notifications').selectAll().execute()

describe('when WeChat Pay calls', () => {
  test('given a change, then it is answered within a second, handled once, and its content proves nothing', async () => {
    await askAll()
    const shop = await newShop()
    const spec = { sub_mchid: shop, id: randomUUID(), manage_record_state: 'A_NEW_STATE', event_type: 'VIOLATION.SOMETHING_NEW' }
    // told again, the same is answered and not handled; what other programs take of the machine is not the answer's
    await eventually('an answer within a second', async () => {
      const began = performance.now()
      expect((await tell(spec)).status).toBe(204)
      return performance.now() - began < 1_000
    })
    const kept = (await notifications()).find(({ id }) => id === spec.id)
    expect(kept).toMatchObject({ sp_mchid, sub_mchid: shop, event_type: 'VIOLATION.SOMETHING_NEW' })
    expect(await questions()).toEqual([{ sub_mchid: shop, cause: 'callback' }])
    expect(await askAll()).toBe(1)
    // sent again, as WeChat Pay does where the answer was lost
    expect([(await tell(spec)).status, await questions(), await limitationsOf(shop), await stateOf(shop)]).toEqual([204, [], [], 'unknown'])
  })
  test.each([null, ''])('given it has no associated data (%j), then it is taken', async associated_data => {
    expect((await tell({ sub_mchid: await newShop(), associated_data })).status).toBe(204)
    await askAll()
  })
  const odd: [string, (shop: string) => Partial<NotificationSpec>][] = [
    ['an id of 4,000 characters', () => ({ id: 'i'.repeat(4_000) })],
    ['an id with a blank', () => ({ id: 'EV 2018022511223320873' })],
    ['an id that is a number', () => ({ id: 2_018_022_511_223 })],
    ['no id', () => ({ id: null })],
    ['no type of event', () => ({ event_type: null })],
    ['a type of event in Chinese, with what no table keeps', () => ({ event_type: '管理记录\0 变更\ud83d' })],
    ['a type of event of 100 characters', () => ({ event_type: '𠮷'.repeat(100) })],
    ['a merchant that is a number', shop => ({ content: `{"sub_mchid":${shop}}` })],
    ['a merchant with blanks around it', shop => ({ content: JSON.stringify({ sub_mchid: ` ${shop} ` }) })],
    ['a byte order mark', () => ({ marked: true })],
    ['a byte order mark in what is encrypted', shop => ({ content: `\uFEFF${JSON.stringify({ sub_mchid: shop })}` })],
  ]
  test.each(odd)('given a true one with %s, then it is taken once, and its merchant is asked about', async (_what, specOf) => {
    await askAll()
    const shop = await newShop()
    const { headers, body } = backend.sandbox.notification({ sub_mchid: shop, ...specOf(shop) })
    const send = () => fetch(`${backend.url}/wechatpay/notifications/${sp_mchid}`, { method: 'POST', headers, body })
    const before = (await notifications()).length
    const answers = await Promise.all([send(), send(), send(), send()])
    expect([answers.map(({ status }) => status), (await notifications()).length - before]).toEqual([[204, 204, 204, 204], 1])
    expect(await questions()).toEqual([{ sub_mchid: shop, cause: 'callback' }])
    await askAll()
  })
  test('given two without an id, of two merchants, then neither is taken for the other', async () => {
    await askAll()
    const shops = [await newShop(), await newShop()]
    for (const sub_mchid of shops) expect((await tell({ sub_mchid, id: null })).status).toBe(204)
    expect((await questions()).map(({ sub_mchid }) => sub_mchid).sort()).toEqual(shops.sort())
    await askAll()
  })
  test('given a proxy sends the headers twice, then the same is once, and two different ones are told apart from a wrong clock', async () => {
    const shop = await newShop()
    const { headers, body } = backend.sandbox.notification({ sub_mchid: shop })
    const send = (change: (name: string, value: string) => string[]) =>
      request(`${backend.url}/wechatpay/notifications/${sp_mchid}`, {
        method: 'POST',
        headers: Object.entries(headers).flatMap(([name, value]) =>
          (name.toLowerCase().startsWith('wechatpay-') ? change(name.toLowerCase(), value) : [value]).flatMap(one => [name, one]),
        ),
        body,
      })
    expect((await send((_, value) => [value, value])).statusCode).toBe(204)
    const two = await send((name, value) => (name === 'wechatpay-timestamp' ? [value, '1'] : [value]))
    expect([two.statusCode, await two.body.json()]).toMatchObject([
      401,
      { message: 'SIGNED_TWICE', detail: expect.stringContaining('代理') },
    ])
    await askAll()
  })
  test('given a merchant that nobody entered, or none, then it is taken and nobody is asked about', async () => {
    const id = randomUUID()
    expect((await tell({ sub_mchid: '1999999999', id })).status).toBe(204)
    expect((await notifications()).some(one => one.id === id)).toBe(true)
    expect(await questions()).toEqual([])
  })
  test('given WeChat Pay changes its key and we ours, then both of each are accepted', async () => {
    const { credentials } = backend.sandbox
    const old = 'old0old0old0old0old0old0old0old0'
    const both = createWechatPay({
      ...backend.sandbox.wechatPayConfig(),
      apiV3Keys: [credentials.apiV3Key, old],
      callbackCertificate: credentials.platformCertificate,
    })
    const shop = await newShop()
    for (const signed_by of ['public_key', 'platform_certificate'] as const)
      for (const api_v3_key of [credentials.apiV3Key, old]) {
        const { headers, body } = backend.sandbox.notification({ sub_mchid: shop, signed_by, api_v3_key })
        expect(both.notifications.read(headers, Buffer.from(body))).toMatchObject({ sub_mchid: shop })
      }
    expect((await tell({ sub_mchid: shop, signed_by: 'platform_certificate' })).status).toBe(401)
    await both.close()
  })

  const bad: [string, () => Promise<Response>, number][] = [
    ['a probe', () => tell({ sub_mchid: '1900000109', fault: 'signtest' }), 401],
    ['no signature', () => tell({ sub_mchid: '1900000109', fault: 'unsigned' }), 401],
    ["a stranger's signature", () => tell({ sub_mchid: '1900000109', fault: 'forged' }), 401],
    ['a serial that nobody knows', () => tell({ sub_mchid: '1900000109', fault: 'unknown_serial' }), 401],
    ['a signature of a quarter of an hour ago', () => tell({ sub_mchid: '1900000109', fault: 'stale' }), 401],
    ["another provider's key", () => tell({ sub_mchid: '1900000109', api_v3_key: 'another0provider0another0provide' }), 400],
    ['a nonce that is too long', () => tell({ sub_mchid: '1900000109', nonce_bytes: 16 }), 400],
    ['a nonce that is too short', () => tell({ sub_mchid: '1900000109', nonce_bytes: 8 }), 400],
    ['a text that is no JSON', () => tell({ sub_mchid: '1900000109', body: 'hello' }), 400],
    [
      'JSON of another shape',
      () => tell({ sub_mchid: '1900000109', body: '{"id":"1","event_type":"X","resource":{"algorithm":"NONE"}}' }),
      400,
    ],
    ['nothing', () => tell({ sub_mchid: '1900000109', body: '' }), 400],
    ['a number that is not ours', () => tell({ sub_mchid: '1900000109' }, '1900000002'), 404],
    ['10 MB', () => tell({ sub_mchid: '1900000109', body: 'x'.repeat(10 * 1024 * 1024) }), 413],
  ]
  test.each(bad)('given %s, then it is refused and leaves no row', async (_what, send, status) => {
    const before = await notifications()
    const answered = await send().then(
      answer => answer.status,
      // what is far too large is cut off while it is sent
      () => 413,
    )
    expect([answered, await notifications(), await questions()]).toEqual([status, before, []])
  })
  test.each(['', 'application/(', '/', 'text/plain', 'application/json, application/json'])(
    'given a true one whose type is said as "%s", then it is taken, because no signature covers the type',
    async type => {
      const { headers, body } = backend.sandbox.notification({ sub_mchid: await newShop() })
      const answer = await fetch(`${backend.url}/wechatpay/notifications/${sp_mchid}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body,
      })
      expect(answer.status).toBe(204)
      await askAll()
    },
  )
  test('given one that is refused, before or after it was read, then its answer has the form of WeChat Pay, says why, and names the request', async () => {
    for (const [send, message, words] of [
      [() => tell({ sub_mchid: '1900000109', fault: 'forged' }), 'SIGNATURE_MISMATCH', /签名/],
      [() => tell({ sub_mchid: '1900000109' }, '1'.repeat(40)), 'NOT_FOUND', /回调地址/],
      [() => tell({ sub_mchid: '1900000109', body: 'x'.repeat(70_000) }), 'BODY_TOO_LARGE', /太大/],
    ] as const) {
      const answer = await send()
      expect(await answer.json()).toEqual({
        code: 'FAIL',
        message,
        detail: expect.stringMatching(words),
        request_id: answer.headers.get('x-request-id'),
      })
    }
  })
  test('given one that was true a year ago, then it is refused although its row is long gone', async () => {
    const shop = await newShop()
    const { headers, body } = backend.sandbox.notification({ sub_mchid: shop })
    const send = () => fetch(`${backend.url}/wechatpay/notifications/${sp_mchid}`, { method: 'POST', headers, body })
    expect((await send()).status).toBe(204)
    await askAll()
    later(365 * day)
    await dropOldNotifications(backend.app.context)
    expect([await notifications(), (await send()).status, await notifications()]).toEqual([[], 401, []])
  })
  test('given 100,000 forged ones, then no row is left and the next true one is taken', async () => {
    const { notifications: client } = backend.app.context.providers.of(sp_mchid).wechatPay
    const { headers, body } = backend.sandbox.notification({ sub_mchid: '1900000109', fault: 'forged' })
    const bytes = Buffer.from(body)
    let refused = 0
    for (let sent = 0; sent < 100_000; sent += 1) if ('fault' in client!.read(headers, bytes)) refused += 1
    expect(refused).toBe(100_000)
    const forged = await Promise.all(Array.from({ length: 500 }, () => tell({ sub_mchid: '1900000109', fault: 'forged' })))
    expect([new Set(forged.map(({ status }) => status)), await notifications()]).toEqual([new Set([401]), []])
    const shop = await newShop()
    expect((await tell({ sub_mchid: shop })).status).toBe(204)
  })
})

test('given a number without an APIv3 key, then nothing is read, and WeChat Pay is told to come again', async () => {
  const { apiV3Keys: _none, ...config } = backend.sandbox.wechatPayConfig()
  const client = createWechatPay(config)
  const providers = createProviders({ sp_mchid, wechatPay: client })
  const { headers, body } = backend.sandbox.notification({ sub_mchid: '1900000109' })
  const told = providers.of(sp_mchid).wechatPay.notifications!
  expect([told.canRead, told.read(headers, Buffer.from(body))]).toEqual([false, { fault: 'NO_KEY' }])
  await client.close()
})
