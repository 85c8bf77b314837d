// What people give an import instead of a table in UTF-8, and what spreadsheets leave in cells: each is named with what to do, and nothing lands as nonsense.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { inspectFile } from '../../../../backend/directory/imports/file.ts'
import { readHeader } from '../../../../backend/directory/imports/merchant-columns.ts'
import { timeIn } from '../../../../backend/directory/imports/portal-check.ts'
import { readRow, type KnownWorld } from '../../../../backend/directory/imports/row.ts'
import { characterFault, excerpt } from '../../../../backend/directory/imports/text.ts'

const folder = mkdtempSync(join(tmpdir(), 'goldplan-odd-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const inspect = (content: string | Buffer) => {
  const path = join(folder, 'in.csv')
  writeFileSync(path, content)
  return inspectFile(path)
}
const world: KnownWorld = { numbers: ['1900000001'], staffId: () => undefined, now: new Date('2026-11-23T02:00:00Z') }
const row = (line: string, header = 'sub_mchid,name,region_code') => {
  const names = header.split(',')
  const read = readRow(line.split(','), readHeader(names), names.length, 2, world)
  return Array.isArray(read) ? read.map(({ field, value, reason }) => ({ field, value, reason })) : read
}
const zip = (...names: string[]) => Buffer.from(`PK\u0003\u0004${names.join('\0')}`, 'latin1')

describe('what is no table', () => {
  test.each([
    ['a workbook', zip('[Content_Types].xml', 'xl/workbook.xml'), 'Excel 工作簿（.xlsx）', '另存为'],
    ['a text document', zip('[Content_Types].xml', 'word/document.xml'), 'Word', '粘贴'],
    ['a Numbers file', zip('Index/Document.iwa'), 'Numbers', '导出为'],
    ['an OpenDocument table', zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'OpenDocument', '另存为'],
    ['a zipped CSV', zip('merchants.csv'), '压缩包（zip）', '解压'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls', '另存为'],
    ['gzip', Buffer.from('1f8b0800', 'hex'), 'gzip', '解压'],
    ['xz', Buffer.from('\xfd7zXZ\0\0', 'latin1'), 'xz', '解压'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'PDF', '原来的表'],
    ['a picture', Buffer.from('\x89PNG\r\n', 'latin1'), '图片', '请选'],
    ['a saved web page', Buffer.from('MIME-Version: 1.0\n'), '.mht', '另存为'],
    ['rich text', Buffer.from('{\\rtf1\\ansi}'), 'RTF', '粘贴'],
  ])('given %s called .csv, then it is named, and what to do with it', async (_, content, name, remedy) => {
    await expect(inspect(content)).rejects.toThrow(new RegExp(`${name.replace(/[().]/g, '.')}.*${remedy}`))
  })
})

describe('another encoding', () => {
  const header = Buffer.from('sub_mchid,name,region_code\n1988100001,')
  test.each([
    // ラーメン食堂 · 한국식당 · Café Müller
    ['Shift_JIS', Buffer.from('838983818393834890488db0', 'hex')],
    ['EUC-KR', Buffer.from('c7d1b1b9bdc4b4e7', 'hex')],
    ['Windows-1252', Buffer.from('Caf\xe9 M\xfcller', 'latin1')],
  ])('given a file in %s, then it is named and not read as GB18030', async (name, bytes) => {
    await expect(inspect(Buffer.concat([header, bytes, Buffer.from(',440305\n')]))).rejects.toThrow(name)
  })
  test('given UTF-8 that was taken for Western letters and written once more, then it is said', async () => {
    const twice = Buffer.from(Buffer.from('科技面馆').toString('latin1'), 'utf8')
    await expect(inspect(Buffer.concat([header, twice, Buffer.from(',440305\n')]))).rejects.toThrow('乱码')
  })
  test.each([
    ['names of the first half of the alphabet in GB18030', Buffer.from('b0cbb4f3cdebb7b9b5ea', 'hex'), 'gb18030'],
    ['rare characters in GB18030', Buffer.from('96348337d2b0bcd2b5ea', 'hex'), 'gb18030'],
    ['accents in UTF-8', Buffer.from('Café Müller'), 'utf-8'],
    ['one accent beside Chinese in UTF-8', Buffer.from('咖啡 Café 店'), 'utf-8'],
  ])('given %s, then it is read as what it is', async (_, bytes, encoding) => {
    expect((await inspect(Buffer.concat([header, bytes, Buffer.from(',440305\n')]))).encoding).toBe(encoding)
  })
})

describe('a header', () => {
  test.each([
    'SUB_MCHID,Name,Region_Code',
    '*商户号,*商户名称,行政区划代码*',
    '商户号（必填）,商户名称(必填),行政区划代码 (选填)',
    '"商户号\n(必填)",name,region_code',
  ])('given %j, then it is taken', names => {
    expect([...readHeader(names.replaceAll('"', '').split(',')).keys()]).toEqual(['sub_mchid', 'name', 'region_code'])
  })
  test('given 50,000 columns that nobody knows, then the first are named and the others counted', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `c${index}`)
    const said = () => readHeader(['sub_mchid', 'name', 'region_code', ...names])
    expect(said).toThrow('不认识“c9”；还有 49990 列不认识')
    expect(said).not.toThrow('c10')
  })
  test.each(['sep=,', '\ufeffsep=;'])('given %j above it, then it is said which line has to go', line => {
    expect(() => readHeader(line.split(','))).toThrow('删掉这一行')
  })
})

describe('a cell', () => {
  test.each(['1.98E+09', '=1.98E+09', '="1.98E+09"', '1.98×10^9', '１．９８Ｅ＋０９', '1.98 e+9'])(
    'given the 商户号 %s, then its lost digits and the remedy are said',
    given => {
      expect(row(`${given},店,440305`)).toEqual([
        expect.objectContaining({ field: 'sub_mchid', reason: expect.stringContaining('=TEXT(A2') }),
      ])
    },
  )
  test.each(['#REF!', '#N/A', '#NAME?', '＃ＲＥＦ！', '########'])('given %s for a name, then no shop is called so', given => {
    expect(row(`1988100001,${given},440305`)).toEqual([
      expect.objectContaining({ field: 'name', reason: expect.stringContaining('原来的表') }),
    ])
  })
  test.each(['#1 面馆', '面馆 #REF', 'C#咖啡'])('given %s for a name, then it is one', given => {
    expect(row(`1988100001,${given},440305`)).toMatchObject({ name: given })
  })
  test("given a customer's payment code in a name, then the row is rejected and the code is repeated nowhere", () => {
    const read = row('1988100001,收款 134567890123456789,440305')
    expect(read).toEqual([{ field: 'name', value: '', reason: expect.stringContaining('付款码') }])
    expect(excerpt('134567890123456789')).toBe('')
  })
  test('given control characters of a wrong encoding, then they are no text', () => {
    expect(characterFault('å\u0097')).toContain('控制字符')
  })
  test('given the serial number of a date, then it is not guessed from which year it counts', () => {
    const header = 'sub_mchid,name,region_code,receipt,checked_at'
    expect(row('1988100001,店,440305,open,45980', header)).toEqual([
      { field: 'checked_at', value: '45980', reason: expect.stringContaining('日期序号') },
    ])
  })
  test.each(['20261120', '2026.11.20', '2026年11月20日', '2026/11/20'])('given %s, then it is 20 November 2026', given => {
    expect(timeIn(given)?.toISOString()).toBe('2026-11-19T16:00:00.000Z')
  })
  test.each(['20261131', '20260230', '12345678'])('given %s, then it is no date', given => {
    expect(timeIn(given)).toBeNull()
  })
})
