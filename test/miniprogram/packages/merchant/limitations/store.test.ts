// 现在问一次: WeChat Pay is asked by those who may ask, about the shop that is on screen, and never by itself.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { World } from '../../../support/world.ts'
import { opened, openShop, shopId, type OpenShop } from '../support/open-shop.ts'

const evidence = /\/evidence$/
const refresh = /\/limitations\/refresh$/
let at: OpenShop
let world: World
beforeEach(async () => {
  at = await openShop()
  world = at.world
  world.server.on('GET', evidence, () => ({ body: { items: [], next_cursor: null } }))
  world.server.on('POST', refresh, () => ({ body: { limited: false } }))
  await world.limitations.open(shopId)
})
afterEach(() => world.stop())
const asked = () => world.server.seen('POST', refresh).length

it('asks once for each tap, and says what was answered until another shop is opened', async () => {
  expect([asked(), world.limitations.answered]).toEqual([0, null])
  await world.limitations.ask()
  expect([asked(), world.limitations.answered]).toEqual([1, { limited: false }])
  await world.limitations.open('1900000110')
  expect(world.limitations.answered).toBeNull()
})
it('asks nothing for somebody who may only look, without a network, or before the shop is known', async () => {
  world.setOnline(false)
  await world.limitations.ask()
  world.setOnline(true)
  await world.limitations.open('1900000110')
  await world.limitations.ask()
  await world.limitations.open(shopId)
  await at.becomes({ ...opened, allowed_actions: ['merchant.read', 'evidence.read'] })
  await world.limitations.ask()
  expect([asked(), world.limitations.mayAsk]).toEqual([0, false])
})
