// wx.login's code → openid: GET /sns/jscode2session
// (developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session.html).
import { Agent, request } from 'undici'

declare module '../platform/context.ts' {
  interface Context {
    wechat: Pick<Wechat, 'code2Session'>
  }
}

/**
 * - `INVALID_CODE`: the code is wrong, too old or used before; the app calls wx.login again
 * - `WECHAT_UNAVAILABLE`: busy, too often, or no usable answer; the same again later
 * - `WECHAT_USER_AT_RISK`: WeChat considers this person's account risky and does not let it log in to any mini program
 * - `WECHAT_USER_LIMITED`: this person's account is frozen, limited or cancelled
 * - `WECHAT_APP_BANNED`: the mini program may not use this interface any more; for the administrator of its console
 * - `WX_CONFIG`: appid or secret is wrong, missing or frozen; for the operators
 */
export type WechatErrorCode =
  'INVALID_CODE' | 'WECHAT_UNAVAILABLE' | 'WECHAT_USER_AT_RISK' | 'WECHAT_USER_LIMITED' | 'WECHAT_APP_BANNED' | 'WX_CONFIG'

/** Holds neither the secret nor the code nor the URL that contains both, so it may be logged as it is. */
export class WechatError extends Error {
  override readonly name = 'WechatError'
  constructor(
    readonly code: WechatErrorCode,
    /** errcode of WeChat, or what our client saw, e.g. TIMEOUT */
    readonly reason: number | string,
    /** WeChat's errmsg */
    readonly wx_message: string | null = null,
  ) {
    super(`code2Session: ${code} (${reason})`)
  }
}

export interface Wechat {
  /** @throws WechatError */
  code2Session(code: string): Promise<{ openid: string }>
  close(): Promise<void>
}

export interface WechatOptions {
  baseUrl: string
  appid: string
  secret: string
  /** from the call to the last byte of the answer; default 8,000 */
  timeoutMs?: number
}

/** Global return codes (developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno). A code that is not here is treated as temporary. */
const byErrcode: Readonly<Record<number, WechatErrorCode>> = {
  40029: 'INVALID_CODE',
  40163: 'INVALID_CODE',
  41008: 'INVALID_CODE',
  42003: 'INVALID_CODE',
  [-1]: 'WECHAT_UNAVAILABLE',
  45009: 'WECHAT_UNAVAILABLE',
  45011: 'WECHAT_UNAVAILABLE',
  40226: 'WECHAT_USER_AT_RISK',
  50002: 'WECHAT_USER_LIMITED',
  48004: 'WECHAT_APP_BANNED',
  40001: 'WX_CONFIG',
  40002: 'WX_CONFIG',
  40013: 'WX_CONFIG',
  40125: 'WX_CONFIG',
  40164: 'WX_CONFIG',
  40243: 'WX_CONFIG',
  41001: 'WX_CONFIG',
  41002: 'WX_CONFIG',
  41004: 'WX_CONFIG',
  48001: 'WX_CONFIG',
  50001: 'WX_CONFIG',
}

export const createWechat = ({ baseUrl, appid, secret, timeoutMs = 8_000 }: WechatOptions): Wechat => {
  const agent = new Agent({ connect: { timeout: 4_000 } })

  const ask = async (code: string): Promise<unknown> => {
    const url = new URL('/sns/jscode2session', baseUrl)
    url.search = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' }).toString()
    try {
      const answer = await request(url, { dispatcher: agent, signal: AbortSignal.timeout(timeoutMs) })
      const text = await answer.body.text()
      // WeChat sends this JSON as text/plain.
      return answer.statusCode === 200
        ? (JSON.parse(text) as unknown)
        : Promise.reject(new WechatError('WECHAT_UNAVAILABLE', answer.statusCode))
    } catch (error) {
      if (error instanceof WechatError) throw error
      const reason = (error as { code?: unknown }).code
      throw new WechatError('WECHAT_UNAVAILABLE', typeof reason === 'string' ? reason : 'NO_USABLE_ANSWER')
    }
  }

  return {
    async code2Session(code) {
      const answer = (await ask(code)) as { openid?: unknown; errcode?: unknown; errmsg?: unknown } | null
      if (typeof answer?.errcode === 'number' && answer.errcode !== 0) {
        const message = typeof answer.errmsg === 'string' ? answer.errmsg.replaceAll(secret, '[secret]') : null
        throw new WechatError(byErrcode[answer.errcode] ?? 'WECHAT_UNAVAILABLE', answer.errcode, message)
      }
      if (typeof answer?.openid !== 'string' || answer.openid === '') throw new WechatError('WECHAT_UNAVAILABLE', 'NO_OPENID')
      // session_key is dropped here: we decrypt nothing that WeChat encrypts with it, so it cannot leak.
      return { openid: answer.openid }
    },
    close: () => agent.close(),
  }
}
