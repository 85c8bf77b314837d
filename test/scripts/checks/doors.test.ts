// Every column of the database is written by something that a provider can do.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import {
  checkDoors,
  columnsWithoutDoor,
  doorFaults,
  doorsOf,
  productSources,
  readBackend,
  recordersOf,
  tableColumns,
} from '../../../scripts/checks/doors.ts'
import type { Column } from '../../../scripts/checks/doors/source.ts'
import { readersOf } from '../../../scripts/checks/doors/readers.ts'
import { DOORS } from '../../../scripts/checks/doors/table.ts'
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

describe('the doors that are named', () => {
  const backend = readBackend()
  const typed = tableColumns()
  const without = (path: string) => ({ ...backend, sources: backend.sources.filter(source => source.path !== path) })
  const faultsOf = (given: typeof backend, doors = DOORS) => doorFaults(typed, doors, given)

  test('given the project, then every column of the table types has one that leads to a statement which writes it', () => {
    expect(typed.length).toBeGreaterThan(200)
    expect(checkDoors()).toEqual([])
  })

  test('given the database, then the table types leave out only what its own functions keep', () => {
    const known = new Set(named(typed))
    const left = columns.filter(column => !known.has(`${column.table}.${column.column}`))
    const functions = backend.sources.filter(({ path }) => path.endsWith('.sql'))
    expect(named(columnsWithoutDoor(left, functions))).toEqual([])
    const read = tableColumns('all')
    const [ofCode, readable] = [new Set(read.map(({ table }) => table)), new Set(named(read))]
    expect(named(left).filter(column => ofCode.has(column.split('.')[0]!) && !readable.has(column))).toEqual([])
  })

  test('given a new table that nobody named a door for, then each of its columns is named', () => {
    const { appids: _, ...others } = DOORS
    expect(faultsOf(backend, others)).toContain('appids.ended_at: scripts/checks/doors/table.ts names no door of appids')
  })

  test('given a column that no statement writes any more, then it is named', () => {
    expect(faultsOf(without('company/provider-settings/change.ts'))).toContain(
      'provider.receipt_link_configured: no statement of the product writes it, so no installation can ever have it',
    )
  })

  test('given a statement that no door of its table leads to, then column, file and doors are named', () => {
    const only = { ...DOORS, store_codes: ['PUT /appids/{appid}'] as const }
    expect(faultsOf(backend, only)).toContain(
      'store_codes.content: written in directory/imports/store-code-directory.ts, where none of its doors leads (PUT /appids/{appid})',
    )
  })

  test('given an endpoint, a command, a job or a table that is gone, then it is named', () => {
    const doors = {
      ...DOORS,
      appids: [...DOORS.appids!, 'PUT /appids/{appid}/nothing', 'npm run nothing', 'worker: nothing'] as const,
      nothing: ['start'] as const,
    }
    expect(faultsOf(backend, doors)).toEqual([
      'scripts/checks/doors/table.ts: there is no table nothing',
      'scripts/checks/doors/table.ts: there is no door PUT /appids/{appid}/nothing',
      'scripts/checks/doors/table.ts: there is no door npm run nothing',
      'scripts/checks/doors/table.ts: there is no door worker: nothing',
    ])
  })

  test('given a column, then its own doors are listed and not those that lead past it, and who reads it', () => {
    const since = { table: 'provider', column: 'default_open_since' }
    expect(doorsOf(since, DOORS, backend)).toEqual(expect.arrayContaining(['PUT /provider/{sp_mchid}', 'npm run provider']))
    expect(doorsOf(since, DOORS, backend)).not.toContain('PUT /sub-merchants/{sub_mchid}/receipt')
    expect(readersOf(since, backend.sources)).toContain('evidence/derived.ts')
  })

  test('given a kind of evidence, then who records it is found; of one that does not exist, nobody', () => {
    expect(recordersOf('order_query', backend.sources)).toEqual(['evidence/orders/service.ts'])
    expect(recordersOf('limitation', backend.sources)).toEqual(['evidence/limitations/record.ts'])
    expect(recordersOf('dream', backend.sources)).toEqual([])
  })
})
