// miniprogram/miniprogram_npm is made by `npm ci` (prepare). Where npm runs no scripts (ignore-scripts), and where what makes it came later with a pull, who
// needs it makes it.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = '../miniprogram/miniprogram_npm'
const makers = ['build-npm.ts', 'trim-vant.ts']
const timeOf = (path: string) => statSync(new URL(path, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** @returns whether it is there now; what stands in the way was printed. In a folder that may not be written, one that is older serves as well. */
export function haveBuiltNpm(): boolean {
  if (timeOf(folder) > Math.max(...makers.map(timeOf))) return true
  console.error('miniprogram/miniprogram_npm is missing or older than what makes it: making it')
  return (
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build-npm.ts'], { cwd: root, stdio: 'inherit' }).status === 0 ||
    timeOf(folder) > 0
  )
}
