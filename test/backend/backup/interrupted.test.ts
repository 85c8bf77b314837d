// Backups and restores whose connection or disk goes away in the middle: one line says what is left, nothing half is taken for whole, and nothing is lost.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { backUp } from '../../../backend/backup/backup.ts'
import { troubleOf } from '../../../backend/backup/trouble.ts'
import { migrate } from '../../../backend/database/migrate.ts'
import { startDatabaseProxy, type DatabaseProxy } from '../../support/database-proxy.ts'
import { ask, createEmptyDatabase, programUrl, startInstallation, type EmptyDatabase, type Installation } from './support/installation.ts'
import { built } from '../../support/programs.ts'

let source: Installation
let empty: EmptyDatabase
/** of the source, whole */
let backup: string
beforeAll(async () => {
  source = await startInstallation()
  empty = await createEmptyDatabase()
  backup = newFolder()
  await backUp({ databaseUrl: source.databaseUrl, photoDir: source.photoDir, folder: backup, clock: source.clock, log: () => undefined })
})
afterAll(async () => {
  await source?.close()
  await empty?.drop()
})

const newFolder = () => join(source.folder, randomUUID())

interface Run {
  env: Record<string, string>
  /** a limit that the shell sets before */
  limit?: string
  /** a line that it says: then something happens to it */
  at?: RegExp
  happens?: () => void
}

async function run(verb: 'backup' | 'restore', folder: string, { env, limit, at, happens }: Run) {
  const args = built('backend/backup/main.ts', verb, folder)
  const command = limit ? ['sh', '-c', `${limit}; exec "$0" "$@"`, process.execPath, ...args] : [process.execPath, ...args]
  const child = spawn(command[0]!, command.slice(1), { env: { PATH: process.env.PATH!, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let happened = false
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (happened || !at?.test(said)) return
    happened = true
    happens!()
  })
  const status = await new Promise<number | null>(done => child.once('close', done))
  return { status, happened, last: said.trim().split('\n').at(-1)!, said }
}

const sourceThrough = (proxy?: DatabaseProxy) => {
  const through = (url: string) => (proxy ? proxy.urlOf(url) : url)
  return {
    DATABASE_URL: through(programUrl(source.databaseUrl)),
    MIGRATION_DATABASE_URL: through(source.databaseUrl),
    PHOTO_DIR: source.photoDir,
  }
}

const countsOf = async (url: string) => {
  const names = ['sub_merchants', 'evidence', 'audit_entries', 'visits', 'staff', 'idempotency_keys', 'sessions', 'operation_attempts']
  const [row] = await ask<Record<string, string>>(
    url,
    `select ${names.map(name => `(select count(*) from ${name}) as ${name}`).join(', ')}`,
  )
  return row
}

test('given the connection is cut during a backup, then one line says that the folder is none, no restore takes it, and the next one is whole', async () => {
  const proxy = await startDatabaseProxy(source.databaseUrl)
  const folder = newFolder()
  const cut = await run('backup', folder, { env: sourceThrough(proxy), at: /^\w+: \d+ rows$/m, happens: proxy.cut })
  expect([cut.status, cut.happened, cut.last]).toEqual([
    1,
    true,
    expect.stringMatching(/^not done: the database is gone or busy .* is no backup/),
  ])
  expect(cut.said).not.toMatch(/\n\s+at /)
  expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
  const refused = await run('restore', folder, {
    env: { DATABASE_URL: empty.url, MIGRATION_DATABASE_URL: empty.ownerUrl, PHOTO_DIR: newFolder() },
  })
  expect([refused.status, refused.last]).toEqual([1, expect.stringContaining('has no manifest.json: it is no backup')])
  // the same folder is not gone on with
  expect((await run('backup', folder, { env: sourceThrough() })).last).toContain('is not empty')
  expect((await run('backup', newFolder(), { env: sourceThrough(proxy) })).last).toMatch(/^backed up into /)
  await proxy.close()
})

test('given the connection is cut during a restore, then one line says to run it again, nothing starts meanwhile, and again completes it', async () => {
  const proxy = await startDatabaseProxy(empty.ownerUrl)
  const photos = newFolder()
  const env = { DATABASE_URL: proxy.urlOf(empty.url), MIGRATION_DATABASE_URL: proxy.urlOf(empty.ownerUrl), PHOTO_DIR: photos }
  const cut = await run('restore', backup, { env, at: /^evidence: \d+ rows$/m, happens: proxy.cut })
  expect([cut.status, cut.happened, cut.last]).toEqual([1, true, expect.stringMatching(/^not done: .*: run the restore again$/)])
  expect(cut.said).not.toMatch(/\n\s+at /)
  await expect(migrate(empty.ownerUrl)).rejects.toThrow('was not finished: run it again')
  expect((await run('restore', backup, { env })).last).toMatch(/^restored the backup of /)
  expect(await countsOf(empty.ownerUrl)).toEqual(await countsOf(source.databaseUrl))
  expect(await migrate(empty.ownerUrl)).toEqual([])
  await proxy.close()
})

// a limit of the shell stands for a disk that has no room left: the write fails in the same place
test('given no room for a file of the backup, then the line names the folder and not the database, and no backup is there', async () => {
  const folder = newFolder()
  const full = await run('backup', folder, { env: sourceThrough(), limit: 'ulimit -f 8' })
  expect([full.status, full.last]).toEqual([
    1,
    expect.stringMatching(new RegExp(`^not done: ${folder}.* cannot be written .*is no backup`)),
  ])
  expect(full.said).not.toMatch(/\n\s+at /)
  expect(readdirSync(folder)).not.toContain('manifest.json')
  expect((await run('backup', newFolder(), { env: sourceThrough() })).status).toBe(0)
})

test.each([
  ['backup', { code: 'ENOSPC', message: 'no space left on device, write' }, '/backups/1 cannot be written'],
  ['restore', { code: 'ENOSPC', message: 'no space left on device, write' }, '/photos cannot be written'],
  ['restore', { code: '53100', message: 'could not extend file' }, 'the database has no room left'],
  ['backup', { code: '57P01', message: 'terminating connection' }, 'the database is gone or busy'],
  ['backup', { code: 'EACCES', message: 'permission denied', path: '/backups/1/tables' }, '/backups/1/tables cannot be written'],
] as const)('given a %s that fails with %j, then it is said where', (verb, error, said) => {
  const line = troubleOf(Object.assign(new Error(error.message), error), { verb, folder: '/backups/1', photoDir: '/photos' })
  expect(line).toContain(said)
  expect(line).toContain(verb === 'backup' ? 'is no backup' : 'run the restore again')
})

test('given a defect of ours, then its stack is what is needed', () => {
  expect(troubleOf(new TypeError('x is undefined'), { verb: 'backup', folder: '/a', photoDir: '/b' })).toBeNull()
})
