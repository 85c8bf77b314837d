// Reads the provider's credentials from the environment and says, for each fault, what is wrong and how to fix it. No message repeats a value that is secret.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { baseUrlFault } from '../platform/config-checks.ts'
import { splitCertificates, type CertificateEnd, type WechatPayCredentials } from './identity.ts'
import { isSameSerial, isSerial, serialOf } from './serial.ts'
import { readMaterial, readPrivateKey, readPublicKey, type Complaint } from './key-material.ts'

export interface ConfigProblem {
  /** the environment variable at fault */
  variable: string
  problem: string
  remedy: string
}

export type Environment = Readonly<Record<string, string | undefined>>

const PLATFORM = '微信支付服务商平台 > 账户中心 > API安全'
const DEFAULT_BASE_URL = 'https://api.mch.weixin.qq.com'

/** @returns every fault found, empty when the client can be made. @param now judges the expiry of certificates. */
export const checkWechatPayConfig = (env: Environment, now = new Date()): ConfigProblem[] => readWechatPayConfig(env, now).problems

/**
 * Variables: SP_MCHID, WECHATPAY_BASE_URL, WECHATPAY_PRIVATE_KEY, WECHATPAY_SERIAL_NO, WECHATPAY_MERCHANT_CERTIFICATE (optional, only to check the other two
 * against), and either WECHATPAY_PUBLIC_KEY_ID + WECHATPAY_PUBLIC_KEY or WECHATPAY_PLATFORM_CERTIFICATE; for notifications WECHATPAY_API_V3_KEY and, while WeChat Pay
 * still signs some of them with its platform certificate, WECHATPAY_CALLBACK_CERTIFICATE. Keys and certificates are PEM text or the path of a file.
 */
export const readWechatPayConfig = (
  env: Environment,
  now = new Date(),
): { config: WechatPayCredentials; ends: CertificateEnd[]; problems: [] } | { config: null; ends: []; problems: ConfigProblem[] } => {
  const problems: ConfigProblem[] = []
  const complain =
    (variable: string): Complaint =>
    (problem, remedy) =>
      void problems.push({ variable, problem, remedy })
  const set = (variable: string) => env[variable]?.trim() || undefined
  const material = (variable: string) => {
    const value = set(variable)
    return value === undefined ? undefined : readMaterial(value, complain(variable))
  }

  const spMchid = set('SP_MCHID') ?? ''
  if (!isMchid(spMchid)) {
    complain('SP_MCHID')(spMchid ? 'is not 8 to 10 digits' : 'is missing', `set it to the service provider's own mchid (服务商商户号)`)
  }
  const baseUrl = set('WECHATPAY_BASE_URL') ?? DEFAULT_BASE_URL
  // its path would be part of what is signed
  const baseFault = baseUrlFault(baseUrl, DEFAULT_BASE_URL)
  if (baseFault) problems.push({ variable: 'WECHATPAY_BASE_URL', ...baseFault })

  if (!set('WECHATPAY_PRIVATE_KEY')) {
    complain('WECHATPAY_PRIVATE_KEY')('is missing', 'set it to the path of apiclient_key.pem, which came with the API certificate')
  }
  const privateKeyPem = material('WECHATPAY_PRIVATE_KEY')
  const privateKey = privateKeyPem ? readPrivateKey(privateKeyPem, complain('WECHATPAY_PRIVATE_KEY')) : undefined
  const serialNo = set('WECHATPAY_SERIAL_NO')
  checkSerial(serialNo, complain('WECHATPAY_SERIAL_NO'))
  const certificate = material('WECHATPAY_MERCHANT_CERTIFICATE')
  if (certificate) checkMerchantCertificate(certificate, { serialNo, privateKey, spMchid, now }, complain)

  const sources = { set, material, complain, now, serialNo, privateKey }
  const verification = readVerification(sources)
  const notifications = readNotificationKeys(sources)
  if (problems.length > 0 || !privateKey || !serialNo || !verification) return { config: null, ends: [], problems }
  return {
    config: { baseUrl: new URL(baseUrl).origin, spMchid, privateKey, serialNo, ...verification, ...notifications },
    ends: endsOf(certificate, verification.platformCertificate),
    problems: [],
  }
}

const checkSerial = (serialNo: string | undefined, complain: Complaint): void => {
  const remedy = `copy it from ${PLATFORM} > API证书, or from: openssl x509 -in apiclient_cert.pem -noout -serial`
  if (serialNo === undefined) complain('is missing', remedy)
  else if (serialNo.startsWith('PUB_KEY_ID_'))
    complain("is WeChat Pay's public key id, not the serial number of your own API certificate", remedy)
  else if (serialNo.includes(':')) complain('contains colons', `write the 40 hex digits without colons; ${remedy}`)
  else if (!isSerial(serialNo)) complain('is not 40 hex digits (38 or 36 where zeros at the beginning are left out)', remedy)
  else if (/[a-f]/.test(serialNo)) complain('has lower case letters', 'write its letters in capitals, as WeChat Pay shows them')
}

