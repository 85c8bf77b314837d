// Receipt first, then the plan, at store level: what is sent in which order, and when the second step is left out (product.md F4b, §3.4).
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { problem } from '../../../support/http-server.ts'
import { merchantOf } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

const ID = '1900000109'
const goldPlan = /\/gold-plan\/jsapi$/
const receipt = /\/receipt$/
const operations = /^\/v1\/operations\//
const withReceipt = () => merchantOf({ receipt: { status: 'open' }, version: 8 })
const withBoth = () => merchantOf({ receipt: { status: 'open' }, gold_plan: { jsapi: { status: 'open' } }, version: 9 })

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
  world.server.on('GET', /^\/v1\/sub-merchants\/\d+$/, () => ({ body: merchantOf() }))
  await world.merchant.load(ID)
})
afterEach(() => world.stop())

const puts = () => world.server.requests.filter(({ method }) => method === 'PUT')
const paths = () => puts().map(({ path }) => path.split('/').slice(4).join('/'))

describe('the guided opening', () => {
  it('sends the receipt, then the plan with the version that came back; each has its own key', async () => {
    world.server.on('PUT', receipt, () => ({ body: withReceipt() }))
    const held = world.server.hold({ body: withBoth() })
    world.server.on('PUT', goldPlan, held.handler)
    world.merchant.openGoldPlan({ receiptFirst: true })
    expect(world.merchant.operation?.title).toBe('第 1 步，共 2 步：开通商家小票')
    await world.settled()
    expect(world.merchant.operation?.title).toBe('第 2 步，共 2 步：开通点金计划')
    held.release()
    await world.settled()
    expect(paths()).toEqual(['receipt', 'gold-plan/jsapi'])
    expect(puts().map(({ headers }) => headers['if-match'])).toEqual(['"7"', '"8"'])
    expect(new Set(puts().map(({ headers }) => headers['idempotency-key'])).size).toBe(2)
    expect(world.merchant.operation).toBeNull()
    expect(world.merchant.notice).toMatchObject({ text: '已开通', kind: 'done' })
  })

  it('sends nothing after a first step that was refused, says what stands, and 重试 goes on with both', async () => {
    world.server.on('PUT', receipt, () => problem(503, 'WX_UNAVAILABLE'))
    world.merchant.openGoldPlan({ receiptFirst: true })
    await world.settled()
    expect(paths()).toEqual(['receipt'])
    expect(world.merchant.refusal?.sentence).toMatch(/^商家小票没有开通，点金计划也没有动。/)
    world.server.on('PUT', receipt, () => ({ body: withReceipt() }))
    world.server.on('PUT', goldPlan, () => ({ body: withBoth() }))
    world.merchant.retry()
    await world.settled()
    expect(paths()).toEqual(['receipt', 'receipt', 'gold-plan/jsapi'])
    expect(puts()[1]!.headers['idempotency-key']).toBe(puts()[0]!.headers['idempotency-key'])
  })

  it('keeps the receipt open when the plan is refused, with the warning on its row', async () => {
    world.server.on('PUT', receipt, () => ({ body: withReceipt() }))
    world.server.on('PUT', goldPlan, () => problem(409, 'REOPEN_LOCKED'))
    world.server.on('GET', /^\/v1\/sub-merchants\/\d+$/, () => ({ body: withReceipt() }))
    world.merchant.openGoldPlan({ receiptFirst: true })
    await world.settled()
    expect(world.merchant.refusal?.sentence).toMatch(/^商家小票已开通，点金计划没有开通/)
    expect(world.merchant.receipt).toMatchObject({ on: true, warning: '点金计划未开通，顾客看不到' })
    world.merchant.dismissRefusal()
    expect(world.merchant.operation).toBeNull()
  })

  it('goes on after a colleague opened the receipt first', async () => {
    world.server.on('PUT', receipt, () => problem(412, 'VERSION_MISMATCH', { current: withReceipt() }))
    world.server.on('PUT', goldPlan, () => ({ body: withBoth() }))
    world.merchant.openGoldPlan({ receiptFirst: true })
    await world.settled()
    expect(paths()).toEqual(['receipt', 'gold-plan/jsapi'])
    expect(world.merchant.conflict).toBeNull()
  })

  it('waits for a lost answer, and opens the plan once the receipt is known to be open', async () => {
    world.server.on('PUT', receipt, () => 'drop')
    world.server.on('PUT', goldPlan, () => ({ body: withBoth() }))
    world.server.on('GET', operations, ({ path }) => ({
      body: {
        key: path.split('/').at(-1),
        sub_mchid: ID,
        kind: 'receipt.open',
        status: 'succeeded',
        code: null,
        message: null,
        wx_request_id: null,
        started_at: '2026-11-23T10:00:00+08:00',
        finished_at: null,
        next_attempt_at: null,
        result: withReceipt(),
      },
    }))
    world.merchant.openGoldPlan({ receiptFirst: true })
    await world.settled()
    expect(world.merchant.operation?.title).toBe('第 1 步，共 2 步：开通商家小票 · 结果确认中')
    expect(paths()).toEqual(['receipt'])
    await world.timers.advance(2_500)
    await world.settled()
    expect(paths()).toEqual(['receipt', 'gold-plan/jsapi'])
  })

  it('does not open the plan by itself when the answer came so late that nobody expects it', async () => {
    world.server.on('PUT', receipt, () => 'drop')
    let answer: 'pending' | 'succeeded' = 'pending'
    world.server.on('GET', operations, ({ path }) => ({
      body: {
        key: path.split('/').at(-1),
        sub_mchid: ID,
        kind: 'receipt.open',
        status: answer,
        code: null,
        message: null,
        wx_request_id: null,
        started_at: '2026-11-23T10:00:00+08:00',
        finished_at: null,
        next_attempt_at: null,
        ...(answer === 'succeeded' ? { result: withReceipt() } : {}),
      },
    }))
    world.merchant.openGoldPlan({ receiptFirst: true })
    await world.settled()
    world.merchant.hide()
    world.timers.sleep(3_600_000)
    answer = 'succeeded'
    world.merchant.show()
    await world.settled()
    expect(paths()).toEqual(['receipt'])
    expect(world.merchant.notice).toMatchObject({ kind: 'dialog' })
    expect(world.merchant.gold_plan).toMatchObject({ on: false, tap: 'gold_plan.open' })
  })

  it('is only the plan where the receipt is open already or no link is configured', async () => {
    world.server.on('GET', /^\/v1\/sub-merchants\/\d+$/, () => ({ body: merchantOf({ receipt: { link: 'none' } }) }))
    await world.merchant.refresh()
    world.server.on('PUT', goldPlan, () => ({ body: withBoth() }))
    world.merchant.openGoldPlan({ receiptFirst: true })
    await world.settled()
    expect(paths()).toEqual(['gold-plan/jsapi'])
  })
})
