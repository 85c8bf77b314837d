// The program's connections. Its login cannot update or delete what is append-only (program-login.ts).
import { Kysely, PostgresDialect, sql, type CompiledQuery, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import { Client, SilentConnectionError, answerWithin, requestLimits, settingsOf, type Limits } from './client.ts'
import type { Schema } from './tables.ts'

export type Database = Kysely<Schema>
export type Trx = Transaction<Schema>

/**
 * The beginning of a statement that each connection parses and plans once. For those of every request whose best plan does not depend on their
 * values; where it does, kept-statement.ts may hide them.
 * @param name of this text alone
 */
export const plannedOnce = (name: string): RawBuilder<unknown> => sql.raw(plannedOnceAs(name))

/** The same as text. */
export const plannedOnceAs = (name: string): string => `/* planned once: ${name} */`

/** Of the pool behind a database, at this moment. */
export interface PoolUse {
  /** connections that somebody works on */
  busy: number
  /** statements and transactions that wait for one */
  waiting: number
}
const pools = new WeakMap<Database, pg.Pool>()

/** @param database made by connect(); nothing is known of another */
export function poolUse(database: Database): PoolUse {
  const pool = pools.get(database)
  return pool ? { busy: pool.totalCount - pool.idleCount, waiting: pool.waitingCount } : { busy: 0, waiting: 0 }
}

/** Rows of two statements, sent as one message on one connection where `database` has some of its own. Neither may change anything. */
export async function bothRows<One, Other>(
  database: Database,
  first: CompiledQuery<One>,
  second: CompiledQuery<Other>,
): Promise<[One[], Other[]]> {
  const pool = pools.get(database)
  if (!pool) return [(await database.executeQuery(first)).rows, (await database.executeQuery(second)).rows]
  const client = (await pool.connect()) as unknown as Client & pg.PoolClient
  try {
    const [one, other] = await client.both(statementOf(first), statementOf(second))
    return [one.rows as One[], other.rows as Other[]]
  } finally {
    client.release()
  }
}

const statementOf = ({ sql: text, parameters: values }: CompiledQuery) => ({ text, values })

/** Statements here take milliseconds: compiling one, or sharing it among processes, would take longer than running it. */
const always = 'set timezone = UTC; set jit = off; set max_parallel_workers_per_gather = 0'

/** A connection that nobody used for so long is closed: a new one costs a login, and its first statements read the catalogue and make their plans. */
const idleMs = 120_000

/**
 * @param url of the program's login, once the database is ready for it
 * @param poolSize most connections at once, beside the one that a serving process keeps for its sign of life
 * @param limits how long anything on them may take
 */
export function connect(url: string, poolSize = 10, limits: Limits = requestLimits): Database {
  const settings = `${always}; ${settingsOf(limits)}`
  const pool = new pg.Pool({
    Client,
    connectionString: url,
    max: poolSize + 1,
    connectionTimeoutMillis: limits.connectMs,
    idleTimeoutMillis: idleMs,
    query_timeout: answerWithin(limits),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    onConnect: client => client.query(settings) as never,
  })
  // a server that restarts ends idle connections; the pool opens new ones, so there is nothing to do
  pool.on('error', () => undefined)
  distrustIdle(pool)
  const database: Database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  pools.set(database, pool)
  return database
}

/**
 * Opens connections before anybody waits for one, and lets each make the plans of what every write of shops sets off. Changes nothing.
 * @param count no more than its pool may have
 */
export const warmUp = (database: Database, count: number): Promise<unknown> =>
  // asked for at the same moment, before any is idle; who comes first opens what did not open now
  Promise.allSettled(Array.from({ length: count }, () => sql`update sub_merchants set version = version where false`.execute(database)))

/** Where one connection was lost without a reset, the idle ones of the pool were too: none of them is given to the next request. */
function distrustIdle(pool: pg.Pool): void {
  const idle = new Set<Client>()
  pool.on('acquire', client => void idle.delete(client as unknown as Client))
  pool.on('remove', client => void idle.delete(client as unknown as Client))
  pool.on('release', (_error, client) => void idle.add(client as unknown as Client))
  pool.on('connect', client =>
    client.on('error', error => {
      if (!(error instanceof SilentConnectionError) || idle.has(client as unknown as Client)) return
      for (const other of idle) other.cut(error)
      idle.clear()
    }),
  )
}
