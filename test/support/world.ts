// Everything that a member of staff's day needs, on free ports: database with demo data, sandbox, backend, the app in a real Chromium. Real HTTP
// between all of them; only time is set.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyRequest } from 'fastify'
import { pino } from 'pino'
import { buildApp } from '../../backend/app.ts'
import { openGate, type ClientGate } from '../../backend/http/client-gate.ts'
import type { Context } from '../../backend/platform/context.ts'
import { fileClock, type Clock } from '../../backend/platform/clock.ts'
import { connect, type Database } from '../../backend/database/connection.ts'
import { putDemoPhotos } from '../../dev/demo/fill-visits.ts'
import { provider } from '../../dev/demo/organisation.ts'
import { wechatSideOfDemo } from '../../dev/demo/wechat-side.ts'
import { localPhotoStore } from '../../backend/field-work/photos/store.ts'
import { startSandbox, type Sandbox } from '../../dev/sandbox/index.ts'
import { createWechatMessages } from '../../backend/wechat/messages.ts'
import { createWechat } from '../../backend/wechat/code2session.ts'
import { createWechatPay } from '../../backend/wechatpay/index.ts'
import { startSimulator, type Simulator } from '../../simulator/server.ts'
import { compileOnce } from './compile-once.ts'
import { eventually } from './eventually.ts'
import { createTestDatabase, DEMO_MOMENT, type TestDatabase } from './database.ts'
import { StaffPhone } from './staff-phone.ts'
import { authorities, host, openZoo, type Zoo } from '../backend/link-check/zoo.ts'

/** marks requests that a test makes itself */
const BESIDE = 'x-beside-the-phone'
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

