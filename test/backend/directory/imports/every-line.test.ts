// Every line of a file is accounted for: it lands, is rejected by its number, or is empty. For every kind of file.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createImportWorld, type ImportWorld } from './support/world.ts'

let world: ImportWorld
beforeAll(async () => {
  world = await createImportWorld()
  await world.run('shops.csv', 'sub_mchid,name,region_code\n1988400001,甲店,440305\n1988400002,乙店,440305\n1988400003,丙店,440305\n')
})
afterAll(() => world?.close())

const rejected = (name: string) => world.rows(name).map(({ line, reason }) => [line, reason])

describe('a stray quote', () => {
  test.each([
    [
      'merchants',
      'sub_mchid,name,short_name,region_code,address\n1988300021,甲店,甲,440305,"科苑路1号\n1988300022,乙店,乙,440305,科苑路2号\n1988300023,丙店,丙,440305,科苑路3号"\n1988300024,末店,末,440305,科苑路4号\n',
    ],
    [
      'merchants whose rows end early',
      'sub_mchid,name,region_code,address\n1988300031,甲店,440305,"科苑路1号\n1988300032,乙店\n1988300033,丙店,440305,"\n1988300034,末店,440305,科苑路4号\n',
    ],
    [
      'codes',
      'content,sub_mchid,store\nhttps://a.example/1,1988400001,"一楼\nhttps://a.example/2,1988400002,二楼\nhttps://a.example/3,1988400003,三楼"\nhttps://a.example/4,1988400003,四楼\n',
    ],
    [
      'staff',
      'staff_id,display_name,role,region_codes\ns1,甲,业务员,"440305\ns2,乙,业务员,440305\ns3,丙,业务员,440305"\ns4,丁,业务员,440305\n',
    ],
    ['assignments', 'staff,sub_mchid\n,"1988400001\n,1988400002\n,1988400003"\n,1988400003\n'],
  ])('given one in %s, then the rows that it swallowed are rejected by their lines and the one after it lands', async (kind, content) => {
    const name = `${kind}.csv`
    const report = await world.run(name, content)
    expect(report).toMatchObject({ rows: 4, rejected: 3, lines: { total: 5, header: 1, blank: 0, rows: 4, further: 0 } })
    expect(report.added + report.updated + report.unchanged).toBe(1)
    expect(rejected(`${kind}.rejects.csv`)).toEqual([['2–4', expect.stringContaining('第 2 到 4 行')]])
  })

  test('given an address of two lines, then it lands, and the line that it adds is counted', async () => {
    const report = await world.run(
      'two-lines.csv',
      'sub_mchid,name,region_code,address\n1988300041,甲店,440305,"科苑路 1 号\n一层, 二层"\n\n1988300042,乙店,440305,\n',
    )
    expect(report).toMatchObject({ added: 2, rejected: 0, lines: { total: 5, header: 1, blank: 1, rows: 2, further: 1 } })
  })

  test('given a row of two lines with another fault, then both lines are named', async () => {
    await world.run('fault.csv', 'sub_mchid,name,region_code,address\n12,甲店,440305,"科苑路 1 号\n一层"\n')
    expect(rejected('fault.rejects.csv')).toEqual([['2–3', expect.stringContaining('8 到 10 位')]])
  })
})

/** Lines of files that people and programs spoil: cells with stray quotes, line ends of every kind, NUL, marks, rare characters. */
const cell = fc.oneof(
  fc.constantFrom('1988500001', '1988500002', '甲店', '440305', 's1', '业务员', 'https://a.example/1', '𠮷重庆', '', ' ', '"', '""', '"x"'),
  fc.constantFrom('科苑路"1号', '"科苑路', '路"', '\u0000', '\uFEFF', '\u200B', "'", '=1', '1.9E+09', '一层\n二层', '"a\r\nb"'),
  fc.string({ unit: 'binary', maxLength: 5 }),
)
const spoiltFile = fc
  .tuple(
    fc.constantFrom(
      'sub_mchid,name,region_code,address',
      'content,sub_mchid,store',
      'staff_id,display_name,role,region_codes',
      'sub_mchid,staff',
    ),
    fc.boolean(),
    fc.array(fc.tuple(fc.array(cell, { minLength: 0, maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\r', '\n\n')), {
      minLength: 1,
      maxLength: 12,
    }),
    fc.nat(),
  )
  .map(([header, marked, lines, cut]) => {
    const bytes = Buffer.from(`${marked ? '\uFEFF' : ''}${header}\n${lines.map(([cells, end]) => cells.join(',') + end).join('')}`)
    const kept = Buffer.byteLength(header) + 8
    return bytes.subarray(0, cut % 3 === 0 ? kept + (cut % Math.max(1, bytes.length - kept)) : bytes.length)
  })

test('given any spoilt file, cut at any byte, then its lines and its rows add up', async () => {
  await fc.assert(
    fc.asyncProperty(spoiltFile, async bytes => {
      const report = await world.run('spoilt.csv', bytes, { dryRun: true, encoding: 'utf-8' }).catch((error: Error) => {
        // a file without a row is none
        expect(error.message).toContain('没有数据')
        return null
      })
      if (!report) return
      const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n')
      const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
      expect(report.lines!.total).toBe(lines)
      const { header, blank, rows, further } = report.lines!
      expect(header + blank + rows + further).toBe(lines)
      expect(report.added + report.updated + report.unchanged + report.rejected).toBe(rows)
      const empty = text.split('\n').filter(line => /^[\s,"]*$/.test(line)).length
      expect(blank).toBeLessThanOrEqual(empty)
    }),
    { numRuns: 300 },
  )
})

test('given names with characters beyond the first 65,536 beside words of several readings, then the whole file lands', async () => {
  const content =
    'sub_mchid,name,short_name,region_code,address\n1988100021,𠮷重庆面馆,𠮷重庆,440305,科苑路21号\n1988100022,银行𠮷乐店,银行𠮷,440305,科苑路22号\n'
  expect(await world.run('rare.csv', content)).toMatchObject({ rows: 2, added: 2, rejected: 0 })
})
