// Bad links on real TLS servers of this machine, reached through a resolver that is the test's own: names of example.com lead to 127.0.0.1.
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isPublicAddress } from '../../../backend/link-check/addresses.ts'
import { inspectLink, type Seen } from '../../../backend/link-check/inspect.ts'
import type { Reach } from '../../../backend/link-check/reach.ts'
import { translator } from '../../../miniprogram/words/index.ts'
import '../../miniprogram/support/english.ts'
import { linkFindingView } from '../../../miniprogram/packages/merchant/link-check/finding.ts'
import { createAuthority, type Issued } from './authority.ts'

export const SHOP = '1900000109'
export const host = 'h5.example.com'

/** A page with nothing wrong. */
export const goodPage = `<!doctype html><html><head><meta charset="utf-8">
<script src="https://wx.gtimg.com/pay_h5/goldplan/js/jgoldplan-1.0.0.js"></script></head><body><button id="more">more</button><script>
parent.postMessage(JSON.stringify({ action: 'onIframeReady', displayStyle: 'SHOW_CUSTOM_PAGE', height: 600 }), 'https://payapp.weixin.qq.com')
document.getElementById('more').addEventListener('click', () => {
  parent.postMessage(JSON.stringify({ action: 'jumpOut', jumpOutUrl: 'https://h5.example.com/more' }), 'https://payapp.weixin.qq.com')
})
</script></body></html>`

export type Answers = (request: IncomingMessage, response: ServerResponse) => void

export const page =
  (body: string | Buffer = goodPage, headers: Record<string, string | string[]> = {}, status = 200): Answers =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)

const root = createAuthority('Test root')
const between = root.intermediate('Test intermediate')
export const authorities = { root, between, stranger: createAuthority('Somebody else') }
const usual: Issued = between.issue([host, 'www.example.com'])
/** as a server sends it: its own certificate, then what leads to a root */
const chain = ({ certificate }: Issued) => certificate + between.certificate

export interface Zoo {
  port: number
  /** names that were asked for, in order */
  resolved: string[]
  /** `GET host/path` of every request that arrived */
  arrived: string[]
  /** what the next links meet */
  answer(answers: Answers | Record<string, Answers>): void
  /** what names lead to; a function is asked anew each time */
  lead(names: Record<string, string[] | (() => string[])>): void
  look(given?: Partial<LookOptions>): Promise<Seen>
  close(): Promise<void>
}

interface LookOptions {
  path: string
  host: string
  hosts: string[]
  verification_file: string | null
  reach: Partial<Reach>
  now: Date
}

export async function openZoo(certificate: { cert: string; key: string } = { cert: chain(usual), key: usual.key }): Promise<Zoo> {
  let answers: Answers | Record<string, Answers> = page()
  let names: Record<string, string[] | (() => string[])> = {}
  const [resolved, arrived]: [string[], string[]] = [[], []]
  const server: Server = createServer(certificate, (request, response) => {
    const path = (request.url ?? '').split('?')[0]!
    arrived.push(`${request.headers.host!.split(':')[0]} ${request.url}`)
    const one = typeof answers === 'function' ? answers : answers[path]
    if (one) one(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const reach: Reach = {
    async resolve(name) {
      resolved.push(name)
      const given = names[name] ?? ['127.0.0.1']
      return typeof given === 'function' ? given() : given
    },
    mayVisit: address => address === '127.0.0.1' || isPublicAddress(address),
    ports: [port],
    roots: [root.certificate],
    budgetMs: 5_000,
  }
  return {
    port,
    resolved,
    arrived,
    answer(given) {
      answers = given
      resolved.length = 0
      arrived.length = 0
    },
    lead(given) {
      names = given
    },
    look: async ({ path = '/receipt', host: name = host, hosts = [host, 'www.example.com'], ...given } = {}) =>
      inWords(
        await inspectLink(new URL(`https://${name}:${port}${path}`), {
          sub_mchid: SHOP,
          verification_file: given.verification_file ?? null,
          hosts,
          reach: { ...reach, ...given.reach },
          now: given.now ?? new Date(),
        }),
      ),
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** Whatever is seen can be said in both languages, with nothing left to fill in. */
function inWords(seen: Seen): Seen {
  for (const finding of seen.findings) {
    for (const say of [translator('zh-CN'), translator('en')]) {
      const { part, title, remedy } = linkFindingView(finding, say)
      if (/\{|^link[._]/.test(`${part}${title}${remedy}`)) throw new Error(`${finding.code} has no words, or values are missing: ${remedy}`)
    }
  }
  return seen
}

/** `part CODE` of everything that is not fine. */
export const against = (seen: Seen): string[] =>
  seen.findings.filter(({ code, severity }) => severity !== 'fine' && code !== 'NOT_REACHED').map(({ part, code }) => `${part} ${code}`)
export const notReached = (seen: Seen): string[] => seen.findings.filter(({ code }) => code === 'NOT_REACHED').map(({ part }) => part)
