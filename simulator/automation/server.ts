// The automation port: miniprogram-automator and the like connect here. Tool.* is answered here, the rest goes to the phone's frame.
import { WebSocketServer, type WebSocket } from 'ws'
import { SDK_VERSION } from '../wx/sdk-version.ts'
import type { FrameHub } from '../phone/hub.ts'

interface WireRequest {
  id: string
  method: string
  params?: Record<string, unknown>
}

export interface AutomationParts {
  port: number
  hub: FrameHub
  /** base64 PNG of the phone's screen */
  screenshot(): Promise<string>
  /** what the client makes a silent null of is said here */
  print(line: string): void
  /** Tool.close: the client is done with the phone */
  closed(): void
}

/** The client answers null whatever is wrong with the selector. */
const SILENT = /^(Page|Element)\.getElement(ByXpath)?$/

const lacking = (method: string, why: string) => {
  throw new Error(`${method} is not supported by the simulator: ${why}`)
}

function readRequest(frame: string): WireRequest | undefined {
  try {
    const request = JSON.parse(frame) as WireRequest | null
    return typeof request?.method === 'string' ? request : undefined
  } catch {
    return undefined
  }
}

const isLoopback = (origin: string) => /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(origin)

/**
 * @returns when the port listens
 * @throws the server's own error, e.g. code EADDRINUSE
 */
export async function startAutomation({
  port,
  hub,
  screenshot,
  print,
  closed,
}: AutomationParts): Promise<{ port: number; close(): Promise<void> }> {
  const here: Record<string, (params: Record<string, unknown>) => unknown> = {
    'Tool.getInfo': () => ({ SDKVersion: SDK_VERSION }),
    // after the reply, which the client waits for
    'Tool.close': () => void setImmediate(closed),
    'Tool.getTestAccounts': () => ({ accounts: [] }),
    'Tool.enableRemoteDebug': () => lacking('Tool.enableRemoteDebug', 'there is no real device behind it'),
    'Tool.stopAudits': () => lacking('Tool.stopAudits', 'audits belong to WeChat DevTools'),
    'Tool.getTicket': () => lacking('Tool.getTicket', 'nobody is logged in'),
    'Tool.setTicket': () => lacking('Tool.setTicket', 'nobody is logged in'),
    'Tool.refreshTicket': () => lacking('Tool.refreshTicket', 'nobody is logged in'),
    'Tool.native': params => hub.request('Phone.native', params),
    'App.captureScreenshot': async () => ({ data: await screenshot() }),
  }

  const answer = async ({ method, params = {} }: WireRequest): Promise<unknown> => {
    const own = Object.hasOwn(here, method) ? here[method] : undefined
    if (own) return (await own(params)) ?? {}
    if (method.startsWith('Tool.')) return lacking(method, 'it is unknown')
    return hub.request(method, params)
  }

  const server = new WebSocketServer({
    host: '127.0.0.1',
    port,
    // programs send no Origin; a page of some web site does, and may not drive the phone
    verifyClient: ({ origin }: { origin?: string }) => !origin || isLoopback(origin),
  })
  await new Promise<void>((done, fail) => {
    server.once('listening', done)
    server.once('error', fail)
  })
  const send = (socket: WebSocket, message: object) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message))
  server.on('connection', socket => {
    socket.on('error', () => socket.terminate())
    socket.on('message', async frame => {
      const request = readRequest(String(frame))
      // without an id there is nobody to tell; DevTools drops such a frame as well
      if (!request) return
      try {
        send(socket, { id: request.id, result: await answer(request) })
      } catch (error) {
        const { message } = error as Error
        if (SILENT.test(request.method) && message !== 'no such element') print(`automation: ${request.method}: ${message}`)
        send(socket, { id: request.id, error: { message } })
      }
    })
  })
  const stopRelaying = hub.onEvent((method, params) => {
    for (const socket of server.clients) send(socket, { method, params })
  })

  return {
    port: (server.address() as { port: number }).port,
    close: async () => {
      stopRelaying()
      for (const socket of server.clients) socket.terminate()
      await new Promise(done => server.close(done))
    },
  }
}
