// 变更记录 (product.md M23): what one person changes, another reads in words.
import { afterAll, beforeAll, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const trail = 'packages/manage/audit/index'
const shop = '1900000161'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())

const logOut = async () => {
  await world.phone.open('/pages/mine/index', 'switchTab')
  await world.phone.tap('#log-out')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.phone.at('pages/login/index')
}

test('given a receipt that I switch on, when I open 变更记录 from the shop, then it reads 关 → 开, who did it, and lets me see only their changes', async () => {
  await world.loginAs('operator')
  await world.phone.logIn()
  await world.phone.openMerchant(shop)
  await world.phone.reads('已关', '#receipt')
  await world.whileTimeStands(async () => {
    await world.phone.tap('#receipt')
    await world.phone.reads('撤销', '#undo')
    await world.pass(5_000)
  })
  await world.phone.reads('已开', '#receipt')
  await world.phone.tap('#more-audit')
  await world.phone.at(trail)
  await world.phone.reads('开通商家小票', '#entries')
  await world.phone.reads(/商家小票\s*关 → 开/, '#entries')
  await world.phone.reads('运营', '#entries')
  await world.phone.reads('请求编号', '#entries')
  world.forgetRequests()
  await world.phone.tap('.who-tap')
  await world.phone.reads('只看', '#person')
  await world.phone.reads('开通商家小票', '#entries')
  await eventually('the question', () => world.requests(/^GET \/v1\/audit-entries\?.*actor=/).length === 1)
  await world.phone.tap('#choose-action')
  await world.phone.reads('审核拜访', '#actions')
})

test('given an auditor, then 管理 and the top of the workbench lead to 变更记录, which holds what everybody changed and leads to the shop', async () => {
  await logOut()
  await world.loginAs('auditor')
  await world.phone.logIn()
  await world.phone.tap('#desk')
  await world.phone.tap('#room-audit')
  await world.phone.at(trail)
  await world.phone.back()
  await world.phone.back()
  await world.phone.tap('#audit')
  await world.phone.at(trail)
  await world.phone.reads(/商家小票\s*关 → 开/, '#entries')
  await world.phone.tap('#range-1')
  await world.phone.reads('开通商家小票', '#entries')
  await world.phone.tap('.shop-tap')
  await world.phone.reads(shop, '#verdict')
})

test('given an agent, then the trail of a shop elsewhere says only that it is elsewhere', async () => {
  await logOut()
  await world.loginAs('field_agent')
  await world.phone.logIn()
  await world.phone.open(`/${trail}?sub_mchid=1900000149`)
  await world.phone.reads('不在你的负责范围', '#state-forbidden')
})
