// Every column of the database is written by something that a provider can do.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { columnsWithoutDoor, productSources, type Column } from '../../../scripts/checks/doors.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let columns: Column[]
beforeAll(async () => {
  database = await createTestDatabase()
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  // what the database makes by itself needs no door
  const { rows } = await client.query<Column>(`
    select table_name as "table", column_name as "column" from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migrations'
      and is_generated = 'NEVER' and is_identity = 'NO' and coalesce(column_default, '') !~ '\\(' order by 1, 2`)
  columns = rows
  await client.end()
})
afterAll(() => database.drop())

const sources = productSources(fileURLToPath(new URL('../../../backend', import.meta.url)))
const named = (found: readonly Column[]) => found.map(({ table, column }) => `${table}.${column}`)

test('given every column of the database, then the product itself writes it', () => {
  expect(columns.length).toBeGreaterThan(200)
  expect(named(columnsWithoutDoor(columns, sources))).toEqual([])
})

test('given a statement of the product is taken away, then the column that only it wrote is named', () => {
  const settings = sources.filter(({ path }) => path !== 'company/provider-settings/change.ts')
  expect(named(columnsWithoutDoor(columns, settings))).toEqual(
    expect.arrayContaining(['provider.default_open_since', 'provider.receipt_link_configured', 'provider_default_open_changes.enabled']),
  )
})

test('given a column is only read, compared or described, then that is no door', () => {
  const path = 'x.ts'
  const text = `// sets a
    db.selectFrom('t').select(['a']).where('a', '=', 1)
    db.updateTable('t').set({ b: 1 }).where('a', '=', f(2)).returning('a')`
  const sql = {
    path: 'x.sql',
    text: `create table t (a text); -- update t set a
    update t set c = 1;`,
  }
  const found = columnsWithoutDoor(
    ['a', 'b', 'c'].map(column => ({ table: 't', column })),
    [{ path, text }, sql],
  )
  expect(named(found)).toEqual(['t.a'])
})
