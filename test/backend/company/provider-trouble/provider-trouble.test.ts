// What WeChat Pay says against the provider itself: who learns of it, what stays untouched, and when it is over.
import { Writable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import type { Me } from '../../../../backend/company/staff/schema.ts'
import { eventually } from '../../../support/eventually.ts'
import { minute, roles, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
let sub_mchid: string
let next = 1_900_000_101
let lines: Record<string, unknown>[] = []

beforeAll(async () => {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(
        ...chunk
          .toString()
          .trim()
          .split('\n')
          .map(line => JSON.parse(line) as Record<string, unknown>),
      )
      done()
    },
  })
  backend = await startBackend({ logger: pino(stream) })
})
afterAll(() => backend.close())
beforeEach(async () => {
  sub_mchid = String(next)
  next += 1
  await backend.addMerchant(sub_mchid)
  backend.sandbox.control.setProvider({ status: 'normal' })
  await backend.db.updateTable('provider').set({ trouble_code: null, trouble_since: null, trouble_last_seen_at: null }).execute()
  lines = []
})

const open = () => backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
const troubleFor = async (role: (typeof roles)[number]) => (await backend.call<Me>(role, 'GET', '/v1/me')).body.provider.trouble
const audits = () =>
  backend.db.selectFrom('audit_entries').selectAll().where('target_type', '=', 'provider').orderBy('at').orderBy('written_in').execute()
const metric = async (code: string) =>
  Number(
    new RegExp(`^provider_trouble\\{sp_mchid="${sp_mchid}",code="${code}"\\} (\\d)`, 'm').exec(
      (await backend.call(null, 'GET', '/metrics')).text,
    )?.[1],
  )

describe.each([
  ['not_enrolled', 'SP_NOT_ENROLLED'],
  ['punished', 'SP_PUNISHED'],
  ['type_unsupported', 'SP_TYPE_UNSUPPORTED'],
] as const)('WeChat Pay says %s', (status, code) => {
  beforeEach(() => backend.sandbox.control.setProvider({ status }))

  test('then everybody sees it with who was told, it is in the audit trail, the log and the metric, and the merchant keeps its state', async () => {
    const before = (await audits()).length
    const answer = await open()
    expect([answer.status, answer.body.code]).toEqual([409, code])
    for (const role of roles) expect(await troubleFor(role)).toMatchObject({ code, told: ['operator'] })
    expect((await audits()).slice(before)).toMatchObject([
      { actor_id: null, action: 'provider.trouble', target_id: sp_mchid, after: { code, told: ['operator'] } },
    ])
    expect(lines.filter(({ level }) => level === 50)).toMatchObject([{ code, told: ['operator'] }])
    expect(await metric(code)).toBe(1)
    const merchant = await backend.call('field_agent', 'GET', `/v1/sub-merchants/${sub_mchid}`)
    expect(merchant.body).toMatchObject({ migration: { state: 'unknown' }, gold_plan: { jsapi: { status: 'unknown' } } })
  })

  test('given it is met again, then it is still the same trouble since the first time, told once; and the first success ends it', async () => {
    const before = (await audits()).length
    await open()
    const first = await troubleFor('operator')
    backend.sandbox.control.clock.advance(5 * minute)
    await open()
    expect(await troubleFor('operator')).toEqual(first)
    const row = await backend.db.selectFrom('provider').selectAll().executeTakeFirstOrThrow()
    expect(row.trouble_last_seen_at!.getTime() - row.trouble_since!.getTime()).toBeGreaterThanOrEqual(5 * minute)
    expect((await audits()).length).toBe(before + 1)
    backend.sandbox.control.setProvider({ status: 'normal' })
    expect((await open()).status).toBe(200)
    expect(await troubleFor('field_agent')).toBeNull()
    expect((await audits()).slice(before).map(({ action }) => action)).toEqual(['provider.trouble', 'provider.trouble_over'])
    expect(await metric(code)).toBe(0)
  })
})

test('given a refused signature, then it is WX_CONFIG for the provider and no mark on the merchant', async () => {
  backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'sign_error_500' })
  expect((await open()).body.code).toBe('WX_CONFIG')
  expect(await troubleFor('operator')).toMatchObject({ code: 'WX_CONFIG' })
})

const shopThat = async (scenario: 'forged' | 'unknown_serial' | 'normal') => {
  sub_mchid = String(next)
  next += 1
  await backend.addMerchant(sub_mchid)
  backend.sandbox.control.setMerchant(sub_mchid, { scenario })
  return (await open()).status
}

