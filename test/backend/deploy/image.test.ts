// The steps of the Dockerfile without an engine: only the files that they copy, the packages that its `npm ci` brings, what is built of them, the image's
// environment, its command and its health check; and the commands of compose.yaml in it. The stage `build` builds with the project's own packages, which the
// same lock file brought.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openWorld, writeCredentialFiles } from '../../../dev/sandbox/credentials.ts'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { isInContext, readDockerfile, variablesOf } from '../../../scripts/checks/deployment/dockerfile.ts'
import { readDeployment, type Deployment } from '../../../scripts/checks/deployment/facts.ts'
import { root } from '../../../scripts/checks/files.ts'
import { eventually } from '../../support/eventually.ts'
import { portOfOurs } from '../../support/ports.ts'
import { ask, createEmptyDatabase, type EmptyDatabase } from '../backup/support/installation.ts'
import { containerOf } from './support/compose.ts'

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

/** Where a stage has its /app. */
const placeOf = (stage: string | null) => (stage === null ? app : join(folder, stage))

/** What the stages copy and run. */
function assemble(): void {
  for (const stage of readDockerfile(given.dockerfile)) {
    const place = placeOf(stage.name)
    mkdirSync(place, { recursive: true })
    for (const { name, flags, words, text } of stage.instructions) {
      if (name === 'COPY')
        for (const source of words.slice(0, -1))
          if (flags.from === undefined) copyFromProject(source, place)
          else renameTo(join(placeOf(flags.from), source.replace('/app/', '')), join(app, source.replace('/app/', '')))
      // the last stage's make and give away a folder of the image's root
      if (name === 'RUN' && stage.name !== null) runStep(stage.name, words, text)
    }
  }
}

function renameTo(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
}

