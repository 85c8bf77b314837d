// https://api.weixin.qq.com/cgi-bin/stable_token and /cgi-bin/message/subscribe/send. WeChat answers errors with status 200 and errcode.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WechatPaySide } from './credentials.ts'

export interface SentMessage {
  /** ISO 8601, by the sandbox's clock */
  at: string
  touser: string
  template_id: string
  page: string
  data: Record<string, { value: string }>
}

/** What the next messages meet. */
export interface MessageTrouble {
  /** errcode · lost: taken, and the connection is cut · dropped: cut before it is taken */
  answer: number | 'lost' | 'dropped'
  /** null: until it is changed */
  times: number | null
}

const ERRMSG: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40037: 'invalid template_id',
  40125: 'invalid appsecret',
  41030: 'invalid page',
  42001: 'access_token expired',
  43101: 'user refuse to accept the msg',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47003: 'argument invalid! data.%s.value invalid',
}
/** seconds */
const tokenLives = 7_200

/** As WeChat's page limits the values of keywords (订阅消息参数值内容限制说明). */
const fits: readonly (readonly [RegExp, (value: string) => boolean])[] = [
  [/^thing\d+$/, value => [...value].length <= 20],
  [/^phrase\d+$/, value => /^\p{Script=Han}{1,5}$/u.test(value)],
  [/^character_string\d+$/, value => /^[\x20-\x7e]{1,32}$/.test(value)],
  [/^time\d+$/, value => /^\d{4}年\d{1,2}月\d{1,2}日( \d{2}:\d{2})?$/.test(value)],
  [/^date\d+$/, value => /^\d{4}年\d{1,2}月\d{1,2}日$/.test(value)],
]

export type Mail = ReturnType<typeof createMail>

export const createMail = ({ credentials }: WechatPaySide, now: () => Date) => {
  const sent: SentMessage[] = []
  let trouble: MessageTrouble | null = null
  let token: { text: string; until: number } | null = null
  let tokensMade = 0
  let tokensAsked = 0

  const take = (): MessageTrouble['answer'] | null => {
    if (trouble === null) return null
    const { answer } = trouble
    if (trouble.times !== null && (trouble.times -= 1) <= 0) trouble = null
    return answer
  }
  const newToken = () => {
    tokensMade += 1
    token = { text: randomBytes(48).toString('base64url'), until: now().getTime() + tokenLives * 1_000 }
    return token
  }

  const giveToken = (body: Record<string, unknown>): object => {
    tokensAsked += 1
    if (body.appid !== credentials.appid) return failure(40013)
    if (body.secret !== credentials.appSecret) return failure(40125)
    // within its time the stable interface gives the same one, unless it is told to make another
    const kept = token !== null && token.until > now().getTime() && body.force_refresh !== true ? token : newToken()
    return { access_token: kept.text, expires_in: Math.floor((kept.until - now().getTime()) / 1_000) }
  }

  const faultOf = (
    access: string | null,
    { touser, template_id, page, data }: Partial<SentMessage>,
  ): { errcode: number; field?: string } | null => {
    if (token === null || access !== token.text) return { errcode: 40001 }
    if (token.until <= now().getTime()) return { errcode: 42001 }
    if (typeof touser !== 'string' || !touser.startsWith('openid-')) return { errcode: 40003 }
    if (typeof template_id !== 'string' || template_id.length < 20) return { errcode: 40037 }
    if (typeof page === 'string' && !/^(pages|packages)\//.test(page)) return { errcode: 41030 }
    const entries = Object.entries(data ?? {})
    const wrong = entries.find(
      ([key, { value }]) => !fits.some(([of, check]) => of.test(key) && typeof value === 'string' && value !== '' && check(value)),
    )
    if (entries.length === 0) return { errcode: 47003, field: 'data' }
    return wrong ? { errcode: 47003, field: wrong[0] } : null
  }

  return {
    sent: (): SentMessage[] => structuredClone(sent),
    forget: () => void (sent.length = 0),
    arrange: (next: MessageTrouble | null) => void (trouble = next),
    tokensMade: () => tokensMade,
    tokensAsked: () => tokensAsked,
    /** As when somebody else asks for one by the other interface, or resets the secret. */
    revokeToken: () => void (token = null),
    token(_: IncomingMessage, response: ServerResponse, body: Buffer): void {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(giveToken(parsed(body))))
    },
    message(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
      const given = parsed(body) as Partial<SentMessage>
      const answer = (value: object) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      const arranged = take()
      if (arranged === 'dropped') return void response.destroy()
      if (typeof arranged === 'number') return void answer(failure(arranged))
      const fault = faultOf(new URL(request.url ?? '', 'http://sandbox').searchParams.get('access_token'), given)
      if (fault) return void answer(failure(fault.errcode, fault.field))
      const { touser, template_id, page = '', data } = given as SentMessage
      sent.push({ at: now().toISOString(), touser, template_id, page, data })
      if (arranged === 'lost') return void response.destroy()
      answer({ errcode: 0, errmsg: 'ok' })
    },
  }
}

const failure = (errcode: number, field?: string) => ({
  errcode,
  errmsg: `${(ERRMSG[errcode] ?? 'error').replace('%s', field ?? '')} rid: ${randomBytes(4).toString('hex')}`,
})

function parsed(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>
  } catch {
    return {}
  }
}
