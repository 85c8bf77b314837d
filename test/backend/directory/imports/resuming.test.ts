// A run that ends in the middle: killed, stopped, refused by the database. The next one goes on, and nothing is there twice.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { eventually } from '../../../support/eventually.ts'
import { importFile } from '../../../../backend/directory/imports/import.ts'
import { contentsOf, createImportWorld, sp_mchid, type ImportWorld } from './support/world.ts'
import { built } from '../../../support/programs.ts'

let world: ImportWorld
beforeEach(async () => {
  world = await createImportWorld()
})
afterEach(() => world.close())

const header = 'sub_mchid,name,region_code,gold_plan_jsapi,checked_at'
/** every 500th is a bad row, every 10th was looked at */
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    index % 500 === 499 ? `12,坏店,440305,,` : `${1_900_800_000 + index},第 ${index} 店,440305,${index % 10 ? ',' : 'open,2024-03-01'}`,
  )
const content = (count: number) => `${header}\n${rows(count).join('\n')}\n`
const runs = () => world.db.selectFrom('import_runs').selectAll().orderBy('started_at').execute()

/** What two databases must have in common: everything but ids and times of entries. */
async function endState(one: ImportWorld) {
  const { merchants, evidence, audit } = await contentsOf(one.db)
  const timeless = (row: unknown) => ({ ...(row as object), created_at: 0, updated_at: 0, recorded_at: 0, state_moved_on: 0 })
  const entries = (audit as { action: string; target_id: string; after: object }[]).map(({ action, target_id, after }) => {
    const { started_at: _, ...said } = after as { started_at?: string }
    return JSON.stringify([action, target_id, said])
  })
  return { merchants: merchants!.map(timeless), evidence: evidence!.map(timeless), entries: entries.sort() }
}

