// Verifies the Authorization header of a call as WeChat Pay does. Written apart from backend/wechatpay on purpose: one implementation cannot witness for itself.
import { createVerify } from 'node:crypto'
import type { WechatPaySide } from './credentials.ts'

export interface ReceivedRequest {
  method: string
  /** path and query as received */
  url: string
  authorization: string | undefined
  body: Buffer
}

const TOLERANCE_MS = 300_000
const FIELDS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const

/** Zeros at the beginning may be left out. */
const numberOf = (serial: string) => serial.replace(/^0+/, '')

export interface Objection {
  message: string
  /** what the signature was checked against, as far as the header could be read */
  signMessage: string
}

/** @returns a function that gives undefined for a genuine call, else what goes into the 401. It remembers nonces as long as their timestamps count. */
export const createAuthenticator = ({ credentials, merchantKey }: WechatPaySide, now: () => Date) => {
  const seenNonces = new Map<string, number>()

  return ({ method, url, authorization, body }: ReceivedRequest): Objection | undefined => {
    let signMessage = ''
    const object = (message: string): Objection => ({ message, signMessage })
    if (!authorization) return object('Http头缺少Authorization')
    const scheme = 'WECHATPAY2-SHA256-RSA2048 '
    if (!authorization.startsWith(scheme)) return object('Http头Authorization认证类型不正确')
    const fields = new Map([...authorization.slice(scheme.length).matchAll(/([a-z_]+)="([^"]*)"/g)].map(match => [match[1], match[2]]))
    const [mchid, nonce, signature, timestamp, serial] = FIELDS.map(name => fields.get(name))
    if (!mchid || !nonce || !signature || !timestamp || !serial)
      return object('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》')
    signMessage = `${method}\n${url}\n${timestamp}\n${nonce}\n${body.toString('utf8')}\n`
    if (mchid !== credentials.spMchid) return object('商户号与签名不符')
    if (numberOf(serial) !== numberOf(credentials.serialNo)) return object('商户证书序列号有误。请使用签名私钥匹配的证书序列号')
    const at = Number(timestamp) * 1000
    if (!/^\d+$/.test(timestamp) || Math.abs(now().getTime() - at) > TOLERANCE_MS)
      return object('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟')
    const verify = createVerify('RSA-SHA256').update(`${method}\n${url}\n${timestamp}\n${nonce}\n`).update(body).update('\n')
    if (!verify.verify(merchantKey, signature, 'base64')) return object('错误的签名，验签失败')

    // oldest first: whoever calls often is not asked about all of them each time
    for (const [old, until] of seenNonces) {
      if (until >= now().getTime()) break
      seenNonces.delete(old)
    }
    if (seenNonces.has(nonce)) return object('请求重复：nonce_str 已使用过')
    seenNonces.set(nonce, at + TOLERANCE_MS)
    return undefined
  }
}
