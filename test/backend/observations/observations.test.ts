// GET /v1/observations and the classes that operators give: what WeChat Pay said here, and how the next identical answer is treated.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildApp } from '../../../backend/app.ts'
import { questions } from '../../../backend/observations/questions.ts'
import { report } from '../../../backend/observations/report.ts'
import type { Observations, SeenText } from '../../../backend/observations/schema.ts'
import type { Role } from '../../../backend/http/schema.ts'
import { createWechatPay } from '../../../backend/wechatpay/index.ts'
import type { ScenarioName } from '../../../dev/sandbox/scenarios.ts'
import { day, hour, minute, sp_mchid, startBackend, type Backend } from '../support/backend.ts'

let backend: Backend
let number = 1900000200
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

async function shop(given: Parameters<Backend['addMerchant']>[1] = {}): Promise<string> {
  const sub_mchid = String((number += 1))
  await backend.addMerchant(sub_mchid, given)
  return sub_mchid
}
/** An opening that WeChat Pay answers so. */
async function openAs(scenario: ScenarioName, sub_mchid: string, feature = 'gold-plan/jsapi', body: object = { status: 'open' }) {
  backend.sandbox.control.setMerchant(sub_mchid, { scenario })
  const answer = await backend.control('operator', sub_mchid, feature, body)
  backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'normal' })
  return answer
}
const read = async (role: Role = 'operator', language = 'zh-CN') =>
  (await backend.call<Observations>(role, 'GET', '/v1/observations', { headers: { 'accept-language': language } })).body
const UNKNOWN = '商户不支持开通该业务'
const unknownText = async () => (await read()).texts.find(({ text }) => text === UNKNOWN)!
const pathOf = ({ id }: Pick<SeenText, 'id'>) => `/v1/observations/texts/${id}/class`
const give = (text: SeenText, body: unknown, headers: Record<string, string | undefined> = {}, role: Role = 'operator') =>
  backend.call<SeenText & { code: string; errors?: { field: string; code: string }[] }>(role, 'PUT', pathOf(text), {
    body,
    headers: { 'idempotency-key': randomUUID(), 'if-match': `"${text.version}"`, ...headers },
  })
const revoke = (text: SeenText) =>
  backend.call<SeenText>('operator', 'DELETE', pathOf(text), {
    headers: { 'idempotency-key': randomUUID(), 'if-match': `"${text.version}"` },
  })
const seenOf = ({ questions: all }: Observations, id: string) => all.find(question => question.id === id)!.seen

