import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { CompiledQuery, sql } from 'kysely'
import { bothRows, connect, poolUse, type Database } from '../../../backend/database/connection.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let testDatabase: TestDatabase
let db: Database
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  // two places: the one that it is given, and one more
  db = connect(testDatabase.url, 1)
})
afterAll(async () => {
  await db?.destroy()
  await testDatabase?.drop()
})

const one = (value: number) => CompiledQuery.raw('/* planned once: one of both */ select $1::integer as value', [value])
const other = (values: number[]) => CompiledQuery.raw('select value from unnest($1::integer[]) as value', [values])
const wrong = CompiledQuery.raw('select 1 / $1::integer as value', [0])

test('given two statements, then each has its own rows, whatever is asked beside them', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, turn) => bothRows(db, one(turn), other([turn, turn + 1]))))
  expect(answers).toEqual(Array.from({ length: 20 }, (_, turn) => [[{ value: turn }], [{ value: turn }, { value: turn + 1 }]]))
})

test.each([
  ['the first', () => bothRows(db, wrong, one(1))],
  ['the second', () => bothRows(db, one(1), wrong)],
  ['each', () => bothRows(db, wrong, wrong)],
])('given that %s of them fails, then so does the question, and the connection serves the next', async (_, ask) => {
  await expect(ask()).rejects.toThrow('division by zero')
  expect(poolUse(db)).toEqual({ busy: 0, waiting: 0 })
  expect(await bothRows(db, one(3), one(4))).toEqual([[{ value: 3 }], [{ value: 4 }]])
  const { rows } = await sql<{ value: number }>`select 5 as value`.execute(db)
  expect(rows).toEqual([{ value: 5 }])
})

test('given a connection that is lost between them, then the question fails, and the next one has another', async () => {
  const end = CompiledQuery.raw('select pg_terminate_backend(pg_backend_pid()), $1::integer', [1])
  await expect(bothRows(db, end, one(1))).rejects.toThrow()
  expect(await bothRows(db, one(6), one(7))).toEqual([[{ value: 6 }], [{ value: 7 }]])
})
