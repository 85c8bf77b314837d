// The simulator as one server on loopback: the phone page, the frame with the app, the proxy for its requests, and the automation port.
import Fastify, { type FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { WebSocketServer } from 'ws'
import { startAutomation } from './automation/server.ts'
import { launchBrowser } from './browser.ts'
import type { compileProject } from './compiler/index.ts'
import { bundle, fontFile, fontStyles, frameDocument, pageFile } from './phone/bundles.ts'
import { Companion } from './phone/companion.ts'
import { screenLook } from './phone/devices.ts'
import { comesFromHere } from './phone/guard.ts'
import { FrameHub } from './phone/hub.ts'
import { formatDiagnostic } from './phone/diagnostic-line.ts'
import { Project } from './phone/project.ts'
import { proxy } from './phone/proxy.ts'
import { relay } from './phone/socket-relay.ts'
import { readSettings, type PhoneSettings } from './phone/settings.ts'
import type { LogEntry } from './phone/messages.ts'
import type { Diagnostic } from './runtime/contract.ts'
import { pack, unpack, type ProxyRequest } from './wx/envelope.ts'

const BODY_LIMIT = 64 * 1_048_576
/** px of page.css: the panel at its widest, the phone's case and what is kept free around it */
const ROOM_AROUND = 60
const ROOM_BESIDE = 460 + ROOM_AROUND

export interface SimulatorOptions {
  /** folder with project.config.json or app.json */
  project: string
  /** 0: any free one */
  port: number
  /** 0: any free one */
  automationPort: number
  /** address of companion controls (phone/companion.ts) */
  controls?: string
  /** origin → origin, where wx.request really goes */
  hostMap?: Record<string, string>
  /** domains that wx.request may name besides loopback and hostMap's; `*` for all */
  allowedHosts?: string[]
  /** opens the phone page in a Chromium of its own */
  headless?: boolean
  /** warnings of the build count as errors */
  strict?: boolean
  /** false: leave Chinese to the machine's fonts */
  fonts?: boolean
  /** build again when the folder changes; default true */
  watch?: boolean
  /** in the place of the compiler: where many run the same folder, one that remembers */
  compile?: typeof compileProject
  /** each line for the terminal: diagnostics and what goes wrong later */
  print?: (line: string) => void
  /** a client of the automation port closed the app; by default the simulator stays, so that the next test finds it */
  onToolClose?: () => void
}

export interface Simulator {
  url: string
  automationUrl: string
  phone: {
    get(): PhoneSettings
    /** resolves when the app shows the change */
    set(change: Partial<PhoneSettings>): Promise<PhoneSettings>
    /** What waiting so many milliseconds would bring, at once: the clock goes on, and timers that are due go off, each at its own moment. */
    pass(ms: number): Promise<void>
    /** From now on waits of so many milliseconds and more end only by `pass`, until this is called with null or the app starts anew. */
    still(from: number | null): Promise<void>
    /** what the app asked and where it went, newest last */
    log(): readonly LogEntry[]
  }
  /** Opens the app anew on every phone, as a person does; storage stays. Resolves when it runs again. */
  restart(): Promise<void>
  /** of the last build; with any of severity error the app does not run */
  readonly diagnostics: Diagnostic[]
  /** the phone page in the simulator's own Chromium, to draw and measure what is shown (the app is its frame `/frame/`); undefined unless headless */
  readonly browserPage: Page | undefined
  close(): Promise<void>
}

/** @throws Error code EADDRINUSE for a taken port; Error when the folder holds no mini program or no browser is found */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const print = options.print ?? (() => {})
  const project = new Project(options.project, options.strict, options.compile)
  await project.build()
  const report = () => project.diagnostics.forEach(diagnostic => print(formatDiagnostic(diagnostic)))
  report()

  const hub = new FrameHub(
    () => project.facts,
    () => project.diagnostics,
    options.controls !== undefined,
  )
  const companion = options.controls === undefined ? undefined : new Companion(options.controls, change => hub.apply(change))
  const server = Fastify({ logger: false, bodyLimit: BODY_LIMIT, forceCloseConnections: true })
  addGuard(server)
  addPages(server, project, options.fonts !== false)
  addPhone(server, hub, companion)
  const rules = () => ({
    allowedHosts: project.checksDomains ? (options.allowedHosts ?? []) : ['*'],
    hostMap: options.hostMap ?? {},
    appid: project.facts.appid,
  })
  addProxy(server, rules)
  addImages(server, rules, hub)
  const sockets = addSockets(server, hub, rules)

  let automation: Awaited<ReturnType<typeof startAutomation>> | undefined
  let browser: Browser | undefined
  const close = async () => {
    project.close()
    await browser?.close()
    await automation?.close()
    for (const socket of sockets.clients) socket.terminate()
    await server.close()
  }
  try {
    const url = await server.listen({ host: '127.0.0.1', port: options.port })
    let page: Page | undefined
    automation = await startAutomation({
      port: options.automationPort,
      hub,
      screenshot: () => screenshot(page),
      print,
      closed: options.onToolClose ?? (() => {}),
    })
    if (companion) await companion.read().catch((error: Error) => print(error.message))
    if (options.headless) {
      browser = await launchBrowser()
      page = await browser.newPage({ viewport: windowFor(hub.current), deviceScaleFactor: 2, locale: 'zh-CN' })
      const opened = page
      hub.onApply = settings => opened.setViewportSize(windowFor(settings))
      await page.goto(url)
    }
    if (options.watch !== false) {
      const rebuilt = () => {
        report()
        hub.rebuilt()
      }
      project.watch(rebuilt, error => print(error.message))
    }
    return {
      url,
      automationUrl: `ws://127.0.0.1:${automation.port}`,
      phone: {
        get: () => hub.current,
        set: change => hub.apply(readSettings(change)),
        pass: ms => hub.pass(ms),
        still: from => hub.still(from),
        log: () => hub.logged,
      },
      restart: () => hub.restart(),
      get diagnostics() {
        return project.diagnostics
      },
      browserPage: page,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** A window in which the whole phone is drawn in its own size, beside the panel. */
function windowFor(settings: PhoneSettings): { width: number; height: number } {
  const look = screenLook(settings, { resizable: true, pageOrientation: 'auto' })
  return { width: Math.max(1_180, look.width + ROOM_BESIDE), height: Math.max(900, look.height + ROOM_AROUND) }
}

async function screenshot(page: Page | undefined): Promise<string> {
  if (!page) throw new Error('App.captureScreenshot is not supported by the simulator unless it is started headless (HEADLESS=1)')
  // text waits for its font
  await Promise.all(page.frames().map(frame => frame.evaluate(() => document.fonts.ready.then(() => true))))
  const clip = (await page.locator('#screen').boundingBox())!
  return (await page.screenshot({ clip })).toString('base64')
}

function addGuard(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!comesFromHere(request.raw)) return reply.code(403).send({ message: 'the simulator answers this machine only, by its own address' })
  })
}

