// 撤回 at the level of the stores over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../../../typings/api.ts'
import type { SeenRequest } from '../../../support/http-server.ts'
import type { World } from '../../../support/world.ts'
import { evidencePath, opened, openShop, shopId } from '../support/open-shop.ts'

let world: World
beforeEach(async () => void ({ world } = await openShop()))
afterEach(() => world.stop())

describe('撤回', () => {
  const item = {
    id: 'e1',
    sub_mchid: shopId,
    kind: 'test_payment',
    occurred_at: '2026-11-20T14:05:00+08:00',
    recorded_at: '2026-11-20T14:05:00+08:00',
    recorded_by: { id: 'staff-03', display_name: '业务员 03' },
    source: 'app',
    withdrawn: null,
    can_withdraw: true,
    detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' },
  } as Evidence
  const withdrawn = {
    ...item,
    can_withdraw: false,
    withdrawn: { by: { id: 'staff-03', display_name: '业务员 03' }, at: '2026-11-23T10:00:00+08:00', reason: '选错了' },
  }
  const path = /^\/v1\/sub-merchants\/1900000109\/evidence\/e1\/withdrawal$/
  beforeEach(async () => {
    world.server.on('GET', evidencePath, () => ({ body: { items: [item], next_cursor: null } }))
    await world.evidence.load(shopId)
  })

  it('strikes the item through with its reason; a lost answer is repeated with the same key', async () => {
    let calls = 0
    world.server.on('POST', path, () => {
      calls += 1
      return calls === 1 ? 'drop' : { body: { evidence: withdrawn, migration: opened.migration } }
    })
    expect(await world.withdrawal.withdraw(shopId, 'e1', ' 选错了 ')).toBe(false)
    expect(world.withdrawal.problem?.next?.id).toBe('retry')
    expect(await world.withdrawal.retry()).toBe(true)
    const [first, second] = world.server.seen('POST', path) as [SeenRequest, SeenRequest]
    expect([first.body, second.headers['idempotency-key']]).toEqual([{ reason: '选错了' }, first.headers['idempotency-key']])
    expect(world.evidence.rows).toMatchObject([
      { withdrawn: true, withdrawn_text: '已撤回：选错了（业务员 03 11月23日 10:00）', can_withdraw: false },
    ])
  })

  it('is not sent without a reason or without a network', async () => {
    expect(await world.withdrawal.withdraw(shopId, 'e1', '错')).toBe(false)
    world.setOnline(false)
    expect(await world.withdrawal.withdraw(shopId, 'e1', '选错了')).toBe(false)
    expect(world.server.seen('POST', path)).toHaveLength(0)
  })
})
