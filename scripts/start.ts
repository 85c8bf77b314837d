// `npm start`: PostgreSQL, the sandbox for WeChat and WeChat Pay, the backend and the simulator, in one process group that Ctrl-C ends.
import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { connect as connectSocket, createServer } from 'node:net'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { systemClock } from '../backend/platform/clock.ts'
import { makeFolder } from '../backend/platform/make-folder.ts'
import { endSignals } from '../backend/platform/end-on-signal.ts'
import { assertSettings, databaseUrlFault, fileFault, folderFault } from '../backend/platform/config-checks.ts'
import { putDemoPhotos } from '../dev/demo/fill-visits.ts'
import { fillDemoData } from '../dev/demo/index.ts'
import { provider } from '../dev/demo/organisation.ts'
import { wechatSideOfDemo } from '../dev/demo/wechat-side.ts'
import { localPhotoStore } from '../backend/field-work/photos/store.ts'
import { aloneLimits } from '../backend/database/client.ts'
import { connect } from '../backend/database/connection.ts'
import { makeReady } from '../backend/database/program-login.ts'
import { startPostgres } from '../dev/postgres/server.ts'
import { lockFolder } from '../dev/postgres/folder-lock.ts'
import { haveBuiltNpm } from './built-npm.ts'
import { whenNpmIsGone } from './npm-gone.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

class StartError extends Error {}

function portSetting(name: string, fallback: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return fallback
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new StartError(`${name} is "${text}": give a port from 1 to 65535`)
  return port
}

function assertDifferent(ports: Record<string, number>): void {
  for (const [name, port] of Object.entries({ ...ports, SANDBOX_PORT: Number(process.env.SANDBOX_PORT || 0) })) {
    const other = Object.keys(ports).find(one => one !== name && ports[one] === port)
    if (other) throw new StartError(`${name} and ${other} are both ${port}: give each a port of its own`)
  }
}

