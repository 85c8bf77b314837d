// Backup beside a running backend and restore into an empty database, tried on real PostgreSQL with the whole of the demo data.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { backUp } from '../../../backend/backup/backup.ts'
import { systemClock } from '../../../backend/platform/clock.ts'
import type { Manifest } from '../../../backend/backup/manifest.ts'
import { restore } from '../../../backend/backup/restore.ts'
import { migrate } from '../../../backend/database/migrate.ts'
import { newPng, photoForm } from '../field-work/visits/given.ts'
import { eventually } from '../../support/eventually.ts'
import {
  ask,
  createEmptyDatabase,
  programUrl,
  runOn,
  startInstallation,
  type EmptyDatabase,
  type Installation,
} from './support/installation.ts'
import { built } from '../../support/programs.ts'

let source: Installation
let shops: string[]
let photoId: string
const databases: EmptyDatabase[] = []
beforeAll(async () => {
  source = await startInstallation()
  shops = (await ask<{ sub_mchid: string }>(source.databaseUrl, 'select sub_mchid from sub_merchants order by 1 limit 6')).map(
    row => row.sub_mchid,
  )
  photoId = await uploadPhoto()
})
afterAll(async () => {
  await source.close()
  for (const database of databases) await database.drop()
})

const quiet = () => undefined
const emptyDatabase = async () => {
  const database = await createEmptyDatabase()
  databases.push(database)
  return database.ownerUrl
}
const newFolder = (name: string) => join(source.folder, `${name}-${randomUUID()}`)
const backUpSource = (folder: string, log: (line: string) => void = quiet) =>
  backUp({ databaseUrl: source.databaseUrl, photoDir: source.photoDir, folder, clock: source.clock, log })
const restoreInto = (databaseUrl: string, folder: string, photoDir = newFolder('photos')) =>
  restore({ databaseUrl, folder, photoDir, clock: source.clock, log: quiet }).then(() => photoDir)

async function uploadPhoto(): Promise<string> {
  const answer = await fetch(`${source.url}/v1/photos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await source.token('field_agent')}`, 'idempotency-key': randomUUID() },
    body: photoForm(newPng(300, 200)),
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

async function addEvidence(sub_mchid: string): Promise<void> {
  const answer = await fetch(`${source.url}/v1/sub-merchants/${sub_mchid}/evidence`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await source.token('operator')}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      id: randomUUID(),
      kind: 'portal_check',
      occurred_at: source.clock.now().toISOString(),
      detail: { gold_plan_jsapi: 'open' },
    }),
  })
  expect(answer.status).toBe(201)
}

async function photosWithoutFile(): Promise<string[]> {
  const rows = await ask<{ id: string }>(source.databaseUrl, 'select id from photos where stored_at is not null and id <> $1 order by id', [
    photoId,
  ])
  return rows.map(({ id }) => id)
}

/** Every row of every table, but for what a restore makes anew. */
async function rowsOf(url: string, { tables }: Manifest): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const { table, columns } of tables) {
    if (/^merchant_(changes|sum_changes|sums|city_sums|facet_changes|facet_sums)$/.test(table)) continue
    const list = columns.map(column => `"${column}"`).join(', ')
    all[table] = (await ask<{ row: string }>(url, `select t::text as row from (select ${list} from "${table}") t order by 1`)).map(
      ({ row }) => row,
    )
  }
  return all
}

const countsOf = (url: string, view: string) =>
  ask(
    url,
    `select region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status, sum(count) as count
     from ${view} group by 1, 2, 3, 4, 5, 6, 7 having sum(count) <> 0 order by 1, 2, 3, 4, 5, 6, 7`,
  )
const countedMerchants = '(select *, 1 as count from sub_merchants) counted'

async function answersOf(url: string): Promise<Record<string, unknown>> {
  const [first, second] = shops
  const questions: [role: string, path: string][] = [
    ['operator', `/v1/sub-merchants?q=${encodeURIComponent('科技面馆')}`],
    ['operator', '/v1/sub-merchants?q=kjmg'],
    ['field_agent', `/v1/sub-merchants?q=${encodeURIComponent('面')}`],
    ['region_lead', '/v1/sub-merchants?limit=50'],
    ['operator', `/v1/sub-merchants/${first}`],
    ['operator', `/v1/sub-merchants/${first}/evidence`],
    ['auditor', `/v1/sub-merchants/${second}/evidence`],
    ['operator', '/v1/summary'],
    ['region_lead', '/v1/visits'],
    ['admin', '/v1/checklist-templates/current'],
    ['field_agent', '/v1/me'],
  ]
  const answers: Record<string, unknown> = {}
  for (const [role, path] of questions) {
    const answer = await fetch(url + path, { headers: { authorization: `Bearer ${await source.token(role)}` } })
    expect([path, answer.status]).toEqual([path, 200])
    answers[`${role} ${path}`] = await answer.json()
  }
  return answers
}

