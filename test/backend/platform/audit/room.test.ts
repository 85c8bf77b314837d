// What the indexes of the trail cost: each write of the product leaves an entry in all of them.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'

let testDatabase: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = new pg.Client({ connectionString: testDatabase.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await testDatabase?.drop()
})

const sizes = async () =>
  (
    await owner.query<{ name: string; bytes: number }>(
      `select indexname as name, pg_relation_size(indexname::regclass)::float8 as bytes from pg_indexes where tablename = 'audit_entries' order by 1`,
    )
  ).rows

test('given entries that are written one batch after the other, then the pages of each index by time are as full as those of an index that is made anew', async () => {
  for (let batch = 0; batch < 20; batch += 1)
    await owner.query(
      `insert into audit_entries (id, sp_mchid, at, actor_id, action, target_type, target_id)
       select ('01900000-0000-7000-8000-' || lpad(to_hex($1 * 2000 + n), 12, '0'))::uuid, '1900000001', '2026-11-23T02:00:00Z'::timestamptz + make_interval(secs => $1),
         'import', 'merchant.added', 'sub_merchant', (1900000000 + (n * 7919 + $1) % 899999)::text
       from generate_series(1, 2000) as n`,
      [batch],
    )
  const written = await sizes()
  await owner.query('reindex table audit_entries')
  const anew = new Map((await sizes()).map(({ name, bytes }) => [name, bytes]))
  const shares = written.map(({ name, bytes }) => ({ name, share: bytes / anew.get(name)! }))
  // what is found by its target is written anywhere
  const byTime = shares.filter(({ name }) => name !== 'audit_entries_of_target')
  expect(byTime.length).toBeGreaterThanOrEqual(5)
  expect(byTime.filter(({ share }) => share > 1.3)).toEqual([])
})
