// One program at a time in a folder. A file says whose it is; what a killed program left counts for nothing.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { isAlive, startOf } from './server-users.ts'

/** Another living program has the folder. */
export class FolderTakenError extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`process ${pid} uses ${folder} already: end it, or set DATA_DIR to another folder`)
  }
}

/**
 * Held until the process ends, however it ends.
 * @param folder made if it is not there
 * @param name of the file, one for each kind of program
 * @throws FolderTakenError
 */
export function lockFolder(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  const own = `${path}.${randomUUID()}`
  writeFileSync(own, `${process.pid} ${startOf(process.pid)} ${placeOf(path)}`)
  try {
    for (;;) {
      try {
        // a link to a whole file: nobody reads half of one
        linkSync(own, path)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const pid = holderOf(path)
      if (pid !== null) throw new FolderTakenError(folder, pid)
      removeLeft(path)
    }
  } finally {
    rmSync(own, { force: true })
  }
  process.once('exit', () => {
    if (holderOf(path) === process.pid) rmSync(path, { force: true })
  })
}

/** Two may find it at once: what was moved away must be what was left, else it goes back. */
function removeLeft(path: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (holderOf(aside) !== null) linkSync(aside, path)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/** A copy of the folder has another; one that was renamed is still the same. */
const placeOf = (path: string): string => String(statSync(dirname(path)).ino)

/** @returns null: nobody who lives and has this very folder */
function holderOf(path: string): number | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const [number = '', start = '', place = placeOf(path)] = text.split(' ')
  if (place !== placeOf(path)) return null
  const pid = Number(number)
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && startOf(pid) === start ? pid : null
}
