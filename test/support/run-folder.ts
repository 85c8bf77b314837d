// The folder of a test run's database server: in memory where there is plenty of it. Each test file copies a database of 700 files, which costs a processor
// five times as long on a disk.
import { mkdtempSync, readdirSync, rmSync, statSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../../dev/postgres/server-users.ts'

const memory = '/dev/shm'
/** bytes free there, and of memory at all: a run takes some hundred megabytes beside what its programs need */
const roomy = { free: 2 * 2 ** 30, available: 8 * 2 ** 30 }
/** milliseconds: longer than a run lasts */
const leftFor = 3_600_000

/** Named after this process. Folders of runs that were killed are removed: a server that is still on one ends by itself when it misses its files. */
export function newRunFolder(): string {
  const place = isRoomy() ? memory : tmpdir()
  for (const found of readdirSync(place)) {
    const pid = /^goldplan-test-(\d+)-/.exec(found)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const folder = join(place, found)
    // a container may share the folder and not the numbers of processes
    const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - since > leftFor) rmSync(folder, { recursive: true, force: true })
  }
  return mkdtempSync(join(place, `goldplan-test-${process.pid}-`))
}

function isRoomy(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= roomy.free && process.availableMemory() >= roomy.available
  } catch {
    return false // not on this system
  }
}
