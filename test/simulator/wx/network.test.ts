// wx.request, wx.uploadFile and wx.connectSocket against a server of the test's own.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { WebSocketServer } from '../support/ws.ts'
import { startPhone, type MiniProgram, type RunningPhone } from './running-phone.ts'

/** globals of the app, in functions that are sent there as text */
declare const wx: {
  env: { USER_DATA_PATH: string }
  getFileSystemManager(): { writeFileSync(path: string, data: string, encoding: string): void }
  request(options: object): { abort(): void }
  uploadFile(options: object): unknown
}

let phone: RunningPhone
let app: MiniProgram
let backend: Server
let address: string
let sockets: InstanceType<typeof WebSocketServer>
let seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = []

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  seen.push({ method: request.method!, url: request.url!, headers: request.headers, body })
  if (request.url === '/never') return
  if (request.url === '/redirect') return void response.writeHead(302, { Location: '/after' }).end()
  response.writeHead(request.url === '/problem' ? 409 : 200, {
    'Content-Type': 'application/json',
    'Request-ID': 'r-1',
    'Set-Cookie': ['a=1', 'b=2'],
  })
  response.end(JSON.stringify({ method: request.method, url: request.url, 店: '科技面馆' }))
}

beforeAll(async () => {
  backend = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()))
  })
  sockets = new WebSocketServer({ server: backend, handleProtocols: offered => [...offered].at(-1) ?? false })
  sockets.on('connection', (socket, { url, headers }) => {
    socket.send(JSON.stringify({ url, own: headers['x-own'], referer: headers.referer }))
    socket.on('message', (data, isBinary) =>
      String(data) === 'end' ? socket.close(4_001, '够了') : socket.send(data, { binary: isBinary }),
    )
  })
  await new Promise<void>(done => backend.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
  phone = await startPhone({ hostMap: { 'https://api.example.com': address } })
  app = phone.app
})
afterAll(async () => {
  await phone?.close()
  for (const socket of sockets?.clients ?? []) socket.terminate()
  backend?.closeAllConnections()
  backend?.close()
})
beforeEach(async () => {
  seen = []
  await phone.untouched()
})

type Answered = { statusCode: number; data: Record<string, unknown>; header: Record<string, string>; cookies: string[] }
const request = (options: object) => app.callWxMethod('request', options) as unknown as Promise<Answered>

