import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Operation } from '../../../../../typings/api.ts'
import { problem, type Reply } from '../../../support/http-server.ts'
import { me, merchantOf, rowOf } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

const ID = '1900000109'
const one = /^\/v1\/sub-merchants\/1900000109$/
const goldPlan = /\/gold-plan\/jsapi$/
const receipt = /\/receipt$/
const operations = /^\/v1\/operations\//

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
})
afterEach(() => world.stop())

async function given(over: Parameters<typeof merchantOf>[0] = {}) {
  world.server.on('GET', one, () => ({ body: merchantOf(over) }))
  await world.merchant.load(ID)
}
/** A list has shown it; its own page was never opened here. Its person may record evidence. */
async function listed(sub_mchid: string, name: string) {
  const server_time = new Date(world.timers.now()).toISOString()
  world.server.on('GET', /^\/v1\/me$/, () => {
    const whole = me(server_time)
    return { body: { ...whole, actions: [...whole.actions, 'evidence.write', 'visit.write'] } }
  })
  await world.session.measure()
  world.server.on('GET', /^\/v1\/sub-merchants$/, () => ({
    body: { items: [rowOf(sub_mchid, name)], next_cursor: null, total_estimate: 1 },
  }))
  await world.merchants.enter()
  await world.timers.advance(1_000)
  return { phone: world.phone }
}
const opened = (over: Parameters<typeof merchantOf>[0] = {}) =>
  merchantOf({ gold_plan: { jsapi: { status: 'open' } }, version: 8, ...over })
const receiptOpen = (over: Parameters<typeof merchantOf>[0] = {}) => merchantOf({ receipt: { status: 'open' }, version: 8, ...over })
const operation = (status: Operation['status'], more: Partial<Operation> = {}): Reply => ({
  body: {
    key: 'k',
    sub_mchid: ID,
    kind: 'gold_plan.open',
    status,
    code: null,
    message: null,
    wx_request_id: null,
    wx_message: null,
    started_at: '2026-11-23T10:00:00+08:00',
    finished_at: null,
    next_attempt_at: null,
    ...more,
  },
})
const keysOf = (method: string, path: RegExp) => world.server.seen(method, path).map(({ headers }) => headers['idempotency-key'])

