// The backend's programs as JavaScript, as production runs them, for runs that start many: a loader that reads TypeScript costs each start more than all
// else that it does.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isAlive } from './postgres/server-users.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cache = join(root, 'node_modules', '.cache')

export interface Programs {
  folder: string
  remove(): void
}

/** Builds backend/ and dev/ into a folder of this process, from which packages are found. */
export async function buildPrograms(): Promise<Programs> {
  removeLeftBehind()
  const folder = join(cache, `programs-${process.pid}`)
  await promisify(execFile)(process.execPath, [join(root, 'backend', 'build.mjs'), folder, 'dev'])
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Of runs that were killed. */
function removeLeftBehind(): void {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const [, pid] = /^programs-(\d+)$/.exec(name) ?? []
    if (pid && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

/** @param path of its source, `backend/main.ts` */
export const builtProgram = (folder: string, path: string): string => join(folder, path.replace(/\.ts$/, '.mjs'))