/** Fails early and by name where a port is taken, before anything is started. */
function assertFree(name: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`
      fail(new StartError(`port ${port} ${why}: end the program that has it, or set ${name} to another one`))
    })
    probe.listen(port, '127.0.0.1', () => {
      // a network of its own may have no loopback: the programs would then not find each other, and the database be blamed
      const call = connectSocket(port, '127.0.0.1')
      const end = (error?: NodeJS.ErrnoException) => {
        call.destroy()
        const why = `127.0.0.1 cannot be reached on this machine (${error?.code}): bring its loopback up (ip link set lo up), then do the same again`
        probe.close(() => (error ? fail(new StartError(why)) : done()))
      }
      call.once('error', end).once('connect', () => end())
    })
  })
}

function assertWritable(folder: string): void {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new StartError(`the folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}): set DATA_DIR to another one`)
  }
}

/** Somebody's own server, which stays when we end, or one in our folder. */
function databaseFor(dataDir: string): Promise<StartedDatabase> {
  const { DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl, PHOTO_DIR: photoDir } = process.env
  assertSettings({
    DATABASE_URL: url ? databaseUrlFault(url) : null,
    MIGRATION_DATABASE_URL: ownerUrl ? databaseUrlFault(ownerUrl) : null,
    PHOTO_DIR: photoDir ? folderFault(photoDir) : null,
    CLOCK_FILE: fileFault(join(dataDir, 'clock')),
  })
  if (url) return Promise.resolve({ url, ownerUrl: ownerUrl || null, onEnd: () => {}, stop: async () => {} })
  return startPostgres({ dataDir: join(dataDir, 'postgresql'), log: line => console.error(`postgresql: ${line}`), detached: true })
}

const children: { name: string; child: ChildProcess }[] = []
let stopping = false
/** Ctrl-C reaches the whole group: on a busy machine the end of a child may be heard of before the signal that ended it. */
const heardWithinMs = 200

/**
 * Spawns one of our programs and resolves with the first line of its standard output that matches. Its log goes to standard error, named; Node may write there
 * too, for instance that its debugger listens.
 */
function startProgram(name: string, args: string[], env: Record<string, string>, ready: RegExp): Promise<RegExpMatchArray> {
  // Ctrl-C came meanwhile: nothing begins any more
  if (stopping) return new Promise(() => {})
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', pathToFileURL(join(root, 'scripts', 'die-with-parent.mjs')).href, ...args],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] },
  )
  children.push({ name, child })
  return new Promise((done, fail) => {
    const lastLines: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        const match = stream === child.stdout && line.match(ready)
        if (match) done(match)
        lastLines.push(line)
        if (lastLines.length > 20) lastLines.shift()
        if (process.env.VERBOSE || stream === child.stderr) console.error(`${name}: ${line}`)
      })
    }
    child.once('exit', (code, signal) => {
      fail(new StartError(`${name} could not start${lastLines.length ? `: ${lastLines.at(-1)}` : ''}`))
      setTimeout(() => {
        if (stopping) return
        console.error(`${name} ended (${signal ?? `exit ${code}`}): stopping the others`)
        void stop(1)
      }, heardWithinMs)
    })
  })
}

/** WeChat's side of the demo histories, so that the sandbox refuses what WeChat would. @param now when the histories end */
async function remember(controlUrl: string, now: Date): Promise<void> {
  const answer = await fetch(`${controlUrl}/merchants`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wechatSideOfDemo(now)),
  })
  if (!answer.ok) throw new StartError(`the sandbox did not take the demo merchants (${answer.status}): ${await answer.text()}`)
}

interface StartedDatabase {
  url: string
  ownerUrl: string | null
  onEnd(tell: () => void): void
  stop(): Promise<void>
}
let database: Promise<StartedDatabase> | undefined

async function stop(exitCode: number): Promise<never> {
  if (stopping) return new Promise(() => {})
  stopping = true
  const ended = children
    .toReversed()
    .filter(({ child }) => child.exitCode === null && child.signalCode === null)
    .map(
      ({ child }) =>
        new Promise<void>(done => {
          const patience = setTimeout(() => child.kill('SIGKILL'), 8_000)
          child.once('exit', () => {
            clearTimeout(patience)
            done()
          })
          child.kill('SIGTERM')
        }),
    )
  await Promise.all(ended)
  // also one that is just being started
  await database?.then(
    started => started.stop(),
    () => undefined,
  )
  process.exit(exitCode)
}

interface Sandbox {
  sandbox: string
  control: string
  panel: string
  customer: string
  env: Record<string, string>
}

const clockFileIn = (dataDir: string): string => join(dataDir, 'clock')

async function startSandbox(dataDir: string, backendPort: number): Promise<Sandbox> {
  const [, line] = await startProgram(
    'sandbox',
    ['dev/sandbox/main.ts'],
    {
      SANDBOX_PORT: process.env.SANDBOX_PORT || '0',
      DATA_DIR: dataDir,
      CLOCK_FILE: clockFileIn(dataDir),
      SP_MCHID: provider.sp_mchid,
      RECEIPT_LINK: `http://127.0.0.1:${backendPort}/receipt`,
    },
    /^(\{.*"sandbox".*\})$/,
  )
  return JSON.parse(line!) as Sandbox
}

/** @param panel of the sandbox: the controls beside the phone */
async function startSimulator(ports: { backend: number; simulator: number; automation: number }, panel: string): Promise<void> {
  const args = ['simulator/main.ts', '.', '--strict', '--port', String(ports.simulator), '--automation-port', String(ports.automation)]
  args.push('--controls', panel, '--map', `http://127.0.0.1:8787=http://127.0.0.1:${ports.backend}`)
  if (process.env.HEADLESS === '1') args.push('--headless')
  await startProgram('simulator', args, {}, /^ready$/)
}

