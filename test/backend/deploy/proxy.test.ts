// The backend behind each reverse proxy of backend/operations.md, as phones reach it.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { connect as connectTcp, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Agent, request } from 'undici'
import { mostBytes } from '../../../backend/field-work/photos/upload.ts'
import { startBackend, type Backend } from '../support/backend.ts'
import { newPng } from '../field-work/visits/given.ts'
import { proxyKinds, type ReverseProxy } from './support/reverse-proxies.ts'

/** certificates of the test are nobody's */
const dispatcher = new Agent({ connect: { rejectUnauthorized: false }, pipelining: 0 })
afterAll(() => dispatcher.close())

interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

async function send(url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const answer = await request(url, { method: method as 'GET', headers, dispatcher, ...(body !== undefined && { body }) })
  const bytes = Buffer.from(await answer.body.arrayBuffer())
  return { status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString() }
}

/** @param bytes of the file in it */
function form(bytes: number): { headers: Record<string, string>; body: Buffer } {
  const picture = newPng(300, 200)
  const file = Buffer.concat([picture, Buffer.alloc(Math.max(0, bytes - picture.length))])
  const part = (name: string, text: string) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const head = `${part('sha256', createHash('sha256').update(file).digest('hex'))}${part('taken_at', '2026-11-20T10:00:00+08:00')}--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--x--\r\n')])
  return { headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(body.length) }, body }
}

const requestsPerMinute = 30
for (const { name, start } of proxyKinds) {
  const group = start ? describe : describe.skip
  group(`behind ${name}`, () => {
    let backend: Backend
    let proxy: ReverseProxy
    let bearer: Record<string, string>
    beforeAll(async () => {
      backend = await startBackend({ trustProxy: '127.0.0.1', requestsPerMinute })
      await backend.addMerchant('1900000109')
      proxy = await start!(backend.url)
      const { text } = await send(`${proxy.url}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"code":"demo-field_agent"}',
      })
      bearer = { authorization: `Bearer ${(JSON.parse(text) as { token: string }).token}` }
    })
    afterAll(async () => {
      await proxy?.close()
      await backend?.close()
    })

    test('given a phone, then it is answered with its request id and nothing of the answer is lost', async () => {
      const { status, headers, text } = await send(`${proxy.url}/v1/sub-merchants/1900000109`, {
        headers: { ...bearer, 'x-request-id': 'of-this-test' },
      })
      expect([status, headers['x-request-id'], headers['cache-control']]).toEqual([200, 'of-this-test', expect.any(String)])
      expect(JSON.parse(text)).toMatchObject({ sub_mchid: '1900000109' })
    })

    test('given a long answer, then it comes compressed to whoever takes that', async () => {
      const [plain, small] = [
        await send(`${proxy.url}/openapi.json`),
        await send(`${proxy.url}/openapi.json`, { headers: { 'accept-encoding': 'gzip' } }),
      ]
      expect([small.headers['content-encoding'], small.bytes.length < plain.bytes.length / 4]).toEqual(['gzip', true])
    })

    test.each(['/metrics', '/healthz', '/readyz'])('given %s, then it is for the inside only', async path => {
      expect((await send(`${proxy.url}${path}`)).status).toBe(404)
      expect((await send(`${backend.url}${path}`)).status).toBe(200)
    })

    test('given the largest photo that the backend takes, then it passes', async () => {
      const { headers, body } = form(mostBytes)
      const sent = { method: 'POST', headers: { ...bearer, ...headers, 'idempotency-key': randomUUID() }, body }
      expect((await send(`${proxy.url}/v1/photos`, sent)).status).toBe(201)
    })

    test('given a photo above the limit of the proxy, then the answer is one that the app understands', async () => {
      const { headers, body } = form(6_000_000)
      const sent = { method: 'POST', headers: { ...bearer, ...headers, 'idempotency-key': randomUUID() }, body }
      const { status, headers: answered, text } = await send(`${proxy.url}/v1/photos`, sent)
      expect([status, answered['content-type']]).toEqual([413, expect.stringContaining('application/problem+json')])
      expect(JSON.parse(text)).toMatchObject({ code: 'PHOTO_TOO_LARGE', status: 413, title: expect.stringContaining('照片太大') })
    })

    test('given a client that says of itself who it is, then the backend counts the address that the proxy saw', async () => {
      const statuses: number[] = []
      for (let other = 0; other <= requestsPerMinute; other += 1)
        statuses.push((await send(`${proxy.url}/v1/me`, { headers: { 'x-forwarded-for': `203.0.113.${other}` } })).status)
      expect([statuses[0], statuses.at(-1)]).toEqual([401, 429])
      // as the backend would count, were it believed
      expect((await send(`${backend.url}/v1/me`, { headers: { 'x-forwarded-for': '203.0.113.200' } })).status).toBe(401)
    })
  })

  group(`behind ${name}, a backend in trouble`, () => {
    let backend: Server
    let proxy: ReverseProxy
    const asked: string[] = []
    beforeAll(async () => {
      // takes everything and answers nothing
      backend = createServer(incoming => void asked.push(`${incoming.method} ${incoming.url}`))
      await new Promise<void>(done => backend.listen(0, '127.0.0.1', done))
      proxy = await start!(`http://127.0.0.1:${(backend.address() as AddressInfo).port}`)
    })
    afterAll(async () => {
      await proxy?.close()
    })

    test('given one that hangs, then the wait ends with 504, and a write was sent to it once', async () => {
      const answer = await send(`${proxy.url}/v1/sub-merchants/1900000109/receipt`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"status":"open"}',
      })
      expect([answer.status, asked]).toEqual([504, ['PUT /v1/sub-merchants/1900000109/receipt']])
    })

    test('given one that is away, then 502, and no signature or code of an address stands in any log', async () => {
      backend.closeAllConnections()
      await new Promise(done => backend.close(done))
      const { status } = await send(`${proxy.url}/v1/photos/x/file?expires=1&signature=SIGNATURE-OF-A-LINK&check_code=CODE-OF-AN-ORDER`, {
        headers: { authorization: 'Bearer TOKEN-OF-SOMEBODY', referer: 'https://h5.example.com/?check_code=CODE-OF-AN-ORDER' },
      })
      expect(status).toBeGreaterThanOrEqual(502)
      expect(proxy.log()).not.toMatch(/SIGNATURE-OF-A-LINK|CODE-OF-AN-ORDER|TOKEN-OF-SOMEBODY/)
    })

    test('given somebody who does not speak HTTP, then the proxy goes on', async () => {
      const { hostname, port } = new URL(proxy.url)
      await new Promise<void>(done => {
        const socket = connectTcp(Number(port), hostname, () => socket.end('\u0000\u0001 nonsense\r\n\r\n'))
        socket.on('error', () => undefined)
        socket.once('close', () => done())
        socket.resume()
      })
      expect((await send(`${proxy.url}/v1/me`)).status).toBeGreaterThanOrEqual(502)
    })
  })
}
