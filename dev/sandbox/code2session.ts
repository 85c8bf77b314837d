// https://api.weixin.qq.com/sns/jscode2session for the demo codes. WeChat answers errors with status 200 and errcode.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WechatPaySide } from './credentials.ts'
import type { Memory } from './memory.ts'

/** Any number of phones at once, for whoever needs more than one of a role: `phone-7`. */
const PHONE_CODE = /^phone-\d{1,6}$/

/** The phone's role decides what wx.login returns; each has one openid, `openid-<code>`. */
const DEMO_CODES = ['demo-field_agent', 'demo-region_lead', 'demo-operator', 'demo-auditor', 'demo-admin', 'demo-unbound'] as const

const ERRMSG: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40029: 'invalid code',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40226: 'code blocked',
  41004: 'appsecret missing',
  45011: 'api minute-quota reach limit  mustslower  retry next minute',
  48004: 'api forbidden',
  50002: 'user limited',
}

const ARRANGED = {
  busy: -1,
  too_often: 45011,
  wrong_appid: 40013,
  wrong_secret: 40125,
  no_secret: 41004,
  user_at_risk: 40226,
  user_limited: 50002,
  app_banned: 48004,
} as const

export const createCode2Session = ({ credentials }: WechatPaySide, memory: Memory) => {
  /** `demo-admin#7` works once, as real codes do; plain demo codes work always, since a phone that is shown to people keeps its role. */
  const used = new Set<string>()

  const errcodeFor = (query: URLSearchParams): number | undefined => {
    const { status } = memory.wechat()
    if (status !== 'normal' && status !== 'lost') return ARRANGED[status]
    if (query.get('appid') !== credentials.appid) return 40013
    if (query.get('secret') !== credentials.appSecret) return 40125
    if (query.get('grant_type') !== 'authorization_code') return 40002
    const code = query.get('js_code') ?? ''
    const [name, once] = code.split('#')
    if (!DEMO_CODES.some(known => known === name) && !PHONE_CODE.test(name ?? '')) return 40029
    if (once === undefined) return undefined
    if (used.has(code)) return 40163
    used.add(code)
    return undefined
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    const query = new URL(request.url ?? '', 'http://sandbox').searchParams
    if (memory.wechat().status === 'lost') return void response.destroy()
    const errcode = errcodeFor(query)
    const body =
      errcode === undefined
        ? { session_key: randomBytes(16).toString('base64'), openid: `openid-${query.get('js_code')?.split('#')[0]}` }
        : { errcode, errmsg: `${ERRMSG[errcode]}, rid: ${randomBytes(4).toString('hex')}` }
    // WeChat sends JSON as text/plain here.
    response.writeHead(200, { 'content-type': 'text/plain' }).end(JSON.stringify(body))
  }
}
