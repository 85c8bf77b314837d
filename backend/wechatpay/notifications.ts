// What WeChat Pay calls us with (facts.md §10): verified before anything of it is read, then decrypted with the provider's APIv3 key.
import { createDecipheriv, type KeyObject } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import { forgeryOf, type Forgery } from './signature.ts'

interface Notification {
  id: string
  /** as WeChat Pay says it, also one that is newer than this program */
  event_type: string
  /** of whom it speaks; null: of nobody */
  sub_mchid: string | null
}

/**
 * - one of Forgery: it is not provably WeChat Pay's
 * - `NO_KEY`: this number has no APIv3 key here
 * - `UNREADABLE`: signed, and of no shape that is known
 * - `NOT_FOR_US`: signed, and encrypted with another key than this number's
 */
export type NotificationFault = Forgery | 'NO_KEY' | 'UNREADABLE' | 'NOT_FOR_US'

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
    const header = (name: string) => {
      const value = headers[name]
      return Array.isArray(value) ? value[0] : value
    }
    const [timestamp, nonce, signature, serial] = ['timestamp', 'nonce', 'signature', 'serial'].map(part => header(`wechatpay-${part}`))
    const forgery = forgeryOf({ timestamp, nonce, signature, serial, body }, wechatPayKeys, clock.now())
    if (forgery) return { fault: forgery }
    if (apiV3Keys.length === 0) return { fault: 'NO_KEY' }
    const envelope = envelopeIn(body)
    if (!envelope) return { fault: 'UNREADABLE' }
    const content = apiV3Keys.map(key => decrypted(envelope, key)).find(text => text !== null)
    if (content === undefined) return { fault: 'NOT_FOR_US' }
    const { sub_mchid } = objectIn(content) ?? {}
    return {
      id: envelope.id,
      event_type: envelope.event_type,
      sub_mchid: typeof sub_mchid === 'string' && /^\d{8,10}$/.test(sub_mchid) ? sub_mchid : null,
    }
  },
})

interface Envelope {
  id: string
  event_type: string
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
  const isWord = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]{1,64}$/.test(value)
  if (!isWord(id) || !isWord(event_type) || algorithm !== 'AEAD_AES_256_GCM') return null
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
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
