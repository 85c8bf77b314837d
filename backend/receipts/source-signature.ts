// Signatures of the order interface, both ways: HMAC-SHA256 with the shared key over what was sent (README.md). An answer is bound to its question by the nonce.
import { createHmac } from 'node:crypto'
import { equalTexts } from '../platform/equal-texts.ts'

/** How far the two clocks may be apart, seconds. */
const signatureTolerance = 300

export interface Signed {
  what: 'request' | 'answer'
  /** seconds since 1970, decimal */
  timestamp: string
  nonce: string
  /** of an answer; 0 for a question */
  status: number
  body: Uint8Array
}

/** @returns hex */
export function sign(key: string, { what, timestamp, nonce, status, body }: Signed): string {
  return createHmac('sha256', key).update(`${what}\n${timestamp}\n${nonce}\n${status}\n`).update(body).digest('hex')
}

/** Whether an answer is the provider's, to this very question, and of now. */
export function isSigned(key: string, answer: Pick<Signed, 'nonce' | 'status' | 'body'>, headers: Pick<Headers, 'get'>): boolean {
  return isSignedAs(key, { ...answer, what: 'answer' }, headers)
}

/** For the other side of the interface. The nonce of a question is taken from its headers. */
export function isSignedAs(key: string, signed: Omit<Signed, 'timestamp'>, headers: Pick<Headers, 'get'>): boolean {
  const timestamp = headers.get('receipt-timestamp') ?? ''
  const given = headers.get('receipt-signature') ?? ''
  if (!/^\d{1,12}$/.test(timestamp) || headers.get('receipt-nonce') !== signed.nonce) return false
  // of machines, not of the domain: real time
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > signatureTolerance) return false
  return equalTexts(given, sign(key, { ...signed, timestamp }))
}