export interface World {
  phone: StaffPhone
  simulator: Simulator
  sandbox: Sandbox
  clock: Clock
  database: Database
  /** what jobs of the worker are given: those that come each minute are run by a test that cannot wait for it */
  context: Context
  /** for commands that are run beside the backend, as on its server */
  databaseUrls: { url: string; ownerUrl: string }
  /** a statement that only the owner of the tables may run */
  asOwner(statement: string): Promise<void>
  /** where the backend listens */
  backendUrl: string
  /** the provider's receipt page on a server of this machine; only where it was asked for */
  receiptSite: Zoo
  /** moves the time of everybody: backend, WeChat's side and the phone */
  advance(milliseconds: number): Promise<void>
  /**
   * Moves the time of everybody as `advance`, and what is due on the phone until then is done: what waiting would bring, without the waiting. Resolves
   * when the backend has answered all that the phone asked, but for what is held.
   */
  pass(milliseconds: number): Promise<void>
  /**
   * While this is done, waits of `from` milliseconds and more (default: a second) end on the phone only by `pass`: the five seconds in which something can
   * be taken back are five seconds of the phone, also where the machine is busy.
   */
  whileTimeStands<T>(act: () => Promise<T>, from?: number): Promise<T>
  /** the role that wx.login answers with next */
  loginAs(role: 'field_agent' | 'region_lead' | 'operator' | 'auditor' | 'admin' | 'unbound'): Promise<void>
  /** a request to the backend as that role, beside the phone */
  request(role: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** what the app asked of the backend since forgetRequests, oldest first; `of` keeps those whose `GET /v1/me` matches */
  requests(of?: RegExp): SeenRequest[]
  forgetRequests(): void
  /** the next request of the app that matches never arrives: its connection is cut before the backend looks at it */
  cutNext(request: RegExp): void
  /** from now on requests of the app that match are cut, until the function that it returns is called */
  cutEvery(request: RegExp): () => void
  /** from now on requests of the app that match wait, until the function that it returns is called */
  hold(request: RegExp): () => void
  /** from now on what the app is answered to requests that match is held on its way back, when all is done, until the function that it returns is called */
  holdAnswers(request: RegExp): () => void
  /** from now on what the app is answered to requests that match is changed so, until the function that it returns is called */
  alter(request: RegExp, change: (body: Record<string, unknown>) => object): () => void
  /** which versions of the app the backend lets in, and whether it is maintained */
  gate: ClientGate
  close(): Promise<void>
}

interface SeenRequest {
  /** `GET /v1/me` */
  line: string
  headers: Record<string, string | string[] | undefined>
  body: unknown
}

export interface WorldOptions {
  /** default true: a Chromium with the app; false: only the server side */
  headless?: boolean
  /** of one member of staff; default as in production */
  requestsPerMinute?: number
  /** default false; true: the registered receipt link leads to `receiptSite`, which the link check may then visit */
  receiptSite?: boolean
  /** pause of the worker between rounds, milliseconds; default as in production */
  workerEveryMs?: number
}

/** A public name that leads to this machine: nothing but a test's own reach allows that (backend/link-check/settings.ts). */
async function openReceiptSite() {
  const zoo = await openZoo()
  const reach = {
    resolve: async () => ['127.0.0.1'],
    mayVisit: (address: string) => address === '127.0.0.1',
    ports: [zoo.port],
    roots: [authorities.root.certificate],
  }
  const link = `https://${host}:${zoo.port}/receipt`
  return { zoo, settings: { link, hosts: [host], verificationFile: null, perMinute: 50, reach } }
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-world-'))
  const clockFile = join(folder, 'clock')
  const clock = fileClock(clockFile)
  const testDatabase: TestDatabase = await createTestDatabase({ demo: true })
  const database = connect(testDatabase.url)
  const photoDir = join(folder, 'photos')
  await putDemoPhotos(localPhotoStore(photoDir))
  const sandbox = await startSandbox({ spMchid: provider.sp_mchid, clockFile })
  sandbox.control.clock.set(DEMO_MOMENT)
  sandbox.control.setMerchants(wechatSideOfDemo(clock.now()) as Parameters<typeof sandbox.control.setMerchants>[0])
  const environment = sandbox.environment()
  const site = options.receiptSite ? await openReceiptSite() : undefined
  const gate: ClientGate = { ...openGate }
  const app = await buildApp({
    clock,
    clientGate: () => gate,
    database,
    sp_mchid: provider.sp_mchid,
    photoDir,
    ...(site && { linkCheck: site.settings }),
    ...(options.requestsPerMinute ? { requestsPerMinute: options.requestsPerMinute } : {}),
    ...(options.workerEveryMs ? { workerEveryMs: options.workerEveryMs } : {}),
    ...(process.env.TEST_LOG ? { logger: pino({ level: 'warn' }) } : {}),
    wechatPay: createWechatPay(sandbox.wechatPayConfig()),
    wechat: createWechat({
      baseUrl: environment.WECHAT_BASE_URL!,
      appid: environment.WECHAT_APPID!,
      secret: environment.WECHAT_APP_SECRET!,
    }),
    messages: createWechatMessages({
      baseUrl: environment.WECHAT_BASE_URL!,
      appid: environment.WECHAT_APPID!,
      secret: environment.WECHAT_APP_SECRET!,
    }),
  })
  const seen: SeenRequest[] = []
  const cuts: RegExp[] = []
  const cutAlways = new Set<RegExp>()
  const held = new Map<RegExp, Promise<void>>()
  const answersHeld = new Map<RegExp, Promise<void>>()
  const altered = new Map<RegExp, (body: Record<string, unknown>) => object>()
  const underWay = new Set<FastifyRequest>()
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers[BESIDE] !== undefined) return
    const line = `${request.method} ${request.url}`
    for (const [waits, released] of held) if (waits.test(line)) await released
    underWay.add(request)
    reply.raw.once('close', () => underWay.delete(request))
    const at = cuts.findIndex(cut => cut.test(line))
    if (at >= 0) cuts.splice(at, 1)
    else if (![...cutAlways].some(cut => cut.test(line))) return
    reply.hijack()
    request.raw.destroy()
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.headers[BESIDE] !== undefined) return payload
    const line = `${request.method} ${request.url}`
    for (const [waits, released] of answersHeld) if (waits.test(line)) await released
    const change = [...altered].find(([of]) => of.test(line))?.[1]
    if (change === undefined || typeof payload !== 'string' || reply.statusCode !== 200) return payload
    const body = JSON.stringify(change(JSON.parse(payload) as Record<string, unknown>))
    void reply.header('content-length', Buffer.byteLength(body))
    return body
  })
  app.addHook('preHandler', async request => {
    if (request.headers[BESIDE] === undefined)
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: request.body })
  })
  const backendUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  const simulator = await startSimulator({
    project: root,
    strict: true,
    port: 0,
    automationPort: 0,
    controls: `${sandbox.controlUrl}/panel`,
    hostMap: { 'http://127.0.0.1:8787': backendUrl },
    headless: options.headless !== false,
    watch: false,
    compile: compileOnce,
    print: line => console.error(line),
  })
  const followClock = () => simulator.phone.set({ clockOffsetMs: clock.now().getTime() - Date.now() })
  await followClock()
  const phone = options.headless === false ? undefined : await StaffPhone.connect(simulator.automationUrl)

  const tokens = new Map<string, string>()
  const tokenOf = async (role: string) => {
    const known = tokens.get(role)
    if (known) return known
    const answer = await fetch(`${backendUrl}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [BESIDE]: '1' },
      body: JSON.stringify({ code: `demo-${role}` }),
    })
    const { token } = (await answer.json()) as { token?: string }
    if (!token) throw new Error(`${role} could not log in: ${answer.status}`)
    tokens.set(role, token)
    return token
  }

  return {
    get phone() {
      if (!phone) throw new Error('this world has no phone')
      return phone
    },
    get receiptSite() {
      if (!site) throw new Error('this world has no receipt site')
      return site.zoo
    },
    gate,
    simulator,
    sandbox,
    clock,
    database,
    context: app.context,
    databaseUrls: { url: testDatabase.url, ownerUrl: testDatabase.ownerUrl },
    asOwner: testDatabase.asOwner,
    backendUrl,
    async advance(milliseconds) {
      sandbox.control.clock.advance(milliseconds)
      await followClock()
    },
    async pass(milliseconds) {
      sandbox.control.clock.advance(milliseconds)
      await simulator.phone.pass(milliseconds)
      // what the phone has asked is with the backend before what it asks now; offline it asks nothing
      const last = { url: 'http://127.0.0.1:8787/healthz', header: { [BESIDE]: '1' } }
      if (phone && !simulator.phone.get().offline) await phone.miniProgram.callWxMethod('request', last)
      await eventually('the answers', () => underWay.size === 0)
    },
    async whileTimeStands(act, from = 1_000) {
      await simulator.phone.still(from)
      try {
        return await act()
      } finally {
        await simulator.phone.still(null)
      }
    },
    async loginAs(role) {
      await simulator.phone.set({ loginCode: `demo-${role}` })
    },
    async request(role, method, path, body, headers = {}) {
      return fetch(backendUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(role)}`,
          [BESIDE]: '1',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    },
    requests: (of = /./) => seen.filter(({ line }) => of.test(line)),
    forgetRequests() {
      seen.length = 0
    },
    cutNext(request) {
      cuts.push(request)
    },
    cutEvery(request) {
      cutAlways.add(request)
      return () => void cutAlways.delete(request)
    },
    hold(request) {
      let release = () => {}
      held.set(request, new Promise(done => (release = done)))
      return () => {
        held.delete(request)
        release()
      }
    },
    holdAnswers(request) {
      let release = () => {}
      answersHeld.set(request, new Promise(done => (release = done)))
      return () => {
        answersHeld.delete(request)
        release()
      }
    },
    alter(request, change) {
      altered.set(request, change)
      return () => void altered.delete(request)
    },
    async close() {
      phone?.disconnect()
      await simulator.close()
      await app.close()
      await database.destroy()
      await sandbox.close()
      await site?.zoo.close()
      await testDatabase.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
