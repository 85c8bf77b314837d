// A database from before there were several numbers: what is in it stands under its one number afterwards.
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { migrate } from '../../../../backend/database/migrate.ts'

const folder = new URL('../../../../backend/database/migrations/', import.meta.url)
const before = readdirSync(folder)
  .filter(name => name.endsWith('.sql') && name < '0009')
  .sort()
const name = `test_${randomUUID().replaceAll('-', '')}`
const url = new URL(process.env.TEST_DATABASE_URL!)
let server: pg.Client
let client: pg.Client
beforeAll(async () => {
  server = new pg.Client({ connectionString: url.href })
  await server.connect()
  await server.query(`create database ${name}`)
  url.pathname = `/${name}`
  client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query('create table schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null)')
  for (const one of before) {
    const text = readFileSync(new URL(one, folder), 'utf8')
    await client.query(text)
    const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
    await client.query('insert into schema_migrations values ($1, $2, now())', [one, checksum])
  }
})
afterAll(async () => {
  await client?.end()
  await server?.query(`drop database if exists ${name} with (force)`)
  await server?.end()
})

test('given visits with photos from before, when the program of now migrates, then each says whose checklist and whose photo it has', async () => {
  const [visit, photo] = [randomUUID(), randomUUID()]
  await client.query(`
    insert into provider (sp_mchid, name, updated_at) values ('1900000001', '示例服务商', now());
    insert into staff (id, sp_mchid, display_name, role, status, created_at) values ('staff-3', '1900000001', '业务员 03', 'operator', 'active', now());
    insert into checklist_templates values ('1900000001', 1, '{}', now(), null);
    insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
      region_code, address, created_at, updated_at)
    values ('1900000001', '1900000109', '', '', '', '', '', '', '', '{}', '440305', '', now(), now());
    insert into visits (sp_mchid, id, sub_mchid, staff_id, template_version, started_at, ended_at, answers, status, received_at, updated_at)
    values ('1900000001', '${visit}', '1900000109', 'staff-3', 1, now(), now(), '{}', 'submitted', now(), now());
    insert into photos values ('1900000001', '${photo}', 'staff-3', '${'0'.repeat(64)}', 1, 1, 1, now(), now(), now());
    insert into photo_attachments (sp_mchid, photo_id, visit_id) values ('1900000001', '${photo}', '${visit}');`)
  expect(await migrate(url.href)).toContain('0009_provider_numbers.sql')
  const { rows } = await client.query(`
    select v.template_sp_mchid, a.photo_sp_mchid, p.home_sp_mchid
    from visits v join photo_attachments a on a.visit_id = v.id join provider p on p.sp_mchid = v.sp_mchid`)
  expect(rows).toEqual([{ template_sp_mchid: '1900000001', photo_sp_mchid: '1900000001', home_sp_mchid: null }])
  // still what PostgreSQL holds, not only the program
  await expect(client.query(`update visits set template_version = 2`)).rejects.toThrow(/foreign key/)
  await expect(client.query(`update photo_attachments set photo_sp_mchid = '1900000002'`)).rejects.toThrow(/foreign key/)
})
