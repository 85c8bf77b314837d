// Which process serves a cluster. A number alone says nothing: after a kill it may be anybody's.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface PidFile {
  pid: number
  port: number
  /** as PostgreSQL says: it is no longer when it was told to end */
  ready: boolean
}

/** postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html; line 1 process, 4 port, 8 status */
export function readPidFile(dataDir: string): PidFile | undefined {
  const path = join(dataDir, 'postmaster.pid')
  if (!existsSync(path)) return undefined
  const lines = readFileSync(path, 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/** Only where it still names this process: another start may have begun. */
export function removePidFile(dataDir: string, pid: number): void {
  if (readPidFile(dataDir)?.pid === pid) rmSync(join(dataDir, 'postmaster.pid'), { force: true })
}

/** @param pid of a living process. A server works in its own folder, and was told of it when it was started. */
export function isServerOn(pid: number, dataDir: string): boolean {
  if (!existsSync('/proc/self')) return process.platform === 'win32' || commandOf(pid).includes(dataDir)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir)
  } catch {
    // another user's process: its folder is hidden, its arguments are not
    return argumentsOf(pid).includes(dataDir)
  }
}

const argumentsOf = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

const commandOf = (pid: number): string => spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
