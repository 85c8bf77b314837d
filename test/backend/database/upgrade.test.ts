// An installation of a version whose program logged in as the owner and took the role goldplan_app by an option.
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { newClient } from '../../../backend/database/client.ts'
import { makeReady } from '../../../backend/database/program-login.ts'

const folder = new URL('../../../backend/database/migrations/', import.meta.url)
const name = `test_${randomUUID().replaceAll('-', '')}`
const at = (login: object) => Object.assign(new URL(process.env.TEST_DATABASE_URL!), { pathname: `/${name}`, ...login }).href
const ownerUrl = at({ username: name, password: 'of-this-test' })
const url = Object.assign(new URL(process.env.TEST_PROGRAM_URL!), { pathname: `/${name}` }).href
let server: pg.Client

/** The end of the first migration as it was then. */
const roleThen = `do $$
begin
  create role goldplan_app nologin;
exception when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  execute format('grant goldplan_app to %I', current_user);
  execute format('grant usage on schema %I to goldplan_app', current_schema());
end
$$;
`
const firstThen = (text: string) =>
  text
    .replace("so an administrator or another database's migration", "so another database's migration")
    .replace(/do \$\$[\s\S]*\$\$;\n(?=grant select, insert)/, () => roleThen)

beforeAll(async () => {
  server = newClient(process.env.TEST_DATABASE_URL!)
  await server.connect()
  // as the former page told an administrator
  await server.query(`create role ${name} login createrole password 'of-this-test'`)
  await server.query(`grant goldplan_app to ${name} with admin option`)
  await server.query(`create database ${name} owner ${name} encoding 'UTF8' template template0`)
  const owner = newClient(ownerUrl)
  await owner.connect()
  await owner.query('create table schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null)')
  for (const file of readdirSync(folder)
    .filter(one => one.endsWith('.sql') && one < '0017')
    .sort()) {
    const now = readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n')
    const then = file === '0001_first.sql' ? firstThen(now) : now
    await owner.query(then)
    await owner.query('insert into schema_migrations values ($1, $2, now())', [file, createHash('sha256').update(then).digest('hex')])
  }
  await owner.query(`insert into provider (sp_mchid, name, updated_at) values ('1900000001', '示例服务商', now())`)
  await owner.query(
    `insert into audit_entries (sp_mchid, at, action, target_type, target_id) values ('1900000001', now(), 'then', 'provider', '1')`,
  )
  await owner.end()
})
afterAll(async () => {
  await server.query(`drop database if exists ${name} with (force)`)
  await server.query(`drop owned by ${name}`)
  await server.query(`drop role ${name}`)
  await server.end()
})

test('given the settings of then, then the program does not start on them and says how the login changes', async () => {
  await expect(makeReady({ url: ownerUrl })).rejects.toThrow(/not up to date.*npm run migrate.*MIGRATION_DATABASE_URL/)
})

test('given the owner migrates and the program has its own login, then it starts, reads what was written then and cannot change it', async () => {
  expect(await makeReady({ url, ownerUrl })).toContain('0017_program_login.sql')
  expect(await makeReady({ url })).toEqual([])
  await expect(makeReady({ url: ownerUrl })).rejects.toThrow(/may make roles|owns tables/)
  const program = newClient(url)
  await program.connect()
  expect((await program.query('select action from audit_entries')).rows).toEqual([{ action: 'then' }])
  await expect(program.query('delete from audit_entries')).rejects.toThrow(/permission denied/)
  await expect(program.query(`set role ${name}`)).rejects.toThrow(/permission denied/)
  await program.end()
})
