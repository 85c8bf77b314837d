// Secrets that we issue are stored as hashes only: nobody can log in with a copy of the database.
import { createHash, randomBytes } from 'node:crypto'
import { halfWidth } from '../../../miniprogram/shared/comparable.ts'

/** 256 bits, base64url */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** sha-256, hex. Enough for values of 256 random bits, which cannot be found by trying. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

const plain = (code: string): string =>
  halfWidth(code)
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')

/** Invite codes are typed by people: case, full width and separators do not matter. Few bits, so wrong tries are counted and invites last 72 hours. */
export const hashInviteCode = (code: string): string => hashToken(`invite:${plain(code)}`)

/** Of the first six characters, by which an invite is found whatever follows. */
export const hashInviteFinder = (code: string): string => hashToken(`invite finder:${plain(code).slice(0, 6)}`)
