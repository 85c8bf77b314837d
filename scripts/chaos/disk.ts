// A file system of its own for PostgreSQL, so that it can be full without harm to anybody else. Mounting one takes Linux and root.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface Disk {
  folder: string
  /** Resolves when not one byte more can be written. */
  fill(): Promise<void>
  free(): void
  close(): void
}

/** A fresh cluster with `walMb` takes 200 MB at most, and as much again is left for what a run writes. */
const size = '512m'
/** what PostgreSQL keeps of its log between two checkpoints: more would fill this disk by itself */
export const walMb = 96

/** @returns null where nothing can be mounted: then the run goes without a full disk */
export function mountDisk(folder: string): Disk | null {
  mkdirSync(folder)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder], { stdio: 'ignore' })
  if (mounted.status !== 0) return null
  const filler = join(folder, 'filler')
  const free = () => rmSync(filler, { force: true })
  return {
    folder,
    // ends by itself: at the last byte the copy fails
    fill: () => new Promise(done => spawn('cp', ['/dev/zero', filler], { stdio: 'ignore' }).once('close', () => done())),
    free,
    close() {
      free()
      spawnSync('umount', [folder], { stdio: 'ignore' })
    },
  }
}
