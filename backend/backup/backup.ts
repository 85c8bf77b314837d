// Writes a whole installation into a folder, as of one moment, while the backend goes on working.
import { makeFolder } from '../platform/make-folder.ts'
import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import type { Clock } from '../platform/clock.ts'
import { newClient } from '../database/client.ts'
import { migrationLock, unfinishedRestore } from '../database/migrate.ts'
import { copyOut } from './copy.ts'
import { BackupError, FORMAT, MANIFEST, PHOTO_FOLDER, type BackupFile, type Manifest, type TableInBackup } from './manifest.ts'
import { copyPhoto, lineOf, linesOf } from './photos.ts'
import { exactForms, migrationsOf, quoted, sequencesOf, tablesOf } from './tables.ts'

export interface BackupOptions {
  /** of the owner role: the program's own role may not read everything */
  databaseUrl: string
  photoDir: string
  /** made; must be empty if it is there */
  folder: string
  clock: Clock
  /** one line at a time, for a person */
  log: (line: string) => void
}

/** @throws BackupError */
export async function backUp({ databaseUrl, photoDir, folder, clock, log }: BackupOptions): Promise<Manifest> {
  // sessions, openids and the key of photo links are in it
  makeFolder(folder, 0o700)
  // one that was there has the mode of its day
  await chmod(folder, 0o700).catch((error: Error) => {
    throw new BackupError(`${folder} cannot be closed to others (${error.message}): name a new folder`)
  })
  if ((await readdir(folder)).length > 0) throw new BackupError(`${folder} is not empty: name a new folder for each backup`)
  const client = newClient(databaseUrl)
  await client.connect().catch((error: Error) => {
    throw new BackupError(`the database cannot be reached (${error.message}): check DATABASE_URL`)
  })
  const ids = join(folder, 'photo-ids.tmp')
  try {
    await client.query(exactForms)
    // no migration may change a table during the backup: a migration waits for it, running backends do not
    await client.query('select pg_advisory_lock_shared($1)', [migrationLock])
    const made_at = clock.now().toISOString()
    await client.query('begin isolation level repeatable read read only')
    const migrations = await migrationsOf(client)
    if (!migrations?.length) throw new BackupError('the database is not one of this program: check DATABASE_URL')
    if (migrations.some(({ name }) => name === unfinishedRestore))
      throw new BackupError('a restore into this database was not finished: there is nothing to back up')
    const tables: TableInBackup[] = []
    await mkdir(join(folder, 'tables'))
    for (const { table, columns } of await tablesOf(client)) {
      const file = `tables/${table}.copy.gz`
      const copy = copyOut(client, `copy ${quoted(table)} (${columns.map(quoted).join(', ')}) to stdout`)
      const written = await writeCompressed(folder, file, copy.stream)
      tables.push({ table, columns, rows: copy.rows(), ...written })
      log(`${table}: ${copy.rows()} rows`)
    }
    if (tables.some(({ table }) => table === 'photos'))
      await pipeline(
        copyOut(client, 'copy (select id from photos where stored_at is not null order by id) to stdout').stream,
        createWriteStream(ids),
      )
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    // no part of a snapshot: read after the rows, a sequence is never behind them
    const sequences = await sequencesOf(client)
    // photos never change: what the snapshot names can be copied after it
    await client.query('rollback')
    const photos = await copyPhotos(client, ids, photoDir, folder)
    log(`photos: ${photos.count}`)
    for (const id of photos.missing) log(`the photo ${id} is known to the database but not in ${photoDir}`)
    const manifest: Manifest = { format: FORMAT, made_at, server_version: rows[0]!.server_version, migrations, tables, sequences, photos }
    await writeLast(folder, `${JSON.stringify(manifest, null, 2)}\n`)
    return manifest
  } finally {
    await client.end().catch(() => undefined)
    await rm(ids, { force: true })
  }
}

async function copyPhotos(client: pg.Client, ids: string, photoDir: string, folder: string): Promise<Manifest['photos']> {
  const missing: string[] = []
  let count = 0
  await mkdir(join(folder, PHOTO_FOLDER))
  async function* lines() {
    for await (const id of linesOf(createReadStream(ids, { flags: 'a+' }))) {
      const copied = await copyPhoto(photoDir, join(folder, PHOTO_FOLDER), id)
      if (copied) {
        count += 1
        yield lineOf(copied)
      } else if ((await client.query('select 1 from photos where id = $1', [id])).rowCount !== 0) missing.push(id)
      // or it belonged to nothing and was removed meanwhile
    }
  }
  const list = await writeCompressed(folder, 'photos.list.gz', lines())
  return { count, missing, list }
}

async function writeCompressed(folder: string, file: string, source: Readable | AsyncIterable<string>): Promise<BackupFile> {
  const path = join(folder, file)
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(source, createGzip(), count, createWriteStream(path, { mode: 0o600, flush: true }))
  return { file, bytes, sha256: hash.digest('hex') }
}

/** Under its name only when it is whole and on the disk. */
async function writeLast(folder: string, text: string): Promise<void> {
  const path = join(folder, MANIFEST)
  const file = await open(`${path}.tmp`, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.tmp`, path)
  if (process.platform === 'win32') return
  const parent = await open(dirname(path), 'r')
  await parent.sync().finally(() => parent.close())
}
