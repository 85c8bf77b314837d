// A provider goes live: from an empty database, by nothing but what the product offers to everybody – the program, its commands, the app.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { startSandbox, type Sandbox } from '../../dev/sandbox/index.ts'
import { startSimulator, type Simulator } from '../../simulator/server.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { StaffPhone } from '../support/staff-phone.ts'
import { built } from '../support/programs.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shop = '1900200101'

let folder: string
let database: TestDatabase
let sandbox: Sandbox
let environment: NodeJS.ProcessEnv
let backend: ChildProcess
let simulator: Simulator
let phone: StaffPhone

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goldplan-live-'))
  // tables without a row
  database = await createTestDatabase()
  sandbox = await startSandbox({ spMchid: '1900000001' })
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...rest } = process.env
  environment = {
    ...rest,
    ...sandbox.environment(),
    SP_MCHID: '1900000001',
    SP_NAME: '新服务商',
    DATABASE_URL: database.url,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    DATA_DIR: folder,
    BACKEND_PORT: '0',
    LOG_LEVEL: 'error',
  }
})
afterAll(async () => {
  phone?.disconnect()
  await simulator?.close()
  backend?.kill('SIGKILL')
  await sandbox?.close()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const run = (path: string, args: string[] = []) =>
  spawn(process.execPath, built(path, ...args), { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })

/** @returns everything that it printed */
async function command(path: string, ...args: string[]): Promise<string> {
  const child = run(path, args)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise(done => child.once('close', done))
  if (code !== 0) throw new Error(`${path} ended with ${String(code)}: ${said}`)
  return said
}

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

test('given an empty database, when the provider sets it up by its commands and a colleague binds, then the first receipt is opened in the app', async () => {
  backend = run('backend/main.ts')
  let out = ''
  backend.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const url = await eventually('the backend', () => /listening on (\S+)/.exec(out)?.[1], { timeout: 40_000 })

  // what was done on WeChat Pay's console is told to the system, what is in the provider's own lists is imported
  const said = await command('backend/provider.ts', '--receipt-link', 'yes', '--official-account', 'wx0123456789abcdef')
  expect(said).toMatch(/新服务商[\s\S]*商家小票链接\s+已配置[\s\S]*wx0123456789abcdef（公众号）/)
  await command(
    'backend/directory/imports/main.ts',
    file('staff.csv', 'staff_id,display_name,role,region_codes', 'A01,业务员 01,field_agent,440305'),
  )
  await command('backend/directory/imports/main.ts', file('merchants.csv', 'sub_mchid,name,region_code', `${shop},第一家店,440305`))
  const invites = readdirSync(folder).find(name => name.includes('.invites-'))!
  const [invite] = parse(readFileSync(join(folder, invites)), { bom: true, columns: true }) as { invite_code: string }[]

  simulator = await startSimulator({
    project: root,
    strict: true,
    port: 0,
    automationPort: 0,
    hostMap: { 'http://127.0.0.1:8787': url },
    headless: true,
    watch: false,
    print: line => console.error(line),
  })
  await simulator.phone.set({ loginCode: 'demo-unbound' })
  phone = await StaffPhone.connect(simulator.automationUrl)
  await phone.at('pages/login/index')
  await phone.tap('#consent')
  await phone.tap('#login')
  await phone.find('#invite-code')
  await phone.type(invite!.invite_code, '#invite-code', 'van-field', 'input')
  await phone.tap('#bind')
  await phone.at('pages/home/index')

  await phone.open('/pages/merchants/index', 'switchTab')
  await phone.reads('第一家店', '.merchant-row')
  await phone.tap('.merchant-row')
  await phone.at('packages/merchant/detail/index')
  await phone.tap('#receipt')
  await eventually('the receipt is open', async () => (await phone.text('#receipt')).includes('已开'), { timeout: 30_000 })
  expect(sandbox.control.ledger(shop).receipt).toBe('open')
}, 180_000)
