// The HTTP side of the backend: everything that is the same for all routes. Which there are: features.ts.
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import { watchClocks } from './platform/clock-skew.ts'
import { systemClock, type Clock } from './platform/clock.ts'
import { registerClosing } from './http/closing.ts'
import { aboutTheProcess, registerHealth } from './http/health.ts'
import { openGate, registerClientGate, type ClientGate } from './http/client-gate.ts'
import type { Context } from './platform/context.ts'
import { createCalls } from './controls/calls.ts'
import { poolUse, type Database } from './database/connection.ts'
import { createSignOfLife, type SignOfLife } from './database/sign-of-life.ts'
import { sendCacheable } from './http/etag.ts'
import { createFairLane } from './http/fair-lane.ts'
import { noLinks, type LinkCheckSettings } from './link-check/settings.ts'
import { loggableError } from './platform/loggable.ts'
import { createMetrics, type Metrics } from './platform/metrics.ts'
import { givenClasses } from './observations/classes.ts'
import { createArrivals } from './field-work/photos/arriving.ts'
import { linkKeys } from './field-work/photos/link-keys.ts'
import { localPhotoStore } from './field-work/photos/store.ts'
import { photoTurns } from './field-work/photos/upload.ts'
import { AppError } from './http/problems/app-error.ts'
import { sendProblem } from './http/problems/body.ts'
import { openApiOf } from './http/openapi-document.ts'
import { namedSchemas } from './http/openapi-names.ts'
import { registerProblems } from './http/problems/handler.ts'
import { faultyRequest, undecodablePath } from './http/problems/request-fault.ts'
import { answerUnreadable, refuseTunnels } from './http/problems/unreadable.ts'
import { validatorCompiler } from './http/problems/validator.ts'
import { createProviders, type ProviderNumber } from './company/providers.ts'
import { registerRateLimit } from './http/rate-limit.ts'
import { createReceipts } from './receipts/index.ts'
import { pagePath } from './receipts/page-routes.ts'
import { defaultReceiptSettings, type ReceiptSettings } from './receipts/settings.ts'
import { ProviderTroubleCode } from './company/staff/schema.ts'
import type { Wechat } from './wechat/code2session.ts'
import type { WechatMessages } from './wechat/messages.ts'
import type { CertificateEnd } from './wechatpay/index.ts'
import { startWorker, type Worker } from './worker.ts'
import { askedByStaff, type App } from './http/authenticated.ts'
import { countPeople, createPeople } from './http/people.ts'
import { features } from './features.ts'
import { backgroundTurns, longReadTurns, writeTurns } from './http/write.ts'
import { accessOf } from './company/sessions/service.ts'

export interface AppOptions {
  /** system time when absent */
  clock?: Clock
  /** stays the caller's: close() of the app does not end it */
  database: Database
  /** what nobody waits for is done on these connections, so that it never takes one of somebody who waits; default: the same. Stays the caller's, too */
  backgroundDatabase?: Database
  sp_mchid: string
  /** further numbers of the same provider company, each with the client of its own keys */
  furtherNumbers?: readonly ProviderNumber[]
  wechatPay: ProviderNumber['wechatPay']
  wechat: Pick<Wechat, 'code2Session'>
  /** what people allowed is sent by this; nothing is sent when absent */
  messages?: WechatMessages
  /** where photos are kept; default .data/photos */
  photoDir?: string
  /** sign links to photos: the first, all are accepted; absent: a key that is made once and kept in the database */
  photoLinkKeys?: readonly string[]
  /** questions to WeChat Pay about orders that one member of staff may ask; default 20 */
  orderQueriesPerMinute?: number
  /** which receipt links may be looked at; none when absent */
  linkCheck?: LinkCheckSettings
  /** the receipt page that customers see; the official receipt only when absent */
  receipts?: Partial<ReceiptSettings>
  /** when certificates end, for whoever watches the numbers */
  certificateEnds?: readonly (CertificateEnd & { sp_mchid: string })[]
  /** silent when absent */
  logger?: FastifyBaseLogger
  /** milliseconds that a caller waits for WeChat Pay before it gets 202; default 8,000 */
  slowCallMs?: number
  /** milliseconds of a clock that nobody sets; default performance.now */
  ticks?: () => number
  /** pause of the worker between rounds, milliseconds; null: no worker. Default 1,000 */
  workerEveryMs?: number | null
  /** milliseconds within which a request must have arrived with its body; default 30,000 */
  requestTimeoutMs?: number
  /** requests a minute for one member of staff; default 600 */
  requestsPerMinute?: number
  /** addresses of reverse proxies whose X-Forwarded-For is believed, comma separated; absent: none */
  trustProxy?: string
  /** asked at each request: which versions of the app are let in, and whether anybody is; default: everybody from 0.1.0 on */
  clientGate?: () => ClientGate
  /** answers 503 while the event loop is later than this, milliseconds; absent: never */
  overloadedAboveMs?: number
}

