// Rows as Kysely sees them are rows as the database has them: written by hand for the words that columns hold, and held against it here.
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let there: Set<string>
beforeAll(async () => {
  database = await createTestDatabase()
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ column: string }>(`
    select table_name || '.' || column_name || case is_nullable when 'YES' then ' | null' else '' end as column
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migrations'`)
  there = new Set(rows.map(({ column }) => column))
  await client.end()
})
afterAll(() => database.drop())

const folder = new URL('../../../backend/database/', import.meta.url)
const text = readdirSync(folder)
  .filter(name => name.endsWith('tables.ts'))
  .map(name => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

/** `provider.default_open_since | null`, of every interface that a schema gives a table's name */
function typed(): string[] {
  const columnsOf = new Map([...text.matchAll(/interface (\w+Table) \{\n([\s\S]*?)\n\}/g)].map(([, name, body]) => [name!, body!]))
  return [...text.matchAll(/^ {2}(\w+): (\w+Table)$/gm)].flatMap(([, table, name]) =>
    [...columnsOf.get(name!)!.matchAll(/^ {2}(\w+): (.+)$/gm)].map(
      ([, column, type]) => `${table}.${column}${/\| null/.test(type!.replaceAll(/\{.*\}/g, '')) ? ' | null' : ''}`,
    ),
  )
}

/** Counters of lists and of the dashboard, kept by triggers and read by plain SQL (migrations/0004_counts.sql, 0044_dashboard.sql, 0055_counters_in_one.sql). */
const ofSqlAlone = /^merchant_(changes|city_sums|sum_changes|sums|facet_changes|facet_sums|state_moves|history)\./

test('given every column of the types, then the database has it, and it is null where it may be', () => {
  expect(typed().length).toBeGreaterThan(200)
  expect(typed().filter(column => !there.has(column))).toEqual([])
})

test('given every column of the database, then the types have it, or it is a counter of SQL alone', () => {
  const known = new Set(typed())
  expect([...there].filter(column => !known.has(column) && !ofSqlAlone.test(column)).sort()).toEqual([])
})
