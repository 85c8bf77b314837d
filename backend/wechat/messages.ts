// Subscription messages of the mini program: POST /cgi-bin/stable_token and POST /cgi-bin/message/subscribe/send
// (developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html, …/mp-access-token/getStableAccessToken.html).
import { Agent, request } from 'undici'

declare module '../platform/context.ts' {
  interface Context {
    /** null: this installation sends none */
    messages: WechatMessages | null
  }
}

export interface SubscribeMessage {
  /** openid */
  touser: string
  template_id: string
  /** path of the app, without a slash in front */
  page: string
  data: Record<string, { value: string }>
}

/**
 * - sent: WeChat took it
 * - refused: it did not go out; `errcode` is WeChat's
 * - unknown: whether it went out is not known
 * - not_sent: it never left
 */
export type SendOutcome =
  { outcome: 'sent' } | { outcome: 'refused'; errcode: number; errmsg: string } | { outcome: 'unknown' | 'not_sent'; reason: string }

/** No usable answer, or a refusal; holds neither secret nor token. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  constructor(readonly reason: number | string) {
    super(`stable_token: ${reason}`)
  }
}

export interface WechatMessages {
  readonly appid: string
  /**
   * The token that is in force; asked again it is the same one.
   * @param force makes a new one, at most 20 times a day
   * @throws TokenError
   */
  stableToken(force: boolean): Promise<{ token: string; expires_in: number }>
  /** Never rejects. */
  send(token: string, message: SubscribeMessage): Promise<SendOutcome>
  close(): Promise<void>
}

export interface MessagesOptions {
  baseUrl: string
  appid: string
  secret: string
  /** from the call to the last byte of the answer; default 5,000: whoever renews the token holds its row meanwhile */
  timeoutMs?: number
}

export const createWechatMessages = ({ baseUrl, appid, secret, timeoutMs = 5_000 }: MessagesOptions): WechatMessages => {
  const agent = new Agent({ connect: { timeout: 3_000 } })

  const post = async (path: string, query: Record<string, string>, body: object): Promise<{ status: number; answer: Answer | null }> => {
    const url = new URL(path, baseUrl)
    url.search = new URLSearchParams(query).toString()
    const { statusCode, body: stream } = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await stream.text()
    try {
      return { status: statusCode, answer: JSON.parse(text) as Answer }
    } catch {
      return { status: statusCode, answer: null }
    }
  }

  return {
    appid,
    async stableToken(force) {
      const { status, answer } = await post(
        '/cgi-bin/stable_token',
        {},
        { grant_type: 'client_credential', appid, secret, ...(force && { force_refresh: true }) },
      ).catch((error: unknown) => {
        throw new TokenError(reasonOf(error))
      })
      if (typeof answer?.errcode === 'number' && answer.errcode !== 0) throw new TokenError(answer.errcode)
      if (status !== 200 || typeof answer?.access_token !== 'string' || typeof answer.expires_in !== 'number')
        throw new TokenError(`HTTP_${status}`)
      return { token: answer.access_token, expires_in: answer.expires_in }
    },
    async send(token, message) {
      try {
        const { status, answer } = await post(
          '/cgi-bin/message/subscribe/send',
          { access_token: token },
          { ...message, miniprogram_state: 'formal', lang: 'zh_CN' },
        )
        if (status !== 200 || typeof answer?.errcode !== 'number') return { outcome: 'unknown', reason: `HTTP_${status}` }
        if (answer.errcode === 0) return { outcome: 'sent' }
        return { outcome: 'refused', errcode: answer.errcode, errmsg: String(answer.errmsg ?? '').replaceAll(token, '[token]') }
      } catch (error) {
        const reason = reasonOf(error)
        return { outcome: neverLeft.has(reason) ? 'not_sent' : 'unknown', reason }
      }
    },
    close: () => agent.close(),
  }
}

interface Answer {
  errcode?: unknown
  errmsg?: unknown
  access_token?: unknown
  expires_in?: unknown
}

/** No connection was made. */
const neverLeft: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

const reasonOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'NETWORK'
}
