// 申请关闭 on the merchant page, at the level of its store over real HTTP.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { ChangeRequest, SubMerchant } from '../../../../../typings/api.ts'
import { problem } from '../../../support/http-server.ts'
import { me, merchantOf } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

const id = '00000000-0000-4000-8000-000000000001'
const askPath = /^\/v1\/change-requests$/
const open = merchantOf({
  gold_plan: { jsapi: { status: 'open' } },
  migration: { state: 'enrolled', reason: 'AWAITING_VERIFICATION' },
  allowed_actions: ['merchant.read', 'gold_plan.open', 'gold_plan.close.request'],
})
const standing = {
  id,
  status: 'pending',
  requested_by: { id: 'staff-03', display_name: '业务员 03', role: 'field_agent' },
  requested_at: '2026-11-23T10:00:00+08:00',
  expires_at: '2026-11-26T10:00:00+08:00',
  decided_by: null,
} as ChangeRequest

let world: World
let shop: SubMerchant
beforeEach(async () => {
  world = await startWorld()
  shop = open
  world.server.on('GET', /^\/v1\/sub-merchants\/1900000109$/, () => ({ body: shop }))
  world.server.on('GET', /^\/v1\/change-requests\/[^/]+$/, () => ({ body: standing }))
  await world.session.login()
  await world.merchant.load('1900000109')
})
afterEach(() => world.stop())
const asked = () => world.server.seen('POST', askPath)
/** the server has it */
const stands = () => {
  shop = { ...open, open_request_id: id, version: open.version + 1 }
  return { status: 201, body: standing }
}

it('is there only where the plan is open, nobody has asked yet and I may ask', async () => {
  expect(world.closing.entry).toEqual({ locked: null })
  for (const other of [
    merchantOf({ ...open, gold_plan: { jsapi: { status: 'closed' } } }),
    { ...open, allowed_actions: ['merchant.read' as const] },
    { ...open, open_request_id: id },
  ]) {
    shop = other
    await world.merchant.refresh()
    expect(world.closing.entry).toBeNull()
  }
  shop = merchantOf({ ...open, gold_plan: { jsapi: { status: 'unknown' } }, migration: { state: 'verified' } })
  await world.merchant.refresh()
  expect(world.closing.entry).toEqual({ locked: null })
})

it('says why it cannot be asked now, and sends nothing', async () => {
  world.setOnline(false)
  expect(world.closing.entry?.locked).toBe('需要联网')
  world.setOnline(true)
  world.server.on('GET', /^\/v1\/me$/, () => {
    const answer = me(new Date(world.timers.now()).toISOString())
    return { body: { ...answer, provider: { ...answer.provider, default_open_since: '2026-11-01T00:00:00+08:00' } } }
  })
  await world.session.login()
  expect(world.closing.entry?.locked).toBe('服务商已设默认开通，不能单独关闭')
  expect(await world.closing.ask('店主要求停用')).toBe(false)
  expect(asked()).toEqual([])
})

it('asked, it stands on the shop with who, when and until when', async () => {
  world.server.on('POST', askPath, stands)
  expect(await world.closing.ask('店主要求停用')).toBe(true)
  expect(asked().map(({ body }) => body)).toEqual([
    { kind: 'gold_plan.close', sub_mchid: '1900000109', scene: 'jsapi', reason: '店主要求停用' },
  ])
  await world.settled()
  expect(world.closing.banner).toMatchObject({
    fact: '关闭申请待处理',
    text: '业务员 03 今天 10:00 申请关闭点金计划，11月26日 10:00 前有效。',
  })
})

it('a lost answer is asked for with the same key, and is no refusal', async () => {
  let calls = 0
  world.server.on('POST', askPath, () => (++calls === 1 ? 'drop' : stands()))
  expect(await world.closing.ask('店主要求停用')).toBe(false)
  expect([world.closing.lost, world.closing.refusal]).toEqual([true, null])
  expect(await world.closing.ask('店主要求停用')).toBe(true)
  expect(new Set(asked().map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
})

it('given somebody asked meanwhile, then it is said and the other request is drawn', async () => {
  world.server.on('POST', askPath, () => {
    stands()
    return problem(409, 'REQUEST_EXISTS')
  })
  expect(await world.closing.ask('店主要求停用')).toBe(false)
  await world.settled()
  expect([world.closing.refusal?.title, world.closing.banner?.fact, world.closing.entry]).toEqual([
    '已经有关闭申请',
    '关闭申请待处理',
    null,
  ])
})

it('of an approved one the banner says that the result is awaited', async () => {
  world.server.on('GET', /^\/v1\/change-requests\/[^/]+$/, () => ({
    body: { ...standing, status: 'approved', decided_by: { id: 'staff-02', display_name: '区域主管 01', role: 'region_lead' } },
  }))
  shop = { ...open, open_request_id: id, version: open.version + 1 }
  await world.merchant.refresh()
  await world.settled()
  expect(world.closing.banner).toMatchObject({ fact: '已批准关闭，结果确认中', text: expect.stringMatching('区域主管 01') })
})
