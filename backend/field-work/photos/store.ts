// Where photos are kept: one small interface, and a local folder behind it. A store of objects elsewhere is another PhotoStore.
import type { FairLane } from '../../http/fair-lane.ts'
import type { Arrivals } from './arriving.ts'
import type { LinkKeys } from './link-keys.ts'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'

declare module '../../platform/context.ts' {
  interface Context {
    photos: { store: PhotoStore; arriving: Arrivals; lane: FairLane; linkKeys: LinkKeys }
  }
}

export interface PhotoStore {
  /** Resolves when a power cut cannot lose it. The same id again replaces it whole. */
  put(id: string, bytes: Uint8Array): Promise<void>
  /** @returns null when there is no such photo */
  read(id: string): Promise<{ stream: Readable; bytes: number } | null>
  /** Also when it is not there. */
  remove(id: string): Promise<void>
  /** What a process that was killed left half-written. @param olderThan ms; younger ones may be under way @returns how many were removed */
  removeUnfinished(olderThan: number): Promise<number>
}

/** @param folder made when the first photo comes */
export function localPhotoStore(folder: string): PhotoStore {
  // ids are UUIDs from the database: two letters spread a million files over 256 folders
  const pathOf = (id: string) => join(folder, id.slice(0, 2), `${id}.jpg`)
  return {
    async put(id, bytes) {
      const path = pathOf(id)
      await mkdir(dirname(path), { recursive: true })
      const temporary = `${path}.${randomUUID()}.tmp`
      try {
        const file = await open(temporary, 'wx')
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
    },
    async read(id) {
      const path = pathOf(id)
      const { size } = await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return { size: null }
        throw error
      })
      return size === null ? null : { stream: createReadStream(path), bytes: size }
    },
    remove: id => rm(pathOf(id), { force: true }),
    async removeUnfinished(olderThan) {
      const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      let removed = 0
      for (const name of names) {
        if (!name.endsWith('.tmp')) continue
        const path = join(folder, name)
        // another process may have removed it meanwhile
        const found = await stat(path).catch(() => null)
        if (found === null || Date.now() - found.mtimeMs < olderThan) continue
        await rm(path, { force: true })
        removed += 1
      }
      return removed
    },
  }
}

/** The name is durable only when its folder is. Windows cannot open folders, and needs not. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
