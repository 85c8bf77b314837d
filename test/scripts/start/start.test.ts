// `npm start` as a person runs it: one process group, one clear line for each thing that stands in the way, and nothing left behind.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { eventually } from '../../support/eventually.ts'
import { portOfOurs } from '../../support/ports.ts'
import { StaffPhone } from '../../support/staff-phone.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'goldplan-start-'))
chmodSync(folder, 0o755)
const dataDir = join(folder, 'data')

interface Started {
  child: ChildProcess
  output(): string
  ended: Promise<number | null>
}

const running: Started[] = []
let ports: Record<'BACKEND_PORT' | 'SIMULATOR_PORT' | 'AUTOMATION_PORT', string>

const directly: Command = [process.execPath, ['--import', 'tsx', 'scripts/start.ts']]
type Command = [program: string, args: string[]]

function start(environment: Record<string, string>, [program, args]: Command = directly): Started {
  let output = ''
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    env: { ...withoutTestSettings(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout!.on('data', chunk => (output += String(chunk)))
  child.stderr!.on('data', chunk => (output += String(chunk)))
  const ended = new Promise<number | null>(done => child.once('exit', code => done(code)))
  const started = { child, output: () => output, ended }
  running.push(started)
  return started
}

function withoutTestSettings(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, TEST_DATABASE_URL: _url, DATABASE_URL: _database, ...rest } = process.env
  return rest
}

/** What shells hold for other programs. */
const ofOtherPrograms = {
  PGOPTIONS: '-c search_path=nowhere',
  PGSSLMODE: 'verify-full',
  PGSSLNEGOTIATION: 'direct',
  PGBINARY: '1',
  PGCLIENT_ENCODING: 'GBK',
  HOST: hostname(),
  NODE_OPTIONS: '--inspect=0',
}

const ready = (started: Started) =>
  eventually(
    '`ready`',
    async () => {
      if (started.child.exitCode !== null) throw new Error(`it ended: ${started.output()}`)
      return /^ready$/m.test(started.output())
    },
    { timeout: 90_000, every: 200 },
  )

/** Command lines of all processes whose session is the started group, from /proc; where there is none, nothing can be said. */
function processesOf(group: number): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const [state, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return Number(processGroup) === group && state !== 'Z' ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : []
      } catch {
        return [] // it ended while we looked
      }
    })
}

/** Servers that were told to serve the cluster in this folder; their helpers have other names. */
function serversOn(folder: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        const given = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        return given[0]!.endsWith('postgres') && given.includes(join(folder, 'postgresql'))
      } catch {
        return false // it ended while we looked
      }
    })
    .map(Number)
}

function listenSomewhere(): Promise<Server> {
  return new Promise(done => {
    const server = createServer().listen(0, '127.0.0.1', () => done(server))
  })
}
const portOf = (server: Server) => String((server.address() as AddressInfo).port)

