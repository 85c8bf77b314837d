// The steps of the Dockerfile's stages `build` and last without an engine: only the files that they copy, what is built of them, the image's environment,
// its user's secrets as files, its command and its health check. Packages are those of the project; that `npm ci --omit=dev` brings enough of them is held by scripts/checks/deployment.ts.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startSandbox, type Sandbox } from '../../dev/sandbox/index.ts'
import { isInContext, readDockerfile, variablesOf } from '../../scripts/checks/deployment/dockerfile.ts'
import { readDeployment, type Deployment } from '../../scripts/checks/deployment/facts.ts'
import { root } from '../../scripts/checks/files.ts'
import { eventually } from '../support/eventually.ts'
import { createEmptyDatabase, type EmptyDatabase } from './backup/support/installation.ts'

let given: Deployment
let database: EmptyDatabase
let sandbox: Sandbox
const folder = mkdtempSync(join(tmpdir(), 'goldplan-image-'))
const app = join(folder, 'app')
const temporary = join(folder, 'tmp')
const secret = (name: string) => join(folder, 'secrets', name)
beforeAll(async () => {
  given = await readDeployment()
  database = await createEmptyDatabase()
  sandbox = await startSandbox({ spMchid: '1900000001' })
  mkdirSync(join(folder, 'secrets'))
  mkdirSync(temporary)
  writeFileSync(secret('owner_database_url'), `${database.ownerUrl}\n`, { mode: 0o600 })
  writeFileSync(secret('database_url'), `${database.url}\n`, { mode: 0o600 })
  writeFileSync(secret('wechat_app_secret'), `${sandbox.environment().WECHAT_APP_SECRET}\n`, { mode: 0o600 })
  assemble()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await sandbox.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const lastStage = () => readDockerfile(given.dockerfile).at(-1)!.instructions
const imageVariables = () =>
  Object.assign(
    {},
    ...lastStage()
      .filter(({ name }) => name === 'ENV')
      .map(variablesOf),
  ) as Record<string, string>
const execForm = (name: string): string[] => {
  const words = lastStage().findLast(instruction => instruction.name === name)!.words
  return words[0] === 'node' ? words.slice(1) : words
}

const built = join(folder, 'build')

/** What a stage copies from the project, and the last one from the stage `build`; the packages are the project's. */
function assemble(): void {
  for (const stage of readDockerfile(given.dockerfile)) {
    const place = stage.name === 'build' ? built : app
    if (stage.name === 'dependencies') continue
    for (const { name, flags, words } of stage.instructions) {
      if (name !== 'COPY') continue
      for (const source of words.slice(0, -1))
        if (flags.from === undefined) copyFromProject(source, place)
        else if (flags.from === 'build')
          cpSync(join(built, source.replace('/app/', '')), join(app, source.replace('/app/', '')), { recursive: true })
    }
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
    if (stage.name === 'build') expect(spawnSync(process.execPath, ['backend/build.mjs'], { cwd: built, encoding: 'utf8' }).stderr).toBe('')
  }
  if (existsSync(join(root, 'backend/node_modules'))) symlinkSync(join(root, 'backend/node_modules'), join(app, 'backend/node_modules'))
}

function copyFromProject(source: string, place: string): void {
  for (const file of given.facts.files.filter(one => one === source || one.startsWith(`${source}/`))) {
    if (!isInContext(file, given.dockerignore)) continue
    mkdirSync(dirname(join(place, file)), { recursive: true })
    cpSync(join(root, file), join(place, file))
  }
}

const children: ChildProcess[] = []
function run(args: string[], environment: Record<string, string>) {
  // the image has the project in /app
  const inPlace = (text: string) => text.replaceAll('/app/', `${app}/`)
  const env = {
    PATH: process.env.PATH!,
    ...Object.fromEntries(Object.entries(imageVariables()).map(([name, value]) => [name, inPlace(value)])),
    ...environment,
  }
  const child = spawn(process.execPath, args, { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  children.push(child)
  return { child, out: () => out, err: () => err, ended: new Promise<number | null>(done => child.once('close', done)) }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise(done => server.close(done))
  return port
}

test('given only what the image holds and secrets as files, then its command starts, its health check is content, and SIGTERM ends it', async () => {
  const port = await freePort()
  const { WECHAT_APP_SECRET: _inAFile, ...wechat } = sandbox.environment()
  const environment = {
    ...wechat,
    SP_MCHID: '1900000001',
    HOST: '127.0.0.1',
    BACKEND_PORT: String(port),
    PHOTO_DIR: join(folder, 'photos'),
    LOG_LEVEL: 'error',
    // nothing of a common temporary folder is read or left there
    TMPDIR: temporary,
    DATABASE_URL_FILE: secret('database_url'),
    WECHAT_APP_SECRET_FILE: secret('wechat_app_secret'),
  }
  const check = () =>
    run(
      execForm('HEALTHCHECK')
        .slice(1 + execForm('HEALTHCHECK').indexOf('node'))
        .map(word => word.replace('8787', String(port))),
      environment,
    )
  expect(await check().ended).toBe(1)
  const asOwner = { ...environment, MIGRATION_DATABASE_URL_FILE: secret('owner_database_url') }
  const migration = run(['backend/run.mjs', 'migrate'], asOwner)
  expect([await migration.ended, migration.err(), migration.out()]).toEqual([0, '', expect.stringContaining('0001_first.sql')])
  const backend = run(execForm('CMD'), environment)
  await eventually('it listens', () => backend.out().includes('listening on'), { timeout: 25_000 }).catch(error => {
    throw new Error(`${String(error)}\n${backend.err()}`)
  })
  expect(await check().ended).toBe(0)
  backend.child.kill('SIGTERM')
  expect([await backend.ended, backend.err()]).toEqual([0, ''])
  // the commands beside it find the same database
  const backup = run(['backend/run.mjs', 'backup', join(folder, 'backup')], asOwner)
  expect(readdirSync(temporary)).toEqual([])
  expect([await backup.ended, backup.out()]).toEqual([0, `backed up into ${join(folder, 'backup')}\n`])
}, 120_000)

test.each([
  [
    'a secret file that is not there',
    { DATABASE_URL_FILE: '/nowhere/url' },
    'DATABASE_URL_FILE names /nowhere/url, which cannot be read (ENOENT)',
  ],
  ['a secret that is there twice', { DATABASE_URL: 'postgresql://a', DATABASE_URL_FILE: '/nowhere/url' }, 'both set'],
])('given %s, then one line says so and nothing starts', async (_what, environment, complaint) => {
  const backend = run(execForm('CMD'), environment as unknown as Record<string, string>)
  expect(await backend.ended).toBe(1)
  expect(backend.err()).toContain(complaint)
  expect(backend.err().trim().split('\n')).toHaveLength(1)
})
