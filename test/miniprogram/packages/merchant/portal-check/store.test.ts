// The operator's records of a shop, at the level of the store over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { EvidenceRequest } from '../../../../../typings/api.ts'
import { merchantOf } from '../../../support/samples.ts'
import type { World } from '../../../support/world.ts'
import { opened, openShop, shopId, type OpenShop } from '../support/open-shop.ts'

let at: OpenShop
let world: World
beforeEach(async () => {
  at = await openShop()
  world = at.world
})
afterEach(() => world.stop())

describe("an operator's records", () => {
  it('nobody else is offered them', () => {
    world.portalCheck.open(shopId)
    expect(world.portalCheck.tasks).toEqual([])
  })

  it('records what the console shows, and only with something chosen', async () => {
    await at.becomes(merchantOf({ ...opened, allowed_actions: ['portal_check.write', 'unblock.write'] }))
    world.portalCheck.open(shopId)
    expect(world.portalCheck.tasks).toEqual(['portal_check', 'flow_conclusion'])
    await world.portalCheck.submit()
    expect(at.posts()).toHaveLength(0)
    world.portalCheck.fill('gold_plan_jsapi', 'closed')
    world.portalCheck.fill('advertising', 'open')
    world.portalCheck.fill('default_open', 'no')
    world.portalCheck.fill('note', '  ')
    await world.portalCheck.submit()
    expect(at.posts()[0]?.body).toMatchObject({
      kind: 'portal_check',
      detail: { gold_plan_jsapi: 'closed', advertising: 'open', default_open: false },
    })
    expect((at.posts()[0]!.body as EvidenceRequest).detail).not.toHaveProperty('note')
  })

  it('lifts a block with a note of at least 2 characters', async () => {
    const migration = { ...opened.migration, state: 'blocked' as const, reason: 'SUB_MERCHANT_PUNISHED' }
    await at.becomes(merchantOf({ ...opened, migration, allowed_actions: ['portal_check.write', 'unblock.write'] }))
    world.portalCheck.open(shopId, 'unblock')
    world.portalCheck.fill('note', '好')
    expect(world.portalCheck.complete).toBe(false)
    world.portalCheck.fill('note', '处罚已处理')
    await world.portalCheck.submit()
    expect(at.posts()[0]?.body).toMatchObject({ kind: 'unblock', detail: { code: 'SUB_MERCHANT_PUNISHED', note: '处罚已处理' } })
  })
})