function addPages(server: FastifyInstance, project: Project, fonts: boolean): void {
  const serve = (path: string, type: string, content: () => string | Promise<string>) =>
    server.get(path, async (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header('cache-control', 'no-store')
        .send(await content()),
    )
  serve('/', 'text/html', () => pageFile('page.html'))
  serve('/__page.css', 'text/css', () => pageFile('page.css'))
  serve('/__page.js', 'text/javascript', () => bundle('page.ts'))
  serve('/frame/', 'text/html', () => frameDocument(fonts))
  serve('/__frame.js', 'text/javascript', () => bundle('frame.ts'))
  serve('/__project.js', 'text/javascript', () => project.script)
  serve('/__fonts.css', 'text/css', () => (fonts ? fontStyles() : ''))
  server.get<{ Params: { name: string } }>('/__fonts/:name', async (request, reply) => {
    const file = await fontFile(request.params.name)
    if (!file) return reply.code(404).send()
    return reply.type('font/woff2').header('cache-control', 'max-age=86400').send(file)
  })
  server.get<{ Params: { '*': string } }>('/__media/*', async (request, reply) => {
    const file = await project.mediaFile(request.params['*'])
    if (!file) return reply.code(404).send()
    return reply.type(file.type).header('cache-control', 'no-store').send(file.content)
  })
  server.get('/favicon.ico', async (_request, reply) => reply.code(204).send())
}

function addPhone(server: FastifyInstance, hub: FrameHub, companion: Companion | undefined): void {
  server.get('/__phone', async () => hub.current)
  server.post('/__phone', async (request, reply) => {
    let change: Partial<PhoneSettings>
    try {
      change = readSettings(request.body)
    } catch (error) {
      return reply.code(400).send({ message: (error as Error).message })
    }
    return hub.apply(change)
  })
  server.get('/__log', async () => hub.logged)
  const answer = async (ask: () => Promise<unknown>, reply: { code(status: number): { send(body: unknown): unknown } }) => {
    try {
      return await ask()
    } catch (error) {
      return reply.code(502).send({ message: (error as Error).message })
    }
  }
  server.get('/__controls', (_request, reply) => (companion ? answer(() => companion.read(), reply) : { controls: [] }))
  server.post<{ Params: { id: string }; Body: { value?: unknown } }>('/__controls/:id', (request, reply) =>
    companion
      ? answer(() => companion.set(request.params.id, request.body?.value), reply)
      : reply.code(404).send({ message: 'no controls were given' }),
  )
}

function addProxy(server: FastifyInstance, rules: () => Parameters<typeof proxy>[2]): void {
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.post<{ Body: Buffer }>('/__proxy', async (request, reply) => {
    const { head, body } = unpack<ProxyRequest>(request.body)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const answer = await proxy(head, body, rules(), gone.signal)
    return reply.type('application/octet-stream').send(Buffer.from(pack(answer.head, answer.body)))
  })
}

/** Pictures from loopback and mapped addresses, which the browser would ask for elsewhere or on while the phone is offline. */
function addImages(server: FastifyInstance, rules: () => Parameters<typeof proxy>[2], hub: FrameHub): void {
  server.get<{ Querystring: { url?: string } }>('/__image', async (request, reply) => {
    if (hub.current.offline) return reply.code(504).send({ message: 'the phone is offline' })
    const { head, body } = await proxy(
      { url: request.query.url ?? '', method: 'GET', header: {} },
      new Uint8Array(),
      rules(),
      new AbortController().signal,
    )
    if ('failure' in head) return reply.code(502).send({ message: head.failure.why })
    const type = Object.entries(head.header).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
    if (head.statusCode !== 200 || !type.startsWith('image/')) return reply.code(404).send({ message: 'no picture' })
    return reply.type(type).header('cache-control', 'no-store').send(Buffer.from(body))
  })
}

function addSockets(server: FastifyInstance, hub: FrameHub, rules: () => Parameters<typeof proxy>[2]): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT })
  server.server.on('upgrade', (request, socket, head) => {
    const path = new URL(request.url ?? '/', 'http://invalid').pathname
    if (!comesFromHere(request) || !['/__frame', '/__page', '/__socket'].includes(path)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, opened => {
      opened.on('error', () => opened.terminate())
      if (path === '/__frame') hub.addFrame(opened)
      else if (path === '/__page') hub.addPhonePage(opened)
      else relay(opened, rules)
    })
  })
  return sockets
}
