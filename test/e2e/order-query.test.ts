// 问微信支付: the 商户单号 of one's own test payment settles 公众号 or mini program, and a customer's 付款码 goes nowhere (product.md F10, M04).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const page = 'packages/merchant/order-query/index'
const SHOP = '1900000101'
const asked = /^POST .*\/order-queries$/
const CODE = '134567890123456789'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  world.forgetRequests()
})

const openPage = async (sub_mchid = SHOP) => {
  await world.phone.open(`/${page}?sub_mchid=${sub_mchid}`, 'navigateTo')
  await world.phone.find('#number')
}
const look = async (number: string) => {
  await world.phone.type(number, '#number')
  await world.phone.tap('#ask')
}
const verdictOf = async (sub_mchid: string) => {
  const answer = await world.request('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)
  return ((await answer.json()) as { migration: { state: string; reason: string } }).migration
}

describe('asking WeChat Pay for an order', () => {
  test('given 待核实, when the barcode of a bill is scanned from the merchant page, then it is a web page payment, recorded, and not 已迁移', async () => {
    const { phone } = world
    await phone.openMerchant(SHOP)
    await phone.tap('#more-order-query')
    await phone.at(page)
    await world.simulator.phone.set({ scanText: `demo-jsapi-${SHOP}` })
    await phone.tap('#scan')
    // the camera is asked for once in the life of the app
    await phone.reads('相机', '#scan-sheet', '#scan-consent')
    await phone.tap('#scan-sheet', '#scan-first', 'van-button', 'button')
    await phone.reads('公众号或网页支付', '#result')
    await phone.reads('点金计划管得到', '#proves')
    await phone.reads('不能说已迁移', '#proves-not')
    const shown = await phone.text('#result')
    expect([shown.includes(SHOP), shown.includes('…0101'), shown.includes('已记为依据')]).toEqual([false, true, true])
    expect((await verdictOf(SHOP)).state).toBe('not_migrated')
    expect(world.requests(asked)).toHaveLength(1)
    await phone.reads(/未迁移/, '#verdict')
    expect(JSON.stringify(await (await phone.page()).data())).not.toContain(`demo-jsapi-${SHOP}`)
    await phone.open(`/packages/merchant/evidence/index?sub_mchid=${SHOP}`, 'navigateTo')
    await phone.reads('查单：是公众号或网页支付', '.page')
  })

  test('given a mini program payment, then it is said and recorded, and the shop is not said to be without web page payments', async () => {
    const { phone } = world
    const before = await verdictOf('1900000102')
    await openPage('1900000102')
    await look('demo-miniprogram-1900000102')
    await phone.reads('这是小程序支付', '#result')
    await phone.reads('别的入口可能打开网页', '#proves-not')
    expect(await verdictOf('1900000102')).toEqual(before)
    await phone.tap('#follow-up')
    await eventually('an empty box', async () => (await (await phone.find('#number')).attribute('value')) === '')
  })

  test.each([
    ['demo-native-', '扫码支付', '不是 JSAPI'],
    ['demo-unknownapp-', '分不清', 'wx00000000000000ff'],
    ['demo-refunded-', '已退款', '点金计划管得到'],
  ])('given the order %s…, then %s', async (prefix, first, second) => {
    await openPage('1900000104')
    await look(`${prefix}1900000104`)
    await world.phone.reads(first, '#result')
    await world.phone.reads(second, '#result')
  })

  test.each([
    [`demo-jsapi-1900000105`, '没有查到|不是这家店', '收款方|收款码'],
    ['never-seen-000001', '没有查到', '1 分钟'],
    ['demo-notpaid-1900000104', '没有付成', '支付成功'],
  ])(
    'given the order %s, then it is said why it proves nothing and what next, and the field can be corrected',
    async (number, why, next) => {
      const before = await verdictOf('1900000104')
      await openPage('1900000104')
      await look(number)
      await world.phone.reads(new RegExp(why), '#refused')
      await world.phone.reads(new RegExp(next), '#refused-next')
      expect(await verdictOf('1900000104')).toEqual(before)
      await look('demo-jsapi-1900000104')
      await world.phone.find('#result')
    },
  )
})

describe('what never leaves the phone', () => {
  const everything = async () =>
    JSON.stringify([
      world.requests().map(({ line, headers, body }) => [line, headers, body]),
      await world.phone.miniProgram.callWxMethod('getStorageInfoSync'),
      world.simulator.phone.log(),
      await (await world.phone.page()).data(),
    ])

  test("given a customer's 付款码, scanned or typed, then it is refused by name, and is neither sent nor kept nor shown", async () => {
    const { phone } = world
    await openPage()
    await world.simulator.phone.set({ scanText: CODE })
    await phone.tap('#scan')
    await phone.reads('付款码', '#scan-sheet', '#scan-payment_code')
    await phone.tap('#scan-sheet', '#scan-first')
    await phone.gone('#scan-sheet', '#scan-payment_code')
    await phone.type(CODE, '#number')
    await phone.reads('付款码', '#scan-sheet', '#scan-payment_code')
    await phone.tap('#scan-sheet', '#scan-first')
    await eventually('an empty box', async () => (await (await phone.find('#number')).attribute('value')) === '')
    expect(await everything()).not.toContain(CODE)
    expect(world.requests(asked)).toEqual([])
  })

  test('given a collection code, then it is no 商户单号 and nobody is asked', async () => {
    await openPage()
    await world.simulator.phone.set({ scanText: 'https://pay.example.cn/q/AB12' })
    await world.phone.tap('#scan')
    await world.phone.reads('不是商户单号', '#scan-sheet', '#scan-unknown')
    expect(world.requests(asked)).toEqual([])
  })
})

describe('what stands in the way', () => {
  test('given a lost answer, then it is said, and asking again settles it and records one item', async () => {
    const { phone } = world
    await openPage('1900000103')
    world.cutNext(/order-queries/)
    await look('demo-jsapi-1900000103')
    await phone.reads('还不知道', '#unsure')
    await phone.tap('#ask')
    await phone.find('#result')
    const answer = await world.request('operator', 'GET', '/v1/sub-merchants/1900000103/evidence?kind=order_query')
    expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(1)
  })

  test('26: given no network, then 需要联网, and the number stays', async () => {
    const { phone } = world
    await openPage('1900000104')
    await phone.type('demo-jsapi-1900000104', '#number')
    await world.simulator.phone.set({ offline: true })
    await phone.reads('需要联网', '#locked')
    await world.simulator.phone.set({ offline: false })
    // until the app has heard of it, its button takes no tap
    await phone.gone('#locked')
    await phone.tap('#ask')
    await phone.find('#result')
  })

  test('given an auditor, then nothing is offered and it is said who asks', async () => {
    const { phone } = world
    await phone.open('/pages/mine/index', 'switchTab')
    await phone.tap('#log-out')
    await phone.tap('#sheet', '#sheet-confirm')
    await world.loginAs('auditor')
    await phone.logIn()
    await phone.openMerchant(SHOP)
    await phone.gone('#more-order-query')
    await phone.open(`/${page}?sub_mchid=${SHOP}`, 'navigateTo')
    await phone.reads('不能查订单', '#state-forbidden')
  })
})
