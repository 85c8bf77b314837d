// Sends a generated request as it is: node's own client, because fetch refuses what should be tried.
import { Agent, request as httpRequest } from 'node:http'
import type { FuzzRequest } from './requests.ts'

export interface Exchange {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

export function createExchange(url: string): { send(request: Omit<FuzzRequest, 'person' | 'endpoint'>): Promise<Exchange>; close(): void } {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let logins = 0
  // the loopback network has many addresses on Linux; elsewhere logins soon meet their limit
  const address = () => (process.platform === 'linux' ? { localAddress: `127.0.0.${2 + (Math.floor(logins++ / 40) % 250)}` } : {})
  return {
    send: ({ method, path, headers, body, chunked, from }) =>
      new Promise((done, fail) => {
        const framing = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': Buffer.byteLength(body ?? '') }
        const length = body === null ? {} : framing
        const client = httpRequest({
          hostname,
          port,
          method,
          path,
          agent,
          ...(from === 0 ? {} : address()),
          headers: { ...headers, ...length },
        })
        let answered = false
        client.on('response', answer => {
          answered = true
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', fail)
          answer.on('end', () => done({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(chunks).toString() }))
        })
        // a server that has answered need not read the rest of the body
        client.on('error', error => (answered ? undefined : fail(error)))
        if (body === null) client.end()
        else client.end(body)
      }),
    close: () => agent.destroy(),
  }
}
