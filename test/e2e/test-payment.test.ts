// Product scenarios 9, 11 and 13, a test payment without a network, and the ways on from a test: 排查, the operator's look at the console, 撤回.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { photograph } from '../support/camera.ts'
import { createWorld, type World } from '../support/world.ts'

const detail = 'packages/merchant/detail/index'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

const recorded = () => world.requests(/^POST .*\/evidence$/)
const leave = () => world.phone.open('/pages/home/index', 'switchTab')
/** From 入口 to 核对后提交. */
const answer = async (page: string) => {
  const { phone } = world
  await phone.find('#step-entry')
  await phone.tap('#option-table_sticker')
  await phone.find('#step-web_page')
  await phone.tap('#option-yes')
  await phone.find('#step-pay')
  await phone.tap('#option-done')
  await phone.find('#step-payee')
  await phone.tap('#option-yes')
  await phone.find('#step-page')
  await phone.tap(`#option-${page}`)
  await phone.find('#step-details')
}
const photographed = () => photograph(world, '#photos')

describe('field test payment', () => {
  test('9: given 已开通·待验证, when I answer six questions and saw the official page, then 已迁移 there and on the merchant page', async () => {
    const { phone } = world
    await phone.openMerchant('1900000109')
    await phone.reads('已开通·待验证', '#verdict')
    await phone.tap('#next-step', '#primary')
    await phone.at('packages/merchant/test-payment/index')
    await answer('merchant_receipt')
    expect(recorded()).toEqual([])
    await phone.tap('#option-ready-2')
    await phone.reads('先拍支付后的页面', '#locked')
    await photographed()
    await phone.tap('#submit')
    await phone.reads('已迁移', '#result')
    await phone.reads('官方页面和商家小票', '#proves')
    expect(recorded()).toHaveLength(1)
    const { body, headers } = recorded()[0]!
    expect(body).toMatchObject({ kind: 'test_payment', detail: { payee_matches: 'yes', after_page: 'merchant_receipt', ready_seconds: 2 } })
    expect(headers['idempotency-key']).toBe((body as { id: string }).id)
    await phone.tap('#follow-up')
    await phone.at(detail)
    await phone.reads('已迁移', '#verdict')
  })

  test('11: given 已迁移, when the page closes after paying, then 已回退, and 排查 goes on where the test ended', async () => {
    const { phone } = world
    await phone.tap('#more-test-payment')
    await answer('closed')
    await photographed()
    await phone.tap('#submit')
    await phone.reads('已回退', '#result')
    await phone.tap('#follow-up')
    await phone.at('packages/merchant/troubleshoot/index')
    await phone.find('#question-console_plan')
    await phone.tap('#option-closed')
    await phone.reads('服务商平台上点金计划已关', '#cause')
    await phone.gone('#record')
    // an operator may look at the console and records it at once
    await phone.tap('#remedy')
    await phone.at('packages/merchant/portal-check/index')
    await phone.tap('#option-gold_plan_jsapi-closed')
    await phone.tap('#submit')
    await phone.reads('未迁移', '#result')
    await phone.tap('#to-shop')
    await phone.at(detail)
    await phone.reads('未迁移', '#verdict')
  })

  test('13: given the official page was seen more than 90 days ago, then 重新验证 leads to a test payment', async () => {
    const { phone } = world
    const stale = (await (await world.request('operator', 'GET', '/v1/sub-merchants?attention=STALE&limit=1')).json()) as {
      items: { sub_mchid: string }[]
    }
    await leave()
    await phone.openMerchant(stale.items[0]!.sub_mchid)
    await phone.reads('证据较旧', '#verdict')
    await phone.reads('重新验证', '#next-step')
    await phone.tap('#next-step', '#primary')
    await phone.find('#step-entry')
  })

  test('given offline, when I submit, then it says 待同步 and not what it proves; back online it is recorded once, with its photo', async () => {
    const { phone } = world
    await answer('official_receipt')
    await photographed()
    await world.simulator.phone.set({ offline: true })
    await phone.back()
    await phone.at(detail)
    await phone.tap('#next-step', '#primary')
    await phone.reads('接着上次', '#resumed')
    await phone.tap('#submit')
    await phone.reads('已存到待同步（1）', '#queued')
    await phone.gone('#result')
    expect(recorded()).toEqual([])
    await world.simulator.phone.set({ offline: false })
    await phone.find('#result')
    expect(recorded()).toHaveLength(1)
    expect((recorded()[0]!.body as { detail: { photo_ids: string[] } }).detail.photo_ids).toHaveLength(1)
  })

  test('given one waits for a network, then the shop says 待同步, and 修改 there brings its answers and photo back; sent, it is recorded once', async () => {
    const { phone } = world
    await leave()
    await phone.openMerchant('1900000109')
    await phone.tap('#more-test-payment')
    await answer('closed')
    await photographed()
    await world.simulator.phone.set({ offline: true })
    await phone.tap('#submit')
    await phone.reads('已存到待同步（1）', '#queued')
    await phone.tap('#back-to-shop')
    await phone.at(detail)
    await phone.reads('1 项待同步', '#unsent')
    await phone.tap('#unsent', '#banner-outbox')
    await phone.at('packages/system/outbox/index')
    await phone.find('#automatic')
    const rows = (await (await phone.page()).data('automatic')) as { parcel_id: string; share: number | null }[]
    const id = rows.find(({ share }) => share === null)!.parcel_id
    await phone.tap(`#row-${id}`)
    await phone.tap(`#edit-${id}`)
    await phone.at('packages/merchant/test-payment/index')
    await phone.reads('页面直接关闭', '#summary-page')
    await phone.tap('#summary-page')
    await phone.find('#step-page')
    await phone.tap('#option-official_receipt')
    await phone.find('#step-details')
    await world.simulator.phone.set({ offline: false })
    await phone.tap('#submit')
    await phone.find('#result')
    expect(recorded().map(({ body }) => (body as { id: string; detail: object }).id)).toEqual([id])
    expect(recorded()[0]!.body).toMatchObject({ detail: { after_page: 'official_receipt', photo_ids: [expect.any(String)] } })
    await phone.back()
    await phone.at('packages/system/outbox/index')
    await phone.reads('都已收到', '#state-empty')
  })

  test('given a change less than 5 minutes ago, then the page says that a payment now may not count', async () => {
    const { phone } = world
    await leave()
    await phone.openMerchant('1900000111')
    await phone.tap('#more-test-payment')
    await phone.reads('后才完全生效', '#settling')
  })
})

