// Cursors: opaque to clients, bound to the question they belong to. A cursor gives no right: each page checks scope again.
import { createHash } from 'node:crypto'
import { AppError } from './problems/app-error.ts'

export type CursorKey = (string | number)[]

/** @param question everything of the query that shapes the list: another question makes the cursor invalid */
export function encodeCursor(key: CursorKey, question: unknown): string {
  const text = JSON.stringify(key)
  return Buffer.from(`${checksum(text, question)}${text}`).toString('base64url')
}

/** @throws AppError INVALID_CURSOR */
export function decodeCursor(cursor: string, question: unknown): CursorKey {
  const text = Buffer.from(cursor, 'base64url').toString()
  const key = text.slice(checksumLength)
  if (text.slice(0, checksumLength) !== checksum(key, question)) throw new AppError('INVALID_CURSOR')
  return JSON.parse(key) as CursorKey
}

const checksumLength = 12
const checksum = (key: string, question: unknown) =>
  createHash('sha256')
    .update(JSON.stringify([key, question]))
    .digest('base64url')
    .slice(0, checksumLength)
