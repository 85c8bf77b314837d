// The order client against the sandbox, which verifies every signature, and against a bare server for answers that the sandbox does not give.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { createWechatPay, type WechatPay } from '../../../backend/wechatpay/index.ts'
import { SHOP, SP_MCHID, failureOf, listen } from './support.ts'

let sandbox: Sandbox
let client: WechatPay
beforeAll(async () => {
  sandbox = await startSandbox({ spMchid: SP_MCHID })
  client = createWechatPay(sandbox.wechatPayConfig())
})
afterAll(async () => {
  await client.close()
  await sandbox.close()
})

test('given an order, then only what tells payments apart is read', async () => {
  sandbox.control.setOrder('20261123_A|1@*', { sub_mchid: SHOP, sub_appid: 'wx1234567890abcdef', success_time: '2026-11-23T02:00:00.000Z' })
  expect(await client.orders.queryByOutTradeNo({ sub_mchid: SHOP, out_trade_no: '20261123_A|1@*' })).toEqual({
    sub_mchid: SHOP,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    sp_appid: expect.stringMatching(/^wx/),
    sub_appid: 'wx1234567890abcdef',
    success_time: new Date('2026-11-23T02:00:00Z'),
  })
})

test('given the backend itself asks, then it learns the 微信订单号 too, null while the order is not paid', async () => {
  sandbox.control.setOrder('paid-order-1', { sub_mchid: SHOP })
  sandbox.control.setOrder('open-order-1', { sub_mchid: SHOP, trade_state: 'NOTPAY' })
  const ask = (out_trade_no: string) => client.orders.queryTransaction({ sub_mchid: SHOP, out_trade_no })
  expect((await ask('paid-order-1')).transaction_id).toBe(sandbox.control.order('paid-order-1')!.transaction_id)
  expect(await ask('open-order-1')).toMatchObject({ transaction_id: null, trade_type: null, success_time: null })
})

test('given no such order, then ORDER_NOT_FOUND, and the failure does not repeat the number', async () => {
  const failure = await failureOf(client.orders.queryByOutTradeNo({ sub_mchid: SHOP, out_trade_no: 'secret-number-1' }))
  expect(failure).toMatchObject({ phase: 'refused', code: 'ORDER_NOT_FOUND', http_status: 404 })
  expect(`${failure.message} ${JSON.stringify(failure)} ${failure.stack}`).not.toContain('secret-number-1')
})

test.each([
  ['12345', SHOP],
  ['order/../1', SHOP],
  ['order-12345', '12'],
])('given the question %s of %s, then nothing is sent', async (out_trade_no, sub_mchid) => {
  const sent = sandbox.control.requests().length
  await expect(client.orders.queryByOutTradeNo({ sub_mchid, out_trade_no })).rejects.toThrow('is not well formed')
  expect(sandbox.control.requests()).toHaveLength(sent)
})

test('given an answer whose number was changed on the way, then it is not taken for an answer of WeChat Pay', async () => {
  sandbox.control.setOrder('order-0000001', { sub_mchid: SHOP })
  // changes the answer after it was signed
  const relay = await listen(async (request, response) => {
    const answer = await fetch(sandbox.url + request.url!, { headers: request.headers as Record<string, string> })
    response.writeHead(answer.status, Object.fromEntries([...answer.headers].filter(([name]) => /^wechatpay|request-id/.test(name))))
    response.end(Buffer.from((await answer.text()).replace('order-0000001', 'order-0000002')))
  })
  const relayed = createWechatPay({ ...sandbox.wechatPayConfig(), baseUrl: relay.url })
  const failure = await failureOf(relayed.orders.queryByOutTradeNo({ sub_mchid: SHOP, out_trade_no: 'order-0000001' }))
  expect(failure.phase).toBe('not_authentic')
  await relayed.close()
  await relay.close()
})
