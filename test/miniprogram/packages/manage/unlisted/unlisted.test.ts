// 未登记商户: what a row says, and that a tap is held for 5 s, sent once, and sent at once by a tap on another row.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { UnlistedMerchant } from '../../../../../typings/api.ts'
import { unlistedRow } from '../../../../../miniprogram/packages/manage/unlisted/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { startWorld, type World } from '../../../support/world.ts'

const say = translator('zh-CN')
const none = { jsapi: 0, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0 }
const merchant = (sub_mchid: string, change: Partial<UnlistedMerchant> = {}): UnlistedMerchant => ({
  sub_mchid,
  sp_mchid: '1900000001',
  first_day: '2026-11-02',
  last_day: '2026-11-22',
  payments: null,
  by_way: null,
  dismissed: null,
  ...change,
})

describe('a row', () => {
  const now = Date.parse('2026-11-23T14:05:00+08:00')
  it('says payments by way, the most first; below twenty nothing', () => {
    const row = unlistedRow(
      merchant('1900700001', { payments: 62, by_way: { ...none, native: 2, jsapi: 60 } }),
      { severalNumbers: true, now },
      say,
    )
    expect([row.payments, row.ways, row.facts]).toEqual([
      '近 30 天 62 笔',
      ['公众号网页 60 笔', '扫码 2 笔'],
      ['11月2日起有收款', '最近 11月22日', '服务商号 1900000001'],
    ])
    const few = unlistedRow(merchant('1900700002'), { severalNumbers: false, now }, say)
    expect([few.payments, few.ways, few.facts.length]).toEqual(['近 30 天不到 20 笔', [], 2])
  })
})

describe('the page', () => {
  let world: World
  const listed = /^\/v1\/unlisted-merchants$/
  const dismissal = /^\/v1\/unlisted-merchants\/\d+\/dismissal$/
  const added = /^\/v1\/unlisted-merchants\/\d+$/
  const sent = () => world.server.seen('POST', added).map(({ path }) => path.slice(-10))
  beforeEach(async () => {
    world = await startWorld()
    const items = ['1900700001', '1900700002', '1900700003'].map(id => merchant(id))
    world.server.on('GET', listed, () => ({ body: { items, next_cursor: null } }))
    world.server.on('POST', added, ({ path }) => ({
      status: 201,
      body: { sub_mchid: path.slice(-10), name: '名称待补', region_code: '000000' },
    }))
    await world.session.login()
    await world.unlisted.refresh()
  })
  afterEach(() => world.stop())

  it('holds a tap for 5 s; taken back, nothing is sent', async () => {
    world.unlisted.begin({ id: 'add', sub_mchid: '1900700001' })
    await world.timers.advance(4_000)
    world.unlisted.undo()
    await world.timers.advance(5_000)
    expect([sent(), world.unlisted.ended, world.unlisted.rows.length]).toEqual([[], 'undone', 3])
  })
  it('sends what is held when another row is tapped or the page is hidden, each once, and drops its row', async () => {
    world.unlisted.begin({ id: 'add', sub_mchid: '1900700001' })
    world.unlisted.begin({ id: 'add', sub_mchid: '1900700002' })
    world.unlisted.hide()
    await world.settled()
    await world.timers.advance(10_000)
    expect(sent()).toEqual(['1900700001', '1900700002'])
    expect(world.unlisted.rows.map(({ sub_mchid }) => sub_mchid)).toEqual(['1900700003'])
  })
  it('puts aside what is put aside and adds it not, and asks for those alone where they are listed, to put them back', async () => {
    world.server.on('PUT', dismissal, ({ body }) => ({ body }))
    world.unlisted.begin({ id: 'dismiss', sub_mchid: '1900700002' })
    world.unlisted.hide()
    await world.settled()
    await world.unlisted.choose('dismissed')
    world.unlisted.begin({ id: 'restore', sub_mchid: '1900700003' })
    world.unlisted.hide()
    await world.settled()
    expect([sent(), world.server.seen('PUT', dismissal).map(({ path, body }) => [path.slice(-20, -10), body])]).toEqual([
      [],
      [
        ['1900700002', { dismissed: true }],
        ['1900700003', { dismissed: false }],
      ],
    ])
    expect(world.server.seen('GET', listed).map(({ query }) => query.get('dismissed'))).toEqual(['false', 'true'])
  })
  it('drops the row that somebody else has added meanwhile, and does not say that we did', async () => {
    world.server.on('POST', added, () => ({ status: 404, body: { code: 'NOT_FOUND' } }))
    world.unlisted.begin({ id: 'add', sub_mchid: '1900700001' })
    await world.timers.advance(6_000)
    expect([world.unlisted.rows.map(({ sub_mchid }) => sub_mchid), world.unlisted.done]).toEqual([['1900700002', '1900700003'], null])
  })
  it('sends nothing without a network', async () => {
    world.setOnline(false)
    world.unlisted.begin({ id: 'dismiss', sub_mchid: '1900700001' })
    await world.timers.advance(6_000)
    expect([sent(), world.unlisted.ended]).toEqual([[], 'offline'])
  })
})
