// What WeChat Pay calls the provider's backend with (facts.md §10): encrypted, signed, sent again, and probes with false signatures.
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto'
import { signatureHeaders } from './answers.ts'
import type { WechatPaySide } from './credentials.ts'
import type { Fault } from './scenarios.ts'

export interface NotificationSpec {
  sub_mchid: string
  /** made when absent, null: without one; the same twice is one that is sent again */
  id?: unknown
  event_type?: unknown
  /** in place of what it says of the merchant */
  content?: string
  manage_record_state?: string
  /** which of WeChat Pay's keys signs; the public key's when absent */
  signed_by?: 'public_key' | 'platform_certificate'
  /** what is wrong with its signature */
  fault?: Extract<Fault, 'unsigned' | 'stale' | 'forged' | 'unknown_serial' | 'signtest'>
  /** APIv3 key that it is encrypted with: another provider's, or the one of before */
  api_v3_key?: string
  /** bytes; 12 is what the algorithm has */
  nonce_bytes?: number
  /** null and '' are the same; `manage_record` when absent */
  associated_data?: string | null
  /** in place of everything */
  body?: string
  /** a byte order mark before its JSON */
  marked?: boolean
}

export interface NotificationRequest {
  headers: Record<string, string>
  body: string
}

export function notification(side: WechatPaySide, spec: NotificationSpec, now: Date): NotificationRequest {
  const { credentials, platformSerial } = side
  const body = spec.body ?? `${spec.marked ? '\uFEFF' : ''}${JSON.stringify(envelope(spec, spec.api_v3_key ?? credentials.apiV3Key, now))}`
  const serial = spec.signed_by === 'platform_certificate' ? platformSerial : credentials.publicKeyId
  return {
    headers: {
      'content-type': 'application/json',
      'request-id': `08${randomBytes(20).toString('hex').toUpperCase()}-0`,
      ...signatureHeaders(body, { side, serial, now }, spec.fault),
    },
    body,
  }
}

function envelope(
  { sub_mchid, id, event_type, content, manage_record_state, nonce_bytes = 12, associated_data = 'manage_record' }: NotificationSpec,
  key: string,
  now: Date,
): object {
  const nonce = randomBytes(nonce_bytes).toString('base64url').slice(0, nonce_bytes)
  const said =
    content ?? JSON.stringify({ sub_mchid, manage_record_id: `R${sub_mchid}`, manage_record_state: manage_record_state ?? 'PENDING' })
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(associated_data ?? ''))
  const ciphertext = Buffer.concat([cipher.update(said), cipher.final(), cipher.getAuthTag()])
  return {
    ...(id !== null && { id: id ?? randomUUID() }),
    create_time: now.toISOString(),
    ...(event_type !== null && { event_type: event_type ?? 'MANAGERECORD.CHANGE' }),
    resource_type: 'encrypt-resource',
    summary: '管理记录变更',
    resource: {
      original_type: 'manage_record',
      algorithm: 'AEAD_AES_256_GCM',
      associated_data,
      nonce,
      ciphertext: ciphertext.toString('base64'),
    },
  }
}