describe('opening the gold plan', () => {
  it('sends one PUT with If-Match of the version seen and a key; the switch turns on only after the answer', async () => {
    await given()
    const held = world.server.hold({ body: opened() })
    world.server.on('PUT', goldPlan, held.handler)
    world.merchant.openGoldPlan()
    world.merchant.openGoldPlan()
    await world.settled()
    expect(world.merchant.gold_plan).toMatchObject({ on: false, loading: true, word: '正在提交' })
    held.release()
    await world.settled()
    const sent = world.server.seen('PUT', goldPlan)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.body).toEqual({ status: 'open' })
    expect(sent[0]?.headers['if-match']).toBe('"7"')
    expect(sent[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(world.merchant.gold_plan).toMatchObject({ on: true, loading: false, word: '已开' })
    expect(world.merchant.notice).toMatchObject({ text: '已开通', kind: 'done' })
  })

  it('given it was closed 3 h ago, counts down and opens up 21 h later without a request', async () => {
    await given({ gold_plan: { jsapi: { reopen_available_at: '2026-11-24T07:00:00+08:00' } } })
    expect(world.merchant.gold_plan).toMatchObject({ tap: null, locked: '21小时后可再次开通' })
    await world.timers.advance(20 * 3_600_000 + 60_000)
    expect(world.merchant.gold_plan?.locked).toBe('59分钟后可再次开通')
    await world.timers.advance(3_600_000)
    expect(world.merchant.gold_plan).toMatchObject({ tap: 'gold_plan.open', locked: null })
    expect(world.server.seen('GET', one)).toHaveLength(1)
  })

  it('follows the server time, not a phone set wrong', async () => {
    const fast = await startWorld()
    fast.server.on('GET', /^\/v1\/me$/, () => ({
      body: {
        ...(JSON.parse(JSON.stringify(world.session.me)) as object),
        server_time: new Date(fast.timers.now() - 7_200_000).toISOString(),
      },
    }))
    await fast.session.login()
    fast.server.on('GET', one, () => ({ body: merchantOf({ gold_plan: { jsapi: { reopen_available_at: '2026-11-23T09:00:00+08:00' } } }) }))
    await fast.merchant.load(ID)
    expect(fast.merchant.gold_plan?.locked).toBe('1小时后可再次开通')
    await fast.stop()
  })

  it('when WeChat refuses, says what stands in the way, whom to ask and the request id', async () => {
    await given()
    world.server.on('PUT', goldPlan, () => problem(409, 'SUB_MERCHANT_PUNISHED'))
    world.merchant.openGoldPlan()
    await world.settled()
    expect(world.merchant.refusal).toEqual({
      code: 'SUB_MERCHANT_PUNISHED',
      title: '特约商户处罚中',
      sentence: '请商户登录商户平台处理处罚，处理完再开通。',
      next: { id: 'ask', label: '知道了' },
      contact: null,
      request_id: 'req-from-server',
    })
    expect(world.merchant.gold_plan).toMatchObject({ on: false, loading: false, tap: 'gold_plan.open' })
    expect(world.server.seen('GET', one)).toHaveLength(2)
  })

  it('given WeChat Pay is busy, 重试 sends the same key; a new tap is a new decision', async () => {
    await given()
    world.server.on('PUT', goldPlan, () => problem(503, 'WX_UNAVAILABLE'))
    world.merchant.openGoldPlan()
    await world.settled()
    world.merchant.retry()
    await world.settled()
    world.merchant.dismissRefusal()
    world.merchant.openGoldPlan()
    await world.settled()
    const [first, second, third] = keysOf('PUT', goldPlan)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('given WeChat rejected it, 重试 is a new decision with a new key', async () => {
    await given()
    world.server.on('PUT', goldPlan, () => problem(409, 'WX_REJECTED'))
    world.merchant.openGoldPlan()
    await world.settled()
    world.merchant.retry()
    await world.settled()
    const [first, second, ...more] = keysOf('PUT', goldPlan)
    expect([first === second, more]).toEqual([false, []])
    expect(second).toBeDefined()
  })

  it('given the login cannot be renewed, nothing was done: the dialog offers 重试, and no result is awaited', async () => {
    await given()
    world.server.on('PUT', goldPlan, () => problem(401, 'UNAUTHENTICATED'))
    world.server.on('POST', /^\/v1\/sessions$/, () => 'drop')
    world.merchant.openGoldPlan()
    await world.settled()
    expect([world.merchant.operation, world.merchant.refusal?.code]).toEqual([null, 'NETWORK_FAILED'])
    world.server.on('PUT', goldPlan, () => ({ body: opened() }))
    world.merchant.retry()
    await world.settled()
    expect(new Set(keysOf('PUT', goldPlan)).size).toBe(1)
    expect(world.merchant.gold_plan?.on).toBe(true)
  })

  it('without the permission, or offline, nothing can be sent', async () => {
    await given({ allowed_actions: ['merchant.read'] })
    world.merchant.openGoldPlan()
    world.merchant.setReceipt('open')
    expect([world.merchant.gold_plan?.tap, world.merchant.receipt?.tap]).toEqual([null, null])
    await given()
    world.setOnline(false)
    expect([world.merchant.gold_plan?.locked, world.merchant.receipt?.locked]).toEqual(['需要联网', '需要联网'])
    world.merchant.openGoldPlan()
    world.merchant.setReceipt('open')
    await world.timers.advance(10_000)
    expect(world.server.seen('PUT', /./)).toHaveLength(0)
  })
})

describe('opening the receipt', () => {
  it('given 撤销 after 4.9 s, sends nothing', async () => {
    await given()
    world.merchant.setReceipt('open')
    expect(world.merchant.undoHold).toMatchObject({ kind: 'receipt.open', remaining: 5, text: '5 秒后开通商家小票' })
    await world.timers.advance(4_900)
    expect(world.merchant.undoHold?.remaining).toBe(1)
    world.merchant.undo()
    await world.timers.advance(60_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(0)
    expect(world.merchant.undoHold).toBeNull()
    expect(world.merchant.notice).toMatchObject({ text: '已撤销', kind: 'plain' })
  })

  it('given nobody undoes it, sends exactly one PUT after 5 s', async () => {
    await given()
    world.server.on('PUT', receipt, () => ({ body: receiptOpen() }))
    world.merchant.setReceipt('open')
    world.merchant.setReceipt('open')
    await world.timers.advance(4_999)
    expect(world.server.seen('PUT', receipt)).toHaveLength(0)
    await world.timers.advance(1)
    await world.timers.advance(60_000)
    expect(world.server.seen('PUT', receipt).map(({ body }) => body)).toEqual([{ status: 'open' }])
    expect(world.merchant.receipt?.on).toBe(true)
  })

  it.each(['leave', 'hide'] as const)('given the hold runs, %s sends at once and once', async how => {
    await given()
    world.server.on('PUT', receipt, () => ({ body: receiptOpen() }))
    world.merchant.setReceipt('open')
    await world.timers.advance(1_000)
    world.merchant[how]()
    await world.settled()
    expect(world.server.seen('PUT', receipt)).toHaveLength(1)
    await world.timers.advance(60_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(1)
  })

  it('a write goes on when its page is left, and does not touch the next merchant', async () => {
    await given()
    const held = world.server.hold({ body: receiptOpen() })
    world.server.on('PUT', receipt, held.handler)
    world.merchant.setReceipt('open')
    world.merchant.leave()
    world.server.on('GET', /^\/v1\/sub-merchants\/1900000110$/, () => ({ body: merchantOf({ sub_mchid: '1900000110', version: 1 }) }))
    await world.merchant.load('1900000110')
    held.release()
    await world.settled()
    expect(world.merchant.merchant).toMatchObject({ sub_mchid: '1900000110', version: 1 })
    expect(world.merchant.receipt).toMatchObject({ on: false, loading: false })
  })

  it('logging out within the hold drops it: nothing is sent and nobody is logged in again', async () => {
    await given()
    world.merchant.setReceipt('open')
    await world.session.logout()
    await world.timers.advance(60_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(0)
    expect([world.session.status, world.merchant.merchant, world.codes.length]).toEqual(['login', null, 1])
  })

  it('going offline within the hold cancels it with 未执行', async () => {
    await given()
    world.merchant.setReceipt('open')
    await world.timers.advance(2_000)
    world.setOnline(false)
    world.setOnline(true)
    await world.timers.advance(60_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(0)
    expect(world.merchant.notice?.text).toContain('未执行')
  })

  it('a phone that slept past the deadline cancels it with 未执行', async () => {
    await given()
    world.merchant.setReceipt('open')
    world.timers.sleep(3_600_000)
    world.timers.wake()
    await world.timers.advance(60_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(0)
    expect(world.merchant.notice?.text).toContain('未执行')
  })

  it('closing needs a reason of two characters and sends it', async () => {
    await given({ receipt: { status: 'open' } })
    world.server.on('PUT', receipt, () => ({ body: merchantOf({ version: 8 }) }))
    world.merchant.setReceipt('closed', ' x ')
    expect(world.merchant.undoHold).toBeNull()
    world.merchant.setReceipt('closed', '商户要求')
    await world.timers.advance(5_000)
    expect(world.server.seen('PUT', receipt)[0]?.body).toEqual({ status: 'closed', reason: '商户要求' })
    expect(world.merchant.notice?.text).toBe('已关闭')
  })

  it('given the gold plan is not open, the warning stays on the card', async () => {
    await given()
    world.server.on('PUT', receipt, () => ({ body: receiptOpen({ receipt: { status: 'open', hint: 'INEFFECTIVE_NEEDS_GOLD_PLAN' } }) }))
    world.merchant.setReceipt('open')
    await world.timers.advance(5_000)
    await world.timers.advance(60_000)
    expect(world.merchant.receipt).toMatchObject({ on: true, warning: '点金计划未开通，顾客看不到' })
  })

  it('given no link is configured, cannot be opened and says where the link is set', async () => {
    await given({ receipt: { link: 'none' } })
    expect(world.merchant.receipt).toMatchObject({ tap: null, locked: '未配置商家小票链接，需在服务商平台配置' })
  })
})

describe('an answer that is lost', () => {
  async function lost() {
    await given()
    const never = world.server.hold({ body: opened() })
    world.server.on('PUT', goldPlan, never.handler)
    world.merchant.openGoldPlan()
    await world.timers.advance(15_000)
    return never
  }

  it('shows 结果确认中 and asks for the operation by the same key until it succeeded', async () => {
    const never = await lost()
    expect(world.merchant.gold_plan).toMatchObject({ on: false, loading: true, word: '等结果', locked: '等上一次操作有结果' })
    expect(world.merchant.operation).toMatchObject({ status: 'confirming', can_retry: false })
    let asked = 0
    world.server.on('GET', operations, () => (++asked < 3 ? operation('unknown') : operation('succeeded', { result: opened() })))
    await world.timers.advance(2_000 + 4_000 + 8_000)
    expect(world.merchant.gold_plan).toMatchObject({ on: true, loading: false })
    expect(world.merchant.operation).toBeNull()
    expect(world.server.seen('GET', operations).map(({ path }) => path.split('/').pop())).toEqual(Array(3).fill(keysOf('PUT', goldPlan)[0]))
    never.release()
  })

  it('given 404, sends again with the same key', async () => {
    const never = await lost()
    world.server.on('PUT', goldPlan, () => ({ body: opened() }))
    await world.timers.advance(2_000)
    const keys = keysOf('PUT', goldPlan)
    expect(keys).toHaveLength(2)
    expect(keys[1]).toBe(keys[0])
    expect(world.merchant.gold_plan?.on).toBe(true)
    never.release()
  })

  it('asks 5 times, then leaves it to the person, who asks with the same key', async () => {
    const never = await lost()
    world.server.on('GET', operations, () => operation('pending'))
    await world.timers.advance(10 * 60_000)
    expect(world.server.seen('GET', operations)).toHaveLength(5)
    expect(world.merchant.operation).toMatchObject({ status: 'unconfirmed', title: '开通点金计划：仍未确认', can_retry: true })
    world.server.on('GET', operations, () => operation('succeeded', { result: opened() }))
    world.merchant.retry()
    await world.settled()
    expect(world.merchant.gold_plan?.on).toBe(true)
    expect(keysOf('PUT', goldPlan)).toHaveLength(1)
    never.release()
  })

  it('given it failed in the end, says why', async () => {
    const never = await lost()
    world.server.on('GET', operations, () =>
      operation('failed', { code: 'RELATION_INVALID', message: '商户关系错误', wx_request_id: 'WX-1' }),
    )
    await world.timers.advance(2_000)
    expect(world.merchant.refusal).toMatchObject({ title: '不是本服务商的特约商户', request_id: 'WX-1' })
    expect(world.merchant.gold_plan).toMatchObject({ on: false, loading: false })
    never.release()
  })

  it('given it failed with words that nobody knows, says what WeChat Pay said', async () => {
    const never = await lost()
    const failed = { code: 'WX_UNCLASSIFIED', message: '微信支付返回了未知的结果', wx_message: '商户类型不合法', wx_request_id: 'WX-2' }
    world.server.on('GET', operations, () => operation('failed', failed))
    await world.timers.advance(2_000)
    expect(world.merchant.refusal).toMatchObject({ sentence: '微信支付返回：商户类型不合法', request_id: 'WX-2' })
    never.release()
  })

  it('given it is unresolved, its own switch waits for a look at the console, others may be changed, and the look ends it', async () => {
    const never = await lost()
    world.server.on('GET', operations, () => operation('unresolved'))
    await world.timers.advance(2_000)
    expect(world.merchant.operation?.status).toBe('unresolved')
    world.merchant.openGoldPlan()
    await world.timers.advance(20_000)
    expect(world.server.seen('PUT', goldPlan)).toHaveLength(1)
    expect(world.merchant.gold_plan?.locked).toBe('待人工确认，等运营核对平台')
    expect(world.merchant.receipt?.tap).toBe('receipt.open')
    expect(world.merchant.settles).toBe(false)

    world.server.on('GET', one, () => ({ body: merchantOf({ open_operation: null, allowed_actions: ['portal_check.write'] }) }))
    await world.merchant.refresh()
    expect([world.merchant.operation, world.merchant.settles]).toEqual([null, false])
    never.release()
  })

  it('given the server says that a change is unresolved, whoever may record what the console shows is led there', async () => {
    const open_operation = { key: 'k', kind: 'receipt.open', status: 'unresolved', started_at: '2026-11-23T08:00:00+08:00' } as const
    await given({ open_operation, allowed_actions: ['merchant.read', 'portal_check.write'] })
    expect(world.merchant.settles).toBe(true)
    await given({ open_operation, allowed_actions: ['merchant.read'] })
    expect(world.merchant.settles).toBe(false)
  })

  it('a stale intent is not sent by itself later: 404 long after the tap waits for the person', async () => {
    const never = await lost()
    world.merchant.hide()
    await world.timers.advance(3_600_000)
    world.merchant.show()
    await world.settled()
    expect(keysOf('PUT', goldPlan)).toHaveLength(1)
    expect(world.merchant.operation?.status).toBe('unconfirmed')
    never.release()
  })

  it('202 is asked for like a lost answer', async () => {
    await given()
    world.server.on('PUT', goldPlan, () => ({ status: 202, ...operation('pending') }))
    world.server.on('GET', operations, () => operation('succeeded', { result: opened() }))
    world.merchant.openGoldPlan()
    await world.settled()
    expect(world.merchant.gold_plan?.word).toBe('等结果')
    await world.timers.advance(2_000)
    expect(world.merchant.gold_plan?.on).toBe(true)
  })

  it("given somebody else's operation is open, locks the rows until the merchant says that it is over", async () => {
    const open_operation = { key: 'theirs', kind: 'gold_plan.open', status: 'unknown' as const, started_at: '2026-11-23T09:59:00+08:00' }
    await given({ open_operation })
    expect(world.merchant.gold_plan).toMatchObject({ loading: true, word: '等结果' })
    expect(world.merchant.receipt).toMatchObject({ loading: false, locked: '等上一次操作有结果' })
    world.server.on('GET', one, () => ({ body: opened() }))
    await world.timers.advance(2_000)
    expect(world.merchant.gold_plan).toMatchObject({ on: true, loading: false })
    expect(world.merchant.notice).toBeNull()
  })
})

describe('a conflict', () => {
  it('given only another field changed, sends once more with the new version and says nothing', async () => {
    await given()
    world.server.on('PUT', receipt, ({ headers }) =>
      headers['if-match'] === '"9"'
        ? { body: receiptOpen({ version: 10 }) }
        : problem(412, 'VERSION_MISMATCH', { current: merchantOf({ version: 9, ad_filter: { industries: ['FOOD'] } }) }),
    )
    world.merchant.setReceipt('open')
    await world.timers.advance(5_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(2)
    expect([world.merchant.conflict, world.merchant.receipt?.on]).toEqual([null, true])
  })

  it('is tried silently only once', async () => {
    await given()
    let version = 8
    world.server.on('PUT', receipt, () => problem(412, 'VERSION_MISMATCH', { current: merchantOf({ version: ++version }) }))
    world.merchant.setReceipt('open')
    await world.timers.advance(5_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(2)
    expect(world.merchant.refusal?.code).toBe('VERSION_MISMATCH')
  })

  it('given my own field changed, names the other change and writes nothing until I choose', async () => {
    await given({ receipt: { status: 'open' } })
    const changed = merchantOf({ version: 9, receipt: { status: 'open', changed_at: '2026-11-23T09:12:00+08:00', changed_by: '运营 02' } })
    world.server.on('PUT', receipt, ({ headers }) =>
      headers['if-match'] === '"9"' ? { body: merchantOf({ version: 10 }) } : problem(412, 'VERSION_MISMATCH', { current: changed }),
    )
    world.merchant.setReceipt('closed', '商户要求')
    await world.timers.advance(60_000)
    expect(world.server.seen('PUT', receipt)).toHaveLength(1)
    expect(world.merchant.conflict).toMatchObject({
      title: '商家小票已被改动',
      sentence: '已被运营 02 改为已开（今天 09:12），你的修改没有执行。',
      insist_label: '仍要修改',
    })
    world.merchant.insist()
    await world.settled()
    const [first, second] = keysOf('PUT', receipt)
    expect(second).not.toBe(first)
    expect([world.merchant.conflict, world.merchant.receipt?.on]).toEqual([null, false])
  })

  it('given somebody did the same before me, there is nothing to choose', async () => {
    await given()
    world.server.on('PUT', goldPlan, () =>
      problem(412, 'VERSION_MISMATCH', {
        current: opened({
          version: 9,
          gold_plan: { jsapi: { status: 'open', changed_at: '2026-11-23T09:30:00+08:00', changed_by: '业务员 05' } },
        }),
      }),
    )
    world.merchant.openGoldPlan()
    await world.settled()
    expect(world.merchant.conflict).toMatchObject({ insist_label: null, sentence: '已被业务员 05 改为已开（今天 09:30），不用再操作。' })
    expect(world.merchant.gold_plan?.on).toBe(true)
  })
})

describe('reading a merchant', () => {
  it('out of scope or unknown: no-permission state without a name', async () => {
    await world.merchant.load(ID)
    expect([world.merchant.status, world.merchant.merchant, world.merchant.problem?.sentence]).toEqual([
      'forbidden',
      null,
      '这家商户不在你的负责范围，或商户号有误。',
    ])
    expect(world.recents.merchants).toEqual([])
  })

  it('an older answer never replaces a newer one', async () => {
    const old = world.server.hold({ body: merchantOf() })
    await given()
    world.server.on('GET', one, old.handler)
    const refreshing = world.merchant.refresh()
    world.server.on('PUT', goldPlan, () => ({ body: opened() }))
    world.merchant.openGoldPlan()
    await world.settled()
    old.release()
    await refreshing
    expect(world.merchant.gold_plan?.on).toBe(true)
  })

  it('offline: reads again by itself when the network is back', async () => {
    world.setOnline(false)
    await world.merchant.load(ID)
    expect(world.merchant.status).toBe('offline')
    world.server.on('GET', one, () => ({ body: merchantOf() }))
    world.setOnline(true)
    await world.settled()
    expect(world.merchant.status).toBe('ready')
    world.setOnline(false)
    expect(world.merchant.as_of_label).toBe('离线 · 更新于 今天 10:00')
  })

  it('offline: of a shop that only a list showed, its row is there with its age, and work in it can begin', async () => {
    const { phone } = await listed('1900000109', '科技面馆')
    world.setOnline(false)
    await world.merchant.load(ID)
    expect(world.merchant.kept?.row.name).toBe('科技面馆')
    expect(world.merchant.as_of_label).toBe('离线 · 更新于 今天 10:00')
    world.testPayment.open(ID)
    expect([world.testPayment.step?.id, world.testPayment.step?.facts, world.testPayment.forbidden]).toEqual(['entry', ['科技面馆'], false])
    expect(phone.storedKeys().some(key => key.endsWith(':rows'))).toBe(true)
    world.server.on('GET', one, () => ({ body: merchantOf() }))
    world.setOnline(true)
    await world.settled()
    expect([world.merchant.kept, world.merchant.merchant?.sub_mchid]).toEqual([null, ID])
  })

  it('given a network over which nothing answers, then after 3 s the row is there, and the answer that comes at last takes its place', async () => {
    await listed('1900000109', '科技面馆')
    const held = world.server.hold({ body: merchantOf() })
    world.server.on('GET', one, held.handler)
    const loading = world.merchant.load(ID)
    await world.timers.advance(3_000)
    expect([world.merchant.kept?.row.name, world.merchant.as_of_label]).toEqual(['科技面馆', '没连上服务器 · 更新于 今天 10:00'])
    held.release()
    await loading
    expect([world.merchant.kept, world.merchant.status]).toEqual([null, 'ready'])
  })

  it('given a shop that is not mine to see, then nothing of it is kept', async () => {
    await listed('1900000109', '科技面馆')
    world.server.on('GET', one, () => problem(404, 'NOT_FOUND'))
    await world.merchant.load(ID)
    expect(world.merchant.status).toBe('forbidden')
    world.setOnline(false)
    await world.merchant.load(ID)
    expect([world.merchant.kept, world.known.find(ID)]).toEqual([null, null])
  })

  it('leaves no timer behind', async () => {
    await given()
    world.merchant.setReceipt('open')
    world.server.on('PUT', receipt, () => ({ body: receiptOpen() }))
    world.merchant.leave()
    await world.settled()
    // what was read is written down a moment later
    await world.timers.advance(1_000)
    expect(world.timers.pending).toBe(0)
  })

  it('speaks English at once when the language changes', async () => {
    await given()
    world.preferences.setLanguageChoice('en')
    expect(world.merchant.verdict?.title).toBe('Not migrated')
    expect(world.merchant.gold_plan).toMatchObject({ title: 'Gold Plan', word: 'Closed' })
  })
})
