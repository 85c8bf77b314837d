// What the processes and the database hold while they are loaded, looked at every few seconds.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { figuresOf, type Figures } from '../../scripts/chaos/figures.ts'
import type { LoadWorld } from './world.ts'

export interface Look {
  /** seconds since the run began */
  at: number
  /** by the name of the process; what did not answer is not there */
  backends: Record<string, Figures>
  /** of the program's login: all, and those that work on something */
  connections: number
  busy: number
  /** seconds of a core since it began; null: this system does not tell. `machine`: of everything that runs on it */
  cpu: { postgresql: number | null; clients: number | null; harness: number; machine: number | null }
}

interface Sampler {
  readonly looks: readonly Look[]
  /** Looks a last time. */
  stop(): Promise<void>
}

/** @param pids of the processes of clients */
export async function startSampling(world: LoadWorld, everyMs: number, pids: () => readonly number[]): Promise<Sampler> {
  const looks: Look[] = []
  const began = performance.now()
  const server = await serverPid(world)
  const over = new AbortController()
  const look = async () => {
    const at = (performance.now() - began) / 1_000
    const [figures, [row]] = await Promise.all([
      Promise.all(world.backends.map(async backend => [backend.name, await figuresOf(backend)] as const)),
      world.sql<{ connections: number; busy: number }>(
        `select count(*)::int as connections, count(*) filter (where state <> 'idle')::int as busy
         from pg_stat_activity where datname = current_database() and usename = 'goldplan_app'`,
      ),
    ])
    const { user, system } = process.cpuUsage()
    looks.push({
      at,
      backends: Object.fromEntries(figures.flatMap(([name, one]) => (one ? [[name, one]] : []))),
      connections: row!.connections,
      busy: row!.busy,
      cpu: {
        postgresql: server === null ? null : cpuOfFamily(server),
        clients: cpuOf(pids()),
        harness: (user + system) / 1e6,
        machine: cpuOfMachine(),
      },
    })
  }
  const loop = (async () => {
    while (!over.signal.aborted) {
      const next = performance.now() + everyMs
      await look()
      await wait(Math.max(0, next - performance.now()), undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    looks,
    async stop() {
      over.abort()
      await loop
      await look()
    },
  }
}

async function serverPid(world: LoadWorld): Promise<number | null> {
  if (!existsSync('/proc/self/stat')) return null
  const [row] = await world.sql<{ pid: number }>('select pg_backend_pid() as pid')
  return statOf(row!.pid)?.parent ?? null
}

/** null: a system that counts nothing */
function cpuOfMachine(): number | null {
  const ms = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
  return ms > 0 ? ms / 1_000 : null
}

/** hundredths of a second are Linux' unit there on every machine that this runs on */
const ticks = 100
interface Stat {
  parent: number
  own: number
  /** of children that have ended */
  gone: number
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; null: the process is gone, or there is no /proc */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // behind the name, which may hold anything: 3 state, 4 parent, 14 to 17 times
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [user, system, goneUser, goneSystem] = fields.slice(11, 15).map(Number) as [number, number, number, number]
    return { parent: Number(fields[1]), own: (user + system) / ticks, gone: (goneUser + goneSystem) / ticks }
  } catch {
    return null
  }
}

function cpuOf(pids: readonly number[]): number | null {
  const stats = pids.map(statOf)
  return stats.includes(null) ? null : stats.reduce((sum, one) => sum + one!.own, 0)
}

/** Of a process, its children, and those of them that have ended. */
function cpuOfFamily(pid: number): number | null {
  const head = statOf(pid)
  if (!head) return null
  const children = readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
  return children.reduce((sum, { parent, own }) => sum + (parent === pid ? own : 0), head.own + head.gone)
}
