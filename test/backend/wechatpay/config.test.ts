import { createPrivateKey, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { selfSignedCertificate } from '../../../dev/sandbox/certificate.ts'
import { environmentFor, openWorld, type SandboxCredentials } from '../../../dev/sandbox/credentials.ts'
import { createIdentity } from '../../../backend/wechatpay/identity.ts'
import { checkWechatPayConfig, readWechatPayConfig } from '../../../backend/wechatpay/index.ts'
import { forgeryOf } from '../../../backend/wechatpay/signature.ts'

const BASE_URL = 'https://api.mch.weixin.qq.com'
const pems = (bits: number, passphrase?: string) =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', ...(passphrase && { cipher: 'aes-256-cbc', passphrase }) },
  })

describe('checking the credentials before the first call', () => {
  let mine: SandboxCredentials
  let others: SandboxCredentials
  let small: ReturnType<typeof pems>
  let locked: ReturnType<typeof pems>
  const ec = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  beforeAll(async () => {
    mine = (await openWorld('1900000001')).credentials
    others = (await openWorld('1900000001')).credentials
    small = pems(1024)
    locked = pems(2048, 'passphrase')
  })
  const publicKeyMode = () => environmentFor(mine, BASE_URL, 'public_key')
  const certificateMode = () => environmentFor(mine, BASE_URL, 'platform_certificate')

  it('given right credentials in either mode, then there is no problem and a configuration', () => {
    for (const env of [publicKeyMode(), certificateMode()]) {
      expect(checkWechatPayConfig(env)).toEqual([])
      expect(readWechatPayConfig(env).config).toMatchObject({ baseUrl: BASE_URL, spMchid: '1900000001', serialNo: mine.serialNo })
    }
  })

  it('given paths in place of PEM texts, or line breaks written as \\n, then they are read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'goldplan-keys-'))
    const path = join(folder, 'apiclient_key.pem')
    writeFileSync(path, mine.privateKey)
    expect(checkWechatPayConfig({ ...publicKeyMode(), WECHATPAY_PRIVATE_KEY: path })).toEqual([])
    expect(checkWechatPayConfig({ ...publicKeyMode(), WECHATPAY_PRIVATE_KEY: mine.privateKey.replaceAll('\n', '\\n') })).toEqual([])
  })

  const shapes: [name: string, of: (pem: string) => string][] = [
    ['line breaks of Windows', pem => pem.replaceAll('\n', '\r\n')],
    ['line breaks of an old Mac', pem => pem.replaceAll('\n', '\r')],
    ['line breaks written as \\r\\n', pem => pem.replaceAll('\n', '\\r\\n')],
    ['line breaks escaped twice', pem => pem.replaceAll('\n', '\\\\n')],
    ['blanks in place of line breaks', pem => pem.trim().replaceAll('\n', ' ')],
    ['no line breaks', pem => pem.replaceAll('\n', '')],
    ['indents, as in YAML', pem => pem.replaceAll(/^/gm, '    ')],
    ['an empty line behind each', pem => pem.replaceAll('\n', '\n\n')],
    ['a mark in front, words before and behind', pem => `\uFEFFBag Attributes\n  friendlyName: Tenpay\n${pem}sent by mail\n`],
  ]
  it.each(shapes)('given keys and certificates with %s, then they are read, as text and from files', (_, of) => {
    const folder = mkdtempSync(join(tmpdir(), 'goldplan-keys-'))
    for (const env of [publicKeyMode(), certificateMode()]) {
      const pem = Object.entries(env).filter(([, value]) => value?.includes('-----BEGIN'))
      expect(pem.length).toBeGreaterThan(2)
      expect(checkWechatPayConfig({ ...env, ...Object.fromEntries(pem.map(([name, value]) => [name, of(value!)])) })).toEqual([])
      const files = pem.map(([name, value]) => {
        writeFileSync(join(folder, name), of(value!))
        return [name, join(folder, name)]
      })
      expect(checkWechatPayConfig({ ...env, ...Object.fromEntries(files) })).toEqual([])
    }
  })
  it('given key and certificate in one text, as openssl pkcs12 writes them, then the key is found; another certificate alone is none', () => {
    for (const text of [mine.privateKey + mine.merchantCertificate, mine.merchantCertificate + mine.privateKey])
      expect(checkWechatPayConfig({ ...publicKeyMode(), WECHATPAY_PRIVATE_KEY: text })).toEqual([])
  })
  it('given certificates of a later time than this machine has, then the clock is named; a few minutes are none', () => {
    const of = (days: number) => new Date(Date.now() + days * 86_400_000)
    const certificate = (validFrom: Date) =>
      selfSignedCertificate({
        commonName: 'Tenpay.com Root CA',
        serialNo: `7A${'1'.repeat(38)}`,
        publicKey: createPublicKey(others.privateKey),
        privateKey: createPrivateKey(others.privateKey),
        validFrom,
        validTo: of(2_000),
      })
    const platform = (...pem: string[]) => ({ ...certificateMode(), WECHATPAY_PLATFORM_CERTIFICATE: pem.join('\n') })
    expect(checkWechatPayConfig(platform(certificate(of(2))))).toMatchObject([
      {
        variable: 'WECHATPAY_PLATFORM_CERTIFICATE',
        problem: expect.stringContaining('is valid from'),
        remedy: expect.stringContaining('clock'),
      },
    ])
    expect(checkWechatPayConfig(platform(certificate(of(2)), mine.platformCertificate))).toEqual([])
    expect(checkWechatPayConfig(platform(certificate(new Date(Date.now() + 60_000))))).toEqual([])
    expect(checkWechatPayConfig(publicKeyMode(), of(-20 * 365))).toMatchObject([
      { variable: 'WECHATPAY_MERCHANT_CERTIFICATE', problem: expect.stringContaining('is valid from') },
    ])
  })

  const faults: [name: string, change: () => Record<string, string | undefined>, variable: string, problem: RegExp][] = [
    ['no private key', () => ({ WECHATPAY_PRIVATE_KEY: undefined }), 'WECHATPAY_PRIVATE_KEY', /is missing/],
    ['a key that is no PEM', () => ({ WECHATPAY_PRIVATE_KEY: 'MIIEvQIBADANBg' }), 'WECHATPAY_PRIVATE_KEY', /neither PEM text nor a file/],
    ['a public key as private key', () => ({ WECHATPAY_PRIVATE_KEY: mine.publicKey }), 'WECHATPAY_PRIVATE_KEY', /is a public key/],
    [
      'a certificate as private key',
      () => ({ WECHATPAY_PRIVATE_KEY: mine.merchantCertificate }),
      'WECHATPAY_PRIVATE_KEY',
      /is a certificate/,
    ],
    ['an encrypted key', () => ({ WECHATPAY_PRIVATE_KEY: locked.privateKey }), 'WECHATPAY_PRIVATE_KEY', /encrypted with a passphrase/],
    ['a key of 1,024 bits', () => ({ WECHATPAY_PRIVATE_KEY: small.privateKey }), 'WECHATPAY_PRIVATE_KEY', /has 1024 bits/],
    ['an EC key', () => ({ WECHATPAY_PRIVATE_KEY: ec.privateKey }), 'WECHATPAY_PRIVATE_KEY', /type ec, not RSA/],
    ['a damaged key', () => ({ WECHATPAY_PRIVATE_KEY: mine.privateKey.replace(/\n.{20}/, '\n') }), 'WECHATPAY_PRIVATE_KEY', /damaged/],
    [
      'the key of another certificate',
      () => ({ WECHATPAY_PRIVATE_KEY: others.privateKey }),
      'WECHATPAY_PRIVATE_KEY',
      /does not belong to the merchant/,
    ],
    ['no serial number', () => ({ WECHATPAY_SERIAL_NO: '' }), 'WECHATPAY_SERIAL_NO', /is missing/],
    [
      'lower case',
      () => ({ WECHATPAY_SERIAL_NO: `${'5'.padEnd(39, '0')}a`, WECHATPAY_MERCHANT_CERTIFICATE: '' }),
      'WECHATPAY_SERIAL_NO',
      /lower case/,
    ],
    ['colons', () => ({ WECHATPAY_SERIAL_NO: mine.serialNo.match(/../g)!.join(':') }), 'WECHATPAY_SERIAL_NO', /colons/],
    ['39 digits', () => ({ WECHATPAY_SERIAL_NO: mine.serialNo.slice(1) }), 'WECHATPAY_SERIAL_NO', /not 40 hex digits/],
    ['a public key id as serial', () => ({ WECHATPAY_SERIAL_NO: mine.publicKeyId }), 'WECHATPAY_SERIAL_NO', /public key id/],
    [
      'the serial of another certificate',
      () => ({ WECHATPAY_SERIAL_NO: others.serialNo }),
      'WECHATPAY_SERIAL_NO',
      /does not belong to the merchant/,
    ],
    ['an id without prefix', () => ({ WECHATPAY_PUBLIC_KEY_ID: mine.publicKeyId.slice(11) }), 'WECHATPAY_PUBLIC_KEY_ID', /PUB_KEY_ID_/],
    ['no id', () => ({ WECHATPAY_PUBLIC_KEY_ID: undefined }), 'WECHATPAY_PUBLIC_KEY_ID', /is missing/],
    ['no public key', () => ({ WECHATPAY_PUBLIC_KEY: undefined }), 'WECHATPAY_PUBLIC_KEY', /is missing/],
    ['a private key as public key', () => ({ WECHATPAY_PUBLIC_KEY: mine.privateKey }), 'WECHATPAY_PUBLIC_KEY', /is a private key/],
    [
      'our own public key',
      () => ({ WECHATPAY_PUBLIC_KEY: createPublicKey(mine.privateKey).export({ type: 'spki', format: 'pem' }).toString() }),
      'WECHATPAY_PUBLIC_KEY',
      /public half of your own key/,
    ],
    ['both modes', () => ({ WECHATPAY_PLATFORM_CERTIFICATE: mine.platformCertificate }), 'WECHATPAY_PLATFORM_CERTIFICATE', /together with/],
    [
      'neither mode',
      () => ({ WECHATPAY_PUBLIC_KEY: '', WECHATPAY_PUBLIC_KEY_ID: '' }),
      'WECHATPAY_PUBLIC_KEY',
      /so is WECHATPAY_PLATFORM_CERTIFICATE/,
    ],
    ['http', () => ({ WECHATPAY_BASE_URL: 'http://api.mch.weixin.qq.com' }), 'WECHATPAY_BASE_URL', /not https/],
    ['a path in the base URL', () => ({ WECHATPAY_BASE_URL: `${BASE_URL}/v3` }), 'WECHATPAY_BASE_URL', /path/],
    ['no URL', () => ({ WECHATPAY_BASE_URL: 'api.mch' }), 'WECHATPAY_BASE_URL', /not a URL/],
    ['no mchid', () => ({ SP_MCHID: undefined }), 'SP_MCHID', /is missing/],
  ]
  it.each(faults)('given %s, then the variable, the fault and its mending are named', (_, change, variable, problem) => {
    const problems = checkWechatPayConfig({ ...publicKeyMode(), ...change() })
    expect(problems).toEqual([{ variable, problem: expect.stringMatching(problem), remedy: expect.stringMatching(/\w{3}/) }])
    expect(readWechatPayConfig({ ...publicKeyMode(), ...change() }).config).toBeNull()
  })

  it('given an expired platform certificate, then it says since when', () => {
    const in20Years = new Date(Date.now() + 20 * 365 * 86_400_000)
    const problems = checkWechatPayConfig({ ...certificateMode(), WECHATPAY_MERCHANT_CERTIFICATE: '' }, in20Years)
    expect(problems).toMatchObject([
      { variable: 'WECHATPAY_PLATFORM_CERTIFICATE', problem: expect.stringMatching(/expired on \d{4}-\d{2}-\d{2}/) },
    ])
  })

  it('given our own certificate as platform certificate, then it says so', () => {
    const problems = checkWechatPayConfig({ ...certificateMode(), WECHATPAY_PLATFORM_CERTIFICATE: mine.merchantCertificate })
    expect(problems).toMatchObject([{ variable: 'WECHATPAY_PLATFORM_CERTIFICATE', problem: expect.stringMatching(/own API certificate/) }])
  })

  it('given http to this machine, then it is taken: that is the sandbox', () => {
    for (const url of ['http://127.0.0.1:8790', 'http://localhost:8790', 'http://[::1]:8790']) {
      expect(checkWechatPayConfig({ ...publicKeyMode(), WECHATPAY_BASE_URL: url })).toEqual([])
    }
  })

  it('given a serial number with a zero byte at its beginning, then it is taken with and without it, with and without the certificate', () => {
    // the byte behind it below 80: a number is negative otherwise
    const serialNo = `007${mine.serialNo.slice(3)}`
    const keys = { publicKey: createPublicKey(mine.privateKey), privateKey: createPrivateKey(mine.privateKey) }
    const merchantCertificate = selfSignedCertificate({
      commonName: '1900000001',
      serialNo: serialNo.slice(2),
      ...keys,
      validFrom: new Date(),
      validTo: new Date(Date.now() + 86_400_000),
    })
    for (const written of [serialNo, serialNo.slice(2)])
      for (const certificate of [merchantCertificate, '']) {
        const env = { ...publicKeyMode(), WECHATPAY_SERIAL_NO: written, WECHATPAY_MERCHANT_CERTIFICATE: certificate }
        expect(checkWechatPayConfig(env)).toEqual([])
        expect(createIdentity(readWechatPayConfig(env).config!).serialNo).toBe(serialNo)
      }
  })

  it('given a platform certificate with such a number, then answers that name it either way are verified', () => {
    const bare = `11${'22'.repeat(18)}`
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const platformCertificate = selfSignedCertificate({
      commonName: 'Tenpay',
      serialNo: bare,
      ...pair,
      validFrom: new Date(),
      validTo: new Date(Date.now() + 86_400_000),
    })
    const { publicKeyId: _id, publicKey: _key, ...own } = readWechatPayConfig(publicKeyMode()).config!
    const { wechatPayKeys, namedSerial } = createIdentity({ ...own, platformCertificate })
    const now = new Date()
    const timestamp = String(Math.floor(now.getTime() / 1000))
    const signature = createSign('RSA-SHA256').update(`${timestamp}\nnonce\n\n`).sign(pair.privateKey, 'base64')
    for (const serial of [bare, `00${bare}`, namedSerial(now)])
      expect(forgeryOf({ timestamp, nonce: 'nonce', signature, serial, body: Buffer.alloc(0) }, wechatPayKeys, now)).toBeNull()
  })

  it('given several faults, then all are told at once', () => {
    expect(checkWechatPayConfig({}).map(({ variable }) => variable)).toEqual([
      'SP_MCHID',
      'WECHATPAY_PRIVATE_KEY',
      'WECHATPAY_SERIAL_NO',
      'WECHATPAY_PUBLIC_KEY',
    ])
  })

  it('given any fault, then no message holds a piece of a secret', () => {
    const envs = [
      ...faults.map(([, change]) => ({ ...publicKeyMode(), ...change() })),
      { ...publicKeyMode(), WECHATPAY_PRIVATE_KEY: mine.privateKey.split('\n')[7] },
    ]
    const said = JSON.stringify(envs.map(env => checkWechatPayConfig(env)))
    for (const pem of [mine.privateKey, others.privateKey, small.privateKey, locked.privateKey]) {
      for (const line of pem.split('\n').slice(1, -2)) expect(said).not.toContain(line)
    }
  })
})
