import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { connect, plannedOnce, type Database } from '../../../backend/database/connection.ts'
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

test('given a statement that is planned once, when it is asked with different values, then the connection prepared it alone and answers each', async () => {
  const length = async (text: string) =>
    (await sql<{ length: number }>`${plannedOnce('length of a text')} select length(${text}::text)`.execute(db)).rows[0]!.length
  expect([await length('科技面馆'), await length('面')]).toEqual([4, 1])
  await db.selectFrom('staff').selectAll().where('id', '=', 'nobody').execute()
  const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(db)
  expect(rows).toEqual([{ name: 'length of a text' }])
})

test('given a connection, then it works as the role that cannot change what is append-only, and compiles no statement', async () => {
  const { rows } = await sql`select current_user as role, current_setting('jit') as jit, current_setting('TimeZone') as zone`.execute(db)
  expect(rows).toEqual([{ role: 'goldplan_app', jit: 'off', zone: 'UTC' }])
})
