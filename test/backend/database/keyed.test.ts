// Before PostgreSQL has statistics of a table, as while it is filled, a batch must still read its own rows and not all that the provider has.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { connect, type Database, type Trx } from '../../../backend/database/connection.ts'
import { merchantsWith } from '../../../backend/database/keyed.ts'
import { lockMerchants } from '../../../backend/evidence/record.ts'
import { heldMerchants } from '../../../backend/directory/portal-lists/judge.ts'
import { merchantFacts } from '../../../backend/evidence/watch.ts'
import { callerAs } from '../../bench/database.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const sp_mchid = '1900000001'
const all = 20_000
const batch = Array.from({ length: 2_000 }, (_, index) => String(1_900_000_000 + index * 10))
let testDatabase: TestDatabase
let db: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  await testDatabase.asOwner(`
    alter table sub_merchants set (autovacuum_enabled = false);
    -- what takes the time to write, and nothing here asks of it
    drop index sub_merchants_terms, sub_merchants_walk, sub_merchants_name, sub_merchants_pinyin, sub_merchants_initials, sub_merchants_search_name,
      sub_merchants_search_short_name, sub_merchants_since, sub_merchants_moved;
    set session_replication_role = replica;
    insert into provider (sp_mchid, name, updated_at) values ('${sp_mchid}', '示例服务商', now());
    insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms, region_code, created_at, updated_at)
    select '${sp_mchid}', (1900000000 + n)::text, '店', '店', '', '店', '店', '', 'dian', 'd', '{店}', '440305', now(), now() from generate_series(0, ${all - 1}) as n`)
  db = connect(testDatabase.url, 1)
})
afterAll(async () => {
  await db?.destroy()
  await testDatabase?.drop()
})

/** rows of the directory that a work looks at */
const rowsRead = (work: (trx: Trx) => Promise<unknown>): Promise<number> =>
  db.transaction().execute(async trx => {
    const read = async () =>
      (
        await sql<{ rows: number }>`
          select (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as rows from pg_stat_xact_user_tables where relname = 'sub_merchants'`.execute(
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

test('given one 商户号, then it alone is read', async () => {
  expect(await rowsRead(trx => lockMerchants(trx, sp_mchid, batch.slice(0, 1)))).toBeLessThanOrEqual(2)
})
