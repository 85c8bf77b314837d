// The import on real PostgreSQL: what lands, what is rejected, what it never touches.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import pg from 'pg'
import { manualClock } from '../../../../backend/platform/clock.ts'
import { connect, type Database } from '../../../../backend/database/connection.ts'
import { recordEvidence } from '../../../../backend/evidence/record.ts'
import { prepareMerchants } from '../../../../backend/directory/imports/directory.ts'
import { importFile } from '../../../../backend/directory/imports/import.ts'
import type { DirectoryRow } from '../../../../backend/directory/imports/row.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'

const sp_mchid = '1900000001'
const header = 'sub_mchid,name,short_name,industry,region_code,address,assigned_to,status'
const line = (sub_mchid: string, name: string) => `${sub_mchid},${name},简称,CATERING,440305,深圳市南山区科苑路 1 号,业务员 03,active`
const clock = manualClock(new Date('2026-11-23T02:00:00Z'))
let folder: string
let database: TestDatabase
let connection: Database

beforeAll(async () => {
  database = await createTestDatabase()
  connection = connect(database.url)
  const now = clock.now()
  await connection.insertInto('provider').values({ sp_mchid, name: '示例服务商', default_open_since: null, updated_at: now }).execute()
  const member = { sp_mchid, role: 'field_agent', status: 'active', last_seen_at: null, created_at: now } as const
  await connection
    .insertInto('staff')
    .values([
      { ...member, id: 'staff-3', display_name: '业务员 03' },
      { ...member, id: 'staff-4', display_name: '业务员 04' },
    ])
    .execute()
})
afterAll(async () => {
  await connection?.destroy()
  await database?.drop()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goldplan-import-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function file(content: string | Buffer, name = 'merchants.csv'): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const run = (content: string | Buffer) => importFile({ database: connection, clock, sp_mchid, path: file(content) })
const merchant = (sub_mchid: string) =>
  connection.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', sub_mchid).executeTakeFirst()
const auditOf = (sub_mchid: string) =>
  connection.selectFrom('audit_entries').selectAll().where('target_id', '=', sub_mchid).orderBy('at').orderBy('written_in').execute()
const rejects = () => parse(readFileSync(join(folder, 'merchants.rejects.csv')), { bom: true, columns: true }) as Record<string, string>[]

describe('a good file', () => {
  test('given new merchants, then they are in the directory, searchable, unknown, with an audit entry by the import', async () => {
    expect(await run(`${header}\n${line('1900200001', '科技面馆（科苑店）')}\n${line('1900200002', '好邻居便利店')}\n`)).toMatchObject({
      rows: 2,
      added: 2,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      rejectsPath: null,
    })
    expect(await merchant('1900200001')).toMatchObject({
      sp_mchid,
      name: '科技面馆（科苑店）',
      short_name: '简称',
      industry: 'CATERING',
      region_code: '440305',
      assigned_to: 'staff-3',
      status: 'active',
      migration_state: 'unknown',
      version: 1,
      pinyin_initials: expect.stringMatching(/^kjmg/),
      terms: expect.arrayContaining(['面馆', '面']),
    })
    expect(await auditOf('1900200001')).toMatchObject([
      { actor_id: 'import', action: 'merchant.added', target_type: 'sub_merchant', before: null, after: { name: '科技面馆（科苑店）' } },
    ])
    expect(existsSync(join(folder, 'merchants.rejects.csv'))).toBe(false)
  })

  test('given the same file twice, then the second run changes nothing at all', async () => {
    const content = `${header}\n${line('1900200011', '甲店')}\n${line('1900200012', '乙店')}\n`
    await run(content)
    const before = [await merchant('1900200011'), await merchant('1900200012'), await auditOf('1900200011')]
    clock.advance(60_000)
    expect(await run(content)).toMatchObject({ rows: 2, added: 0, updated: 0, unchanged: 2, rejected: 0 })
    expect([await merchant('1900200011'), await merchant('1900200012'), await auditOf('1900200011')]).toEqual(before)
  })

  test('given a merchant with a history, when its name, place and assignment change, then state, history and version stay', async () => {
    await run(`${header}\n${line('1900200021', '旧名面馆')}\n`)
    const now = clock.now()
    await connection.transaction().execute(trx =>
      recordEvidence(
        trx,
        { sp_mchid, sub_mchid: '1900200021' },
        [
          {
            kind: 'api_operation',
            detail: { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' },
            occurred_at: now,
            recorded_at: now,
            recorded_by: 'staff-3',
            source: 'backend',
          },
        ],
        now,
      ),
    )
    const before = (await merchant('1900200021'))!
    clock.advance(60_000)
    expect(await run(`${header}\n1900200021,新名面馆,新简称,RETAIL,440106,广州,业务员 04,suspended\n`)).toMatchObject({
      updated: 1,
      added: 0,
    })
    const after = (await merchant('1900200021'))!
    const {
      name,
      short_name,
      search_name,
      search_short_name,
      search_address,
      pinyin,
      pinyin_initials,
      terms,
      industry,
      region_code,
      address,
      assigned_to,
      status,
      updated_at,
      written_in: _transaction,
      ...kept
    } = after
    expect({ name, short_name, industry, region_code, address, assigned_to, status }).toEqual({
      name: '新名面馆',
      short_name: '新简称',
      industry: 'RETAIL',
      region_code: '440106',
      address: '广州',
      assigned_to: 'staff-4',
      status: 'suspended',
    })
    expect([search_name, search_short_name, search_address, pinyin, pinyin_initials]).toEqual([
      '新名面馆',
      '新简称',
      '广州',
      'xinmingmianguan',
      'xmmg',
    ])
    expect(terms).toContain('新名')
    expect(updated_at).toEqual(clock.now())
    expect(before).toMatchObject(kept)
    expect(kept).toMatchObject({ migration_state: 'enrolled', gold_plan_status: 'open', version: 2 })
    expect((await auditOf('1900200021'))[1]).toMatchObject({
      action: 'merchant.updated',
      before: { name: '旧名面馆' },
      after: { name: '新名面馆' },
    })
  })

  test('given a file with fewer columns, then fields without a column stay, and an empty cell empties its field', async () => {
    await run(`${header}\n${line('1900200031', '甲店')}\n`)
    expect(await run('region_code,sub_mchid,name,industry\n440304,1900200031,甲店,\n')).toMatchObject({ updated: 1 })
    expect(await merchant('1900200031')).toMatchObject({
      region_code: '440304',
      industry: null,
      short_name: '简称',
      assigned_to: 'staff-3',
    })
    expect((await auditOf('1900200031'))[1]).toMatchObject({
      before: { region_code: '440305', industry: 'CATERING' },
      after: { region_code: '440304', industry: null },
    })
  })

  test('given 2,500 rows, then every batch lands', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => line(String(1_900_300_000 + index), `第 ${index} 店`))
    expect(await run(`${header}\n${rows.join('\n')}\n`)).toMatchObject({ rows: 2_500, added: 2_500 })
    expect(await merchant('1900302499')).toMatchObject({ name: '第 2499 店' })
  })

  test('given a thousand new rows and then a thousand that are known, one of them renamed, then only that one is updated and is found by its new name', async () => {
    const known = Array.from({ length: 1_000 }, (_, index) => line(String(1_900_311_000 + index), `旧店 ${index}`))
    await run(`${header}\n${known.join('\n')}\n`)
    const added = Array.from({ length: 1_000 }, (_, index) => line(String(1_900_310_000 + index), `新店 ${index}`))
    const later = known.with(500, line('1900311500', '拾光茶庄'))
    expect(await run(`${header}\n${[...added, ...later].join('\n')}\n`)).toMatchObject({
      added: 1_000,
      updated: 1,
      unchanged: 999,
      rejected: 0,
    })
    expect(await merchant('1900311500')).toMatchObject({
      name: '拾光茶庄',
      pinyin_initials: 'sgcz',
      terms: expect.arrayContaining(['拾光']),
    })
    expect(await auditOf('1900311500')).toMatchObject([
      { action: 'merchant.added' },
      { before: { name: '旧店 500' }, after: { name: '拾光茶庄' } },
    ])
  })

  test('given rows that are taken for new, then their names are spelled before they land and nobody looks for them', async () => {
    const row: DirectoryRow = { line: 2, sub_mchid: '1900312000', name: '科技面馆', short_name: '面馆', region_code: '440305' }
    const nowhere = connect('postgres://nobody@127.0.0.1:1/nothing')
    await prepareMerchants(nowhere, sp_mchid, [row], true)
    expect(row.spelled).toMatchObject({ from: { name: '科技面馆' }, read: { pinyin_initials: 'kjmg' } })
    await expect(prepareMerchants(nowhere, sp_mchid, [row], false)).rejects.toThrow('ECONNREFUSED')
    await nowhere.destroy()
  })

  test('given two imports of the same shops in opposite order at once, then both end and each shop is added once', async () => {
    const rows = Array.from({ length: 800 }, (_, index) => line(String(1_900_400_000 + index), `店 ${index}`))
    const results = await Promise.all([
      importFile({ database: connection, clock, sp_mchid, path: file(`${header}\n${rows.join('\n')}`, 'a.csv') }),
      importFile({ database: connection, clock, sp_mchid, path: file(`${header}\n${rows.toReversed().join('\n')}`, 'b.csv') }),
    ])
    expect(results[0]!.added + results[1]!.added).toBe(800)
    expect(results[0]!.unchanged + results[1]!.unchanged).toBe(800)
  })
})

describe('weird input', () => {
  test('given a byte order mark, CRLF, a line break in a cell and 4-byte characters, then the merchant is clean', async () => {
    expect(await run(`\uFEFF${header}\r\n1900200041,"𠮷祥\r\n🍜 ""面"" 馆",简称,,440305,"一层, 二层",,\r\n`)).toMatchObject({
      added: 1,
      rejected: 0,
    })
    expect(await merchant('1900200041')).toMatchObject({
      name: '𠮷祥 🍜 "面" 馆',
      address: '一层, 二层',
      industry: null,
      assigned_to: null,
      status: 'active',
    })
  })

  test('given a field of 1 MB, then only its row is rejected', async () => {
    expect(await run(`${header}\n${line('1900200051', 'x'.repeat(1_000_000))}\n${line('1900200052', '好店')}\n`)).toMatchObject({
      added: 1,
      rejected: 1,
    })
    expect(rejects()).toMatchObject([{ line: '2', sub_mchid: '1900200051', field: 'name', reason: '最多 128 个字，这里有 1000000 个' }])
  })

  test('given bad rows among good ones, then each is rejected with line, field and reason and the rest lands', async () => {
    const report = await run(
      [
        header,
        line('1900200061', '好店'),
        line('12', '号太短'),
        `1900200062,"两行\n的名字",,,999999,,,`,
        `1900200063,没有人管,,,440305,,业务员 99,`,
        `1900200064,少四列,,`,
        line('1900200061', '重复的店'),
        '=1+1,公式,,,440305,,,',
        line('1900200065', '也是好店'),
      ].join('\n'),
    )
    expect(report).toMatchObject({ rows: 8, added: 2, rejected: 6 })
    expect(rejects().map(({ line, sub_mchid, field }) => [line, sub_mchid, field])).toEqual([
      ['3', '12', 'sub_mchid'],
      ['4–5', '1900200062', 'region_code'],
      ['6', '1900200063', 'assigned_to'],
      ['7', '1900200064', ''],
      ['8', '1900200061', 'sub_mchid'],
      ['9', "'=1+1", 'sub_mchid'],
    ])
    expect(rejects().every(({ reason }) => reason !== '')).toBe(true)
    expect(await merchant('1900200061')).toMatchObject({ name: '好店' })
  })

  test('given the mended file, then the rejects of the run before are gone', async () => {
    await run(`${header}\n${line('12', '号太短')}\n`)
    expect(existsSync(join(folder, 'merchants.rejects.csv'))).toBe(true)
    await run(`${header}\n${line('1900200071', '号够长')}\n`)
    expect(existsSync(join(folder, 'merchants.rejects.csv'))).toBe(false)
  })

  test('given text in GB18030, then it is read as such and says so', async () => {
    const name = Buffer.from([0xbf, 0xc6, 0xbc, 0xbc])
    const content = Buffer.concat([Buffer.from(`${header}\r\n1900200081,`), name, Buffer.from(',,,440305,,,\r\n')])
    expect(await run(content)).toMatchObject({ added: 1, rejected: 0, encoding: 'gb18030' })
    expect(await merchant('1900200081')).toMatchObject({ name: '科技', pinyin_initials: 'kj' })
  })

  test('given GB18030 that is cut within a character, then the row says so', async () => {
    const content = Buffer.concat([
      Buffer.from(`${header}\r\n1900200083,`),
      Buffer.from([0xbf, 0xc6, 0xbc, 0xbc, 0xbf]),
      Buffer.from(',,,440305,,,\r\n'),
    ])
    expect(await run(content)).toMatchObject({ rejected: 1, encoding: 'gb18030' })
    expect(rejects()).toMatchObject([{ reason: expect.stringContaining('不完整的 GB18030') }])
  })

  test('given Big5 or UTF-16 under an English header, then one line names it and nothing lands', async () => {
    // 台北市中正路牛肉麵店
    const big5 = Buffer.from('a578a55fa5aba4a4a5bfb8f4a4fba6d7c4d1a9b1', 'hex')
    await expect(run(Buffer.concat([Buffer.from(`${header}\n1900200084,`), big5, Buffer.from(',,,440305,,,\n')]))).rejects.toThrow('Big5')
    await expect(run(Buffer.from(`\uFEFF${header}\n`, 'utf16le'))).rejects.toThrow('UTF-16')
  })

  test.each<[string, Buffer, string]>([
    ['UTF-16 without a mark', Buffer.from(`${header}\n`, 'utf16le'), 'UTF-16'],
    ['UTF-16 the other way round', Buffer.from(`${header}\n`, 'utf16le').swap16(), 'UTF-16'],
    ['a workbook that was renamed', Buffer.from('504b030414000600080000002100', 'hex'), '.xlsx'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'), '.xls'],
    ['a compressed file', Buffer.from('1f8b0800000000000003', 'hex'), 'gzip'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), '图片'],
    ['a photo', Buffer.from('ffd8ffe000104a464946', 'hex'), '图片'],
    ['an archive', Buffer.from('526172211a0701003392', 'hex'), 'RAR'],
    ['a web page that a system calls .xls', Buffer.from('\uFEFF\n<html><table><tr><td>商户号</td></tr></table>'), '网页'],
    ['what a program answers', Buffer.from('[{"sub_mchid":"1900200081"}]'), 'JSON'],
  ])('given %s, then one line names it and nothing lands', async (_what, content, named) => {
    await expect(run(content)).rejects.toThrow(named)
  })

  test('given UTF-8 with a wrong byte, then its row is rejected and nothing is turned into nonsense', async () => {
    const good = Buffer.from(`${header}\n${line('1900200082', '好邻居便利店')}\n1900200083,店`)
    expect(await run(Buffer.concat([good, Buffer.from([0xff]), Buffer.from(',,,440305,,,\n')]))).toMatchObject({ added: 1, rejected: 1 })
    expect(rejects()).toMatchObject([{ field: 'name', reason: expect.stringContaining('不是 UTF-8') }])
  })

  test('given a quote that is never closed, then the rows before it have landed and the lines after it are rejected by their numbers', async () => {
    const content = `${header}\n${line('1900200091', '好店')}\n1900200092,"没有闭合,,,440305,,,\n\n${line('1900200093', '后面')}\n`
    expect(await run(content)).toMatchObject({
      rows: 3,
      added: 1,
      rejected: 2,
      lines: { total: 5, header: 1, blank: 0, rows: 3, further: 1 },
    })
    expect(rejects()).toMatchObject([{ line: '3–5', reason: expect.stringContaining('第 3 行有一个引号没有闭合') }])
    expect(await merchant('1900200091')).toMatchObject({ name: '好店' })
    expect(await merchant('1900200093')).toBeUndefined()
  })

  test('given a row of more than 8 MB without a quote, then it is said to be too long, and no line is lost', async () => {
    const content = `${header}\n${line('1900200094', '好店')}\n${line('1900200095', 'x'.repeat(9_000_000))}\n${line('1900200096', '后面')}\n`
    expect(await run(content)).toMatchObject({ rows: 3, added: 1, rejected: 2, lines: { total: 4, header: 1, rows: 3 } })
    expect(rejects()).toMatchObject([{ line: '3–4', reason: expect.stringContaining('或这一行太长') }])
  })

  test('given a row that the database refuses, then that row is rejected by name and every other one lands', async () => {
    const owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    await owner.query(`alter table sub_merchants add constraint no_poison check (name <> '毒店')`)
    try {
      const rows = Array.from({ length: 9 }, (_, index) => line(`190020015${index}`, index === 6 ? '毒店' : `店 ${index}`))
      expect(await run(`${header}\n${rows.join('\n')}\n`)).toMatchObject({ rows: 9, added: 8, rejected: 1 })
      expect(rejects()).toMatchObject([{ line: '8', sub_mchid: '1900200156', reason: expect.stringContaining('23514') }])
    } finally {
      await owner.query('alter table sub_merchants drop constraint no_poison')
      await owner.end()
    }
  })

  test.each([
    ['only a header', `${header}\n`, '只有表头'],
    ['only blank lines', '\n\n', '没有数据'],
    ['a spreadsheet instead of CSV', Buffer.from('PK\u0003\u0004\u0014\u0000binary'), 'Excel 工作簿（.xlsx）'],
    ['a Chinese header in GB18030 without the rest', Buffer.from([0xc9, 0xcc, 0xbb, 0xa7, 0xba, 0xc5, 0x0a, 0x31]), '缺少“name”'],
    ['semicolons', 'sub_mchid;name;region_code\n1900200131;店;440305\n', '列要用逗号分隔'],
    ['commas of a Chinese keyboard', 'sub_mchid，name，region_code\n1900200131，店，440305\n', '用的是“，”'],
    ['an unknown header', 'a,b\n1,2\n', '表头有误'],
    ['a title above the header', '某公司商户表,,\nsub_mchid,name,region_code\n1900200131,店,440305\n', '第一行应是表头'],
    ["Excel's own first line", 'sep=,\nsub_mchid,name,region_code\n1900200131,店,440305\n', '第一行应是表头'],
  ])('given %s, then one line says so', async (_, content, message) => {
    await expect(run(content)).rejects.toThrow(message)
  })
})
