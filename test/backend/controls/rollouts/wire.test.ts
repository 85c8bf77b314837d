// An hour in which the wire to WeChat Pay is broken, in every way in which wires break: nobody fails for it, the page says since when, and afterwards each
// merchant is changed once (product.md §7.5).
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { askAgain } from '../../../../backend/controls/ask-again.ts'
import { createWechatPay, readWechatPayConfig, type WechatPay } from '../../../../backend/wechatpay/index.ts'
import { minute, sp_mchid } from '../../support/backend.ts'
import { portOfOurs } from '../../../support/ports.ts'
import { rolloutDesk } from './desk.ts'

const desk = rolloutDesk()
const { addShops, read, step, work, started, calls, ledger } = desk

const html = '<!doctype html><html><body>网关错误</body></html>'
const page = (status: string, headers = '', length = Buffer.byteLength(html)) =>
  `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: ${length}\r\n${headers}Connection: close\r\n\r\n${html}`

/** What stands where WeChat Pay should, until the end of the test. */
let broken: { pay: WechatPay; server: Server | null; sockets: Set<Socket> } | null = null

async function breakWire(how: string): Promise<void> {
  const sockets = new Set<Socket>()
  const answers = how.startsWith('HTTP/1.1')
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => (answers ? socket.end(how) : how === 'silent' ? undefined : socket.destroy()))
  })
  // where nobody listens, nobody else does meanwhile
  const port = await portOfOurs()
  await new Promise<void>(done => server.listen(port, '127.0.0.1', done))
  if (how === 'refused') await new Promise(done => server.close(done))
  const baseUrl = how === 'unresolved' ? 'http://pay.invalid' : `${how === 'no tls' ? 'https' : 'http'}://127.0.0.1:${port}`
  const { config } = readWechatPayConfig(desk.backend.sandbox.environment())
  const pay = createWechatPay({ ...config!, baseUrl, clock: desk.backend.clock, timeoutMs: 300 })
  broken = { pay, server: how === 'refused' ? null : server, sockets }
  swap(pay)
}
let whole: WechatPay | null = null
function swap(pay: WechatPay): void {
  const number = desk.backend.app.context.providers.of(sp_mchid)
  whole ??= number.wechatPay as WechatPay
  number.wechatPay = pay
}
async function mend(): Promise<void> {
  if (!broken) return
  swap(whole!)
  for (const socket of broken.sockets) socket.destroy()
  await new Promise(done => (broken!.server ? broken!.server.close(done) : done(null)))
  await broken.pay.close()
  broken = null
}
afterEach(mend)

const minutes = async (count: number, each: number) => {
  for (let passed = 0; passed < count; passed += each) {
    desk.backend.sandbox.control.clock.advance(each * minute)
    await askAgain(desk.backend.app.context)
    await work()
  }
}
/** Each merchant once, and what the ledger says is so at WeChat Pay. */
async function doneOnce(id: string, count: number): Promise<void> {
  for (let times = 0; times < 12; times += 1) {
    const { status } = await read(id)
    if (status === 'completed') break
    if (status !== 'running') await step(id, 'resume')
    await minutes(20, 5)
  }
  expect(await read(id)).toMatchObject({ status: 'completed', away_since: null, progress: { succeeded: count, failed: 0, skipped: 0 } })
  expect(desk.shops.map(shop => [calls(shop), ledger(shop).gold_plan.JSAPI.status])).toEqual(desk.shops.map(() => [1, 'open']))
}

describe('given an hour of it', () => {
  test.each([
    ['a connection that is refused', 'refused'],
    ['a name that nobody resolves', 'unresolved'],
    ['a handshake of TLS that fails', 'no tls'],
    ['a connection that is cut', 'cut'],
    ['no answer', 'silent'],
    ['a page of a gateway, 502', page('502 Bad Gateway')],
    ['a page of a gateway, 503', page('503 Service Unavailable', 'Retry-After: 30\r\n')],
    ['a page of a gateway, 504', page('504 Gateway Timeout')],
    ['half a page', page('200 OK', '', 10_000)],
    ['a redirect', page('302 Found', 'Location: https://example.com/\r\n')],
  ])('%s, then it says since when, fails nobody, asks seldom, and goes on by itself', async (_, how) => {
    await addShops(15)
    const id = await started()
    await breakWire(how)
    const since = desk.backend.clock.now().getTime()
    await minutes(60, 5)
    const { status, away_since, progress } = await read(id)
    expect([status, progress.failed, progress.succeeded]).toEqual(['running', 0, 0])
    expect(Math.abs(Date.parse(away_since!) - since)).toBeLessThan(6 * minute)
    await mend()
    await doneOnce(id, 15)
  })

  test.each([
    ['no word of when', ''],
    ['a word of when', 'Retry-After: 3600\r\n'],
    ['a word that is no number', 'Retry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n'],
  ])('too fast, from a gateway, with %s, then it asks seldom, fails nobody, and does all afterwards', async (_, headers) => {
    await addShops(5)
    const id = await started()
    await breakWire(page('429 Too Many Requests', headers))
    await minutes(60, 2)
    const { status, away_since, progress } = await read(id)
    expect([status, progress.failed, progress.pending, away_since]).toEqual(['running', 0, 5, null])
    // about once a minute; where it says when, each merchant once
    expect(broken!.sockets.size).toBeLessThan(headers.includes('3600') ? 11 : 120)
    await mend()
    await minutes(70, 10)
    await doneOnce(id, 5)
  })

  test.each([
    ['a page with 200', page('200 OK')],
    ['a page with 403', page('403 Forbidden')],
    ['a page with 404', page('404 Not Found')],
  ])(
    '%s, where nothing says that it is WeChat Pay, then it stops before the rest with a reason, and a person lets it on',
    async (_, how) => {
      await addShops(15)
      const id = await started()
      await breakWire(how)
      await minutes(60, 5)
      const stopped = await read(id)
      expect(stopped).toMatchObject({ status: 'stopped', stop_code: 'WX_CONFIG', progress: { succeeded: 0 } })
      await mend()
      await step(id, stopped.progress.failed > 0 ? 'retry-failed' : 'resume')
      await doneOnce(id, 15)
    },
  )
})
