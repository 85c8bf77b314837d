// backend/operations.md done as it says, block by block: its shell lines in a shell, its SQL as an administrator, its commands as a person types them. The
// owner may make no roles and is no superuser. What needs Docker is a program of that name that only notes how it was called.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { databaseUrlFault } from '../../../backend/platform/config-checks.ts'
import { startPostgres, type PostgresServer } from '../../../dev/postgres/server.ts'
import { root } from '../../../scripts/checks/files.ts'
import { containerOf } from './support/compose.ts'

const page = readFileSync(join(root, 'backend/operations.md'), 'utf8')
const block = (language: string, holding: string): string => {
  const found = [...page.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)].find(
    ([, , kind, text]) => kind === language && text!.includes(holding),
  )
  if (!found) throw new Error(`the page has no block of ${language || 'commands'} with ${holding}`)
  return found[3]!
}

const folder = mkdtempSync(join(tmpdir(), 'goldplan-page-'))
let server: PostgresServer
let administratorUrl: string
const secret = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8').trim()
/** Of the page's files, with the place where the server is. */
const urls = () => {
  const { host } = new URL(administratorUrl)
  const here = (name: string) => secret(name).replace('@database:5432/', `@${host}/`)
  return { MIGRATION_DATABASE_URL: here('owner_database_url'), DATABASE_URL: here('database_url'), PHOTO_DIR: join(folder, 'photos') }
}

beforeAll(async () => {
  // as root, PostgreSQL runs as another user, who must reach it
  chmodSync(folder, 0o755)
  server = await startPostgres({ dataDir: join(folder, 'postgresql'), log: () => undefined })
  // a server as somebody else runs it: none of our roles, an administrator named postgres
  const own = new URL(server.ownerUrl)
  await as(own.href, [`create role postgres superuser login password 'of-this-test'`])
  administratorUrl = Object.assign(new URL(own), { username: 'postgres', password: 'of-this-test', pathname: '/template1' }).href
  await as(administratorUrl, ['alter role goldplan_owner rename to somebody', 'drop role goldplan_app'])
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await as(administratorUrl, [
    'drop database if exists goldplan with (force)',
    'drop role if exists goldplan_app',
    'drop role if exists goldplan_owner',
  ])
  rmSync(join(folder, 'secrets'), { recursive: true, force: true })
  rmSync(join(folder, 'photos'), { recursive: true, force: true })
  shellBlock()
})

async function as<Row extends object>(url: string, statements: readonly string[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let rows: Row[] = []
  for (const statement of statements) rows = (await client.query<Row>(statement)).rows
  await client.end()
  return rows
}
const inDatabase = (url: string) => Object.assign(new URL(url), { pathname: '/goldplan' }).href

/** The first block, in a folder of its own. @returns how docker was called */
function shellBlock(): string[] {
  const programs = join(folder, 'programs')
  mkdirSync(programs, { recursive: true })
  const calls = join(folder, 'docker-calls')
  writeFileSync(calls, '')
  writeFileSync(join(programs, 'docker'), `#!/bin/sh\necho "$*" >> '${calls}'\n`, { mode: 0o755 })
  const { status, stderr } = spawnSync('sh', ['-e', '-c', block('', 'mkdir -m 700 secrets')], {
    cwd: folder,
    env: { PATH: `${programs}:${process.env.PATH}` },
    encoding: 'utf8',
    // `cat > .env` takes what a person types
    input: [
      'SP_MCHID=1900000001',
      'DOMAIN=api.provider.example',
      'WECHAT_APPID=wx1234567890abcdef',
      'WECHATPAY_SERIAL_NO=1',
      'WECHATPAY_PUBLIC_KEY_ID=PUB_KEY_ID_1',
      '',
    ].join('\n'),
  })
  expect([status, stderr]).toEqual([0, ''])
  return readFileSync(calls, 'utf8').trim().split('\n')
}

/** A command of the page, as a person types it in the project's folder. */
function typed(command: string, env: Record<string, string> = urls()) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: root,
    env: { PATH: process.env.PATH!, HOME: process.env.HOME ?? folder, npm_config_loglevel: 'silent', ...env },
    encoding: 'utf8',
  })
  return { status, last: stdout.trim().split('\n').at(-1) ?? '', stderr }
}

/** Statements of the page, with the passwords of its files where it has dots. */
async function byTheSqlOfThePage(): Promise<void> {
  const [general, afterwards] = block('sql', 'create role goldplan_owner').split(/^ *-- PostgreSQL 14 only.*$/m) as [string, string]
  const passwords = [secret('owner_password'), secret('app_password')]
  const statements = (text: string) =>
    text
      .replace(/'…'/g, () => `'${passwords.shift()}'`)
      .split(';')
      .map(one => one.trim())
      .filter(one => one !== '')
  await as(administratorUrl, statements(general))
  await as(inDatabase(administratorUrl), statements(afterwards))
}

/** What psql makes of the file that compose mounts: variables by \\set with a command, :'name' as a literal. */
async function byRolesSql(): Promise<void> {
  const text = readFileSync(join(root, 'backend/deploy/roles.sql'), 'utf8').replace(/^--.*$/gm, '')
  const values = new Map<string, string>()
  const statements = text.replace(/^\\set (\w+) `cat \/run\/secrets\/(\w+)`$/gm, (_, name: string, file: string) => {
    values.set(name, secret(file))
    return ''
  })
  const literal = statements.replace(/:'(\w+)'/g, (_, name: string) => `'${values.get(name)}'`)
  await as(
    administratorUrl,
    literal
      .split(';')
      .map(one => one.trim())
      .filter(one => one !== '' && !one.startsWith('alter role postgres')),
  )
}

