// Ads and the filter of competitors' ads (product.md M12, M13, M15; scenarios 20, 22, 26).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const SHOP = '1900000163'
const filterPage = 'packages/merchant/ad-filter/index'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('region_lead')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  world.forgetRequests()
})

const puts = (what: 'advertising' | 'ad-filter') => world.requests(new RegExp(`^PUT .*/${what}$`))
const tagsOf = async () => {
  const answer = await world.request('operator', 'GET', `/v1/sub-merchants/${SHOP}`)
  return (await answer.json()) as { ad_filter: { industries: string[] }; version: number }
}
/** A tap, what is said while it can be taken back, and the end of that. */
const held = (tap: () => Promise<void>, says: string) =>
  world.whileTimeStands(async () => {
    await tap()
    await world.phone.reads(says, '#undo')
    await world.pass(5_000)
  })
const openFilter = async (sub_mchid = SHOP) => {
  await world.phone.openMerchant(sub_mchid)
  await world.phone.tap('#ad-filter')
  await world.phone.at(filterPage)
}

describe('the ad filter', () => {
  test('22: given 3 tags are chosen, when I tap a 4th, then it is not taken and 最多 3 个 shows; when none is left, then saving is not possible', async () => {
    await openFilter()
    await world.phone.reads('3/3', '#count')
    await world.phone.tap('#tag-CAR')
    await world.phone.reads('最多 3 个', '#full')
    await world.phone.reads('3/3', '#count')
    for (const { code } of [{ code: 'SPORT' }, { code: 'HEALTHCARE' }, { code: 'SKINCARE' }]) await world.phone.tap(`#tag-${code}`)
    await world.phone.reads('0/3', '#count')
    await world.phone.reads('商户平台：服务商功能 > 点金计划 > 特约商户管理 > 同业过滤标签', '#cannot-clear')
    await world.phone.tap('#save')
    await world.pass(5_600)
    expect(puts('ad-filter')).toEqual([])
  })

  test('when I choose others and save, then old and new are shown, it is held for 5 s, and one PUT overwrites', async () => {
    await openFilter()
    await world.phone.tap('#tag-SPORT')
    await world.phone.tap('#tag-CATERING')
    await world.phone.reads('运动户外、医疗健康、护肤彩妆', '#overwrites')
    await world.phone.reads('医疗健康、护肤彩妆、餐饮美食', '#overwrites')
    await world.whileTimeStands(async () => {
      await world.phone.tap('#save')
      await world.phone.reads('撤销', '#undo')
      await world.pass(3_000)
      expect(puts('ad-filter')).toEqual([])
      await world.pass(2_000)
    })
    await eventually('the PUT', () => puts('ad-filter').length === 1)
    await world.phone.reads('没有改动', '#save')
    expect(puts('ad-filter')[0]!.body).toEqual({ industries: ['HEALTHCARE', 'SKINCARE', 'CATERING'] })
    expect(world.sandbox.control.ledger(SHOP).advertising_industry_filters).toEqual(['HEALTHCARE', 'SKINCARE', 'CATERING'])
    await world.phone.back()
    await world.phone.reads('医疗健康、护肤彩妆、餐饮美食', '#ad-filter')
  })

  test('20: given a colleague changed the tags meanwhile, then the conflict names it and nothing is written until I choose', async () => {
    await openFilter()
    await world.phone.tap('#tag-CATERING')
    const { version } = await tagsOf()
    const answer = await world.request(
      'operator',
      'PUT',
      `/v1/sub-merchants/${SHOP}/ad-filter`,
      { industries: ['GAME'] },
      {
        'if-match': `"${version}"`,
        'idempotency-key': randomUUID(),
      },
    )
    expect(answer.status).toBe(200)
    await held(() => world.phone.tap('#save'), '撤销')
    await eventually('the PUT', () => puts('ad-filter').length === 1)
    await world.phone.reads(/运营 02.*游戏/, '#conflict')
    await world.pass(600)
    expect(puts('ad-filter')).toHaveLength(1)
    expect((await tagsOf()).ad_filter.industries).toEqual(['GAME'])
    await world.phone.tap('#conflict', '#banner-insist')
    await eventually('my tags', async () => !(await tagsOf()).ad_filter.industries.includes('GAME'))
    await world.phone.gone('#conflict')
  })

  test('20: given only another field changed meanwhile, then one silent retry with the new version', async () => {
    await openFilter()
    await world.phone.tap('#tag-BUSSINESS')
    const { version } = await tagsOf()
    await world.request(
      'operator',
      'PUT',
      `/v1/sub-merchants/${SHOP}/receipt`,
      { status: 'open' },
      {
        'if-match': `"${version}"`,
        'idempotency-key': randomUUID(),
      },
    )
    await held(() => world.phone.tap('#save'), '撤销')
    await eventually('two PUTs', () => puts('ad-filter').length === 2)
    await world.phone.reads('没有改动', '#save')
    await world.phone.gone('#conflict')
    expect(puts('ad-filter')[1]!.headers['if-match']).toBe(`"${version + 1}"`)
    expect((await tagsOf()).ad_filter.industries).toContain('BUSSINESS')
  })

  test('given the gold plan is not open, then it is explained and there is nothing to save', async () => {
    await openFilter('1900000104')
    await world.phone.reads('点金计划还没开通', '#state-plan-missing')
    await world.phone.gone('#save')
  })

  test('26: given the phone is offline, then 保存 says 需要联网 and nothing is sent or kept for later', async () => {
    await openFilter()
    await world.phone.tap('#tag-BUSSINESS')
    await world.phone.tap('#tag-GAME')
    await world.simulator.phone.set({ offline: true })
    await world.phone.reads('需要联网', '#save')
    await world.phone.tap('#save')
    await world.pass(300)
    await world.simulator.phone.set({ offline: false })
    await world.phone.reads('保存', '#save')
    await world.pass(5_600)
    expect(puts('ad-filter')).toEqual([])
  })

  test('when I leave the page within the 5 s, then the PUT is sent at once, and once', async () => {
    await openFilter()
    await world.phone.tap('#tag-HEALTHCARE')
    await world.whileTimeStands(async () => {
      await world.phone.tap('#save')
      await world.phone.reads('撤销', '#undo')
      await world.phone.back()
      // before anything else of the five seconds has passed
      await eventually('the PUT', () => puts('ad-filter').length > 0)
      await world.pass(5_500)
    })
    expect(puts('ad-filter')).toHaveLength(1)
  })
})

