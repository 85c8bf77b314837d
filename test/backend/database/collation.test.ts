// Two sides of a comparison with different collations: PostgreSQL takes "C", and the index of the side that has not "C" is of no use.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { connect, type Database } from '../../../backend/database/connection.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let testDatabase: TestDatabase
let db: Database
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  db = connect(testDatabase.url, 1)
})
afterAll(async () => {
  await db?.destroy()
  await testDatabase?.drop()
})

test('given every table, then columns that hold a 商户号 have one collation', async () => {
  const { rows } = await sql<{ name: string; collation: string | null }>`
    select table_name || '.' || column_name as name, collation_name as collation
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'text'
      and (column_name like '%mchid' or column_name = 'target_id')`.execute(db)
  expect(rows.length).toBeGreaterThan(40)
  expect(rows.filter(row => row.collation !== 'C').map(row => row.name)).toEqual([])
})
