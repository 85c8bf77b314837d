// APIv3 signatures, both directions: pay.weixin.qq.com/doc/v3/partner (签名生成 and 验签). SHA256withRSA, base64. Nothing here touches the network.
import { createVerify, randomBytes, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { comparableSerial } from './serial.ts'

/** WeChat Pay refuses and we refuse what is further than this from the clock (wechatpay-java RESPONSE_EXPIRED_MINUTES, wechatpay-go FiveMinute). */
export const TOLERATED_CLOCK_DIFFERENCE_SECONDS = 300

const SCHEME = 'WECHATPAY2-SHA256-RSA2048'
/** WeChat Pay now and then answers with a deliberately wrong signature to see whether the caller verifies. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/'

export interface SignedRequest {
  method: string
  /** path and query, exactly as sent */
  path: string
  /** exactly as sent, empty where there is none */
  body: string
}

export interface Signer {
  mchid: string
  serialNo: string
  /** parsed once: parsing the PEM at each call more than halves the rate */
  privateKey: KeyObject
}

/** In the pool of threads: with a callback. A third of a millisecond each would else keep everybody's requests waiting. */
const signInPool = promisify<string, Buffer, KeyObject, Buffer>(sign)

/** @returns the value of the Authorization header; `now` is the domain clock. */
export const authorization = async (
  request: SignedRequest,
  signer: Signer,
  now: Date,
  nonce = randomBytes(16).toString('hex'),
): Promise<string> => {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signed = await signInPool('RSA-SHA256', Buffer.from(requestMessage(request, timestamp, nonce)), signer.privateKey)
  const signature = signed.toString('base64')
  return (
    `${SCHEME} mchid="${signer.mchid}",nonce_str="${nonce}",signature="${signature}",` +
    `timestamp="${timestamp}",serial_no="${signer.serialNo}"`
  )
}

const requestMessage = ({ method, path, body }: SignedRequest, timestamp: string, nonce: string): string =>
  `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`

export interface SignedAnswer {
  timestamp: string | undefined
  nonce: string | undefined
  signature: string | undefined
  serial: string | undefined
  /** raw bytes; empty for 204, whose body line is empty */
  body: Buffer
}

export type Forgery = 'UNSIGNED' | 'STALE' | 'UNKNOWN_SERIAL' | 'PROBE' | 'SIGNATURE_MISMATCH'

/**
 * @param keys WeChat Pay's public keys by the serial number of their platform certificate (comparableSerial) or by public key id (PUB_KEY_ID_…)
 * @returns null when the answer is WeChat Pay's, else what is wrong with it
 */
export const forgeryOf = (answer: SignedAnswer, keys: ReadonlyMap<string, KeyObject>, now: Date): Forgery | null => {
  const { timestamp, nonce, signature, serial, body } = answer
  if (!timestamp || !nonce || !signature || !serial) return 'UNSIGNED'
  if (signature.startsWith(PROBE_PREFIX)) return 'PROBE'
  if (!/^\d{1,12}$/.test(timestamp)) return 'STALE'
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERATED_CLOCK_DIFFERENCE_SECONDS) return 'STALE'
  const key = keys.get(comparableSerial(serial))
  if (!key) return 'UNKNOWN_SERIAL'
  const verify = createVerify('RSA-SHA256').update(`${timestamp}\n${nonce}\n`).update(body).update('\n')
  return verify.verify(key, signature, 'base64') ? null : 'SIGNATURE_MISMATCH'
}
