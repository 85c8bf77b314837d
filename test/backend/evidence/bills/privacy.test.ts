// What a bill holds of customers, orders, goods and amounts is nowhere afterwards: no table, no log, no answer, no backup.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { backUp } from '../../../../backend/backup/backup.ts'
import { tablesOf } from '../../../../backend/backup/tables.ts'
import { newClient } from '../../../../backend/database/client.ts'
import { importBill } from '../../../../backend/directory/imports/bill.ts'
import { concludeFlows } from '../../../../backend/evidence/bills/conclude.ts'
import { fetchBills } from '../../../../backend/evidence/bills/fetch.ts'
import { OFFICIAL_ACCOUNT_APPID, type BillPayments } from '../../../../dev/sandbox/index.ts'
import { startBackend, type Backend } from '../../support/backend.ts'
import { enterAppid, other, shop, textOf } from './given.ts'

const secrets = ['oUpF8uPrivateCustomer000001', '4200009999123456789012345678', 'A_SECRET_ORDER_77', '红烧牛肉面加蛋', '3571.68']
const [openid, transaction_id, out_trade_no, goods, amount] = secrets as [string, string, string, string, string]
const told: BillPayments = { sub_mchid: shop, count: 30, openid, transaction_id, out_trade_no, goods, amount }
const day = '2026-11-28'

let backend: Backend
let folder: string
const lines: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goldplan-privacy-'))
  const stream = new PassThrough().on('data', (chunk: Buffer) => void lines.push(chunk.toString()))
  backend = await startBackend({ logger: pino({ level: 'trace' }, stream) })
  backend.sandbox.control.clock.set(new Date('2026-11-29T03:00:00Z'))
  await backend.addMerchant(shop)
  await enterAppid(backend, OFFICIAL_ACCOUNT_APPID, 'official_account')
  // one that lands, one with a secret where an appid should stand, and those that are refused in every way
  const faults = ['none', 'none', 'wrong_hash', 'wrong_totals', 'cut'] as const
  for (const [back, fault] of faults.entries())
    backend.sandbox.control.setBill(`2026-11-${28 - back}`, {
      fault,
      payments: [told, { ...told, sub_mchid: other, ...(back === 1 && { appid: openid }) }],
    })
  await fetchBills(backend.app.context)
  await concludeFlows(backend.app.context)
  const path = join(folder, 'bill.csv.gz')
  writeFileSync(path, gzipSync(textOf('2026-11-20', { payments: [told] })))
  await importBill({ database: backend.db, clock: backend.clock, path })
})
afterAll(async () => {
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})

const expectNone = (where: string, text: string) => {
  for (const secret of secrets) expect([where, secret, text.includes(secret)]).toEqual([where, secret, false])
}

test('given bills with known customers, orders, goods and amounts, then no table holds any of them', async () => {
  const client = newClient(backend.ownerUrl)
  await client.connect()
  const tables = await tablesOf(client)
  const counts = new Map<string, number>()
  for (const { table } of tables) {
    const { rows } = await client.query<{ text: string }>(`select one::text as text from "${table}" as one`)
    counts.set(table, rows.length)
    expectNone(table, rows.map(({ text }) => text).join('\n'))
  }
  await client.end()
  expect([counts.get('payment_days'), counts.get('evidence'), counts.get('unlisted_merchants')]).toEqual([5, 1, 1])
})

test('given the same, then no log and no answer holds any of them', async () => {
  const paths = [
    `/v1/sub-merchants/${shop}`,
    `/v1/sub-merchants/${shop}/payments?from=2026-11-01&to=${day}`,
    `/v1/sub-merchants/${shop}/evidence`,
    '/v1/audit-entries?limit=100',
    '/v1/metrics/payments?from=2026-11-01&to=2026-11-28',
    '/v1/unlisted-merchants',
    '/v1/offline-pack',
  ]
  for (const path of paths) {
    const { status, text } = await backend.call('operator', 'GET', path)
    expect([path, status]).toEqual([path, 200])
    expectNone(path, text)
  }
  expect(lines.some(line => line.includes('a trade bill did not land'))).toBe(true)
  expectNone('the log', lines.join(''))
})

test('given the same, then no backup holds any of them', async () => {
  const to = join(folder, 'backup')
  await backUp({ databaseUrl: backend.ownerUrl, photoDir: join(folder, 'photos'), folder: to, clock: backend.clock, log: () => undefined })
  const files = readdirSync(to, { recursive: true, withFileTypes: true }).filter(one => one.isFile())
  expect(files.length).toBeGreaterThan(20)
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name))
    expectNone(file.name, (bytes.readUInt16BE(0) === 0x1f8b ? gunzipSync(bytes) : bytes).toString('utf8'))
  }
})
