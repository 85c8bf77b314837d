// Every setting is judged before anything is opened with it: what is wrong is one line that names the variable and the remedy.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readConfig } from '../../backend/config.ts'
import { databaseOfCommand } from '../../backend/platform/command-database.ts'
import { environmentFor, openWorld } from '../../dev/sandbox/credentials.ts'
import { built } from '../support/programs.ts'

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
  ['TRUST_PROXY', 'fe80::1%eth0', 'no address'],
  ['TRUST_PROXY', '10.0.0.0/08', 'range'],
  ['HOST', 'http://127.0.0.1', 'no address'],
  ['HOST', '127.0.0.1:8787', 'no address'],
  ['HOST', '300.1.1.1', 'no address'],
  ['HOST', '0.0.0.0', 'log in as anybody'],
  ['BACKEND_PORT', '1e3', 'not a port'],
  ['BACKEND_PORT', '0x50', 'not a port'],
  ['BACKEND_PORT', '65536', 'not a port'],
  ['CLOCK_FILE', folder, 'a folder'],
  ['MIN_CLIENT_VERSION', '1.4', 'no version'],
  ['MIN_CLIENT_VERSION', 'v1.4.0', 'no version'],
  ['MIN_CLIENT_VERSION', '1.4.0-beta', 'no version'],
  ['MIN_CLIENT_VERSION', '１.4.0', 'no version'],
  ['MIN_CLIENT_VERSION', '99999999999999999999.0.0', 'no version'],
  ['MAINTENANCE_UNTIL', '2026-11-30', 'no time with an offset'],
  ['MAINTENANCE_UNTIL', '2026-11-30T02:00:00', 'no time with an offset'],
  ['MAINTENANCE_UNTIL', '2026-02-30T02:00:00+08:00', 'no time with an offset'],
  ['MAINTENANCE_UNTIL', '2026-11-30T02:00:00+99:00', 'no time with an offset'],
  ['MAINTENANCE_UNTIL', '2026-11-30T25:00:00Z', 'no time with an offset'],
  ['MAINTENANCE_UNTIL', '1764439200', 'no time with an offset'],
  ['MAINTENANCE_UNTIL', 'tomorrow', 'no time with an offset'],
  ['WECHAT_APP_SECRET', 'two words', 'blank inside'],
  ['SP_NAME', '服务商'.repeat(30), 'longer than 64 characters'],
  ['SP_NAME', '示例\n服务商', 'line break'],
  ['SP_NAME', '\u200b\u00ad', 'no character that can be seen'],
  ['WECHATPAY_PRIVATE_KEY', file, 'empty file'],
  ['WECHATPAY_PUBLIC_KEY', file, 'empty file'],
  ['WECHATPAY_MERCHANT_CERTIFICATE', file, 'empty file'],
  ['RECEIPT_LINK_HOSTS', '*.example.com', 'no host name'],
  ['RECEIPT_LINK_HOSTS', 'a.example.com;b.example.com', 'no host name'],
  ['DATABASE_URL', `${beyondReach}:p@h`, 'names no database'],
  ['DATABASE_URL', `${beyondReach}:p@h/`, 'names no database'],
  ['DATABASE_URL', `${beyondReach}:p@h1,h2/goldplan`, 'several servers'],
  ['DATABASE_URL', `${beyondReach}:p@h/goldplan?sslmode=requrie`, 'sslmode requrie'],
  ['DATABASE_URL', `${beyondReach}:p@h/goldplan?port=abc`, 'port that is no number'],
  ['DATABASE_URL', `${beyondReach}:p@h/goldplan?SSLMODE=require`, 'SSLMODE, which nobody reads'],
  ['DATABASE_URL', `${beyondReach}:p@h/goldplan?sslmode=require&sslmode=disable`, 'names sslmode twice'],
  ...[
    'channel_binding=require',
    'target_session_attrs=read-write',
    'hostaddr=10.0.0.1',
    'binary=true',
    'types=x',
    'client_encoding=GBK',
  ].map(one => ['DATABASE_URL', `${beyondReach}:p@h/goldplan?${one}`, `${one.split('=')[0]}, which this program does not keep`] as const),
  ['DATABASE_URL', `"${beyondReach}:p@h/goldplan"`, 'in quotation marks'],
  ['WECHAT_APP_SECRET', `"${'a'.repeat(32)}"`, 'in quotation marks'],
  ['SP_MCHID', "'1900000001'", 'in quotation marks'],
  ['HOST', ' "127.0.0.1"\r', 'in quotation marks'],
  ['MIGRATION_DATABASE_URL', `${beyondReach}:p@h/goldplan?sslmode=true`, 'sslmode true'],
  ['PHOTO_DIR', file, 'a file'],
  ['PHOTO_DIR', join(file, 'photos'), 'below a file'],
  ['PHOTO_DIR', '/proc/photos', 'cannot be written'],
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

test('given a comma in full width between links or hosts, then both are read', () => {
  const source = { RECEIPT_SOURCE_URL: 'https://orders.example.com/', RECEIPT_SOURCE_KEY: 'k'.repeat(32) }
  const { config } = readConfig({
    ...good,
    ...source,
    RECEIPT_LINKS: 'https://a.example.com/，https://b.example.com/',
    RECEIPT_LINK_HOSTS: 'a.example.com，b.example.com',
  })
  expect([config?.receipts.links, config?.linkCheck.hosts]).toEqual([
    ['https://a.example.com/', 'https://b.example.com/'],
    ['a.example.com', 'b.example.com'],
  ])
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
  ['provider.ts', []],
  ['migrate.ts', []],
])('given %s %j with a password that is not encoded, then it is one line', (program, args) => {
  const url = badUrls[1]!
  const { status, stderr } = spawnSync(process.execPath, built(`backend/${program}`, ...args), {
    env: { PATH: process.env.PATH!, DATA_DIR: folder, DATABASE_URL: url, MIGRATION_DATABASE_URL: url },
    cwd: folder,
    encoding: 'utf8',
  })
  expect([status, stderr.trim().split('\n')]).toEqual([1, [expect.stringMatching(/^(MIGRATION_)?DATABASE_URL .*%2F/)]])
})