describe('an answer that nobody knows', () => {
  test('given two shops that were told the same, then it is one text without a class, with how often and when', async () => {
    const before = backend.clock.now()
    await openAs('unclassified', await shop())
    backend.sandbox.control.clock.advance(minute)
    const refused = await openAs('unclassified', await shop())
    expect([refused.status, refused.body.code, refused.body.wx_message]).toEqual([502, 'WX_UNCLASSIFIED', UNKNOWN])
    expect(await unknownText()).toMatchObject({
      http_status: 400,
      wx_code: 'INVALID_REQUEST',
      kinds: ['gold_plan.open'],
      count: 2,
      code: 'WX_UNCLASSIFIED',
      by: 'nobody',
      changed: null,
      version: 0,
    })
    const { first_at, last_at } = await unknownText()
    expect(Date.parse(last_at!) - Date.parse(first_at!)).toBeGreaterThanOrEqual(minute)
    expect(Date.parse(first_at!)).toBeGreaterThanOrEqual(before.getTime() - 1_000)
  })

  test('given an operator gives it a class, then the next identical answer is treated so, also by another process, until it is taken back', async () => {
    const text = await unknownText()
    const given = await give(text, { code: 'SUB_MERCHANT_PUNISHED' })
    expect([given.status, given.headers.get('etag')]).toEqual([200, '"1"'])
    expect(given.body).toMatchObject({ code: 'SUB_MERCHANT_PUNISHED', by: 'operator', version: 1, changed: { display_name: 'operator' } })
    const refused = await openAs('unclassified', await shop())
    expect([refused.status, refused.body.code]).toEqual([409, 'SUB_MERCHANT_PUNISHED'])

    // another process on the same database, with a client of its own
    const wechatPay = createWechatPay({ ...backend.sandbox.wechatPayConfig(), clock: backend.clock })
    const other = await buildApp({
      clock: backend.clock,
      database: backend.db,
      sp_mchid,
      wechatPay,
      wechat: {} as never,
      workerEveryMs: null,
    })
    const asked = await shop()
    backend.sandbox.control.setMerchant(asked, { scenario: 'unclassified' })
    const call = () => wechatPay.goldPlan.changeStatus({ sub_mchid: asked, operation_type: 'OPEN', operation_pay_scene: 'JSAPI' })
    await expect(call()).rejects.toMatchObject({ code: 'SUB_MERCHANT_PUNISHED', wx_message: UNKNOWN })

    const revoked = await revoke(given.body)
    expect([revoked.status, revoked.body.by, revoked.body.version]).toEqual([200, 'nobody', 2])
    await expect(call()).rejects.toMatchObject({ code: 'WX_UNCLASSIFIED' })
    expect((await openAs('unclassified', await shop())).body.code).toBe('WX_UNCLASSIFIED')
    await other.close()
    await wechatPay.close()
  })

  test('given a class and its end, then the trail has both, with who and what it was', async () => {
    const { body } = await backend.call<{ items: { action: string; target: { type: string }; before: object; after: object }[] }>(
      'auditor',
      'GET',
      '/v1/audit-entries?limit=100',
    )
    const entries = body.items.filter(({ action }) => action.startsWith('observation.'))
    expect(entries.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: 'observation.revoke', before: { class: 'SUB_MERCHANT_PUNISHED' }, after: { class: null, wx_message: UNKNOWN } },
      { action: 'observation.classify', before: { class: null }, after: { class: 'SUB_MERCHANT_PUNISHED', wx_message: UNKNOWN } },
    ])
  })

  test('given a text that names its shop, then the page shows it without, and a class holds for other shops', async () => {
    const names = [await shop({ name: '科技面馆', short_name: '面馆' }), await shop({ name: '老王便利店', short_name: '老王' })]
    for (const [sub_mchid, called] of [
      [names[0]!, '科技面馆'],
      [names[1]!, '老王便利店'],
    ] as const)
      await recordRefusal(sub_mchid, `特约商户${called}(${sub_mchid})暂不可用`)
    const text = (await read()).texts.find(one => one.text.endsWith('暂不可用'))!
    expect([text.text, text.count]).toEqual(['特约商户○○(###)暂不可用', 2])
    const whole = JSON.stringify(await read())
    for (const word of [...names, '科技面馆', '老王']) expect(whole).not.toContain(word)
  })
})

/** As settle.ts writes it, of words that the sandbox does not say. */
async function recordRefusal(sub_mchid: string, wx_message: string): Promise<void> {
  const id = randomUUID()
  const now = backend.clock.now()
  const said = { wx_code: 'INVALID_REQUEST', wx_message, wx_request_id: '08E6-268435461' }
  await backend.db
    .insertInto('operations')
    .values({
      ...said,
      id,
      sp_mchid,
      sub_mchid,
      key: randomUUID(),
      staff_id: 'staff-operator',
      kind: 'receipt.open',
      parameters: '{}',
      reason: null,
      status: 'failed',
      code: 'WX_UNCLASSIFIED',
      message: null,
      retry_after: null,
      started_at: now,
      finished_at: now,
      next_attempt_at: null,
      settled_at: null,
      request_id: 'r',
      client: null,
    })
    .execute()
  await backend.db
    .insertInto('operation_attempts')
    .values({ ...said, operation_id: id, attempt: 1, sent_at: now, answered_at: now, phase: 'refused', http_status: 400 })
    .execute()
}

