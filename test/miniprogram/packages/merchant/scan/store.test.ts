// 扫一扫 at the level of its store: what leaves the phone, and what becomes of an answer that comes too late.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { problem } from '../../../support/http-server.ts'
import { startWorld, type World } from '../../../support/world.ts'

const resolutions = /^\/v1\/scan-resolutions$/
const LINK = 'https://qr.shop.example.com/t/7'

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
})
afterEach(() => world.stop())

const scans = (result: string, path = '') => {
  world.camera.next = { outcome: 'scanned', result, path }
  return world.scan.scan()
}

describe('a scan', () => {
  it.each([
    '134567890123456789',
    '１３４５６７８９０１２３４５６７８９',
    '1345 6789-0123 456789',
    `付款码 134567890123456789`,
    `${LINK}?c=134567890123456789`,
  ])('of a payment code (%#) goes no further than the phone and is in no field of the store', async code => {
    expect(await scans(code)).toBeNull()
    await world.settled()
    expect(world.scan.panel).toBe('payment_code')
    expect(world.server.seen('POST', resolutions)).toEqual([])
    expect(JSON.stringify(world.scan)).not.toMatch(/1345|１３４５/)
    expect([...world.kept.values()].join()).not.toMatch(/1345|１３４５/)
  })

  it('of a 商户号, an own link or an own mini program path opens the merchant without asking', async () => {
    expect(await scans('1900000109')).toBe('1900000109')
    expect(await scans('https://pay.example.cn/t/3?m=1900000109')).toBe('1900000109')
    expect(await scans('', 'packages/merchant/detail/index?scene=m%3D1900000109')).toBe('1900000109')
    expect(world.server.seen('POST', resolutions)).toEqual([])
    expect(world.scan.panel).toBeNull()
  })

  it('of another link asks the backend once, without an Idempotency-Key', async () => {
    world.server.on('POST', resolutions, () => ({ body: { type: 'sub_merchant', sub_mchid: '1900000109' } }))
    expect(await scans(LINK)).toBe('1900000109')
    const [asked, ...more] = world.server.seen('POST', resolutions)
    expect(more).toEqual([])
    expect(asked!.body).toEqual({ content: LINK })
    expect(asked!.headers['idempotency-key']).toBeUndefined()
  })

  it.each([
    [{ type: 'unknown' }, 'unknown'],
    [{ type: 'foreign' }, 'foreign'],
  ] as const)('answered with %j shows %s', async (body, panel) => {
    world.server.on('POST', resolutions, () => ({ body }))
    expect(await scans(LINK)).toBeNull()
    expect(world.scan.panel).toBe(panel)
  })

  it('that the backend refuses says why, and 重试 asks for the same link', async () => {
    world.server.on('POST', resolutions, () => problem(429, 'RATE_LIMITED'))
    expect(await scans(LINK)).toBeNull()
    expect(world.scan.panel).toBe('error')
    expect(world.scan.problem?.title).toBe('操作太频繁')
    world.server.on('POST', resolutions, () => ({ body: { type: 'sub_merchant', sub_mchid: '1900000109' } }))
    expect(await world.scan.retry()).toBe('1900000109')
  })

  it('whose page is left before the answer opens nothing', async () => {
    const held = world.server.hold({ body: { type: 'sub_merchant', sub_mchid: '1900000109' } })
    world.server.on('POST', resolutions, held.handler)
    const opening = scans(LINK)
    await world.settled()
    expect(world.scan.busy).toBe(true)
    world.scan.close()
    held.release()
    expect(await opening).toBeNull()
    expect(world.scan.panel).toBeNull()
  })

  it.each(['consent_refused', 'camera_refused', 'failed'] as const)('that ends with %s says so', async outcome => {
    world.camera.next = { outcome }
    expect(await world.scan.scan()).toBeNull()
    expect(world.scan.panel).toBe(outcome)
  })

  it('that the person went back from says nothing', async () => {
    world.camera.next = { outcome: 'cancelled' }
    expect(await world.scan.scan()).toBeNull()
    expect(world.scan.panel).toBeNull()
  })

  it('without consent asks for it before the camera opens', async () => {
    world.camera.consentNeeded = true
    expect(await scans('1900000109')).toBeNull()
    expect(world.scan.panel).toBe('consent')
    expect(await world.scan.agree()).toBe('1900000109')
  })
})

describe('the search box', () => {
  it.each(['１３４５６７８９０１２３４５６７８９', '收 134567890123456789 元'])('refuses a payment code inside %j', async text => {
    world.merchants.setQuery(text)
    await world.timers.advance(400)
    expect(world.merchants).toMatchObject({ query: '', refused: 'payment_code' })
    expect(world.server.seen('GET', /sub-merchants$/)).toEqual([])
  })

  it('does not search for more digits than a 商户号 has, also when the search key is pressed', async () => {
    world.merchants.setQuery('13456789012')
    await world.timers.advance(400)
    await world.merchants.submit()
    expect(world.merchants.refused).toBe('too_long')
    expect(world.server.seen('GET', /sub-merchants$/)).toEqual([])
    expect(world.recents.searches).toEqual([])
  })
})
