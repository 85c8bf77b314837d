// A trade bill by hand, through the command as a person runs it.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { dayLater, dayOf } from '../../../../backend/http/days.ts'
import { built } from '../../../support/programs.ts'
import { textOf } from '../../evidence/bills/given.ts'
import { createImportWorld, type ImportWorld } from './support/world.ts'

let world: ImportWorld
beforeAll(async () => {
  world = await createImportWorld()
})
afterAll(() => world.close())

const today = () => dayOf(new Date())
const day = dayLater(today(), -1)
const shop = '1900000109'
const run = async (name: string, content: string | Buffer, ...options: string[]) => {
  const child = spawn(process.execPath, built('backend/directory/imports/main.ts', world.file(name, content), ...options), {
    cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
    env: { ...process.env, DATABASE_URL: world.url, MIGRATION_DATABASE_URL: world.ownerUrl, SP_MCHID: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>(done => child.once('close', done))
  return { code, said }
}
const counts = async () =>
  (await world.db.selectFrom('payment_days').select(['sub_mchid', 'payments']).orderBy('sub_mchid').execute()).map(one => [
    one.sub_mchid,
    one.payments,
  ])
const bill = (count: number) =>
  textOf(day, {
    payments: [
      { sub_mchid: shop, count },
      { sub_mchid: shop, trade_state: 'REFUND' },
    ],
  })

test('given a bill, zipped or not, then it lands once, and a corrected one replaces its day', async () => {
  const dry = await run('bill.csv', bill(3), '--dry-run')
  expect([dry.code, dry.said, await counts()]).toEqual([0, expect.stringContaining('试运行，没有写入任何东西'), []])
  const [first, again] = await Promise.all([run('bill.csv', bill(3)), run('again.csv.gz', gzipSync(bill(3)))])
  expect([first.code, again.code]).toEqual([0, 0])
  expect([first.said, again.said].map(said => /已导入|没有变化/.exec(said)?.[0]).sort()).toEqual(['已导入', '没有变化'])
  expect(await counts()).toEqual([[shop, 3]])
  const corrected = await run('corrected.csv.gz', gzipSync(bill(4)))
  expect([corrected.said, await counts()]).toEqual([
    `1900000001 ${day} 的交易账单：5 行，4 笔支付，1 个商户；替换了这一天原来的数据\n`,
    [[shop, 4]],
  ])
})

test('given its columns stand in another order, then it is known for a bill by their names', async () => {
  const [header, ...lines] = bill(5).slice(1).split('\r\n')
  // those left of 微信退款单号, the last first
  const moved = <T>(values: readonly T[]) => [...values.slice(0, 14).reverse(), ...values.slice(14)]
  const rows = lines.map((line, index) => (index < 6 ? `\`${moved(line.slice(1).split(',`')).join(',`')}` : line))
  const { code, said } = await run('moved.csv', [moved(header!.split(',')).join(','), ...rows].join('\r\n'))
  expect([code, said]).toEqual([0, `1900000001 ${day} 的交易账单：6 行，5 笔支付，1 个商户；替换了这一天原来的数据\n`])
})

const fundBill = '记账时间,微信支付业务单号,资金流水单号,业务名称\r\n`2026-11-20 00:00:01,`4200009999,`4200009999,`交易\r\n'

test.each<[string, string | Buffer | (() => string), string]>([
  [
    'a bill that a spreadsheet program saved anew',
    bill(2)
      .slice(1)
      .replaceAll(/[^,\r\n]+/g, '"$&"'),
    '请下载“所有订单”的账单，不要改动列',
  ],
  ['a bill of the flow of money', fundBill, '请下载“所有订单”的账单'],
  ['a day that no year has', bill(2).replaceAll(day, '2027-02-29'), '请一天一个文件'],
  ['a bill that was cut', gzipSync(bill(9)).subarray(0, 90), '压缩文件不完整或已损坏'],
  ['a bill of today', () => textOf(today(), { payments: [{ sub_mchid: shop }] }), '还没有过完'],
  ["another provider's", textOf(day, { payments: [{ sub_mchid: shop, sp_mchid: '1900000002' }] }), '不是本服务商的'],
  ['a line too many', bill(2).replace('\r\n`', '\r\n合计\r\n`'), '第 2 行：这一行不是交易账单的格式'],
  ['a bill without payments', textOf(day, { payments: [] }), '看不出是哪一天的'],
])('given %s, then one line says why, and what had landed stays', async (_what, content, sentence) => {
  let [begun, before, answer] = ['', await counts(), { code: null as number | null, said: '' }]
  // today is over, and lands, where midnight comes between the two
  while (begun !== today()) {
    ;[begun, before] = [today(), await counts()]
    answer = await run('bad.csv.gz', typeof content === 'function' ? content() : content)
  }
  const { code, said } = answer
  expect([code, said.trim().split('\n')]).toEqual([1, [expect.stringContaining(sentence)]])
  expect([said.includes('没有导入任何东西'), await counts()]).toEqual([true, before])
})
