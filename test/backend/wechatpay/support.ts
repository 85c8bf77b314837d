// What the tests of the client share: one call, the failure of a call, and a bare server for answers that the sandbox cannot give.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WechatPayError, type WechatPay } from '../../../backend/wechatpay/index.ts'

export const SP_MCHID = '1900000001'
export const SHOP = '1900000109'

export const openJsapi = (client: WechatPay, signal?: AbortSignal) =>
  client.goldPlan.changeStatus({ sub_mchid: SHOP, operation_type: 'OPEN', operation_pay_scene: 'JSAPI' }, signal)

export const failureOf = async (call: Promise<unknown>): Promise<WechatPayError> => {
  const outcome = await call.then(
    value => value,
    (error: unknown) => error,
  )
  if (outcome instanceof WechatPayError) return outcome
  throw new Error(`a WechatPayError was expected, not ${JSON.stringify(outcome)}`)
}

export const listen = async (listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> => {
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
