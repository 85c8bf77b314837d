// Invites to members of staff (product.md §7.2): a code for one use, which nobody can read again once it was given.
import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import { hashInviteCode, hashInviteFinder } from './secrets.ts'

/** product.md §7.2 */
export const inviteHours = 72
/** wrong codes with the same first six characters, and of one WeChat account within an hour */
export const mostWrongTries = 5

/** Without 0, 1, I and O, which people mistake for one another. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** 50 bits, for people to type and to read out: KX7MPD-4RWT. The first six find the invite, the last four prove it. */
export function newInviteCode(): string {
  const code = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
  return `${code.slice(0, 6)}-${code.slice(6)}`
}

export const inviteEnd = (now: Date): Date => new Date(now.getTime() + inviteHours * 3_600_000)

export interface NewInvite {
  staff_id: string
  code: string
  expires_at: Date
}

/**
 * An invite that one of these had before is worth nothing any more.
 * @param by staff id; null: an import or a command on the server
 */
export async function keepInvites(trx: Trx, sp_mchid: string, invites: readonly NewInvite[], by: string | null, now: Date): Promise<void> {
  if (invites.length === 0) return
  await revokeInvites(
    trx,
    invites.map(({ staff_id }) => staff_id),
    now,
  )
  const rows = invites.map(({ staff_id, code, expires_at }) => ({
    code_hash: hashInviteCode(code),
    finder_hash: hashInviteFinder(code),
    sp_mchid,
    staff_id,
    created_at: now,
    created_by: by,
    expires_at,
    used_at: null,
  }))
  await trx.insertInto('invites').values(rows).execute()
}

export async function revokeInvites(trx: Trx, staff_ids: readonly string[], now: Date): Promise<void> {
  await trx
    .updateTable('invites')
    .set({ revoked_at: now })
    .where(sql<boolean>`staff_id = any(${[...staff_ids]}::text[])`)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Can still be used, as a condition on invites. */
export const isOpen = (now: Date) =>
  sql<boolean>`used_at is null and revoked_at is null and expires_at > ${now} and wrong_tries < ${mostWrongTries}`
