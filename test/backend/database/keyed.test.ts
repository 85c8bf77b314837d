// Before PostgreSQL has statistics of a table, as while it is filled, a batch must still read its own rows and not all that the provider has.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { connect, type Database, type Trx } from '../../../backend/database/connection.ts'
import { merchantsOf, merchantsWith } from '../../../backend/database/keyed.ts'
import { lockMerchants } from '../../../backend/evidence/record.ts'
import { heldMerchants } from '../../../backend/directory/portal-lists/judge.ts'
import { merchantFacts } from '../../../backend/evidence/watch.ts'
import { countShops, lockNext } from '../../../backend/directory/assignments/meant.ts'
import { candidates } from '../../../backend/controls/rollouts/create.ts'
import { moveShops } from '../../../backend/directory/assignments/move.ts'
import { ordersOf } from '../../../backend/evidence/bills/conclude.ts'
import { callerAs } from '../../bench/database.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const sp_mchid = '1900000001'
const all = 20_000
const now = new Date('2026-11-30T02:00:00Z')
const batch = Array.from({ length: 2_000 }, (_, index) => String(1_900_000_000 + index * 10))
let testDatabase: TestDatabase
let db: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  await testDatabase.asOwner(`
    alter table sub_merchants set (autovacuum_enabled = false);
    -- what takes the time to write, and nothing here asks of it
    drop index sub_merchants_terms, sub_merchants_pinyin, sub_merchants_initials, sub_merchants_search_name,
      sub_merchants_search_short_name, sub_merchants_since, sub_merchants_moved;
    set session_replication_role = replica;
    insert into provider (sp_mchid, name, updated_at) values ('${sp_mchid}', '示例服务商', now());
    insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms, region_code, created_at, updated_at)
    select '${sp_mchid}', (1900000000 + n)::text, '店', '店', '', '店', '店', '', 'dian', 'd', '{店}', '440305', now(), now() from generate_series(0, ${all - 1}) as n;
    alter table payment_days set (autovacuum_enabled = false);
    insert into payment_days (sp_mchid, sub_mchid, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
    select '${sp_mchid}', (1900000000 + n)::text, '2026-11-28', 30, '{}', 30, 0, 0, 0, 0, 0, 0, array_fill(0, array[24]), array_fill(0, array[6]) from generate_series(0, ${all - 1}) as n`)
  db = connect(testDatabase.url, 1)
})
afterAll(async () => {
  await db?.destroy()
  await testDatabase?.drop()
})

/** rows of a table that a work looks at */
const rowsRead = (work: (trx: Trx) => Promise<unknown>, table = 'sub_merchants'): Promise<number> =>
  db.transaction().execute(async trx => {
    const read = async () =>
      (
        await sql<{ rows: number }>`
          select (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as rows from pg_stat_xact_user_tables where relname = ${table}`.execute(
          trx,
        )
      ).rows[0]!.rows
    const before = await read()
    await work(trx)
    return (await read()) - before
  })

test.each<[string, (trx: Trx) => Promise<unknown>]>([
  ['locked', trx => lockMerchants(trx, sp_mchid, batch)],
  ['looked at by the watch', trx => merchantFacts(trx, sp_mchid, batch)],
  ["compared with a console's list", trx => heldMerchants(trx, callerAs('operator'), batch, true)],
  ['counted for an assignment', trx => countShops(trx, callerAs('operator'), { sub_mchids: batch }, null, now)],
  [
    'meant by a rollout',
    trx => candidates(trx, callerAs('operator'), { name: '开通', action: 'gold_plan.open', numbers: batch }, batch, now),
  ],
  [
    'under one of two numbers',
    trx =>
      trx
        .selectFrom(merchantsWith([sp_mchid, '1900000002'], batch))
        .select('name')
        .execute(),
  ],
])('given a batch that is %s before there are statistics, then its own rows are read and no others', async (_, work) => {
  expect(await rowsRead(work)).toBeLessThanOrEqual(batch.length * 2)
})

test('given a list of which a part is next, then no more than that part is read, and it begins behind the last one', async () => {
  const part = { responsible: null, staff_id: null, most: 100, now }
  const next = (after: string) => (trx: Trx) =>
    lockNext(trx, callerAs('operator'), { sub_mchids: batch.toReversed() }, { ...part, after: { sp_mchid, sub_mchid: after } })
  expect(await rowsRead(next(batch[99]!))).toBeLessThanOrEqual(110)
  const rows = await db.transaction().execute(next(batch[99]!))
  expect(rows.map(row => row.sub_mchid)).toEqual(batch.slice(100, 200))
})

test('given a thousand shops that change hands, then they are read and no others', async () => {
  const moved = (trx: Trx) =>
    moveShops(
      trx,
      { from: merchantsOf(batch.slice(0, 1_000).map(sub_mchid => ({ sp_mchid, sub_mchid }))), where: sql<boolean>`true` },
      null,
      { actor: { staff_id: 'staff-operator', role: 'operator' }, origin: { request_id: 'moved-shops', client: null } },
      now,
    )
  expect(await rowsRead(moved)).toBeLessThanOrEqual(2_000)
})

test('given the days of a batch of merchants, then theirs are read and no others', async () => {
  const orders = (trx: Trx) => ordersOf(trx, { sp_mchid, home: sp_mchid, day: '2026-11-29' }, batch.slice(0, 500))
  expect(await rowsRead(orders, 'payment_days')).toBe(500)
})

test('given one 商户号, then it alone is read', async () => {
  expect(await rowsRead(trx => lockMerchants(trx, sp_mchid, batch.slice(0, 1)))).toBeLessThanOrEqual(2)
})
