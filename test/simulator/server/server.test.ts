import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findChromium } from '../../../simulator/browser.ts'
import { startSimulator, type Simulator } from '../../../simulator/server.ts'
import { becomes, eventually } from '../../support/eventually.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { FIXTURE, startPhone, type RunningPhone } from '../wx/running-phone.ts'

/** Status of a request with headers that fetch would not let through. */
function statusWith(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((done, fail) => {
    const request = httpRequest(url, { method, headers }, response => {
      response.resume()
      done(response.statusCode ?? 0)
    })
    request.on('error', fail)
    request.end()
  })
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

describe('who is served', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ project: FIXTURE, port: 0, automationPort: 0, watch: false })
  })
  afterAll(async () => {
    await simulator?.close()
    removeProjects()
  })

  it('answers its own address', async () => {
    expect((await fetch(simulator.url)).status).toBe(200)
    expect((await fetch(`${simulator.url}/frame/`)).status).toBe(200)
  })

  it('refuses other names for it, and pages of other origins', async () => {
    expect(await statusWith(simulator.url, { host: 'evil.example.com' })).toBe(403)
    expect(await statusWith(simulator.url, { origin: 'https://evil.example.com' })).toBe(403)
    expect(await statusWith(`${simulator.url}/__proxy`, { origin: 'http://127.0.0.1:1' }, 'POST')).toBe(403)
  })

  it('gives sounds of the package, and nothing else of it or of the folders around', async () => {
    const project = writeProject({ ...unit('pages/a/index', '<view/>'), 'sounds/a.wav': Buffer.from('RIFF'), 'secret.txt': 'x' })
    const other = await startSimulator({ project, port: 0, automationPort: 0, watch: false })
    const status = async (path: string) => (await fetch(`${other.url}/__media/${path}`)).status
    const sound = await fetch(`${other.url}/__media/sounds/a.wav`)
    expect([sound.headers.get('content-type'), await sound.text()]).toEqual(['audio/wav', 'RIFF'])
    expect(await Promise.all(['secret.txt', 'sounds/b.wav', `..%2f${basename(project)}x%2fa.wav`, 'app.js'].map(status))).toEqual([
      404, 404, 404, 404,
    ])
    await other.close()
  })

  it('gives the fonts that draw Chinese', async () => {
    const css = await (await fetch(`${simulator.url}/__fonts.css`)).text()
    const file = /url\((\/__fonts\/[^)]+)\)/.exec(css)![1]!
    expect((await fetch(simulator.url + file)).headers.get('content-type')).toBe('font/woff2')
    expect((await fetch(`${simulator.url}/__fonts/..%2f..%2fpackage.json`)).status).toBe(404)
  })
})

describe('pictures of the app’s backend', () => {
  const picture = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  let backend: Server
  let simulator: Simulator
  beforeAll(async () => {
    backend = createServer((request, response) =>
      response.setHeader('Content-Type', request.url === '/one.gif' ? 'image/gif' : 'text/html').end(picture),
    ).listen(0, '127.0.0.1')
    await once(backend, 'listening')
    const hostMap = { 'http://127.0.0.1:9': `http://127.0.0.1:${(backend.address() as AddressInfo).port}` }
    simulator = await startSimulator({ project: FIXTURE, port: 0, automationPort: 0, watch: false, hostMap })
  })
  afterAll(async () => {
    await simulator?.close()
    backend?.close()
  })
  const ask = (address: string) => fetch(`${simulator.url}/__image?url=${encodeURIComponent(address)}`)

  it('come from where the address is mapped to; what is no picture does not', async () => {
    const answer = await ask('http://127.0.0.1:9/one.gif')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif'])
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture)
    expect((await ask('http://127.0.0.1:9/page')).status).toBe(404)
    expect((await ask('https://elsewhere.example.com/one.gif')).status).toBe(502)
  })

  it('do not come while the phone has no network', async () => {
    await simulator.phone.set({ offline: true })
    expect((await ask('http://127.0.0.1:9/one.gif')).status).toBe(504)
    await simulator.phone.set({ offline: false })
    expect((await ask('http://127.0.0.1:9/one.gif')).status).toBe(200)
  })
})

describe('the settings of the phone', () => {
  let phone: RunningPhone
  beforeAll(async () => {
    phone = await startPhone()
  })
  afterAll(() => phone?.close())

  it('answers with all settings, and applies a subset before it answers', async () => {
    const url = `${phone.simulator.url}/__phone`
    expect(await (await fetch(url)).json()).toMatchObject({ offline: false, slow: false, dark: false, fontScale: 1, locale: 'zh_CN' })
    expect(await (await post(url, { offline: true, fontScale: 1.6 })).json()).toMatchObject({ offline: true, fontScale: 1.6, slow: false })
    expect(await phone.app.callWxMethod('getNetworkType', {})).toMatchObject({ networkType: 'none' })
    expect(phone.simulator.phone.get()).toMatchObject({ offline: true })
  })

  it('names a setting that it does not have or that has the wrong type, and changes nothing', async () => {
    const before = phone.simulator.phone.get()
    const unknown = await post(`${phone.simulator.url}/__phone`, { dark: true, colour: 'red' })
    expect([unknown.status, ((await unknown.json()) as { message: string }).message]).toEqual([
      400,
      expect.stringContaining('colour: no such setting'),
    ])
    const wrong = await post(`${phone.simulator.url}/__phone`, { offline: 'yes' })
    expect([wrong.status, ((await wrong.json()) as { message: string }).message]).toEqual([400, 'offline: give a boolean'])
    expect(phone.simulator.phone.get()).toEqual(before)
  })
})

