// 接入向导 (product.md B13): from the counter to the owner, each step on its own page, and where it stands read from the record.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

/** 待核实: nothing is known of it */
const SHOP = '1900000101'
const wizard = 'packages/merchant/onboarding/index'
const MINUTE = 60_000

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

const at = (step: string, pattern: RegExp | string) => world.phone.reads(pattern, `#step-${step}`)
const next = (step: string) => world.phone.find(`#step-${step}.step-next`)
const go = () => world.phone.tap('#next-step', '#primary')
/** A payment that a colleague records meanwhile. */
const pay = async (after_page: string, payee_matches: string) => {
  const id = randomUUID()
  const answer = await world.request(
    'operator',
    'POST',
    `/v1/sub-merchants/${SHOP}/evidence`,
    {
      id,
      kind: 'test_payment',
      occurred_at: world.clock.now().toISOString(),
      detail: { entry: 'table_sticker', web_page_opened: true, payee_matches, after_page, refunded: false, photo_ids: [] },
    },
    { 'idempotency-key': id },
  )
  if (!answer.ok) throw new Error(await answer.text())
}
/** The app is killed, and the wizard opened again. */
const kill = async () => {
  await world.simulator.restart()
  await world.phone.at('pages/home/index')
  await world.phone.openMerchant(SHOP)
  await world.phone.tap('#more-onboarding')
  await world.phone.at(wizard)
}

describe('onboarding a new merchant', () => {
  test('given a shop that nobody has looked at, then the merchant page offers the wizard, and it begins with making sure of the shop', async () => {
    await world.phone.openMerchant(SHOP)
    await world.phone.tap('#more-onboarding')
    await world.phone.at(wizard)
    await world.phone.reads('第 1 步，共 7 步', '#progress')
    await next('identify')
  })

  test("when I scan another shop's code, then it says so and nothing is done; when I scan this shop's, then the next step follows", async () => {
    await world.simulator.phone.set({ scanText: '1900000109' })
    await go()
    await world.phone.tap('#scan-sheet', '#scan-first', 'van-button', 'button')
    await world.phone.reads('尾号 0109', '#stranger')
    await next('identify')
    await world.simulator.phone.set({ scanText: SHOP })
    await go()
    await at('identify', '已完成')
    await next('jsapi')
    await world.phone.gone('#stranger')
  })

  test('given the app is killed, then the wizard goes on where it was', async () => {
    await kill()
    await at('identify', '已完成')
    await next('jsapi')
  })

  test('is it JSAPI? opens the test payment; as soon as the record says that a page opened, the receipt is next', async () => {
    await go()
    await world.phone.at('packages/merchant/test-payment/index')
    await pay('not_paid', 'not_checked')
    await world.phone.back()
    await world.phone.at(wizard)
    await at('jsapi', '已完成')
    await next('receipt')
  })

  test('the receipt is chosen on its page, and the wizard says what was chosen', async () => {
    await go()
    await world.phone.at('packages/merchant/receipt-content/index')
    await world.phone.tap('#template-catering')
    await world.phone.tap('#save')
    await world.phone.reads('没有改动', '#save')
    await world.phone.back()
    await world.phone.at(wizard)
    await at('receipt', /已完成.*取餐码/)
    await next('opening')
    await kill()
    await at('receipt', /已完成.*取餐码/)
  })

  test('opening asks by the sheet of the merchant page and sends the receipt before the plan', async () => {
    await go()
    await world.phone.reads('先开商家小票，再开点金计划', '#sheet')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await next('filter')
    expect(world.requests(/^PUT /).map(({ line }) => line.split('/').slice(4).join('/'))).toEqual(['receipt', 'gold-plan/jsapi'])
    const ledger = world.sandbox.control.ledger(SHOP)
    expect([ledger.receipt, ledger.gold_plan.JSAPI.status]).toEqual(['open', 'open'])
  })

  test('given the shop wants no filter, then the step is passed over, also after a kill', async () => {
    await world.phone.tap('#next-step', '.side')
    await at('filter', '商户不需要')
    await next('test_payment')
    await kill()
    await at('filter', '商户不需要')
    await next('test_payment')
  })

  test('a test payment counts when the record says that the page was seen', async () => {
    await world.advance(6 * MINUTE)
    await go()
    await world.phone.at('packages/merchant/test-payment/index')
    await pay('merchant_receipt', 'yes')
    await world.phone.back()
    await world.phone.at(wizard)
    await at('test_payment', '已完成')
    await next('explain')
  })

  test('explaining ends it, and the merchant page no longer offers the wizard', async () => {
    await go()
    await world.phone.at('packages/merchant/explain/index')
    for (let card = 0; card < 3; card++) await world.phone.tap('#next')
    await world.phone.tap('#done')
    await world.phone.at(wizard)
    await world.phone.reads('全部完成', '#progress')
    await go()
    await world.phone.at('packages/merchant/detail/index')
    await world.phone.reads('已迁移', '#verdict')
    await world.phone.gone('#more-onboarding')
  })
})

describe('who may not, and what is nothing to do', () => {
  test('given a shop that takes no payments on web pages, then the wizard says that there is nothing to migrate', async () => {
    const list = (await (await world.request('operator', 'GET', '/v1/sub-merchants?state=not_applicable&limit=1')).json()) as {
      items: { sub_mchid: string }[]
    }
    await world.phone.open('/pages/home/index', 'switchTab')
    await world.phone.open(`/${wizard}?sub_mchid=${list.items[0]!.sub_mchid}`, 'navigateTo')
    await world.phone.reads('无需迁移', '#state-empty')
  })

  test('given no network, then opening says 需要联网 and nothing is sent', async () => {
    await world.phone.open('/pages/home/index', 'switchTab')
    await world.phone.open(`/${wizard}?sub_mchid=1900000106`, 'navigateTo')
    // what comes before the opening, and is not done yet, is left out
    for (let at = ''; at !== 'opening';) {
      at = await eventually('the next step', async () => {
        for (const step of ['identify', 'receipt', 'opening']) if (await world.phone.shows(`#step-${step}.step-next`)) return step
        return undefined
      })
      if (at === 'opening') break
      await world.phone.tap('#next-step', '.side')
      await world.phone.gone(`#step-${at}.step-next`)
    }
    await world.simulator.phone.set({ offline: true })
    await world.phone.reads('需要联网', '#next-step')
    world.forgetRequests()
    await world.simulator.phone.set({ offline: false })
    await world.phone.reads('开通点金计划', '#next-step')
    expect(world.requests(/^(PUT|POST) (?!\/v1\/sessions$)/)).toEqual([])
  })

  test('an auditor is not offered it, and a forced page says who does it', async () => {
    await world.loginAs('auditor')
    await world.phone.open('/pages/mine/index', 'switchTab')
    await world.phone.tap('#log-out')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.logIn()
    await world.phone.openMerchant('1900000106')
    await world.phone.find('#next-step', '#side-explain')
    await world.phone.gone('#more-onboarding')
    await world.phone.open(`/${wizard}?sub_mchid=1900000106`, 'navigateTo')
    await world.phone.reads('不能接入商户', '#state-forbidden')
  })
})
