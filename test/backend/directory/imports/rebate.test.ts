// rebate.csv from a file to what operators and administrators read: whole or not at all, every figure as the file has it (product.md B31).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newClient } from '../../../../backend/database/client.ts'
import { importRebate, isRebateFile, rebateLines } from '../../../../backend/directory/imports/rebate.ts'
import type { Rebate, RebateMonths } from '../../../../backend/directory/rebates/schema.ts'
import { sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

const header = 'month,sp_mchid,sub_mchid,impressions,ecpm,amount'
const shop = '1900000109'
let backend: Backend
let folder: string

beforeAll(async () => {
  backend = await startBackend()
  folder = mkdtempSync(join(tmpdir(), 'goldplan-rebate-'))
  await backend.addMerchant(shop)
})
afterAll(async () => {
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  const owner = newClient(backend.ownerUrl)
  await owner.connect()
  await owner.query('truncate rebate_files, rebate_figures, audit_entries cascade')
  await owner.end()
  backend.sandbox.control.clock.set(new Date('2026-11-29T03:00:00Z'))
})

function file(name: string, lines: readonly string[], first = header): string {
  const path = join(folder, name)
  writeFileSync(path, `${first}\n${lines.join('\n')}\n`)
  return path
}
async function land(name: string, lines: readonly string[], first = header) {
  const report = await importRebate({ database: backend.db, clock: backend.clock, path: file(name, lines, first) })
  backend.sandbox.control.clock.advance(60_000)
  return report
}
const row = (sub_mchid: string, impressions: string, ecpm: string, amount: string, month = '2026-10') =>
  [month, sp_mchid, sub_mchid, impressions, ecpm, amount].join(',')
const months = async () => (await backend.call<RebateMonths>('operator', 'GET', '/v1/rebates')).body.items
const month = async (query = '') => (await backend.call<Rebate>('admin', 'GET', `/v1/rebates/${sp_mchid}/2026-10${query}`)).body
const figures = () => backend.db.selectFrom('rebate_figures').selectAll().execute()
const trail = () =>
  backend.db.selectFrom('audit_entries').selectAll().where('action', '=', 'rebate.imported').orderBy('at').orderBy('written_in').execute()

describe('a file of rebate figures', () => {
  test.each([
    ['2026年10月', '１００００００', '１２.５０', '￥１２,５００.００'],
    ['2026/10', '1000000.0', '="12.50"', "'12500"],
    ['\u200e202610', '1,000,000', '12.5元', '12500.00 元'],
  ])('given the figures of a month as %s, %s, %s, %s, then they are what they look like', async (...cells) => {
    const [said, ...numbers] = cells.map(cell => `"${cell.replaceAll('"', '""')}"`)
    const report = await land('seen.csv', [`${said},${sp_mchid},,${numbers.join(',')}`])
    expect(report).toMatchObject({ rejections: [], months: [{ month: '2026-10', differing: 0 }] })
    expect(await figures()).toMatchObject([{ impressions: '1000000', amount_fen: '1250000' }])
  })

  test('given figures, then they are shown as they stand in the file, and what does not fit is marked', async () => {
    const report = await land('october.csv', [
      row('', '1000000', '12.50', '12500.00'),
      row(shop, '400000', '12.50', '5000'),
      row('1900000777', '"600,000"', '12.5', '"¥7,800.00"'),
    ])
    expect(rebateLines(report)).toEqual([`${sp_mchid} 2026-10 的返佣：3 行，1 行金额和 eCPM ÷ 1000 × 曝光量对不上，已标出；已导入`])
    expect(await months()).toMatchObject([
      {
        sp_mchid,
        month: '2026-10',
        file: 'october.csv',
        stated: { impressions: 1_000_000, ecpm: '12.50', amount_fen: 1_250_000, difference: null },
        merchants: { rows: 2, impressions: 1_000_000, amount_fen: 1_280_000 },
        differing: 1,
        contradicted: 0,
      },
    ])
    const { items, earlier_files } = await month()
    expect([items.map(one => [one.sub_mchid, one.name, one.shown!.amount_fen, one.shown!.difference]), earlier_files]).toEqual([
      [
        [null, null, 1_250_000, null],
        [shop, `测试店${shop}`, 500_000, null],
        ['1900000777', null, 780_000, '300'],
      ],
      [],
    ])
    expect((await month('?only=marked')).items.map(one => one.sub_mchid)).toEqual(['1900000777'])
  })
  test('given the same file again, then nothing changes, also under another name', async () => {
    await land('october.csv', [row('', '1000', '10', '10')])
    const before = [await figures(), await trail()]
    const again = await land('copy.csv', [row('', '1000', '10', '10')])
    expect([again.landed, [await figures(), await trail()]]).toEqual([[{ sp_mchid, month: '2026-10', landed: 'same' }], before])
  })
  test('given a corrected file, then its months are replaced with before and after in the trail, and who said what stays', async () => {
    await land('first.csv', [row(shop, '1000', '10', '10'), row('1900000110', '2000', '10', '20'), row('', '9', '1', '0.01', '2026-09')])
    await land('corrected.csv', [row(shop, '1000', '10', '11'), row('1900000111', '2000', '10', '20')])
    expect((await months()).map(one => [one.month, one.file, one.merchants?.amount_fen ?? null, one.contradicted])).toEqual([
      ['2026-10', 'corrected.csv', 3_100, 3],
      ['2026-09', 'first.csv', null, 0],
    ])
    const { items, earlier_files } = await month()
    expect(earlier_files).toMatchObject([{ file: 'first.csv' }])
    expect(
      items.map(one => [one.sub_mchid, one.shown?.amount_fen ?? null, one.earlier.map(e => [e.file, e.amount_fen]), one.is_new]),
    ).toEqual([
      [shop, 1_100, [['first.csv', 1_000]], false],
      ['1900000110', null, [['first.csv', 2_000]], false],
      ['1900000111', 2_000, [], true],
    ])
    const last = (await trail()).at(-1)!
    expect(last).toMatchObject({
      actor_id: 'import',
      target_id: sp_mchid,
      before: { month: '2026-10', file: 'first.csv', rows: 2, amount_fen: '3000' },
      after: { month: '2026-10', file: 'corrected.csv', rows: 2, amount_fen: '3100' },
    })
  })
  test('given what was said first is said again, then it is shown again, and the one between is named', async () => {
    const first = [row(shop, '1000', '10', '10')]
    await land('first.csv', first)
    await land('second.csv', [row(shop, '1000', '10', '11')])
    await land('first.csv', first)
    expect((await month()).items).toMatchObject([{ shown: { amount_fen: 1_000 }, earlier: [{ file: 'second.csv', amount_fen: 1_100 }] }])
  })
  test('given rows at fault, then each is named with its field, and nothing of the file lands', async () => {
    const report = await land('bad.csv', [
      row(shop, '1000', '10', '10'),
      row(shop, '1000', '10', '10'),
      row('190', '1.5', '-1', '10.001', '2026-13'),
      `2026-12,1999999999,,1000,10,1e3`,
      '2026-10',
    ])
    expect(report.rejections.map(({ line, field }) => [line, field])).toEqual([
      [3, 'sub_mchid'],
      [4, 'month'],
      [4, 'sub_mchid'],
      [4, 'impressions'],
      [4, 'ecpm'],
      [4, 'amount'],
      [5, 'month'],
      [5, 'sp_mchid'],
      [5, 'amount'],
      [6, ''],
    ])
    expect(rebateLines(report).slice(0, 2)).toEqual([
      `第 3 行 sub_mchid ${shop}：和第 2 行是同一个月的同一家商户`,
      '第 4 行 month 2026-13：月份应写成 2026-10',
    ])
    expect(rebateLines(report).at(-1)).toContain('没有导入任何东西')
    expect([await figures(), await months(), await trail()]).toEqual([[], [], []])
  })
  test('given a dry run, then it says what the file holds and writes nothing', async () => {
    const path = file('dry.csv', [row('', '1000', '10', '10')])
    const report = await importRebate({ database: backend.db, clock: backend.clock, path, dryRun: true })
    expect([rebateLines(report), await figures()]).toEqual([[`${sp_mchid} 2026-10 的返佣：1 行；试运行，没有写入任何东西`], []])
  })
  test('given Chinese names of columns, or another kind of file, then the header tells', async () => {
    await land('chinese.csv', [`2026-10,${sp_mchid},1000,10,10`], '月份,服务商商户号,曝光量,eCPM,返佣金额')
    expect(await months()).toHaveLength(1)
    const known = [
      file('rebate.csv', []),
      file('merchants.csv', [], 'sub_mchid,name,region_code'),
      file('codes.csv', [], 'content,sub_mchid'),
    ]
    expect(await Promise.all(known.map(path => isRebateFile(path)))).toEqual([true, false, false])
    await expect(land('short.csv', ['1'], 'month,ecpm')).rejects.toThrow('缺少“sp_mchid”；缺少“impressions”；缺少“amount”')
  })
  test('given many merchants, then they come page by page', async () => {
    await land(
      'many.csv',
      Array.from({ length: 5 }, (_, index) => row(String(1_900_000_200 + index), '1000', '10', '10')),
    )
    const first = await month('?limit=3')
    const second = await month(`?limit=3&cursor=${first.next_cursor}`)
    expect([...first.items, ...second.items].map(one => one.sub_mchid)).toEqual(
      ['200', '201', '202', '203', '204'].map(end => `1900000${end}`),
    )
    expect(second.next_cursor).toBeNull()
  })
  test('given a month that no file told, or a number of somebody else, then there is none; given a lead, then he may not', async () => {
    await land('october.csv', [row('', '1000', '10', '10')])
    const paths = [`/v1/rebates/${sp_mchid}/2026-09`, '/v1/rebates/1999999999/2026-10']
    for (const path of paths) expect((await backend.call('operator', 'GET', path)).status).toBe(404)
    for (const path of ['/v1/rebates', `/v1/rebates/${sp_mchid}/2026-10`])
      expect((await backend.call('region_lead', 'GET', path)).body.required_action).toBe('rebate.read')
  })
})
