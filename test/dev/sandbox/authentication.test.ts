import { X509Certificate, createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { OPEN_JSAPI, PATH, SHOP, SP_MCHID, send, type RawAnswer, type RawCall } from './support.ts'

describe('who may call the sandbox of WeChat Pay, and who answers', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ spMchid: SP_MCHID })
  })
  afterAll(() => sandbox.close())

  it('given a call signed by the provider, then it is taken', async () => {
    expect(await send(sandbox)).toMatchObject({ status: 200, body: { sub_mchid: SHOP } })
  })

  const now = () => Math.floor(sandbox.control.clock.now().getTime() / 1000)
  const strangerKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const wrong: [name: string, call: () => RawCall, message: RegExp][] = [
    ['no Authorization', () => ({ headers: { authorization: null } }), /缺少Authorization/],
    ['another scheme', () => ({ scheme: 'WECHATPAY2-SM2-WITH-SM3' }), /认证类型/],
    ['another provider', () => ({ mchid: '1900000002' }), /商户号/],
    ['another serial number', () => ({ serialNo: '5'.padEnd(40, '0') }), /序列号/],
    ['another key', () => ({ privateKey: strangerKey }), /验签失败/],
    ['another body than was signed', () => ({ signed: { body: JSON.stringify({ ...OPEN_JSAPI, operation_type: 'CLOSE' }) } }), /验签失败/],
    ['the same JSON in other bytes', () => ({ signed: { body: JSON.stringify(OPEN_JSAPI, null, 1) } }), /验签失败/],
    ['another path than was signed', () => ({ signed: { path: `${PATH}?a=1` } }), /验签失败/],
    ['another method than was signed', () => ({ signed: { method: 'PATCH' } }), /验签失败/],
    ['another nonce than was signed', () => ({ signed: { nonce: 'another' } }), /验签失败/],
    ['another timestamp than was signed', () => ({ signed: { timestamp: String(now() - 1) } }), /验签失败/],
    ['a timestamp 301 s old', () => ({ timestamp: String(now() - 301) }), /timestamp/],
    ['a timestamp 302 s ahead', () => ({ timestamp: String(now() + 302) }), /timestamp/],
  ]
  it.each(wrong)('given %s, then 401 SIGN_ERROR and nothing changes', async (_, call, message) => {
    sandbox.control.setMerchant(SHOP, { gold_plan: { JSAPI: { status: 'closed', closed_at: null } } })
    const answer = await send(sandbox, call())
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'SIGN_ERROR', message: expect.stringMatching(message), detail: { location: 'authorization', field: 'signature' } },
    })
    expect(answer.headers['request-id']).toMatch(/-268443699$/)
    expect(answer.headers['wechatpay-signature']).toBeUndefined()
    expect(sandbox.control.ledger(SHOP).gold_plan.JSAPI.status).toBe('closed')
  })

  it('given a nonce for the second time, then it is refused', async () => {
    const nonce = 'once-and-never-again'
    expect((await send(sandbox, { nonce })).status).toBe(200)
    expect(await send(sandbox, { nonce })).toMatchObject({ status: 401, body: { message: expect.stringMatching(/nonce_str/) } })
  })

  const isSignedBy = ({ headers, text }: RawAnswer, pem: string) =>
    createVerify('RSA-SHA256')
      .update(`${String(headers['wechatpay-timestamp'])}\n${String(headers['wechatpay-nonce'])}\n${text}\n`)
      .verify(createPublicKey(pem), String(headers['wechatpay-signature']), 'base64')

  it('given the call names the public key, then that one signs; given the platform certificate or none, then that one signs', async () => {
    const { publicKey, publicKeyId, platformCertificate } = sandbox.credentials
    const certificate = new X509Certificate(platformCertificate)
    const platformKey = certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const named = await send(sandbox, { headers: { 'wechatpay-serial': publicKeyId } })
    expect([named.headers['wechatpay-serial'], isSignedBy(named, publicKey), isSignedBy(named, platformKey)]).toEqual([
      publicKeyId,
      true,
      false,
    ])
    for (const serial of [certificate.serialNumber, null]) {
      const answer = await send(sandbox, { headers: { 'wechatpay-serial': serial } })
      expect([answer.headers['wechatpay-serial'], isSignedBy(answer, platformKey)]).toEqual([certificate.serialNumber, true])
    }
  })

  it('given the call names a key that does not exist, then it is refused', async () => {
    const answer = await send(sandbox, { headers: { 'wechatpay-serial': 'PUB_KEY_ID_X' } })
    expect(answer).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR', message: expect.stringMatching(/Wechatpay-Serial/) } })
  })

  it('given a refusal, then it is signed as well', async () => {
    sandbox.control.setMerchant(SHOP, { scenario: 'punished', times: 1 })
    const answer = await send(sandbox)
    expect([answer.status, isSignedBy(answer, sandbox.credentials.publicKey)]).toEqual([400, true])
  })

  it('given a wrong path or method, then 404 or 405 without a body', async () => {
    expect(await send(sandbox, { path: '/v3/goldplan/merchants/querygoldplanstatus' })).toMatchObject({ status: 404, text: '' })
    expect(await send(sandbox, { path: '/v3/goldplan/merchants/open-advertising-show', body: '{}' })).toMatchObject({
      status: 405,
      text: '',
    })
    expect(await send(sandbox, { method: 'PATCH' })).toMatchObject({ status: 405 })
  })

  it('given no User-Agent or no Accept, then it is refused', async () => {
    expect((await send(sandbox, { headers: { 'user-agent': '' } })).status).toBe(400)
    expect((await send(sandbox, { headers: { accept: 'text/html' } })).status).toBe(400)
  })
})