describe('evidence that was wrong', () => {
  test('given my own test of today, when I withdraw it with a reason, then it is struck through and the verdict is worked out again', async () => {
    const { phone } = world
    await leave()
    await phone.openMerchant('1900000113')
    await phone.tap('#more-test-payment')
    await answer('official_receipt')
    await photographed()
    await phone.tap('#submit')
    await phone.reads('已迁移', '#result')
    const { id } = recorded()[0]!.body as { id: string }
    await phone.back()
    await phone.at(detail)
    await phone.tap('#all-evidence')
    await phone.tap(`#withdraw-${id}`)
    await phone.tap('#sheet', '#reason-0')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.reads('已撤回：选错了', '.withdrawn')
    await phone.back()
    await phone.at(detail)
    await phone.reads('已开通·待验证', '#verdict')
  })
})

describe('who may not', () => {
  test('a field agent is not offered the console check, and a forced page says why', async () => {
    const { phone } = world
    await world.loginAs('field_agent')
    await phone.open('/pages/mine/index', 'switchTab')
    await phone.tap('#log-out')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.logIn()
    await phone.openMerchant('1900000109')
    await phone.find('#more-troubleshoot')
    await phone.gone('#more-portal-check')
    await phone.open('/packages/merchant/portal-check/index?sub_mchid=1900000109', 'navigateTo')
    await phone.reads('只有运营可以核对服务商平台', '#state-forbidden')
  })
})
