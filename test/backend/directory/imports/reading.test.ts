// The part of the import that needs no database: bytes → records → checked rows.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { inspectFile } from '../../../../backend/directory/imports/file.ts'
import { readHeader } from '../../../../backend/directory/imports/merchant-columns.ts'
import { readRecords } from '../../../../backend/directory/imports/records.ts'
import { readRow, type KnownWorld } from '../../../../backend/directory/imports/row.ts'

const folder = mkdtempSync(join(tmpdir(), 'goldplan-reading-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const world: KnownWorld = {
  numbers: ['1900000001'],
  staffId: given => (given === '业务员 03' ? 's3' : given === '业务员' ? 'ambiguous' : undefined),
  now: new Date('2026-11-23T02:00:00Z'),
}

async function recordsOf(content: string | Buffer) {
  const path = join(folder, 'in.csv')
  writeFileSync(path, content)
  const records = []
  for await (const record of readRecords(path)) records.push(record)
  return records
}
const row = (line: string, headerLine = 'sub_mchid,name,region_code') => {
  const names = headerLine.split(',')
  return readRow(line.split(','), readHeader(names), names.length, 2, world)
}
const reasons = (result: ReturnType<typeof row>) => (Array.isArray(result) ? result.map(({ field, reason }) => [field, reason]) : result)

describe('records', () => {
  test('given a byte order mark, CRLF and quoted line breaks, then cells are clean and each record knows the line it begins on', async () => {
    expect(await recordsOf('\uFEFFa,b\r\n"1\r\nx",2\r\n\r\n3,"4, ""y"""\r\n,\r\n5,6')).toEqual([
      { cells: ['a', 'b'], line: 1, to: 1, inner: [] },
      { cells: ['1\nx', '2'], line: 2, to: 3, inner: ['x",2'] },
      { cells: ['3', '4, "y"'], line: 5, to: 5, inner: [] },
      { cells: ['5', '6'], line: 7, to: 7, inner: [] },
    ])
  })
  test('given a 4-byte character cut by the end of a read block, then it arrives whole', async () => {
    const filling = 'x'.repeat(256 * 1024 - 6)
    expect((await recordsOf(`a,b\n${filling}𠮷🍜,2\n`))[1]!.cells[0]).toBe(`${filling}𠮷🍜`)
  })
  test('given a field of 1 MB, then the records after it still arrive', async () => {
    const records = await recordsOf(`a,b\n1,${'长'.repeat(350_000)}\n3,4\n`)
    expect(records[2]).toMatchObject({ cells: ['3', '4'], line: 3 })
  })
  test('given a quote that is never closed, then what came before arrives and the rest is one record with its lines', async () => {
    expect((await recordsOf('a,b\n1,2\n\n"3,4\n5,6\n\n')).slice(1)).toEqual([
      { cells: ['1', '2'], line: 2, to: 2, inner: [] },
      { cells: [], line: 4, to: 6, inner: ['5,6'], fault: '第 4 行有一个引号没有闭合' },
    ])
  })
  test('given a quote that is never closed before more than the parser holds, then every line after it is counted too', async () => {
    const records = await recordsOf(`a,b\n"1,2\n${'3,4\n'.repeat(2_500_000)}`)
    expect(records).toHaveLength(2)
    expect(records[1]).toMatchObject({ line: 2, to: 2_500_002, fault: expect.any(String) })
  })
  test.each([
    ['a file that does not exist', 'none.csv', '没有这个文件'],
    ['a folder', '.', '是文件夹'],
  ])('given %s, then one line says so', async (_, name, message) => {
    await expect(readRecords(join(folder, name)).next()).rejects.toThrow(message)
  })
  test('given an empty file, then one line says so', async () => {
    await expect(recordsOf('')).rejects.toThrow('是空文件')
  })
})

describe('encoding', () => {
  const gb = Buffer.from([0xbf, 0xc6, 0xbc, 0xbc])
  const encodingOf = async (content: Buffer) => {
    const path = join(folder, 'encoding.csv')
    writeFileSync(path, content)
    return (await inspectFile(path)).encoding
  }
  test.each([
    ['ASCII alone', Buffer.from('a,b\n1,2\n'), 'utf-8'],
    ['UTF-8', Buffer.from('a,b\n面馆,2\n'), 'utf-8'],
    ['a byte order mark before anything', Buffer.concat([Buffer.from('\uFEFFa\n'), gb]), 'utf-8'],
    ['GB18030', Buffer.concat([Buffer.from('a,b\n'), gb]), 'gb18030'],
    ['UTF-8 with one wrong byte', Buffer.concat([Buffer.from('面馆面馆面馆'), Buffer.from([0xff])]), 'utf-8'],
    ['UTF-8 cut within a character', Buffer.from('面馆面馆面馆').subarray(0, 17), 'utf-8'],
    ['a 4-byte character across two read blocks', Buffer.from(`${'x'.repeat(256 * 1024 - 2)}𠮷${'面'.repeat(10)}`), 'utf-8'],
  ])('given %s, then it is %s', async (_, content, encoding) => {
    expect(await encodingOf(content)).toBe(encoding)
  })
})

describe('header', () => {
  test('given columns in another order and without the optional ones, then it is read', () => {
    expect(readHeader(['name', ' region_code ', 'sub_mchid'])).toEqual(
      new Map([
        ['name', 0],
        ['region_code', 1],
        ['sub_mchid', 2],
      ]),
    )
  })
  test('given Chinese names, then they are taken', () => {
    expect([...readHeader(['商户号', '商户名称', '区划代码', '点金计划', '核对时间']).keys()]).toEqual([
      'sub_mchid',
      'name',
      'region_code',
      'gold_plan_jsapi',
      'checked_at',
    ])
  })
  test.each([
    ['sub_mch_id,name,region_code', '不认识“sub_mch_id”，是不是“sub_mchid”？'],
    ['sub_mchid,nmae,region_code', '不认识“nmae”，是不是“name”？'],
    ['sub_mchid,name,regioncode', '是不是“region_code”？'],
    ['mchid,name,region_code', '不认识“mchid”，是不是“sub_mchid”？'],
    ['商户编号,名称,region_code', '不认识“商户编号”，是不是“sub_mchid”？'],
    ['商户号,sub_mchid,name,region_code', '“sub_mchid”出现了两次'],
    ['sub_mchid,name', '缺少“region_code”'],
    ['sub_mchid,name,name,region_code', '“name”出现了两次'],
    ['sub_mchid,name,region_code,gold_plan_jsap', '是不是“gold_plan_jsapi”？'],
    ['sub_mchid,name,region_code,telephone', '不认识“telephone”'],
  ])('given %s, then the fault and the nearest right name are said', (header, message) => {
    expect(() => readHeader(header.split(','))).toThrow(message)
  })
})

describe('row', () => {
  test('given only the required columns, then nothing is said about the others', () => {
    expect(row('1900000109, 科技面馆 ,440305')).toEqual({ line: 2, sub_mchid: '1900000109', name: '科技面馆', region_code: '440305' })
  })
  test('given every column, then words are turned into codes and empty cells into nothing', () => {
    const header = 'sub_mchid,name,region_code,industry,assigned_to,status,short_name,address'
    expect(row('1900000109,面馆,440305,餐饮美食,业务员 03,暂停,,', header)).toMatchObject({
      industry: 'CATERING',
      assigned_to: 's3',
      status: 'suspended',
      short_name: '',
      address: '',
    })
    expect(row('1900000109,面馆,440305,,,,,', header)).toMatchObject({ industry: null, assigned_to: null, status: 'active' })
  })
  test.each([
    ['123,面馆,440305', 'sub_mchid', '8 到 10 位'],
    ['1.9E+09,面馆,440305', 'sub_mchid', '科学计数'],
    [',面馆,440305', 'sub_mchid', '没有填'],
    ['1900000109, ,440305', 'name', '没有填'],
    [`1900000109,${'𠮷'.repeat(129)},440305`, 'name', '这里有 129 个'],
    ['1900000109,面\u0000馆,440305', 'name', '控制字符'],
    ['1900000109,面\uFFFD馆,440305', 'name', '不是 UTF-8'],
    ['1900000109,面馆,990399', 'region_code', '没有 99 开头'],
    ['1900000109,面馆,440301', 'region_code', '市辖区'],
    ['1900000109,面馆,440300', 'region_code', '精确到区县'],
    ['1900000109,面馆,南山', 'region_code', '6 位'],
    ['1900000109,面馆', '', '这一行有 2 列，表头有 3 列'],
  ])('given %j, then it is rejected at %s', (line, field, reason) => {
    expect(reasons(row(line))).toEqual([[field, expect.stringContaining(reason)]])
  })
  test.each([
    ['industry', '吃的'],
    ['assigned_to', '业务员 99'],
    ['assigned_to', '业务员'],
    ['status', 'closed'],
  ])('given %s %s, then it is rejected there', (column, value) => {
    expect(reasons(row(`1900000109,面馆,440305,${value}`, `sub_mchid,name,region_code,${column}`))).toEqual([[column, expect.any(String)]])
  })
  test('given two faults in one row, then both are reported', () => {
    expect(reasons(row('12,面馆,1'))).toHaveLength(2)
  })
  test('given 128 four-byte characters, then the name fits', () => {
    expect(row(`1900000109,${'𠮷'.repeat(128)},440305`)).toMatchObject({ name: '𠮷'.repeat(128) })
  })
})

describe('a look at the console', () => {
  const header = 'sub_mchid,name,region_code,gold_plan_jsapi,receipt,advertising,ad_filter,checked_at'
  const look = (cells: string) => row(`1900000109,面馆,440305,${cells}`, header)
  test('given what was seen and when, then it is one look, in Beijing time', () => {
    expect(look('已开通,关闭,open,CATERING;零售百货,2026/11/20 8:30')).toMatchObject({
      check: {
        detail: { gold_plan_jsapi: 'open', receipt: 'closed', advertising: 'open', ad_filter: ['CATERING', 'RETAIL'] },
        checked_at: new Date('2026-11-20T00:30:00Z'),
      },
    })
    expect(look('open,,,none,2026-11-20')).toMatchObject({
      check: { detail: { gold_plan_jsapi: 'open', ad_filter: [] }, checked_at: new Date('2026-11-19T16:00:00Z') },
    })
  })
  test('given nothing seen, then there is no look, whatever the time says', () => {
    expect(look(',,,,2026-11-20')).not.toHaveProperty('check')
  })
  test.each([
    ['open,,,,', 'checked_at'],
    ['open,,,,昨天', 'checked_at'],
    ['open,,,,2026-02-30', 'checked_at'],
    ['open,,,,2026-11-23 10:06', 'checked_at'],
    ['yes,,,,2026-11-20', 'gold_plan_jsapi'],
    [',,,CATERING;CATERING,2026-11-20', 'ad_filter'],
    [',,,吃的,2026-11-20', 'ad_filter'],
  ])('given %s, then it is rejected at %s', (cells, field) => {
    expect(reasons(look(cells))).toEqual([[field, expect.any(String)]])
  })
})
