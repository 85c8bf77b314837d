import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { WebSocketServer } from '../support/ws.ts'
import { startPhone, type MiniProgram, type RunningPhone } from './running-phone.ts'

interface Files {
  [method: string]: (...values: unknown[]) => { size: number }
}

/** globals of the app, in functions that are sent there as text */
declare const wx: {
  env: { USER_DATA_PATH: string }
  getFileSystemManager(): Files
  request(options: object): { abort(): void }
  getStorageSync(key: string): Date
  onNetworkStatusChange(listener: (change: unknown) => void): void
  onThemeChange(listener: (change: unknown) => void): void
  getSystemInfo(options: { success: (info: { windowWidth: number }) => void }): void
  getExtConfigSync(): object
} & Record<'uploadFile' | 'setStorageSync' | 'getStorage', (...values: unknown[]) => unknown>
declare const getApp: () => { heard: unknown[] }

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
  await phone.simulator.phone.set({
    offline: false,
    slow: false,
    dark: false,
    fontScale: 1,
    scanText: '',
    location: '',
    chatFile: '',
    loginCode: 'tester',
    clockOffsetMs: 0,
    locale: 'zh_CN',
  })
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
        wx.getFileSystemManager().writeFileSync!(path, '你好', 'utf8')
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

describe('what a browser has of a phone', () => {
  it('plays a sound of the app to its end, and says what is none', async () => {
    const told = await app.evaluate(function () {
      // 0.2 s of silence, 8 bits, 8000 a second
      const sound = new Uint8Array(44 + 1_600).fill(128)
      const written = new DataView(sound.buffer)
      const put = (at: number, text: string) => [...text].forEach((letter, index) => written.setUint8(at + index, letter.charCodeAt(0)))
      put(0, 'RIFF')
      written.setUint32(4, sound.length - 8, true)
      put(8, 'WAVEfmt ')
      written.setUint32(16, 16, true)
      written.setUint16(20, 1, true)
      written.setUint16(22, 1, true)
      written.setUint32(24, 8_000, true)
      written.setUint32(28, 8_000, true)
      written.setUint16(32, 1, true)
      written.setUint16(34, 8, true)
      put(36, 'data')
      written.setUint32(40, 1_600, true)
      const path = wx.env.USER_DATA_PATH + '/beep.wav'
      wx.getFileSystemManager()['writeFileSync']!(path, sound.buffer)
      type Player = Record<'onPlay' | 'onEnded' | 'onError' | 'onPause', (listener: (event: unknown) => void) => void> & {
        src: string
        paused: boolean
        duration: number
        play(): void
      }
      const player = (wx as unknown as { createInnerAudioContext(): Player }).createInnerAudioContext()
      return new Promise(function (done) {
        const heard: unknown[] = [player.src, player.paused, player.duration]
        player.onPlay(() => heard.push('play', player.paused))
        player.onPause(() => heard.push('pause'))
        player.onEnded(() => {
          heard.push('ended', player.duration)
          player.onError(failure => done([...heard, failure]))
          player.src = 'sounds/absent.mp3'
        })
        player.src = path
        player.play()
      })
    })
    expect(told).toEqual([
      '',
      true,
      0,
      'play',
      false,
      'ended',
      0.2,
      { errCode: 10_003, errMsg: expect.stringContaining('cannot be played') },
    ])
  })

  it('tells where the app goes before, when and after it is there', async () => {
    await app.evaluate(function () {
      const routes: string[] = []
      Object.assign(wx, { routes })
      const tell = wx as unknown as Record<string, (listener: (event: { path: string; openType: string }) => void) => void>
      for (const name of ['onBeforeAppRoute', 'onAppRoute', 'onAppRouteDone'])
        tell[name]!(({ path, openType }) => routes.push(`${name} ${openType} ${path}`))
    })
    await app.navigateTo('/pages/other/other?a=1')
    await app.navigateBack()
    const [there, back] = [`navigateTo pages/other/other`, `navigateBack pages/home/home`]
    expect(
      await app.evaluate(function () {
        return (wx as unknown as { routes: string[] }).routes
      }),
    ).toEqual([there, back].flatMap(where => ['onBeforeAppRoute', 'onAppRoute', 'onAppRouteDone'].map(name => `${name} ${where}`)))
  })

  it('answers at once what apps ask while they start: battery, engine, idle time, sensors that have nothing to tell', async () => {
    const told = await app.evaluate(function () {
      const ask = wx as unknown as Record<string, (option?: unknown) => unknown>
      ask['onAccelerometerChange']!(() => {})
      return Promise.all([
        ask['getBatteryInfoSync']!(),
        ask['getSkylineInfoSync']!(),
        ask['getExptInfoSync']!(),
        new Promise(done => ask['requestIdleCallback']!((deadline: { timeRemaining(): number }) => done(typeof deadline.timeRemaining()))),
        ask['startAccelerometer']!({}),
        ask['stopAccelerometer']!({}),
        ask['getLocalIPAddress']!({}),
        ask['setScreenBrightness']!({ value: 0.25 }),
        ask['getScreenBrightness']!({}),
      ])
    })
    expect(told).toMatchObject([
      { level: expect.any(Number), isCharging: expect.any(Boolean) },
      { isSupported: false },
      {},
      'number',
      { errMsg: 'startAccelerometer:ok' },
      { errMsg: 'stopAccelerometer:ok' },
      { localip: '127.0.0.1' },
      {},
      { value: 0.25 },
    ])
  })
})

