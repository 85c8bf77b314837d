// Brings a database to the newest schema: plain SQL files in order, each in a transaction of its own, never one that changed since.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { newClient } from './client.ts'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'migrations')
/** any number, the same in every process: two of them migrate one after the other, and none while a backup is taken */
export const migrationLock = 4_012_473_796
/** stands among the migrations while a backup is being restored: no program, of whatever version, works on half of the data */
export const unfinishedRestore = 'restore under way'

/** One line, for a person: why this database cannot be used and what to do. */
export class DatabaseRefusedError extends Error {}

export interface Migration {
  name: string
  checksum: string
}

/**
 * @param url of the owner role
 * @param only these and no others, all of which must be there: for a restore, whose data has the shape of its day
 * @returns the names of the migrations applied now
 * @throws DatabaseRefusedError when the server is not UTF8, too old, unreachable, or its schema is not ours
 */
export async function migrate(url: string, only?: readonly Migration[]): Promise<string[]> {
  const client = newClient(url)
  await client.connect().catch((error: Error) => {
    throw new DatabaseRefusedError(
      `the database cannot be reached (${error.message || (error as NodeJS.ErrnoException).code}): check DATABASE_URL`,
    )
  })
  try {
    await assertUsable(client)
    const files = migrationFiles(only)
    // a start that has nothing to apply waits for nobody
    if ((await missing(client, files, only !== undefined)).length === 0) return []
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    return await applyMissing(client, files, only !== undefined)
  } finally {
    await client.end().catch(() => undefined)
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

interface MigrationFile extends Migration {
  sql: string
}

function migrationFiles(only?: readonly Migration[]): MigrationFile[] {
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => {
      const sql = readFileSync(join(folder, name), 'utf8')
      // line ends differ between checkouts
      return { name, sql, checksum: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex') }
    })
  if (!only) return files
  return only.map(wanted => {
    const file = files.find(({ name }) => name === wanted.name)
    if (!file)
      throw new DatabaseRefusedError(`the backup needs the migration ${wanted.name} that this program does not have: use a newer one`)
    if (file.checksum !== wanted.checksum)
      throw new DatabaseRefusedError(
        `the backup was made with other contents of the migration ${wanted.name}: use the program that made it`,
      )
    return file
  })
}

async function missing(client: pg.Client, files: MigrationFile[], restoring: boolean): Promise<MigrationFile[]> {
  const { rows: tables } = await client.query<{ there: boolean }>("select to_regclass('schema_migrations') is not null as there")
  if (!tables[0]!.there) return files
  const { rows } = await client.query<Migration>('select name, checksum from schema_migrations')
  const applied = new Map(rows.map(row => [row.name, row.checksum]))
  if (applied.delete(unfinishedRestore) && !restoring)
    throw new DatabaseRefusedError('a restore into this database was not finished: run it again (npm run restore -- <folder>)')
  const unknown = [...applied.keys()].find(name => !files.some(file => file.name === name))
  if (unknown)
    throw new DatabaseRefusedError(`the database has the migration ${unknown} that this program does not: it needs a newer version of it`)
  const changed = files.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
  if (changed)
    throw new DatabaseRefusedError(`the migration ${changed.name} was applied with other contents: restore the file, add a new one instead`)
  return files.filter(({ name }) => !applied.has(name))
}

async function applyMissing(client: pg.Client, files: MigrationFile[], restoring: boolean): Promise<string[]> {
  await client.query(
    'create table if not exists schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null)',
  )
  const now: string[] = []
  for (const { name, sql, checksum } of await missing(client, files, restoring)) {
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
    // gone with its connection, if that was it
    await client.query('rollback').catch(() => undefined)
    throw new DatabaseRefusedError(`the migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
