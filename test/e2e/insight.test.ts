// From WeChat Pay's bill to what follows for a receipt, and from a file to the rebate of a month (product.md B30, B31): as an agent and an operator meet them.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeBills } from '../../backend/evidence/bills/take.ts'
import { appids, provider } from '../../dev/demo/organisation.ts'
import { built } from '../support/programs.ts'
import { createWorld, type World } from '../support/world.ts'

/** of the agent's own, with no payment in the demo's bills */
const shop = '1900000104'
const page = 'packages/merchant/payments/index'
const officialAccount = appids[0].appid
let world: World
let folder: string

beforeAll(async () => {
  world = await createWorld()
  folder = mkdtempSync(join(tmpdir(), 'goldplan-rebate-'))
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

const switchTo = async (role: 'operator') => {
  await world.phone.open('/pages/mine/index', 'switchTab')
  await world.phone.tap('#log-out')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.phone.at('pages/login/index')
  await world.loginAs(role)
  await world.phone.logIn()
}
/** `npm run import` as a person runs it on the server. */
async function importFile(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  const child = spawn(process.execPath, built('backend/directory/imports/main.ts', path), {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, DATABASE_URL: world.databaseUrls.url, MIGRATION_DATABASE_URL: world.databaseUrls.ownerUrl, SP_MCHID: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>(done => child.once('close', done))
  return `${code} ${said}`
}

test('given a bill of the day before, when an agent opens the shop, then its line leads to the payments, what follows, and the card for the owner', async () => {
  await world.loginAs('field_agent')
  await world.phone.logIn()
  const paid = { sub_mchid: shop, appid: officialAccount, openid: 'oUpF8uPrivateCustomer000001', amount: '3571.68' }
  world.sandbox.control.setBill('2026-11-23', {
    payments: [
      { ...paid, count: 90, hour: 12 },
      { ...paid, count: 30, hour: 18, trade_type: 'MICROPAY' },
    ],
  })
  // the next day: the bill is there since ten
  await world.advance((24 + 2) * 3_600_000)
  await takeBills(world.context, () => true)
  await world.phone.openMerchant(shop)
  await world.phone.reads('30 天收款 120 笔，网页支付 75%', '#more-payments')
  await world.phone.tap('#more-payments')
  await world.phone.at(page)
  await world.phone.reads('30 天收款 120 笔', '#finding')
  await world.phone.reads('11 点到 14 点 90 笔，占 75%。达到 35% 就提示。', '#suggestion-lunch')
  await world.phone.reads('网页支付 90 笔，小票加载 0 次，是 0%', '#suggestion-loads')
  await world.phone.reads('没有顾客、商品和每笔金额', '#items')
  await world.phone.tap('#mode-table')
  await world.phone.reads(/12 点\s*90/, '#table-week')
  await world.phone.tap('#to-owner')
  await world.phone.at('packages/merchant/explain/index')
  await world.phone.reads('12 点到 13 点最多', '#card-payments')
  await world.phone.tap('#next')
  await world.phone.find('#card-change')
  await world.phone.back()
  await world.phone.tap('#to-lunch')
  await world.phone.at('packages/merchant/receipt-content/index')
})

test('given a phone without a network, then what was read is shown with its age', async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  await world.simulator.phone.set({ offline: true })
  await world.phone.openMerchant(shop)
  await world.phone.reads('30 天收款 120 笔', '#more-payments')
  await world.phone.tap('#more-payments')
  await world.phone.at(page)
  await world.phone.reads(/没有更新.*读到的/s, '#stale')
  await world.phone.reads('30 天收款 120 笔', '#finding')
  await world.simulator.phone.set({ offline: false })
})

test('given a rebate that was imported and corrected, when an operator opens 返佣, then figures, differences and who said what are there', async () => {
  const header = 'month,sp_mchid,sub_mchid,impressions,ecpm,amount'
  const row = (sub_mchid: string, amount: string) => `2024-10,${provider.sp_mchid},${sub_mchid},400000,12.50,${amount}`
  expect(await importFile('bad.csv', [header, row(shop, '5000'), row('12', '1')])).toMatch(/^1 第 3 行 sub_mchid 12：/)
  expect(await importFile('october.csv', [header, row(shop, '4800')])).toMatch(/^0 .*已导入/)
  expect(await importFile('corrected.csv', [header, row(shop, '5100'), row('', '5000.00')])).toMatch(/^0 .*替换了这个月原来的数据/)
  await switchTo('operator')
  await world.phone.tap('#desk')
  await world.phone.tap('#room-rebate')
  await world.phone.reads('5,000.00 元', '#months')
  await world.phone.reads('2 行和之前的文件不一样', '#months')
  await world.phone.tap(`#month-${provider.sp_mchid}-2024-10`)
  await world.phone.reads(/october\.csv.*被替换/s, '#detail')
  await world.phone.reads('合计行和各商户行相加差 100.00 元', '#uneven')
  await world.phone.tap('#rows-marked')
  await world.phone.reads('比 eCPM ÷ 1000 × 曝光量多 100 元', `#item-${shop}`)
  await world.phone.reads(/october\.csv.*4,800\.00 元/, `#item-${shop}`)
})
