// 商户单号 → WeChat Pay → evidence → verdict, on real PostgreSQL and the sandbox over HTTP.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import type { AppidList } from '../../../../backend/company/appids/schema.ts'
import { rederiveByRegister } from '../../../../backend/evidence/rederive-by-register.ts'
import type { OrderQueryResult } from '../../../../backend/evidence/orders/schema.ts'
import type { EvidencePage } from '../../../../backend/evidence/schema.ts'
import { MINI_PROGRAM_APPID, OFFICIAL_ACCOUNT_APPID, type OrderChange, type ScenarioName } from '../../../../dev/sandbox/index.ts'
import { day, hour, minute, sp_mchid, startBackend, type Answer, type Backend } from '../../support/backend.ts'

let backend: Backend
let shop = ''
let next = 1_900_000_500
let orders = 0

const logged: string[] = []

beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: line => void logged.push(line) })
  backend = await startBackend({ orderQueriesPerMinute: 1_000, slowCallMs: 2_500, logger })
  for (const [appid, kind] of [
    [OFFICIAL_ACCOUNT_APPID, 'official_account'],
    [MINI_PROGRAM_APPID, 'mini_program'],
  ])
    expect((await enter(appid!, kind!)).status).toBe(200)
})
afterAll(() => backend.close())
beforeEach(async () => {
  shop = String((next += 1))
  await backend.addMerchant(shop)
})
afterEach(() => backend.sandbox.control.setProvider({ language: 'zh' }))

/** As an administrator does it, on the entry as it stands. */
async function enter(appid: string, kind: string, more: object = {}) {
  const { items } = (await backend.call<AppidList>('admin', 'GET', `/v1/appids?q=${appid}`)).body
  const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${items[0]?.version ?? 0}"` }
  return backend.call('admin', 'PUT', `/v1/appids/${appid}`, { body: { kind, ...more }, headers })
}

/** What the worker does of itself, until nothing is left of it. */
const readAnew = () => rederiveByRegister({ ...backend, numbers: [sp_mchid], log: pino({ level: 'silent' }) })

/** An order that is paid 10 minutes ago unless told otherwise. @returns its number */
function order(change: Partial<OrderChange> = {}): string {
  const number = `20261123_T${String((orders += 1)).padStart(8, '0')}`
  const paid = new Date(backend.clock.now().getTime() - 10 * minute)
  backend.sandbox.control.setOrder(number, { sub_mchid: shop, success_time: paid.toISOString(), ...change })
  return number
}
const ask = (out_trade_no: string, { role = 'field_agent' as Role, key = randomUUID() as string, sub_mchid = shop } = {}) =>
  backend.call(role, 'POST', `/v1/sub-merchants/${sub_mchid}/order-queries`, {
    body: { out_trade_no },
    headers: { 'idempotency-key': key },
  }) as Promise<Answer<unknown>> as Promise<Answer<OrderQueryResult & { code: string; errors?: { code: string }[]; retry_after?: number }>>
const evidence = () => backend.db.selectFrom('evidence').selectAll().where('sub_mchid', '=', shop).execute()
const queries = () => backend.sandbox.control.requests().filter(({ path }) => path.includes(`sub_mchid=${shop}`))
const state = async () => {
  const { body } = await backend.call<{ migration: { state: string; reason: string } }>('operator', 'GET', `/v1/sub-merchants/${shop}`)
  return [body.migration.state, body.migration.reason]
}