/** seconds */
const contractKeptFor = 300
/** milliseconds, longer than the longest answer takes */
const silentConnectionMs = 60_000
/** largest body: a visit with all its answers is far below */
const bodyLimit = 256 * 1024

export async function buildApp(options: AppOptions): Promise<App> {
  const { database, workerEveryMs = 1_000 } = options
  const app = serverOf(options)
  const metrics = createMetrics(
    ProviderTroubleCode.anyOf.map(code => code.const),
    () => poolUse(database),
  )
  for (const end of options.certificateEnds ?? []) metrics.certificateEnd(end)
  const context = contextOf(app, options, metrics)
  registerProblems(app)
  registerClosing(app)
  // an Expect that we cannot fulfil may be ignored (RFC 9110, 10.1.1); node would answer 417 without a body
  app.server.on('checkExpectation', (request, response) => void app.server.emit('request', request, response))
  refuseTunnels(app.server)
  registerRequestLog(app)
  countPeople(app, context.people, aboutTheProcess)
  registerClientGate(app, context.clock, context.clientGate)
  await app.register(swagger, { openapi: openApiHead, transform: ({ schema, url }) => ({ schema: namedSchemas(schema), url }) })
  await registerLimits(app, options)
  metrics.register(app)
  registerHealth(app, database)
  serveContract(app)
  for (const routes of features) {
    // in a plugin of their own: the hooks above, which plugins added, then hold for them
    const feature = async (scope: unknown) => {
      askedByStaff(scope as App, context)
      routes(scope as App, context)
    }
    // Fastify names a plugin so; where it finds no name, it looks through every module that is loaded
    await app.register(Object.assign(feature, { [Symbol.for('fastify.display-name')]: routes.name }))
  }
  const ofWorker = {
    ...context,
    db: options.backgroundDatabase ?? database,
    lanes: { ...context.lanes, writes: createFairLane(backgroundTurns) },
  }
  runWorker(app, ofWorker, context.life, workerEveryMs)
  app.decorate('context', context)
  return app
}