async function photoFrom(url: string): Promise<Buffer> {
  const link = await fetch(`${url}/v1/photos/${photoId}/url`, { headers: { authorization: `Bearer ${await source.token('field_agent')}` } })
  const { url: path } = (await link.json()) as { url: string }
  return Buffer.from(await (await fetch(url + path)).arrayBuffer())
}

test('given a folder that was open to others, then a backup closes it before anything is in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-open-'))
  chmodSync(folder, 0o777)
  const nowhere = { databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', photoDir: folder, folder, clock: systemClock, log: () => {} }
  await expect(backUp(nowhere)).rejects.toThrow(/cannot be reached/)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  rmSync(folder, { recursive: true })
})

describe('a backup and its restore', () => {
  test('given a backup, when an owner who is no superuser restores it, then every row, answer, photo and count is the same and nobody has to log in again', async () => {
    const before = await answersOf(source.url)
    const folder = newFolder('backup')
    const manifest = await backUpSource(folder)
    // the demo data names photos whose files it does not have
    expect([manifest.photos.count, manifest.photos.missing]).toEqual([1, await photosWithoutFile()])
    const url = await emptyDatabase()
    const photoDir = await restoreInto(url, folder)
    expect(await rowsOf(url, manifest)).toEqual(await rowsOf(source.databaseUrl, manifest))
    expect(await countsOf(url, 'merchant_counts')).toEqual(await countsOf(url, countedMerchants))
    expect(await migrate(url)).toEqual([])
    const copy = await runOn(programUrl(url), photoDir, source)
    try {
      expect(await answersOf(copy.url)).toEqual(before)
      expect((await photoFrom(copy.url)).equals(await photoFrom(source.url))).toBe(true)
      // triggers and foreign keys are back
      await expect(ask(url, `update evidence set sub_mchid = '99999999'`)).rejects.toThrow('foreign key')
      await ask(url, `update sub_merchants set receipt_error = not receipt_error where sub_mchid = $1`, [shops[0]])
      expect(await countsOf(url, 'merchant_counts')).toEqual(await countsOf(url, countedMerchants))
    } finally {
      await copy.close()
    }
  })

  test('given a backend that takes writes all the while, then the backup holds each of them wholly or not at all', async () => {
    const folder = newFolder('backup')
    const stop = new AbortController()
    let at = ''
    const during: string[] = []
    const writers = [0, 1, 2, 3].map(async number => {
      for (let turn = number; !stop.signal.aborted; turn += 1) {
        await addEvidence(shops[turn % shops.length]!)
        if (at !== '') during.push(at)
      }
    })
    await eventually('the writers are at work', async () => (await portalChecks(source.databaseUrl)).length > 0)
    const manifest = await backUpSource(folder, line => (at = line))
    stop.abort()
    await Promise.all(writers)
    expect(during.length).toBeGreaterThan(0)
    expect(manifest.photos.missing).toEqual(await photosWithoutFile())
    const url = await emptyDatabase()
    await restoreInto(url, folder)
    const kept = await portalChecks(url)
    const all = await portalChecks(source.databaseUrl)
    expect(all.length).toBeGreaterThan(kept.length)
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(kept.map(({ id }) => id)))
    // in one transaction: evidence, the key of the request, the audit entry, the merchant's version
    for (const { id, keys, entries } of kept) expect([id, keys, entries]).toEqual([id, 1, 1])
    expect(await orphans(url)).toEqual([])
    expect(await countsOf(url, 'merchant_counts')).toEqual(await countsOf(url, countedMerchants))
  })
})

/** Checks of the console that were sent in this test, with what was written together with each. */
const portalChecks = (url: string) =>
  ask<{ id: string; keys: number; entries: number }>(
    url,
    `select e.id, (select count(*)::int from idempotency_keys k where k.evidence_id = e.id) as keys,
       (select count(*)::int from audit_entries a where a.after ->> 'evidence_id' = e.id::text) as entries
     from evidence e where e.id in (select evidence_id from idempotency_keys) order by 1`,
  )

/** Keys of requests whose evidence is not there. */
const orphans = (url: string) =>
  ask(
    url,
    `select key from idempotency_keys k where evidence_id is not null and not exists (select from evidence e where e.id = k.evidence_id)`,
  )

