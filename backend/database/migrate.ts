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
/** any other number */
const closingLock = 4_012_473_797
/** stands among the migrations while a backup is being restored: no program, of whatever version, works on half of the data */
export const unfinishedRestore = 'restore under way'

/**
 * Contents that a file had before, which make the same of a database: one was corrected where it asked for a right that an owner need not have. Both count as
 * applied.
 */
const formerChecksums: Readonly<Record<string, readonly string[]>> = {
  // made the program's role even where it was there, and the owner a member of it
  '0001_first.sql': ['14a0467e13300078ab8fb75c7fdfdc737b99b7f3c834aacd48f750918fa31ebb'],
}

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
  const client = await connected(newClient(url), 'MIGRATION_DATABASE_URL')
  try {
    await assertUsable(client)
    const files = migrationFiles(only)
    await closeToOthers(client)
    // a start that has nothing to apply waits for nobody
    if ((await missing(client, files, only !== undefined)).length === 0) return []
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    return await applyMissing(client, files, only !== undefined)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Where the URL says nothing of certificates, the shell's PGSSLMODE does. */
export const whereToLook = (variable: string): string => (process.env.PGSSLMODE ? `${variable} and PGSSLMODE` : variable)

/** @throws DatabaseRefusedError naming the setting that the URL is from */
export async function connected(client: pg.Client, variable: string): Promise<pg.Client> {
  await client.connect().catch((error: Error) => {
    const why = error.message || (error as NodeJS.ErrnoException).code
    throw new DatabaseRefusedError(`the database cannot be reached (${why}): check ${whereToLook(variable)}`)
  })
  return client
}

/** As any role that may read the list. @throws DatabaseRefusedError when the owner has to migrate first */
export async function assertMigrated(client: pg.Client): Promise<void> {
  const files = await missing(client, migrationFiles(), false).catch((error: { code?: string }) => {
    // insufficient_privilege: a version in which only the owner read the list
    if (error.code === '42501') return null
    throw error
  })
  if (files?.length === 0) return
  throw new DatabaseRefusedError(
    `the database is not up to date${files ? `, it lacks ${files.at(-1)!.name}` : ''}: run "npm run migrate" with the owner's URL as MIGRATION_DATABASE_URL`,
  )
}

/**
 * Nobody but the owner makes tables here, temporary ones neither: one that is named like ours would be found first. Each time, because these rights belong
 * to the database and are not in a dump.
 */
async function closeToOthers(client: pg.Client): Promise<void> {
  if (!(await openToOthers(client))) return
  // several programs may start at once
  await client.query('select pg_advisory_lock($1)', [closingLock])
  const open = await openToOthers(client)
  // where this role may not, both only warn; the program then does not start and says what to run
  if (open?.temporary) await client.query(`revoke temporary on database "${open.database.replaceAll('"', '""')}" from public`)
  if (open?.creation) await client.query('revoke create on schema public from public')
  await client.query('select pg_advisory_unlock($1)', [closingLock])
}

async function openToOthers(client: pg.Client): Promise<{ database: string; temporary: boolean; creation: boolean } | null> {
  const { rows } = await client.query<{ database: string; temporary: boolean; creation: boolean }>(
    `select current_database() as database,
       exists (select from aclexplode(coalesce(datacl, acldefault('d', datdba))) where grantee = 0 and privilege_type = 'TEMPORARY') as temporary,
       exists (select from pg_namespace, aclexplode(nspacl) where nspname = 'public' and grantee = 0 and privilege_type = 'CREATE') as creation
     from pg_database where datname = current_database()`,
  )
  const open = rows[0]!
  return open.temporary || open.creation ? open : null
}

export async function assertUsable(client: pg.Client): Promise<void> {
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
    if (!isContentOf(file, wanted.checksum))
      throw new DatabaseRefusedError(
        `the backup was made with other contents of the migration ${wanted.name}: use the program that made it`,
      )
    return file
  })
}

const isContentOf = ({ name, checksum }: Migration, applied: string): boolean =>
  applied === checksum || (formerChecksums[name] ?? []).includes(applied)

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
  const changed = files.find(file => applied.has(file.name) && !isContentOf(file, applied.get(file.name)!))
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

/** While a change of a table waits for those who use it, all others wait behind it: not long, and then again. */
const lockTries = 10

async function applyOne(client: pg.Client, name: string, sql: string, checksum: string, triesLeft = lockTries): Promise<void> {
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = '5s'`)
    await client.query(sql)
    await client.query('insert into schema_migrations (name, checksum, applied_at) values ($1, $2, $3)', [name, checksum, new Date()])
    await client.query('commit')
  } catch (error) {
    // gone with its connection, if that was it
    await client.query('rollback').catch(() => undefined)
    // lock_not_available
    if ((error as { code?: string }).code === '55P03' && triesLeft > 1) {
      await new Promise(done => setTimeout(done, 1_000))
      return applyOne(client, name, sql, checksum, triesLeft - 1)
    }
    throw new DatabaseRefusedError(`the migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