describe('wx.request', () => {
  it('gives status, decoded JSON, headers as the server spelt them and cookies', async () => {
    const { statusCode, data, header, cookies } = await request({ url: `${address}/things`, data: { a: 1, 店: '面' } })
    expect(statusCode).toBe(200)
    expect(data).toEqual({ method: 'GET', url: '/things?a=1&%E5%BA%97=%E9%9D%A2', 店: '科技面馆' })
    expect(header['Request-ID']).toBe('r-1')
    expect(cookies).toEqual(['a=1', 'b=2'])
  })

  it('succeeds with a status of 4xx, as WeChat does', async () => {
    expect(await request({ url: `${address}/problem` })).toMatchObject({ statusCode: 409 })
  })

  it('sends JSON by default and a form where the header says so', async () => {
    await request({ url: `${address}/x`, method: 'PUT', data: { name: '店' }, header: { 'X-Own': 'yes' } })
    await request({
      url: `${address}/x`,
      method: 'POST',
      data: { a: 1, b: '二' },
      header: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(seen[0]).toMatchObject({ method: 'PUT', body: '{"name":"店"}' })
    expect(seen[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-own': 'yes',
      referer: 'https://servicewechat.com/wxfixture/devtools/page-frame.html',
    })
    expect(seen[1]!.body).toBe('a=1&b=%E4%BA%8C')
  })

  it('has no PATCH', async () => {
    await expect(request({ url: `${address}/x`, method: 'PATCH' })).rejects.toThrow('method is invalid: PATCH')
    expect(seen).toEqual([])
  })

  it('follows redirects', async () => {
    expect((await request({ url: `${address}/redirect` })).data).toMatchObject({ url: '/after' })
  })

  it('refuses domains that are not in the list', async () => {
    const failure = await app.evaluate(function () {
      return new Promise(function (done) {
        wx.request({ url: 'https://other.example.com/', fail: done })
      })
    })
    expect(failure).toEqual({ errMsg: 'request:fail url not in domain list', errno: 600_002 })
  })

  it('goes where the host map says, under the name the app knows', async () => {
    expect((await request({ url: 'https://api.example.com/v1/me' })).data).toMatchObject({ url: '/v1/me' })
  })

  it('fails while the phone is offline, and works again afterwards', async () => {
    await phone.simulator.phone.set({ offline: true })
    await expect(request({ url: `${address}/x` })).rejects.toThrow('net::ERR_INTERNET_DISCONNECTED')
    expect(seen).toEqual([])
    await phone.simulator.phone.set({ offline: false })
    expect(await request({ url: `${address}/x` })).toMatchObject({ statusCode: 200 })
  })

  it('tells time-out, abort and a refused connection in words', async () => {
    await expect(request({ url: `${address}/never`, timeout: 150 })).rejects.toThrow(/^timeout$/)
    await expect(request({ url: 'http://127.0.0.1:9/' })).rejects.toThrow('net::ERR_CONNECTION_REFUSED')
    const aborted = await app.evaluate(function (url: string) {
      return new Promise(function (done) {
        const task = wx.request({ url: url, fail: done })
        setTimeout(function () {
          task.abort()
        }, 30)
      })
    }, `${address}/never`)
    expect(aborted).toMatchObject({ errMsg: 'request:fail abort' })
  })

  it('uploads a file of the app with its fields', async () => {
    await app.evaluate(function (url: string) {
      return new Promise(function (done, fail) {
        const path = wx.env.USER_DATA_PATH + '/note.txt'
        wx.getFileSystemManager().writeFileSync(path, '你好', 'utf8')
        wx.uploadFile({ url: url, filePath: path, name: 'file', formData: { kind: 'photo' }, success: done, fail: fail })
      })
    }, `${address}/upload`)
    // a request that was given up before may have arrived meanwhile
    const upload = seen.find(({ url }) => url === '/upload')!
    expect(upload.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(upload.body).toMatch(/name="kind"\r\n\r\nphoto[\s\S]*filename="note.txt"[\s\S]*你好/)
  })

  it('stands in the log of the phone with method, path and status', async () => {
    await request({ url: `${address}/problem` })
    await eventually('the entry', () =>
      phone.simulator.phone.log().some(({ text, status }) => text === 'GET /problem' && status?.startsWith('409')),
    )
  })
})

/** What a socket of the app does; in functions that are sent there as text */
interface Task {
  readyState: number
  OPEN: number
  onOpen(listener: (event: { header: Record<string, string> }) => void): void
  onMessage(listener: (event: { data: string | ArrayBuffer }) => void): void
  onError(listener: (event: object) => void): void
  onClose(listener: (event: object) => void): void
  send(options: object): void
  close(options: object): void
}
type Connect = { connectSocket(options: object): Task }

describe('wx.connectSocket', () => {
  it('goes where the host map says with its own headers, and carries texts, bytes and the reason of the end', async () => {
    const told = await app.evaluate(function () {
      return new Promise(function (done) {
        const heard: unknown[] = []
        const task = (wx as unknown as Connect).connectSocket({
          url: 'wss://api.example.com/talk?a=1',
          header: { 'X-Own': 'yes' },
          protocols: ['one', 'two'],
          success: (taken: object) => heard.push(taken),
        })
        task.onOpen(({ header }) => {
          heard.push(header['Sec-WebSocket-Protocol'], task.readyState === task.OPEN)
          task.send({ data: '面', success: (sent: object) => heard.push(sent) })
        })
        task.onMessage(({ data }) => {
          heard.push(data instanceof ArrayBuffer ? [...new Uint8Array(data)] : data)
          if (data === '面') task.send({ data: new Uint8Array([1, 2]).buffer })
          if (typeof data !== 'string') task.send({ data: 'end' })
        })
        task.onClose(end => {
          task.send({ data: 'late', fail: (failure: object) => done([...heard, end, failure]) })
        })
      })
    })
    const greeting = '{"url":"/talk?a=1","own":"yes","referer":"https://servicewechat.com/wxfixture/devtools/page-frame.html"}'
    expect(told).toEqual([
      { errMsg: 'connectSocket:ok' },
      'two',
      true,
      expect.anything(),
      expect.anything(),
      '面',
      [1, 2],
      { code: 4_001, reason: '够了' },
      { errMsg: 'sendSocketMessage:fail SocketTask.readyState is not OPEN' },
    ])
    expect(told).toEqual(expect.arrayContaining([greeting, { errMsg: 'sendSocketMessage:ok' }]))
    expect(phone.simulator.phone.log().map(({ text }) => text)).toContain('SOCKET /talk?a=1')
  })

  it('is refused like a request: no address, a domain that is not in the list, nobody there, no network, a sixth at once', async () => {
    const attempt = (url: string) =>
      app.evaluate(function (to: string) {
        return new Promise(function (done) {
          const task = (wx as unknown as Connect).connectSocket({ url: to, fail: done })
          task.onError(function (failure) {
            task.onClose(end => done([failure, end]))
          })
        })
      }, url)
    expect(await attempt('https://api.example.com/')).toEqual({
      errMsg: 'connectSocket:fail invalid url "https://api.example.com/"',
      errno: 600_009,
    })
    expect(await attempt('wss://other.example.com/')).toEqual({ errMsg: 'connectSocket:fail url not in domain list', errno: 600_002 })
    expect(await attempt('ws://127.0.0.1:9/')).toEqual([
      { errMsg: expect.stringContaining('net::ERR_CONNECTION_REFUSED') },
      { code: 1_006, reason: 'abnormal closure' },
    ])
    const full = await app.evaluate(function () {
      const open = () =>
        new Promise(function (done) {
          const task = (wx as unknown as Connect).connectSocket({ url: 'wss://api.example.com/', fail: done })
          task.onOpen(() => done(task))
        })
      return Promise.all([open(), open(), open(), open(), open()]).then(async tasks => {
        const sixth = await open()
        const lost: object[] = []
        Object.assign(wx, { lost })
        for (const task of tasks as Task[]) task.onClose(end => void lost.push(end))
        return sixth
      })
    })
    expect(full).toEqual({ errMsg: 'connectSocket:fail reach max websocket connect count 5' })
    await phone.simulator.phone.set({ offline: true })
    const lost = await eventually('the end of all five', async () => {
      const ends = (await app.evaluate(function () {
        return (wx as unknown as { lost: object[] }).lost
      })) as unknown as object[]
      return ends.length === 5 && ends
    })
    expect(lost).toEqual(Array.from({ length: 5 }, () => ({ code: 1_006, reason: 'abnormal closure' })))
    expect(await attempt('wss://api.example.com/')).toMatchObject({ errMsg: 'connectSocket:fail network error' })
  })

  it('has the methods of earlier years, which mean the socket opened last', async () => {
    const told = await app.evaluate(function () {
      const old = wx as unknown as Record<string, (option: unknown) => unknown>
      return new Promise(function (done) {
        const heard: unknown[] = []
        old['onSocketOpen']!(() => old['sendSocketMessage']!({ data: '你好' }))
        old['onSocketMessage']!(({ data }: { data: string }) => {
          if (data === '你好') old['closeSocket']!({ code: 3_000, reason: 'done', success: (closed: object) => heard.push(closed) })
        })
        old['onSocketClose']!((end: object) => done([...heard, end]))
        old['connectSocket']!({ url: 'wss://api.example.com/' })
      })
    })
    expect(told).toEqual([{ errMsg: 'closeSocket:ok' }, { code: 3_000, reason: 'done' }])
  })
})