test('given an answer that names a key which we do not have, then it is WX_CONFIG at once, and nothing says that the change was not made', async () => {
  const before = (await audits()).length
  expect(await shopThat('unknown_serial')).toBe(202)
  expect(await troubleFor('field_agent')).toMatchObject({ code: 'WX_CONFIG', told: ['operator'] })
  expect(await metric('WX_CONFIG')).toBe(1)
  expect((await audits()).slice(before)).toMatchObject([
    { action: 'provider.trouble', after: { code: 'WX_CONFIG', reason: 'UNKNOWN_SERIAL' } },
  ])
  expect(lines.filter(({ level }) => level === 50)).toMatchObject([
    { msg: expect.stringMatching(/cannot be verified: check WECHATPAY_PUBLIC_KEY/) },
  ])
  expect(lines.map(({ msg }) => msg).join()).not.toMatch(/did not carry out|no merchant can be changed/)
  expect(await shopThat('normal')).toBe(200)
  expect(await troubleFor('field_agent')).toBeNull()
})

test('given one answer that is not authentic, then that is no trouble; given two without an authentic one between them, then it is WX_CONFIG', async () => {
  expect(await shopThat('normal')).toBe(200)
  expect([await shopThat('forged'), await shopThat('normal'), await shopThat('forged')]).toEqual([202, 200, 202])
  expect(await troubleFor('operator')).toBeNull()
  expect(await shopThat('forged')).toBe(202)
  expect(await troubleFor('operator')).toMatchObject({ code: 'WX_CONFIG' })
})

test('given another trouble in its place, then it is told anew since now', async () => {
  backend.sandbox.control.setProvider({ status: 'punished' })
  await open()
  const first = await troubleFor('operator')
  backend.sandbox.control.clock.advance(minute)
  backend.sandbox.control.setProvider({ status: 'not_enrolled' })
  await open()
  const second = await troubleFor('operator')
  expect(second?.code).toBe('SP_NOT_ENROLLED')
  expect(Date.parse(second!.since)).toBeGreaterThan(Date.parse(first!.since))
})

test("given a merchant's own refusal or a lost answer, then the provider is in no trouble, and a standing one stays", async () => {
  const arrange = (scenario: 'punished' | 'lost_before') => backend.sandbox.control.setMerchant(sub_mchid, { scenario })
  arrange('punished')
  expect((await open()).body.code).toBe('SUB_MERCHANT_PUNISHED')
  expect(await troubleFor('operator')).toBeNull()
  backend.sandbox.control.setProvider({ status: 'punished' })
  backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'normal' })
  await open()
  backend.sandbox.control.setProvider({ status: 'normal' })
  arrange('lost_before')
  expect((await open()).status).toBe(202)
  expect((await troubleFor('operator'))?.code).toBe('SP_PUNISHED')
})

test('given an answer to a call that left before the trouble was seen, then it does not end it', async () => {
  backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'slow', delay_seconds: 1, times: 1 })
  const early = open()
  const other = String(next)
  next += 1
  await backend.addMerchant(other)
  await eventually('the call to be with WeChat Pay', () => backend.sandbox.control.merchant(sub_mchid).scenario === 'normal')
  backend.sandbox.control.setProvider({ status: 'punished' })
  await backend.control('region_lead', other, 'gold-plan/jsapi', { status: 'open' })
  expect((await early).status).toBe(200)
  expect((await troubleFor('operator'))?.code).toBe('SP_PUNISHED')
})

test('given a clock that was put back since the trouble was seen, then a success still ends it', async () => {
  backend.sandbox.control.setProvider({ status: 'punished' })
  await open()
  await backend.db
    .updateTable('provider')
    .set({ trouble_last_seen_at: new Date(backend.clock.now().getTime() + 60 * minute) })
    .execute()
  backend.sandbox.control.setProvider({ status: 'normal' })
  await open()
  expect(await troubleFor('operator')).toBeNull()
})

test('given a trouble that another process saw after we looked at the clock, then an answer from before does not end it', async () => {
  backend.sandbox.control.setProvider({ status: 'punished' })
  await open()
  await backend.db
    .updateTable('provider')
    .set({ trouble_last_seen_at: new Date(backend.clock.now().getTime() + 10_000) })
    .execute()
  backend.sandbox.control.setProvider({ status: 'normal' })
  await open()
  expect((await troubleFor('operator'))?.code).toBe('SP_PUNISHED')
})

test('given no active operator, then nobody is said to have been told', async () => {
  await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', backend.staffId('operator')).execute()
  backend.sandbox.control.setProvider({ status: 'punished' })
  await open()
  expect(await troubleFor('admin')).toMatchObject({ told: [] })
  await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', backend.staffId('operator')).execute()
})
