// Who uses an embedded server: `npm start`, an import beside it, a tool. Whoever is the last to leave ends it, so nobody loses it under its feet.
// A file for each user in the server's own folder, because the last one may have to decide while its process ends, when nothing can be awaited.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

/** a lock older than this was left by a killed process: what it guards takes a millisecond */
const lockTimeout = 5_000

export class ServerUsers {
  readonly #folder: string
  readonly #lock: string
  readonly #own: string

  /** @param dataDir the server's folder, already made */
  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'goldplan-users')
    this.#lock = join(dataDir, 'goldplan-users.lock')
    this.#own = join(this.#folder, `${process.pid}_${startOf(process.pid)}_${randomUUID()}`)
  }

  /** From now on nobody else ends the server. */
  enter(): void {
    this.#alone(() => {
      mkdirSync(this.#folder, { recursive: true })
      writeFileSync(this.#own, this.#place())
    })
  }

  /**
   * @param end ends the server; called only where no other living process uses it, and before anybody can enter
   * @returns whether it was called
   */
  leave(end: () => void): boolean {
    if (!existsSync(this.#folder)) return false
    return this.#alone(() => {
      rmSync(this.#own, { force: true })
      if (this.#others()) return false
      end()
      return true
    })
  }

  /** A copy of the folder has another: who uses the original does not use it. */
  #place(): string {
    return String(statSync(this.#folder).ino)
  }

  #others(): boolean {
    return readdirSync(this.#folder).some(name => {
      const [pid, start] = name.split('_')
      const isHere = [this.#place(), ''].includes(readFileSync(join(this.#folder, name), 'utf8'))
      if (isHere && isAlive(Number(pid)) && startOf(Number(pid)) === start) return true
      rmSync(join(this.#folder, name), { force: true })
      return false
    })
  }

  #alone<T>(work: () => T): T {
    const deadline = Date.now() + lockTimeout
    let descriptor: number | undefined
    while (descriptor === undefined) {
      try {
        descriptor = openSync(this.#lock, 'wx')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        if (Date.now() > deadline || isOld(this.#lock)) rmSync(this.#lock, { force: true })
        else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
      }
    }
    try {
      return work()
    } finally {
      closeSync(descriptor)
      rmSync(this.#lock, { force: true })
    }
  }
}

function isOld(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && Date.now() - found.mtimeMs > lockTimeout
}

/** Whether this process runs. A killed one that nobody collected, as in a container without an init, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const path = `/proc/${pid}/stat`
  return !(existsSync(path) && /\) Z /.test(readFileSync(path, 'utf8')))
}

/** Tells a process from a later one with its number: clock ticks from boot to its start (proc_pid_stat(5), field 22); empty where there is no /proc. */
export function startOf(pid: number): string {
  const path = `/proc/${pid}/stat`
  try {
    return readFileSync(path, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
