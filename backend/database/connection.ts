// The program's connections. Every one works as goldplan_app, which cannot update or delete what is append-only.
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Schema } from './tables.ts'

export type Database = Kysely<Schema>
export type Trx = Transaction<Schema>

/**
 * @param url of the owner role, after migrate()
 * @param poolSize most connections at once
 */
export function connect(url: string, poolSize = 10): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    // statements here take milliseconds: compiling one, or sharing it among processes, would take longer than running it
    options: '-c role=goldplan_app -c timezone=UTC -c jit=off -c max_parallel_workers_per_gather=0',
    connectionTimeoutMillis: 10_000,
  })
  // a server that restarts ends idle connections; the pool opens new ones, so there is nothing to do
  pool.on('error', () => undefined)
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}
