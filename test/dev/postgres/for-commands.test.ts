// A command that works on the embedded server ends it again, however the command itself is ended.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { built } from '../../support/programs.ts'

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'goldplan-command-'))
  // the user that PostgreSQL runs as has to reach it
  chmodSync(dataDir, 0o755)
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const serverPid = () => {
  const file = join(dataDir, 'postgresql', 'postmaster.pid')
  // the file is there a moment before its first line
  return (existsSync(file) && Number(readFileSync(file, 'utf8').split('\n')[0])) || null
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'given a command that started PostgreSQL, when %s ends it, then the server ends with it',
  async signal => {
    const { DATABASE_URL: _database, NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...environment } = process.env
    const command = spawn(process.execPath, ['--import', ...built('dev/postgres/for-commands.ts'), ...built('backend/provider.ts')], {
      env: { ...environment, DATA_DIR: dataDir },
      stdio: 'ignore',
    })
    const ended = new Promise(done => command.once('exit', done))
    let pid: number | null = null
    await eventually(
      'PostgreSQL to run',
      () => {
        if (command.exitCode !== null) throw new Error(`the command ended by itself: ${command.exitCode}`)
        pid = serverPid()
        return Promise.resolve(pid !== null)
      },
      { every: 5 },
    )
    command.kill(signal)
    await ended
    await eventually('the server to end', () => Promise.resolve(!isAlive(pid!)))
    expect(command.exitCode ?? command.signalCode).not.toBe(0)
  },
)

/** @returns how a command ended, and what it said */
async function runCommand(): Promise<{ code: unknown; said: string }> {
  const { DATABASE_URL: _database, NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...environment } = process.env
  const command = spawn(process.execPath, ['--import', ...built('dev/postgres/for-commands.ts'), ...built('backend/provider.ts')], {
    env: { ...environment, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [command.stdout, command.stderr]) stream.on('data', chunk => (said += String(chunk)))
  return { code: await new Promise(done => command.once('close', done)), said }
}

test('given a machine that stopped left files of passwords empty, then the program’s is made anew, and the owner’s is named', async () => {
  const file = (name: string) => join(dataDir, 'postgresql', `goldplan-${name}.password`)
  writeFileSync(file('app'), '')
  expect(await runCommand()).toMatchObject({ said: expect.not.stringMatching(/password|SASL/) })
  expect(readFileSync(file('app'), 'utf8')).toMatch(/^[0-9a-f]{48}\n$/)

  const owner = readFileSync(file('owner'), 'utf8')
  writeFileSync(file('owner'), '')
  const { code, said } = await runCommand()
  expect([code, said]).toEqual([1, expect.stringContaining(`${file('owner')} is empty: put it back from a copy, or move `)])
  writeFileSync(file('owner'), owner)
  await eventually('the server to end', () => Promise.resolve(serverPid() === null))
})

test('given passwords of another cluster in its folder, when PostgreSQL lets nobody in, then the command says so and leaves no server behind', async () => {
  const folder = join(dataDir, 'postgresql')
  for (const name of ['goldplan-owner.password', 'goldplan-app.password']) writeFileSync(join(folder, name), 'another\n')
  const { DATABASE_URL: _database, NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...environment } = process.env
  const command = spawn(process.execPath, ['--import', ...built('dev/postgres/for-commands.ts'), ...built('backend/provider.ts')], {
    env: { ...environment, DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  command.stderr!.on('data', chunk => (said += String(chunk)))
  let pid: number | null = null
  command.on('spawn', () => void eventually('PostgreSQL to run', () => Promise.resolve((pid = serverPid()) !== null), { every: 5 }))
  expect(await new Promise(done => command.once('exit', done))).toBe(1)
  expect(said).toMatch(/^the database cannot be reached \(password authentication failed for user "goldplan_owner"\)/m)
  await eventually('the server to end', () => Promise.resolve(!isAlive(pid!)))
})
