// What happened cannot be changed by the program: the database itself refuses.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { connect, type Database } from '../../backend/database/connection.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const appendOnly = ['evidence', 'evidence_withdrawals', 'operation_attempts', 'audit_entries', 'provider_default_open_changes']

test.each(appendOnly)('given the connection of the program, %s can be read but neither changed nor deleted nor emptied', async table => {
  await expect(sql`select * from ${sql.table(table)}`.execute(db)).resolves.toMatchObject({ rows: [] })
  await expect(sql`delete from ${sql.table(table)}`.execute(db)).rejects.toThrow(/permission denied/)
  await expect(sql`truncate ${sql.table(table)}`.execute(db)).rejects.toThrow(/permission denied/)
  const { rows } = await sql<{ column_name: string }>`
    select column_name from information_schema.columns where table_name = ${table} limit 1`.execute(db)
  const column = sql.ref(rows[0]!.column_name)
  await expect(sql`update ${sql.table(table)} set ${column} = ${column}`.execute(db)).rejects.toThrow(/permission denied/)
})

test('given the connection of the program, then it works as goldplan_app and cannot make or drop tables', async () => {
  const { rows } = await sql<{ role: string }>`select current_user as role`.execute(db)
  expect(rows[0]?.role).toBe('goldplan_app')
  await expect(sql`create table more (id integer)`.execute(db)).rejects.toThrow(/permission denied/)
  await expect(sql`drop table evidence`.execute(db)).rejects.toThrow(/must be owner/)
})
