// Switches of shops under several numbers: whose key signs, where it arrives, who settles a lost answer, and whose trouble it is.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { askAgain } from '../../../../backend/controls/ask-again.ts'
import type { Me } from '../../../../backend/company/staff/schema.ts'
import { createWechatPay, WechatPayError } from '../../../../backend/wechatpay/index.ts'
import { foreign, home, second, startTwoNumbers, type TwoNumbers } from './two-numbers.ts'

let backend: TwoNumbers
beforeAll(async () => {
  backend = await startTwoNumbers()
})
afterAll(() => backend?.close())
beforeEach(async () => {
  for (const { control } of [backend.sandbox, backend.secondSandbox]) {
    control.setProvider({ status: 'normal' })
    control.forgetRequests()
  }
  await backend.db.updateTable('provider').set({ trouble_code: null, trouble_since: null, trouble_last_seen_at: null }).execute()
})

const open = (sub_mchid: string) => backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
const callsAt = (side: 'home' | 'second') => (side === 'home' ? backend.sandbox : backend.secondSandbox).control.requests().length
const providerOf = async () => (await backend.call<Me>('operator', 'GET', '/v1/me')).body.provider

test('given two numbers, then the WeChat Pay of one refuses what the key of the other signed', async () => {
  const mixed = createWechatPay({ ...backend.sandbox.wechatPayConfig(), baseUrl: backend.secondSandbox.url })
  const refused = await mixed.goldPlan
    .changeStatus({ sub_mchid: '1900399999', operation_type: 'OPEN', operation_pay_scene: 'JSAPI' })
    .catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(WechatPayError)
  expect((refused as WechatPayError).http_status).toBe(401)
  await mixed.close()
})

test.each([
  ['home', home],
  ['second', second],
] as const)(
  'given a shop of the %s number, when its plan is opened, then the call arrives signed by that number, and what is kept of it names it',
  async (side, number) => {
    const shop = await backend.shopOf(number)
    expect((await open(shop)).status).toBe(200)
    expect([callsAt('home'), callsAt('second')]).toEqual(side === 'home' ? [1, 0] : [0, 1])
    expect((side === 'home' ? backend.sandbox : backend.secondSandbox).control.ledger(shop).gold_plan.JSAPI.status).toBe('open')
    const kept = async (table: 'operations' | 'evidence') =>
      (await backend.db.selectFrom(table).select('sp_mchid').where('sub_mchid', '=', shop).execute()).map(row => row.sp_mchid)
    expect([await kept('operations'), await kept('evidence')]).toEqual([[number], [number]])
    const audits = await backend.db.selectFrom('audit_entries').select('sp_mchid').where('target_id', '=', shop).execute()
    expect(audits).toEqual([{ sp_mchid: number }])
  },
)

test('given a lost answer about a shop of the second number, then the worker asks the WeChat Pay of that number and settles it', async () => {
  const shop = await backend.shopOf(second)
  backend.secondSandbox.control.setMerchant(shop, { scenario: 'lost_after', times: 1 })
  const answer = await open(shop)
  expect([answer.status, answer.body.status]).toEqual([202, 'unknown'])
  backend.advance(6_000)
  expect(await askAgain(backend.app.context)).toBe(1)
  const { body } = await backend.call('field_agent', 'GET', `/v1/operations/${String(answer.body.key)}`)
  expect(body.status).toBe('succeeded')
  expect([callsAt('home'), callsAt('second')]).toEqual([0, 2])
})

test('given an operation of a number that this process does not serve, then its worker leaves it alone', async () => {
  const shop = await backend.shopOf(foreign)
  const now = backend.clock.now()
  const row = { id: '7d4f4a0e-7a3c-4b52-9a55-0d6a35a7e001', key: '7d4f4a0e-7a3c-4b52-9a55-0d6a35a7e002', staff_id: 'staff-operator' }
  await backend.db
    .insertInto('operations')
    .values({
      ...row,
      sp_mchid: foreign,
      sub_mchid: shop,
      kind: 'gold_plan.open',
      parameters: '{}',
      status: 'unknown',
      started_at: now,
      next_attempt_at: now,
      request_id: 'r',
    })
    .execute()
  backend.advance(60_000)
  expect(await askAgain(backend.app.context)).toBe(0)
  expect([callsAt('home'), callsAt('second')]).toEqual([0, 0])
})

test('given no receipt link at the second number, then only its own shops cannot open the receipt', async () => {
  const [one, other] = [await backend.shopOf(home), await backend.shopOf(second)]
  const link = (receipt_link_configured: boolean) =>
    backend.db.updateTable('provider').set({ receipt_link_configured }).where('sp_mchid', '=', second).execute()
  await link(false)
  const receipt = (shop: string) => backend.control('operator', shop, 'receipt', { status: 'open' })
  expect((await receipt(one)).status).toBe(200)
  expect((await receipt(other)).body.code).toBe('RECEIPT_LINK_MISSING')
  await link(true)
  expect((await receipt(other)).status).toBe(200)
})

describe('given WeChat Pay refuses the second number', () => {
  beforeEach(() => backend.secondSandbox.control.setProvider({ status: 'punished' }))

  test('then the trouble is named with that number, the home number has none, and shops of the home number are opened', async () => {
    const [one, other] = [await backend.shopOf(home), await backend.shopOf(second)]
    expect((await open(other)).body.code).toBe('SP_PUNISHED')
    expect((await open(one)).status).toBe(200)
    const provider = await providerOf()
    expect(provider.sp_mchid).toBe(home)
    const trouble = { code: 'SP_PUNISHED', told: ['operator'], number: { sp_mchid: second, name: '示例服务商二号' } }
    expect(provider.trouble).toMatchObject(trouble)
    expect(provider.numbers).toMatchObject([
      { sp_mchid: home, name: '示例服务商', trouble: null },
      { sp_mchid: second, trouble },
    ])
    const audits = await backend.db.selectFrom('audit_entries').select('sp_mchid').where('action', '=', 'provider.trouble').execute()
    expect(audits.map(row => row.sp_mchid)).toEqual([second])
    const { text } = await backend.call(null, 'GET', '/metrics')
    expect(text).toContain(`provider_trouble{sp_mchid="${second}",code="SP_PUNISHED"} 1`)
    expect(text).not.toContain(`provider_trouble{sp_mchid="${home}",code="SP_PUNISHED"} 1`)
  })

  test('then a success of the home number does not end it, one of the second number does', async () => {
    const [one, other] = [await backend.shopOf(home), await backend.shopOf(second)]
    await open(other)
    await open(one)
    expect((await providerOf()).trouble?.number?.sp_mchid).toBe(second)
    backend.secondSandbox.control.setProvider({ status: 'normal' })
    expect((await open(other)).status).toBe(200)
    expect((await providerOf()).trouble).toBeNull()
  })
})
