// PROVIDERS_FILE: what is taken, what is named, and that nothing secret is ever said.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { readConfig } from '../../../../backend/config.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { startSandbox, type Sandbox } from '../../../../dev/sandbox/index.ts'
import { createTestDatabase } from '../../../support/database.ts'
import { eventually } from '../../../support/eventually.ts'
import { built } from '../../../support/programs.ts'

let home: Sandbox
let other: Sandbox
let folder: string
let entry: Record<string, string>
beforeAll(async () => {
  home = await startSandbox({ spMchid: '1900000001' })
  other = await startSandbox({ spMchid: '1900000002' })
  folder = mkdtempSync(join(tmpdir(), 'goldplan-providers-'))
  mkdirSync(join(folder, 'keys'))
  const write = (name: string, text: string) => writeFileSync(join(folder, 'keys', name), text)
  write('second.pem', other.credentials.privateKey)
  write('home.pem', home.credentials.privateKey)
  write('second_pub.pem', other.credentials.publicKey)
  write('second_cert.pem', other.credentials.merchantCertificate)
  write('platform.pem', other.credentials.platformCertificate)
})
afterAll(async () => {
  await home.close()
  await other.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  entry = {
    sp_mchid: '1900000002',
    name: '示例服务商二号',
    private_key_path: 'keys/second.pem',
    serial_no: other.credentials.serialNo,
    public_key_id: other.credentials.publicKeyId,
    public_key_path: 'keys/second_pub.pem',
    wechatpay_base_url: other.url,
  }
})

function environment(content: unknown, name = 'providers.json'): Record<string, string> {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  const database = { DATABASE_URL: 'postgresql://goldplan@127.0.0.1:1/goldplan' }
  return { ...home.environment(), SP_MCHID: '1900000001', ...database, PROVIDERS_FILE: path }
}
const read = (content: unknown) => readConfig(environment(content))
const problems = (content: unknown) => read(content).problems.map(({ variable, problem }) => `${variable} ${problem}`)

describe('what is taken', () => {
  test('given no file, then there is the one number', () => {
    const { PROVIDERS_FILE: _, ...without } = environment([])
    expect(readConfig(without).config?.furtherNumbers).toEqual([])
  })
  test('given an entry, then its own keys and address, with paths from the folder of the file', () => {
    const { config } = read([entry])
    expect(config?.sp_mchid).toBe('1900000001')
    expect(config?.furtherNumbers).toMatchObject([
      {
        sp_mchid: '1900000002',
        name: '示例服务商二号',
        wechatPay: { spMchid: '1900000002', serialNo: entry.serial_no, baseUrl: other.url },
      },
    ])
  })
  test('given a platform certificate, and no address, then that certificate and the address of the home number', () => {
    const { public_key_id: _a, public_key_path: _b, wechatpay_base_url: _c, ...rest } = entry
    const { config } = read([
      { ...rest, platform_certificate_path: 'keys/platform.pem', merchant_certificate_path: 'keys/second_cert.pem' },
    ])
    expect(config?.furtherNumbers[0]?.wechatPay.platformCertificate).toContain('BEGIN CERTIFICATE')
    expect(config?.furtherNumbers[0]?.wechatPay.baseUrl).toBe(home.url)
  })
})

