// The import as a person runs it: a process of its own, its exit code and what it says.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { connect, type Database } from '../../../../backend/database/connection.ts'
import { databaseOfCommand } from '../../../../backend/platform/command-database.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { built } from '../../../support/programs.ts'

const header = 'sub_mchid,name,short_name,industry,region_code,address,assigned_to,status'
const line = (sub_mchid: string, name: string) => `${sub_mchid},${name},简称,CATERING,440305,深圳市南山区科苑路 1 号,,active`
const folder = mkdtempSync(join(tmpdir(), 'goldplan-import-'))
let database: TestDatabase
let connection: Database

beforeAll(async () => {
  database = await createTestDatabase()
  connection = connect(database.url)
  const provider = { sp_mchid: '1900000001', name: '示例服务商', default_open_since: null, updated_at: new Date() }
  await connection.insertInto('provider').values(provider).execute()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await connection?.destroy()
  await database?.drop()
})

function file(content: string): string {
  const path = join(folder, 'merchants.csv')
  writeFileSync(path, content)
  return path
}
const merchant = (sub_mchid: string) =>
  connection.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', sub_mchid).executeTakeFirst()

function command(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; out: string; error: string }> {
  const root = fileURLToPath(new URL('../../../..', import.meta.url))
  const child = spawn(process.execPath, built('backend/directory/imports/main.ts', ...args), {
    cwd: root,
    env: { ...process.env, DATABASE_URL: database.url, SP_MCHID: '', ...env },
  })
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
  return new Promise(done => child.once('close', code => done({ code, out, error })))
}

describe('the command', () => {
  test('given a file, then it prints the counts and ends with 0', async () => {
    expect(await command([file(`${header}\n${line('1900200101', '好店')}\n${line('1', '坏店')}\n`)])).toMatchObject({
      code: 0,
      out: expect.stringContaining('读了 2 行：新增 1，更新 0，不变 0，退回 1'),
    })
    expect(await merchant('1900200101')).toMatchObject({ name: '好店' })
  })
  test('given a file of which every row is rejected, then it ends with 2 and names the rejects file', async () => {
    const { code, out } = await command([file(`${header}\n${line('1', '坏店')}\n`)])
    expect([code, out]).toEqual([2, expect.stringContaining('merchants.rejects.csv')])
  })
  test('given a wrong column, then one line names the right one and nothing is written', async () => {
    const { code, error } = await command([file(`sub_mch_id,name,region_code\n1900200111,好店,440305\n`)])
    expect([code, error.trim().split('\n')]).toEqual([1, [expect.stringContaining('是不是“sub_mchid”？')]])
    expect(await merchant('1900200111')).toBeUndefined()
  })
  test('given no such file, no argument or an unknown provider, then one line says so and it ends with 1', async () => {
    const good = file(`${header}\n${line('1900200121', '好店')}\n`)
    const results = [await command([join(folder, 'none.csv')]), await command([]), await command([good], { SP_MCHID: '1999999999' })]
    expect(results.map(({ code, error }) => [code, error.trim().split('\n').length])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
  })
  test('given a DATABASE_URL whose password is not encoded, then one line names it and the remedy, and nothing says to run it again', async () => {
    const DATABASE_URL = 'postgresql://goldplan:a/b#c@localhost:5432/goldplan'
    const { code, error } = await command([file(`${header}\n${line('1900200131', '好店')}\n`)], { DATABASE_URL })
    expect([code, error.trim().split('\n')]).toEqual([1, [expect.stringMatching(/^DATABASE_URL .*%2F/)]])
    expect(error).not.toMatch(/再次运行|a\/b/)
    await expect(databaseOfCommand({ DATABASE_URL: 'mysql://localhost/goldplan' }, () => {})).rejects.toThrow('postgresql://')
  })
  test('given lines of every kind, then what it says adds up to the lines of the file', async () => {
    const content = `${header}\n${line('1900200141', '好店')}\n\n${line('1', '坏店')}\n1900200142,甲,,,440305,"一楼\n二层",,\n`
    expect(await command([file(content)])).toMatchObject({
      code: 0,
      out: expect.stringContaining('文件共 6 行：表头 1，数据 3，空行 1，单元格里换行多出 1'),
    })
  })
  test('given --help, then it lists every column and the exit codes', async () => {
    const { code, out } = await command(['--help'])
    expect(code).toBe(0)
    for (const column of header.split(',')) expect(out).toContain(column)
    expect(out).toContain('退出码')
  })
})
