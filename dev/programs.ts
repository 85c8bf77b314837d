// The backend's programs as JavaScript, as production runs them, for runs that start many: a loader that reads TypeScript costs each start more than all
// else that it does.
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

export interface Programs {
  folder: string
  remove(): void
}

/** Builds backend/ and dev/ into a folder of this process, from which packages are found. */
export async function buildPrograms(): Promise<Programs> {
  const folder = join(root, 'node_modules', '.cache', `programs-${process.pid}`)
  await promisify(execFile)(process.execPath, [join(root, 'backend', 'build.mjs'), folder, 'dev'])
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** @param path of its source, `backend/main.ts` */
export const builtProgram = (folder: string, path: string): string => join(folder, path.replace(/\.ts$/, '.mjs'))
