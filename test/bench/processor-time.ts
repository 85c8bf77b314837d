// How long processes ran on a processor, as Linux keeps it: what a question costs each of them, whatever else the machine does meanwhile.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** a clock tick of /proc/<pid>/stat, ms */
const tick = 10

/** @returns ms of all threads of a process until now, 0: it is gone; null: not on Linux */
export function processorMs(pid: number): number | null {
  if (process.platform !== 'linux') return null
  const threads = names(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + Number(text(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0) / 1e6, 0)
}

/** The same of PostgreSQL: of its first process, of those that serve connections, and of those that have ended. */
export function serverMs(postmaster: number): number | null {
  const own = processorMs(postmaster)
  if (own === null) return null
  const [, , , , , , , , , , , , , user, system] = statOf(postmaster)
  const ended = (Number(user) + Number(system)) * tick
  const children = names('/proc').filter(name => /^\d+$/.test(name) && Number(statOf(Number(name))[1]) === postmaster)
  return children.reduce((sum, child) => sum + processorMs(Number(child))!, own + ended)
}

/** @param url of the owner role @returns process id of the server's first process */
export async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return Number(readFileSync(join(rows[0]!.data_directory, 'postmaster.pid'), 'utf8').split('\n')[0])
  } finally {
    await client.end()
  }
}

/** Fields of /proc/<pid>/stat behind the name, which may hold spaces: state, parent … */
const statOf = (pid: number): string[] =>
  text(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')

/** Processes end while they are looked at. */
function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
