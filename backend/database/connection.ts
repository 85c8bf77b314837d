// The program's connections. Every one works as goldplan_app, which cannot update or delete what is append-only.
import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import type { Schema } from './tables.ts'

export type Database = Kysely<Schema>
export type Trx = Transaction<Schema>

/**
 * The beginning of a statement that each connection parses and plans once. For those of every request whose best plan does not depend on their
 * values; a search's does.
 * @param name of this text alone
 */
export const plannedOnce = (name: string): RawBuilder<unknown> => sql.raw(`/* planned once: ${name} */`)

const plannedOncePattern = /^\s*\/\* planned once: ([\w ]+) \*\//

class Client extends pg.Client {
  /** Kysely gives a text and its values; those that ask for it get a name, which makes them prepared statements. */
  override query(...given: unknown[]): never {
    const [text, values] = given
    const name = typeof text === 'string' ? plannedOncePattern.exec(text)?.[1] : undefined
    const query = super.query as (...given: unknown[]) => unknown
    return query.apply(this, name === undefined ? given : [{ name, text, values }, ...given.slice(2)]) as never
  }
}

/**
 * @param url of the owner role, after migrate()
 * @param poolSize most connections at once
 */
export function connect(url: string, poolSize = 10): Database {
  const pool = new pg.Pool({
    Client,
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
