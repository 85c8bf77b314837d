// The trail proves itself: what the owner of the database does behind the program's back is named, and nothing that was written is left out of a seal.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import pg from 'pg'
import { manualClock, type ManualClock } from '../../../../backend/platform/clock.ts'
import { aloneLimits } from '../../../../backend/database/client.ts'
import { connect, type Database } from '../../../../backend/database/connection.ts'
import { sealedColumns } from '../../../../backend/platform/audit/leaf.ts'
import { beginning, chainedRoot, leafOf, rootOf } from '../../../../backend/platform/audit/merkle.ts'
import { recordAudit } from '../../../../backend/platform/audit/record.ts'
import { sealAudit } from '../../../../backend/platform/audit/sealing.ts'
import { verifyAudit } from '../../../../backend/platform/audit/verify.ts'
import { eventually } from '../../../support/eventually.ts'
import { createTestDatabase, DEMO_MOMENT, type TestDatabase } from '../../../support/database.ts'

const minute = 60_000
let database: TestDatabase
let db: Database
let clock: ManualClock
beforeAll(async () => {
  database = await createTestDatabase()
  db = connect(database.url, 4, aloneLimits)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})
beforeEach(async () => {
  await database.asOwner('truncate audit_entries, audit_seals')
  clock = manualClock(DEMO_MOMENT)
})

const entry = (id: string, at = clock.now()) => ({
  sp_mchid: '1900000001',
  at,
  actor: { staff_id: 'staff-operator', role: 'operator' as const },
  action: 'receipt.open',
  target: { type: 'sub_merchant' as const, id },
  before: { receipt: 'closed' },
  after: { receipt: 'open', note: '"引号", 逗号' },
  reason: null,
  origin: { request_id: `request-${id}`, client: '1.0.0' },
})
const write = (id: string, at?: Date) => db.transaction().execute(trx => recordAudit(trx, entry(id, at)))
const idOf = async (target: string) =>
  (await db.selectFrom('audit_entries').select('id').where('target_id', '=', target).executeTakeFirstOrThrow()).id

/** Transactions of every database of a server are in one order: those of other tests hold up a seal, too. */
async function allClosed(): Promise<void> {
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(db)
  const closed = sql<{ closed: boolean }>`select pg_snapshot_xmin(pg_current_snapshot()) > ${rows[0]!.xid}::xid8 as closed`
  await eventually('every transaction is closed', async () => (await closed.execute(db)).rows[0]!.closed)
}

/** A minute later. */
async function seal(on = db, most?: number): Promise<number> {
  await allClosed()
  clock.advance(minute)
  return sealAudit({ db: on, clock }, () => true, most)
}

/** Three minutes with two entries each, all sealed. */
async function sealedTrail(): Promise<void> {
  for (const round of [1, 2, 3]) {
    await write(`${round}a`)
    await write(`${round}b`)
    expect(await seal()).toBe(2)
  }
}

