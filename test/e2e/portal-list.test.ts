// 平台名单 and the mini program scene (product.md B11, §6.2): an operator records what the console shows of many shops at once, and switches the scene of one.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { eventually } from '../support/eventually.ts'
import { answerWechat } from '../support/camera.ts'
import { createWorld, type World } from '../support/world.ts'

const page = 'packages/manage/portal-list/index'
const [differs, same, receiptOpen] = ['1900000161', '1900000163', '1900000109'] as const
const header = '商户号,点金计划,小程序场景,商家小票'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())

const sent = () => world.requests(/^POST \/v1\/portal-check-lists$/)
const lists = () => world.database.selectFrom('portal_check_lists').selectAll().orderBy('created_at').execute()
const merchant = async (sub_mchid: string) =>
  (await (await world.request('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).json()) as {
    gold_plan: { jsapi: { status: string }; miniprogram: { status: string; verify_jsapi: boolean } }
    receipt: { status: string; source: string; changed_by: string | null }
    migration: { state: string }
  }
const toPage = async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  await world.phone.tap('#desk')
  await world.phone.tap('#room-portal-list')
  await world.phone.at(page)
}

describe('平台名单', () => {
  test('given a list pasted from a spreadsheet, when I look through it and record it, then the shops are what the console shows, and it says how many', async () => {
    await toPage()
    await world.phone.reads('先粘贴名单', '#incomplete')
    await world.phone.type(
      [header, `${differs},已开通,,已开通`, `${same},已开通,,`, '1999999990,已开通,,', '12,已开通,,'].join('\n').replaceAll(',', '\t'),
      '#paste',
    )
    await world.phone.tap('#preview')
    await world.phone.reads('粘贴的名单', '#list-preview')
    await world.phone.reads(/商家小票\s*已关\s*→\s*已开/, '#rows')
    for (const [group, count] of [
      ['differ', 1],
      ['same', 1],
      ['unknown', 1],
      ['refused', 1],
    ] as const)
      await world.phone.reads(new RegExp(`${count}$`), `#group-${group}`)
    await world.phone.tap('#group-refused')
    await world.phone.reads('第 5 行', '#rows')
    await world.phone.reads('商户号：不是 8 到 10 位数字', '#rows')
    expect((await merchant(differs)).receipt.status).toBe('closed')

    await world.phone.tap('#apply')
    await world.phone.reads('1 家和我们的记录不同', '#sheet')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.pass(2_000)
    await eventually('it to be recorded', async () => (await lists())[0]!.status === 'applied')
    await world.pass(2_000)
    await world.phone.reads('记录完了', '#outcome')
    await world.phone.reads('记录 2 家', '#result')
    expect((await merchant(differs)).receipt).toMatchObject({ status: 'open', source: 'portal', changed_by: '运营 02' })
    await world.phone.tap('#another')
    await world.phone.find('#incomplete')
  })

  test('given a file of a chat and an answer that is lost, when I come back after the app was closed and send it again, then the server holds one list', async () => {
    await world.simulator.phone.set({ chatFile: `导出.csv\n${header}\n${receiptOpen},已开通,未开通,` })
    await toPage()
    await world.phone.tap('#choose-file')
    // WeChat asks for consent to its guideline the first time
    await eventually('the question for consent', () => answerWechat(world, '同意'))
    await world.phone.reads('导出.csv', '#file')
    world.cutNext(/^POST \/v1\/portal-check-lists$/)
    await world.phone.tap('#preview')
    await world.phone.reads('还不知道有没有收到', '#unanswered')
    await world.phone.open('/pages/home/index')
    await toPage()
    await world.phone.reads('导出.csv', '#file')
    await world.phone.tap('#preview')
    await world.phone.reads('导出.csv', '#list-preview')
    expect((await lists()).map(({ name }) => name)).toEqual([null, '导出.csv'])
    await world.phone.reads(/小程序场景\s*没有记录\s*→\s*已关/, '#rows')
    await world.phone.open('/pages/home/index')
    await toPage()
    await world.phone.reads('导出.csv', '#list-preview')
    await world.phone.tap('#edit')
    await world.phone.reads('导出.csv', '#file')
    await world.phone.tap('#remove-file')
  })

  test("given a customer's payment code or a header that nobody knows, then it says so; the code is not sent", async () => {
    await toPage()
    world.forgetRequests()
    await world.phone.type(`${header}\n134567890123456789,已开通,,`, '#paste')
    await world.phone.reads('第 2 行有顾客的付款码', '#code-line')
    await world.phone.find('#incomplete')
    expect(sent()).toEqual([])
    await world.phone.type('门店,好不好\n面馆,好', '#paste')
    await world.phone.tap('#preview')
    await world.phone.reads('表头看不懂', '#fault')
    await world.phone.reads('缺少', '#fault')
  })

  test('given a window with room, then the rows stand in a table beside the counts', async () => {
    await toPage()
    await world.phone.type(`${header}\n${differs},未开通,已开通,未开通`, '#paste')
    await world.phone.tap('#preview')
    await world.phone.find('#list-preview')
    await world.simulator.phone.set({ device: 'computer', windowWidth: 1_000, windowHeight: 700 })
    await world.phone.reads('我们的记录 → 平台', '#rows', '.table-head')
    await world.phone.reads(/点金计划\s*已开\s*→\s*已关/, '#rows')
    await world.simulator.phone.set({ device: 'iphone-x' })
    await world.phone.gone('.table-head')
  })
})

describe('the mini program scene', () => {
  test('given a migrated shop, when I open the scene, then it says before that nobody knows what it does to web payment, and asks for one afterwards', async () => {
    const before = await merchant(same)
    expect([before.migration.state, before.gold_plan.miniprogram.status]).toEqual(['verified', 'unknown'])
    await world.phone.openMerchant(same)
    await world.phone.reads('没有记录', '#gold-plan-miniprogram')
    await world.phone.tap('#gold-plan-miniprogram')
    await world.phone.reads('微信没有说明这会不会影响网页支付', '#sheet')
    world.forgetRequests()
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已开', '#gold-plan-miniprogram')
    await world.phone.reads('改动后还没看过网页支付', '#gold-plan-miniprogram')
    expect(world.requests(/^PUT .*\/gold-plan\/miniprogram$/)).toHaveLength(1)
    expect(world.sandbox.control.ledger(same).gold_plan.MINIPROGRAM.status).toBe('open')
    expect((await merchant(same)).migration.state).toBe('verified')
    await world.phone.reads('生效中', '#next-step')
    await world.advance(6 * 60_000)
    await world.phone.reads('再验证一次网页支付', '#next-step')

    const body = {
      id: randomUUID(),
      kind: 'test_payment',
      occurred_at: world.clock.now().toISOString(),
      detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' },
    }
    const path = `/v1/sub-merchants/${same}/evidence`
    expect((await world.request('operator', 'POST', path, body, { 'idempotency-key': body.id })).status).toBe(201)
    await world.phone.openMerchant(differs)
    await world.phone.openMerchant(same)
    await eventually('the next step to go', async () => !(await world.phone.text('#next-step')).includes('再验证一次网页支付'))
    expect((await merchant(same)).gold_plan.miniprogram.verify_jsapi).toBe(false)
  })

  test('given it is open, when I close it with a reason, then it is closed and locked for 24 hours, and web payment is not', async () => {
    await world.phone.openMerchant(same)
    await world.phone.tap('#gold-plan-miniprogram')
    await world.phone.reads('微信没有说明 24 小时是否按场景分开算', '#sheet')
    await world.phone.type('小程序要自己的完成页', '#sheet', '#sheet-reason')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已关', '#gold-plan-miniprogram')
    await world.phone.reads('后可再次开通', '#gold-plan-miniprogram')
    const { gold_plan } = world.sandbox.control.ledger(same)
    expect([gold_plan.MINIPROGRAM.status, gold_plan.JSAPI.status]).toEqual(['closed', 'open'])
  })

  test('given a region lead, then the scene is shown and only an operator may switch it; 平台名单 is not among the rooms', async () => {
    await world.phone.open('/pages/mine/index', 'switchTab')
    await world.phone.tap('#log-out')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.at('pages/login/index')
    await world.loginAs('region_lead')
    await world.phone.logIn()
    await world.phone.tap('#desk')
    await world.phone.find('#room-approvals')
    await world.phone.gone('#room-portal-list')
    await world.phone.open(`/${page}`)
    await world.phone.reads('只有运营可以核对平台', '#state-forbidden')
    await world.phone.openMerchant('1900000109')
    await world.phone.tap('#gold-plan-miniprogram')
    await world.phone.reads('只有运营可以开关小程序场景', '#refusal')
  })
})