describe('wx storage', () => {
  it('keeps the type of what is stored, also over a reload of the frame', async () => {
    await app.callWxMethod('setStorageSync', 'kept', { list: [1, '二'], none: null })
    await app.evaluate(function () {
      wx.setStorageSync('date', new Date(5))
    })
    await app.evaluate(function () {
      return wx.getStorage({ key: 'kept' })
    })
    const id = (page: unknown) => (page as { id: number }).id
    const before = id(await app.currentPage())
    await phone.reload()
    await eventually('another page', async () => id(await app.currentPage()) !== before)
    expect(await app.callWxMethod('getStorageSync', 'kept')).toEqual({ list: [1, '二'], none: null })
    expect(
      await app.evaluate(function () {
        return wx.getStorageSync('date').getTime()
      }),
    ).toBe(5)
  })

  it('answers an absent key with nothing (sync) and a failure (async)', async () => {
    expect(await app.callWxMethod('getStorageSync', 'absent')).toBe('')
    await expect(app.callWxMethod('getStorage', { key: 'absent' })).rejects.toThrow('data not found')
  })

  it('refuses more than 1 MB under one key', async () => {
    await expect(
      app.evaluate(function () {
        wx.setStorageSync('big', 'x'.repeat(1048577))
      }),
    ).rejects.toThrow('setStorageSync:fail entry size limit reached')
    expect((await app.callWxMethod('getStorageInfoSync')) as unknown as object).toMatchObject({ limitSize: 10_240 })
  })
})

