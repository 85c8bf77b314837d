// Keys and certificates of the sandbox's world: the provider's pair, and WeChat Pay's two (platform certificate, public key). Made at first start, kept in a folder.
import { X509Certificate, createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { selfSignedCertificate } from './certificate.ts'
import { newRsaKey } from './rsa-key.ts'

/** What the provider's backend needs; the shape of WechatPayCredentials plus WeChat's appid and secret. PEM texts. */
export interface SandboxCredentials {
  spMchid: string
  privateKey: string
  serialNo: string
  merchantCertificate: string
  publicKeyId: string
  publicKey: string
  platformCertificate: string
  /** what notifications are encrypted with */
  apiV3Key: string
  appid: string
  appSecret: string
}

/** The same world seen by WeChat Pay: what it verifies with and signs with. */
export interface WechatPaySide {
  credentials: SandboxCredentials
  merchantKey: KeyObject
  /** private keys by serial number or public key id */
  signingKeys: ReadonlyMap<string, KeyObject>
  platformSerial: string
  /** signs the forged answers: a key that nobody trusts */
  strangerKey: KeyObject
}

interface Stored {
  credentials: SandboxCredentials
  platformPrivateKey: string
  publicKeyPrivateKey: string
  strangerPrivateKey: string
}

const pem = (key: KeyObject) => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()
const newSerial = () => `5${randomBytes(20).toString('hex').toUpperCase().slice(1)}`
const newApiV3Key = () => randomBytes(16).toString('hex')
const YEAR_MS = 365 * 86_400_000

const makeWorld = async (spMchid: string): Promise<Stored> => {
  const [merchant, platform, publicKey, stranger] = await Promise.all([newRsaKey(), newRsaKey(), newRsaKey(), newRsaKey()])
  const validity = { validFrom: new Date(Date.now() - YEAR_MS), validTo: new Date(Date.now() + 5 * YEAR_MS) }
  const serialNo = newSerial()
  return {
    credentials: {
      spMchid,
      privateKey: pem(merchant.privateKey),
      serialNo,
      merchantCertificate: selfSignedCertificate({ commonName: spMchid, serialNo, ...merchant, ...validity }),
      publicKeyId: `PUB_KEY_ID_0${spMchid}${Date.now()}`,
      publicKey: pem(publicKey.publicKey),
      platformCertificate: selfSignedCertificate({ commonName: 'Sandbox of WeChat Pay', serialNo: newSerial(), ...platform, ...validity }),
      apiV3Key: newApiV3Key(),
      appid: `wx${randomBytes(8).toString('hex')}`,
      appSecret: randomBytes(16).toString('hex'),
    },
    platformPrivateKey: pem(platform.privateKey),
    publicKeyPrivateKey: pem(publicKey.privateKey),
    strangerPrivateKey: pem(stranger.privateKey),
  }
}

/** @param folder where the world is kept over restarts; without it, it lives in memory only */
export const openWorld = async (spMchid: string, folder?: string): Promise<WechatPaySide> => {
  const file = folder === undefined ? undefined : join(folder, 'world.json')
  const kept = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stored) : undefined
  // worlds of before there were notifications have no such key
  const completed = kept && { ...kept, credentials: { ...kept.credentials, apiV3Key: kept.credentials.apiV3Key ?? newApiV3Key() } }
  const stored = completed?.credentials.spMchid === spMchid ? completed : await makeWorld(spMchid)
  if (file !== undefined && folder !== undefined && JSON.stringify(stored) !== JSON.stringify(kept)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, JSON.stringify(stored), { mode: 0o600 })
  }
  const { credentials } = stored
  const platformSerial = new X509Certificate(credentials.platformCertificate).serialNumber
  return {
    credentials,
    merchantKey: createPublicKey(credentials.privateKey),
    signingKeys: new Map([
      [platformSerial, createPrivateKey(stored.platformPrivateKey)],
      [credentials.publicKeyId, createPrivateKey(stored.publicKeyPrivateKey)],
    ]),
    platformSerial,
    strangerKey: createPrivateKey(stored.strangerPrivateKey),
  }
}

export type VerificationMode = 'public_key' | 'platform_certificate'

/** The backend's environment for this sandbox; keys as PEM text, or as file paths after writeCredentialFiles. */
export const environmentFor = (credentials: SandboxCredentials, url: string, mode: VerificationMode): Record<string, string> => ({
  SP_MCHID: credentials.spMchid,
  WECHATPAY_BASE_URL: url,
  WECHATPAY_PRIVATE_KEY: credentials.privateKey,
  WECHATPAY_SERIAL_NO: credentials.serialNo,
  WECHATPAY_MERCHANT_CERTIFICATE: credentials.merchantCertificate,
  ...(mode === 'public_key'
    ? { WECHATPAY_PUBLIC_KEY_ID: credentials.publicKeyId, WECHATPAY_PUBLIC_KEY: credentials.publicKey }
    : { WECHATPAY_PLATFORM_CERTIFICATE: credentials.platformCertificate }),
  WECHATPAY_API_V3_KEY: credentials.apiV3Key,
  WECHAT_BASE_URL: url,
  WECHAT_APPID: credentials.appid,
  WECHAT_APP_SECRET: credentials.appSecret,
})

/** Writes the files that a provider gets from WeChat Pay, under WeChat Pay's names. @returns the credentials with paths in place of PEM texts */
export const writeCredentialFiles = (credentials: SandboxCredentials, folder: string): SandboxCredentials => {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, content: string) => {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }
  return {
    ...credentials,
    privateKey: write('apiclient_key.pem', credentials.privateKey),
    merchantCertificate: write('apiclient_cert.pem', credentials.merchantCertificate),
    publicKey: write('pub_key.pem', credentials.publicKey),
    platformCertificate: write('platform_cert.pem', credentials.platformCertificate),
  }
}
