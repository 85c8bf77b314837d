import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * As `mkdir -p`. Node's own never ends where a folder is there and may hold no other, as in /proc.
 * @throws the error of the first folder that cannot be made
 */
export function makeFolder(path: string, mode = 0o777): void {
  const folder = resolve(path)
  if (!existsSync(folder) && !existsSync(dirname(folder))) makeFolder(dirname(folder), mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error
  }
}