describe('given a trail that was written and sealed', () => {
  // sealed once, and for each test the same rows: a seal waits for every transaction of the server
  beforeAll(async () => {
    clock = manualClock(DEMO_MOMENT)
    await sealedTrail()
    await database.asOwner('create table sealed_entries as table audit_entries; create table seals as table audit_seals')
  })
  beforeEach(async () => {
    await database.asOwner('insert into audit_entries table sealed_entries; insert into audit_seals table seals')
    clock.advance(3 * minute)
  })

  test('then it is proven, with its root and how many entries it stands for', async () => {
    const verified = await verifyAudit(db)
    expect(verified).toMatchObject({ faults: [], faultCount: 0, seals: 3, entries: 6, waiting: 0 })
    expect(verified.root).toHaveLength(32)
    expect(await verifyAudit(db, verified.root)).toEqual(verified)
  })

  test('then what is written later waits for the next seal, and a root that was kept still holds', async () => {
    const { root } = await verifyAudit(db)
    await write('later')
    expect(await verifyAudit(db, root)).toMatchObject({ faultCount: 0, waiting: 1, root })
    await seal()
    expect(await verifyAudit(db, root)).toMatchObject({ faultCount: 0, waiting: 0, entries: 7, seals: 4 })
  })

  test('then a seal holds every column of an entry but the number of its transaction', async () => {
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      `select attname::text as name from pg_attribute where attrelid = 'audit_entries'::regclass and attnum > 0 and not attisdropped`,
    )
    await client.end()
    expect([...sealedColumns, 'written_in'].toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  })

  test.each([
    ['sp_mchid', `'1900000002'`],
    ['at', `at + interval '1 millisecond'`],
    ['actor_id', `'somebody'`],
    ['actor_id', 'null'],
    ['actor_role', `'admin'`],
    ['action', `'receipt.close'`],
    ['target_type', `'staff'`],
    ['target_id', `target_id || ' '`],
    ['before', `'{"receipt": "open"}'`],
    ['after', `after - 'note'`],
    ['reason', `''`],
    ['request_id', `'another'`],
    ['client', 'null'],
  ])('when the owner sets its %s to %s, then the entry is named with its minute', async (column, value) => {
    const id = await idOf('2a')
    await database.asOwner(`update audit_entries set "${column}" = ${value} where id = '${id}'`)
    const { faults, faultCount } = await verifyAudit(db)
    expect([faultCount, faults]).toEqual([1, [expect.objectContaining({ what: 'changed', seal: 2, entry: id })]])
    expect(faults[0]!.at!.getTime() - DEMO_MOMENT.getTime()).toBeLessThan(2 * minute)
  })

  test('when the owner writes an entry anew as it was, then nothing fails: nothing was changed', async () => {
    await database.asOwner(`create table kept as select * from audit_entries where target_id = '2a';
      delete from audit_entries where target_id = '2a'; insert into audit_entries select * from kept`)
    expect((await verifyAudit(db)).faultCount).toBe(0)
  })

  test('when the owner removes entries, then each is named, the oldest first', async () => {
    const ids = [await idOf('1b'), await idOf('3a')]
    await database.asOwner(`delete from audit_entries where target_id in ('1b', '3a')`)
    const { faults } = await verifyAudit(db)
    expect(faults.map(({ what, seal, entry }) => [what, seal, entry])).toEqual([
      ['removed', 1, ids[0]],
      ['removed', 3, ids[1]],
    ])
  })

  test('when the owner slips an entry in with the transaction of a sealed one, then it is named', async () => {
    await database.asOwner(`insert into audit_entries (sp_mchid, at, action, target_type, target_id, written_in)
      select sp_mchid, at, 'receipt.close', target_type, 'slipped', written_in from audit_entries where target_id = '2a'`)
    const { faults } = await verifyAudit(db)
    expect(faults).toMatchObject([{ what: 'slipped_in', seal: null, entry: await idOf('slipped') }])
  })

  test('when the owner adds an entry of last week, then it is named before and after it is sealed, and no more once its root was kept', async () => {
    await database.asOwner(`insert into audit_entries (sp_mchid, at, action, target_type, target_id)
      select sp_mchid, at - interval '7 days', action, target_type, 'slipped' from audit_entries where target_id = '2a'`)
    const id = await idOf('slipped')
    expect((await verifyAudit(db)).faults).toMatchObject([{ what: 'late', seal: null, entry: id }])
    await seal()
    const verified = await verifyAudit(db)
    expect(verified.faults).toMatchObject([{ what: 'late', seal: 4, entry: id }])
    expect((await verifyAudit(db, verified.root)).faults).toEqual([])
  })

  test.each([
    ['its root', `root = sha256('another')`],
    ['the hash of an entry', `leaves = sha256('another') || substr(leaves, 33)`],
    ['the root of its entries', `entries_root = sha256('another')`],
    ['the order of its entries', 'entries = array[entries[2], entries[1]]'],
    ['its time', `sealed_at = sealed_at + interval '1 second'`],
    ['what it follows', `previous = sha256('another')`],
  ])('when the owner changes %s in a seal, then the seal is named first', async (_what, change) => {
    await database.asOwner(`update audit_seals set ${change} where number = 2`)
    expect((await verifyAudit(db)).faults[0]).toMatchObject({ what: 'seal_changed', seal: 2, entry: null })
  })

  test('when the owner takes a seal away with its entries, then the seal is named', async () => {
    await database.asOwner(`delete from audit_entries where target_id in ('2a', '2b'); delete from audit_seals where number = 2`)
    expect((await verifyAudit(db)).faults[0]).toMatchObject({ what: 'seal_missing', seal: 2 })
  })

  test('when the owner takes the newest seal away with its entries, then only a root that was kept shows it', async () => {
    const { root } = await verifyAudit(db)
    await database.asOwner(`delete from audit_entries where target_id in ('3a', '3b'); delete from audit_seals where number = 3`)
    expect((await verifyAudit(db)).faults).toEqual([])
    expect((await verifyAudit(db, root)).faults).toMatchObject([{ what: 'root_unknown' }])
  })

  test('when the owner changes an entry and makes every seal anew, then a root that was kept shows it', async () => {
    const { root } = await verifyAudit(db)
    await database.asOwner(`update audit_entries set reason = 'nicer' where target_id = '1a'; delete from audit_seals`)
    await seal()
    expect((await verifyAudit(db)).faults).toEqual([])
    expect((await verifyAudit(db, root)).faults).toMatchObject([{ what: 'root_unknown' }])
  })
})

test('given an entry, then its leaf is SHA-256 over its columns as a JSON array, in the order that is written down', async () => {
  await write('1')
  await seal()
  const id = await idOf('1')
  const sealed = await db.selectFrom('audit_seals').selectAll().executeTakeFirstOrThrow()
  // jsonb: a blank after each comma and colon, shorter keys first
  const text = `["${id}", "1900000001", "2026-11-23T02:00:00.000000Z", "staff-operator", "operator", "receipt.open", "sub_merchant", "1", {"receipt": "closed"}, {"note": "\\"引号\\", 逗号", "receipt": "open"}, null, "request-1", "1.0.0"]`
  const leaves = leafOf(Buffer.from(text))
  expect(sealed.leaves).toEqual(leaves)
  expect(sealed.entries_root).toEqual(rootOf(leaves))
  const { sealed_at, entries_root } = sealed
  expect(sealed.root).toEqual(chainedRoot({ number: 1, sealed_at, entries: [id], entries_root, previous: beginning }))
})

