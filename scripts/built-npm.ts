// miniprogram/miniprogram_npm is made by `npm ci` (prepare). Where npm runs no scripts (ignore-scripts), who needs it makes it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns whether it is there now; what stands in the way was printed */
export function haveBuiltNpm(): boolean {
  if (existsSync(fileURLToPath(new URL('../miniprogram/miniprogram_npm/@vant', import.meta.url)))) return true
  console.error('miniprogram/miniprogram_npm is missing, since npm ran no scripts: making it')
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build-npm.ts'], { cwd: root, stdio: 'inherit' }).status === 0
}
