// The provider's own system that knows orders, as the receipt page asks it (backend/receipts/README.md): every order of the sandbox, with something to show.
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isSignedAs, sign } from '../../backend/receipts/source-signature.ts'
import type { Memory } from './memory.ts'
import type { createSandboxClock } from './clock.ts'
import { MINI_PROGRAM_APPID } from './orders.ts'

export const RECEIPT_SOURCE_PATH = '/receipt-source'

/** @param key as in the backend's RECEIPT_SOURCE_KEY */
export const createReceiptSource =
  (memory: Pick<Memory, 'order'>, clock: ReturnType<typeof createSandboxClock>, key: string) =>
  (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const headers = { get: (name: string) => (request.headers[name] as string | undefined) ?? null }
    const nonce = headers.get('receipt-nonce') ?? ''
    const send = (status: number, answer: object) => {
      const bytes = Buffer.from(JSON.stringify(answer))
      const timestamp = String(Math.floor(Date.now() / 1_000))
      response
        .writeHead(status, {
          'content-type': 'application/json; charset=utf-8',
          'receipt-timestamp': timestamp,
          'receipt-nonce': nonce,
          'receipt-signature': sign(key, { what: 'answer', timestamp, nonce, status, body: bytes }),
        })
        .end(bytes)
    }
    if (request.method !== 'POST') return send(405, { code: 'METHOD_NOT_ALLOWED' })
    if (!isSignedAs(key, { what: 'request', nonce, status: 0, body }, headers)) return send(401, { code: 'NOT_SIGNED' })
    const { sub_mchid, out_trade_no } = JSON.parse(body.toString('utf8')) as { sub_mchid: string; out_trade_no: string }
    const order = memory.order(out_trade_no, clock.now())
    if (!order || order.sub_mchid !== sub_mchid) return send(404, { code: 'NOT_FOUND' })
    const paid = order.success_time ?? clock.now().toISOString()
    send(200, {
      sub_mchid,
      out_trade_no,
      transaction_id: order.transaction_id,
      paid_at: order.success_time,
      scene: order.trade_type === 'JSAPI' ? (order.sub_appid === MINI_PROGRAM_APPID ? 'miniprogram' : 'jsapi') : 'unknown',
      ...contentOf(out_trade_no, paid),
    })
  }

/** The same number has the same content, whenever it is asked for. */
function contentOf(out_trade_no: string, paidAt: string) {
  const [first = 0, second = 0] = createHash('sha256').update(out_trade_no).digest()
  const before = (minutes: number) => new Date(Date.parse(paidAt) - minutes * 60_000).toISOString()
  return {
    pickup_code: `${'ABCDEF'[first % 6]}${100 + (second % 100)}`,
    parking: { entered_at: before(35 + (first % 180)) },
    items: [
      { name: '招牌牛肉面', quantity: 1 },
      { name: '卤蛋', quantity: 2 },
      { name: '冰豆浆', quantity: 1 + (second % 2) },
    ],
  }
}
