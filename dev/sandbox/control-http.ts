// The control object over HTTP, below /control. Loopback only, and only pages of this machine may call it from a browser.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SandboxControl } from './control.ts'
import { isLoopbackHost } from '../../backend/platform/loopback.ts'
import type { BillChange } from './bills.ts'
import type { MerchantChange } from './memory.ts'
import type { MessageTrouble } from './messages.ts'
import type { OrderChange } from './orders.ts'
import type { createPanel } from './panel.ts'

interface Match {
  method: string
  path: string
  body: Record<string, unknown>
}

export const createControlHttp = (control: SandboxControl, panel: ReturnType<typeof createPanel>) => {
  const answer = ({ method, path, body }: Match): unknown => {
    const call = `${method} ${path}`
    const merchant = /^\/merchants\/(\d{8,10})$/.exec(path)?.[1]
    const order = /^\/orders\/([0-9A-Za-z_|*@-]{6,32})$/.exec(path)?.[1]
    const bill = /^\/bills\/(\d{4}-\d{2}-\d{2})$/.exec(path)?.[1]
    const panelControl = /^\/panel\/([a-z0-9_]+)$/.exec(path)?.[1]
    if (call === 'GET /panel') return panel.show()
    if (method === 'POST' && panelControl) return panel.operate(panelControl, String(body.value ?? ''))
    if (merchant && method === 'GET') return { ...control.merchant(merchant), closed_at: control.ledger(merchant).closed_at }
    if (merchant && method === 'PUT') {
      control.setMerchant(merchant, body as MerchantChange)
      return control.merchant(merchant)
    }
    if (order && (method === 'GET' || method === 'PUT')) {
      if (method === 'PUT') control.setOrder(order, body as unknown as OrderChange)
      return control.order(order)
    }
    if (bill && (method === 'GET' || method === 'PUT')) {
      if (method === 'PUT') control.setBill(bill, body as BillChange)
      return control.bill(bill) ?? { payments: [] }
    }
    if (call === 'PUT /merchants') {
      control.setMerchants(body as Record<string, MerchantChange>)
      return { merchants: Object.keys(body).length }
    }
    if (path === '/provider' && (method === 'GET' || method === 'PUT')) {
      if (method === 'PUT') control.setProvider(body)
      return control.provider()
    }
    if (path === '/wechat' && (method === 'GET' || method === 'PUT')) {
      if (method === 'PUT') control.setWechat(body)
      return control.wechat()
    }
    if (path === '/messages' && (method === 'GET' || method === 'PUT' || method === 'DELETE')) {
      if (method === 'PUT') control.messages.arrange(body as unknown as MessageTrouble)
      if (method === 'DELETE') control.messages.forget()
      return { items: control.messages.sent() }
    }
    if (path === '/requests' && (method === 'GET' || method === 'DELETE')) {
      if (method === 'DELETE') control.forgetRequests()
      return { items: control.requests() }
    }
    if (path === '/clock' && (method === 'GET' || method === 'POST')) {
      if (method === 'POST') moveClock(control, body)
      return { now: control.clock.now().toISOString(), offset_ms: control.clock.offset() }
    }
    return undefined
  }

  return (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const send = (status: number, value: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
        .end(JSON.stringify(value))
    // A page from elsewhere that a browser here has open must not reach the controls, nor a name that was made to point here.
    const { host = '', origin } = request.headers
    const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '')
    if (!isLoopbackHost(hostOf(`http://${host}`)) || (origin !== undefined && !isLoopbackHost(hostOf(origin)))) {
      return void send(403, { error: 'the controls answer pages of this machine only' })
    }
    if (origin !== undefined) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-allow-methods', 'GET, PUT, POST, DELETE')
      response.setHeader('access-control-allow-headers', 'content-type')
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    try {
      const parsed = body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>)
      const path = new URL(request.url ?? '', 'http://sandbox').pathname.slice('/control'.length)
      const value = answer({ method: request.method ?? '', path, body: parsed })
      if (value === undefined) send(404, { error: `no control at ${request.method} ${path}` })
      else send(200, value)
    } catch (error) {
      send(400, { error: (error as Error).message })
    }
  }
}

/** `{advance_ms}`, `{set: ISO 8601}` or `{reset: true}` */
const moveClock = ({ clock }: SandboxControl, body: Record<string, unknown>) => {
  if (typeof body.advance_ms === 'number') clock.advance(body.advance_ms)
  else if (typeof body.set === 'string') clock.set(new Date(body.set))
  else if (body.reset === true) clock.reset()
  else throw new RangeError('give advance_ms, set or reset')
}
