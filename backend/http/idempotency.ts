// Idempotency-Key (product.md §7.1): one key names one request of one member of staff for 14 days.
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Selectable } from 'kysely'
import type { Database, Trx } from '../database/connection.ts'
import type { IdempotencyKeyTable } from '../database/tables.ts'
import { AppError } from './problems/app-error.ts'

const keptFor = 14 * 86_400_000
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What the key is bound to. If-Match is not part of it: the same request may come again for a newer version. */
export interface IdempotentRequest {
  staff_id: string
  key: string
  method: string
  path: string
  body_sha256: string
}

/** @throws AppError IDEMPOTENCY_KEY_REQUIRED */
export function idempotentRequest(request: FastifyRequest): IdempotentRequest {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !uuid.test(key)) throw new AppError('IDEMPOTENCY_KEY_REQUIRED')
  return {
    staff_id: request.caller.staff_id,
    key: key.toLowerCase(),
    method: request.method,
    path: request.url.split('?')[0]!,
    body_sha256: createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex'),
  }
}

export type KeptKey = Selectable<IdempotencyKeyTable>

/**
 * @returns what this key stands for; undefined when it is unused
 * @throws AppError IDEMPOTENCY_KEY_REUSED when it stands for another request
 */
export async function keptKey(db: Database | Trx, request: IdempotentRequest, now: Date): Promise<KeptKey | undefined> {
  const kept = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('staff_id', '=', request.staff_id)
    .where('key', '=', request.key)
    .executeTakeFirst()
  if (!kept || kept.expires_at <= now) return undefined
  const { method, path, body_sha256 } = request
  if (kept.method !== method || kept.path !== path || kept.body_sha256 !== body_sha256) throw new AppError('IDEMPOTENCY_KEY_REUSED')
  return kept
}

/** What a key stands for. */
export type KeptFor = { operation_id: string } | { evidence_id: string } | { answer: string }

/** In a transaction that has asked for the key. */
export async function keepKey(trx: Trx, request: IdempotentRequest, target: KeptFor, now: Date): Promise<void> {
  const { staff_id, key } = request
  await trx.deleteFrom('idempotency_keys').where('staff_id', '=', staff_id).where('key', '=', key).where('expires_at', '<=', now).execute()
  await trx
    .insertInto('idempotency_keys')
    .values({
      operation_id: null,
      evidence_id: null,
      ...request,
      ...target,
      created_at: now,
      expires_at: new Date(now.getTime() + keptFor),
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** The answer said "the same again later": the key may be used again. */
export async function releaseKey(trx: Trx, staff_id: string, key: string, operation_id: string): Promise<void> {
  await trx
    .deleteFrom('idempotency_keys')
    .where('staff_id', '=', staff_id)
    .where('key', '=', key)
    .where('operation_id', '=', operation_id)
    .execute()
}

export async function dropExpiredKeys(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('expires_at', '<=', now).execute()
}
