// Staff through screens, from a database without a person in it: the first administrator comes from the server's command, everybody else by a card; shops
// are given from the list, taken back within 5 s, and handed over when somebody leaves.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startSandbox, type Sandbox } from '../../dev/sandbox/index.ts'
import { startSimulator, type Simulator } from '../../simulator/server.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { tab } from '../support/person.ts'
import { StaffPhone } from '../support/staff-phone.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const staffPage = 'packages/manage/staff/index'
const personPage = 'packages/manage/staff-person/index'
const assignPage = 'packages/manage/assign/index'
const shops = Array.from({ length: 6 }, (_, index) => `190020020${index + 1}`)

let folder: string
let database: TestDatabase
let sandbox: Sandbox
let environment: NodeJS.ProcessEnv
let backend: ChildProcess
let simulator: Simulator
let phone: StaffPhone

const program = (path: string, args: string[] = []) =>
  spawn(process.execPath, ['--import', 'tsx', path, ...args], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })

/** @returns everything that it printed */
async function command(path: string, ...args: string[]): Promise<string> {
  const child = program(path, args)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise(done => child.once('close', done))
  if (code !== 0) throw new Error(`${path} ended with ${String(code)}: ${said}`)
  return said
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goldplan-staff-'))
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
  backend = program('backend/main.ts')
  let out = ''
  backend.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const url = await eventually('the backend', () => /listening on (\S+)/.exec(out)?.[1], { timeout: 60_000 })
  const rows = shops.map(shop => `${shop},分给人的店${shop.slice(-1)},440305`)
  const file = join(folder, 'merchants.csv')
  writeFileSync(file, `sub_mchid,name,region_code\n${rows.join('\n')}\n`)
  await command('backend/directory/imports/main.ts', file)
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
  phone = await StaffPhone.connect(simulator.automationUrl)
}, 180_000)
afterAll(async () => {
  phone?.disconnect()
  await simulator?.close()
  backend?.kill('SIGKILL')
  await sandbox?.close()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

/** Who holds the phone to WeChat; the sandbox knows each of these codes as another WeChat account. */
const become = (wechat: string) => simulator.phone.set({ loginCode: `demo-${wechat}` })

/** Consent, login, and the invite code that is typed or came with a card. */
async function bind(code: string | null): Promise<void> {
  await phone.at('pages/login/index')
  await phone.tap('#consent')
  await phone.tap('#login')
  await phone.find('#invite-code')
  if (code !== null) await phone.type(code, '#invite-code', 'van-field', 'input')
  await phone.tap('#bind')
  await phone.at('pages/home/index')
}
async function logOut(): Promise<void> {
  await tab(phone, 'mine')
  await phone.tap('#log-out')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.at('pages/login/index')
}
async function openStaff(): Promise<void> {
  await tab(phone, 'mine')
  await phone.tap('#desk')
  await phone.at('packages/manage/desk/index')
  await phone.tap('#room-staff')
  await phone.at(staffPage)
}
async function openPerson(name: string): Promise<void> {
  await eventually(`a row of ${name}`, async () => {
    for (const row of await (await phone.page()).$$('.person')) {
      if (!(await row.text()).includes(name)) continue
      await row.tap()
      return true
    }
    return false
  })
  await phone.at(personPage)
  await phone.find('#workload')
}
/** 新员工 in 南山区; @returns the path of the card that is sent to them */
async function invite(name: string, role: string): Promise<string> {
  await openStaff()
  await phone.tap('#new')
  await phone.at(personPage)
  await phone.type(name, '#name', 'van-field', 'input')
  await phone.tap(`#role-${role}`)
  if (role === 'field_agent') {
    await phone.tap('#add-region')
    await phone.tap('#regions', '#region-440000')
    await phone.tap('#regions', '#region-440300')
    await phone.tap('#regions', '#region-440305')
    await phone.reads('南山区', '#held-440305')
  }
  await phone.tap('#save')
  await phone.reads(/^([0-9A-Z] ){5}[0-9A-Z]\s+([0-9A-Z] ){3}[0-9A-Z]$/, '#code')
  const page = (await phone.page()) as unknown as { callMethod(name: string): Promise<{ path: string }> }
  return (await page.callMethod('onShareAppMessage')).path
}
/** 商户 › 分配, these shops, to the person of this name; up to the question */
async function give(chosen: readonly string[] | 'all', name: string): Promise<void> {
  await tab(phone, 'merchants')
  await phone.tap('#assign')
  await phone.at(assignPage)
  await phone.find('#shops')
  if (chosen === 'all') await phone.tap('#all')
  else for (const shop of chosen) await phone.tap(`#shop-${shop}`)
  await phone.tap('#give')
  await takePerson(name)
}
async function takePerson(name: string): Promise<void> {
  await eventually(`${name} among those who can have shops`, async () => {
    for (const row of await (await phone.find('#person-sheet')).$$('.person')) {
      if (!(await row.text()).includes(name)) continue
      await row.tap()
      return true
    }
    return false
  })
}
/** Puts the phone away and takes another one, on which nobody is logged in. @returns how to take the first one again */
async function takeAnotherPhone(): Promise<() => Promise<void>> {
  const session: unknown = await phone.miniProgram.callWxMethod('getStorageSync', 'session')
  const emptied = async (then: () => Promise<unknown>) => {
    await phone.miniProgram.callWxMethod('clearStorageSync')
    await then()
    await simulator.restart()
  }
  await emptied(async () => {})
  return () => emptied(() => phone.miniProgram.callWxMethod('setStorageSync', 'session', session as string))
}

test('given an empty installation, when npm run admin prints an invite, then the first administrator binds by it', async () => {
  const said = await command('backend/admin.ts', '--name', '管理员 01')
  const [code] = /[2-9A-HJ-NP-Z]{6}-[2-9A-HJ-NP-Z]{4}/.exec(said)!
  await become('admin')
  await bind(code)
  await openStaff()
  await phone.reads('管理员 01', '#people')
}, 120_000)

test('when the administrator takes on an operator and two agents, then each binds by the card that was sent', async () => {
  const operatorCard = await invite('运营 01', 'operator')
  const agentCard = await invite('业务员 11', 'field_agent')
  const successorCard = await invite('业务员 12', 'field_agent')
  expect(agentCard).toMatch(/^\/pages\/login\/index\?invite=[2-9A-HJ-NP-Z]{10}$/)
  for (const [wechat, card] of [
    ['operator', operatorCard],
    ['field_agent', agentCard],
    ['region_lead', successorCard],
  ] as const) {
    await logOutIfIn()
    await become(wechat)
    await phone.open(card)
    await bind(null)
  }
}, 180_000)

async function logOutIfIn(): Promise<void> {
  if ((await phone.path()) !== 'pages/login/index') await logOut()
}

test('given an operator, when three shops are chosen from the list, then they go to the agent after 5 s; taken back within, nothing is changed', async () => {
  await logOut()
  await become('operator')
  await phone.logIn()
  await give(shops.slice(0, 3), '业务员 11')
  await phone.reads('把 3 家商户分给 业务员 11', '#sheet')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.tap('#undo')
  await phone.reads('已撤销', '#ended')
  await phone.back()

  await give(shops.slice(0, 3), '业务员 11')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('5 秒后把 3 家分给 业务员 11', '#undo')
  await phone.reads('3 家已分给 业务员 11', '#run')
  await phone.back()
  await give('all', '业务员 12')
  await phone.reads('把 6 家商户分给 业务员 12', '#sheet')
  await phone.tap('#sheet', '#sheet-cancel')
  await phone.back()
}, 180_000)

test('given the agent has shops, when the administrator disables them, then it is asked who takes the shops, the agent is out at once and the shops are with the other', async () => {
  await logOut()
  await become('field_agent')
  await phone.logIn()
  await tab(phone, 'merchants')
  await phone.tap('#chip-mine')
  await phone.reads('3 家', '#count')
  const backToTheAgent = await takeAnotherPhone()

  await become('admin')
  await phone.logIn()
  await openStaff()
  await openPerson('业务员 11')
  await phone.reads('3 家', '#fact-shops')
  await phone.tap('#disable')
  await phone.reads('有 3 家商户要换负责人', '#person-sheet')
  await takePerson('业务员 12')
  await phone.reads('3 家商户交给 业务员 12', '#sheet')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('已停用', '#status')
  await phone.back()
  await openPerson('业务员 12')
  await phone.reads('3 家', '#fact-shops')

  await become('field_agent')
  await backToTheAgent()
  await phone.at('pages/login/index')
  await phone.reads('账号已停用', '#state-forbidden')
}, 180_000)