describe('the phone', () => {
  it('answers getSystemInfo before the call returns, and has no settings of a third-party platform', async () => {
    const [inTime, ext] = await app.evaluate(function () {
      let width = 0
      wx.getSystemInfo({
        success: function (info) {
          width = info.windowWidth
        },
      })
      return [width > 0, wx.getExtConfigSync()]
    })
    expect([inTime, ext]).toEqual([true, {}])
  })

  it('tells the app of network, theme and text size as they change', async () => {
    await app.evaluate(function () {
      getApp().heard = []
      wx.onNetworkStatusChange(function (change) {
        getApp().heard.push(change)
      })
      wx.onThemeChange(function (change) {
        getApp().heard.push(change)
      })
    })
    await phone.simulator.phone.set({ offline: true, dark: true, fontScale: 1.4 })
    expect(
      await app.evaluate(function () {
        return getApp().heard
      }),
    ).toEqual(expect.arrayContaining([{ isConnected: false, networkType: 'none' }, { theme: 'dark' }]))
    expect(await app.callWxMethod('getAppBaseInfo')).toMatchObject({
      fontSizeScaleFactor: 1.4,
      theme: 'dark',
      language: 'zh_CN',
      SDKVersion: '3.8.0',
    })
  })

  it("moves the app's clock and nobody else's", async () => {
    const day = 86_400_000
    await phone.simulator.phone.set({ clockOffsetMs: day })
    const [now, made] = (await app.evaluate(function () {
      return [Date.now(), new Date().getTime(), new Date(5) instanceof Date]
    })) as unknown as [number, number]
    expect(now - Date.now()).toBeGreaterThan(day - 60_000)
    expect(made - now).toBeLessThan(1_000)
  })

  it('gives each login a code of its own, made of the code that was set', async () => {
    const [first, second] = [await app.callWxMethod('login', {}), await app.callWxMethod('login', {})] as unknown as { code: string }[]
    expect(first!.code).toMatch(/^tester#/)
    expect(second!.code).toMatch(/^tester#/)
    expect(first!.code).not.toBe(second!.code)
  })

  it('scans the text that was set', async () => {
    await phone.simulator.phone.set({ scanText: 'https://pay.example.com/商户' })
    expect(await app.callWxMethod('scanCode', {})).toMatchObject({ result: 'https://pay.example.com/商户', scanType: 'QR_CODE' })
  })

  it('gives the file that was put into the chat, with its own name, and not one of another kind', async () => {
    await phone.simulator.phone.set({ chatFile: '名单.csv\n商户号\n1900000109\n' })
    const { tempFiles } = (await app.callWxMethod('chooseMessageFile', { count: 1, type: 'file', extension: ['csv'] })) as unknown as {
      tempFiles: { name: string; size: number; path: string }[]
    }
    expect(tempFiles).toMatchObject([{ name: '名单.csv', size: 21 }])
    const read = await app.evaluate(function (path: string) {
      return wx.getFileSystemManager().readFileSync!(path, 'utf8')
    }, tempFiles[0]!.path)
    expect(read).toBe('商户号\n1900000109\n')
    await expect(app.callWxMethod('chooseMessageFile', { extension: ['xlsx'] })).rejects.toThrow(/^cancel$/)
  })

  it('asks what to scan when nothing was set; declining is a failure', async () => {
    const scanning = app.callWxMethod('scanCode', {})
    const failed = expect(scanning).rejects.toThrow(/^cancel$/)
    await eventually('the question', async () => {
      await app.native().cancelModal()
      return true
    })
    await failed
  })
})

it('asks about subscription messages in a tap only, for three templates at most', async () => {
  const subscribe = (tmplIds: string[]) => app.callWxMethod('requestSubscribeMessage', { tmplIds })
  await expect(subscribe(['a', 'b', 'c', 'd'])).rejects.toThrow('Templates count out of max bounds')
  await expect(subscribe([])).rejects.toThrow("TmplIds can't be empty")
  await expect(subscribe(['a'])).rejects.toThrow('can only be invoked by user TAP gesture')
})

describe('where the phone is', () => {
  const ask = () => app.callWxMethod('getLocation', {})

  it('tells a place that was set, and a person who refuses is a failure', async () => {
    await phone.simulator.phone.set({ location: '39.9088,116.3974' })
    expect(await ask()).toMatchObject({ latitude: 39.9088, longitude: 116.3974, accuracy: 30 })
    await phone.simulator.phone.set({ location: 'deny' })
    await expect(ask()).rejects.toThrow(/^auth deny$/)
    expect(() => phone.simulator.phone.set({ location: 'Beijing' })).toThrow('location: "Beijing" is none; give "latitude,longitude"')
  })

  it('asks the person once, who types where they are; what is no place is asked again', async () => {
    const asking = ask()
    const dialog = phone.simulator.browserPage!.frameLocator('#frame').getByRole('dialog')
    await dialog.getByRole('textbox').fill('somewhere')
    await dialog.getByText('允许').click()
    await dialog.getByText('“somewhere”不是位置').waitFor()
    await dialog.getByRole('textbox').fill('31.2397，121.4997')
    await dialog.getByText('允许').click()
    expect(await asking).toMatchObject({ latitude: 31.2397, longitude: 121.4997 })
    expect(await ask()).toMatchObject({ latitude: 31.2397 })
    expect(await app.callWxMethod('getSetting', {})).toMatchObject({ authSetting: { 'scope.userLocation': true } })
  })

  it('lets the person choose a place, and shows one', async () => {
    const choosing = app.callWxMethod('chooseLocation', {})
    const dialogs = phone.simulator.browserPage!.frameLocator('#frame').getByRole('dialog')
    await dialogs.getByText('外滩').click()
    expect(await choosing).toMatchObject({ name: '外滩', address: '上海市黄浦区中山东一路', latitude: 31.239703 })
    await app.callWxMethod('openLocation', { latitude: 31.2, longitude: 121.4, name: '面馆', address: '中山东一路' })
    await dialogs.getByText('31.2,121.4').waitFor()
    await dialogs.getByText('知道了').click()
  })

  it('follows the phone while it is asked to', async () => {
    await phone.simulator.phone.set({ location: '30,120' })
    await app.evaluate(function () {
      const told: number[] = []
      Object.assign(wx, { told })
      const follower = wx as unknown as Record<'onLocationChange' | 'startLocationUpdate', (value: unknown) => unknown>
      follower.onLocationChange((place: { latitude: number }) => told.push(place.latitude))
      return follower.startLocationUpdate({})
    })
    await phone.simulator.phone.set({ location: '31,120' })
    await eventually('both places', async () => {
      const told = await app.evaluate(function () {
        return (wx as unknown as { told: number[] }).told
      })
      return JSON.stringify(told) === '[30,31]'
    })
  })
})

describe('who holds the phone', () => {
  it('is nobody in particular, as WeChat has told apps since 2022', async () => {
    expect(await app.callWxMethod('getUserInfo', {})).toMatchObject({ userInfo: { nickName: '微信用户', gender: 0 } })
    expect(await app.callWxMethod('getUserProfile', { desc: '用于展示' })).toMatchObject({ userInfo: { nickName: '微信用户' } })
    await expect(app.callWxMethod('getUserProfile', {})).rejects.toThrow('parameter.desc should be String')
  })
})

describe('files', () => {
  it('keeps files, folders and their sizes, and refuses what is not there', async () => {
    expect(
      await app.evaluate(function () {
        const files = wx.getFileSystemManager()
        const root = wx.env.USER_DATA_PATH
        files.mkdirSync!(root + '/a/b', true)
        files.writeFileSync!(root + '/a/b/c.txt', '店', 'utf8')
        const size = files.statSync!(root + '/a/b/c.txt').size
        const listed = files.readdirSync!(root + '/a/b')
        files.unlinkSync!(root + '/a/b/c.txt')
        let refusal = ''
        try {
          files.readFileSync!(root + '/a/b/c.txt')
        } catch (error) {
          refusal = (error as Error).message
        }
        return { size, listed, refusal }
      }),
    ).toEqual({ size: 3, listed: ['c.txt'], refusal: expect.stringContaining('readFileSync:fail no such file or directory') })
  })
})
