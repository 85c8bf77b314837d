// Whoever ends npm alone (a supervisor, `timeout`, an editor's button) ends the shell that npm put between at most: nobody would end us.
import { readFileSync } from 'node:fs'

/** Of a process, from /proc; undefined where there is none. */
function seen(pid: number | undefined): { parent: number; command: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }
  } catch {
    return undefined
  }
}

const everyMs = 500

/**
 * Looked at twice a second; keeps no process alive. Where npm did not start us, or started us without a shell and lives on, it never tells: whoever
 * started npm may go.
 * @param tell once
 */
export function whenNpmIsGone(tell: () => void): void {
  if (process.env.npm_lifecycle_event !== 'start') return
  const parent = process.ppid
  const npm = seen(parent)?.parent
  const isBehindShell = /^npm|npm-cli/.test(seen(npm)?.command ?? '')
  const watch = setInterval(() => {
    if (process.ppid === parent && !(isBehindShell && seen(parent)?.parent !== npm)) return
    clearInterval(watch)
    tell()
  }, everyMs).unref()
}
