// Whether the machine has shared memory for PostgreSQL: without it the server works in files of its data folder.
import { accessSync, constants, statfsSync } from 'node:fs'

/** A container may have none or hardly any; a statement that is worked on by several processes takes some MB. */
const least = 64 * 2 ** 20

/** Whether PostgreSQL can work in the folder of shared memory (Linux); other systems have another kind. */
export function hasSharedMemory(folder: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= least
  } catch {
    return false
  }
}

/** For the server, and for what makes its cluster: initdb takes whatever folder is there, and ends where its first MB has no room. Else in files of the data folder. */
export const sharedMemorySettings = (folder = '/dev/shm'): string[] => (hasSharedMemory(folder) ? [] : ['dynamic_shared_memory_type=mmap'])