test('given the first block in a shell, then it makes every file that compose.yaml mounts but those of WeChat, in a closed folder', () => {
  const calls = readFileSync(join(folder, 'docker-calls'), 'utf8').trim().split('\n')
  expect(calls[0]).toBe('compose up -d --build --wait')
  expect(calls[1]).toMatch(/^compose run --rm .* backend node --max-semi-space-size=4 backend\/run\.mjs import /)
  expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700)
  for (const name of ['owner_database_url', 'database_url']) {
    expect([name, databaseUrlFault(secret(name)), statSync(join(folder, 'secrets', name)).mode & 0o777]).toEqual([name, null, 0o644])
  }
  const { environment } = containerOf('backend', folder)
  const ofWechat = ['apiclient_key.pem', 'apiclient_cert.pem', 'pub_key.pem', 'wechat_app_secret']
  for (const [variable, value] of Object.entries(environment)) {
    if (!value.startsWith(folder) || ofWechat.some(name => value.endsWith(`/${name}`))) continue
    expect([variable, statSync(value).isFile()]).toEqual([variable, true])
  }
})

test.each([
  ['the SQL of the page', byTheSqlOfThePage],
  ['the file that compose mounts', byRolesSql],
])('given logins made by %s, then an owner without rights of an administrator migrates, and the program is let in', async (_how, make) => {
  await make()
  const roles = await as<object>(administratorUrl, [
    `select rolname, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname like 'goldplan%' order by 1`,
  ])
  expect(roles).toEqual(
    ['goldplan_app', 'goldplan_owner'].map(rolname => ({ rolname, rolsuper: false, rolcreaterole: false, rolcreatedb: false })),
  )
  expect(typed('npm run migrate')).toMatchObject({ status: 0, last: expect.stringMatching(/^migrated: 0001_first\.sql/) })
  expect(typed('npm run migrate')).toMatchObject({ status: 0, last: 'the database is up to date' })
  const [temporary] = await as<{ may: boolean }>(urls().DATABASE_URL, [
    `select has_database_privilege(current_database(), 'temporary') as may`,
  ])
  expect(temporary!.may).toBe(false)
})

test('given shops of an import, when they are backed up, the database is made anew and they are restored, all as the page says, then they are there', async () => {
  await byTheSqlOfThePage()
  typed('npm run migrate')
  const own = urls().MIGRATION_DATABASE_URL
  await as(own, [`insert into provider (sp_mchid, name, updated_at) values ('1900000001', '示例服务商', now())`])
  const file = join(folder, 'merchants.csv')
  writeFileSync(file, 'sp_mchid,sub_mchid,name,region_code\n1900000001,1900000109,科技面馆,440305\n1900000001,1900000110,科苑奶茶,440305\n')
  expect(typed(`npm run import -- '${file}'`)).toMatchObject({ status: 0 })
  expect(typed('npm run provider -- --receipt-link yes')).toMatchObject({ status: 0 })
  const lines = block('', 'npm run backup')
    .trim()
    .split('\n')
    .map(line => line.replace(/ {3,}.*$/, '').replace('/backups', join(folder, 'backups')))
  expect(typed(lines[0]!)).toMatchObject({ status: 0, last: expect.stringMatching(/^backed up into /) })
  const remake = /`createdb -U postgres -O (\w+) -E (\w+) -T (\w+) (\w+)`/.exec(page)!
  await as(administratorUrl, [
    'drop database goldplan with (force)',
    `create database ${remake[4]} owner ${remake[1]} encoding '${remake[2]}' template ${remake[3]}`,
  ])
  expect(typed(lines[1]!)).toMatchObject({ status: 0, last: expect.stringMatching(/^restored the backup of /) })
  expect(await as(own, ['select sub_mchid, name from sub_merchants order by 1'])).toEqual([
    { sub_mchid: '1900000109', name: '科技面馆' },
    { sub_mchid: '1900000110', name: '科苑奶茶' },
  ])
  expect(await as(own, ['select receipt_link_configured from provider'])).toEqual([{ receipt_link_configured: true }])
  expect(typed('npm run migrate')).toMatchObject({ status: 0, last: 'the database is up to date' })
})

test('given a new password of the program by the statement of the page, then the old URL is refused in one line and the new one is let in', async () => {
  await byTheSqlOfThePage()
  typed('npm run migrate')
  expect(page).toContain('`alter role goldplan_app password …`')
  await as(administratorUrl, [`alter role goldplan_app password 'another'`])
  const before = urls()
  const refused = typed('npm run provider', before)
  expect([refused.status, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/^the program's login goldplan_app is not let in.*with the password of DATABASE_URL$/m),
  ])
  expect(refused.stderr).not.toMatch(/\n\s+at /)
  const after = { ...before, DATABASE_URL: Object.assign(new URL(before.DATABASE_URL), { password: 'another' }).href }
  expect(typed('npm run migrate', after)).toMatchObject({ status: 0, last: 'the database is up to date' })
})
