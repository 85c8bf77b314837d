// What WeChat Pay limits: asked when something calls for it, at one pace, kept as evidence with what ends it, and ended when it is lifted (product.md C2).
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { request } from 'undici'
import { manualClock } from '../../../../backend/platform/clock.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { askAboutLimitations, dropOldNotifications } from '../../../../backend/evidence/limitations/asking.ts'
import { recoverWays } from '../../../../backend/evidence/limitations/ways.ts'
import type { LimitationState } from '../../../../backend/evidence/limitations/schema.ts'
import { LIMITED_FUNCTIONS, RECOVER_WAYS, type Limitation, type NotificationSpec } from '../../../../dev/sandbox/index.ts'
import { createWechatPay } from '../../../../backend/wechatpay/index.ts'
import { createProviders } from '../../../../backend/company/providers.ts'
import { day, hour, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { eventually } from '../../../support/eventually.ts'

let backend: Backend
let next = 1_900_300_001
beforeAll(async () => {
  backend = await startBackend({ orderQueriesPerMinute: 1_000 })
})
afterAll(() => backend.close())

const newShop = async (limitations: Limitation[] = []) => {
  const sub_mchid = String(next++)
  await backend.addMerchant(sub_mchid)
  limit(sub_mchid, limitations)
  return sub_mchid
}
const limit = (sub_mchid: string, limitations: Limitation[]) => backend.sandbox.control.setMerchant(sub_mchid, { limitations })
const stopped: Limitation = { functions: ['NO_TRANSACTION'], reason: '涉嫌套现', recover_way: 'SUBMIT_INFORMATION_FOR_APPEAL' }
const later = (ms: number) => backend.sandbox.control.clock.advance(ms)
/** Rounds of the worker, as many as there are questions. */
const askAll = async () => {
  let asked = 0
  for (let idle = 0; idle < 2;) {
    const found = await askAboutLimitations(backend.app.context)
    asked += found
    idle = found > 0 ? 0 : idle + 1
    later(1_000)
  }
  return asked
}
const refresh = (sub_mchid: string, key: string = randomUUID()) =>
  backend.call<LimitationState>('field_agent', 'POST', `/v1/sub-merchants/${sub_mchid}/limitations/refresh`, {
    body: {},
    headers: { 'idempotency-key': key },
  })
const limitationsOf = (sub_mchid: string) =>
  backend.db
    .selectFrom('evidence')
    .selectAll()
    .where('sub_mchid', '=', sub_mchid)
    .where('kind', '=', 'limitation')
    .orderBy('occurred_at')
    .execute()
const stateOf = async (sub_mchid: string) =>
  (await backend.db.selectFrom('sub_merchants').select('migration_state').where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow())
    .migration_state
const questions = () => backend.db.selectFrom('limitation_questions').select(['sub_mchid', 'cause']).orderBy('sub_mchid').execute()
const notifications = () => backend.db.selectFrom('wechatpay_notifications').selectAll().execute()
const tell = async (spec: NotificationSpec, number = sp_mchid) => {
  const { headers, body } = backend.sandbox.notification(spec)
  return fetch(`${backend.url}/wechatpay/notifications/${number}`, { method: 'POST', headers, body })
}

describe('when somebody asks', () => {
  test('given a limited merchant, then it is blocked, with the reason and what the owner has to do; asked again nothing is added', async () => {
    const shop = await newShop([stopped])
    const key = randomUUID()
    const { status, body } = await refresh(shop, key)
    expect([status, body.limited, body.migration.state, body.migration.reason]).toEqual([200, true, 'blocked', 'NO_TRANSACTION'])
    expect(body.evidence).toMatchObject({
      kind: 'limitation',
      can_withdraw: false,
      detail: {
        code: 'NO_TRANSACTION',
        reason: '涉嫌套现',
        recover_way: 'SUBMIT_INFORMATION_FOR_APPEAL',
        active: true,
        cases: [{ what_to_do: '请商户提交资料申诉。', help_url: 'https://kf.qq.com/faq/submit_information_for_appeal.html' }],
      },
    })
    expect((await refresh(shop)).body.evidence!.id).toBe(body.evidence!.id)
    const replay = await refresh(shop, key)
    expect([replay.headers.get('idempotent-replayed'), replay.body]).toEqual(['true', body])
    expect(await limitationsOf(shop)).toHaveLength(1)
    // a sentence is not stored
    expect(JSON.stringify((await limitationsOf(shop))[0]!.detail)).not.toContain('请商户')
  })
  test('given it is lifted, then that is evidence, too, and the merchant is as before', async () => {
    const shop = await newShop([stopped])
    await refresh(shop)
    limit(shop, [])
    const { body } = await refresh(shop)
    expect([body.limited, body.evidence!.detail, body.migration.state]).toEqual([
      false,
      { code: 'NO_TRANSACTION', active: false },
      'unknown',
    ])
    expect((await refresh(shop)).body.evidence!.id).toBe(body.evidence!.id)
    expect(await limitationsOf(shop)).toHaveLength(2)
  })
  test('given nothing was ever limited, then nothing is written', async () => {
    const shop = await newShop()
    expect((await refresh(shop)).body).toMatchObject({ limited: false, evidence: null, migration: { state: 'unknown' } })
    expect(await limitationsOf(shop)).toEqual([])
  })
  test('given each of the 19 ways and a new one, then the 19 have a sentence, and the new one is kept as it is', async () => {
    expect(Object.keys(recoverWays).sort()).toEqual([...RECOVER_WAYS].sort())
    const shop = await newShop()
    for (const recover_way of [...RECOVER_WAYS, 'SOMETHING_OF_2027']) {
      limit(shop, [{ functions: ['NO_REFUND', 'A_NEW_FUNCTION'], recover_way, reason_type: 'A_NEW_REASON' }])
      const { body } = await refresh(shop)
      const detail = body.evidence!.kind === 'limitation' ? body.evidence!.detail : null
      expect(detail).toMatchObject({ code: 'NO_REFUND', recover_way, functions: ['NO_REFUND', 'A_NEW_FUNCTION'] })
      expect(detail!.cases![0]!.what_to_do).toBe(recoverWays[recover_way])
    }
  })
  test('given words that no table can keep, then the rest of them is kept, by itself and on demand', async () => {
    const limited: Limitation = { functions: ['NO_\0REFUND'], reason: '经营地址\ud83d异常', recover_way: 'IRRECOVERABLE' }
    const [asked, told] = [await newShop([limited]), await newShop([limited])]
    expect((await refresh(asked)).body.evidence!.detail).toMatchObject({ code: 'NO_REFUND', reason: '经营地址异常' })
    await tell({ sub_mchid: told })
    await askAll()
    expect([await questions(), (await limitationsOf(told)).map(({ detail }) => detail)]).toEqual([
      [],
      [expect.objectContaining({ code: 'NO_REFUND' })],
    ])
  })
  test('given a reason longer than is kept, then its beginning is', async () => {
    const shop = await newShop([{ functions: ['NO_REFUND'], reason: '𠮷'.repeat(1_500), recover_way: 'IRRECOVERABLE' }])
    await refresh(shop)
    const [kept] = await limitationsOf(shop)
    expect(kept!.detail).toMatchObject({ reason: `${'𠮷'.repeat(999)}…` })
  })
  test('given a limitation that is only announced, then it is told with its day, and stops nothing; begun, it blocks; called off, it is over', async () => {
    const soon = { functions: ['NO_WITHDRAWAL'], recover_way: 'CONFIRM_BUSINESS_TYPE', since: '2026-12-20T00:00:00+08:00', planned: true }
    const shop = await newShop([soon])
    const { body } = await refresh(shop)
    expect([body.limited, body.migration.state]).toEqual([false, 'unknown'])
    expect(body.evidence!.detail).toMatchObject({
      code: 'NO_WITHDRAWAL',
      active: false,
      functions: ['NO_WITHDRAWAL'],
      cases: [{ planned: true, since: '2026-12-20T00:00:00+08:00', what_to_do: '请商户确认经营类型。' }],
    })
    limit(shop, [stopped, soon])
    const both = (await refresh(shop)).body
    expect([both.limited, both.migration.state, both.evidence!.detail]).toEqual([
      true,
      'blocked',
      expect.objectContaining({ code: 'NO_TRANSACTION', active: true, functions: ['NO_TRANSACTION'] }),
    ])
    limit(shop, [soon])
    expect((await refresh(shop)).body).toMatchObject({
      limited: false,
      migration: { state: 'unknown' },
      evidence: { detail: { active: false } },
    })
    expect((await limitationsOf(shop)).map(({ detail }) => [detail.code, detail.active])).toEqual([
      ['NO_WITHDRAWAL', false],
      ['NO_TRANSACTION', true],
      ['NO_TRANSACTION', false],
      ['NO_WITHDRAWAL', false],
    ])
    limit(shop, [])
    later(day)
    await askAll()
    expect((await limitationsOf(shop)).at(-1)!.detail).toEqual({ code: 'NO_WITHDRAWAL', active: false })
  })
  test('given every function that can be limited, then what stops payments is named first', async () => {
    const shop = await newShop([{ functions: [...LIMITED_FUNCTIONS].reverse(), recover_way: 'IRRECOVERABLE' }])
    expect((await refresh(shop)).body.migration.reason).toBe('NO_TRANSACTION_AND_RECHARGE')
  })
  test('given WeChat Pay refuses or its answer is of another merchant, then it is said, nothing is written, and the key may be used again', async () => {
    const shop = await newShop([stopped])
    const key = randomUUID()
    for (const [scenario, code] of [
      ['rate_limited_429', 'WX_RATE_LIMITED'],
      ['other_merchant', 'WX_UNAVAILABLE'],
      ['forged', 'WX_UNCLASSIFIED'],
    ] as const) {
      backend.sandbox.control.setMerchant(shop, { scenario, times: 2 })
      expect((await refresh(shop, key)).body).toMatchObject({ code })
      backend.sandbox.control.setMerchant(shop, { scenario: 'normal' })
    }
    expect(await limitationsOf(shop)).toEqual([])
    expect((await refresh(shop, key)).status).toBe(200)
  })
})

describe('by itself', () => {
  test('given an opening that was refused, then WeChat Pay is asked why, once', async () => {
    await askAll()
    const shop = await newShop([stopped])
    backend.sandbox.control.setMerchant(shop, { scenario: 'punished', times: 1 })
    expect((await backend.control('field_agent', shop, 'gold-plan/jsapi', { status: 'open' })).body.code).toBe('SUB_MERCHANT_PUNISHED')
    expect(await questions()).toEqual([{ sub_mchid: shop, cause: 'refused' }])
    expect(await askAll()).toBe(1)
    expect([await questions(), (await limitationsOf(shop)).length]).toEqual([[], 1])
    const entry = await backend.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', '=', 'limitation.write')
      .where('target_id', '=', shop)
      .execute()
    expect(entry).toMatchObject([{ actor_id: null, after: { limited: true, reason: 'NO_TRANSACTION' } }])
  })
  test('given a night, then those that are blocked are asked about, and one that is free again is no longer blocked', async () => {
    const shop = await newShop([stopped])
    await refresh(shop)
    expect(await stateOf(shop)).toBe('blocked')
    await askAll()
    limit(shop, [])
    expect(await askAll()).toBe(0)
    later(day)
    expect(await askAll()).toBeGreaterThan(0)
    expect(await stateOf(shop)).toBe('unknown')
  })
  test('given a night, then those are asked about, too, where the official page was seen since, and an end is found', async () => {
    const shop = await newShop([{ functions: ['NO_WITHDRAWAL'], recover_way: 'CONFIRM_BUSINESS_TYPE' }])
    await refresh(shop)
    later(hour)
    const detail = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' } as const
    await backend.addEvidence(shop, { ago: 0, kind: 'test_payment', detail })
    expect(await stateOf(shop)).toBe('verified')
    limit(shop, [])
    later(day)
    await askAll()
    expect((await limitationsOf(shop)).at(-1)!.detail).toEqual({ code: 'NO_WITHDRAWAL', active: false })
    later(day)
    expect((await questions()).map(({ sub_mchid }) => sub_mchid)).not.toContain(shop)
  })
  test('given two processes and many questions, then one a second is asked, and after "too often" none for as long as it says', async () => {
    const shops = await Promise.all(Array.from({ length: 4 }, () => newShop([stopped])))
    for (const sub_mchid of shops) await tell({ sub_mchid })
    // a second is long where many tests run: here only the test lets time pass
    const clock = manualClock(backend.clock.now())
    const first = { ...backend.app.context, clock }
    const second = { ...first, db: connect(backend.databaseUrl) }
    const round = async () => (await Promise.all([askAboutLimitations(first), askAboutLimitations(second)])).reduce((a, b) => a + b)
    expect([await round(), await round()]).toEqual([1, 0])
    clock.advance(1_000)
    backend.sandbox.control.setMerchants(Object.fromEntries(shops.map(one => [one, { scenario: 'rate_limited_429', times: 1 } as const])))
    expect(await round()).toBe(1)
    clock.advance(19_000)
    expect(await round()).toBe(0)
    clock.advance(2_000)
    expect(await round()).toBe(1)
    backend.sandbox.control.setMerchants(Object.fromEntries(shops.map(one => [one, { scenario: 'normal' } as const])))
    later(hour)
    await askAll()
    await second.db.destroy()
    for (const shop of shops) expect(await limitationsOf(shop)).toHaveLength(1)
  })
})

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
