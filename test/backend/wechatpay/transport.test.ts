// Every way in which a call can end, over real sockets. Time-outs are the behaviour under test here; nothing is asserted about how long anything takes.
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startSandbox, type Sandbox, type ScenarioName } from '../../../dev/sandbox/index.ts'
import { createWechatPay, type WechatPay, type WechatPayConfig } from '../../../backend/wechatpay/index.ts'
import { eventually } from '../../support/eventually.ts'
import { SHOP, SP_MCHID, failureOf, listen, openJsapi } from './support.ts'

describe('the phase of a failure', () => {
  let sandbox: Sandbox
  const clients: WechatPay[] = []
  const client = (over: Partial<WechatPayConfig> = {}) => {
    const made = createWechatPay({ ...sandbox.wechatPayConfig(), ...over })
    clients.push(made)
    return made
  }
  const believed = () => sandbox.control.ledger(SHOP).gold_plan.JSAPI.status
  const arrange = (scenario: ScenarioName) =>
    sandbox.control.setMerchant(SHOP, { scenario, times: 1, gold_plan: { JSAPI: { status: 'closed', closed_at: null } } })

  beforeAll(async () => {
    sandbox = await startSandbox({ spMchid: SP_MCHID })
  })
  afterAll(async () => {
    await Promise.all(clients.map(one => one.close()))
    await sandbox.close()
  })

  describe('not_sent', () => {
    it('given nobody listens, then nothing was sent', async () => {
      const gone = await listen(() => {})
      await gone.close()
      expect(await failureOf(openJsapi(client({ baseUrl: gone.url })))).toMatchObject({
        phase: 'not_sent',
        reason: 'ECONNREFUSED',
        code: null,
      })
    })

    it('given a name that does not exist, then nothing was sent', async () => {
      const failure = await failureOf(openJsapi(client({ baseUrl: 'https://wechat-pay.invalid' })))
      expect(failure.phase).toBe('not_sent')
      expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(failure.reason)
    })

    it('given a TLS certificate that nobody vouches for, then nothing was sent', async () => {
      let received = 0
      const server = createTlsServer(
        { key: sandbox.credentials.privateKey, cert: sandbox.credentials.merchantCertificate },
        () => void received++,
      )
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
      expect(await failureOf(openJsapi(client({ baseUrl })))).toMatchObject({ phase: 'not_sent', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
      await new Promise(resolve => server.close(resolve))
      expect(received).toBe(0)
    })

    it('given the connection is cut during the TLS handshake (also ECONNRESET), then nothing was sent', async () => {
      const server = createTcpServer(socket => socket.destroy())
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
      expect(await failureOf(openJsapi(client({ baseUrl })))).toMatchObject({ phase: 'not_sent' })
      await new Promise(resolve => server.close(resolve))
    })

    it('given the TLS handshake hangs, then the connect time-out ends it and nothing was sent', async () => {
      const sockets: { destroy(): void }[] = []
      const server = createTcpServer(socket => void sockets.push(socket))
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
      const failure = await failureOf(openJsapi(client({ baseUrl, connectTimeoutMs: 200 })))
      expect(failure).toMatchObject({ phase: 'not_sent', reason: 'UND_ERR_CONNECT_TIMEOUT' })
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    })

    it('given the caller gave up before, then nothing was sent', async () => {
      const before = sandbox.control.requests().length
      const failure = await failureOf(openJsapi(client(), AbortSignal.abort()))
      expect(failure).toMatchObject({ phase: 'not_sent', reason: 'ABORTED' })
      expect(sandbox.control.requests()).toHaveLength(before)
    })

    it('given the caller gives up while the connection is being made, then nothing was sent', async () => {
      const giveUp = new AbortController()
      const sockets: { destroy(): void }[] = []
      const server = createTcpServer(socket => {
        sockets.push(socket)
        giveUp.abort()
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
      expect(await failureOf(openJsapi(client({ baseUrl, connectTimeoutMs: 10_000 }), giveUp.signal))).toMatchObject({
        phase: 'not_sent',
        reason: 'ABORTED',
      })
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    })
  })

  describe('unknown', () => {
    it.each<[ScenarioName, 'open' | 'closed']>([
      ['lost_before', 'closed'],
      ['lost_after', 'open'],
      ['cut_body', 'open'],
      ['gateway_timeout', 'open'],
      ['accepted_202', 'open'],
      ['other_merchant', 'open'],
    ])('given %s, then the outcome is unknown, whether WeChat made the change or not (%s)', async (scenario, truth) => {
      arrange(scenario)
      const failure = await failureOf(openJsapi(client()))
      expect([failure.phase, failure.code]).toEqual(['unknown', null])
      expect(believed()).toBe(truth)
    })

    it('given an answer that comes too late, then the outcome is unknown although the change was made', async () => {
      arrange('slow')
      // long enough for a busy machine to send it, and far from the ten seconds of the answer
      expect(await failureOf(openJsapi(client({ timeoutMs: 3_000 })))).toMatchObject({ phase: 'unknown', reason: 'TIMEOUT' })
      expect(believed()).toBe('open')
    })

    it('given the caller gives up after sending, then the outcome is unknown', async () => {
      arrange('slow')
      const giveUp = new AbortController()
      const call = failureOf(openJsapi(client(), giveUp.signal))
      await eventually('the change', () => believed() === 'open')
      giveUp.abort()
      expect(await call).toMatchObject({ phase: 'unknown', reason: 'ABORTED' })
    })

    it('given a file that comes drop by drop, then it ends all the same', async () => {
      const dripping = await listen((_request, response) => {
        const timer = setInterval(() => response.write('`'), 20)
        response.once('close', () => clearInterval(timer))
      })
      const { bills } = client({ baseUrl: dripping.url, fileTimeoutMs: 300 })
      const all = async () => {
        for await (const block of await bills.download({ sha1: '', path: '/' })) expect(block).not.toHaveLength(0)
      }
      expect(await failureOf(all())).toMatchObject({ phase: 'unknown', reason: 'TIMEOUT' })
      await dripping.close()
    })

    it.each([
      ['500 without a readable body', 500, 'oops'],
      ['a redirect', 302, ''],
      ['more than an answer can hold', 200, 'x'.repeat(300_000)],
    ])('given %s, then the outcome is unknown', async (_, status, body) => {
      const odd = await listen((_request, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body))
      expect((await failureOf(openJsapi(client({ baseUrl: odd.url })))).phase).toBe('unknown')
      await odd.close()
    })
  })

  describe('not_authentic', () => {
    it.each<[ScenarioName, string]>([
      ['forged', 'SIGNATURE_MISMATCH'],
      ['tampered', 'SIGNATURE_MISMATCH'],
      ['stale', 'STALE'],
      ['signtest', 'PROBE'],
      ['unsigned', 'UNSIGNED'],
      ['unknown_serial', 'UNKNOWN_SERIAL'],
    ])('given a 200 that is %s, then it is not taken for WeChat Pay’s: %s', async (scenario, reason) => {
      arrange(scenario)
      expect(await failureOf(openJsapi(client()))).toMatchObject({ phase: 'not_authentic', reason, http_status: 200 })
    })

    it.each<[ScenarioName, string]>([
      ['forged', 'SIGNATURE_MISMATCH'],
      ['unsigned', 'UNSIGNED'],
    ])('given a 204 that is %s, then it is not taken for WeChat Pay’s either', async (scenario, reason) => {
      sandbox.control.setMerchant(SHOP, { scenario, times: 1, gold_plan: { JSAPI: 'open' } })
      const call = client().goldPlan.closeAdvertisingShow({ sub_mchid: SHOP })
      expect(await failureOf(call)).toMatchObject({ phase: 'not_authentic', reason, http_status: 204 })
    })

    it('given the key that we hold is swapped for another, then no answer is authentic', async () => {
      arrange('normal')
      const impostor = await startSandbox({ spMchid: SP_MCHID })
      const config = { ...sandbox.wechatPayConfig(), publicKey: impostor.credentials.publicKey }
      expect(await failureOf(openJsapi(client(config)))).toMatchObject({ phase: 'not_authentic', reason: 'SIGNATURE_MISMATCH' })
      await impostor.close()
    })

    it('given our clock is 6 minutes off, then WeChat Pay refuses the call', async () => {
      arrange('normal')
      const clock = { now: () => new Date(sandbox.control.clock.now().getTime() - 360_000) }
      expect(await failureOf(openJsapi(client({ clock })))).toMatchObject({ phase: 'refused', code: 'WX_CONFIG', http_status: 401 })
    })
  })

  describe('refused', () => {
    it('given a refusal, then status, code, message and Request-ID are kept as WeChat gave them', async () => {
      sandbox.control.setProvider({ language: 'en' })
      arrange('not_exists')
      const failure = await failureOf(openJsapi(client()))
      sandbox.control.setProvider({ language: 'zh' })
      expect(failure).toMatchObject({
        phase: 'refused',
        code: 'SUB_MERCHANT_NOT_FOUND',
        http_status: 400,
        wx_code: 'MCH_NOT_EXISTS',
        wx_message: 'sub_mch not exit',
        wx_error_number: '268578704',
      })
      expect(failure.wx_request_id).toMatch(/^08[0-9A-F]+-268578704$/)
      expect(believed()).toBe('closed')
    })

    it('given a parameter error, then its detail is kept', async () => {
      arrange('param_error')
      const failure = await failureOf(openJsapi(client()))
      expect(failure).toMatchObject({ code: 'WX_UNCLASSIFIED', wx_code: 'PARAM_ERROR' })
      expect(failure.detail).toEqual({ field: '/sub_mchid', value: '', issue: '商户号不合法', location: 'body' })
    })

    it('given a rate limit, then it says after how many seconds: WeChat’s figure, or our pause where it gives none', async () => {
      arrange('rate_limited_429')
      expect(await failureOf(openJsapi(client()))).toMatchObject({ code: 'WX_RATE_LIMITED', http_status: 429, retry_after: 20 })
      arrange('rate_limited_400')
      expect(await failureOf(openJsapi(client()))).toMatchObject({ code: 'WX_RATE_LIMITED', http_status: 400, retry_after: 30 })
    })

    it('given an unreadable 502, then WeChat Pay is unavailable', async () => {
      arrange('bad_gateway')
      expect(await failureOf(openJsapi(client()))).toMatchObject({ phase: 'refused', code: 'WX_UNAVAILABLE', wx_code: null })
    })
  })

  it('given any failure, then neither printing nor serialising it or the client shows a key or a signature', async () => {
    const secrets = [sandbox.credentials.privateKey.split('\n')[5]!, 'PRIVATE KEY', 'signature="', sandbox.credentials.appSecret]
    for (const scenario of ['lost_after', 'forged', 'punished', 'sign_error_500'] as const) {
      arrange(scenario)
      const failure = await failureOf(openJsapi(client()))
      const shown = [inspect(failure, { depth: 9, showHidden: true }), JSON.stringify(failure), String(failure), failure.stack ?? '']
      for (const secret of secrets) expect(shown.join('\n')).not.toContain(secret)
    }
    const ours = client()
    for (const secret of secrets) expect(inspect(ours, { depth: 9, showHidden: true }) + JSON.stringify(ours)).not.toContain(secret)
  })
})
