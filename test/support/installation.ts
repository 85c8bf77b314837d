// An installation as a provider begins it: tables without a row, the program, its commands, the sandbox as WeChat, and a phone that knows nobody.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startSandbox, type Sandbox } from '../../dev/sandbox/index.ts'
import { startSimulator, type Simulator } from '../../simulator/server.ts'
import { createTestDatabase } from './database.ts'
import { compileOnce } from './compile-once.ts'
import { eventually } from './eventually.ts'
import { tab } from './person.ts'
import { built } from './programs.ts'
import { StaffPhone } from './staff-phone.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PROVIDER = '1900000001'

/** The sandbox knows each of these as a WeChat account of its own. */
export type WechatAccount = 'admin' | 'operator' | 'region_lead' | 'field_agent' | 'auditor' | 'unbound'

export interface Installation {
  phone: StaffPhone
  simulator: Simulator
  sandbox: Sandbox
  /** Runs a command on the server. @returns everything that it printed @throws when it ended with another code than 0 */
  command(path: string, ...args: string[]): Promise<string>
  /** a file on the server. @returns its path */
  file(name: string, ...lines: string[]): string
  /** what the program left behind on the server */
  folder: string
  /** moves the time of everybody: program, WeChat's side, phone */
  advance(milliseconds: number): Promise<void>
  /** who holds the phone to WeChat from now on */
  become(account: WechatAccount): Promise<void>
  close(): Promise<void>
}

export async function createInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-installation-'))
  const clockFile = join(folder, 'clock')
  const database = await createTestDatabase()
  const sandbox = await startSandbox({ spMchid: PROVIDER, clockFile })
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...rest } = process.env
  const env = {
    ...rest,
    ...sandbox.environment(),
    SP_MCHID: PROVIDER,
    SP_NAME: '新服务商',
    DATABASE_URL: database.url,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    DATA_DIR: folder,
    BACKEND_PORT: '0',
    CLOCK_FILE: clockFile,
    LOG_LEVEL: 'error',
  }
  const program = (path: string, args: string[] = []): ChildProcess =>
    spawn(process.execPath, built(path, ...args), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })

  const backend = program('backend/main.ts')
  let out = ''
  for (const stream of [backend.stdout!, backend.stderr!]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const url = await eventually('the backend', () => {
    if (backend.exitCode !== null) throw new Error(`the backend ended: ${out}`)
    return /listening on (\S+)/.exec(out)?.[1]
  })
  const simulator = await startSimulator({
    project: root,
    strict: true,
    port: 0,
    automationPort: 0,
    hostMap: { 'http://127.0.0.1:8787': url },
    headless: true,
    watch: false,
    compile: compileOnce,
    print: line => console.error(line),
  })
  const phone = await StaffPhone.connect(simulator.automationUrl)

  return {
    phone,
    simulator,
    sandbox,
    folder,
    async command(path, ...args) {
      const child = program(path, args)
      let said = ''
      for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
      const code = await new Promise(done => child.once('close', done))
      if (code !== 0) throw new Error(`${path} ended with ${String(code)}: ${said}`)
      return said
    },
    file(name, ...lines) {
      const path = join(folder, name)
      writeFileSync(path, `${lines.join('\n')}\n`)
      return path
    },
    async advance(milliseconds) {
      sandbox.control.clock.advance(milliseconds)
      await simulator.phone.set({ clockOffsetMs: sandbox.control.clock.now().getTime() - Date.now() })
    },
    async become(account) {
      await simulator.phone.set({ loginCode: `demo-${account}` })
    },
    async close() {
      phone.disconnect()
      await simulator.close()
      backend.kill('SIGKILL')
      await sandbox.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Consent, login, and the invite code that is typed; null: it came with the card that the app was opened by. */
export async function bind(phone: StaffPhone, code: string | null): Promise<void> {
  await phone.at('pages/login/index')
  await phone.tap('#consent')
  await phone.tap('#login')
  await phone.find('#invite-code')
  if (code !== null) await phone.type(code, '#invite-code', 'van-field', 'input')
  await phone.tap('#bind')
  await phone.at('pages/home/index')
}

export async function logOut(phone: StaffPhone): Promise<void> {
  await tab(phone, 'mine')
  await phone.tap('#log-out')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.at('pages/login/index')
}

/** 我的, 管理, and the room. */
export async function openRoom(phone: StaffPhone, id: string, page: string): Promise<void> {
  await tab(phone, 'mine')
  await phone.tap('#desk')
  await phone.at('packages/manage/desk/index')
  await phone.tap(`#room-${id}`)
  await phone.at(page)
}