const checkMerchantCertificate = (
  pem: string,
  known: { serialNo: string | undefined; privateKey: KeyObject | undefined; spMchid: string; now: Date },
  complain: (variable: string) => Complaint,
): void => {
  const certificate = parseCertificate(pem, complain('WECHATPAY_MERCHANT_CERTIFICATE'))
  if (!certificate) return
  if (known.serialNo && isSerial(known.serialNo) && !isSameSerial(certificate.serialNumber, known.serialNo)) {
    complain('WECHATPAY_SERIAL_NO')(
      `does not belong to the merchant certificate, whose serial number is ${serialOf(certificate)}`,
      'set it to that number, or give the certificate that belongs to it',
    )
  }
  if (known.privateKey && !certificate.checkPrivateKey(known.privateKey)) {
    complain('WECHATPAY_PRIVATE_KEY')(
      'does not belong to the merchant certificate',
      'give the apiclient_key.pem that was made together with this apiclient_cert.pem',
    )
  }
  if (Date.parse(certificate.validTo) <= known.now.getTime()) {
    complain('WECHATPAY_MERCHANT_CERTIFICATE')(
      `expired on ${isoDay(certificate.validTo)}`,
      `apply for a new API certificate: ${PLATFORM} > API证书`,
    )
  } else if (isOfLater(certificate, known.now)) complain('WECHATPAY_MERCHANT_CERTIFICATE')(notYet(certificate, known.now), clockRemedy)
}

const endsOf = (merchant: string | undefined, platform: string | undefined): CertificateEnd[] => {
  const end = (certificate: CertificateEnd['certificate'], pems: readonly string[]) =>
    pems.length === 0 ? [] : [{ certificate, at: new Date(Math.max(...pems.map(pem => Date.parse(new X509Certificate(pem).validTo)))) }]
  return [...end('merchant', merchant ? [merchant] : []), ...end('platform', splitCertificates(platform ?? ''))]
}

interface Sources {
  set(variable: string): string | undefined
  material(variable: string): string | undefined
  complain(variable: string): Complaint
  now: Date
  serialNo: string | undefined
  privateKey: KeyObject | undefined
}

type Verification = Pick<WechatPayCredentials, 'publicKeyId' | 'publicKey' | 'platformCertificate'>

/** Public-key mode or platform-certificate mode, exactly one. */
const readVerification = ({ set, material, complain, now, serialNo, privateKey }: Sources): Verification | undefined => {
  const id = set('WECHATPAY_PUBLIC_KEY_ID')
  const publicKeyGiven = set('WECHATPAY_PUBLIC_KEY') !== undefined
  const certificateGiven = set('WECHATPAY_PLATFORM_CERTIFICATE') !== undefined
  if (certificateGiven && (id !== undefined || publicKeyGiven)) {
    return complain('WECHATPAY_PLATFORM_CERTIFICATE')(
      'is given together with the WeChat Pay public key',
      'keep one: WECHATPAY_PUBLIC_KEY_ID and WECHATPAY_PUBLIC_KEY if your account has a 微信支付公钥, else the platform certificate',
    )
  }
  if (certificateGiven) {
    const pem = material('WECHATPAY_PLATFORM_CERTIFICATE')
    return pem && checkPlatformCertificate(pem, { now, serialNo, privateKey }, complain('WECHATPAY_PLATFORM_CERTIFICATE'))
      ? { platformCertificate: pem }
      : undefined
  }
  if (id === undefined && !publicKeyGiven) {
    return complain('WECHATPAY_PUBLIC_KEY')(
      "is missing, and so is WECHATPAY_PLATFORM_CERTIFICATE: without one of them WeChat Pay's answers cannot be verified",
      `download the public key (pub_key.pem) and copy its id from ${PLATFORM} > 微信支付公钥`,
    )
  }
  if (!publicKeyGiven) complain('WECHATPAY_PUBLIC_KEY')('is missing', `download pub_key.pem from ${PLATFORM} > 微信支付公钥`)
  if (id === undefined) complain('WECHATPAY_PUBLIC_KEY_ID')('is missing', `copy it from ${PLATFORM} > 微信支付公钥`)
  else if (!/^PUB_KEY_ID_[0-9A-Za-z]+$/.test(id)) {
    complain('WECHATPAY_PUBLIC_KEY_ID')(
      'does not begin with PUB_KEY_ID_',
      `copy the whole id, prefix included, from ${PLATFORM} > 微信支付公钥`,
    )
  }
  const pem = material('WECHATPAY_PUBLIC_KEY')
  const publicKey = pem && readPublicKey(pem, complain('WECHATPAY_PUBLIC_KEY'))
  if (publicKey && privateKey && createPublicKey(privateKey).equals(publicKey)) {
    return complain('WECHATPAY_PUBLIC_KEY')(
      "is the public half of your own key: WeChat Pay's answers are not signed with it",
      `download pub_key.pem from ${PLATFORM} > 微信支付公钥`,
    )
  }
  // Exported again from the parsed key: whatever else the file held is dropped.
  return publicKey && id ? { publicKeyId: id, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() } : undefined
}

