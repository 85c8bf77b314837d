// What a backup's folder holds, written last: a folder without it is not a backup. Every file is named with its length and hash.
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export const MANIFEST = 'manifest.json'
export const PHOTO_FOLDER = 'photos'
export const FORMAT = 1

/** One line, for a person: why this cannot be backed up or restored and what to do. */
export class BackupError extends Error {}

export interface BackupFile {
  /** below the backup's folder, with slashes */
  file: string
  bytes: number
  sha256: string
}

export interface TableInBackup extends BackupFile {
  table: string
  /** in the order of the file's columns; those that the database makes itself are not among them */
  columns: string[]
  rows: number
}

export interface Manifest {
  format: typeof FORMAT
  /** ISO 8601 */
  made_at: string
  server_version: string
  migrations: { name: string; checksum: string }[]
  /** gzip of COPY's text format, UTF-8 */
  tables: TableInBackup[]
  sequences: { name: string; last_value: string }[]
  photos: {
    count: number
    /** photos that the database knows and the folder did not have */
    missing: string[]
    /** gzip; a line for each photo: id, bytes, SHA-256 */
    list: BackupFile
  }
}

/** @throws BackupError where the folder holds no complete backup of a form that this program knows */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => {
    throw new BackupError(`${folder} has no ${MANIFEST}: it is no backup, or one that was not finished`)
  })
  let manifest: Manifest
  try {
    manifest = JSON.parse(text) as Manifest
  } catch {
    throw new BackupError(`${join(folder, MANIFEST)} is damaged: take another backup`)
  }
  if (manifest.format !== FORMAT)
    throw new BackupError(`${folder} has the format ${manifest.format}, this program reads ${FORMAT}: use the program that made it`)
  return manifest
}

/** @throws BackupError naming the file when it is missing, cut or changed */
export async function checkFile(folder: string, { file, bytes, sha256 }: BackupFile): Promise<void> {
  const path = join(folder, file)
  const found = await stat(path).catch(() => null)
  if (!found) throw new BackupError(`${file} is missing from the backup: take another one`)
  if (found.size !== bytes)
    throw new BackupError(`${file} has ${found.size} bytes instead of ${bytes}: it was cut or changed, take another backup`)
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  if (hash.digest('hex') !== sha256) throw new BackupError(`${file} was changed since the backup was made: take another one`)
}
