// Cursors: opaque to clients, bound to the question they belong to. A cursor gives no right: each page checks scope again.
import { createHash } from 'node:crypto'
import { AppError } from './problems/app-error.ts'
import { isStorable } from './problems/text.ts'

export type CursorKey = (string | number)[]

/** @param question everything of the query that shapes the list: another question makes the cursor invalid */
export function encodeCursor(key: CursorKey, question: unknown): string {
  const text = JSON.stringify(key)
  return Buffer.from(`${checksum(text, question)}${text}`).toString('base64url')
}

/**
 * The checksum is no secret: whoever knows how it is computed can forge a cursor, so the key is validated before it reaches a query.
 * @param fits whether this is a key that the list could have given
 * @throws AppError INVALID_CURSOR
 */
export function decodeCursor(cursor: string, question: unknown, fits: (key: CursorKey) => boolean): CursorKey {
  const text = Buffer.from(cursor, 'base64url').toString()
  const key = text.slice(checksumLength)
  if (text.slice(0, checksumLength) !== checksum(key, question)) throw new AppError('INVALID_CURSOR')
  const parsed = parseKey(key)
  if (!parsed || !fits(parsed)) throw new AppError('INVALID_CURSOR')
  return parsed
}

function parseKey(text: string): CursorKey | null {
  try {
    const parsed: unknown = JSON.parse(text)
    const isPart = (part: unknown) => typeof part === 'number' || (typeof part === 'string' && isStorable(part))
    return Array.isArray(parsed) && parsed.every(isPart) ? (parsed as CursorKey) : null
  } catch {
    return null
  }
}

/** As encodeCursor's callers write times: Date.toISOString. The database has no year 0, and JavaScript writes those after 9999 with a sign. */
export const isTimeKey = (part: string | number | undefined): boolean =>
  typeof part === 'string' && /^(?!0000)\d{4}-/.test(part) && !Number.isNaN(Date.parse(part)) && new Date(part).toISOString() === part

/** 2026-11-30 */
export const isDayKey = (part: string | number | undefined): boolean => typeof part === 'string' && isTimeKey(`${part}T00:00:00.000Z`)

/** of the database's integer */
export const isIntegerKey = (part: string | number | undefined): boolean => typeof part === 'number' && (part | 0) === part

export const isUuid = (part: string | number | undefined): boolean =>
  typeof part === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part)

const checksumLength = 12
const checksum = (key: string, question: unknown) =>
  createHash('sha256')
    .update(JSON.stringify([key, question]))
    .digest('base64url')
    .slice(0, checksumLength)