describe('a class that cannot be given', () => {
  test('given bad input, then the answer names code and field', async () => {
    const text = await unknownText()
    const wrong = await give(text, { code: 'NOT_A_CODE' })
    expect([wrong.status, wrong.body.code, wrong.body.errors?.[0]?.field]).toEqual([422, 'VALIDATION_FAILED', 'code'])
    for (const body of [{}, { code: 'WX_UNCLASSIFIED' }, { code: 'ORDER_NOT_FOUND' }, { code: null }, { code: 'WX_REJECTED', more: 1 }, []])
      expect((await give(text, body)).status).toBe(422)
    expect((await give({ ...text, id: 'x' }, { code: 'WX_REJECTED' })).body.errors?.[0]?.field).toBe('text_id')
    expect((await give(text, { code: 'WX_REJECTED' }, { 'if-match': undefined })).body.code).toBe('PRECONDITION_REQUIRED')
    expect((await give(text, { code: 'WX_REJECTED' }, { 'idempotency-key': undefined })).body.code).toBe('IDEMPOTENCY_KEY_REQUIRED')
  })

  test('given a text that was never seen, then 404; one that the program knows, then it says so', async () => {
    const text = await unknownText()
    expect((await give({ ...text, id: '0'.repeat(32) }, { code: 'WX_REJECTED' })).status).toBe(404)
    await openAs('punished', await shop())
    const known = (await read()).texts.find(({ by }) => by === 'program')!
    const answer = await give(known, { code: 'WX_REJECTED' })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([422, 'ALREADY_CLASSIFIED'])
  })

  test('given two operators at once, then one of them is told that a colleague was faster; a lost answer asked again changes nothing', async () => {
    const text = await unknownText()
    const answers = await Promise.all([give(text, { code: 'WX_REJECTED' }), give(text, { code: 'REOPEN_LOCKED' }, {}, 'admin')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const key = randomUUID()
    const now = await unknownText()
    const first = await give(now, { code: 'WX_REJECTED' }, { 'idempotency-key': key })
    const again = await give(now, { code: 'WX_REJECTED' }, { 'idempotency-key': key })
    expect([again.status, again.headers.get('idempotent-replayed'), again.body.version]).toEqual([200, 'true', first.body.version])
    expect((await revoke(first.body)).body.by).toBe('nobody')
  })

  test('given whoever may not, then 403, whether or not the text is there', async () => {
    const text = await unknownText()
    for (const role of ['field_agent', 'region_lead', 'auditor'] as const) {
      expect((await backend.call(role, 'GET', '/v1/observations')).status).toBe(403)
      expect((await give(text, { code: 'WX_REJECTED' }, {}, role)).status).toBe(403)
      expect((await give({ ...text, id: '0'.repeat(32) }, { code: 'WX_REJECTED' }, {}, role)).status).toBe(403)
    }
  })
})

describe('the open questions', () => {
  test('given a plan that is opened again, closed and opened within a day, then each answer is counted at its question', async () => {
    const sub_mchid = await shop()
    await openAs('normal', sub_mchid)
    await backend.control('operator', sub_mchid, 'receipt', { status: 'open' })
    await backend.control('operator', sub_mchid, 'ad-filter', { industries: ['CATERING'] })
    await backend.control('region_lead', sub_mchid, 'advertising', { status: 'open' })
    await backend.control('region_lead', sub_mchid, 'advertising', { status: 'closed' })
    backend.sandbox.control.clock.advance(hour)
    await backend.addEvidence(sub_mchid, { ago: 0, kind: 'portal_check', detail: { ad_filter: ['CATERING'] } })
    const found = await read()
    expect(seenOf(found, 'filters-after-closing-ads')).toMatchObject([{ what: '平台上还有过滤标签', count: 1 }])
    expect(seenOf(found, 'request-id-numbers').length).toBeGreaterThan(0)
    expect(seenOf(found, 'errors-receipt').map(({ text }) => text)).toContain('特约商户○○(###)暂不可用')
  })

  test('given WeChat Pay said that it was too fast, then how many calls went before is there', async () => {
    backend.sandbox.control.clock.advance(day)
    await openAs('rate_limited_400', await shop())
    await openAs('rate_limited_429', await shop())
    const seen = seenOf(await read(), 'rate-limits')
    expect(seen.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['HTTP 400 INVALID_REQUEST', 'HTTP 429 RATELIMIT_EXCEEDED', '之前一分钟调用 1 到 2 次']),
    )
  })

  test('given readings of check_code and loads that fit none, then both are counted', async () => {
    const sub_mchid = await shop()
    await backend.db.insertInto('receipt_code_variants').values({ sp_mchid, variant: 'and.raw.upper', loads: 7 }).execute()
    await backend.db
      .insertInto('receipt_load_days')
      .values({ sp_mchid, sub_mchid, day: '2026-01-05', result: 'invalid', loads: 3, shown: 0, ready_steps: [] })
      .execute()
    expect(seenOf(await read('admin', 'en'), 'check-code')).toMatchObject([
      { what: 'Own query, continued by &, not encoded, upper case', text: 'and.raw.upper', count: 7, first_at: null },
      { what: 'Fits no reading', text: null, count: 3 },
    ])
  })

  test('given the command, then it prints each question with what was seen and what would settle it', async () => {
    const text = report(await read(), 'zh')
    for (const { id, question, settled_by } of questions) {
      expect(text).toContain(id)
      expect(text).toContain(question.zh)
      expect(text).toContain(settled_by.zh)
    }
    expect(text).toMatch(/「and\.raw\.upper」\s+7 次/)
  })
})
