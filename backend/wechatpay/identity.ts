// Who we are to WeChat Pay and who WeChat Pay is to us: the keys of one service provider, parsed once.
import { X509Certificate, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { comparableSerial, serialOf } from './serial.ts'

/**
 * The provider's credentials. Exactly one of the two modes: `publicKeyId` + `publicKey` (微信支付公钥), or `platformCertificate` (平台证书; one PEM or several
 * one after the other while WeChat Pay changes them).
 */
export interface WechatPayCredentials {
  /** https://api.mch.weixin.qq.com, or another base URL without a path */
  baseUrl: string
  /** the service provider's own mchid: gold plan calls are signed by the provider, not by the sub-merchant */
  spMchid: string
  /** PEM of the API certificate's private key (apiclient_key.pem) */
  privateKey: string | KeyObject
  /** 40 capital hex digits, or fewer where zeros at the beginning are left out */
  serialNo: string
  publicKeyId?: string
  /** PEM */
  publicKey?: string
  /** PEM */
  platformCertificate?: string
  /** APIv3 keys (32 bytes), the new one first: what notifications are encrypted with. None: none can be read */
  apiV3Keys?: readonly string[]
  /** PEM, with `publicKey`: notifications may still be signed with these while the number changes to the public key */
  callbackCertificate?: string
}

/** When a certificate of the credentials ends. */
export interface CertificateEnd {
  /** merchant: the provider's own API certificate; platform: the one of WeChat Pay's that lasts longest */
  certificate: 'merchant' | 'platform'
  at: Date
}

export interface Identity {
  baseUrl: string
  mchid: string
  serialNo: string
  privateKey: KeyObject
  /** by serial number (comparableSerial) or PUB_KEY_ID_… */
  wechatPayKeys: ReadonlyMap<string, KeyObject>
  /** the same and those of notifications alone */
  callbackKeys: ReadonlyMap<string, KeyObject>
  /** The key that we ask WeChat Pay to sign its answer with: while a merchant moves to the public key, it signs with the one that the request names. */
  namedSerial(now: Date): string
}

export const createIdentity = (credentials: WechatPayCredentials): Identity => {
  const { baseUrl, spMchid, serialNo, privateKey, publicKeyId, publicKey, platformCertificate } = credentials
  const common = {
    baseUrl,
    mchid: spMchid,
    // as the console shows it
    serialNo: serialNo.padStart(40, '0'),
    privateKey: typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey,
  }
  if (publicKeyId && publicKey && !platformCertificate) {
    const wechatPayKeys = new Map([[publicKeyId, createPublicKey(publicKey)]])
    const callbackKeys = new Map([...wechatPayKeys, ...keysOf(certificatesIn(credentials.callbackCertificate ?? ''))])
    return { ...common, wechatPayKeys, callbackKeys, namedSerial: () => publicKeyId }
  }
  if (platformCertificate && !publicKey) {
    const certificates = certificatesIn(platformCertificate)
    const wechatPayKeys = keysOf(certificates)
    const newestFirst = certificates.sort((a, b) => Date.parse(b.validFrom) - Date.parse(a.validFrom))
    const newest = newestFirst[0]
    if (!newest) throw new TypeError('platformCertificate holds no certificate')
    return {
      ...common,
      wechatPayKeys,
      callbackKeys: wechatPayKeys,
      namedSerial: now => serialOf(newestFirst.find(certificate => Date.parse(certificate.validFrom) <= now.getTime()) ?? newest),
    }
  }
  throw new TypeError('give either publicKeyId and publicKey, or platformCertificate')
}

const certificatesIn = (pem: string): X509Certificate[] => splitCertificates(pem).map(one => new X509Certificate(one))
const keysOf = (certificates: readonly X509Certificate[]) =>
  new Map(certificates.map(certificate => [comparableSerial(certificate.serialNumber), certificate.publicKey]))

export const splitCertificates = (pem: string): string[] => pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
