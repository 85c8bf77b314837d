// The backend as a process: what it prints, what it refuses, and how it ends.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startSandbox, type Sandbox } from '../../backend/sandbox/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

let database: TestDatabase
let sandbox: Sandbox
let environment: Record<string, string>
beforeAll(async () => {
  database = await createTestDatabase()
  sandbox = await startSandbox({ spMchid: '1900000001' })
  environment = { ...sandbox.environment(), SP_MCHID: '1900000001', DATABASE_URL: database.url, BACKEND_PORT: '0', LOG_LEVEL: 'error' }
})
afterAll(async () => {
  await sandbox.close()
  await database.drop()
})

interface Run {
  child: ChildProcess
  out: () => string
  err: () => string
  ended: Promise<number | null>
}

function run(env: Record<string, string>): Run {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL('../../backend/main.ts', import.meta.url))],
    {
      env: { PATH: process.env.PATH!, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let out = ''
  let err = ''
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return { child, out: () => out, err: () => err, ended: new Promise(done => child.once('close', done)) }
}

const listening = (program: Run) => eventually('it listens', () => /listening on (\S+)/.exec(program.out())?.[1], { timeout: 25_000 })

test('given everything is set, then it migrates, listens, knows its provider, and ends cleanly on SIGTERM', async () => {
  const program = run({ ...environment, SP_NAME: '测试服务商' })
  const url = await listening(program)
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
  program.child.kill('SIGTERM')
  expect([await program.ended, program.err()]).toEqual([0, ''])
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
