// Every setting is judged before anything is opened with it: what is wrong is one line that names the variable and the remedy.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readConfig } from '../../backend/config.ts'
import { databaseOfCommand } from '../../backend/database/of-command.ts'
import { environmentFor, openWorld } from '../../dev/sandbox/credentials.ts'

const folder = mkdtempSync(join(tmpdir(), 'goldplan-config-'))
const file = join(folder, 'file')
writeFileSync(file, '')
let good: Record<string, string>
beforeAll(async () => {
  const { credentials } = await openWorld('1900000001')
  good = {
    ...environmentFor(credentials, 'http://127.0.0.1:1', 'public_key'),
    DATABASE_URL: 'postgresql://goldplan_app:secret@localhost:5432/goldplan',
    DATA_DIR: folder,
  }
})
afterAll(() => rmSync(folder, { recursive: true }))
const problemsOf = (change: Record<string, string>) =>
  readConfig({ ...good, ...change }).problems.map(({ variable, problem, remedy }) => `${variable} ${problem}: ${remedy}`)

const beyondReach = 'postgresql://goldplan_app'
const badUrls = [
  `${beyondReach}:qx/QX@localhost:5432/goldplan`,
  `${beyondReach}:17/QX@localhost:5432/goldplan`,
  `${beyondReach}:qx#QX@localhost:5432/goldplan`,
  `${beyondReach}:17#QX@localhost:5432/goldplan`,
  `${beyondReach}:qx?QX@localhost:5432/goldplan`,
  `${beyondReach}:17?QX@localhost:5432/goldplan`,
  `${beyondReach}:secret%zz@localhost:5432/goldplan`,
  `${beyondReach}:secret@localhost:543200/goldplan`,
]

test('given good settings, then there is no problem', () => {
  expect(problemsOf({})).toEqual([])
  expect(
    problemsOf({ TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,fd00::/8,::ffff:10.0.0.0/104', HOST: 'localhost', CLOCK_FILE: join(folder, 'none') }),
  ).toEqual([])
  for (const DATABASE_URL of [
    'postgresql://goldplan_app:a%2Fb%23c%3Fd@localhost/goldplan?application_name=a',
    'postgres://goldplan_app:p@ss@[::1]:5432/goldplan',
    'postgresql:///goldplan?host=/var/run/postgresql',
  ])
    expect(problemsOf({ DATABASE_URL })).toEqual([])
})

describe.each(['DATABASE_URL', 'MIGRATION_DATABASE_URL'])('%s', variable => {
  test.each(badUrls)('%s is one line with the remedy, and nothing of the password', async url => {
    const [line, ...more] = problemsOf({ [variable]: url })
    expect([line, more]).toEqual([expect.stringMatching(new RegExp(`^${variable} .*postgresql://user:password@host:port/database`)), []])
    expect(line).not.toMatch(/qx|17|zz/i)
    // commands that read few settings: import, backup, restore, provider
    await expect(databaseOfCommand({ ...good, [variable]: url }, () => {})).rejects.toThrow(line)
  })
  test('given a certificate that is not there, then the file is named', () => {
    expect(problemsOf({ [variable]: 'postgresql://goldplan_app@localhost/goldplan?sslrootcert=/none/ca.pem' })).toEqual([
      expect.stringMatching(/names the file \/none\/ca\.pem, which cannot be read \(ENOENT\)/),
    ])
  })
})

test.each([
  ['TRUST_PROXY', '127.0.0.1,', 'empty place'],
  ['TRUST_PROXY', '10.0.0.0/33', 'range'],
  ['TRUST_PROXY', '10.0.0.0/', 'range'],
  ['TRUST_PROXY', 'fd00::/129', 'range'],
  ['TRUST_PROXY', 'proxy', 'no address'],
  ['TRUST_PROXY', '0.0.0.0/0', 'strangers'],
  ['TRUST_PROXY', '127.0.0.1,128.0.0.0/1', 'strangers'],
  ['TRUST_PROXY', '::/0', 'strangers'],
  ['TRUST_PROXY', '::ffff:0.0.0.0/96', 'strangers'],
  ['HOST', 'http://127.0.0.1', 'no address'],
  ['HOST', '127.0.0.1:8787', 'no address'],
  ['HOST', '300.1.1.1', 'no address'],
  ['HOST', '0.0.0.0', 'log in as anybody'],
  ['CLOCK_FILE', folder, 'a folder'],
  ['PHOTO_DIR', file, 'a file'],
  ['PHOTO_DIR', join(file, 'photos'), 'below a file'],
  ['DATA_DIR', file, 'below a file'],
  ['WECHAT_BASE_URL', 'https://proxy.example.com/wechat', 'path'],
  ['WECHATPAY_BASE_URL', 'https://proxy.example.com/pay', 'path'],
])('given %s=%s, then it is named with its fault', (variable, value, fault) => {
  const lines = problemsOf({ [variable]: value })
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^${variable} .*${fault}.*: .{10}`))])
})

test.each([
  [{ RECEIPT_VERIFICATION_CONTENT: '8a1f4c' }, 'RECEIPT_VERIFICATION_FILE is missing'],
  [{ RECEIPT_VERIFICATION_FILE: 'openapi.json' }, 'RECEIPT_VERIFICATION_FILE is a name that the backend has itself'],
  [{ RECEIPT_VERIFICATION_FILE: 'a.txt', RECEIPT_VERIFICATION_CONTENT: '文件' }, 'RECEIPT_VERIFICATION_CONTENT is not a short line'],
])('given %j, then it is said', (change, said) => {
  expect(problemsOf(change)).toEqual([expect.stringContaining(said)])
})

test('given certificates, then it is known when they end', () => {
  const { config } = readConfig(good)
  expect(config!.certificateEnds).toEqual([{ sp_mchid: '1900000001', certificate: 'merchant', at: expect.any(Date) }])
  expect(config!.certificateEnds[0]!.at.getTime()).toBeGreaterThan(Date.now())
})

test('given an address that is on no machine, then the backend says so of HOST', () => {
  // says nothing of the database: that is asked first
  const { config } = readConfig({ ...good, HOST: 'nowhere.invalid', WECHAT_BASE_URL: '', WECHATPAY_BASE_URL: '' })
  expect(config?.host).toBe('nowhere.invalid')
})

test.each([
  ['backup/main.ts', ['backup', 'x']],
  ['backup/main.ts', ['restore', 'x']],
  ['company/provider-settings/main.ts', []],
  ['database/main.ts', []],
])('given %s %j with a password that is not encoded, then it is one line', (program, args) => {
  const url = badUrls[1]!
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL(`../../backend/${program}`, import.meta.url)), ...args],
    { env: { PATH: process.env.PATH!, DATA_DIR: folder, DATABASE_URL: url, MIGRATION_DATABASE_URL: url }, cwd: folder, encoding: 'utf8' },
  )
  expect([status, stderr.trim().split('\n')]).toEqual([1, [expect.stringMatching(/^(MIGRATION_)?DATABASE_URL .*%2F/)]])
})
