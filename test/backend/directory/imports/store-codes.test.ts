// codes.csv on real PostgreSQL: what lands, what is rejected, and that a customer's payment code is kept nowhere.
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { manualClock } from '../../../../backend/platform/clock.ts'
import { connect, type Database } from '../../../../backend/database/connection.ts'
import { importFile } from '../../../../backend/directory/imports/import.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'

const sp_mchid = '1900000001'
const clock = manualClock(new Date('2026-11-23T02:00:00Z'))
const folder = mkdtempSync(join(tmpdir(), 'goldplan-codes-'))
const path = join(folder, 'codes.csv')
const rejectsPath = join(folder, 'codes.rejects.csv')
let database: TestDatabase
let connection: Database

beforeAll(async () => {
  database = await createTestDatabase()
  connection = connect(database.url)
  await connection.insertInto('provider').values({ sp_mchid, name: '示例服务商', updated_at: clock.now() }).execute()
  writeFileSync(path, 'sub_mchid,name,region_code\n1900200001,甲店,440305\n1900200002,乙店,440305\n')
  await importFile({ database: connection, clock, sp_mchid, path })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await connection?.destroy()
  await database?.drop()
})
let prefix = 0
beforeEach(() => {
  prefix += 1
})

const run = (content: string) => {
  writeFileSync(path, content)
  return importFile({ database: connection, clock, sp_mchid, path })
}
const link = (tail: string) => `https://pay.example.cn/${prefix}/${tail}`
const codes = async () =>
  (await connection.selectFrom('store_codes').select(['content', 'sub_mchid', 'store_name']).orderBy('content').execute()).filter(
    ({ content }) => content.startsWith(`pay.example.cn/${prefix}/`),
  )
const rejects = () => parse(readFileSync(rejectsPath), { bom: true, columns: true }) as Record<string, string>[]
const audits = () =>
  connection.selectFrom('audit_entries').selectAll().where('action', 'like', 'store_code.%').orderBy('at').orderBy('written_in').execute()

test('given new codes, then they are kept in the form that scans are compared with, each with an audit entry, and a second run changes nothing', async () => {
  const file = `content,sub_mchid,store\n${link('A').replace('https', 'HTTP')}/,1900200001,一号店\n${link('B?x=1')},1900200002,\n`
  expect(await run(file)).toMatchObject({ rows: 2, added: 2, updated: 0, unchanged: 0, rejected: 0, rejectsPath: null })
  expect(await codes()).toEqual([
    { content: `pay.example.cn/${prefix}/A`, sub_mchid: '1900200001', store_name: '一号店' },
    { content: `pay.example.cn/${prefix}/B?x=1`, sub_mchid: '1900200002', store_name: null },
  ])
  const written = await audits()
  expect(written).toMatchObject([{ actor_id: 'import', action: 'store_code.added' }, { target_type: 'sub_merchant' }])
  expect(await run(file)).toMatchObject({ added: 0, updated: 0, unchanged: 2 })
  expect(await audits()).toHaveLength(written.length)
})

test('given a code that now belongs to another merchant, then it moves, and a file without the column store leaves the store', async () => {
  await run(`content,sub_mchid,store\n${link('A')},1900200001,一号店\n`)
  expect(await run(`sub_mchid,content\n1900200002,${link('A')}\n`)).toMatchObject({ updated: 1 })
  expect(await codes()).toMatchObject([{ sub_mchid: '1900200002', store_name: '一号店' }])
  expect(await run(`content,sub_mchid,store\n${link('A')},1900200002,\n`)).toMatchObject({ updated: 1 })
  expect(await codes()).toMatchObject([{ store_name: null }])
})

test('given rows that cannot land, then each is rejected with its reason and the rest lands', async () => {
  const rows = [
    `${link('A')},1900200001,一号店`,
    `${link('A')}/,1900200002,`,
    `${link('C')},1900299999,`,
    `${link('D')},12,`,
    `,1900200001,`,
    `1900200001,1900200001,`,
    `wxp://f2f0abc,1900200001,`,
    `https://qr.alipay.com/fkx1,1900200001,`,
    `${link('E')},1900200001,${'店'.repeat(65)}`,
    `https://pay.example.cn/${'x'.repeat(500)},1900200001,`,
    link('F'),
  ]
  expect(await run(`content,sub_mchid,store\n${rows.join('\n')}\n`)).toMatchObject({ rows: 11, added: 1, rejected: 10, rejectsPath })
  const seen = rejects()
    .map(({ line, field, reason }) => [Number(line), field, reason] as const)
    .sort(([left], [right]) => left - right)
  expect(seen).toEqual([
    [3, 'content', '与第 2 行是同一个码，以前面的为准'],
    [4, 'sub_mchid', expect.stringContaining('没有这个商户号')],
    [5, 'sub_mchid', '商户号应是 8 到 10 位数字'],
    [6, 'content', '码的内容没有填'],
    [7, 'content', expect.stringContaining('商户号')],
    [8, 'content', expect.stringContaining('wxp://')],
    [9, 'content', expect.stringContaining('其他钱包')],
    [10, 'store', expect.stringContaining('最多 64 个字')],
    [11, 'content', expect.stringContaining('最多 512 个字符')],
    [12, '', expect.stringContaining('这一行有 1 列')],
  ])
})

test("given a customer's payment code in any cell, then the row is rejected and the code is neither kept nor repeated in the rejects file", async () => {
  const code = '134567890123456789'
  const rows = [`${link('A')}?c=${code},1900200001,`, `${link('B')},${code},`, `${link('C')},1900200001,店 ${code}`]
  expect(await run(`content,sub_mchid,store\n${rows.join('\n')}\n`)).toMatchObject({ rejected: 3, added: 0 })
  expect(rejects().every(({ reason }) => reason!.includes('付款码'))).toBe(true)
  expect(readFileSync(rejectsPath, 'utf8')).not.toContain('4567890')
  expect(await codes()).toEqual([])
})

test.each([
  ['contents,sub_mchid,store', '是不是“content”'],
  ['收款码,mchid,门店', '是不是“sub_mchid”'],
  ['content,store', '缺少“sub_mchid”'],
])('given the header %s, then it is known for codes and the right name is said', async (header, message) => {
  await expect(run(`${header}\nx,1900200001,\n`)).rejects.toThrow(message)
})

test('given 2,500 codes, then all land over several batches', async () => {
  const rows = Array.from({ length: 2_500 }, (_, index) => `${link(String(index))},190020000${1 + (index % 2)},`)
  expect(await run(`content,sub_mchid,store\n${rows.join('\n')}\n`)).toMatchObject({ rows: 2_500, added: 2_500, rejected: 0 })
  expect(await codes()).toHaveLength(2_500)
  expect(existsSync(rejectsPath)).toBe(false)
})
