import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { connect, type Database } from '../../../backend/database/connection.ts'
import { keptRows, valueOf } from '../../../backend/database/kept-statement.ts'
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

const prepared = async () =>
  (
    await sql<{ statement: string; generic_plans: number }>`
      select statement, generic_plans::integer from pg_prepared_statements where name like 'kept %'`.execute(db)
  ).rows

test('given a statement that is asked often with other values, then it is written once, each answer is its own, and its plan is kept', async () => {
  let written = 0
  const kindsIn = async (text: string, kinds: string[]) =>
    (
      await keptRows<{ kind: string }>(db, 'search', 'kinds', { text, kinds }, () => {
        written += 1
        return sql`select kind from unnest(${valueOf('kinds', 'text[]')}) as kind where starts_with(kind, ${valueOf('text', 'text')})
          or kind = ${valueOf('text', 'text')} || ${"'s"}::text limit ${20}`
      })
    ).map(({ kind }) => kind)
  for (let turn = 0; turn < 20; turn += 1)
    expect(await kindsIn(`茶${turn}`, [`茶${turn}馆`, `面${turn}`, `茶${turn}'s`])).toEqual([`茶${turn}馆`, `茶${turn}'s`])
  expect(await kindsIn("'; drop table staff; --", ['面'])).toEqual([])
  expect(written).toBe(1)
  const [one, ...others] = await prepared()
  expect(others).toEqual([])
  expect(one!.generic_plans).toBeGreaterThan(5)
  // each value once, and what is no value of the asker's as part of the text
  expect(one!.statement).toContain("|| '''s'")
  expect(one!.statement).not.toContain('$3')
})

test('given statements that are asked now and then, then the connection keeps none of them', async () => {
  const before = (await prepared()).length
  for (let turn = 0; turn < 5; turn += 1)
    expect(await keptRows(db, 'search', 'rare', { text: '面' }, () => sql`select ${valueOf('text', 'text')} as text`)).toEqual([
      { text: '面' },
    ])
  expect(await prepared()).toHaveLength(before)
})

test('given more choices than places that are all asked often, then a search that is asked often later is still prepared', async () => {
  const alone = connect(testDatabase.url, 1)
  try {
    const ask = async (keptFor: 'search' | 'choice', name: string) => {
      for (let turn = 0; turn < 9; turn += 1)
        await keptRows(alone, keptFor, name, {}, () => sql`select ${name}::text as ${sql.ref(keptFor)}`)
    }
    for (let choice = 0; choice < 60; choice += 1) await ask('choice', `choice ${choice}`)
    for (let search = 0; search < 24; search += 1) await ask('search', `search ${search}`)
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements where name like 'kept %'`.execute(alone)
    expect(rows.filter(({ statement }) => statement.includes('as "search"'))).toHaveLength(24)
    expect(rows).toHaveLength(48)
  } finally {
    await alone.destroy()
  }
})

test('given very many statements that are asked often, then a connection keeps no more than it has room for, and all are answered', async () => {
  for (let kind = 0; kind < 60; kind += 1)
    for (let turn = 0; turn < 9; turn += 1)
      expect(await keptRows(db, 'search', `kind ${kind}`, {}, () => sql`select ${kind}::integer as kind`)).toEqual([{ kind }])
  expect(await prepared()).toHaveLength(48)
})

test('given what cannot stand in a text, then the statement is not made', async () => {
  await expect(keptRows(db, 'search', 'moment', {}, () => sql`select ${new Date(0)} as at`)).rejects.toThrow('cannot hold')
})