beforeAll(async () => {
  const [BACKEND_PORT, SIMULATOR_PORT, AUTOMATION_PORT] = (await Promise.all([portOfOurs(), portOfOurs(), portOfOurs()])).map(String) as [
    string,
    string,
    string,
  ]
  ports = { BACKEND_PORT, SIMULATOR_PORT, AUTOMATION_PORT }
})
afterAll(async () => {
  for (const { child } of running) {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL')
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('npm start', () => {
  test('starts everything in a shell that holds settings of other programs, survives a backend killed with -9 at the next start, and Ctrl-C leaves no process', async () => {
    const first = start({ ...ports, DATA_DIR: dataDir, ...ofOtherPrograms })
    await ready(first)
    expect(first.output()).toContain('demo data: ')
    expect((await fetch(`http://127.0.0.1:${ports.BACKEND_PORT}/readyz`)).status).toBe(200)
    const backend = readdirSync('/proc').find(pid => {
      if (!/^\d+$/.test(pid)) return false
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('backend/main.ts') &&
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`BACKEND_PORT=${ports.BACKEND_PORT}`)
        )
      } catch {
        return false
      }
    })
    // another one beside it, on ports of its own
    const beside = start({ BACKEND_PORT: '1', SIMULATOR_PORT: '2', AUTOMATION_PORT: '3', DATA_DIR: dataDir })
    expect(await beside.ended).toBe(1)
    expect(beside.output().trim()).toBe(`process ${first.child.pid} uses ${dataDir} already: end it, or set DATA_DIR to another folder`)
    process.kill(Number(backend), 'SIGKILL')
    expect(await first.ended).toBe(1)
    expect(first.output()).toMatch(/backend ended \(SIGKILL\)/)

    const second = start({ ...ports, DATA_DIR: dataDir, HEADLESS: '1', HOST: '::1' })
    await ready(second)
    expect(second.output()).not.toContain('demo data: ')
    const phone = await StaffPhone.connect(`ws://127.0.0.1:${ports.AUTOMATION_PORT}`)
    await phone.logIn()
    phone.disconnect()
    // a terminal's Ctrl-C reaches the whole group
    process.kill(-second.child.pid!, 'SIGINT')
    expect(await second.ended).toBe(0)
    await eventually('every process to end', () => processesOf(second.child.pid!).length === 0)
  })

  test('Ctrl-C or a closed window while PostgreSQL starts leaves none, and one that is killed later ends the rest, said once', async () => {
    for (const signal of ['SIGINT', 'SIGHUP'] as const) {
      const interrupted = start({ ...ports, DATA_DIR: dataDir, HEADLESS: '1' })
      await eventually('PostgreSQL to begin', () => serversOn(dataDir).length > 0, { every: 5 })
      process.kill(-interrupted.child.pid!, signal)
      expect(await interrupted.ended).toBe(0)
      expect([serversOn(dataDir), interrupted.output()]).toEqual([[], expect.not.stringMatching(/did not start|Error/)])
    }

    const started = start({ ...ports, DATA_DIR: dataDir, HEADLESS: '1' })
    await ready(started)
    process.kill(serversOn(dataDir)[0]!, 'SIGKILL')
    expect(await started.ended).toBe(1)
    expect(started.output().match(/^postgresql ended: stopping the others$/gm)).toHaveLength(1)
    await eventually('every process to end', () => processesOf(started.child.pid!).length === 0)
  })

  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('given npm alone is ended by %s, then what it started ends, too', async signal => {
    const npm = start({ ...ports, DATA_DIR: dataDir }, ['npm', ['start']])
    await eventually('PostgreSQL to begin', () => serversOn(dataDir).length > 0, { every: 20 })
    process.kill(npm.child.pid!, signal)
    await eventually('every process to end', () => processesOf(npm.child.pid!).length === 0)
    expect(serversOn(dataDir)).toEqual([])
  })

  test('a taken port is one clear line and exit 1', async () => {
    const taken = await listenSomewhere()
    const started = start({ ...ports, SIMULATOR_PORT: portOf(taken), DATA_DIR: dataDir })
    expect(await started.ended).toBe(1)
    expect(started.output().trim()).toBe(
      `port ${portOf(taken)} is taken: end the program that has it, or set SIMULATOR_PORT to another one`,
    )
    await new Promise(done => taken.close(done))
  })

  test('a folder that cannot be written is one clear line and exit 1', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const started = start({ ...ports, DATA_DIR: join(file, 'below') })
    expect(await started.ended).toBe(1)
    expect(started.output().trim()).toMatch(/^the folder .* cannot be written \(ENOTDIR\): set DATA_DIR to another one$/)
    // Node would try for ever to make it
    const nowhere = start({ ...ports, DATA_DIR: '/proc/a/b' })
    expect([await nowhere.ended, nowhere.output().trim()]).toEqual([
      1,
      'the folder /proc/a/b cannot be written (ENOENT): set DATA_DIR to another one',
    ])
  })

  test('two settings with the same port are named', async () => {
    const started = start({ ...ports, SIMULATOR_PORT: ports.BACKEND_PORT, DATA_DIR: dataDir })
    expect([await started.ended, started.output().trim()]).toEqual([
      1,
      `BACKEND_PORT and SIMULATOR_PORT are both ${ports.BACKEND_PORT}: give each a port of its own`,
    ])
  })

  test('a database that cannot be reached, or is not UTF8, is one clear line and exit 1', async () => {
    const nowhere = start({ ...ports, DATA_DIR: dataDir, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
    expect(await nowhere.ended).toBe(1)
    expect(nowhere.output().trim()).toMatch(/^the database cannot be reached .*check DATABASE_URL$/)

    const server = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL })
    await server.connect()
    await server.query("create database ascii_only encoding 'SQL_ASCII' locale_provider libc locale 'C' template template0")
    await server.end()
    const url = new URL(process.env.TEST_DATABASE_URL!)
    url.pathname = '/ascii_only'
    const ascii = start({ ...ports, DATA_DIR: dataDir, DATABASE_URL: url.href })
    expect(await ascii.ended).toBe(1)
    expect(ascii.output().trim()).toMatch(/^the database's encoding is SQL_ASCII: /)
  })

  test('a port that is no number is named', async () => {
    const started = start({ ...ports, BACKEND_PORT: 'eighty', DATA_DIR: dataDir })
    expect(await started.ended).toBe(1)
    expect(started.output().trim()).toBe('BACKEND_PORT is "eighty": give a port from 1 to 65535')
  })
})
