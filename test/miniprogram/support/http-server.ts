// A real HTTP server on loopback that answers as a test says, and remembers what it was asked.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  method: string
  /** with the query */
  url: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: unknown
}
export interface Reply {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}
/** drop: the connection ends without an answer, after the server has seen the request */
export type Handler = (request: SeenRequest) => Reply | 'drop' | Promise<Reply | 'drop'>

export class TestServer {
  readonly requests: SeenRequest[] = []
  /** answers that a handler holds back on purpose */
  held = 0
  private readonly handlers: { method: string; path: RegExp; handler: Handler }[] = []
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<TestServer> {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const started = new TestServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const text = Buffer.concat(chunks).toString()
      const url = new URL(request.url ?? '/', started.url)
      const seen: SeenRequest = {
        method: request.method ?? '',
        url: request.url ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: text === '' ? null : request.headers['content-type']?.startsWith('multipart/') ? text : JSON.parse(text),
      }
      started.requests.push(seen)
      const found = started.handlers.find(({ method, path }) => method === seen.method && path.test(seen.path))
      const reply: Reply | 'drop' = found ? await found.handler(seen) : problem(404, 'NOT_FOUND')
      if (reply === 'drop') return response.destroy()
      const { status = 200, body, headers = {} } = reply
      const type = status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8'
      response.writeHead(status, {
        ...(body === undefined ? {} : { 'content-type': type }),
        'x-request-id': String(request.headers['x-request-id'] ?? ''),
        ...headers,
      })
      response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
    })
    return started
  }

  /** The newest handler for a route wins. */
  on(method: string, path: RegExp, handler: Handler): void {
    this.handlers.unshift({ method, path, handler })
  }
  seen(method: string, path: RegExp): SeenRequest[] {
    return this.requests.filter(request => request.method === method && path.test(request.path))
  }
  /** An answer that waits until the test lets it go. */
  hold(reply: Reply): { handler: Handler; release: () => void } {
    let release = () => {}
    const gate = new Promise<void>(resolve => (release = resolve))
    return {
      handler: async () => {
        this.held += 1
        await gate
        this.held -= 1
        return reply
      },
      release,
    }
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise(resolve => this.server.close(resolve))
  }
}

export const problem = (status: number, code: string, more: Record<string, unknown> = {}): Reply => ({
  status,
  body: {
    type: `/problems/${code.toLowerCase()}`,
    title: code,
    status,
    detail: `${code} 的说明`,
    code,
    request_id: 'req-from-server',
    ...more,
  },
})
