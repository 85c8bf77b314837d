// Of a change of a merchant whose answer was lost, and of one that met a newer version.
import { describe, expect, it } from '@jest/globals'
import { problem } from '../../../support/http-server.ts'
import { merchantOf } from '../../../support/samples.ts'
import { one, goldPlan, receipt, operations, merchantWorld } from './given-merchant.ts'

const at = merchantWorld()
const { given, opened, receiptOpen, operation, keysOf } = at

describe('an answer that is lost', () => {
  async function lost() {
    await given()
    const never = at.world.server.hold({ body: opened() })
    at.world.server.on('PUT', goldPlan, never.handler)
    at.world.merchant.openGoldPlan()
    await at.world.timers.advance(15_000)
    return never
  }

  it('shows 结果确认中 and asks for the operation by the same key until it succeeded', async () => {
    const never = await lost()
    expect(at.world.merchant.gold_plan).toMatchObject({ on: false, loading: true, word: '等结果', locked: '等上一次操作有结果' })
    expect(at.world.merchant.operation).toMatchObject({ status: 'confirming', can_retry: false })
    let asked = 0
    at.world.server.on('GET', operations, () => (++asked < 3 ? operation('unknown') : operation('succeeded', { result: opened() })))
    await at.world.timers.advance(2_000 + 4_000 + 8_000)
    expect(at.world.merchant.gold_plan).toMatchObject({ on: true, loading: false })
    expect(at.world.merchant.operation).toBeNull()
    expect(at.world.server.seen('GET', operations).map(({ path }) => path.split('/').pop())).toEqual(
      Array(3).fill(keysOf('PUT', goldPlan)[0]),
    )
    never.release()
  })

  it('given 404, sends again with the same key', async () => {
    const never = await lost()
    at.world.server.on('PUT', goldPlan, () => ({ body: opened() }))
    await at.world.timers.advance(2_000)
    const keys = keysOf('PUT', goldPlan)
    expect(keys).toHaveLength(2)
    expect(keys[1]).toBe(keys[0])
    expect(at.world.merchant.gold_plan?.on).toBe(true)
    never.release()
  })

  it('asks 5 times, then leaves it to the person, who asks with the same key', async () => {
    const never = await lost()
    at.world.server.on('GET', operations, () => operation('pending'))
    await at.world.timers.advance(10 * 60_000)
    expect(at.world.server.seen('GET', operations)).toHaveLength(5)
    expect(at.world.merchant.operation).toMatchObject({ status: 'unconfirmed', title: '开通点金计划：仍未确认', can_retry: true })
    at.world.server.on('GET', operations, () => operation('succeeded', { result: opened() }))
    at.world.merchant.retry()
    await at.world.settled()
    expect(at.world.merchant.gold_plan?.on).toBe(true)
    expect(keysOf('PUT', goldPlan)).toHaveLength(1)
    never.release()
  })

  it('given it failed in the end, says why', async () => {
    const never = await lost()
    at.world.server.on('GET', operations, () =>
      operation('failed', { code: 'RELATION_INVALID', message: '商户关系错误', wx_request_id: 'WX-1' }),
    )
    await at.world.timers.advance(2_000)
    expect(at.world.merchant.refusal).toMatchObject({ title: '不是本服务商的特约商户', request_id: 'WX-1' })
    expect(at.world.merchant.gold_plan).toMatchObject({ on: false, loading: false })
    never.release()
  })

  it('given it failed with words that nobody knows, says what WeChat Pay said', async () => {
    const never = await lost()
    const failed = { code: 'WX_UNCLASSIFIED', message: '微信支付返回了未知的结果', wx_message: '商户类型不合法', wx_request_id: 'WX-2' }
    at.world.server.on('GET', operations, () => operation('failed', failed))
    await at.world.timers.advance(2_000)
    expect(at.world.merchant.refusal).toMatchObject({ sentence: '微信支付返回：商户类型不合法', request_id: 'WX-2' })
    never.release()
  })

  it('given it is unresolved, its own switch waits for a look at the console, others may be changed, and the look ends it', async () => {
    const never = await lost()
    at.world.server.on('GET', operations, () => operation('unresolved'))
    await at.world.timers.advance(2_000)
    expect(at.world.merchant.operation?.status).toBe('unresolved')
    at.world.merchant.openGoldPlan()
    await at.world.timers.advance(20_000)
    expect(at.world.server.seen('PUT', goldPlan)).toHaveLength(1)
    expect(at.world.merchant.gold_plan?.locked).toBe('待人工确认，等运营核对平台')
    expect(at.world.merchant.receipt?.tap).toBe('receipt.open')
    expect(at.world.merchant.settles).toBe(false)

    at.world.server.on('GET', one, () => ({ body: merchantOf({ open_operation: null, allowed_actions: ['portal_check.write'] }) }))
    await at.world.merchant.refresh()
    expect([at.world.merchant.operation, at.world.merchant.settles]).toEqual([null, false])
    never.release()
  })

  it('given the server says that a change is unresolved, whoever may record what the console shows is led there', async () => {
    const open_operation = { key: 'k', kind: 'receipt.open', status: 'unresolved', started_at: '2026-11-23T08:00:00+08:00' } as const
    await given({ open_operation, allowed_actions: ['merchant.read', 'portal_check.write'] })
    expect(at.world.merchant.settles).toBe(true)
    await given({ open_operation, allowed_actions: ['merchant.read'] })
    expect(at.world.merchant.settles).toBe(false)
  })

  it('a stale intent is not sent by itself later: 404 long after the tap waits for the person', async () => {
    const never = await lost()
    at.world.merchant.hide()
    await at.world.timers.advance(3_600_000)
    at.world.merchant.show()
    await at.world.settled()
    expect(keysOf('PUT', goldPlan)).toHaveLength(1)
    expect(at.world.merchant.operation?.status).toBe('unconfirmed')
    never.release()
  })

  it('given the clock was set back meanwhile, then a stale intent is not sent by itself either', async () => {
    const never = await lost()
    at.world.merchant.hide()
    at.world.timers.setClock(-2 * 3_600_000)
    await at.world.timers.advance(3_600_000)
    at.world.merchant.show()
    await at.world.settled()
    expect(keysOf('PUT', goldPlan)).toHaveLength(1)
    expect(at.world.merchant.operation?.status).toBe('unconfirmed')
    never.release()
  })

  it('202 is asked for like a lost answer', async () => {
    await given()
    at.world.server.on('PUT', goldPlan, () => ({ status: 202, ...operation('pending') }))
    at.world.server.on('GET', operations, () => operation('succeeded', { result: opened() }))
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    expect(at.world.merchant.gold_plan?.word).toBe('等结果')
    await at.world.timers.advance(2_000)
    expect(at.world.merchant.gold_plan?.on).toBe(true)
  })

  it("given somebody else's operation is open, locks the rows until the merchant says that it is over", async () => {
    const open_operation = { key: 'theirs', kind: 'gold_plan.open', status: 'unknown' as const, started_at: '2026-11-23T09:59:00+08:00' }
    await given({ open_operation })
    expect(at.world.merchant.gold_plan).toMatchObject({ loading: true, word: '等结果' })
    expect(at.world.merchant.receipt).toMatchObject({ loading: false, locked: '等上一次操作有结果' })
    at.world.server.on('GET', one, () => ({ body: opened() }))
    await at.world.timers.advance(2_000)
    expect(at.world.merchant.gold_plan).toMatchObject({ on: true, loading: false })
    expect(at.world.merchant.notice).toBeNull()
  })
})

