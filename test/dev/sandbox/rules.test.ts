// WeChat Pay's rules as the provider's client meets them (facts.md §1): each refusal in both wordings, each as the code that the client makes of it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SCENARIOS, startSandbox, type Sandbox, type ScenarioName } from '../../../dev/sandbox/index.ts'
import { createWechatPay, type GoldPlan, type WechatPay, type WechatPayCode } from '../../../backend/wechatpay/index.ts'
import { failureOf } from '../../backend/wechatpay/support.ts'
import { SHOP, SP_MCHID, send } from './support.ts'

const HOUR = 3_600_000
const UNTOUCHED = { status: 'closed', closed_at: null } as const

describe('rules of the gold plan', () => {
  let sandbox: Sandbox
  let client: WechatPay
  let plan: GoldPlan
  beforeAll(async () => {
    sandbox = await startSandbox({ spMchid: SP_MCHID })
    client = createWechatPay(sandbox.wechatPayConfig())
    plan = client.goldPlan
  })
  beforeEach(() => {
    sandbox.control.clock.reset()
    sandbox.control.setProvider({ status: 'normal', default_open: false, receipt_link_configured: true, language: 'zh' })
    sandbox.control.setMerchant(SHOP, {
      scenario: 'normal',
      gold_plan: { JSAPI: UNTOUCHED, MINIPROGRAM: UNTOUCHED },
      receipt: 'closed',
      advertising: 'closed',
      advertising_industry_filters: [],
    })
  })
  afterAll(async () => {
    await client.close()
    await sandbox.close()
  })

  type Scene = 'JSAPI' | 'MINIPROGRAM' | 'JSAPI_AND_MINIPROGRAM'
  const gold = (operation_type: 'OPEN' | 'CLOSE', operation_pay_scene: Scene = 'JSAPI', sub_mchid = SHOP) =>
    plan.changeStatus({ sub_mchid, operation_type, operation_pay_scene })
  const receipt = (operation_type: 'OPEN' | 'CLOSE') => plan.changeCustomPageStatus({ sub_mchid: SHOP, operation_type })
  const filter = () => plan.setAdvertisingIndustryFilter({ sub_mchid: SHOP, advertising_industry_filters: ['CAR'] })
  const codeOf = async (call: Promise<unknown>) => (await failureOf(call)).code

  it('given the scene is opened and closed, then WeChat remembers each scene by itself', async () => {
    await gold('OPEN', 'JSAPI_AND_MINIPROGRAM')
    await gold('CLOSE', 'MINIPROGRAM')
    expect(sandbox.control.ledger(SHOP)).toMatchObject({
      gold_plan: { JSAPI: { status: 'open', closed_at: null }, MINIPROGRAM: { status: 'closed', closed_at: expect.any(String) } },
      closed_at: null,
    })
  })

  it('given a close, then opening is refused for 24 h and allowed after', async () => {
    await gold('OPEN')
    await gold('CLOSE')
    expect(await codeOf(gold('OPEN'))).toBe('REOPEN_LOCKED')
    sandbox.control.clock.advance(24 * HOUR - 60_000)
    expect(await codeOf(gold('OPEN'))).toBe('REOPEN_LOCKED')
    sandbox.control.clock.advance(60_000)
    await gold('OPEN')
    expect(sandbox.control.ledger(SHOP).gold_plan.JSAPI.status).toBe('open')
  })

  it('given one scene is locked, then the other may open, and both together may not', async () => {
    await gold('OPEN')
    await gold('CLOSE')
    await gold('OPEN', 'MINIPROGRAM')
    expect(await codeOf(gold('OPEN', 'JSAPI_AND_MINIPROGRAM'))).toBe('REOPEN_LOCKED')
  })

  it('given a close is repeated, then the 24 h do not start anew; a close of what was never open starts none', async () => {
    await gold('CLOSE')
    await gold('OPEN')
    await gold('CLOSE')
    sandbox.control.clock.advance(23 * HOUR)
    await gold('CLOSE')
    sandbox.control.clock.advance(HOUR)
    await gold('OPEN')
  })

  it('given no receipt link, then the receipt cannot be opened, for all merchants or for one; closing stays possible', async () => {
    sandbox.control.setProvider({ receipt_link_configured: false })
    expect(await codeOf(receipt('OPEN'))).toBe('RECEIPT_LINK_MISSING')
    await receipt('CLOSE')
    sandbox.control.setProvider({ receipt_link_configured: true })
    sandbox.control.setMerchant(SHOP, { scenario: 'receipt_link_missing' })
    expect(await codeOf(receipt('OPEN'))).toBe('RECEIPT_LINK_MISSING')
    await gold('OPEN')
  })

  it('given the gold plan is not open, then the receipt can be, filter and ads cannot', async () => {
    await receipt('OPEN')
    expect(sandbox.control.ledger(SHOP).receipt).toBe('open')
    expect(await codeOf(filter())).toBe('GOLD_PLAN_NOT_OPEN')
    expect(await codeOf(plan.openAdvertisingShow({ sub_mchid: SHOP }))).toBe('GOLD_PLAN_NOT_OPEN')
    expect(await codeOf(plan.closeAdvertisingShow({ sub_mchid: SHOP }))).toBe('GOLD_PLAN_NOT_OPEN')
    await gold('OPEN', 'MINIPROGRAM')
    await filter()
  })

  it('given tags twice, then the later ones overwrite; opening ads without tags keeps them', async () => {
    await gold('OPEN')
    await plan.setAdvertisingIndustryFilter({ sub_mchid: SHOP, advertising_industry_filters: ['CAR', 'FOOD'] })
    await plan.openAdvertisingShow({ sub_mchid: SHOP, advertising_industry_filters: ['LAW'] })
    await plan.openAdvertisingShow({ sub_mchid: SHOP })
    expect(sandbox.control.ledger(SHOP)).toMatchObject({ advertising: 'open', advertising_industry_filters: ['LAW'] })
    await plan.closeAdvertisingShow({ sub_mchid: SHOP })
    expect(sandbox.control.ledger(SHOP)).toMatchObject({ advertising: 'closed', advertising_industry_filters: ['LAW'] })
  })

  it('given 默认开通, then a single merchant cannot be closed', async () => {
    await gold('OPEN')
    sandbox.control.setProvider({ default_open: true })
    expect(await codeOf(gold('CLOSE'))).toBe('DEFAULT_OPEN_ACTIVE')
    expect(sandbox.control.ledger(SHOP).gold_plan.JSAPI.status).toBe('open')
  })

  it.each([
    ['not_enrolled', 'SP_NOT_ENROLLED'],
    ['punished', 'SP_PUNISHED'],
    ['type_unsupported', 'SP_TYPE_UNSUPPORTED'],
  ] as const)('given the provider is %s, then every endpoint is refused with %s', async (status, code) => {
    sandbox.control.setProvider({ status })
    for (const language of ['zh', 'en'] as const) {
      sandbox.control.setProvider({ language })
      const calls = [gold('OPEN'), gold('CLOSE'), receipt('OPEN'), filter(), plan.openAdvertisingShow({ sub_mchid: SHOP })]
      expect(await Promise.all(calls.map(codeOf))).toEqual(Array(5).fill(code))
    }
  })

  const arranged: [ScenarioName, WechatPayCode, status: number][] = [
    ['unrelated', 'RELATION_INVALID', 400],
    ['not_exists', 'SUB_MERCHANT_NOT_FOUND', 400],
    ['punished', 'SUB_MERCHANT_PUNISHED', 400],
    ['closed_on_console', 'REOPEN_LOCKED', 400],
    ['rate_limited_400', 'WX_RATE_LIMITED', 400],
    ['rate_limited_429', 'WX_RATE_LIMITED', 429],
    ['rate_limited_429_misspelt', 'WX_RATE_LIMITED', 429],
    ['operation_failed_400', 'WX_REJECTED', 400],
    ['operation_failed', 'WX_REJECTED', 500],
    ['operation_failed_spaced', 'WX_REJECTED', 500],
    ['system_error', 'WX_UNAVAILABLE', 500],
    ['system_error_spaced', 'WX_UNAVAILABLE', 500],
    ['service_unavailable', 'WX_UNAVAILABLE', 503],
    ['bad_gateway', 'WX_UNAVAILABLE', 502],
    ['sign_error_500', 'WX_CONFIG', 500],
    ['no_auth', 'WX_CONFIG', 403],
    ['param_error', 'WX_UNCLASSIFIED', 400],
    ['type_illegal', 'WX_UNCLASSIFIED', 400],
    ['unclassified', 'WX_UNCLASSIFIED', 400],
  ]
  it.each(arranged)(
    'given the scenario %s, then the call ends as %s (%d) in both wordings and nothing changes',
    async (scenario, code, status) => {
      sandbox.control.setMerchant(SHOP, { scenario })
      for (const language of ['zh', 'en'] as const) {
        sandbox.control.setProvider({ language })
        expect(await failureOf(gold('OPEN'))).toMatchObject({ phase: 'refused', code, http_status: status })
      }
      expect(sandbox.control.ledger(SHOP).gold_plan.JSAPI.status).toBe('closed')
    },
  )

  it('given scenarios of one occasion, then they speak there only', async () => {
    sandbox.control.setMerchant(SHOP, { scenario: 'default_open' })
    await gold('OPEN')
    expect(await codeOf(gold('CLOSE'))).toBe('DEFAULT_OPEN_ACTIVE')
    sandbox.control.setMerchant(SHOP, { scenario: 'gold_plan_needed' })
    expect(await codeOf(filter())).toBe('GOLD_PLAN_NOT_OPEN')
    await receipt('OPEN')
  })

  it('given scenes that replace each other, then opening one closes the other; as it is, it stays open', async () => {
    await gold('OPEN')
    await gold('OPEN', 'MINIPROGRAM')
    expect(sandbox.control.ledger(SHOP).gold_plan).toMatchObject({ JSAPI: { status: 'open' }, MINIPROGRAM: { status: 'open' } })
    sandbox.control.setMerchant(SHOP, { scenario: 'scene_replaces' })
    await gold('OPEN', 'MINIPROGRAM')
    expect(sandbox.control.ledger(SHOP).gold_plan).toMatchObject({ JSAPI: { status: 'closed' }, MINIPROGRAM: { status: 'open' } })
  })

  it('given a scenario for the next 2 calls, then the third is normal', async () => {
    sandbox.control.setMerchant(SHOP, { scenario: 'system_error', times: 2 })
    expect([await codeOf(gold('OPEN')), await codeOf(gold('OPEN'))]).toEqual(['WX_UNAVAILABLE', 'WX_UNAVAILABLE'])
    await gold('OPEN')
    expect(sandbox.control.merchant(SHOP)).toMatchObject({ scenario: 'normal', times: null })
  })

  it('given a number outside the demo range, then it is no merchant of this provider until a test says so', async () => {
    expect(await codeOf(gold('OPEN', 'JSAPI', '1234567890'))).toBe('RELATION_INVALID')
    sandbox.control.setMerchant('1234567890', { receipt: 'closed' })
    await gold('OPEN', 'JSAPI', '1234567890')
  })

  it('every scenario has a label for the phone page and none is missing from these tests or those of the wire', () => {
    const wire = ['lost_before', 'lost_after', 'slow', 'late', 'cut_body', 'gateway_timeout', 'accepted_202', 'other_merchant']
    const signatures = ['forged', 'tampered', 'stale', 'signtest', 'unsigned', 'unknown_serial']
    const here = ['normal', 'default_open', 'gold_plan_needed', 'receipt_link_missing', 'scene_replaces', ...arranged.map(([name]) => name)]
    expect(Object.keys(SCENARIOS).toSorted()).toEqual([...wire, ...signatures, ...here].toSorted())
    for (const { label } of Object.values(SCENARIOS)) expect(label).toMatch(/[\u4e00-\u9fff]/)
  })

  const badParameters: [name: string, path: string, body: object | string, field: string, number: string][] = [
    ['no JSON', 'changecustompagestatus', 'OPEN', '/', '268435461'],
    ['no sub_mchid', 'changecustompagestatus', { operation_type: 'OPEN' }, '/sub_mchid', '268435461'],
    ['a null', 'changecustompagestatus', { sub_mchid: null, operation_type: 'OPEN' }, '/sub_mchid', '268435461'],
    ['another operation', 'changecustompagestatus', { sub_mchid: SHOP, operation_type: 'open' }, '/operation_type', '268435461'],
    [
      'another scene',
      'changegoldplanstatus',
      { sub_mchid: SHOP, operation_type: 'OPEN', operation_pay_scene: 'APP' },
      '/operation_pay_scene',
      '268435461',
    ],
    [
      'operation_type where it does not belong',
      'close-advertising-show',
      { sub_mchid: SHOP, operation_type: 'OPEN' },
      '/operation_type',
      '270924358',
    ],
    [
      'no tag',
      'set-advertising-industry-filter',
      { sub_mchid: SHOP, advertising_industry_filters: [] },
      '/advertising_industry_filters',
      '268435461',
    ],
    [
      'a tag in correct English',
      'set-advertising-industry-filter',
      { sub_mchid: SHOP, advertising_industry_filters: ['BUSINESS'] },
      '/advertising_industry_filters',
      '268435461',
    ],
  ]
  it.each(badParameters)('given %s, then PARAM_ERROR names the place', async (_, path, body, field, number) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await send(sandbox, { path: `/v3/goldplan/merchants/${path}`, body: text })
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'PARAM_ERROR', detail: { field, location: 'body', issue: expect.any(String) } },
    })
    expect(answer.headers['request-id']).toMatch(new RegExp(`-${number}$`))
  })
})
