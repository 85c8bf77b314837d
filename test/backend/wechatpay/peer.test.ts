// An independent implementation of APIv3 signatures, wechatpay-axios-plugin, as witness for ours: in both directions, on both sides.
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { createWechatPay } from '../../../backend/wechatpay/index.ts'
import { authorization, forgeryOf } from '../../../backend/wechatpay/signature.ts'
import { SHOP, SP_MCHID, failureOf, listen, openJsapi } from './support.ts'

/** The part of the plugin that is used; its own typings do not compile under `strict`. */
interface Plugin {
  Rsa: {
    sign(message: string, privateKey: string | KeyObject): string
    verify(message: string, signature: string, publicKey: KeyObject): boolean
  }
  Formatter: {
    request(method: string, uri: string, timestamp: string, nonce: string, body?: string): string
    response(timestamp: string, nonce: string, body?: string): string
  }
  Wechatpay: new (config: object) => {
    chain(path: string): Record<'post' | 'patch', (body: object, config?: object) => Promise<{ status: number; data: unknown }>>
  }
}
const plugin = createRequire(import.meta.url)('wechatpay-axios-plugin') as Plugin

describe('signatures, witnessed by wechatpay-axios-plugin', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ spMchid: SP_MCHID })
  })
  afterAll(() => sandbox.close())

  it('given a request that we signed, then the plugin verifies it', async () => {
    const headers: Record<string, string>[] = []
    const bodies: string[] = []
    const witness = await listen((request, response) => {
      headers.push(request.headers as Record<string, string>)
      let body = ''
      request.on('data', chunk => (body += chunk))
      request.on('end', () => {
        bodies.push(body)
        response.writeHead(503).end()
      })
    })
    const client = createWechatPay({ ...sandbox.wechatPayConfig(), baseUrl: witness.url })
    await failureOf(openJsapi(client))
    await client.close()
    await witness.close()

    const [header] = headers
    const fields = Object.fromEntries([...header!.authorization!.matchAll(/(\w+)="([^"]*)"/g)].map(match => [match[1], match[2]]))
    const message = plugin.Formatter.request(
      'POST',
      '/v3/goldplan/merchants/changegoldplanstatus',
      fields.timestamp!,
      fields.nonce_str!,
      bodies[0],
    )
    expect(header!.authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="[0-9a-f]{32}",signature="/)
    expect(fields.serial_no).toBe(sandbox.credentials.serialNo)
    expect(plugin.Rsa.verify(message, fields.signature!, createPublicKey(sandbox.credentials.privateKey))).toBe(true)
    expect(plugin.Rsa.verify(message.replace('OPEN', 'SHUT'), fields.signature!, createPublicKey(sandbox.credentials.privateKey))).toBe(
      false,
    )
    expect(header!['wechatpay-serial']).toBe(sandbox.credentials.publicKeyId)
  })

  it('given a request signed with another key, then neither the plugin nor the sandbox takes it', async () => {
    const stranger = await startSandbox({ spMchid: SP_MCHID })
    const client = createWechatPay({ ...sandbox.wechatPayConfig(), privateKey: stranger.credentials.privateKey })
    const failure = await failureOf(openJsapi(client))
    await client.close()
    await stranger.close()
    expect(failure).toMatchObject({
      phase: 'refused',
      code: 'WX_CONFIG',
      http_status: 401,
      wx_code: 'SIGN_ERROR',
      wx_error_number: '268443699',
    })

    const at = new Date()
    const request = { method: 'POST', path: '/v3/x', body: '{}' }
    const signer = {
      mchid: SP_MCHID,
      serialNo: 'X',
      privateKey: (await import('node:crypto')).createPrivateKey(stranger.credentials.privateKey),
    }
    const signature = /signature="([^"]+)"/.exec(await authorization(request, signer, at, 'n'))![1]!
    const message = plugin.Formatter.request('POST', '/v3/x', String(Math.floor(at.getTime() / 1000)), 'n', '{}')
    expect(plugin.Rsa.verify(message, signature, createPublicKey(sandbox.credentials.privateKey))).toBe(false)
    expect(plugin.Rsa.verify(message, signature, createPublicKey(stranger.credentials.privateKey))).toBe(true)
  })

  it.each(['{"sub_mchid":"1900000109"}', ''])('given an answer that the plugin signed over "%s", then we take it as authentic', body => {
    const now = new Date('2026-11-23T10:00:00+08:00')
    const timestamp = String(now.getTime() / 1000)
    const signature = plugin.Rsa.sign(plugin.Formatter.response(timestamp, 'nonce', body), sandbox.credentials.privateKey)
    const keys = new Map([['SERIAL', createPublicKey(sandbox.credentials.privateKey)]])
    const answer = { timestamp, nonce: 'nonce', signature, serial: 'SERIAL', body: Buffer.from(body) }
    expect(forgeryOf(answer, keys, now)).toBeNull()
    expect(forgeryOf({ ...answer, body: Buffer.from(`${body} `) }, keys, now)).toBe('SIGNATURE_MISMATCH')
  })

  it.each(['public_key', 'platform_certificate'] as const)(
    'given the plugin as the client in %s mode, then it and the sandbox take each other for genuine',
    async mode => {
      const { credentials } = sandbox
      const certificate = new X509Certificate(credentials.platformCertificate)
      const serial = mode === 'public_key' ? credentials.publicKeyId : certificate.serialNumber
      const client = new plugin.Wechatpay({
        mchid: SP_MCHID,
        serial: credentials.serialNo,
        privateKey: credentials.privateKey,
        certs: { [serial]: mode === 'public_key' ? credentials.publicKey : credentials.platformCertificate },
        baseURL: sandbox.url,
      })
      const config = { headers: { 'Wechatpay-Serial': serial } }
      const opened = await client
        .chain('v3/goldplan/merchants/changegoldplanstatus')
        .post({ sub_mchid: SHOP, operation_type: 'OPEN', operation_pay_scene: 'JSAPI' }, config)
      expect([opened.status, opened.data]).toEqual([200, { sub_mchid: SHOP }])
      const shown = await client.chain('v3/goldplan/merchants/open-advertising-show').patch({ sub_mchid: SHOP }, config)
      expect(shown.status).toBe(204)

      sandbox.control.setMerchant(SHOP, { scenario: 'forged', times: 1 })
      const forged = client.chain('v3/goldplan/merchants/changecustompagestatus').post({ sub_mchid: SHOP, operation_type: 'OPEN' }, config)
      await expect(forged).rejects.toThrow()
    },
  )
})
