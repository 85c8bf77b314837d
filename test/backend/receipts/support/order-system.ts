// The provider's own order system as a test needs it: right, slow, wrong or away.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { isSignedAs, sign } from '../../../../backend/receipts/source-signature.ts'

export const sourceKey = 'a key that only the provider and its backend know'

export interface OrderContent {
  sub_mchid: string
  transaction_id: string | null
  paid_at: string | null
  scene?: string
  [field: string]: unknown
}

export type Behaviour =
  | 'answers'
  | 'hangs'
  | 'hangs in the middle of its answer'
  | 'answers after 5 s'
  | 'answers garbage'
  | 'answers with another shape'
  | 'answers without end'
  | 'signs with another key'
  | 'does not sign'
  | 'repeats an old answer'
  | 'sends elsewhere'
  | 'fails'

export interface OrderSystem {
  url: string
  orders: Map<string, OrderContent>
  behaviour: Behaviour
  /** how long a right answer takes, milliseconds */
  delayMs: number
  /** questions that arrived, also those that were refused for their signature */
  asked: number
  refused: number
  close(): Promise<void>
}

export async function startOrderSystem(): Promise<OrderSystem> {
  let old: { bytes: Buffer; headers: Record<string, string> } | undefined
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    system.asked += 1
    const headers = { get: (name: string) => (request.headers[name] as string | undefined) ?? null }
    const nonce = headers.get('receipt-nonce') ?? ''
    if (!isSignedAs(sourceKey, { what: 'request', nonce, status: 0, body }, headers)) {
      system.refused += 1
      return void response.writeHead(401).end()
    }
    const { out_trade_no } = JSON.parse(body.toString()) as { out_trade_no: string }
    const order = system.orders.get(out_trade_no)
    const bytes = Buffer.from(JSON.stringify(order ? { out_trade_no, ...order } : { code: 'NOT_FOUND' }))
    await misbehave(response, bytes, nonce, order ? 200 : 404)
  })
  const signed = (bytes: Buffer, nonce: string, status: number, key = sourceKey) => {
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const signature = sign(key, { what: 'answer', timestamp, nonce, status, body: bytes })
    return { 'content-type': 'application/json', 'receipt-timestamp': timestamp, 'receipt-nonce': nonce, 'receipt-signature': signature }
  }
  const give = (response: ServerResponse, bytes: Buffer, nonce: string, status: number) =>
    response.writeHead(status, signed(bytes, nonce, status)).end(bytes)

  async function misbehave(response: ServerResponse, bytes: Buffer, nonce: string, status: number): Promise<unknown> {
    switch (system.behaviour) {
      case 'hangs':
        return
      case 'hangs in the middle of its answer':
        return response.writeHead(200, signed(bytes, nonce, 200)).write(bytes.subarray(0, 10))
      case 'answers after 5 s':
        await wait(5_000, undefined, { ref: false })
        return give(response, bytes, nonce, status)
      case 'answers garbage':
        return give(response, Buffer.from('<html>维护中</html>'), nonce, 200)
      case 'answers with another shape':
        return give(response, Buffer.from(JSON.stringify({ data: JSON.parse(bytes.toString()) as object })), nonce, 200)
      case 'answers without end': {
        response.writeHead(200, signed(bytes, nonce, 200))
        const timer = setInterval(() => response.write(Buffer.alloc(64 * 1_024, 32)), 5)
        return response.once('close', () => clearInterval(timer))
      }
      case 'signs with another key':
        return response.writeHead(status, signed(bytes, nonce, status, 'a key of somebody else altogether')).end(bytes)
      case 'does not sign':
        return response.writeHead(status, { 'content-type': 'application/json' }).end(bytes)
      case 'repeats an old answer':
        old ??= { bytes, headers: signed(bytes, 'of another question', 200) }
        return response.writeHead(200, old.headers).end(old.bytes)
      case 'sends elsewhere':
        return response.writeHead(302, { location: `${system.url}/elsewhere` }).end()
      case 'fails':
        return response.writeHead(500).end()
      default:
        if (system.delayMs > 0) await wait(system.delayMs)
        return give(response, bytes, nonce, status)
    }
  }

  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const system: OrderSystem = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`,
    orders: new Map(),
    behaviour: 'answers',
    delayMs: 0,
    asked: 0,
    refused: 0,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return system
}
