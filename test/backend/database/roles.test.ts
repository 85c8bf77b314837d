// What happened cannot be changed by the program: the database itself refuses, whatever stands in between and whatever the program's connection asks for.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { connect } from '../../../backend/database/connection.ts'
import { newClient } from '../../../backend/database/client.ts'
import { makeReady } from '../../../backend/database/program-login.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { startDatabaseProxy } from '../../support/database-proxy.ts'

let database: TestDatabase
/** as the program is let in: directly, and by poolers that keep options of the greeting to themselves */
const ways: Record<string, { url: string; close(): Promise<void> }> = {}
beforeAll(async () => {
  database = await createTestDatabase()
  const dropping = await startDatabaseProxy(database.url, 'drop')
  const options = Object.assign(new URL(database.url), { search: '?options=-c%20role%3Dgoldplan_owner' }).href
  ways.directly = { url: database.url, close: async () => undefined }
  ways['behind a pooler that drops options'] = { url: dropping.urlOf(database.url), close: dropping.close }
  ways['with options of its own'] = { url: options, close: async () => undefined }
})
afterAll(async () => {
  for (const way of Object.values(ways)) await way.close()
  await database.drop()
})

/** Each statement alone; those that a transaction needs begin and end it themselves. */
async function refused(url: string, statements: readonly string[]): Promise<string[]> {
  const client = newClient(url)
  try {
    await client.connect()
  } catch (error) {
    // a login that is not let in with these options cannot do anything either
    return [(error as Error).message]
  }
  const answers: string[] = []
  for (const statement of statements)
    answers.push(
      await client.query(statement).then(
        () => `done: ${statement}`,
        (error: pg.DatabaseError) => error.message,
      ),
    )
  await client.end()
  return answers
}

async function asOwner<Row extends object>(query: string): Promise<Row[]> {
  const client = newClient(database.ownerUrl)
  await client.connect()
  const { rows } = await client.query<Row>(query)
  await client.end()
  return rows
}

/** By what the migrations granted: read and added to, never changed. */
const appendOnly = () =>
  asOwner<{ name: string; column: string }>(`
    select c.relname as name, (select attname::text from pg_attribute where attrelid = c.oid and attnum = 1) as column
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and has_table_privilege('goldplan_app', c.oid, 'insert') and not has_table_privilege('goldplan_app', c.oid, 'update, delete')
    order by 1`)

const forbidden = /permission denied|must be owner|must be able to SET ROLE/

test.each(['directly', 'behind a pooler that drops options', 'with options of its own'])(
  'given the login of the program %s, then no table of what happened can be changed, emptied, dropped or shadowed',
  async way => {
    const tables = await appendOnly()
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['audit_entries', 'evidence', 'evidence_withdrawals', 'operation_attempts', 'visit_reviews']),
    )
    for (const { name, column } of tables) {
      const answers = await refused(ways[way]!.url, [
        `update ${name} set ${column} = ${column}`,
        `delete from ${name}`,
        `truncate ${name}`,
        `drop table ${name}`,
        `alter table ${name} disable trigger all`,
        `create temporary table ${name} (id integer)`,
        `create table pg_temp.${name} (id integer)`,
        `create table ${name}_more (id integer)`,
        `set role goldplan_owner; delete from ${name}`,
        `set session authorization goldplan_owner; delete from ${name}`,
        `reset role; reset session authorization; delete from ${name}`,
      ])
      for (const answer of answers) expect([name, answer]).toEqual([name, expect.stringMatching(forbidden)])
    }
  },
)

test('given the functions of the schema, then each looks names up in our schema before a temporary one, and only the program may call some', async () => {
  const functions = await asOwner<{ name: string; settings: string[] | null; parsed: boolean; everybody: boolean; program: boolean }>(`
    select proname as name, proconfig as settings, prosqlbody is not null as parsed,
      exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as everybody,
      has_function_privilege('goldplan_app', oid, 'execute') as program
    from pg_proc where pronamespace = 'public'::regnamespace`)
  expect(functions.length).toBeGreaterThan(5)
  for (const { name, settings, parsed, everybody } of functions)
    expect([name, parsed || settings?.[0], everybody]).toEqual([name, parsed || 'search_path=pg_catalog, public, pg_temp', false])
  expect(functions.filter(({ program }) => program).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['analyze_directory', 'searched_terms']),
  )
  expect(functions.find(({ name }) => name === 'recount_merchants')?.program).toBe(false)
})

test.each([
  ['the owner', () => database.ownerUrl, /logs in as goldplan_owner, which is a superuser .*"npm run migrate" as MIGRATION_DATABASE_URL/],
  [
    'a login that is member of the owner',
    () => as('member_of_owner', 'grant goldplan_owner to member_of_owner'),
    /logs in as member_of_owner, which is member of goldplan_owner/,
  ],
  [
    'a login without any right',
    () => as('without_rights', 'select 1'),
    /without_rights, to which no migration gave any right|permission denied|not up to date/,
  ],
])('given DATABASE_URL logs in as %s, then the program does not start and says what to do', async (_who, url, line) => {
  await expect(makeReady({ url: await url() })).rejects.toThrow(line)
})

/** A login of its own, with the program's rights on tables or not. */
async function as(name: string, statement: string): Promise<string> {
  await asOwner(`create role ${name} login password 'of-this-test'`)
  roles.push(name)
  await asOwner(statement)
  return Object.assign(new URL(database.url), { username: name, password: 'of-this-test' }).href
}
const roles: string[] = []
afterAll(async () => {
  const client = newClient(process.env.TEST_DATABASE_URL!)
  await client.connect()
  for (const name of roles) await client.query(`drop role ${name}`)
  await client.end()
})

test('given the two URLs lead to two databases, then nothing is migrated and one line names both', async () => {
  const other = await createTestDatabase()
  const nameIn = (url: string) => new URL(url).pathname.slice(1)
  await expect(makeReady({ url: database.url, ownerUrl: other.ownerUrl })).rejects.toThrow(
    `MIGRATION_DATABASE_URL leads to the database ${nameIn(other.url)}, DATABASE_URL to the database ${nameIn(database.url)}: give both the same database`,
  )
  await other.drop()
})

test('given everybody may make temporary tables again, then the program does not start until the owner has migrated', async () => {
  await makeReady({ url: database.url })
  const name = new URL(database.url).pathname.slice(1)
  await asOwner(`grant temporary on database ${name} to public`)
  await expect(makeReady({ url: database.url })).rejects.toThrow(/may make temporary tables of its own.*npm run migrate/)
  await makeReady({ url: database.url, ownerUrl: database.ownerUrl })
  await makeReady({ url: database.url })
})

test('given a pooler that refuses options of the greeting, then owner and program are let in through it', async () => {
  const pooler = await startDatabaseProxy(database.url, 'refuse')
  await makeReady({ url: pooler.urlOf(database.url), ownerUrl: pooler.urlOf(database.ownerUrl) })
  expect(pooler.refused).toEqual([])
  await pooler.close()
})

test('given the connection of the program, then it works as its own login', async () => {
  const db = connect(database.url, 1)
  await expect(db.selectFrom('audit_entries').selectAll().execute()).resolves.toEqual([])
  await db.destroy()
})
