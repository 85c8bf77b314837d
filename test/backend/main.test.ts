// The backend as a process: what it prints, what it refuses, and how it ends.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connect } from '../../backend/database/connection.ts'
import { searchTerms } from '../../backend/directory/merchants/search-terms.ts'
import { ensureProvider } from '../../backend/company/providers.ts'
import { startSandbox, type Sandbox } from '../../dev/sandbox/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { built } from '../support/programs.ts'

const json = { 'content-type': 'application/json' }
let database: TestDatabase
let sandbox: Sandbox
let environment: Record<string, string>
beforeAll(async () => {
  database = await createTestDatabase()
  sandbox = await startSandbox({ spMchid: '1900000001' })
  environment = { ...sandbox.environment(), SP_MCHID: '1900000001', DATABASE_URL: database.url, BACKEND_PORT: '0', LOG_LEVEL: 'error' }
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await sandbox.close()
  await database.drop()
})

interface Run {
  child: ChildProcess
  out: () => string
  err: () => string
  ended: Promise<number | null>
}

const children: ChildProcess[] = []

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, built('backend/main.ts'), {
    env: { PATH: process.env.PATH!, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let out = ''
  let err = ''
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return { child, out: () => out, err: () => err, ended: new Promise(done => child.once('close', done)) }
}

const listening = (program: Run) => eventually('it listens', () => /listening on (\S+)/.exec(program.out())?.[1])

test('given everything is set, then it migrates, listens, knows its provider, and ends cleanly on SIGTERM', async () => {
  const program = run({ ...environment, SP_NAME: '测试服务商' })
  const url = await listening(program)
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toMatch(/^certificate_end_timestamp_seconds\{sp_mchid="1900000001",certificate="merchant"\} \d+/m)
  expect(metrics).toMatch(/^database_connections\{state="waiting"\} 0$/m)
  expect(metrics).toMatch(/^database_connections\{state="busy"\} \d+$/m)
  program.child.kill('SIGTERM')
  expect([await program.ended, program.err()]).toEqual([0, ''])
})

test.each([
  ['whoever read its log has left', 'pipe'],
  ['the disk of its log is full', '/dev/full'],
])('given %s, then it serves on and ends cleanly', async (_, log) => {
  if (log !== 'pipe' && !existsSync(log)) return
  const file = log === 'pipe' ? null : openSync(log, 'w')
  const child = spawn(process.execPath, built('backend/main.ts'), {
    env: { PATH: process.env.PATH!, ...environment, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', file ?? 'pipe'],
  })
  if (file !== null) closeSync(file)
  children.push(child)
  const ended = new Promise(done => child.once('close', done))
  let out = ''
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.resume()
  const url = await eventually('it listens', () => /listening on (\S+)/.exec(out)?.[1])
  child.stdout!.destroy()
  child.stderr?.destroy()
  // each request is a line of the log
  for (let count = 0; count < 20; count += 1) expect((await fetch(`${url}/v1/me`)).status).toBe(401)
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('given the process is killed while WeChat Pay carries out a write, when another one starts, then it finds the write and settles it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-crash-'))
  const moved = { ...environment, CLOCK_FILE: join(folder, 'clock') }
  const db = connect(database.url)
  const now = new Date()
  await ensureProvider(db, { sp_mchid: '1900000001', name: '示例服务商' }, now)
  const staff = {
    id: 'staff-operator',
    sp_mchid: '1900000001',
    display_name: '运营 02',
    role: 'operator',
    status: 'active',
    created_at: now,
  } as const
  await db.insertInto('staff').values(staff).execute()
  await db
    .insertInto('staff_bindings')
    .values({ sp_mchid: '1900000001', openid: 'openid-demo-operator', staff_id: staff.id, bound_at: now })
    .execute()
  const shop = { name: '科技面馆', short_name: '科技面馆', address: '科苑路 15 号', region_code: '440305' }
  await db
    .insertInto('sub_merchants')
    .values({ sp_mchid: '1900000001', sub_mchid: '1900000109', ...shop, ...searchTerms(shop), created_at: now, updated_at: now })
    .execute()
  sandbox.control.setMerchant('1900000109', { scenario: 'slow', times: 1, delay_seconds: 8 })

  const logIn = async (url: string) => {
    const answer = await fetch(`${url}/v1/sessions`, { method: 'POST', headers: json, body: JSON.stringify({ code: 'demo-operator' }) })
    return { ...json, authorization: `Bearer ${((await answer.json()) as { token: string }).token}` }
  }
  const key = randomUUID()
  const first = run(moved)
  const url = await listening(first)
  const headers = await logIn(url)
  const write = fetch(`${url}/v1/sub-merchants/1900000109/gold-plan/jsapi`, {
    method: 'PUT',
    headers: { ...headers, 'idempotency-key': key, 'if-match': '"1"' },
    body: JSON.stringify({ status: 'open' }),
  }).catch(() => 'lost')
  await eventually('WeChat Pay has changed it', () => sandbox.control.ledger('1900000109').gold_plan.JSAPI.status === 'open')
  first.child.kill('SIGKILL')
  expect(await write).toBe('lost')

  const second = run(moved)
  const next = await listening(second)
  const again = await logIn(next)
  const operation = async () => (await (await fetch(`${next}/v1/operations/${key}`, { headers: again })).json()) as { status: string }
  // it may have lost its connection and not its call: 30 s, by no clock that could be set
  await eventually('the write is known to be unknown', async () => (await operation()).status === 'unknown')
  writeFileSync(moved.CLOCK_FILE, '6000')
  await eventually('the write is settled', async () => (await operation()).status === 'succeeded')
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
  await db.destroy()
  rmSync(folder, { recursive: true, force: true })
})

test('given nothing is set, then every variable that is missing is named with its remedy, and it exits with 1', async () => {
  const program = run({})
  expect(await program.ended).toBe(1)
  for (const variable of [
    'DATABASE_URL',
    'SP_MCHID',
    'WECHATPAY_PRIVATE_KEY',
    'WECHATPAY_SERIAL_NO',
    'WECHAT_APPID',
    'WECHAT_APP_SECRET',
  ]) {
    expect(program.err()).toMatch(new RegExp(`^  ${variable} is missing: .+$`, 'm'))
  }
})

test('given a taken port, then one line names it and BACKEND_PORT', async () => {
  const holder: Server = createServer()
  await new Promise<void>(done => holder.listen(0, '127.0.0.1', done))
  const { port } = holder.address() as AddressInfo
  const program = run({ ...environment, BACKEND_PORT: String(port) })
  expect([await program.ended, program.err().trim()]).toEqual([
    1,
    `port ${port} is taken: end the program that has it, or set BACKEND_PORT to another one`,
  ])
  holder.close()
})

test('given a clock file beside the real WeChat, then it is refused', async () => {
  const program = run({ ...environment, WECHAT_BASE_URL: 'https://api.weixin.qq.com', CLOCK_FILE: '/tmp/clock' })
  expect([await program.ended, program.err()]).toEqual([1, expect.stringMatching(/^ {2}CLOCK_FILE moves the time/m)])
})
