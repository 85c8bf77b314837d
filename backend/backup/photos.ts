// Photos between the backend's folder and a backup's, with a list of what was copied.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { localPhotoStore } from '../field-work/photos/store.ts'
import { BackupError, PHOTO_FOLDER, type Manifest } from './manifest.ts'

export interface CopiedPhoto {
  id: string
  bytes: number
  sha256: string
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** @returns null when the folder has no such photo */
export async function copyPhoto(from: string, to: string, id: string): Promise<CopiedPhoto | null> {
  const found = await localPhotoStore(from).read(id)
  if (!found) return null
  const bytes = await buffer(found.stream)
  await localPhotoStore(to).put(id, bytes)
  return { id, bytes: bytes.length, sha256: hashOf(bytes) }
}

export const lineOf = ({ id, bytes, sha256 }: CopiedPhoto): string => `${id} ${bytes} ${sha256}\n`

/** Those of a backup, as its list has them. */
export async function* photosIn(folder: string, { photos }: Manifest): AsyncGenerator<CopiedPhoto> {
  for await (const line of linesOf(createReadStream(join(folder, photos.list.file)).pipe(createGunzip()))) {
    const [id, bytes, sha256] = line.split(' ')
    if (id && bytes && sha256) yield { id, bytes: Number(bytes), sha256 }
  }
}

export const linesOf = (stream: Readable): AsyncIterable<string> => createInterface({ input: stream, crlfDelay: Infinity })

/** @throws BackupError naming the photo that is missing, cut or changed */
export async function checkPhoto(folder: string, { id, bytes, sha256 }: CopiedPhoto): Promise<void> {
  const file = `${PHOTO_FOLDER}/${id.slice(0, 2)}/${id}.jpg`
  const found = await localPhotoStore(join(folder, PHOTO_FOLDER)).read(id)
  if (!found) throw new BackupError(`${file} is missing from the backup: take another one`)
  const content = await buffer(found.stream)
  if (content.length !== bytes)
    throw new BackupError(`${file} has ${content.length} bytes instead of ${bytes}: it was cut or changed, take another backup`)
  if (hashOf(content) !== sha256) throw new BackupError(`${file} was changed since the backup was made: take another one`)
}