describe('ads', () => {
  test('given ads are open, when a region lead closes them, then a reason is asked, 5 s are held, and one PUT carries the reason', async () => {
    await world.phone.openMerchant(SHOP)
    await world.phone.reads('已开', '#advertising')
    await world.phone.tap('#advertising')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.pass(300)
    await world.phone.gone('#undo', '.bar')
    await world.phone.tap('#sheet', '#reason-0')
    await held(() => world.phone.tap('#sheet', '#sheet-confirm'), '秒后关闭广告')
    await eventually('已关', async () => (await world.phone.text('#advertising')).includes('已关'))
    expect(puts('advertising').map(({ body }) => body)).toEqual([{ status: 'closed', reason: '商户要求' }])
    expect(world.sandbox.control.ledger(SHOP).advertising).toBe('closed')
  })

  test('given they are closed, when I tap and undo, then nothing is sent; when I tap again and wait, one PUT opens them', async () => {
    await world.phone.openMerchant(SHOP)
    await world.whileTimeStands(async () => {
      await world.phone.tap('#advertising')
      await world.phone.reads('秒后开通广告', '#undo')
      await world.phone.tap('#undo')
      await world.pass(5_500)
    })
    expect(puts('advertising')).toEqual([])
    await held(() => world.phone.tap('#advertising'), '秒后开通广告')
    await eventually('已开', async () => (await world.phone.text('#advertising')).includes('已开'))
    expect(puts('advertising').map(({ body }) => body)).toEqual([{ status: 'open' }])
  })

  test('given the gold plan is not open, then a tap explains that it comes first', async () => {
    await world.phone.openMerchant('1900000104')
    await world.phone.reads('请先开通点金计划', '#advertising')
    await world.phone.tap('#advertising')
    await world.phone.reads('请先开通点金计划', '#refusal')
    expect(puts('advertising')).toEqual([])
  })

  test('given a field agent, then the row is locked and says who may switch ads', async () => {
    await world.loginAs('field_agent')
    await world.phone.open('/pages/mine/index', 'switchTab')
    await world.phone.tap('#log-out')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.logIn()
    await world.phone.openMerchant(SHOP)
    await world.phone.reads('只有区域主管和运营可以开关广告', '#advertising')
    await world.phone.tap('#advertising')
    await world.phone.reads('只有区域主管和运营可以开关广告', '#refusal')
    await world.pass(300)
    expect(puts('advertising')).toEqual([])
  })
})