/** Both are for notifications alone: without them everything else works. */
const readNotificationKeys = ({ set, material, complain }: Sources): Pick<WechatPayCredentials, 'apiV3Keys' | 'callbackCertificate'> => {
  const given = set('WECHATPAY_API_V3_KEY')
  const callback = set('WECHATPAY_CALLBACK_CERTIFICATE')
  const apiV3Keys = given === undefined ? [] : readApiV3Keys(given, complain('WECHATPAY_API_V3_KEY'))
  const pem = callback === undefined ? undefined : material('WECHATPAY_CALLBACK_CERTIFICATE')
  if (pem !== undefined) {
    const all = splitCertificates(pem)
    for (const one of all.length > 0 ? all : [pem]) parseCertificate(one, complain('WECHATPAY_CALLBACK_CERTIFICATE'))
    if (set('WECHATPAY_PLATFORM_CERTIFICATE') !== undefined)
      complain('WECHATPAY_CALLBACK_CERTIFICATE')(
        'is given together with the platform certificate',
        'leave it out: several certificates may stand in WECHATPAY_PLATFORM_CERTIFICATE',
      )
  }
  return { ...(apiV3Keys.length > 0 && { apiV3Keys }), ...(pem !== undefined && { callbackCertificate: pem }) }
}

const isApiV3Key = (text: string): boolean => /^[\x21-\x2b\x2d-\x7e]{32}$/.test(text)

const readApiV3Keys = (given: string, complain: Complaint): string[] => {
  const text = given.split(',').every(key => isApiV3Key(key.trim())) ? given : readMaterial(given, () => undefined)
  const keys = (text ?? '').split(',').map(key => key.trim())
  if (keys.every(isApiV3Key)) return keys
  complain(
    'is not 32 characters, or has between its commas a key that is not',
    `copy the APIv3密钥 that was set at ${PLATFORM} > APIv3密钥, or give the path of a file that holds it (the new one, a comma and the old one while it is being changed)`,
  )
  return []
}

const checkPlatformCertificate = (pem: string, known: Pick<Sources, 'now' | 'serialNo' | 'privateKey'>, complain: Complaint): boolean => {
  const { now, serialNo, privateKey } = known
  if (/PRIVATE KEY/.test(pem)) {
    complain('holds a private key', 'give the platform certificate alone; keep the private key out of it')
    return false
  }
  const all = splitCertificates(pem)
  const certificates = (all.length > 0 ? all : [pem]).map(one => parseCertificate(one, complain))
  if (!certificates.every(certificate => certificate !== undefined)) return false
  const remedy = 'download the current platform certificates (GET /v3/certificates), or change to the 微信支付公钥, which does not expire'
  const isOwn = (certificate: X509Certificate) =>
    (serialNo !== undefined && isSameSerial(certificate.serialNumber, serialNo)) ||
    (privateKey !== undefined && certificate.checkPrivateKey(privateKey))
  if (certificates.some(isOwn)) {
    complain('is your own API certificate, not one of WeChat Pay', remedy)
    return false
  }
  const latest = certificates.reduce((a, b) => (Date.parse(a.validTo) > Date.parse(b.validTo) ? a : b))
  if (Date.parse(latest.validTo) <= now.getTime()) complain(`expired on ${isoDay(latest.validTo)}`, remedy)
  else if (certificates.every(one => isOfLater(one, now))) complain(notYet(latest, now), clockRemedy)
  else return true
  return false
}

const parseCertificate = (pem: string, complain: Complaint): X509Certificate | undefined => {
  try {
    const certificate = new X509Certificate(pem)
    if (certificate.publicKey.asymmetricKeyType === 'rsa') return certificate
    return complain('does not hold an RSA key', 'give a certificate issued by WeChat Pay')
  } catch {
    return complain('is not a PEM certificate', 'it begins with -----BEGIN CERTIFICATE-----; give the whole file, or its path')
  }
}

/** A new certificate is of this minute, and clocks are a little apart. */
const isOfLater = ({ validFrom }: X509Certificate, now: Date): boolean => Date.parse(validFrom) > now.getTime() + 5 * 60_000
const notYet = ({ validFrom }: X509Certificate, now: Date): string =>
  `is valid from ${isoDay(validFrom)} only, and this machine has ${now.toISOString().slice(0, 10)}`
const clockRemedy = 'set the clock of this machine, or give the certificate that is in use'

const isoDay = (date: string) => new Date(date).toISOString().slice(0, 10)
