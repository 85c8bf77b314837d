// Two batches of merchants are written at once: what one of them meets must not be seen in what the file leaves behind.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { aloneLimits } from '../../../../backend/database/client.ts'
import { connect, type Database } from '../../../../backend/database/connection.ts'
import { importFile } from '../../../../backend/directory/imports/import.ts'
import { BatchBeforeFailed, Lanes } from '../../../../backend/directory/imports/lanes.ts'
import { eventually } from '../../../support/eventually.ts'
import { built } from '../../../support/programs.ts'
import { createImportWorld, sp_mchid, type ImportWorld } from './support/world.ts'

let world: ImportWorld
let owner: pg.Client
/** waits for as long as a slow machine needs */
let database: Database
beforeEach(async () => {
  world = await createImportWorld()
  database = connect(world.url, 12, { ...aloneLimits, lockMs: 60_000 })
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
})
afterEach(async () => {
  await owner.end()
  await database.destroy()
  await world.close()
})

const header = 'sub_mchid,name,region_code'
/** rows of the first batches */
const size = 1_000
const shop = (index: number) => String(1_900_800_000 + index)
const rows = (count: number) => Array.from({ length: count }, (_, index) => `${shop(index)},第 ${index} 店,440305`)
const fileOf = (lines: readonly string[]) => `${header}\n${lines.join('\n')}\n`