/** Fastify as every program of ours wants it: what does not arrive ends, and each answer has our shape. */
function serverOf({ logger, trustProxy, requestTimeoutMs = 30_000 }: AppOptions): App {
  const app: App = Fastify({
    ...(logger ? { loggerInstance: logger.child({}, { serializers: { err: loggableError } }) } : { logger: false }),
    bodyLimit,
    ...(trustProxy ? { trustProxy } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: request => requestIdIn(request.headers['x-request-id']) ?? randomUUID(),
    forceCloseConnections: 'idle',
    // closing.ts answers
    return503OnClosing: false,
    requestTimeout: requestTimeoutMs,
    // neither sent nor taken anything
    connectionTimeout: silentConnectionMs,
    clientErrorHandler: answerUnreadable,
    http: {
      // node would refuse by itself, without a body
      requireHostHeader: false,
      headersTimeout: requestTimeoutMs / 2,
      connectionsCheckingInterval: requestTimeoutMs / 10,
    },
    // a name of a path that is too long is refused by its schema, by field
    routerOptions: { maxParamLength: 16_384 },
    frameworkErrors: (_error, request, reply) =>
      void sendProblem(
        reply as FastifyReply,
        request as FastifyRequest,
        faultyRequest('MALFORMED_REQUEST', undecodablePath, request.headers['accept-language']),
      ),
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  // answers are built field by field; schemas describe them for the contract and the tests
  app.setSerializerCompiler(() => body => JSON.stringify(body))
  return app
}

/** What features are given: who is asked outside, what is counted, and whose turn it is. */
function contextOf(app: App, options: AppOptions, metrics: Metrics): Context {
  const { clock = systemClock, database, sp_mchid, wechatPay, wechat, slowCallMs = 8_000, clientGate = () => openGate } = options
  const providers = createProviders({ sp_mchid, wechatPay }, options.furtherNumbers)
  const linkCheck = options.linkCheck ?? noLinks
  const receipts = { clock, db: database, linkCheck, log: app.log, providers }
  const skew = watchClocks(metrics.clocks, app.log)
  for (const { wechatPay: client } of [{ wechatPay }, ...(options.furtherNumbers ?? [])])
    client.onDate?.((there, between) => skew.note('wechatpay', there, between, 1))
  const life = createSignOfLife(database)
  const context: Context = {
    access: accessOf({ clock, db: database, providers, sp_mchid }),
    clock,
    skew,
    db: database,
    sp_mchid,
    providers,
    wechat,
    messages: options.messages ?? null,
    life,
    payCalls: metrics.payCalls,
    photos: {
      store: localPhotoStore(options.photoDir ?? '.data/photos'),
      arriving: createArrivals(photoTurns),
      lane: createFairLane(photoTurns),
      linkKeys: linkKeys(options.photoLinkKeys ?? []),
    },
    lanes: { writes: createFairLane(writeTurns), longReads: createFairLane(longReadTurns) },
    people: createPeople(database),
    linkCheck,
    receipts: createReceipts(receipts, { ...defaultReceiptSettings, ...options.receipts }, metrics.receipts),
    clientGate,
    orderQueriesPerMinute: options.orderQueriesPerMinute ?? 20,
    log: app.log,
    slowCallMs,
    notAuthentic: new Map(),
    calls: createCalls({ clock, life, ticks: options.ticks ?? (() => performance.now()) }),
    inFlight: new Map(),
    readinessRuns: new Map(),
  }
  for (const number of providers.numbers) providers.of(number).wechatPay.classifyBy?.(givenClasses(context, sp_mchid, providers.numbers))
  return context
}

const requestIdIn = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && /^[\w.-]{8,64}$/.test(header) ? header : undefined

/** One line for each answer, with the route and never the URL: a search text must not reach a log. */
function registerRequestLog(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const ms = Math.round(reply.elapsedTime)
    request.log.info({ method, route: request.routeOptions.url, status: reply.statusCode, ms, staff: request.caller?.staff_id }, 'answered')
  })
  app.decorateRequest('caller', null as never)
  app.decorateRequest('remembered', null)
  app.decorate('requirements', new Map())
}

async function registerLimits(app: App, { requestsPerMinute = 600, overloadedAboveMs }: AppOptions): Promise<void> {
  await registerRateLimit(app, requestsPerMinute)
  if (overloadedAboveMs === undefined) return
  await app.register(underPressure, {
    maxEventLoopDelay: overloadedAboveMs,
    pressureHandler: request => {
      // the page that customers see is the same for all and made already; without it they would see an error
      if (request.routeOptions.url === pagePath || aboutTheProcess.includes(request.routeOptions.url ?? '')) return
      throw new AppError('OVERLOADED', { retry_after: 5 })
    },
  })
}

/** What this very program takes and answers, for whoever writes against it. It names no provider and no shop, so nobody has to log in. */
function serveContract(app: App): void {
  let document: object | undefined
  app.get('/openapi.json', { schema: { hide: true } as object }, async (request, reply) => {
    // the whole of it is walked once
    document ??= openApiOf(app)
    return sendCacheable(request, reply, document, contractKeptFor, 'public')
  })
}

/** From the moment the app listens; close() waits for its round and for calls whose callers no longer wait. */
function runWorker(app: App, context: Context, life: SignOfLife, everyMs: number | null): void {
  let worker: Worker | undefined
  app.addHook('onListen', async () => {
    if (everyMs !== null) worker = startWorker(context, everyMs)
  })
  app.addHook('onClose', async () => {
    await worker?.stop()
    await Promise.all(context.inFlight.values())
    await context.photos.lane.close()
    await context.receipts.settle()
    await life.stop()
  })
}

declare module 'fastify' {
  interface FastifyInstance {
    /** for programs that do the backend's work without HTTP */
    context: Context
  }
}

const openApiHead = {
  openapi: '3.1.0',
  info: {
    title: '点金助手 provider backend',
    version: '1.0.0',
    description:
      'Field companion of a WeChat Pay service provider. Errors are application/problem+json; switch on `code`. Writes need Idempotency-Key, controls also If-Match.',
  },
  components: { securitySchemes: { bearer: { type: 'http' as const, scheme: 'bearer', description: 'token of POST /v1/sessions' } } },
}
