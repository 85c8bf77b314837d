// A process proves to the others that it lives: it holds a lock of the database's for as long as it has a connection. No clock is asked.
import { randomInt } from 'node:crypto'
import { sql, type Expression } from 'kysely'
import type { Database } from './connection.ts'

/** any number, the same in every process; the second number of the lock is the process's own */
const lockSpace = 401_247_392
/** milliseconds between two looks at the connection that holds it, and before a lost one is replaced */
const beatMs = 2_000
/** milliseconds that a caller waits for the lock */
const patienceMs = 5_000

declare module '../platform/context.ts' {
  interface Context {
    /** of this process */
    life: SignOfLife
  }
}

export interface SignOfLife {
  /** the number of this process, above 0 */
  readonly process: number
  /** Takes the lock where it is not held yet. @returns false when that does not succeed in time: the database is away or busy */
  held(): Promise<boolean>
  /** Gives lock and connection back. */
  stop(): Promise<void>
}

/** In a statement: whether the process of this number has its lock. */
export const lives = (process: Expression<number>) => sql<boolean>`exists (
  select from pg_locks where locktype = 'advisory' and objsubid = 2 and granted and classid::bigint = ${lockSpace}::bigint
    and objid::bigint = ${process}::bigint and database = (select oid from pg_database where datname = current_database()))`

/** The first who asks makes it take one connection of the pool, until it is stopped. */
export function createSignOfLife(db: Database): SignOfLife {
  const process = randomInt(1, 0x7fff_ffff)
  const stopped = new AbortController()
  const { signal } = stopped
  let living: Promise<void> | undefined
  let holding = false
  const waiting = new Set<() => void>()

  const hold = async (one: Database) => {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${lockSpace}::int, ${process}::int) as held`.execute(one)
    // a connection that the server does not know to be lost still holds it for us; then it is asked for again
    if (!rows[0]!.held) return
    try {
      holding = true
      for (const tell of waiting) tell()
      for (; !signal.aborted; await pause(beatMs, signal)) await sql`select 1`.execute(one)
    } finally {
      holding = false
      // the connection goes back to the pool, or was lost with the lock
      await sql`select pg_advisory_unlock(${lockSpace}::int, ${process}::int)`.execute(one).catch(() => undefined)
    }
  }
  const live = async () => {
    for (; !signal.aborted; await pause(beatMs, signal))
      await db
        .connection()
        .execute(hold)
        // as whoever works on the database hears
        .catch(() => undefined)
  }

  return {
    process,
    async held() {
      if (signal.aborted) return false
      living ??= live()
      if (holding) return true
      let tell = () => {}
      const taken = new Promise<void>(done => waiting.add((tell = done)))
      await Promise.race([taken, pause(patienceMs, signal)])
      waiting.delete(tell)
      return holding
    },
    async stop() {
      stopped.abort()
      await living
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      done()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
