// Reverse proxies with the configurations of backend/deploy/Caddyfile and backend/operations.md: Caddy and nginx where they are installed, and a stand-in
// that keeps the same promises. Only addresses, certificates and the length of time-outs are the test's.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createGzip } from 'node:zlib'
import { root } from '../../../../scripts/checks/files.ts'
import { createAuthority } from '../../link-check/authority.ts'
import { eventually } from '../../../support/eventually.ts'
import { portOfOurs } from '../../../support/ports.ts'

export interface ReverseProxy {
  url: string
  /** what it wrote, on every channel */
  log(): string
  close(): Promise<void>
}

export interface ProxyKind {
  name: string
  /** null: not installed here */
  start: ((backendUrl: string) => Promise<ReverseProxy>) | null
}

/** seconds; the configurations have 15 and 30. A machine with other work may need two for an answer */
const patience = 8

const installed = (name: string): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'].map(folder => join(folder, name)).find(existsSync)

const [caddy, nginx] = [installed('caddy'), installed('nginx')]
export const proxyKinds: readonly ProxyKind[] = [
  { name: 'Caddy', start: caddy ? url => startCaddy(caddy, url) : null },
  { name: 'nginx', start: nginx ? url => startNginx(nginx, url) : null },
  { name: 'a stand-in', start: startStandIn },
]

/** @throws when the text does not hold what the test has to change: then the test is out of step */
function changed(text: string, changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to)
    if (after === before) throw new Error(`the configuration has no ${String(from)}`)
    return after
  }, text)
}

async function startCaddy(program: string, backendUrl: string): Promise<ReverseProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-caddy-'))
  const port = await portOfOurs()
  const file = join(folder, 'Caddyfile')
  writeFileSync(
    file,
    changed(readFileSync(join(root, 'backend/deploy/Caddyfile'), 'utf8'), [
      [/^\{\n/m, '{\n\tadmin off\n'],
      ['name backend', 'name 127.0.0.1'],
      ['port 8787', `port ${new URL(backendUrl).port}`],
      [/response_header_timeout \d+s/, `response_header_timeout ${patience}s`],
      [/lb_try_duration \d+s/, 'lb_try_duration 1s'],
    ]),
  )
  const env = { PATH: process.env.PATH!, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, DOMAIN: `http://127.0.0.1:${port}` }
  const url = `http://127.0.0.1:${port}`
  return run({ program, args: ['run', '--config', file, '--adapter', 'caddyfile'], env, folder, url })
}

/** The block of the page, in the http part of a configuration of its own. */
const nginxSample = (): string => /```nginx\n([\s\S]*?)```/.exec(readFileSync(join(root, 'backend/operations.md'), 'utf8'))![1]!

async function startNginx(program: string, backendUrl: string): Promise<ReverseProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-nginx-'))
  const port = await portOfOurs()
  const { certificate, key } = createAuthority('of this test').issue(['api.provider.example'])
  writeFileSync(join(folder, 'provider.pem'), certificate)
  writeFileSync(join(folder, 'provider.key'), key)
  mkdirSync(join(folder, 'temp'))
  const server = changed(nginxSample(), [
    ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
    ['/etc/ssl/provider.pem', join(folder, 'provider.pem')],
    ['/etc/ssl/provider.key', join(folder, 'provider.key')],
    ['/var/log/nginx/error.log', join(folder, 'error.log')],
    ['http://127.0.0.1:8787', backendUrl],
    [/proxy_read_timeout \d+s/, `proxy_read_timeout ${patience}s`],
  ])
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${join(folder, 'temp')};`)
  const file = join(folder, 'nginx.conf')
  // as root it would work as another user, who cannot write here
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeFileSync(file, `${user} daemon off; pid ${join(folder, 'pid')}; events {}\nhttp { ${places.join(' ')}\n${server} }\n`)
  const tried = spawnSync(program, ['-t', '-c', file, '-e', join(folder, 'first.log')], { encoding: 'utf8' })
  if (tried.status !== 0) throw new Error(`nginx does not take the page's configuration: ${tried.stderr}`)
  return run({
    program,
    args: ['-c', file, '-e', join(folder, 'first.log')],
    env: { PATH: process.env.PATH! },
    folder,
    url: `https://127.0.0.1:${port}`,
    logs: ['error.log', 'first.log'],
  })
}

interface Program {
  program: string
  args: string[]
  env: Record<string, string>
  folder: string
  url: string
  logs?: string[]
}

async function run({ program, args, env, folder, url, logs = [] }: Program): Promise<ReverseProxy> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  const keep = (chunk: Buffer) => (out += chunk.toString())
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise(done => child.once('close', done))
  const written = () => logs.map(name => join(folder, name)).filter(existsSync)
  const log = () => [out, ...written().map(path => readFileSync(path, 'utf8'))].join('\n')
  const { port } = new URL(url)
  await eventually('the proxy listens', () => canConnect(Number(port))).catch(error => {
    child.kill('SIGKILL')
    throw new Error(`${String(error)}\n${log()}`)
  })
  return {
    url,
    log,
    async close() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const canConnect = async (port: number): Promise<boolean> => {
  const { connect } = await import('node:net')
  return new Promise(done => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      done(true)
    }).once('error', () => done(false))
  })
}

const inside = ['/metrics', '/healthz', '/readyz']
const mostBytes = 5_000_000
const tooLarge = '{"title":"照片太大，请重新拍摄","status":413,"code":"PHOTO_TOO_LARGE"}'

/** The promises of both configurations in their shortest form: no log, nothing sent twice, an end to every wait. */
async function startStandIn(backendUrl: string): Promise<ReverseProxy> {
  const { hostname, port } = new URL(backendUrl)
  const refuse = (answer: ServerResponse, status: number, body = '') =>
    answer.writeHead(status, { 'content-type': 'application/problem+json', connection: 'close' }).end(body)
  const pass = (request: IncomingMessage, answer: ServerResponse) => {
    if (inside.includes(new URL(request.url!, backendUrl).pathname)) return refuse(answer, 404)
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) return refuse(answer, 413, tooLarge)
    const headers = { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress! }
    const asked = ask({ hostname, port, path: request.url!, method: request.method!, headers, agent: false }, from => {
      const gzip = from.headers['content-type']?.includes('json') && /gzip/.test(request.headers['accept-encoding'] ?? '')
      const { 'content-length': length, ...rest } = from.headers
      if (gzip && !from.headers['content-encoding']) {
        answer.writeHead(from.statusCode!, { ...rest, 'content-encoding': 'gzip' })
        from.pipe(createGzip()).pipe(answer)
      } else {
        answer.writeHead(from.statusCode!, { ...rest, ...(length !== undefined && { 'content-length': length }) })
        from.pipe(answer)
      }
    })
    const late = setTimeout(() => asked.destroy(Object.assign(new Error('late'), { code: 'LATE' })), patience * 1_000)
    asked.once('response', () => clearTimeout(late))
    asked.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late)
      if (!answer.headersSent) refuse(answer, error.code === 'LATE' ? 504 : 502)
      else answer.destroy()
    })
    request.pipe(asked)
  }
  const server = createServer(pass)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log: () => '',
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
