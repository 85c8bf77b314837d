// Writes the answers of WeChat Pay: Request-ID, signature, and every way in which an answer can be wrong.
import { createSign, randomBytes, type KeyObject } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { WechatPaySide } from './credentials.ts'
import type { Refusal } from './refusals.ts'
import type { Fault } from './scenarios.ts'

export interface Answer {
  http_status: number
  body: string
  request_id: string
  headers?: Record<string, string>
}

const requestId = (number: string) => `08${randomBytes(20).toString('hex').toUpperCase()}-${number}`

export const success = (http_status: number, body?: object): Answer => ({
  http_status,
  body: body === undefined ? '' : JSON.stringify(body),
  request_id: requestId('0'),
})

export const refused = (refusal: Refusal, language: 'zh' | 'en'): Answer => ({
  http_status: refusal.http_status,
  body: JSON.stringify({ code: refusal.code, message: refusal[language], ...(refusal.detail && { detail: refusal.detail }) }),
  request_id: requestId(refusal.number),
  ...(refusal.headers && { headers: refusal.headers }),
})

/** 401 in WeChat Pay's shape: it tells what it tried to verify. */
export const unauthenticated = (
  message: string,
  { method, url, signMessage }: { method: string; url: string; signMessage: string },
): Answer => ({
  http_status: 401,
  body: JSON.stringify({
    code: 'SIGN_ERROR',
    message,
    detail: {
      detail: { issue: 'sign not match' },
      field: 'signature',
      location: 'authorization',
      sign_information: { method, url, sign_message_length: signMessage.length, truncated_sign_message: signMessage.slice(0, 120) },
    },
  }),
  request_id: requestId('268443699'),
})

interface Signing {
  side: WechatPaySide
  /** which of WeChat Pay's keys signs */
  serial: string
  now: Date
}

const sign = (message: string, key: KeyObject) => createSign('RSA-SHA256').update(message).sign(key, 'base64')

/** Headers that make an answer WeChat Pay's, or fail to, by `fault`. */
export const signatureHeaders = (body: string, { side, serial, now }: Signing, fault?: Fault): Record<string, string> => {
  if (fault === 'unsigned') return {}
  const timestamp = String(Math.floor(now.getTime() / 1000) - (fault === 'stale' ? 900 : 0))
  const nonce = randomBytes(16).toString('hex')
  const key = fault === 'forged' ? side.strangerKey : side.signingKeys.get(serial)
  if (!key) throw new RangeError(`no key of the sandbox has the serial number ${serial}`)
  const signature = sign(`${timestamp}\n${nonce}\n${body}\n`, key)
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': fault === 'unknown_serial' ? '7E57'.padEnd(40, '0') : serial,
    'wechatpay-signature': fault === 'signtest' ? `WECHATPAY/SIGNTEST/${signature}` : signature,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

export const write = (response: ServerResponse, answer: Answer, signature: Record<string, string>): void => {
  response.writeHead(answer.http_status, {
    'request-id': answer.request_id,
    ...(answer.http_status !== 204 && { 'content-type': 'application/json; charset=utf-8' }),
    ...answer.headers,
    ...signature,
  })
  response.end(answer.body)
}
