// The import and the embedded server of a data folder: beside one that a backend uses, and alone.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { connect } from '../../../../backend/database/connection.ts'
import { migrate } from '../../../../backend/database/migrate.ts'
import { databaseOfCommand } from '../../../../backend/platform/command-database.ts'
import '../../../../dev/postgres/for-commands.ts'
import { startPostgres, type PostgresServer } from '../../../../dev/postgres/server.ts'
import { built } from '../../../support/programs.ts'

let dataDir: string
let server: PostgresServer
let file: string

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'goldplan-beside-'))
  // PostgreSQL runs as a user of its own where this is root, and has to reach the folder
  chmodSync(dataDir, 0o755)
  server = await startPostgres({ dataDir: join(dataDir, 'postgresql'), log: () => {} })
  await migrate(server.ownerUrl)
  file = join(dataDir, 'merchants.csv')
})
afterAll(async () => {
  await server?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

function runImport(): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(
    process.execPath,
    ['--import', ...built('dev/postgres/for-commands.ts'), ...built('backend/directory/imports/main.ts', file)],
    {
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      env: { ...process.env, DATABASE_URL: '', SP_MCHID: '', DATA_DIR: dataDir },
    },
  )
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
  return new Promise(done => child.once('close', code => done({ code, out, error })))
}

test('given a backend on this data folder, when its directory is imported, then it sees the shops and its server runs on', async () => {
  const backend = connect(server.url)
  try {
    writeFileSync(file, 'sub_mchid,name,region_code\n1900500001,新来的面馆,440305\n')
    expect(await runImport()).toMatchObject({ code: 1, error: expect.stringContaining('还没有服务商') })
    await backend
      .insertInto('provider')
      .values({ sp_mchid: '1900000001', name: '示例服务商', default_open_since: null, updated_at: new Date() })
      .execute()
    expect(await runImport()).toMatchObject({ code: 0, out: expect.stringContaining('新增 1') })
    expect(await backend.selectFrom('sub_merchants').select('name').execute()).toEqual([{ name: '新来的面馆' }])
  } finally {
    await backend.destroy()
  }
})

test('given nothing runs on this data folder, then the server is started for the import and ended after it', async () => {
  await server.stop()
  expect(await runImport()).toMatchObject({ code: 0, out: expect.stringContaining('不变 1') })
  expect(existsSync(join(dataDir, 'postgresql', 'postmaster.pid'))).toBe(false)
})

test('given the backend starts during an import and outlives it, then it keeps the server; the last to leave ends it', async () => {
  const place = { dataDir: join(dataDir, 'postgresql'), log: () => {} }
  const importing = await databaseOfCommand({ DATA_DIR: dataDir }, () => {})
  const started = await startPostgres(place)
  expect(started).toMatchObject({ url: importing.url, attached: true })
  await importing.release()
  await expect(answers(started.url)).resolves.toBe(true)
  await started.stop()
  await expect(answers(started.url)).resolves.toBe(false)
})

test('given the backend ends during an import, then the import keeps the server and ends it', async () => {
  const started = await startPostgres({ dataDir: join(dataDir, 'postgresql'), log: () => {} })
  expect(started.attached).toBe(false)
  const importing = await databaseOfCommand({ DATA_DIR: dataDir }, () => {})
  await started.stop()
  await expect(answers(importing.url)).resolves.toBe(true)
  await importing.release()
  await expect(answers(importing.url)).resolves.toBe(false)
})

test('given a program that was killed while it used the server, then it does not keep it running', async () => {
  const users = join(dataDir, 'postgresql', 'goldplan-users')
  const started = await startPostgres({ dataDir: join(dataDir, 'postgresql'), log: () => {} })
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const own = readdirSync(users)[0]!
  const ticks = readFileSync(`/proc/${holder.pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]
  writeFileSync(join(users, `${holder.pid}_${ticks}_test`), '')
  await started.stop()
  await expect(answers(started.url)).resolves.toBe(true)
  const again = await startPostgres({ dataDir: join(dataDir, 'postgresql'), log: () => {} })
  holder.kill('SIGKILL')
  await new Promise(done => holder.once('close', done))
  // the number of a killed process may be another's now
  writeFileSync(join(users, own.replace(/_\d+_/, '_1_')), '')
  await again.stop()
  await expect(answers(started.url)).resolves.toBe(false)
})

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  const connected = await client.connect().then(
    () => true,
    () => false,
  )
  await client.end().catch(() => undefined)
  return connected
}