test('given a run killed with -9 in the middle, when it is run again, then it goes on there and ends as one that nobody killed', async () => {
  const count = 6_000
  const path = world.file('merchants.csv', content(count))
  const start = () =>
    spawn(process.execPath, built('backend/directory/imports/main.ts', path), {
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      env: { ...process.env, DATABASE_URL: world.url, SP_MCHID: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  const killed = start()
  const ended = new Promise(done => killed.once('close', done))
  await eventually('a batch to land', async () => ((await runs())[0]?.records ?? 0) >= 1_000, { every: 10 })
  killed.kill('SIGKILL')
  await ended
  const [half] = await runs()
  expect(half).toMatchObject({ finished_at: null })
  expect(half!.records).toBeLessThan(count)

  const again = start()
  let out = ''
  again.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  expect(await new Promise(done => again.once('close', done))).toBe(0)
  expect(out).toMatch(/接着上次中断的地方：前 [1-9]\d*000 行/)
  expect(out).toContain(`读了 ${count} 行：新增 ${count - 12}，更新 0，不变 0，退回 12`)
  expect(world.rows('merchants.rejects.csv').map(({ line }) => Number(line))).toEqual(
    Array.from({ length: 12 }, (_, index) => 501 + index * 500),
  )
  expect(await runs()).toMatchObject([{ records: count, rejected: 12, finished_at: expect.any(Date) }])

  const untouched = await createImportWorld()
  try {
    await untouched.run('merchants.csv', content(count))
    expect(await endState(world)).toEqual(await endState(untouched))
  } finally {
    await untouched.close()
  }
})

describe('a run that is stopped', () => {
  const half = () => {
    const stop = new AbortController()
    return world.run('merchants.csv', content(2_500), { signal: stop.signal, onProgress: () => stop.abort() })
  }
  test('given the signal, then it ends after a batch and says so; the next one goes on; the one after that reads all and changes nothing', async () => {
    const first = await half()
    expect(first).toMatchObject({ stopped: true, resumedAfter: 0 })
    expect(first.rows).toBeLessThan(2_500)
    expect(await world.run('merchants.csv', content(2_500))).toMatchObject({
      stopped: false,
      resumedAfter: first.rows,
      rows: 2_500,
      added: 2_495,
      rejected: 5,
    })
    const before = await contentsOf(world.db)
    expect(await world.run('merchants.csv', content(2_500))).toMatchObject({ resumedAfter: 0, added: 0, unchanged: 2_495, rejected: 5 })
    expect(await contentsOf(world.db)).toEqual(before)
  })
  test('given another file of merchants meanwhile, then the first begins again, so that what it says holds to its end', async () => {
    await half()
    await world.run('other.csv', `${header}\n1900800000,别的名字,440305,,\n`)
    world.clock.advance(1)
    expect(await world.run('merchants.csv', content(2_500))).toMatchObject({ resumedAfter: 0, rows: 2_500, updated: 1 })
  })
  test('given a day, then it begins again', async () => {
    await half()
    world.clock.advance(24 * 3_600_000)
    expect(await world.run('merchants.csv', content(2_500))).toMatchObject({ resumedAfter: 0, rows: 2_500 })
  })
  test('given the file was changed, then it is another file', async () => {
    await half()
    expect(await world.run('merchants.csv', `${content(2_500)}1900900000,新店,440305,,\n`)).toMatchObject({ resumedAfter: 0, rows: 2_501 })
  })
})

test('given two runs of one file at once, then one lands it, the other says why it does not, and the rejects file is whole', async () => {
  const path = world.file('merchants.csv', content(2_500))
  const run = () => importFile({ database: world.db, clock: world.clock, sp_mchid, path })
  const both = await Promise.allSettled([run(), run(), run()])
  const failed = both.flatMap(one => (one.status === 'rejected' ? [(one.reason as Error).message] : []))
  for (const message of failed) expect(message).toContain('另一个导入正在处理同一个文件')
  expect(failed.length).toBeLessThan(3)
  const { count } = await world.db
    .selectFrom('audit_entries')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('action', '=', 'merchant.added')
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(2_495)
  expect(world.rows('merchants.rejects.csv').map(({ line }) => line)).toEqual(['501', '1001', '1501', '2001', '2501'])
})

test('given a process that is stopped in the middle of a batch, then its rows are free within seconds, and it can be run again', async () => {
  const owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  // long enough for the process to be stopped while its statement runs
  await owner.query(`create function slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(2); return null; end $$`)
  await owner.query('create trigger slowly after insert on sub_merchants for each statement execute function slowly()')
  const path = world.file('merchants.csv', content(10))
  const child = spawn(process.execPath, built('backend/directory/imports/main.ts', path), {
    cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
    env: { ...process.env, DATABASE_URL: world.url, SP_MCHID: '' },
    stdio: 'ignore',
  })
  const ended = new Promise(done => child.once('close', done))
  const waiting = async (condition: string) =>
    (await owner.query(`select 1 from pg_stat_activity where datname = current_database() and ${condition}`)).rowCount! > 0
  try {
    await eventually('the batch to be written', () => waiting(`wait_event = 'PgSleep'`), { every: 20 })
    child.kill('SIGSTOP')
    await eventually('the batch to be left open', () => waiting(`state = 'idle in transaction'`), { every: 50 })
    await eventually('its rows to be free', async () => !(await waiting('backend_xid is not null')), { every: 200 })
  } finally {
    child.kill('SIGKILL')
    await ended
    await owner.query('drop trigger slowly on sub_merchants')
    await owner.end()
  }
  await eventually(
    'the file to be let go',
    async () => (await world.run('merchants.csv', content(10)).catch(() => ({ added: 0 }))).added === 10,
    { every: 100 },
  )
})

describe('a dry run', () => {
  test('given a file, then it says what would change and writes nothing, neither rows nor files nor how far it came', async () => {
    await world.run('merchants.csv', `${header}\n1900800000,旧名,440305,,\n`)
    const before = await contentsOf(world.db)
    const started = (await runs()).length
    const report = await world.run('dry.csv', content(1_200), { dryRun: true })
    expect(report).toMatchObject({ added: 1_197, updated: 1, checks: 120, rejected: 2, rejectsPath: null })
    expect(report.examples).toContain('更新 1900800000 name: 旧名 → 第 0 店')
    expect(report.rejections.map(({ line }) => line)).toEqual([501, 1_001])
    expect(await contentsOf(world.db)).toEqual(before)
    expect(await runs()).toHaveLength(started)
    expect(() => world.rows('dry.rejects.csv')).toThrow('ENOENT')
    expect(await world.run('dry.csv', content(1_200))).toMatchObject({ added: 1_197, updated: 1, checks: 120, rejected: 2 })
  })
})

test('given a run that changed something, then the trail has one entry of it with its counts and the hash of the file', async () => {
  await world.run('merchants.csv', content(600))
  const entry = await world.db.selectFrom('audit_entries').selectAll().where('action', '=', 'import.finished').executeTakeFirstOrThrow()
  expect(entry).toMatchObject({ actor_id: 'import', target_type: 'provider', target_id: sp_mchid })
  expect(entry.after).toMatchObject({ kind: 'merchants', file: 'merchants.csv', rows: 600, added: 599, checks: 60, rejected: 1 })
  expect((entry.after as unknown as { file_sha256: string }).file_sha256).toMatch(/^[0-9a-f]{64}$/)
  const [run] = await runs()
  expect(entry.request_id).toBe(run!.id)
})
