// The server that comes from npm, and what a database must be before the program uses it.
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { migrate } from '../../../backend/database/migrate.ts'
import { providerSettings } from '../../../dev/postgres/provider-settings.ts'
import { startPostgres, type PostgresServer } from '../../../dev/postgres/server.ts'
import { eventually } from '../../support/eventually.ts'
import { portOfOurs } from '../../support/ports.ts'
import { built } from '../../support/programs.ts'

let folder: string
const log: string[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'goldplan-server-'))
  // where this process is root, the server runs as another user, who must get in
  chmodSync(folder, 0o755)
})
afterEach(() => {
  log.length = 0
})
afterAll(async () => {
  for (const server of started) await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const started: PostgresServer[] = []
async function start(name: string): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir: join(folder, name), log: line => log.push(line) })
  started.push(server)
  return server
}

async function ask<T>(url: string, query: string): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  // a server that stops while we are connected is part of these tests
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(query)).rows[0] as T
  } finally {
    await client.end()
  }
}

test('given an empty folder, when the server starts, stops and starts again, then it counts Chinese characters and keeps what was written', async () => {
  const first = await start('kept')
  expect(
    await ask(
      first.url,
      `select length('科技面馆') as length, current_setting('server_encoding') as encoding, current_setting('fsync') as fsync`,
    ),
  ).toEqual({ length: 4, encoding: 'UTF8', fsync: 'on' })
  // as compose.yaml gives a provider's server, so that what is measured and tested is what runs
  const mb = (name: string) =>
    `(select setting::float8 * case unit when '8kB' then 8192 when 'kB' then 1024 else 1048576 end / 1048576 from pg_settings where name = '${name}')`
  expect(
    await ask(
      first.ownerUrl,
      `select ${mb('max_wal_size')} as wal, current_setting('random_page_cost')::float8 as page, ${mb('shared_buffers')} as buffers`,
    ),
  ).toEqual({
    wal: providerSettings.max_wal_size,
    page: providerSettings.random_page_cost,
    buffers: Math.min(providerSettings.shared_buffers, Math.max(128, Math.floor(totalmem() / 4 / 2 ** 20))),
  })
  await ask(first.ownerUrl, 'create table kept (id integer)')
  await first.stop()
  const second = await start('kept')
  await expect(ask(second.ownerUrl, 'select count(*)::integer as count from kept')).resolves.toEqual({ count: 0 })
  await second.stop()
})

test('given a program killed with -9, when the next one starts on its folder, then it takes the server over and can stop it', async () => {
  const script = `import { startPostgres } from '${pathToFileURL(built('dev/postgres/server.ts')[0]!).href}'
    const { url } = await startPostgres({ dataDir: ${JSON.stringify(join(folder, 'orphan'))}, log() {} })
    console.log(url)
    setInterval(() => {}, 1000)`
  const file = join(folder, 'holder.mjs')
  writeFileSync(file, script)
  const holder = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>(done => createInterface({ input: holder.stdout }).once('line', done))
  holder.kill('SIGKILL')
  const next = await start('orphan')
  expect([next.url, log]).toEqual([url, [expect.stringContaining('already running')]])
  await next.stop()
  await expect(ask(next.url, 'select 1')).rejects.toThrow()
})

test("given a killed server's number that belongs to somebody else by now, then the next one starts, and the stranger is left alone", async () => {
  const stranger = await start('stranger')
  const strangers = readFileSync(join(folder, 'stranger', 'postmaster.pid'), 'utf8').split('\n')
  const sleeper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const own = join(folder, 'stale')
  await (await start('stale')).stop()
  // as a killed server leaves it: any living process, then the server of another folder
  for (const lines of [
    [String(sleeper.pid), own, '1', '1', '', '127.0.0.1', '', 'ready'],
    [strangers[0]!, own, ...strangers.slice(2)],
  ]) {
    writeFileSync(join(own, 'postmaster.pid'), `${lines.join('\n')}\n`)
    const server = await start('stale')
    expect(server.attached).toBe(false)
    expect(await ask(server.ownerUrl, `select current_setting('data_directory') as folder`)).toEqual({ folder: own })
    await server.stop()
  }
  expect(sleeper.exitCode).toBeNull()
  sleeper.kill('SIGKILL')
  expect(await ask(stranger.url, 'select 1 as one')).toEqual({ one: 1 })
  await stranger.stop()
})

test('given a port that somebody takes before the server does, then it starts on another one', async () => {
  const holder = createServer()
  await new Promise<void>(done => holder.listen(0, '127.0.0.1', done))
  const { port: taken } = holder.address() as AddressInfo
  const ports = [taken, await portOfOurs()]
  const given = [...ports]
  const server = await startPostgres({ dataDir: join(folder, 'port'), log: line => log.push(line), freePort: async () => given.shift()! })
  started.push(server)
  expect([Number(new URL(server.url).port), await ask(server.url, 'select 1 as one')]).toEqual([ports[1], { one: 1 }])
  await server.stop()
  await new Promise(done => holder.close(done))
})

test('given a folder with something else in it, then one line says so and nothing of it is touched', async () => {
  mkdirSync(join(folder, 'photos'))
  writeFileSync(join(folder, 'photos', 'shop.jpg'), '')
  await expect(start('photos')).rejects.toThrow(/holds something that is not a database/)
})

const serverUrl = () => process.env.TEST_DATABASE_URL!
const databaseUrl = (name: string) => Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href

test('given a database that is not UTF8, then it is refused in one line', async () => {
  await ask(serverUrl(), `create database ascii encoding 'SQL_ASCII' locale_provider libc locale 'C' template template0`)
  await expect(migrate(databaseUrl('ascii'))).rejects.toThrow(/encoding is SQL_ASCII/)
  await ask(serverUrl(), 'drop database ascii')
})

test('given no server at the address, then one line names DATABASE_URL', async () => {
  await expect(migrate('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(/cannot be reached.*DATABASE_URL/)
})

test('given five programs that migrate one new database at once, then each finds it migrated; given a migration changed later, then it is refused', async () => {
  await ask(serverUrl(), 'create database together')
  const url = databaseUrl('together')
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(url)))
  const made = applied.filter(names => names.length > 0)
  expect(made).toHaveLength(1)
  expect(made[0]![0]).toBe('0001_first.sql')
  await ask(url, `update schema_migrations set checksum = 'other' where name = '0001_first.sql'`)
  await expect(migrate(url)).rejects.toThrow(/0001_first.sql was applied with other contents/)
  await ask(url, `update schema_migrations set name = '9999_newer.sql' where name = '0001_first.sql'`)
  await expect(migrate(url)).rejects.toThrow(/9999_newer.sql.*newer version/)
  await eventually('the database is free', async () => {
    await ask(serverUrl(), 'drop database together')
    return true
  })
})
