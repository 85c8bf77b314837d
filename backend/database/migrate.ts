// Brings a database to the newest schema: plain SQL files in order, each in a transaction of its own, never one that changed since.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'migrations')
/** any number, the same in every process: two of them migrate one after the other */
const lockNumber = 4_012_473_796

/** One line, for a person: why this database cannot be used and what to do. */
export class DatabaseRefusedError extends Error {}

/**
 * @param url of the owner role
 * @returns the names of the migrations applied now
 * @throws DatabaseRefusedError when the server is not UTF8, too old, unreachable, or its schema is not ours
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect().catch((error: Error) => {
    throw new DatabaseRefusedError(
      `the database cannot be reached (${error.message || (error as NodeJS.ErrnoException).code}): check DATABASE_URL`,
    )
  })
  try {
    await assertUsable(client)
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    return await applyMissing(client)
  } finally {
    await client.end()
  }
}

async function assertUsable(client: pg.Client): Promise<void> {
  const setting = async (name: string) =>
    (await client.query<{ value: string }>(`select current_setting('${name}') as value`)).rows[0]!.value
  const encoding = await setting('server_encoding')
  const version = Number(await setting('server_version_num'))
  if (version < 140_000) {
    throw new DatabaseRefusedError(`the database is PostgreSQL ${await setting('server_version')}: version 14 or newer is needed`)
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseRefusedError(
      `the database's encoding is ${encoding}: make one with "create database … encoding 'UTF8' template template0"`,
    )
  }
}

async function applyMissing(client: pg.Client): Promise<string[]> {
  await client.query(
    'create table if not exists schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null)',
  )
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations')
  const applied = new Map(rows.map(row => [row.name, row.checksum]))
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
  const unknown = [...applied.keys()].find(name => !files.includes(name))
  if (unknown)
    throw new DatabaseRefusedError(`the database has the migration ${unknown} that this program does not: it needs a newer version of it`)
  const now: string[] = []
  for (const name of files) {
    const sql = readFileSync(join(folder, name), 'utf8')
    // line ends differ between checkouts
    const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
    if (applied.get(name) === checksum) continue
    if (applied.has(name))
      throw new DatabaseRefusedError(`the migration ${name} was applied with other contents: restore the file, add a new one instead`)
    await applyOne(client, name, sql, checksum)
    now.push(name)
  }
  return now
}

async function applyOne(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into schema_migrations (name, checksum, applied_at) values ($1, $2, $3)', [name, checksum, new Date()])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new DatabaseRefusedError(`the migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
