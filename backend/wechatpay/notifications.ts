// What WeChat Pay calls us with (facts.md §10): verified before anything of it is read, then decrypted with the provider's APIv3 key.
import { createDecipheriv, createHash, type KeyObject } from 'node:crypto'
import { firstCharacters, wholeCharacters } from '../../miniprogram/shared/characters.ts'
import type { Clock } from '../platform/clock.ts'
import { forgeryOf, type Forgery } from './signature.ts'

interface Notification {
  /** tells one from another; a hash where WeChat Pay's own is absent or no word that is kept */
  id: string
  /** as WeChat Pay says it, also one that is newer than this program; what no table keeps is left out, '' where it says none */
  event_type: string
  /** of whom it speaks; null: of nobody */
  sub_mchid: string | null
}

/**
 * - one of Forgery: it is not provably WeChat Pay's
 * - `SIGNED_TWICE`: a header of its signature stands there twice and says two things
 * - `NO_KEY`: this number has no APIv3 key here
 * - `UNREADABLE`: signed, and of no shape that is known
 * - `NOT_FOR_US`: signed, and encrypted with another key than this number's
 */
export type NotificationFault = Forgery | 'SIGNED_TWICE' | 'NO_KEY' | 'UNREADABLE' | 'NOT_FOR_US'

export interface Notifications {
  /** Whether it can read any: the number has an APIv3 key. */
  readonly canRead: boolean
  /** @param body raw bytes, as they came */
  read(headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer): Notification | { fault: NotificationFault }
}

export interface NotificationKeys {
  /** 32 bytes each; while the key is changed on the console, the new one and the old one */
  apiV3Keys: readonly string[]
  /** by serial number or PUB_KEY_ID_…: those that answers are verified with, and others while they are changed */
  wechatPayKeys: ReadonlyMap<string, KeyObject>
}

const tagBytes = 16
const nonceBytes = 12

export const createNotifications = ({ apiV3Keys, wechatPayKeys }: NotificationKeys, clock: Clock): Notifications => ({
  canRead: apiV3Keys.length > 0,
  read(headers, body) {
    const said = ['timestamp', 'nonce', 'signature', 'serial'].map(part => valuesOf(headers[`wechatpay-${part}`]))
    if (said.some(values => values.length > 1)) return { fault: 'SIGNED_TWICE' }
    const [timestamp, nonce, signature, serial] = said.map(([value]) => value)
    const forgery = forgeryOf({ timestamp, nonce, signature, serial, body }, wechatPayKeys, clock.now())
    if (forgery) return { fault: forgery }
    if (apiV3Keys.length === 0) return { fault: 'NO_KEY' }
    const envelope = envelopeIn(body)
    if (!envelope) return { fault: 'UNREADABLE' }
    const content = apiV3Keys.map(key => decrypted(envelope, key)).find(text => text !== null)
    if (content === undefined) return { fault: 'NOT_FOR_US' }
    const sub_mchid = textOf(objectIn(content)?.sub_mchid).trim()
    return { ...nameIn(envelope, body), sub_mchid: /^\d{8,10}$/.test(sub_mchid) ? sub_mchid : null }
  },
})

/** A proxy may send a header twice, which Node joins: the same twice is once. None of the four has a comma in it. */
const valuesOf = (header: string | string[] | undefined): string[] => [
  ...new Set([header ?? []].flat().flatMap(value => value.split(',').map(one => one.trim()))),
]

/** What is only kept refuses nothing: WeChat Pay would send the same for hours, and nobody would be asked about. */
function nameIn({ id, event_type }: Envelope, body: Buffer): { id: string; event_type: string } {
  const given = textOf(id)
  const isWord = /^[\x21-\x7e]{1,64}$/.test(given)
  // sent again, it has the same one
  const hash = () =>
    `sha256:${createHash('sha256')
      .update(given === '' ? body : given)
      .digest('hex')}`
  const kept = wholeCharacters(textOf(event_type))
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
  return { id: isWord ? given : hash(), event_type: firstCharacters(kept, 64) }
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

interface Envelope {
  id: unknown
  event_type: unknown
  associated_data: string
  nonce: string
  ciphertext: Buffer
}

function envelopeIn(body: Buffer): Envelope | null {
  const given = objectIn(body.toString('utf8'))
  const resource = given?.resource
  if (!given || typeof resource !== 'object' || resource === null) return null
  const { id, event_type } = given
  const { algorithm, nonce, ciphertext, ...rest } = resource as Record<string, unknown>
  // may be empty: in JSON that is absent, null or ''
  const associated_data = rest.associated_data ?? ''
  if (algorithm !== 'AEAD_AES_256_GCM') return null
  if (typeof associated_data !== 'string' || typeof nonce !== 'string' || typeof ciphertext !== 'string') return null
  const bytes = Buffer.from(ciphertext, 'base64')
  if (Buffer.byteLength(nonce) !== nonceBytes || bytes.length <= tagBytes) return null
  return { id, event_type, associated_data, nonce, ciphertext: bytes }
}

function decrypted({ associated_data, nonce, ciphertext }: Envelope, key: string): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(associated_data))
  decipher.setAuthTag(ciphertext.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, -tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    return null // another key's
  }
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
