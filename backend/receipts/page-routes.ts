// What customers' phones ask: the page, its content, its beacon. Nobody is logged in; no answer of these is ever an error that a customer could see.
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { takesGzip } from '../http/gzip.ts'
import type { Routes } from '../http/authenticated.ts'
import { makePage } from './page.ts'
import { addressOf } from '../http/rate-limit.ts'
import { Allowance, Recent } from '../platform/recent.ts'

/** `pagePath` is entered in WeChat's console, perhaps behind a folder of a proxy: the page asks for what is beside it. */
export const pagePath = '/receipt'
/** beside the page */
const folder = pagePath.slice(0, pagePath.lastIndexOf('/') + 1)

const Beacon = Type.Object({
  load: Type.String({ maxLength: 1_000 }),
  ready_ms: Type.Integer({ minimum: 0, maximum: 600_000 }),
  displayed: Type.Union([Type.Literal('merchant'), Type.Literal('official')]),
})

/** of one process; requests above it get the official receipt without any look-up */
const loadsPerSecond = 500
/** of these from one address: more than the customers of one mobile network need, and less than the limit of all */
const loadsOfAddress = 100
const mostAddresses = 5_000

export const receiptPageRoutes: Routes = (app, context) => {
  const { settings, loads, tokens, ledger } = context.receipts
  const page = makePage(settings)
  const allowance = new Allowance(loadsPerSecond)
  const ofAddress = new Recent<Allowance>(mostAddresses)
  const admits = (request: FastifyRequest): boolean => {
    const address = addressOf(request)
    const own = ofAddress.get(address) ?? new Allowance(loadsOfAddress)
    ofAddress.set(address, own, 60_000)
    return own.take() && allowance.take()
  }
  // one address of a mobile network is thousands of customers
  const open = { config: { open: true, rateLimit: false as const } }
  const hidden = { hide: true } as object

  // whatever else the query holds: a link may have a query of its own
  app.get(pagePath, { ...open, schema: hidden }, async (request, reply) => {
    // its failures are those of the question for the content, which tells of them
    if (admits(request)) void loads.warm(request.query as Record<string, unknown>).catch(() => {})
    void reply.headers(page.headers).serializer(asIs)
    if (!takesGzip(request.headers['accept-encoding'])) return reply.send(page.html)
    return reply.header('content-encoding', 'gzip').send(page.gzipped)
  })

  // WeChat's console asks for it before it takes the link
  const { verificationFile, verificationContent } = context.linkCheck
  if (verificationFile !== null && verificationContent !== undefined)
    app.get(`${folder}${verificationFile}`, { ...open, schema: hidden }, async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').serializer(asIs).send(verificationContent),
    )

  app.get(`${pagePath}/content`, { ...open, schema: hidden }, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    if (!admits(request)) return { outcome: 'official', load: null }
    return loads.answer(request.query as Record<string, unknown>)
  })

  app.post(`${pagePath}/beacon`, { ...open, bodyLimit: 2_048, schema: { ...hidden, body: Beacon } }, async (request, reply) => {
    const { load, ready_ms, displayed } = request.body
    const known = tokens.read(load)
    if (known) ledger.ready(known.id, known.ticket, ready_ms, displayed)
    // the same for one that is not believed
    return reply.code(204).send()
  })
}

const asIs = (body: unknown) => body as string
