// Brings a backup into an empty database and an empty photo folder. Until it has ended the database says so itself and no backend starts on it; an
// interrupted restore is simply run again.
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import type { Clock } from '../platform/clock.ts'
import { newClient } from '../database/client.ts'
import { migrate, unfinishedRestore } from '../database/migrate.ts'
import { copyIn } from './copy.ts'
import { BackupError, PHOTO_FOLDER, checkFile, readManifest, type Manifest } from './manifest.ts'
import { checkPhoto, copyPhoto, photosIn } from './photos.ts'
import { MIGRATIONS_TABLE, exactForms, migrationsOf, quoted, tablesOf, type Table } from './tables.ts'

export interface RestoreOptions {
  /** of the role that will own the tables */
  databaseUrl: string
  photoDir: string
  folder: string
  clock: Clock
  /** one line at a time, for a person */
  log: (line: string) => void
}

/** any number: two restores into one database cannot run beside each other */
const restoreLock = 4_012_473_811

/** @throws BackupError, DatabaseRefusedError */
export async function restore({ databaseUrl, photoDir, folder, clock, log }: RestoreOptions): Promise<Manifest> {
  const manifest = await readManifest(folder)
  // all of it before anything is written
  for (const file of [...manifest.tables, manifest.photos.list]) await checkFile(folder, file)
  for await (const photo of photosIn(folder, manifest)) await checkPhoto(folder, photo)
  log(`the backup of ${manifest.made_at} is whole: ${manifest.tables.length} tables, ${manifest.photos.count} photos`)

  const client = newClient(databaseUrl)
  await client.connect().catch((error: Error) => {
    throw new BackupError(`the database cannot be reached (${error.message}): check DATABASE_URL`)
  })
  try {
    await client.query(exactForms)
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [restoreLock])
    if (!rows[0]!.free) throw new BackupError('another restore into this database is under way: wait for it')
    await begin(client, photoDir, clock)
    await migrate(databaseUrl, manifest.migrations)
    await load(client, folder, manifest, log)
    let photos = 0
    for await (const { id } of photosIn(folder, manifest)) {
      await copyPhoto(join(folder, PHOTO_FOLDER), photoDir, id)
      photos += 1
    }
    log(`photos: ${photos}`)
    await client.query('analyze')
    await client.query(`delete from ${MIGRATIONS_TABLE} where name = $1`, [unfinishedRestore])
    return manifest
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Marks the database as one that is being restored, if it is empty or was marked by a restore that did not end. */
async function begin(client: pg.Client, photoDir: string, clock: Clock): Promise<void> {
  const migrations = await migrationsOf(client)
  if (migrations?.some(({ name }) => name === unfinishedRestore)) return
  const tables = await tablesOf(client)
  if (migrations !== null || tables.length > 0) {
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    throw new BackupError(`the database ${rows[0]!.name} is not empty: make a new one and set DATABASE_URL to it`)
  }
  const photos = await readdir(photoDir).catch(() => [])
  if (photos.length > 0) throw new BackupError(`${photoDir} is not empty: move the photos away, or set PHOTO_DIR to another folder`)
  await client.query(`begin;
    create table ${MIGRATIONS_TABLE} (name text primary key, checksum text not null, applied_at timestamptz not null)`)
  await client.query(`insert into ${MIGRATIONS_TABLE} values ($1, '', $2)`, [unfinishedRestore, clock.now()])
  await client.query('commit')
}

/**
 * All rows in one transaction. Triggers are off, because what they would write is in the backup too; foreign keys are taken away and made again, which
 * checks all rows at once. Both need no more than owning the tables.
 */
async function load(client: pg.Client, folder: string, manifest: Manifest, log: (line: string) => void): Promise<void> {
  await client.query('begin')
  const tables = await tablesOf(client)
  assertSameTables(tables, manifest)
  const names = tables.map(({ table }) => quoted(table))
  await client.query(`truncate ${names.join(', ')}`)
  const keys = await foreignKeys(client)
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${quoted(name)}`)
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  for (const { table, columns, rows, file } of manifest.tables) {
    const source = createReadStream(join(folder, file)).pipe(createGunzip())
    const landed = await copyIn(client, `copy ${quoted(table)} (${columns.map(quoted).join(', ')}) from stdin`, source)
    if (landed !== rows) throw new BackupError(`${file} gave ${landed} rows instead of ${rows}: take another backup`)
    log(`${table}: ${landed} rows`)
  }
  for (const name of names) await client.query(`alter table ${name} enable trigger user`)
  for (const { table, name, definition } of keys) await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`)
  for (const { name, last_value } of manifest.sequences) await client.query('select setval($1, $2)', [quoted(name), last_value])
  // the sums follow from the rows
  for (const recount of ['recount_merchants', 'recount_merchant_facets']) {
    const { rows } = await client.query<{ there: boolean }>('select to_regproc($1) is not null as there', [recount])
    if (rows[0]!.there) await client.query(`select ${recount}()`)
  }
  await client.query('commit')
}

function assertSameTables(tables: Table[], manifest: Manifest): void {
  const shape = (of: Table[]) => JSON.stringify(of.map(({ table, columns }) => [table, columns]))
  if (shape(tables) !== shape(manifest.tables))
    throw new BackupError('the backup has other tables than its migrations make: it was not made by this program')
}

async function foreignKeys(client: pg.Client): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype = 'f' and connamespace = to_regnamespace(current_schema()) and conparentid = 0 order by 1, 2`,
  )
  return rows
}
