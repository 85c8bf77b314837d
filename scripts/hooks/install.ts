// Part of `npm ci` (prepare): git in this checkout uses .githooks. Nothing is done where there is no checkout of its own (an archive, an image, a package), in a
// linked worktree (it shares the settings of its checkout), or where somebody has set hooks already.
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isCheckout = statSync(join(root, '.git'), { throwIfNoEntry: false })?.isDirectory() ?? false

/** What git has; null: nothing, or there is no git. */
function hooksPath(): string | null {
  try {
    return execFileSync('git', ['config', '--get', 'core.hooksPath'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}

if (isCheckout && hooksPath() === null) {
  try {
    execFileSync('git', ['config', 'core.hooksPath', '.githooks'], { cwd: root })
  } catch (error) {
    console.error(`the hooks of .githooks are not in use: ${(error as Error).message}`)
  }
}
