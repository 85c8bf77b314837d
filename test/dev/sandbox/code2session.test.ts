import { inspect } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { WechatError, createWechat, type Wechat } from '../../../backend/wechat/code2session.ts'
import { listen } from '../../backend/wechatpay/support.ts'

describe('code2Session', () => {
  let sandbox: Sandbox
  const clients: Wechat[] = []
  const wechat = (over: Partial<Parameters<typeof createWechat>[0]> = {}) => {
    const { appid, appSecret: secret } = sandbox.credentials
    const client = createWechat({ baseUrl: sandbox.url, appid, secret, ...over })
    clients.push(client)
    return client
  }
  beforeAll(async () => {
    sandbox = await startSandbox({ spMchid: '1900000001' })
  })
  beforeEach(() => sandbox.control.setWechat({ status: 'normal' }))
  afterAll(async () => {
    await Promise.all(clients.map(client => client.close()))
    await sandbox.close()
  })
  const failureOf = async (call: Promise<unknown>) => {
    const outcome = await call.catch((error: unknown) => error)
    if (outcome instanceof WechatError) return outcome
    throw new Error(`a WechatError was expected, not ${inspect(outcome)}`)
  }

  it.each(['field_agent', 'region_lead', 'operator', 'auditor', 'admin', 'unbound'])(
    'given the demo code of %s, then its openid and nothing else',
    async role => {
      expect(await wechat().code2Session(`demo-${role}`)).toEqual({ openid: `openid-demo-${role}` })
      expect(await wechat().code2Session(`demo-${role}`)).toEqual({ openid: `openid-demo-${role}` })
    },
  )

  it('given a code with a one-time mark, then it works once', async () => {
    expect(await wechat().code2Session('demo-admin#123')).toEqual({ openid: 'openid-demo-admin' })
    expect(await failureOf(wechat().code2Session('demo-admin#123'))).toMatchObject({ code: 'INVALID_CODE', reason: 40163 })
    expect(await wechat().code2Session('demo-admin#124')).toEqual({ openid: 'openid-demo-admin' })
  })

  it.each(['', 'demo-', 'demo-owner', 'toString', '081x'])('given the code "%s", then it is invalid', async code => {
    expect(await failureOf(wechat().code2Session(code))).toMatchObject({ code: 'INVALID_CODE', reason: 40029 })
  })

  it.each([
    ['busy', 'WECHAT_UNAVAILABLE', -1],
    ['too_often', 'WECHAT_UNAVAILABLE', 45011],
    ['wrong_appid', 'WX_CONFIG', 40013],
    ['wrong_secret', 'WX_CONFIG', 40125],
    ['no_secret', 'WX_CONFIG', 41004],
    ['user_at_risk', 'WECHAT_USER_AT_RISK', 40226],
    ['user_limited', 'WECHAT_USER_LIMITED', 50002],
    ['app_banned', 'WECHAT_APP_BANNED', 48004],
  ] as const)('given WeChat is %s, then %s', async (status, code, reason) => {
    sandbox.control.setWechat({ status })
    expect(await failureOf(wechat().code2Session('demo-admin'))).toMatchObject({ code, reason })
  })

  it('given a wrong appid or secret, then it is our configuration', async () => {
    expect(await failureOf(wechat({ appid: 'wx0' }).code2Session('demo-admin'))).toMatchObject({ code: 'WX_CONFIG', reason: 40013 })
    expect(await failureOf(wechat({ secret: 'wrong' }).code2Session('demo-admin'))).toMatchObject({ code: 'WX_CONFIG', reason: 40125 })
  })

  it('given no usable answer, then WeChat is unavailable', async () => {
    sandbox.control.setWechat({ status: 'lost' })
    expect(await failureOf(wechat().code2Session('demo-admin'))).toMatchObject({ code: 'WECHAT_UNAVAILABLE' })
    for (const [status, body] of [
      [200, '<html>'],
      [200, '{}'],
      [200, 'null'],
      [502, ''],
    ] as const) {
      const odd = await listen((_request, response) => response.writeHead(status).end(body))
      expect(await failureOf(wechat({ baseUrl: odd.url }).code2Session('demo-admin'))).toMatchObject({ code: 'WECHAT_UNAVAILABLE' })
      await odd.close()
    }
    const silent = await listen(() => {})
    expect(await failureOf(wechat({ baseUrl: silent.url, timeoutMs: 200 }).code2Session('demo-admin'))).toMatchObject({
      code: 'WECHAT_UNAVAILABLE',
    })
    await silent.close()
  })

  it('given any failure, then neither the secret nor the code is in it, even where the answer repeats them', async () => {
    const secret = 'a-secret-that-nobody-may-see'
    const echo = await listen((request, response) => response.end(JSON.stringify({ errcode: 40125, errmsg: `invalid ${request.url}` })))
    const gone = await listen(() => {})
    await gone.close()
    for (const baseUrl of [echo.url, gone.url, sandbox.url]) {
      const failure = await failureOf(wechat({ baseUrl, secret }).code2Session('demo-admin#9'))
      const shown = [inspect(failure, { depth: 9, showHidden: true }), JSON.stringify(failure), failure.stack].join('\n')
      expect(shown).not.toContain(secret)
    }
    expect(inspect(wechat({ secret }), { depth: 9, showHidden: true })).not.toContain(secret)
    await echo.close()
  })
})
