// A caller that signs by itself, so that a test can break each part of a signed call.
import { createSign, randomBytes } from 'node:crypto'
import { request } from 'undici'
import type { Sandbox } from '../../../dev/sandbox/index.ts'

export const SP_MCHID = '1900000001'
export const SHOP = '1900000109'
export const PATH = '/v3/goldplan/merchants/changegoldplanstatus'
export const OPEN_JSAPI = { sub_mchid: SHOP, operation_type: 'OPEN', operation_pay_scene: 'JSAPI' }

export interface RawCall {
  method?: 'POST' | 'PATCH' | 'GET'
  path?: string
  body?: string
  /** what is signed, where it shall differ from what is sent */
  signed?: { method?: string; path?: string; body?: string; nonce?: string; timestamp?: string }
  mchid?: string
  serialNo?: string
  privateKey?: string
  nonce?: string
  timestamp?: string
  scheme?: string
  headers?: Record<string, string | null>
}

export interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  body: { code?: string; message?: string; detail?: Record<string, unknown>; sub_mchid?: string } | undefined
}

export const send = async (sandbox: Sandbox, call: RawCall = {}): Promise<RawAnswer> => {
  const { credentials } = sandbox
  const { method = 'POST', path = PATH, body = JSON.stringify(OPEN_JSAPI), nonce = randomBytes(16).toString('hex') } = call
  const timestamp = call.timestamp ?? String(Math.floor(sandbox.control.clock.now().getTime() / 1000))
  const signed = { method, path, body, nonce, timestamp, ...call.signed }
  const signature = createSign('RSA-SHA256')
    .update(`${signed.method}\n${signed.path}\n${signed.timestamp}\n${signed.nonce}\n${signed.body}\n`)
    .sign(call.privateKey ?? credentials.privateKey, 'base64')
  const authorization =
    `${call.scheme ?? 'WECHATPAY2-SHA256-RSA2048'} mchid="${call.mchid ?? credentials.spMchid}",nonce_str="${nonce}",` +
    `signature="${signature}",timestamp="${timestamp}",serial_no="${call.serialNo ?? credentials.serialNo}"`
  const headers: Record<string, string | null> = {
    authorization,
    accept: 'application/json',
    'user-agent': 'test',
    'content-type': 'application/json',
    'wechatpay-serial': credentials.publicKeyId,
    ...call.headers,
  }
  const answer = await request(new URL(path, sandbox.url), {
    method,
    headers: Object.fromEntries(Object.entries(headers).filter((header): header is [string, string] => header[1] !== null)),
    ...(method !== 'GET' && { body }),
  })
  const text = await answer.body.text()
  const json = text.startsWith('{') ? (JSON.parse(text) as RawAnswer['body']) : undefined
  return { status: answer.statusCode, headers: answer.headers, text, body: json }
}
