// 导出 (product.md B03): a lead exports the list behind a number, fetches the file when it is made, and sends it to a chat.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())

test('given a list of the dashboard, when I export it as Excel, then the file is made by itself, comes onto the phone and goes to a chat', async () => {
  await world.loginAs('region_lead')
  await world.phone.logIn()
  await world.phone.open('/packages/manage/shops/index?state=regressed')
  await world.phone.reads(/\d+ 家/, '#total')
  const count = /\d+/.exec(await world.phone.text('#total'))![0]
  await world.phone.tap('#export')
  await world.phone.at('packages/manage/exports/index')
  await world.phone.reads('已回退', '#new-what')
  await world.phone.tap('#make-xlsx')
  await world.phone.reads('做好了', '#files')
  await world.phone.reads(`${count} 行`, '#files')
  await world.phone.tap('.fetch')
  await world.phone.reads('发到聊天', '#files')
  expect(world.requests(/^GET \/v1\/exports\/[^/]+\/file\?/)).toHaveLength(1)
  await world.phone.tap('.share')
  await world.phone.reads('发到聊天', '#files')
})

test('given an auditor, when 管理 leads to exports and the trail is exported, then it stands in the list and in the trail', async () => {
  await world.phone.open('/pages/mine/index', 'switchTab')
  await world.phone.tap('#log-out')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.phone.at('pages/login/index')
  await world.loginAs('auditor')
  await world.phone.logIn()
  await world.phone.tap('#desk')
  await world.phone.tap('#room-exports')
  await world.phone.reads('还没有导出过', '#state-empty')
  await world.phone.back()
  await world.phone.tap('#room-audit')
  await world.phone.tap('#export')
  await world.phone.tap('#make-csv')
  await world.phone.reads('做好了', '#files')
  await world.phone.back()
  await world.phone.at('packages/manage/audit/index')
  await world.phone.tap('#range-1')
  await world.phone.reads('导出做好了', '#entries')
})
