// 检查小票链接: what is wrong with the receipt link, in plain words with the remedy, from the shop's page and from 排查 (product.md F8).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { page as answer } from '../backend/link-check/zoo.ts'
import { createWorld, type World } from '../support/world.ts'

const page = 'packages/merchant/link-check/index'
/** its customers saw the receipt's error page */
const BROKEN = '1900000125'
const checks = /^POST .*\/link-checks$/

let world: World
beforeAll(async () => {
  world = await createWorld({ receiptSite: true })
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  world.receiptSite.answer(answer())
  world.forgetRequests()
})

const openPage = async (sub_mchid = BROKEN) => {
  await world.phone.open(`/${page}?sub_mchid=${sub_mchid}`, 'navigateTo')
  await world.phone.find('#check')
}

describe('looking at the registered link', () => {
  test("given a shop whose receipt failed, when its link is checked from the shop's page and mended, then the fault and its remedy are said, and then none", async () => {
    const { phone } = world
    world.receiptSite.answer(answer('<!doctype html><p>secret-text</p>', { 'x-frame-options': 'DENY' }))
    await phone.openMerchant(BROKEN)
    await phone.tap('#link-check')
    await phone.at(page)
    await phone.reads('服务商的小票链接', '#link')
    await phone.tap('#check')
    await phone.reads('有问题要改', '#verdict')
    await phone.reads('payapp.weixin.qq.com', '#group-error')
    await phone.reads('onIframeReady', '#group-error')
    await phone.reads('正常：域名和网络', '#fine')
    await phone.reads('今天', '#result')
    expect(JSON.stringify(await (await phone.page()).data())).not.toContain('secret-text')
    world.receiptSite.answer(answer())
    await phone.tap('#check')
    await phone.reads('没有发现问题', '#verdict')
    await phone.gone('#group-error')
    const keys = world.requests(checks).map(({ headers }) => headers['idempotency-key'])
    expect([keys.length, new Set(keys).size]).toEqual([2, 2])
    expect(world.requests(checks).map(({ body }) => body)).toEqual([{}, {}])
  })

  test('given a lost answer, then it is said, and checking again brings the result', async () => {
    const { phone } = world
    await openPage()
    world.cutNext(/link-checks/)
    await phone.tap('#check')
    await phone.find('#refused')
    await phone.tap('#check')
    await phone.find('#result')
    await phone.gone('#refused')
  })

  test('given the page answers late, then the check says that it is under way', async () => {
    const { phone } = world
    await openPage()
    const release = world.hold(/link-checks/)
    await phone.tap('#check')
    await phone.reads('正在打开链接', '#checking')
    release()
    await phone.find('#result')
    await phone.gone('#checking')
  })
})

describe('another link', () => {
  test.each([
    ['https://evil.example.net/receipt', '没有登记'],
    ['http://h5.example.com/', '链接不对'],
  ])('given %s, then it is refused, explained, and nobody is called', async (url, why) => {
    await openPage()
    await world.phone.type(url, '#url')
    await world.phone.tap('#check')
    await world.phone.reads(why, '#refused')
    expect(world.receiptSite.arrived).toEqual([])
    await world.phone.gone('#result')
  })

  test('given another page of the registered host, then that one is looked at', async () => {
    await openPage()
    await world.phone.type(`https://h5.example.com:${world.receiptSite.port}/other`, '#url')
    await world.phone.tap('#check')
    await world.phone.find('#result')
    expect(world.receiptSite.arrived[0]).toContain('/other')
  })
})

describe('ways and bars', () => {
  test('given 排查 ends at the receipt page, then the link check is one tap away and the answers are still there afterwards', async () => {
    const { phone } = world
    await phone.open(`/packages/merchant/troubleshoot/index?sub_mchid=${BROKEN}`, 'navigateTo')
    // what its test payment saw is not asked again
    await phone.reads('验证支付，4 个问题不用再答', '#from-test')
    const ways: [string, string][] = [
      ['same_payer', 'yes'],
      ['error_timing', 'after_seconds'],
    ]
    for (const [question, option] of ways) {
      await phone.find(`#question-${question}`)
      await phone.tap(`#option-${option}`)
    }
    await phone.reads('太慢', '#cause')
    await phone.tap('#check-link')
    await phone.at(page)
    await phone.back()
    await phone.at('packages/merchant/troubleshoot/index')
    await phone.reads('太慢', '#cause')
  })

  test('26: given no network, then 需要联网 and nothing is sent', async () => {
    await openPage()
    await world.simulator.phone.set({ offline: true })
    await world.phone.reads('需要联网', '#locked')
    await world.simulator.phone.set({ offline: false })
    await world.phone.find('#check')
    expect(world.requests(checks)).toEqual([])
  })

  test('given a shop out of scope, then it is not there', async () => {
    const { phone } = world
    await phone.open('/pages/mine/index', 'switchTab')
    await phone.tap('#log-out')
    await phone.tap('#sheet', '#sheet-confirm')
    await world.loginAs('field_agent')
    await phone.logIn()
    await phone.open(`/${page}?sub_mchid=1900000150`, 'navigateTo')
    await phone.find('#state-forbidden')
    await phone.gone('#check')
  })
})
