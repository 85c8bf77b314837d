// 看板 (product.md B01): a lead reads twelve weeks, taps a number, and the list behind it has as many.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())

test('given a lead, when the workbench says how twelve weeks went and is tapped, then every number of the plots opens a list of so many', async () => {
  await world.loginAs('region_lead')
  await world.phone.logIn()
  await world.phone.reads(/12 周多迁移 \d+ 家/, '#dashboard')
  const gain = /\d+/.exec((await world.phone.text('#dashboard')).replace('12 周', ''))![0]
  await world.phone.tap('#dashboard')
  await world.phone.at('packages/manage/dashboard/index')
  await world.phone.reads(`12 周多迁移 ${gain} 家`, '#weeks-title')
  const verified = await world.phone.text('#mark-states-verified-0', '.bar-count')
  await world.phone.tap('#mark-states-verified-0')
  await world.phone.at('packages/manage/shops/index')
  await world.phone.reads(`${verified} 家`, '#total')
  await world.phone.reads('已迁移', '#words')
  await world.phone.back()
  await world.phone.at('packages/manage/dashboard/index')
})

test('given the same numbers as tables, when one of twelve weeks ago is tapped, then its list has the shops of that day', async () => {
  await world.phone.tap('#as-tables')
  await world.phone.reads('现在', '#weeks')
  const day = '2026-09-06'
  const then = await world.phone.text(`#cell-table-verified-${day}`)
  expect(Number(then)).toBeGreaterThan(0)
  await world.phone.tap(`#cell-table-verified-${day}`)
  await world.phone.at('packages/manage/shops/index')
  await world.phone.reads(`${then} 家`, '#total')
  await world.phone.reads(/9月6日结束时/, '#words')
  await world.phone.tap('.shop')
  await world.phone.at('packages/merchant/detail/index')
})

test('given no signal, when I come back to the list and to the numbers, then they stay and both say of when they are, until there is a signal', async () => {
  const { phone } = world
  const mend = world.cutEvery(/\/v1\/(metrics\/dashboard|sub-merchants)/)
  await phone.back()
  await phone.at('packages/manage/shops/index')
  await phone.back()
  await phone.at('packages/manage/dashboard/index')
  await phone.reads(/没连上服务器，下面是.+读到的/, '#stale')
  await phone.reads(/\d/, '#total')
  mend()
  await phone.tap('#as-plots')
  await phone.miniProgram.callWxMethod('startPullDownRefresh', {})
  await phone.gone('#stale')
})