describe('a conflict', () => {
  it('given only another field changed, sends once more with the new version and says nothing', async () => {
    await given()
    at.world.server.on('PUT', receipt, ({ headers }) =>
      headers['if-match'] === '"9"'
        ? { body: receiptOpen({ version: 10 }) }
        : problem(412, 'VERSION_MISMATCH', { current: merchantOf({ version: 9, ad_filter: { industries: ['FOOD'] } }) }),
    )
    at.world.merchant.change('receipt.open')
    await at.world.timers.advance(5_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(2)
    expect([at.world.merchant.conflict, at.world.merchant.receipt?.on]).toEqual([null, true])
  })

  it('is tried silently only once', async () => {
    await given()
    let version = 8
    at.world.server.on('PUT', receipt, () => problem(412, 'VERSION_MISMATCH', { current: merchantOf({ version: ++version }) }))
    at.world.merchant.change('receipt.open')
    await at.world.timers.advance(5_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(2)
    expect(at.world.merchant.refusal?.code).toBe('VERSION_MISMATCH')
  })

  it('given my own field changed, names the other change and writes nothing until I choose', async () => {
    await given({ receipt: { status: 'open' } })
    const changed = merchantOf({ version: 9, receipt: { status: 'open', changed_at: '2026-11-23T09:12:00+08:00', changed_by: '运营 02' } })
    at.world.server.on('PUT', receipt, ({ headers }) =>
      headers['if-match'] === '"9"' ? { body: merchantOf({ version: 10 }) } : problem(412, 'VERSION_MISMATCH', { current: changed }),
    )
    at.world.merchant.change('receipt.close', '商户要求')
    await at.world.timers.advance(60_000)
    expect(at.world.server.seen('PUT', receipt)).toHaveLength(1)
    expect(at.world.merchant.conflict).toMatchObject({
      title: '商家小票已被改动',
      sentence: '已被运营 02 改为已开（今天 09:12），你的修改没有执行。',
      insist_label: '仍要修改',
    })
    at.world.merchant.insist()
    await at.world.settled()
    const [first, second] = keysOf('PUT', receipt)
    expect(second).not.toBe(first)
    expect([at.world.merchant.conflict, at.world.merchant.receipt?.on]).toEqual([null, false])
  })

  it('given somebody did the same before me, there is nothing to choose', async () => {
    await given()
    at.world.server.on('PUT', goldPlan, () =>
      problem(412, 'VERSION_MISMATCH', {
        current: opened({
          version: 9,
          gold_plan: { jsapi: { status: 'open', changed_at: '2026-11-23T09:30:00+08:00', changed_by: '业务员 05' } },
        }),
      }),
    )
    at.world.merchant.openGoldPlan()
    await at.world.settled()
    expect(at.world.merchant.conflict).toMatchObject({ insist_label: null, sentence: '已被业务员 05 改为已开（今天 09:30），不用再操作。' })
    expect(at.world.merchant.gold_plan?.on).toBe(true)
  })
})