function runStep(stage: string, words: readonly string[], text: string): void {
  const place = placeOf(stage)
  if (stage === 'build' && words[0] === 'npm') return symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
  const args = text.startsWith('[') ? ([words[0]!, words.slice(1)] as const) : (['sh', ['-c', text]] as const)
  // what the project was installed from is here already
  const env = { ...process.env, npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' }
  const { status, stderr } = spawnSync(args[0], args[1], { cwd: place, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${stage}: ${text}: ${stderr}`)
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

test('given only what the image holds and secrets as files, then its command starts, its health check is content, and SIGTERM ends it', async () => {
  const port = await portOfOurs()
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
  await eventually('it listens', () => backend.out().includes('listening on')).catch(error => {
    throw new Error(`${String(error)}\n${backend.err()}`)
  })
  expect(await check().ended).toBe(0)
  backend.child.kill('SIGTERM')
  expect([await backend.ended, backend.err()]).toEqual([0, ''])
  // the commands beside it find the same database
  const backup = run(['backend/run.mjs', 'backup', join(folder, 'backup')], asOwner)
  expect(readdirSync(temporary)).toEqual([])
  expect([await backup.ended, backup.out()]).toEqual([0, `backed up into ${join(folder, 'backup')}\n`])
})

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

describe('compose.yaml', () => {
  const place = join(folder, 'compose')
  let port: number
  const env = (lines: Record<string, string>) =>
    writeFileSync(
      join(place, '.env'),
      Object.entries(lines)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    )
  const needed = (): Record<string, string> => {
    const { WECHAT_APPID, WECHATPAY_SERIAL_NO, WECHATPAY_PUBLIC_KEY_ID } = sandbox.environment() as Record<string, string>
    return {
      SP_MCHID: '1900000001',
      SP_NAME: '示例服务商',
      DOMAIN: 'api.provider.example',
      WECHAT_APPID: WECHAT_APPID!,
      WECHATPAY_SERIAL_NO: WECHATPAY_SERIAL_NO!,
      WECHATPAY_PUBLIC_KEY_ID: WECHATPAY_PUBLIC_KEY_ID!,
    }
  }
  /** Of the machine on which it runs, where the containers have a network and time-outs of their own. */
  const ofThisMachine = () => {
    const { WECHATPAY_BASE_URL, WECHAT_BASE_URL } = sandbox.environment() as Record<string, string>
    return {
      WECHATPAY_BASE_URL: WECHATPAY_BASE_URL!,
      WECHAT_BASE_URL: WECHAT_BASE_URL!,
      HOST: '127.0.0.1',
      BACKEND_PORT: String(port),
      LOG_LEVEL: 'error',
      TMPDIR: temporary,
      PHOTO_DIR: join(place, 'volumes/photos'),
    }
  }
  const start = (service: string) => {
    const { command, environment } = containerOf(service, place)
    const words = command ?? ['node', ...execForm('CMD')]
    expect(words[0]).toBe('node')
    return run(words.slice(1), { ...environment, ...ofThisMachine() })
  }
  const serves = async () => {
    const backend = start('backend')
    await eventually('it listens', () => backend.out().includes('listening on')).catch(error => {
      throw new Error(`${String(error)}\n${backend.err()}`)
    })
    backend.child.kill('SIGTERM')
    expect([await backend.ended, backend.err()]).toEqual([0, ''])
  }
  beforeAll(async () => {
    port = await portOfOurs()
    mkdirSync(join(place, 'secrets/providers'), { recursive: true })
    mkdirSync(join(place, 'volumes/photos'), { recursive: true })
    const keep = (name: string, text: string) => writeFileSync(join(place, 'secrets', name), text)
    const key = sandbox.environment() as Record<string, string>
    keep('owner_database_url', `${database.ownerUrl}\n`)
    keep('database_url', `${database.url}\n`)
    keep('wechat_app_secret', `${key.WECHAT_APP_SECRET}\n`)
    keep('apiclient_key.pem', key.WECHATPAY_PRIVATE_KEY!)
    keep('apiclient_cert.pem', key.WECHATPAY_MERCHANT_CERTIFICATE!)
    keep('pub_key.pem', key.WECHATPAY_PUBLIC_KEY!)
    keep('receipt_source_key', '')
  })

  test('given the .env and the files of the page, then it migrates and serves', async () => {
    env(needed())
    const migration = start('migrate')
    expect([await migration.ended, migration.err()]).toEqual([0, ''])
    await serves()
  })

  test('given a platform certificate in place of the public key, as the page has it, then it serves', async () => {
    const { WECHATPAY_PLATFORM_CERTIFICATE } = sandbox.environment('platform_certificate') as Record<string, string>
    writeFileSync(join(place, 'secrets/providers/platform.pem'), WECHATPAY_PLATFORM_CERTIFICATE!)
    env({
      ...needed(),
      WECHATPAY_PUBLIC_KEY_ID: '',
      WECHATPAY_PUBLIC_KEY: '',
      WECHATPAY_PLATFORM_CERTIFICATE: '/run/providers/platform.pem',
    })
    await serves()
  })

  test('given a second number in the providers file, as the page has it, then both are served', async () => {
    const { credentials } = await openWorld('1900000002')
    const files = writeCredentialFiles(credentials, join(place, 'secrets/providers/second'))
    const beside = (path: string) => `second/${basename(path)}`
    writeFileSync(
      join(place, 'secrets/providers/providers.json'),
      JSON.stringify([
        {
          sp_mchid: '1900000002',
          name: '第二个号',
          private_key_path: beside(files.privateKey),
          serial_no: credentials.serialNo,
          public_key_id: credentials.publicKeyId,
          public_key_path: beside(files.publicKey),
        },
      ]),
    )
    env({ ...needed(), PROVIDERS_FILE: '/run/providers/providers.json' })
    await serves()
    expect(await ask(database.ownerUrl, 'select sp_mchid from provider order by 1')).toEqual([
      { sp_mchid: '1900000001' },
      { sp_mchid: '1900000002' },
    ])
  })

  test.each(['SP_MCHID', 'WECHAT_APPID', 'WECHATPAY_SERIAL_NO', 'WECHATPAY_PUBLIC_KEY_ID'])(
    'given an .env without %s, then docker compose names it before anything starts',
    name => {
      const { [name]: _left, ...rest } = needed()
      env(rest)
      expect(() => containerOf('backend', place)).toThrow(name)
    },
  )
})
