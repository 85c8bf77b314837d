// The receipt first and then the gold plan, as one decision (product.md F4b, M09, M11): two writes in this order, and what stands when one fails.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  world.forgetRequests()
})

const puts = () => world.requests(/^PUT /)
const pathsOf = () => puts().map(({ line }) => line.split('/').slice(4).join('/'))
const versionOf = async (sub_mchid: string) =>
  ((await (await world.request('field_agent', 'GET', `/v1/sub-merchants/${sub_mchid}`)).json()) as { version: number }).version
const askToOpen = async (sub_mchid: string) => {
  await world.phone.openMerchant(sub_mchid)
  await world.phone.tap('#gold-plan')
  await world.phone.reads('先开商家小票，再开点金计划', '#sheet')
}

describe('given the receipt is closed and a link is configured', () => {
  test('when I confirm, then the receipt is opened and after it the plan, each with its own key and the version of its moment', async () => {
    const version = await versionOf('1900000106')
    await askToOpen('1900000106')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已开通·待验证', '#verdict')
    await world.phone.reads('已开', '#receipt')
    expect(pathsOf()).toEqual(['receipt', 'gold-plan/jsapi'])
    const [receipt, plan] = puts()
    expect(receipt!.body).toEqual({ status: 'open' })
    expect(plan!.body).toEqual({ status: 'open' })
    expect(receipt!.headers['if-match']).toBe(`"${version}"`)
    expect(Number(String(plan!.headers['if-match']).replaceAll('"', ''))).toBeGreaterThan(version)
    expect(plan!.headers['idempotency-key']).not.toBe(receipt!.headers['idempotency-key'])
    const ledger = world.sandbox.control.ledger('1900000106')
    expect([ledger.receipt, ledger.gold_plan.JSAPI.status]).toEqual(['open', 'open'])
    expect(world.sandbox.control.requests().filter(({ sub_mchid }) => sub_mchid === '1900000106')).toHaveLength(2)
  })

  test('when I turn the switch off, then only the plan is opened', async () => {
    await askToOpen('1900000107')
    await world.phone.tap('#sheet', '#sheet-option')
    await world.phone.reads('先显示官方小票', '#sheet')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已开通·待验证', '#verdict')
    expect(pathsOf()).toEqual(['gold-plan/jsapi'])
  })

  test('when the first step is refused, then nothing else is sent and it is said what stands', async () => {
    world.sandbox.control.setMerchant('1900000134', { scenario: 'receipt_link_missing' })
    await askToOpen('1900000134')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('未配置商家小票链接', '#refusal')
    await world.phone.reads('商家小票没有开通，点金计划也没有动', '#refusal')
    await world.phone.tap('#refusal', '#refusal-act')
    await world.phone.gone('#operation')
    expect(pathsOf()).toEqual(['receipt'])
    expect(world.sandbox.control.ledger('1900000134').gold_plan.JSAPI.status).not.toBe('open')
  })

  test('when the second step is refused, then the receipt stays open with its warning, and the refusal says so', async () => {
    world.sandbox.control.setMerchant('1900000157', { scenario: 'closed_on_console' })
    await askToOpen('1900000157')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('24 小时', '#refusal')
    await world.phone.reads('商家小票已开通，点金计划没有开通', '#refusal')
    await world.phone.tap('#refusal', '#refusal-act')
    await world.phone.reads('已开', '#receipt')
    await world.phone.reads(/顾客看不到/, '#receipt')
    expect(pathsOf()).toEqual(['receipt', 'gold-plan/jsapi'])
    expect(world.sandbox.control.ledger('1900000157').receipt).toBe('open')
  })

  test('when the answer of the first step is lost, then 结果确认中 is shown within step 1 and the plan waits for it', async () => {
    world.sandbox.control.setMerchant('1900000147', { scenario: 'lost_after', times: 1 })
    await askToOpen('1900000147')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads(/第 1 步，共 2 步.*结果确认中/, '#operation')
    expect(pathsOf()).toEqual(['receipt'])
    await eventually('已开', async () => (await world.phone.text('#gold-plan')).includes('已开'), { every: 250 })
    expect(pathsOf()).toEqual(['receipt', 'gold-plan/jsapi'])
  })
})