async function start(): Promise<void> {
  // some shells (tcsh, fish) hand the machine's own name on under the name of our setting
  if (process.env.HOST === hostname()) delete process.env.HOST
  // what is printed and what the phone asks says 127.0.0.1
  if (/^(localhost|\[?::1\]?)$/i.test(process.env.HOST ?? '')) process.env.HOST = '127.0.0.1'
  const ports = {
    backend: portSetting('BACKEND_PORT', 8787),
    simulator: portSetting('SIMULATOR_PORT', 8080),
    automation: portSetting('AUTOMATION_PORT', 9420),
  }
  assertDifferent({ BACKEND_PORT: ports.backend, SIMULATOR_PORT: ports.simulator, AUTOMATION_PORT: ports.automation })
  const dataDir = resolve(process.env.DATA_DIR || '.data')
  assertWritable(dataDir)
  await assertFree('BACKEND_PORT', ports.backend)
  await assertFree('SIMULATOR_PORT', ports.simulator)
  await assertFree('AUTOMATION_PORT', ports.automation)

  if (!haveBuiltNpm()) throw new StartError('miniprogram/miniprogram_npm could not be made: run npm ci')
  lockFolder(dataDir, 'start.lock')
  database = databaseFor(dataDir)
  // what does not need one another starts side by side: on two cores a start takes as long as its longest part
  const sandboxStarted = startSandbox(dataDir, ports.backend)
  const phoneStarted = sandboxStarted.then(({ panel }) => startSimulator(ports, panel))
  // whoever cannot start is met where it is waited for
  for (const started of [sandboxStarted, phoneStarted]) started.catch(() => undefined)
  const { url, ownerUrl, onEnd } = await database
  onEnd(() => {
    if (stopping) return
    console.error('postgresql ended: stopping the others')
    void stop(1)
  })
  await makeReady({ url, ownerUrl })

  const sandbox = await sandboxStarted
  const connection = connect(url, 2, aloneLimits)
  const demo = await fillDemoData(connection, systemClock, async now => {
    await remember(sandbox.control, now)
    await putDemoPhotos(localPhotoStore(process.env.PHOTO_DIR || join(dataDir, 'photos')))
  }).finally(() => connection.destroy())
  if (demo.filled) console.log(`demo data: ${demo.merchants} merchants written into the empty database`)
  await startProgram(
    'backend',
    ['backend/main.ts'],
    {
      ...sandbox.env,
      DATABASE_URL: url,
      BACKEND_PORT: String(ports.backend),
      CLOCK_FILE: clockFileIn(dataDir),
      NODE_ENV: 'development',
      // no page of this machine may be visited by the link check: it says of this name that it leads nowhere
      RECEIPT_LINK: process.env.RECEIPT_LINK || 'https://h5.example.com/receipt',
    },
    /^listening on (\S+)$/,
  )
  await phoneStarted

  console.log(`phone       http://127.0.0.1:${ports.simulator}/   open this in a browser`)
  console.log(`backend     http://127.0.0.1:${ports.backend}/healthz`)
  console.log(`sandbox     ${sandbox.sandbox}   stands in for WeChat and WeChat Pay`)
  console.log(`receipt     ${sandbox.customer}?sub_mch_id=1900000109   what a customer sees after paying`)
  console.log(`automation  ws://127.0.0.1:${ports.automation}   for miniprogram-automator`)
  console.log(`database    ${process.env.DATABASE_URL ? 'DATABASE_URL' : join(dataDir, 'postgresql')}`)
  if (demo.inviteCode) console.log(`invite code ${demo.inviteCode}   for the role 未绑定`)
  console.log('ready')
}

for (const signal of endSignals) process.on(signal, () => void stop(0))
whenNpmIsGone(() => void stop(0))
// the window was closed: nobody reads any more, and what runs is ended all the same
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void stop(0))
start().catch(async (error: Error) => {
  await new Promise(done => setTimeout(done, heardWithinMs))
  // what fails because everything is being ended says nothing
  if (!stopping) console.error(error.message ?? String(error))
  if (process.env.VERBOSE) console.error(error.stack)
  await stop(1)
})