describe('a restore that cannot be', () => {
  let folder: string
  beforeAll(async () => {
    folder = newFolder('backup')
    await backUpSource(folder)
  })
  const damaged = (change: (copy: string) => void) => {
    const copy = newFolder('damaged')
    cpSync(folder, copy, { recursive: true })
    change(copy)
    return copy
  }
  const photoFile = () => `photos/${photoId.slice(0, 2)}/${photoId}.jpg`
  const cut = (file: string) => (copy: string) => truncateSync(join(copy, file), statSync(join(copy, file)).size - 3)

  test.each([
    ['a table that was cut', cut('tables/evidence.copy.gz'), 'tables/evidence.copy.gz has'],
    ['a table that is missing', (copy: string) => rmSync(join(copy, 'tables/staff.copy.gz')), 'tables/staff.copy.gz is missing'],
    [
      'a byte that was changed',
      (copy: string) => {
        const path = join(copy, 'tables/sub_merchants.copy.gz')
        const bytes = readFileSync(path)
        bytes[bytes.length >> 1]! ^= 1
        writeFileSync(path, bytes)
      },
      'tables/sub_merchants.copy.gz was changed',
    ],
    ['a photo that was cut', (copy: string) => cut(photoFile())(copy), '.jpg has'],
    ['a backup that was not finished', (copy: string) => rmSync(join(copy, 'manifest.json')), 'manifest.json'],
    [
      'a backup of a newer program',
      (copy: string) => {
        const path = join(copy, 'manifest.json')
        const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
        manifest.migrations.push({ name: '9999_later.sql', checksum: 'unknown' })
        writeFileSync(path, JSON.stringify(manifest))
      },
      '9999_later.sql',
    ],
  ])('given %s, then it is refused by name and no row is written', async (_what, change, complaint) => {
    const url = await emptyDatabase()
    await expect(restoreInto(url, damaged(change))).rejects.toThrow(complaint)
    expect(
      await ask(url, `select relname from pg_class where relnamespace = 'public'::regnamespace and relname = 'sub_merchants'`),
    ).toEqual([])
  })

  test('given a database or a photo folder that is not empty, then nothing of it is touched', async () => {
    await expect(restoreInto(source.databaseUrl, folder)).rejects.toThrow('is not empty')
    const url = await emptyDatabase()
    await expect(restoreInto(url, folder, source.photoDir)).rejects.toThrow('is not empty')
    expect(readdirSync(source.photoDir)).toEqual([photoId.slice(0, 2)])
    expect(await ask(url, `select 1 from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([])
    await expect(backUpSource(folder)).rejects.toThrow('is not empty')
  })

  test('given a restore that is killed, then no backend starts on the database, no backup takes it for whole, and running it again completes it', async () => {
    const url = await emptyDatabase()
    const killed = run(['restore', folder], {
      DATABASE_URL: programUrl(url),
      MIGRATION_DATABASE_URL: url,
      PHOTO_DIR: newFolder('photos'),
    })
    await eventually('rows are on their way', () => /^evidence: \d+ rows$/m.test(killed.err()))
    killed.child.kill('SIGKILL')
    await killed.ended
    await expect(migrate(url)).rejects.toThrow('was not finished: run it again')
    await expect(
      backUp({ databaseUrl: url, photoDir: source.photoDir, folder: newFolder('backup'), clock: source.clock, log: quiet }),
    ).rejects.toThrow('was not finished')
    const photoDir = newFolder('photos')
    const again = run(['restore', folder], { DATABASE_URL: programUrl(url), MIGRATION_DATABASE_URL: url, PHOTO_DIR: photoDir })
    expect([await again.ended, again.out()]).toEqual([0, expect.stringContaining('restored the backup of 2026-11-23')])
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
    expect(await rowsOf(url, manifest)).toEqual(await rowsOf(source.databaseUrl, manifest))
    expect(await migrate(url)).toEqual([])
    expect(readdirSync(photoDir)).toEqual([photoId.slice(0, 2)])
  })
})

test('given --help, then the commands say how they are used; given an option that there is not, then no folder of its name is made', async () => {
  const [help, unknown] = [run(['backup', '--help'], {}), run(['backup', '--verbose'], {})]
  expect([await help.ended, help.out()]).toEqual([0, expect.stringMatching(/^npm run backup -- /)])
  expect([await unknown.ended, unknown.err()]).toEqual([1, expect.stringMatching(/^use: npm run backup -- /)])
})

function run(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, built('backend/backup/main.ts', ...args), {
    env: { PATH: process.env.PATH!, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return { child, out: () => out, err: () => err, ended: new Promise<number | null>(done => child.once('close', done)) }
}
