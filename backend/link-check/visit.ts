// One series of requests: every name is resolved once and pinned, each connection goes to the pinned address, and all of it shares one budget of time and
// bytes. TLS, HTTP and decompression are node's.
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { VisitFailed } from './failed.ts'
import { certificateFault } from './certificate.ts'
import { hostOf, isRegistered, portOf } from './link.ts'
import type { Reach } from './reach.ts'

/** of everything that is read in one visit, as it came and as it was decompressed */
const byteLimit = 1024 * 1024

export interface Page {
  url: URL
  status: number
  headers: IncomingHttpHeaders
  /** never leaves this folder */
  text: string
  /** more came than is read */
  cut: boolean
  /** since the visit began, milliseconds */
  first_byte_ms: number
  total_ms: number
  certificate: { validFrom: Date; validTo: Date }
}

export interface Visit {
  /** One GET without following anything. @throws VisitFailed */
  get(url: URL): Promise<Page>
  /** ends what is still open */
  end(): void
}

/** @param hosts registered names: nobody else is called, whatever asks for it */
export function beginVisit(hosts: readonly string[], reach: Reach): Visit {
  const began = performance.now()
  const elapsed = () => Math.round(performance.now() - began)
  const deadline = AbortSignal.timeout(reach.budgetMs)
  const open = new Set<Socket>()
  const pinned = new Map<string, Promise<string>>()
  let left = byteLimit

  const pin = (host: string): Promise<string> => {
    const known = pinned.get(host) ?? inTime(addressOf(host, reach), deadline)
    pinned.set(host, known)
    return known
  }

  const get = async (url: URL): Promise<Page> => {
    // callers have checked this already; checked again, because a connection follows
    if (url.protocol !== 'https:' || !isRegistered(url, hosts, reach.ports))
      throw new VisitFailed('ADDRESS_NOT_PUBLIC', { host: hostOf(url) })
    const address = await pin(hostOf(url))
    const socket = await inTime(secured(address, url, reach, open), deadline)
    const { valid_from, valid_to } = socket.getPeerCertificate()
    try {
      const answer = await inTime(answered(socket, url), deadline)
      const first_byte_ms = elapsed()
      const { text, cut, bytes } = await inTime(read(answer, left), deadline)
      left -= bytes
      return {
        url,
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        text,
        cut,
        first_byte_ms,
        total_ms: elapsed(),
        certificate: { validFrom: new Date(valid_from), validTo: new Date(valid_to) },
      }
    } finally {
      socket.destroy()
    }
  }
  return { get, end: () => open.forEach(socket => socket.destroy()) }
}

/** All addresses of a name must be public: otherwise the owner of the name could let a connection reach a private one. */
async function addressOf(host: string, { resolve, mayVisit }: Reach): Promise<string> {
  const addresses = await resolve(host).catch(() => [])
  if (addresses.length === 0) throw new VisitFailed('NAME_NOT_FOUND', { host })
  if (!addresses.every(address => isIP(address) !== 0 && mayVisit(address))) throw new VisitFailed('ADDRESS_NOT_PUBLIC', { host })
  return addresses.find(address => isIP(address) === 4) ?? addresses[0]!
}

/** Nothing is asked of a server whose certificate a phone would not take. */
function secured(address: string, url: URL, { roots }: Reach, open: Set<Socket>): Promise<TLSSocket> {
  const host = hostOf(url)
  return new Promise((resolve, reject) => {
    // unverified only until the handshake is over, so that what is wrong can be named
    const socket = connect({
      host: address,
      port: portOf(url),
      servername: host,
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      rejectUnauthorized: false,
      ...(roots && { ca: roots }),
    })
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    let connected = false
    socket.once('connect', () => (connected = true))
    socket.on('error', () => reject(new VisitFailed(connected ? 'TLS_FAILED' : 'CONNECTION_FAILED', { host })))
    socket.once('close', () => reject(new VisitFailed(connected ? 'TLS_FAILED' : 'CONNECTION_FAILED', { host })))
    socket.once('secureConnect', () => {
      const fault = certificateFault(socket, host)
      if (!fault) return resolve(socket)
      socket.destroy()
      reject(fault)
    })
  })
}

/** As an iframe of WeChat's payment page asks. */
const asked = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0 goldplan-companion-link-check',
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'zh-CN,zh;q=0.9',
  referer: 'https://payapp.weixin.qq.com/',
  'sec-fetch-dest': 'iframe',
  connection: 'close',
}

function answered(socket: TLSSocket, url: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      createConnection: () => socket,
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, ...asked },
    })
    outgoing.once('response', resolve)
    outgoing.on('error', () => reject(new VisitFailed('ANSWER_BROKEN')))
    // 101 is no page
    outgoing.once('upgrade', () => reject(new VisitFailed('ANSWER_BROKEN')))
    outgoing.end()
  })
}

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/** Reads until the end, or until more than `limit` bytes were received or decompressed. */
function read(answer: IncomingMessage, limit: number): Promise<{ text: string; cut: boolean; bytes: number }> {
  return new Promise((resolve, reject) => {
    const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
    const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding as keyof typeof decoders]() : null
    if (!decoder && encoding !== 'identity') return reject(new VisitFailed('ANSWER_BROKEN'))
    const chunks: Buffer[] = []
    let [raw, kept] = [0, 0]
    const stop = (cut: boolean) => {
      // before what is destroyed complains
      resolve({ text: Buffer.concat(chunks).toString('utf8'), cut, bytes: Math.max(raw, kept) })
      answer.destroy()
      decoder?.destroy()
    }
    const broken = () => reject(new VisitFailed('ANSWER_BROKEN'))
    const keep = (chunk: Buffer) => {
      kept += chunk.length
      if (kept > limit) stop(true)
      else chunks.push(chunk)
    }
    answer.on('data', (chunk: Buffer) => {
      raw += chunk.length
      if (raw > limit) stop(true)
    })
    answer.on('error', broken)
    answer.once('aborted', broken)
    const source = decoder ? answer.pipe(decoder) : answer
    source.on('data', keep)
    decoder?.on('error', broken)
    source.once('end', () => stop(false))
  })
}

/** @throws VisitFailed TIMED_OUT */
function inTime<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = () => reject(new VisitFailed('TIMED_OUT'))
    if (deadline.aborted) late()
    deadline.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => deadline.removeEventListener('abort', late))
  })
}
