import { describe, expect, it } from '@jest/globals'
import { problem } from '../../../support/http-server.ts'
import { merchantOf } from '../../../support/samples.ts'
import { startWorld } from '../../../support/world.ts'
import { ID, one, goldPlan, receipt, merchantWorld } from './given-merchant.ts'

const at = merchantWorld()
const { given, listed, opened, receiptOpen, keysOf } = at

describe('opening the gold plan', () => {
  it('sends one PUT with If-Match of the version seen and a key; the switch turns on only after the answer', async () => {
    await given()
    const held = at.world.server.hold({ body: opened() })
    at.world.server.on('PUT', goldPlan, held.handler)
    at.world.merchant.openGoldPlan()
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    expect(at.world.merchant.gold_plan).toMatchObject({ on: false, loading: true, word: '正在提交' })
    held.release()
    await at.world.settled()
    const sent = at.world.server.seen('PUT', goldPlan)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.body).toEqual({ status: 'open' })
    expect(sent[0]?.headers['if-match']).toBe('"7"')
    expect(sent[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(at.world.merchant.gold_plan).toMatchObject({ on: true, loading: false, word: '已开' })
    expect(at.world.merchant.notice).toMatchObject({ text: '已开通', kind: 'done' })
  })

  it('given it was closed 3 h ago, counts down and opens up 21 h later without a request', async () => {
    await given({ gold_plan: { jsapi: { reopen_available_at: '2026-11-24T07:00:00+08:00' } } })
    expect(at.world.merchant.gold_plan).toMatchObject({ tap: null, locked: '21小时后可再次开通' })
    await at.world.timers.advance(20 * 3_600_000 + 60_000)
    expect(at.world.merchant.gold_plan?.locked).toBe('59分钟后可再次开通')
    await at.world.timers.advance(3_600_000)
    expect(at.world.merchant.gold_plan).toMatchObject({ tap: 'gold_plan.open', locked: null })
    expect(at.world.server.seen('GET', one)).toHaveLength(1)
  })

  it('follows the server time, not a phone set wrong', async () => {
    const fast = await startWorld()
    fast.server.on('GET', /^\/v1\/me$/, () => ({
      body: {
        ...(JSON.parse(JSON.stringify(at.world.session.me)) as object),
        server_time: new Date(fast.timers.now() - 7_200_000).toISOString(),
      },
    }))
    await fast.session.login()
    fast.server.on('GET', one, () => ({ body: merchantOf({ gold_plan: { jsapi: { reopen_available_at: '2026-11-23T09:00:00+08:00' } } }) }))
    await fast.merchant.load(ID)
    expect(fast.merchant.gold_plan?.locked).toBe('1小时后可再次开通')
    await fast.stop()
  })

  it('when WeChat refuses, says what stands in the way, the page that helps and the request id', async () => {
    await given()
    at.world.server.on('PUT', goldPlan, () => problem(409, 'SUB_MERCHANT_PUNISHED'))
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    expect(at.world.merchant.refusal).toEqual({
      code: 'SUB_MERCHANT_PUNISHED',
      title: '特约商户处罚中',
      sentence: '请商户登录商户平台处理处罚，处理完再开通。',
      next: { id: 'limitations', label: '看商户要做什么' },
      contact: null,
      request_id: 'req-from-server',
    })
    expect(at.world.merchant.gold_plan).toMatchObject({ on: false, loading: false, tap: 'gold_plan.open' })
    expect(at.world.server.seen('GET', one)).toHaveLength(2)
  })

  it('given WeChat Pay is busy, 重试 sends the same key; a new tap is a new decision', async () => {
    await given()
    at.world.server.on('PUT', goldPlan, () => problem(503, 'WX_UNAVAILABLE'))
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    at.world.merchant.retry()
    await at.world.settled()
    at.world.merchant.dismissRefusal()
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    const [first, second, third] = keysOf('PUT', goldPlan)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('given WeChat rejected it, 重试 is a new decision with a new key', async () => {
    await given()
    at.world.server.on('PUT', goldPlan, () => problem(409, 'WX_REJECTED'))
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    at.world.merchant.retry()
    await at.world.settled()
    const [first, second, ...more] = keysOf('PUT', goldPlan)
    expect([first === second, more]).toEqual([false, []])
    expect(second).toBeDefined()
  })

  it('given the login cannot be renewed, nothing was done: the dialog offers 重试, and no result is awaited', async () => {
    await given()
    at.world.server.on('PUT', goldPlan, () => problem(401, 'UNAUTHENTICATED'))
    at.world.server.on('POST', /^\/v1\/sessions$/, () => 'drop')
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    expect([at.world.merchant.operation, at.world.merchant.refusal?.code]).toEqual([null, 'NETWORK_FAILED'])
    at.world.server.on('PUT', goldPlan, () => ({ body: opened() }))
    at.world.merchant.retry()
    await at.world.settled()
    expect(new Set(keysOf('PUT', goldPlan)).size).toBe(1)
    expect(at.world.merchant.gold_plan?.on).toBe(true)
  })

  it('without the permission, or offline, nothing can be sent', async () => {
    await given({ allowed_actions: ['merchant.read'] })
    at.world.merchant.openGoldPlan()
    at.world.merchant.change('receipt.open')
    expect([at.world.merchant.gold_plan?.tap, at.world.merchant.receipt?.tap]).toEqual([null, null])
    await given()
    at.world.setOnline(false)
    expect([at.world.merchant.gold_plan?.locked, at.world.merchant.receipt?.locked]).toEqual(['需要联网', '需要联网'])
    at.world.merchant.openGoldPlan()
    at.world.merchant.change('receipt.open')
    await at.world.timers.advance(10_000)
    expect(at.world.server.seen('PUT', /./)).toHaveLength(0)
  })
})

describe('opening the receipt', () => {
  it('given 撤销 after 4.9 s, sends nothing', async () => {
    await given()
    at.world.merchant.change('receipt.open')
    expect(at.world.merchant.undoHold).toMatchObject({ kind: 'receipt.open', remaining: 5, text: '5 秒后开通商家小票' })
    await at.world.timers.advance(4_900)
    expect(at.world.merchant.undoHold?.remaining).toBe(1)
    at.world.merchant.undo()
    await at.world.timers.advance(60_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(0)
    expect(at.world.merchant.undoHold).toBeNull()
    expect(at.world.merchant.notice).toMatchObject({ text: '已撤销', kind: 'plain' })
  })

  it('given nobody undoes it, sends exactly one PUT after 5 s', async () => {
    await given()
    at.world.server.on('PUT', receipt, () => ({ body: receiptOpen() }))
    at.world.merchant.change('receipt.open')
    at.world.merchant.change('receipt.open')
    await at.world.timers.advance(4_999)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(0)
    await at.world.timers.advance(1)
    await at.world.timers.advance(60_000)
    expect(at.world.server.seen('PUT', receipt).map(({ body }) => body)).toEqual([{ status: 'open' }])
    expect(at.world.merchant.receipt?.on).toBe(true)
  })

  it.each(['leave', 'hide'] as const)('given the hold runs, %s sends at once and once', async how => {
    await given()
    at.world.server.on('PUT', receipt, () => ({ body: receiptOpen() }))
    at.world.merchant.change('receipt.open')
    await at.world.timers.advance(1_000)
    at.world.merchant[how]()
    await at.world.settled()
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(1)
    await at.world.timers.advance(60_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(1)
  })

  it('a write goes on when its page is left, and does not touch the next merchant', async () => {
    await given()
    const held = at.world.server.hold({ body: receiptOpen() })
    at.world.server.on('PUT', receipt, held.handler)
    at.world.merchant.change('receipt.open')
    at.world.merchant.leave()
    at.world.server.on('GET', /^\/v1\/sub-merchants\/1900000110$/, () => ({ body: merchantOf({ sub_mchid: '1900000110', version: 1 }) }))
    await at.world.merchant.load('1900000110')
    held.release()
    await at.world.settled()
    expect(at.world.merchant.merchant).toMatchObject({ sub_mchid: '1900000110', version: 1 })
    expect(at.world.merchant.receipt).toMatchObject({ on: false, loading: false })
  })

  it('logging out within the hold drops it: nothing is sent and nobody is logged in again', async () => {
    await given()
    at.world.merchant.change('receipt.open')
    await at.world.session.logout()
    await at.world.timers.advance(60_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(0)
    expect([at.world.session.status, at.world.merchant.merchant, at.world.codes.length]).toEqual(['login', null, 1])
  })

  it('going offline within the hold cancels it with 未执行', async () => {
    await given()
    at.world.merchant.change('receipt.open')
    await at.world.timers.advance(2_000)
    at.world.setOnline(false)
    at.world.setOnline(true)
    await at.world.timers.advance(60_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(0)
    expect(at.world.merchant.notice?.text).toContain('未执行')
  })

  it('a phone that slept past the deadline cancels it with 未执行', async () => {
    await given()
    at.world.merchant.change('receipt.open')
    at.world.timers.sleep(3_600_000)
    at.world.timers.wake()
    await at.world.timers.advance(60_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(0)
    expect(at.world.merchant.notice?.text).toContain('未执行')
  })

  it('closing needs a reason of two characters and sends it', async () => {
    await given({ receipt: { status: 'open' } })
    at.world.server.on('PUT', receipt, () => ({ body: merchantOf({ version: 8 }) }))
    at.world.merchant.change('receipt.close', ' x ')
    expect(at.world.merchant.undoHold).toBeNull()
    at.world.merchant.change('receipt.close', '商户要求')
    await at.world.timers.advance(5_000)
    expect(at.world.server.seen('PUT', receipt)[0]?.body).toEqual({ status: 'closed', reason: '商户要求' })
    expect(at.world.merchant.notice?.text).toBe('已关闭')
  })

  it('given the gold plan is not open, the warning stays on the card', async () => {
    await given()
    at.world.server.on('PUT', receipt, () => ({ body: receiptOpen({ receipt: { status: 'open', hint: 'INEFFECTIVE_NEEDS_GOLD_PLAN' } }) }))
    at.world.merchant.change('receipt.open')
    await at.world.timers.advance(5_000)
    await at.world.timers.advance(60_000)
    expect(at.world.merchant.receipt).toMatchObject({ on: true, warning: '点金计划未开通，顾客看不到' })
  })

  it('given no link is configured, cannot be opened and says where the link is set', async () => {
    await given({ receipt: { link: 'none' } })
    expect(at.world.merchant.receipt).toMatchObject({ tap: null, locked: '未配置商家小票链接，需在服务商平台配置' })
  })
})

describe('reading a merchant', () => {
  it('out of scope or unknown: no-permission state without a name', async () => {
    await at.world.merchant.load(ID)
    expect([at.world.merchant.status, at.world.merchant.merchant, at.world.merchant.problem?.sentence]).toEqual([
      'forbidden',
      null,
      '这家商户不在你的负责范围，或商户号有误。',
    ])
    expect(at.world.recents.merchants).toEqual([])
  })

  it('an older answer never replaces a newer one', async () => {
    const old = at.world.server.hold({ body: merchantOf() })
    await given()
    at.world.server.on('GET', one, old.handler)
    const refreshing = at.world.merchant.refresh()
    at.world.server.on('PUT', goldPlan, () => ({ body: opened() }))
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    old.release()
    await refreshing
    expect(at.world.merchant.gold_plan?.on).toBe(true)
  })

  it('offline: reads again by itself when the network is back', async () => {
    at.world.setOnline(false)
    await at.world.merchant.load(ID)
    expect(at.world.merchant.status).toBe('offline')
    at.world.server.on('GET', one, () => ({ body: merchantOf() }))
    at.world.setOnline(true)
    await at.world.settled()
    expect(at.world.merchant.status).toBe('ready')
    at.world.setOnline(false)
    expect(at.world.merchant.as_of_label).toBe('离线 · 更新于今天 10:00')
  })

  it('offline: of a shop that only a list showed, its row is there with its age, and work in it can begin', async () => {
    const { phone } = await listed('1900000109', '科技面馆')
    at.world.setOnline(false)
    await at.world.merchant.load(ID)
    expect(at.world.merchant.kept?.row.name).toBe('科技面馆')
    expect(at.world.merchant.as_of_label).toBe('离线 · 更新于今天 10:00')
    at.world.testPayment.open(ID)
    expect([at.world.testPayment.step?.id, at.world.testPayment.step?.facts, at.world.testPayment.forbidden]).toEqual([
      'entry',
      ['科技面馆'],
      false,
    ])
    expect(phone.storedKeys().some(key => key.endsWith(':rows'))).toBe(true)
    at.world.server.on('GET', one, () => ({ body: merchantOf() }))
    at.world.setOnline(true)
    await at.world.settled()
    expect([at.world.merchant.kept, at.world.merchant.merchant?.sub_mchid]).toEqual([null, ID])
  })

  it('given a network over which nothing answers, then after 3 s the row is there, and the answer that comes at last takes its place', async () => {
    await listed('1900000109', '科技面馆')
    const held = at.world.server.hold({ body: merchantOf() })
    at.world.server.on('GET', one, held.handler)
    const loading = at.world.merchant.load(ID)
    await at.world.timers.advance(3_000)
    expect([at.world.merchant.kept?.row.name, at.world.merchant.as_of_label]).toEqual(['科技面馆', '没连上服务器 · 更新于今天 10:00'])
    held.release()
    await loading
    expect([at.world.merchant.kept, at.world.merchant.status]).toEqual([null, 'ready'])
  })

  it('given a shop that is not mine to see, then nothing of it is kept', async () => {
    await listed('1900000109', '科技面馆')
    at.world.server.on('GET', one, () => problem(404, 'NOT_FOUND'))
    await at.world.merchant.load(ID)
    expect(at.world.merchant.status).toBe('forbidden')
    at.world.setOnline(false)
    await at.world.merchant.load(ID)
    expect([at.world.merchant.kept, at.world.known.find(ID)]).toEqual([null, null])
  })

  it('leaves no timer behind', async () => {
    await given()
    at.world.merchant.change('receipt.open')
    at.world.server.on('PUT', receipt, () => ({ body: receiptOpen() }))
    at.world.merchant.leave()
    await at.world.settled()
    // what was read is written down a moment later
    await at.world.timers.advance(1_000)
    expect(at.world.timers.pending).toBe(0)
  })

  it('speaks English at once when the language changes', async () => {
    await given()
    at.world.preferences.setLanguageChoice('en')
    expect(at.world.merchant.verdict?.title).toBe('Not migrated')
    expect(at.world.merchant.gold_plan).toMatchObject({ title: 'Gold Plan', word: 'Closed' })
  })
})