describe('companion controls', () => {
  let panel: Server
  let simulator: Simulator
  const set: unknown[] = []
  let role = 'first'
  beforeAll(async () => {
    panel = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (request.method === 'POST') {
          role = (JSON.parse(Buffer.concat(chunks).toString()) as { value: string }).value
          set.push([request.url, role])
        }
        response.setHeader('content-type', 'application/json')
        response.end(
          JSON.stringify({
            controls: [{ id: 'role', label: '角色', type: 'text', value: role }],
            phone: { loginCode: `demo-${role}`, clockOffsetMs: 60_000 },
          }),
        )
      })
    })
    await new Promise<void>(done => panel.listen(0, '127.0.0.1', done))
    const controls = `http://127.0.0.1:${(panel.address() as AddressInfo).port}/panel`
    simulator = await startSimulator({ project: FIXTURE, port: 0, automationPort: 0, watch: false, controls })
  })
  afterAll(async () => {
    await simulator?.close()
    panel?.close()
  })

  it('applies what they say of the phone at the start and after each change', async () => {
    expect(simulator.phone.get()).toMatchObject({ loginCode: 'demo-first', clockOffsetMs: 60_000 })
    const answer = await post(`${simulator.url}/__controls/role`, { value: 'admin' })
    expect(await answer.json()).toMatchObject({ controls: [{ id: 'role', value: 'admin' }] })
    expect(set).toEqual([['/panel/role', 'admin']])
    expect(simulator.phone.get()).toMatchObject({ loginCode: 'demo-admin' })
  })

  it('does not set back by a look what was set on the phone meanwhile, and applies what changed beside it', async () => {
    await simulator.phone.set({ loginCode: 'demo-lead' })
    await fetch(`${simulator.url}/__controls`)
    expect(simulator.phone.get()).toMatchObject({ loginCode: 'demo-lead' })
    role = 'auditor'
    await fetch(`${simulator.url}/__controls`)
    expect(simulator.phone.get()).toMatchObject({ loginCode: 'demo-auditor' })
  })
})

describe('building', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-test-'))
    await cp(FIXTURE, folder, { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('shows an error with file, line and column, does not start the app, and starts it once the error is gone', async () => {
    const printed: string[] = []
    const file = join(folder, 'pages/home/home.wxml')
    await writeFile(file, '<view>\n  {{ a + }}\n</view>\n')
    const simulator = await startSimulator({
      project: folder,
      port: 0,
      automationPort: 0,
      headless: true,
      watch: true,
      print: line => printed.push(line),
    })
    try {
      expect(simulator.diagnostics).toContainEqual(expect.objectContaining({ severity: 'error', file: 'pages/home/home.wxml', line: 2 }))
      expect(printed.join('\n')).toMatch(/^pages\/home\/home\.wxml:2:\d+: error: /m)
      expect(await (await fetch(`${simulator.url}/__project.js`)).text()).toBe('')
      await writeFile(file, '<nonsense id="mended">好</nonsense>\n')
      await eventually('the app to start', () => simulator.phone.log().some(({ kind }) => kind === 'route'))
      expect(simulator.diagnostics).toEqual([expect.objectContaining({ severity: 'warning', line: 1, column: 1 })])
      await becomes('编译提醒 1 处', () => simulator.browserPage!.textContent('#warnings-title'))
      await becomes(true, async () =>
        (await simulator.browserPage!.textContent('#warning-list'))!.includes('pages/home/home.wxml:1:1<nonsense> is neither'),
      )
    } finally {
      await simulator.close()
    }
  })

  it('takes warnings for errors when it is strict', async () => {
    await writeFile(join(folder, 'pages/home/home.wxml'), '<nonsense />\n')
    const simulator = await startSimulator({ project: folder, port: 0, automationPort: 0, watch: false, strict: true })
    try {
      expect(simulator.diagnostics).toEqual([expect.objectContaining({ severity: 'error', line: 1, column: 1 })])
      expect(await (await fetch(`${simulator.url}/__project.js`)).text()).toBe('')
    } finally {
      await simulator.close()
    }
  })

  it('refuses a folder without app.json by name', async () => {
    await expect(startSimulator({ project: tmpdir(), port: 0, automationPort: 0 })).rejects.toThrow(
      'app.json is not found: this is no mini program folder',
    )
  })
})

describe('npm run simulator', () => {
  const run = (...given: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', FIXTURE, ...given], { stdio: ['ignore', 'pipe', 'pipe'] })

  it('prints its addresses and ready, and ends on Ctrl-C', async () => {
    const child = run('--port', '0', '--automation-port', '0')
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    await eventually('ready', () => /^ready$/m.test(printed))
    expect(printed).toMatch(/^phone http:\/\/127\.0\.0\.1:\d+\/\nautomation ws:\/\/127\.0\.0\.1:\d+\nready\n$/)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('tells a taken port in one line and exits with 1', async () => {
    const taken = createServer()
    await new Promise<void>(done => taken.listen(0, '127.0.0.1', done))
    const { port } = taken.address() as AddressInfo
    const child = run('--port', String(port), '--automation-port', '0')
    let printed = ''
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(printed.trim()).toBe(`port ${port} is taken: end the program that has it, or give another one (--port, --automation-port)`)
    taken.close()
  })
})

describe('findChromium', () => {
  it('takes CHROME_PATH, and says so when nothing is there', async () => {
    expect(await findChromium({ CHROME_PATH: process.execPath })).toMatchObject({ executablePath: process.execPath })
    await expect(findChromium({ CHROME_PATH: '/nowhere/chrome' })).rejects.toThrow(
      'CHROME_PATH is /nowhere/chrome, and there is no such file',
    )
  })
})
