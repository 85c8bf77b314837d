import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createSign, generateKeyPairSync } from 'node:crypto'
import { TOLERATED_CLOCK_DIFFERENCE_SECONDS, forgeryOf, type SignedAnswer } from '../../../backend/wechatpay/signature.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = new Map([['PUB_KEY_ID_1', publicKey]])
const NOW = new Date('2026-11-23T10:00:00+08:00')
const seconds = NOW.getTime() / 1000

const signed = (over: Partial<SignedAnswer> = {}): SignedAnswer => {
  const timestamp = over.timestamp ?? String(seconds)
  const nonce = over.nonce ?? 'c5ac7061fccab6bf3e254dcf98995b8c'
  const body = over.body ?? Buffer.from('{"sub_mchid":"1900000109"}')
  const signature = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n`).update(body).update('\n').sign(privateKey, 'base64')
  return { timestamp, nonce, body, signature, serial: 'PUB_KEY_ID_1' }
}

describe('verification of an answer', () => {
  it('given an answer signed by WeChat Pay, then it is authentic; 204 is signed over an empty body line', () => {
    expect(forgeryOf(signed(), keys, NOW)).toBeNull()
    expect(forgeryOf(signed({ body: Buffer.alloc(0) }), keys, NOW)).toBeNull()
  })

  it('given any single byte of body, timestamp or nonce flipped, then it is not', () => {
    const whole = signed({ body: Buffer.from('{"sub_mchid":"1900000109","说明":"科技面馆"}') })
    const parts = { body: whole.body, timestamp: Buffer.from(whole.timestamp!), nonce: Buffer.from(whole.nonce!) }
    const flip = fc
      .constantFrom<keyof typeof parts>('body', 'timestamp', 'nonce')
      .chain(part => fc.record({ part: fc.constant(part), at: fc.nat(parts[part].length - 1), bits: fc.integer({ min: 1, max: 255 }) }))
    fc.assert(
      fc.property(flip, ({ part, at, bits }) => {
        const bytes = Buffer.from(parts[part])
        bytes[at]! ^= bits
        const tampered = { ...whole, [part]: part === 'body' ? bytes : bytes.toString('latin1') }
        expect(forgeryOf(tampered, keys, NOW)).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('given a byte of the signature changed, then it is not', () => {
    const whole = signed()
    const bytes = Buffer.from(whole.signature!, 'base64')
    bytes[17]! ^= 1
    expect(forgeryOf({ ...whole, signature: bytes.toString('base64') }, keys, NOW)).toBe('SIGNATURE_MISMATCH')
  })

  it('given the right serial number with another key, then it is not', () => {
    expect(forgeryOf(signed(), new Map([['PUB_KEY_ID_1', stranger.publicKey]]), NOW)).toBe('SIGNATURE_MISMATCH')
  })

  it.each([
    [-TOLERATED_CLOCK_DIFFERENCE_SECONDS, null],
    [TOLERATED_CLOCK_DIFFERENCE_SECONDS, null],
    [-TOLERATED_CLOCK_DIFFERENCE_SECONDS - 1, 'STALE'],
    [TOLERATED_CLOCK_DIFFERENCE_SECONDS + 1, 'STALE'],
  ])('given an answer %d s from the clock, then %s', (offset, verdict) => {
    expect(forgeryOf(signed({ timestamp: String(seconds + offset) }), keys, NOW)).toBe(verdict)
  })

  it.each(['timestamp', 'nonce', 'signature', 'serial'] as const)('given no %s header, then it is unsigned', header => {
    expect(forgeryOf({ ...signed(), [header]: undefined }, keys, NOW)).toBe('UNSIGNED')
    expect(forgeryOf({ ...signed(), [header]: '' }, keys, NOW)).toBe('UNSIGNED')
  })

  it('given a serial number that we do not hold, then its signature proves nothing', () => {
    expect(forgeryOf({ ...signed(), serial: 'PUB_KEY_ID_2' }, keys, NOW)).toBe('UNKNOWN_SERIAL')
  })

  it('given a SIGNTEST probe of WeChat Pay, then it is refused, even with a right signature behind the prefix', () => {
    const whole = signed()
    expect(forgeryOf({ ...whole, signature: `WECHATPAY/SIGNTEST/${whole.signature}` }, keys, NOW)).toBe('PROBE')
  })

  it('given a timestamp that is not a number, then it is refused', () => {
    expect(forgeryOf(signed({ timestamp: 'NaN' }), keys, NOW)).toBe('STALE')
    expect(forgeryOf(signed({ timestamp: `${seconds}.5` }), keys, NOW)).toBe('STALE')
  })
})
