// Why a backup or a restore did not end, for whoever started it: what was in the way, what is left, and what comes next.
import { unavailable } from '../database/unavailable.ts'

export interface Attempt {
  verb: 'backup' | 'restore'
  /** of the backup */
  folder: string
  photoDir: string
}

/** @returns null for a failure that is a defect of ours */
export function troubleOf(error: Error, { verb, folder, photoDir }: Attempt): string | null {
  const kind = unavailable(error)
  if (kind === null) return null
  const { code = '', path } = error as NodeJS.ErrnoException
  const next =
    verb === 'backup'
      ? `${folder} is no backup (it has no manifest): remove it and begin again, in a new folder`
      : 'no backend starts on this database until it is whole: run the restore again'
  if (kind !== 'full') return `not done: the database is gone or busy (${error.message}); ${next}`
  // of PostgreSQL: five letters and digits
  if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) return `not done: the database has no room left (${error.message}); ${next}`
  const place = path ?? (verb === 'backup' ? folder : photoDir)
  return `not done: ${place} cannot be written (${error.message}): make room there, or give the right to write; ${next}`
}