describe('a paid order', () => {
  test('given an order paid in a 公众号, then 待核实 becomes 未迁移 by the evidence of the payment', async () => {
    expect(await state()).toEqual(['unknown', 'NO_EVIDENCE'])
    const number = order()
    const { status, body } = await ask(number)
    expect([status, body.found, body.scene, body.trade_type, body.refunded, body.appid]).toEqual([200, true, 'jsapi', 'JSAPI', false, null])
    expect(body.migration).toMatchObject({ state: 'not_migrated', reason: 'NO_RECORD_OF_OPENING', evidence_id: body.evidence_id })
    expect(await state()).toEqual(['not_migrated', 'NO_RECORD_OF_OPENING'])
    const [item] = await evidence()
    expect(item).toMatchObject({ id: body.evidence_id, kind: 'order_query', source: 'backend', recorded_by: 'staff-field_agent' })
    expect(item!.occurred_at).toEqual(new Date(body.paid_at))
  })

  test('given it was paid with the appid of a mini program, then it is kept and says nothing about the JSAPI flow', async () => {
    const { body } = await ask(order({ sub_appid: MINI_PROGRAM_APPID }))
    expect([body.scene, body.evidence_id === null]).toEqual(['miniprogram', false])
    expect(await state()).toEqual(['unknown', 'NO_EVIDENCE'])
  })

  test('given an appid that nobody entered, then it is kept and concludes nothing; once it is entered, the verdict follows without another question', async () => {
    const appid = 'wx1234567890abcdef'
    const number = order({ sub_appid: appid })
    const first = await ask(number)
    expect(first.body).toMatchObject({ scene: 'unknown', appid, evidence_id: expect.any(String) })
    expect(await state()).toEqual(['unknown', 'NO_EVIDENCE'])
    const missing = async () => (await backend.call<AppidList>('field_agent', 'GET', '/v1/appids')).body.missing
    expect(await missing()).toContainEqual({ appid, orders: 1, last_paid_at: first.body.paid_at })

    await enter(appid, 'official_account')
    await readAnew()
    expect(await state()).toEqual(['not_migrated', 'NO_RECORD_OF_OPENING'])
    expect((await missing()).map(one => one.appid)).not.toContain(appid)
    expect((await ask(number)).body).toMatchObject({ scene: 'jsapi', appid: null, evidence_id: first.body.evidence_id })
    const { body: list } = await backend.call<AppidList>('field_agent', 'GET', `/v1/appids?q=${appid}`)
    expect(list.items).toMatchObject([{ orders: 1, effect: { done: 1, total: 1, changed: 1, under_way: false } }])
    const { body: shown } = await backend.call<EvidencePage>('operator', 'GET', `/v1/sub-merchants/${shop}/evidence`)
    expect(shown.items[0]!.detail).toMatchObject({ order_scene: 'jsapi', appid })
    const entry = await backend.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', '=', 'merchant.rederived')
      .where('target_id', '=', shop)
      .execute()
    expect(entry).toMatchObject([{ actor_id: null, before: { state: 'unknown' }, after: { state: 'not_migrated' } }])

    await enter(appid, 'mini_program')
    await readAnew()
    expect(await state()).toEqual(['unknown', 'NO_EVIDENCE'])
    await enter(appid, 'unregistered')
    expect((await ask(order({ sub_appid: appid }))).body.scene).toBe('unknown')
  })

  test('given an appid that is no longer used, then orders from before are read by it and later ones are not', async () => {
    const appid = 'wx2234567890abcdef'
    const now = backend.clock.now().getTime()
    await enter(appid, 'official_account', { ended_at: new Date(now - 2 * hour).toISOString() })
    const early = order({ sub_appid: appid, success_time: new Date(now - 3 * hour).toISOString() })
    const late = order({ sub_appid: appid, success_time: new Date(now - hour).toISOString() })
    expect((await ask(late)).body).toMatchObject({ scene: 'unknown', appid })
    expect(await state()).toEqual(['unknown', 'NO_EVIDENCE'])
    expect((await ask(early)).body).toMatchObject({ scene: 'jsapi', appid: null })
    expect(await state()).toEqual(['not_migrated', 'NO_RECORD_OF_OPENING'])
    await enter(appid, 'official_account')
    await readAnew()
    const { body: shown } = await backend.call<EvidencePage>('operator', 'GET', `/v1/sub-merchants/${shop}/evidence`)
    expect(shown.items.map(({ detail }) => (detail as { order_scene: string }).order_scene)).toEqual(['jsapi', 'jsapi'])
  })

  test('given an entry changes at the moment in which its order is kept, then the verdict is by the register that came last', async () => {
    const appid = 'wx3234567890abcdef'
    for (const kind of ['official_account', 'mini_program', 'official_account']) {
      await Promise.all([ask(order({ sub_appid: appid })), enter(appid, kind)])
      await readAnew()
      expect((await state())[0]).toBe(kind === 'official_account' ? 'not_migrated' : 'unknown')
    }
  })

  test('given an order from before appids were kept, then it stays as it was read then', async () => {
    const kept = { trade_type: 'JSAPI', order_scene: 'jsapi' } as const
    await backend.addEvidence(shop, { kind: 'order_query', ago: hour, detail: kept })
    await enter('wx4234567890abcdef', 'mini_program')
    await readAnew()
    expect((await state())[0]).toBe('not_migrated')
  })

  test.each(['MICROPAY', 'NATIVE', 'APP', 'MWEB', 'FACEPAY'] as const)('given %s, then the plan is not concerned', async trade_type => {
    expect((await ask(order({ trade_type }))).body).toMatchObject({ scene: 'other', trade_type, evidence_id: null })
    expect(await evidence()).toEqual([])
  })

  test('given the money went back, then the order was paid all the same', async () => {
    expect((await ask(order({ trade_state: 'REFUND' }))).body).toMatchObject({ scene: 'jsapi', refunded: true })
    expect(await state()).toEqual(['not_migrated', 'NO_RECORD_OF_OPENING'])
  })

  test('given the official page was seen before, then an order neither proves nor disproves it', async () => {
    const seen = { entry: 'other', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' } as const
    await backend.addEvidence(shop, { kind: 'test_payment', ago: day, detail: seen })
    await ask(order())
    expect((await state())[0]).toBe('verified')
  })

  test('given a visit concluded that JSAPI is not used, then an order of the days before outweighs it', async () => {
    const visit = { conclusion: 'not_jsapi', basis: 'visit', all_entries_checked: true } as const
    await backend.addEvidence(shop, { kind: 'flow_conclusion', ago: hour, detail: visit })
    expect((await state())[0]).toBe('not_applicable')
    await ask(order({ success_time: new Date(backend.clock.now().getTime() - 3 * day).toISOString() }))
    expect(await state()).toEqual(['not_migrated', 'NO_RECORD_OF_OPENING'])
  })

  test('given it is asked twice and by two people at once, then there is one item of evidence', async () => {
    const number = order()
    const answers = await Promise.all([ask(number), ask(number, { role: 'operator' }), ask(number)])
    expect(new Set(answers.map(({ body }) => body.evidence_id)).size).toBe(1)
    expect(await evidence()).toHaveLength(1)
  })

  test('given the same key again, then the same answer without a second question, and another number is refused', async () => {
    const [key, number] = [randomUUID(), order()]
    const first = await ask(number, { key })
    const asked = queries().length
    const again = await ask(number, { key })
    expect([again.status, again.headers.get('idempotent-replayed'), again.body]).toEqual([200, 'true', first.body])
    expect(queries()).toHaveLength(asked)
    expect((await ask(order(), { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
})

describe('what is not kept', () => {
  test('given an order was asked for, then neither its number nor payer, amount or 微信订单号 is anywhere but at WeChat Pay', async () => {
    const number = order({ total: 98_765_432 })
    const { text } = await ask(number)
    backend.sandbox.control.setMerchant(shop, { scenario: 'system_error' })
    await ask(number)
    expect(logged.join('')).toContain('WeChat Pay did not answer for an order')
    const { transaction_id } = backend.sandbox.control.order(number)!
    const tables = ['evidence', 'audit_entries', 'idempotency_keys', 'sub_merchants'] as const
    const rows = await Promise.all(tables.map(table => backend.db.selectFrom(table).selectAll().execute()))
    for (const secret of [number, transaction_id!, '98765432', 'oSandboxPayer']) {
      expect(text).not.toContain(secret)
      expect(JSON.stringify(rows)).not.toContain(secret)
      expect(logged.join('')).not.toContain(secret)
    }
    expect(text).toContain(number.slice(-4))
  })

  test('given a change of verdict, then the trail says who asked and what came of it', async () => {
    const { body } = await ask(order())
    const entry = await backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', shop).executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ action: 'order_query.ask', actor_id: 'staff-field_agent', before: { state: 'unknown' } })
    expect(entry.after).toMatchObject({ state: 'not_migrated', scene: 'jsapi', evidence_id: body.evidence_id })
  })
})

describe('what is refused', () => {
  test.each(['134567890123456789', ' 1345 6789 0123 456789 ', '１５４５６７８９０１２３４５６７８９', '10-4567-8901-2345-6789'])(
    "given a customer's payment code (%s), then nothing is sent, kept or repeated",
    async code => {
      const { status, body, text } = await ask(code)
      expect([status, body.code, body.errors![0]!.code]).toEqual([422, 'PAYMENT_CODE', 'PAYMENT_CODE'])
      expect(text + logged.join('')).not.toMatch(/1[0-5]\d{16}/)
      expect(queries()).toEqual([])
    },
  )
  test.each(['12345', 'x'.repeat(33), '2026/1123', '订单20261123001', '..%2f..%2f..'])(
    'given %s, then it is no order number',
    async text => {
      expect((await ask(text)).body.code).toBe('ORDER_NUMBER_INVALID')
      expect(queries()).toEqual([])
    },
  )
  test('given a number that WeChat Pay does not have, then so it says', async () => {
    const { status, body } = await ask('20261123-no-such-order')
    expect([status, body.code]).toEqual([404, 'ORDER_NOT_FOUND'])
  })
  test("given another merchant's order, then it is refused without saying whose, and nothing is kept", async () => {
    const other = String((next += 1))
    await backend.addMerchant(other)
    const { status, body, text } = await ask(order({ sub_mchid: other }))
    expect([status, body.code]).toEqual([409, 'ORDER_OF_ANOTHER_MERCHANT'])
    expect(text).not.toContain(other)
    expect(await evidence()).toEqual([])
  })
  test.each(['NOTPAY', 'CLOSED', 'USERPAYING', 'PAYERROR', 'REVOKED'] as const)(
    'given an order in %s, then it was not paid',
    async trade_state => {
      expect((await ask(order({ trade_state }))).body.code).toBe('ORDER_NOT_PAID')
      expect(await evidence()).toEqual([])
    },
  )
  test('given a shop out of scope or a role without the right, then 404 and 403 before anything is asked', async () => {
    const number = order()
    expect((await ask(number, { sub_mchid: '1999999999' })).status).toBe(404)
    expect((await ask(number, { role: 'auditor' })).body).toMatchObject({ code: 'ACTION_FORBIDDEN', required_action: 'evidence.write' })
    expect(queries()).toEqual([])
  })
  test('given a refusal, then its key is unused: the same request succeeds once the order is paid', async () => {
    const [key, number] = [randomUUID(), order({ trade_state: 'NOTPAY' })]
    expect((await ask(number, { key })).body.code).toBe('ORDER_NOT_PAID')
    backend.sandbox.control.setOrder(number, { sub_mchid: shop })
    expect((await ask(number, { key })).status).toBe(200)
  })
})

describe("WeChat Pay's failures", () => {
  const during = async (scenario: ScenarioName, times: number | null = null) => {
    const number = order()
    backend.sandbox.control.setMerchant(shop, { scenario, times })
    return ask(number)
  }
  test.each(['lost_before', 'lost_after', 'system_error', 'service_unavailable', 'gateway_timeout', 'cut_body'] as const)(
    'given %s once, then it is asked again at once and the person does not notice',
    async scenario => {
      expect((await during(scenario, 1)).status).toBe(200)
      expect(queries()).toHaveLength(2)
    },
  )
  test.each([
    ['system_error', 503, 'WX_UNAVAILABLE'],
    ['lost_after', 503, 'WX_UNAVAILABLE'],
    ['accepted_202', 503, 'WX_UNAVAILABLE'],
    ['rate_limited_429', 429, 'WX_RATE_LIMITED'],
    ['rate_limited_400', 429, 'WX_RATE_LIMITED'],
    ['unrelated', 409, 'RELATION_INVALID'],
    ['not_exists', 409, 'SUB_MERCHANT_NOT_FOUND'],
    ['unclassified', 502, 'WX_UNCLASSIFIED'],
    ['sign_error_500', 500, 'WX_CONFIG'],
    ['other_merchant', 409, 'ORDER_OF_ANOTHER_MERCHANT'],
  ] as const)('given %s, then %i %s and nothing is kept', async (scenario, status, code) => {
    const answer = await during(scenario)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(await evidence()).toEqual([])
  })
  test.each(['forged', 'tampered', 'stale', 'signtest', 'unsigned', 'unknown_serial'] as const)(
    'given an answer that is not provably of WeChat Pay (%s), then nothing is believed of it',
    async scenario => {
      expect((await during(scenario)).body.code).toBe('WX_UNCLASSIFIED')
      expect(await evidence()).toEqual([])
    },
  )
  test('given no answer in the time that a person waits, then it is said and may be tried again', async () => {
    expect((await during('slow')).body).toMatchObject({ code: 'WX_UNAVAILABLE', retry_after: 5 })
    expect(await evidence()).toEqual([])
  })
  test('given too many, then the pause that WeChat Pay asks for is handed on', async () => {
    expect((await during('rate_limited_429')).body.retry_after).toBe(20)
  })
})