const gate = 77
/** Whoever writes this shop waits until the gate is open, and then fails if it says so. @returns what opens the gate */
async function holdAt(sub_mchid: string, fails: boolean): Promise<() => Promise<unknown>> {
  await owner.query(`
    create function held() returns trigger language plpgsql as $$
    begin
      perform set_config('lock_timeout', '0', true);
      perform pg_advisory_lock_shared(${gate});
      perform pg_advisory_unlock_shared(${gate});
      ${fails ? `raise exception 'the disk is full' using errcode = '53100';` : ''}
      return new;
    end $$;
    create trigger held before insert on sub_merchants for each row when (new.sub_mchid = '${sub_mchid}') execute function held()`)
  await owner.query(`select pg_advisory_lock(${gate})`)
  return () => owner.query(`select pg_advisory_unlock(${gate})`)
}
const mend = () => owner.query('drop trigger held on sub_merchants; drop function held()')
const sessions = async (condition: string): Promise<number> => {
  const { rows } = await owner.query<{ count: string }>(
    `select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
  )
  return Number(rows[0]!.count)
}
const atTheGate = () =>
  eventually('a batch to wait', async () => (await sessions(`wait_event = 'advisory' and query like '%insert into%'`)) === 1, patience)
/** The first batch, which is not the one at the gate. */
const firstLanded = () =>
  eventually(
    'the first batch to land',
    async () => (await world.db.selectFrom('import_runs').select('records').executeTakeFirstOrThrow()).records === size,
    patience,
  )
/** It has written its rows and waits for the one before. */
const writtenBehind = () =>
  eventually(
    'the batch behind to be written',
    async () => (await sessions(`state = 'idle in transaction' and backend_xid is not null and usename = 'goldplan_app'`)) === 1,
    patience,
  )
const patience = { every: 20 }

const merchants = async () =>
  (await world.db.selectFrom('sub_merchants').select('sub_mchid').orderBy('sub_mchid').execute()).map(row => row.sub_mchid)
const added = async () => {
  const entries = await world.db.selectFrom('audit_entries').select('target_id').where('action', '=', 'merchant.added').execute()
  return entries.map(entry => entry.target_id).sort()
}
const all = (count: number) => Array.from({ length: count }, (_, index) => shop(index))

test('given a batch that fails while the one behind it is written, then neither lands, what was before stays, and the next run lands each once', async () => {
  const open = await holdAt(shop(size + 5), true)
  const told: number[] = []
  const running = world.run('merchants.csv', fileOf(rows(4 * size)), { database, onProgress: progress => told.push(progress.rows) })
  const failed = expect(running).rejects.toThrow('the disk is full')
  await atTheGate()
  await firstLanded()
  await writtenBehind()
  expect(await merchants()).toEqual(all(size))
  await open()
  await failed
  expect(told).toEqual([size])
  expect(await merchants()).toEqual(all(size))
  expect(await added()).toEqual(all(size))
  await mend()
  expect(await world.run('merchants.csv', fileOf(rows(4 * size)))).toMatchObject({
    resumedAfter: size,
    rows: 4 * size,
    added: 4 * size,
    unchanged: 0,
  })
  expect(await added()).toEqual(all(4 * size))
})

test('given kill -9 while two batches are written, when it is run again, then it goes on behind what had landed, and nothing is there twice', async () => {
  const open = await holdAt(shop(size + 5), false)
  const path = world.file('merchants.csv', fileOf(rows(3 * size)))
  const child = spawn(process.execPath, built('backend/directory/imports/main.ts', path), {
    cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
    env: { ...process.env, DATABASE_URL: world.url, SP_MCHID: '' },
    stdio: 'ignore',
  })
  const ended = new Promise(done => child.once('close', done))
  await atTheGate()
  await firstLanded()
  await writtenBehind()
  child.kill('SIGKILL')
  await ended
  await open()
  await eventually('its sessions to end', async () => (await sessions(`backend_xid is not null`)) === 0, patience)
  await mend()
  expect(await world.run('merchants.csv', fileOf(rows(3 * size)))).toMatchObject({ resumedAfter: size, added: 3 * size, unchanged: 0 })
  expect(await added()).toEqual(all(3 * size))
})

test('given the same shop in two batches, then the later line is rejected with the line of the first, whichever is written sooner', async () => {
  const open = await holdAt(shop(5), false)
  const lines = rows(2 * size)
  lines[size + 5] = `${shop(5)},另一个名字,440305`
  const running = world.run('merchants.csv', fileOf(lines), { database })
  await atTheGate()
  await writtenBehind()
  await open()
  expect(await running).toMatchObject({ added: 2 * size - 1, rejected: 1 })
  expect(world.rows('merchants.rejects.csv')).toMatchObject([
    { line: String(size + 7), sub_mchid: shop(5), reason: '与第 7 行是同一个商户号，以前面的为准' },
  ])
  expect(await world.db.selectFrom('sub_merchants').select('name').where('sub_mchid', '=', shop(5)).execute()).toEqual([
    { name: '第 5 店' },
  ])
})

test('given shops that are there in both batches, then the later batch locks none before the earlier has landed: nobody who waits for one holds up the other', async () => {
  await world.run('before.csv', fileOf(rows(2 * size)))
  const lines = rows(2 * size).map((line, index) => (index % size === 0 ? `${line.split(',')[0]},新名字,440305` : line))
  // something to write for the batch behind before it waits
  lines.push(`${shop(3 * size)},新店,440305`)
  const somebody = new pg.Client({ connectionString: world.ownerUrl })
  await somebody.connect()
  try {
    await somebody.query('begin')
    await somebody.query(`select from sub_merchants where sub_mchid = $1 for update`, [shop(0)])
    const running = world.run('merchants.csv', fileOf([...lines.slice(0, size), lines.at(-1)!, ...lines.slice(size, -1)]), { database })
    await eventually('the first batch to wait for its shop', async () => (await sessions(`wait_event_type = 'Lock'`)) === 1, patience)
    await writtenBehind()
    const next = await somebody.query(`select from sub_merchants where sub_mchid = $1 for update nowait`, [shop(size)])
    expect(next.rowCount).toBe(1)
    await somebody.query('commit')
    expect(await running).toMatchObject({ added: 1, updated: 2, unchanged: 2 * size - 2 })
  } finally {
    await somebody.end()
  }
})

test('given another file of the same company meanwhile, then it is let in between two batches and ends before the longer one', async () => {
  const open = await holdAt(shop(5), false)
  const long = world.run('long.csv', fileOf(rows(4 * size)), { database })
  await atTheGate()
  const order: string[] = []
  const path = world.file('short.csv', fileOf([`${shop(9 * size)},别的店,440305`, `${shop(3 * size + 1)},同一家店,440305`]))
  const short = importFile({ database, clock: world.clock, sp_mchid, path }).then(report => {
    order.push('short')
    return report
  })
  const asked = `wait_event = 'advisory' and query like '%pg_advisory_xact_lock%'`
  await eventually('the second to wait for its turn', async () => (await sessions(asked)) === 1, patience)
  await eventually(
    'the first to have looked who waits',
    async () =>
      (await sessions(
        `query like '%from pg_locks%' and state = 'idle in transaction' and query_start > (select max(query_start) from pg_stat_activity where ${asked})`,
      )) === 1,
    patience,
  )
  await open()
  expect(await short).toMatchObject({ added: 2 })
  expect(await long.finally(() => order.push('long'))).toMatchObject({ added: 4 * size - 1, updated: 1 })
  expect(order).toEqual(['short', 'long'])
})

test('given a directory of which the planner knows nothing, when it is filled, then a batch reads none of the shops that are there already', async () => {
  await owner.query('alter table sub_merchants set (autovacuum_enabled = false)')
  const filling = connect(world.url)
  try {
    expect(await world.run('merchants.csv', fileOf(rows(5 * size)), { database: filling })).toMatchObject({ added: 5 * size })
  } finally {
    await filling.destroy()
  }
  const read = async () => {
    const { rows: found } = await owner.query<{ fetched: number; written: number }>(`
      select (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as fetched, n_tup_ins::integer as written
      from pg_stat_user_tables where relname = 'sub_merchants'`)
    return found[0]!
  }
  // a session tells what it read when it ends
  await eventually('its sessions to have told what they read', async () => (await read()).written === 5 * size, patience)
  expect((await read()).fetched).toBeLessThan(2 * size)
})

test('given work in two lanes, then each is told of the end of the one before, and what is thrown is the first failure', async () => {
  const lanes = new Lanes()
  const seen: string[] = []
  let open: () => void = () => undefined
  const opened = new Promise<void>(done => (open = done))
  lanes.start(async before => {
    await before
    await opened
    throw new Error('first')
  })
  lanes.start(async before => {
    await before.catch((error: unknown) => {
      seen.push(error instanceof BatchBeforeFailed ? 'before' : 'other')
      throw error
    })
  })
  const free = lanes.fewerThan(2)
  open()
  await expect(free).rejects.toThrow('first')
  await lanes.settled()
  expect(seen).toEqual(['before'])
  await expect(lanes.fewerThan(1)).rejects.toThrow('first')
})