describe('what is named', () => {
  test.each([
    ['is no JSON', '[{', ['PROVIDERS_FILE is not JSON']],
    ['is no list', '{"sp_mchid": "1900000002"}', ['PROVIDERS_FILE is not a list']],
    ['holds something else', '["1900000002"]', ['PROVIDERS_FILE entry 1 is not an object']],
  ])('given a file that %s, then that', (_, content, expected) => {
    expect(problems(content)).toEqual(expected)
  })
  test('given a file that is not there, then that', () => {
    const env = { ...environment([]), PROVIDERS_FILE: join(folder, 'none.json') }
    expect(readConfig(env).problems.map(one => one.problem)).toEqual(['is not a file that can be read'])
  })
  test.each<[string, Record<string, unknown>, string]>([
    [
      'a key file that is not there',
      { private_key_path: 'keys/none.pem' },
      'private_key_path is neither PEM text nor a file that can be read',
    ],
    ['the public key as private key', { private_key_path: 'keys/second_pub.pem' }, 'private_key_path is a public key'],
    ['the key of the home number', { private_key_path: 'keys/home.pem' }, 'private_key_path is the key of 1900000001'],
    [
      'a key that its certificate does not know',
      { private_key_path: 'keys/home.pem', merchant_certificate_path: 'keys/second_cert.pem' },
      'private_key_path does not belong to the merchant certificate',
    ],
    ['a serial number in lower case', { serial_no: 'a'.repeat(40) }, 'serial_no has lower case letters'],
    ['no public key', { public_key_path: undefined }, 'public_key_path is missing'],
    ['no name', { name: ' ' }, 'name is missing'],
    ['a field that there is not', { private_key: 'x' }, 'private_key is no field of an entry'],
    ['a number that is no text', { serial_no: 5 }, 'serial_no is not a text'],
    ['an address without TLS', { wechatpay_base_url: 'http://pay.example.com' }, 'wechatpay_base_url is not https'],
  ])('given %s, then the number and the field are named, and nothing else', (_, change, expected) => {
    const named = problems([{ ...entry, ...change }])
    expect(named).toEqual([expect.stringContaining(`PROVIDERS_FILE 1900000002 ${expected}`)])
  })
  test('given a number twice, the home number again, and a serial number twice, then each', () => {
    expect(problems([entry, entry])).toEqual(['PROVIDERS_FILE 1900000002 sp_mchid is there twice'])
    expect(problems([{ ...entry, sp_mchid: '1900000001' }])).toEqual(['PROVIDERS_FILE 1900000001 sp_mchid is there twice'])
    expect(problems([{ ...entry, serial_no: home.credentials.serialNo }])).toEqual([
      'PROVIDERS_FILE 1900000002 serial_no is the one of 1900000001',
    ])
  })
  test('given faults in several entries and in the environment, then all of them together', () => {
    const env = environment([{ ...entry, name: '' }, { sp_mchid: '12' }])
    const named = readConfig({ ...env, WECHAT_APPID: '' }).problems.map(one => one.variable)
    expect(named).toEqual(expect.arrayContaining(['WECHAT_APPID', 'PROVIDERS_FILE 1900000002 name', 'PROVIDERS_FILE entry 2 sp_mchid']))
  })
  test('given key text where a path belongs, then the remedy is a file, and no line of the key is repeated', () => {
    const key = other.credentials.privateKey
    const { problems: named } = read([{ ...entry, private_key_path: key }])
    expect(named).toMatchObject([{ variable: 'PROVIDERS_FILE 1900000002 private_key_path', problem: 'holds the key itself' }])
    for (const line of key.split('\n').filter(one => one.length > 20)) expect(JSON.stringify(named)).not.toContain(line)
  })
  test('given a clock file, then every number has to be beside a sandbox', () => {
    const real = readConfig({
      ...environment([{ ...entry, wechatpay_base_url: 'https://api.mch.weixin.qq.com' }]),
      CLOCK_FILE: '/tmp/clock',
    })
    expect(real.problems.map(one => one.variable)).toEqual(['CLOCK_FILE'])
    expect(readConfig({ ...environment([entry]), CLOCK_FILE: '/tmp/clock' }).problems).toEqual([])
  })
})

describe('as a process', () => {
  const run = (env: Record<string, string>) => {
    const child = spawn(process.execPath, built('backend/main.ts'), {
      env: { PATH: process.env.PATH!, LOG_LEVEL: 'error', BACKEND_PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    return { child, out: () => out, err: () => err, ended: new Promise<number | null>(done => child.once('close', done)) }
  }

  test('given a wrong key file of the second number, then one line names it, and it exits with 1', async () => {
    const program = run(environment([{ ...entry, private_key_path: 'keys/second_pub.pem' }], 'wrong.json'))
    expect(await program.ended).toBe(1)
    const lines = program.err().trim().split('\n')
    expect(lines).toEqual([
      'the backend cannot start:',
      '  PROVIDERS_FILE 1900000002 private_key_path is a public key: give apiclient_key.pem: it begins with -----BEGIN PRIVATE KEY-----',
    ])
  })

  test('given two numbers, then it starts, knows both as one company, and ends cleanly', async () => {
    const database = await createTestDatabase()
    const program = run({ ...environment([entry], 'two.json'), DATABASE_URL: database.url })
    try {
      await eventually('it listens', () => /listening on (\S+)/.exec(program.out())?.[1])
      const db = connect(database.url)
      const rows = await db.selectFrom('provider').select(['sp_mchid', 'name', 'home_sp_mchid']).orderBy('sp_mchid').execute()
      expect(rows).toMatchObject([
        { sp_mchid: '1900000001', home_sp_mchid: null },
        { sp_mchid: '1900000002', name: '示例服务商二号', home_sp_mchid: '1900000001' },
      ])
      await db.destroy()
      program.child.kill('SIGTERM')
      expect([await program.ended, program.err()]).toEqual([0, ''])
    } finally {
      program.child.kill('SIGKILL')
      await database.drop()
    }
  })
})
