// miniprogram/miniprogram_npm is made by `npm ci` (prepare). Where npm runs no scripts (ignore-scripts), and where scripts/build-npm.ts came later with a
// pull, who needs it makes it.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = '../miniprogram/miniprogram_npm'
const timeOf = (path: string) => statSync(new URL(path, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** @returns whether it is there now; what stands in the way was printed. In a folder that may not be written, one that is older serves as well. */
export function haveBuiltNpm(): boolean {
  if (timeOf(folder) > timeOf('build-npm.ts')) return true
  console.error('miniprogram/miniprogram_npm is missing or older than what makes it: making it')
  return (
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build-npm.ts'], { cwd: root, stdio: 'inherit' }).status === 0 ||
    timeOf(folder) > 0
  )
}