test('given a transaction that began earlier and commits later, then no entry is sealed past it, and none is left out', async () => {
  const late = new pg.Client({ connectionString: database.url })
  await late.connect()
  await late.query('begin')
  await late.query(`insert into audit_entries (sp_mchid, at, action, target_type, target_id) values ('1', $1, 'a', 'staff', 'open')`, [
    clock.now(),
  ])
  await write('meanwhile')
  clock.advance(minute)
  expect(await sealAudit({ db, clock })).toBe(0)
  await late.query('commit')
  await late.end()
  expect(await seal()).toBe(2)
  expect(await verifyAudit(db)).toMatchObject({ faultCount: 0, entries: 2, waiting: 0 })
})

test('given a clock that goes back, then what is written afterwards is in the next seal', async () => {
  await write('before')
  await seal()
  clock.set(new Date(clock.now().getTime() - 30 * minute))
  await write('after')
  await allClosed()
  expect(await sealAudit({ db, clock })).toBe(1)
  expect(await verifyAudit(db)).toMatchObject({ faultCount: 0, seals: 2, entries: 2 })
})

test('given a minute that is sealed, then it is not sealed again before the next one', async () => {
  await write('1')
  expect(await seal()).toBe(1)
  await write('2')
  await allClosed()
  expect(await sealAudit({ db, clock })).toBe(0)
  expect(await seal()).toBe(1)
})

test('given more entries than a seal holds, also of one transaction, then further seals follow at once', async () => {
  await db.transaction().execute(async trx => {
    for (let index = 0; index < 7; index += 1) await recordAudit(trx, entry(`many-${index}`))
  })
  expect(await seal(db, 3)).toBe(7)
  expect(await verifyAudit(db)).toMatchObject({ faultCount: 0, seals: 3, entries: 7, waiting: 0 })
})

test('given several processes that seal while others write, then every entry is in one seal and the chain is whole', async () => {
  const other = connect(database.url, 4, aloneLimits)
  const writing = Promise.all(Array.from({ length: 40 }, (_, index) => write(`w${index}`)))
  for (let round = 0; round < 10; round += 1) {
    clock.advance(minute)
    await Promise.all([sealAudit({ db, clock }), sealAudit({ db: other, clock }), sealAudit({ db, clock })])
  }
  await writing
  await seal(other)
  await other.destroy()
  expect(await verifyAudit(db)).toMatchObject({ faultCount: 0, entries: 40, waiting: 0 })
})

test('given a process that dies while it seals, then nothing is sealed by half, and another one seals', async () => {
  await write('1')
  await allClosed()
  // the seal waits behind this lock, made but not committed to
  const blocking = new pg.Client({ connectionString: database.ownerUrl })
  await blocking.connect()
  await blocking.query('begin; lock table audit_seals in share row exclusive mode')
  const dying = connect(database.url, 1, aloneLimits)
  const sealing = sealAudit({ db: dying, clock }).catch((error: Error) => error)
  const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  const pid = await eventually('the seal waits', async () => {
    // a transaction looks at activity once and keeps what it saw
    await blocking.query('select pg_stat_clear_snapshot()')
    return (await blocking.query<{ pid: number }>(waiting)).rows[0]?.pid
  })
  await blocking.query(`select pg_terminate_backend(${pid})`)
  expect(await sealing).toBeInstanceOf(Error)
  await blocking.query('rollback')
  await blocking.end()
  await dying.destroy()
  expect(await verifyAudit(db)).toMatchObject({ seals: 0, waiting: 1 })
  expect(await seal()).toBe(1)
  expect(await verifyAudit(db)).toMatchObject({ faultCount: 0, seals: 1 })
})

describe('given a trail that came from another server', () => {
  test.each([
    [
      'a backup, which keeps no numbers of transactions',
      `update audit_entries set written_in = pg_current_xact_id(); update audit_seals set upto_xid = null`,
    ],
    [
      'a dump, whose numbers of transactions are far ahead',
      `update audit_entries set written_in = '9000000000'; update audit_seals set upto_xid = '9000000001'`,
    ],
  ])('by %s, then what was sealed stays sealed, and what was not is sealed once', async (_how, arrive) => {
    await sealedTrail()
    const { root } = await verifyAudit(db)
    await write('not sealed 1')
    await write('not sealed 2')
    await database.asOwner(arrive)
    expect(await verifyAudit(db, root)).toMatchObject({ faultCount: 0, waiting: 2 })
    await seal(db, 1)
    await write('here')
    await seal(db, 1)
    await seal(db, 1)
    expect(await verifyAudit(db, root)).toMatchObject({ faultCount: 0, entries: 9, waiting: 0 })
  })
})
