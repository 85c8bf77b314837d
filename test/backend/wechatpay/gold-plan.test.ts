import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { INDUSTRIES, type IndustryCode } from '../../../miniprogram/shared/industries.ts'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { InvalidGoldPlanRequest, createWechatPay, type GoldPlan, type WechatPay } from '../../../backend/wechatpay/index.ts'
import { SHOP, SP_MCHID } from './support.ts'

describe('the five gold plan endpoints on the wire', () => {
  let sandbox: Sandbox
  let client: WechatPay
  let goldPlan: GoldPlan
  beforeAll(async () => {
    sandbox = await startSandbox({ spMchid: SP_MCHID })
    client = createWechatPay(sandbox.wechatPayConfig('platform_certificate'))
    goldPlan = client.goldPlan
  })
  beforeEach(() => {
    sandbox.control.setMerchant(SHOP, { scenario: 'normal', gold_plan: { JSAPI: 'open' } })
    sandbox.control.forgetRequests()
  })
  afterAll(async () => {
    await client.close()
    await sandbox.close()
  })
  const wire = () => sandbox.control.requests().map(({ method, path, body }) => [method, path, body])

  const calls: [name: string, call: (plan: GoldPlan) => Promise<unknown>, method: string, path: string, body: string, status: number][] = [
    [
      'changeStatus',
      plan => plan.changeStatus({ sub_mchid: SHOP, operation_type: 'OPEN', operation_pay_scene: 'JSAPI_AND_MINIPROGRAM' }),
      'POST',
      'changegoldplanstatus',
      '{"sub_mchid":"1900000109","operation_type":"OPEN","operation_pay_scene":"JSAPI_AND_MINIPROGRAM"}',
      200,
    ],
    [
      'changeCustomPageStatus',
      plan => plan.changeCustomPageStatus({ sub_mchid: SHOP, operation_type: 'CLOSE' }),
      'POST',
      'changecustompagestatus',
      '{"sub_mchid":"1900000109","operation_type":"CLOSE"}',
      200,
    ],
    [
      'setAdvertisingIndustryFilter',
      plan => plan.setAdvertisingIndustryFilter({ sub_mchid: SHOP, advertising_industry_filters: ['POTOGRAPHY', 'BUSSINESS', 'INDUSTY'] }),
      'POST',
      'set-advertising-industry-filter',
      '{"sub_mchid":"1900000109","advertising_industry_filters":["POTOGRAPHY","BUSSINESS","INDUSTY"]}',
      204,
    ],
    [
      'openAdvertisingShow with tags',
      plan => plan.openAdvertisingShow({ sub_mchid: SHOP, advertising_industry_filters: ['SOFTWARE'] }),
      'PATCH',
      'open-advertising-show',
      '{"sub_mchid":"1900000109","advertising_industry_filters":["SOFTWARE"]}',
      204,
    ],
    [
      'openAdvertisingShow without tags',
      plan => plan.openAdvertisingShow({ sub_mchid: SHOP }),
      'PATCH',
      'open-advertising-show',
      '{"sub_mchid":"1900000109"}',
      204,
    ],
    [
      'closeAdvertisingShow',
      plan => plan.closeAdvertisingShow({ sub_mchid: SHOP }),
      'POST',
      'close-advertising-show',
      '{"sub_mchid":"1900000109"}',
      204,
    ],
  ]

  it.each(calls)('%s sends exactly what its page says and takes the verified answer', async (_, call, method, path, body, status) => {
    expect(await call(goldPlan)).toEqual({ http_status: status, wx_request_id: expect.stringMatching(/^08[0-9A-F]+-0$/) })
    expect(wire()).toEqual([[method, `/v3/goldplan/merchants/${path}`, body]])
  })

  it('given more than an endpoint takes, then what does not belong there stays here', async () => {
    const tooMuch = { sub_mchid: SHOP, operation_type: 'OPEN', reason: 'x' } as { sub_mchid: string }
    await goldPlan.closeAdvertisingShow(tooMuch)
    expect(wire()[0]![2]).toBe('{"sub_mchid":"1900000109"}')
  })

  it('every one of the 36 tags is taken in its official spelling', async () => {
    expect(INDUSTRIES).toHaveLength(36)
    for (let i = 0; i < INDUSTRIES.length; i += 3) {
      const advertising_industry_filters = INDUSTRIES.slice(i, i + 3).map(({ code }) => code)
      await goldPlan.setAdvertisingIndustryFilter({ sub_mchid: SHOP, advertising_industry_filters })
      expect(sandbox.control.ledger(SHOP).advertising_industry_filters).toEqual(advertising_industry_filters)
    }
  })

  const tags = (...codes: string[]) => codes as IndustryCode[]
  const wrong: [name: string, call: (plan: GoldPlan) => Promise<unknown>, field: string][] = [
    [
      'no tag',
      plan => plan.setAdvertisingIndustryFilter({ sub_mchid: SHOP, advertising_industry_filters: [] }),
      'advertising_industry_filters',
    ],
    [
      'four tags',
      plan => plan.setAdvertisingIndustryFilter({ sub_mchid: SHOP, advertising_industry_filters: tags('CAR', 'FOOD', 'GAME', 'LAW') }),
      'advertising_industry_filters',
    ],
    [
      'the correct English spelling',
      plan => plan.setAdvertisingIndustryFilter({ sub_mchid: SHOP, advertising_industry_filters: tags('PHOTOGRAPHY') }),
      'advertising_industry_filters',
    ],
    [
      'a tag twice',
      plan => plan.openAdvertisingShow({ sub_mchid: SHOP, advertising_industry_filters: tags('CAR', 'CAR') }),
      'advertising_industry_filters',
    ],
    ['a 商户号 of letters', plan => plan.closeAdvertisingShow({ sub_mchid: 'shop' }), 'sub_mchid'],
    [
      'no scene',
      plan => plan.changeStatus({ sub_mchid: SHOP, operation_type: 'OPEN' } as Parameters<GoldPlan['changeStatus']>[0]),
      'operation_pay_scene',
    ],
    [
      'an operation that does not exist',
      plan => plan.changeCustomPageStatus({ sub_mchid: SHOP, operation_type: 'TOGGLE' as 'OPEN' }),
      'operation_type',
    ],
  ]
  it.each(wrong)('given %s, then nothing is sent and the field is named', async (_, call, field) => {
    await expect(call(goldPlan)).rejects.toMatchObject({ name: InvalidGoldPlanRequest.name, field })
    expect(wire()).toEqual([])
  })

  it('given no tag for open-advertising-show, then it is sent: 0 to 3 are allowed there', async () => {
    await goldPlan.openAdvertisingShow({ sub_mchid: SHOP, advertising_industry_filters: [] })
    expect(wire()[0]![2]).toBe('{"sub_mchid":"1900000109","advertising_industry_filters":[]}')
  })
})
