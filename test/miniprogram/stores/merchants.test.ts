import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { problem } from '../support/http-server.ts'
import { merchantOf, rowOf } from '../support/samples.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
})
afterEach(() => world.stop())

const list = /^\/v1\/sub-merchants$/
const pageOf = (rows: ReturnType<typeof rowOf>[], next_cursor: string | null = null, total_estimate = rows.length) => ({
  body: { items: rows, next_cursor, total_estimate },
})

describe('search', () => {
  it('given quick typing, sends exactly one request, 300 ms after the last key', async () => {
    world.server.on('GET', list, () => pageOf([rowOf('1900000109', '科技面馆')]))
    for (const text of ['k', 'kj', 'kjm', 'kjmg']) {
      world.merchants.setQuery(text)
      await world.timers.advance(100)
    }
    await world.timers.advance(199)
    expect(world.server.seen('GET', list)).toHaveLength(0)
    await world.timers.advance(1)
    await world.timers.advance(1_000)
    expect(world.server.seen('GET', list).map(({ query }) => query.get('q'))).toEqual(['kjmg'])
    expect(world.merchants.rows[0]?.sub_mchid).toBe('1900000109')
    expect(world.merchants.status).toBe('ready')
  })

  it('given the first answer arrives after the second, shows the second', async () => {
    const first = world.server.hold(pageOf([rowOf('1900000101', '面包房')]))
    world.server.on('GET', list, request =>
      request.query.get('q') === '面' ? first.handler(request) : pageOf([rowOf('1900000109', '科技面馆')]),
    )
    world.merchants.setQuery('面')
    await world.timers.advance(300)
    world.merchants.setQuery('面馆')
    await world.timers.advance(300)
    first.release()
    await world.timers.advance(1_000)
    expect(world.merchants.rows.map(row => row.name)).toEqual(['科技面馆'])
    expect(world.merchants.rows[0]?.name_parts).toEqual([
      { text: '科技', hit: false },
      { text: '面馆', hit: true },
    ])
  })

  it('given pages that are empty and have a next one, goes on to the rows: only a page without a cursor is the end', async () => {
    const rows = [rowOf('1900000101'), rowOf('1900000102')]
    const answers: Record<string, ReturnType<typeof pageOf>> = {
      '': pageOf([], 'c1', 2),
      c1: pageOf([], 'c2'),
      c2: pageOf([rows[0]!], 'c3'),
      c3: pageOf([], 'c4'),
      c4: pageOf([rows[1]!]),
    }
    world.server.on('GET', list, ({ query }) => answers[query.get('cursor') ?? '']!)
    await world.merchants.enter()
    expect([world.merchants.status, world.merchants.more, world.merchants.total]).toEqual(['ready', 'more', 2])
    await world.merchants.loadMore()
    expect(world.merchants.rows.map(row => row.sub_mchid)).toEqual(['1900000101', '1900000102'])
    expect(world.merchants.more).toBe('end')
  })

  it('given 45 results, reads them by cursors c1 and c2: 45 unique rows, then the end', async () => {
    const all = Array.from({ length: 45 }, (_, n) => rowOf(String(1900000200 + n)))
    world.server.on('GET', list, ({ query }) => {
      const from = { c1: 20, c2: 40 }[query.get('cursor') ?? ''] ?? 0
      return pageOf(all.slice(from, from + 20), from === 0 ? 'c1' : from === 20 ? 'c2' : null, 45)
    })
    await world.merchants.enter()
    expect(world.merchants.more).toBe('more')
    await world.merchants.loadMore()
    await world.merchants.loadMore()
    await world.merchants.loadMore()
    expect(world.server.seen('GET', list).map(({ query }) => query.get('cursor'))).toEqual([null, 'c1', 'c2'])
    expect(new Set(world.merchants.rows.map(row => row.sub_mchid)).size).toBe(45)
    expect(world.merchants.more).toBe('end')
    expect([world.merchants.total, world.merchants.total_label]).toEqual([45, '共 45 家'])
  })

  it('does not show a row twice that moved to the next page meanwhile', async () => {
    world.server.on('GET', list, ({ query }) =>
      query.get('cursor') ? pageOf([rowOf('1900000202'), rowOf('1900000203')]) : pageOf([rowOf('1900000201'), rowOf('1900000202')], 'c1'),
    )
    await world.merchants.enter()
    await world.merchants.loadMore()
    expect(world.merchants.rows.map(row => row.sub_mchid)).toEqual(['1900000201', '1900000202', '1900000203'])
  })

  it('begins the list again when its cursor is no longer good', async () => {
    world.server.on('GET', list, ({ query }) =>
      query.get('cursor') ? problem(400, 'INVALID_CURSOR') : pageOf([rowOf('1900000201')], 'c1'),
    )
    await world.merchants.enter()
    await world.merchants.loadMore()
    expect(world.merchants.rows).toHaveLength(1)
    expect(world.merchants.more).toBe('more')
    expect(world.server.seen('GET', list)).toHaveLength(3)
  })

  it('a page that fails can be asked for again, the rows stay', async () => {
    let broken = true
    world.server.on('GET', list, ({ query }) =>
      query.get('cursor') ? (broken ? problem(500, 'INTERNAL') : pageOf([rowOf('1900000202')])) : pageOf([rowOf('1900000201')], 'c1'),
    )
    await world.merchants.enter()
    await world.merchants.loadMore()
    expect([world.merchants.more, world.merchants.status, world.merchants.rows.length]).toEqual(['error', 'ready', 1])
    broken = false
    await world.merchants.loadMore()
    expect([world.merchants.more, world.merchants.rows.length]).toEqual(['end', 2])
  })

  it.each(['134567890123456789', '13 4567 8901 2345 6789', '１３４５６７８９０１２３４５６７８９'])(
    'refuses the payment code %s: nothing is sent or kept',
    async code => {
      world.merchants.setQuery('13')
      world.merchants.setQuery(code)
      await world.timers.advance(1_000)
      await world.merchants.submit()
      expect(world.merchants.refused).toBe('payment_code')
      expect(world.merchants.query).toBe('')
      expect(world.server.requests.some(({ url }) => decodeURIComponent(url).replace(/\D/g, '').includes('1345678'))).toBe(false)
      expect(JSON.stringify([...world.kept.values()])).not.toContain('345678')
    },
  )

  it('sends filters as the contract names them and counts them', async () => {
    world.server.on('GET', list, () => pageOf([]))
    await world.merchants.setFilters({ state: ['regressed', 'blocked'], assigned_to: 'me', region: { code: '440305', name: '南山区' } })
    expect(Object.fromEntries(world.server.seen('GET', list)[0]!.query)).toEqual({
      state: 'regressed,blocked',
      region_code: '440305',
      assigned_to: 'me',
      limit: '20',
    })
    expect([world.merchants.filter_count, world.merchants.status]).toEqual([4, 'empty'])
    await world.merchants.toggleState('blocked')
    expect(world.server.seen('GET', list)[1]!.query.get('state')).toBe('regressed')
  })

  it('shows a skeleton after 200 ms, a word after 3 s, an error at 15 s', async () => {
    const held = world.server.hold(pageOf([]))
    world.server.on('GET', list, held.handler)
    const entering = world.merchants.enter()
    const seen = [[world.merchants.status, world.merchants.skeleton]]
    for (const wait of [200, 2_800, 12_000]) {
      await world.timers.advance(wait)
      seen.push([world.merchants.status, world.merchants.skeleton])
    }
    await entering
    expect(seen).toEqual([
      ['loading', false],
      ['loading', true],
      ['slow', true],
      ['error', false],
    ])
    expect(world.merchants.problem).toMatchObject({ code: 'NETWORK_TIMEOUT', next: { id: 'retry', label: '重试' } })
    held.release()
  })

  it('offline: says so without a request, and keeps rows read before with their time', async () => {
    world.setOnline(false)
    await world.merchants.enter()
    expect([world.merchants.status, world.server.seen('GET', list).length]).toEqual(['offline', 0])
    world.server.on('GET', list, () => pageOf([rowOf('1900000201')]))
    world.setOnline(true)
    await world.settled()
    world.setOnline(false)
    await world.merchants.refresh()
    expect([world.merchants.status, world.merchants.rows.length, world.merchants.as_of_label]).toEqual([
      'ready',
      1,
      '离线结果 · 今天 10:00 前看过的商户',
    ])
  })

  it('offline without a pack: a search looks through the rows that were seen, those on screen come back with it, and after a restart too', async () => {
    world.server.on('GET', list, () => pageOf([rowOf('1900000201', '科技面馆'), rowOf('1900000202', '茶饮店')]))
    await world.merchants.enter()
    await world.timers.advance(1_000)
    world.setOnline(false)
    const asked = world.server.seen('GET', list).length
    const search = async (text: string, { merchants } = world as Pick<World, 'merchants'>) => {
      merchants.setQuery(text)
      await merchants.submit()
      return merchants.rows.map(({ name }) => name)
    }
    expect(await search('面馆')).toEqual(['科技面馆'])
    expect(world.merchants.total_label).toBe('看过的 1 家')
    expect(await search('0202')).toEqual(['茶饮店'])
    expect(await search('')).toEqual(['科技面馆', '茶饮店'])
    expect(await search('没看过')).toEqual([])
    expect([world.merchants.status, world.merchants.kept_of, world.server.seen('GET', list).length]).toEqual(['empty', 'seen', asked])
    const again = world.reopen()
    again.network.changed({ online: false, weak: false })
    await again.session.start()
    expect(await search('茶', again)).toEqual(['茶饮店'])
    again.cut()
  })

  it('given a network over which nothing answers, then after 3 s the phone answers with what it has, at once the next time, and gives way to the server', async () => {
    world.server.on('GET', list, () => pageOf([rowOf('1900000201', '科技面馆'), rowOf('1900000202', '茶饮店')]))
    await world.merchants.enter()
    const held = world.server.hold(pageOf([rowOf('1900000203', '面馆总店')]))
    world.server.on('GET', list, held.handler)
    world.merchants.setQuery('面馆')
    const first = world.merchants.submit()
    await world.timers.advance(3_000)
    expect([world.merchants.status, world.merchants.rows.map(({ name }) => name)]).toEqual(['ready', ['科技面馆']])
    await world.timers.advance(12_000)
    await first
    expect([world.merchants.status, world.network.unanswered]).toEqual(['ready', true])
    world.merchants.setQuery('茶')
    const second = world.merchants.submit()
    await world.settled()
    expect(world.merchants.rows.map(({ name }) => name)).toEqual(['茶饮店'])
    held.release()
    await second
    expect([world.merchants.rows.map(({ name }) => name), world.merchants.kept_of, world.network.unanswered]).toEqual([
      ['面馆总店'],
      null,
      false,
    ])
  })

  it('a filter right after typing is one search, and a list left while loading loads again', async () => {
    const held = world.server.hold(pageOf([]))
    world.server.on('GET', list, held.handler)
    world.merchants.setQuery('面')
    const searching = world.merchants.toggleState('blocked')
    await world.timers.advance(1_000)
    expect(world.server.seen('GET', list).map(({ query }) => [query.get('q'), query.get('state')])).toEqual([['面', 'blocked']])
    world.merchants.leave()
    await searching
    world.server.on('GET', list, () => pageOf([rowOf('1900000201')]))
    await world.merchants.enter()
    expect(world.merchants.rows).toHaveLength(1)
    held.release()
  })

  it('a row follows its merchant, and unload ends the request', async () => {
    world.server.on('GET', list, () => pageOf([rowOf('1900000109')]))
    world.server.on('GET', /^\/v1\/sub-merchants\/1900000109$/, () => ({ body: merchantOf({ migration: { state: 'verified' } }) }))
    await world.merchants.enter()
    await world.merchant.load('1900000109')
    expect(world.merchants.rows[0]?.state).toBe('verified')
    const held = world.server.hold(pageOf([]))
    world.server.on('GET', list, held.handler)
    const refreshing = world.merchants.refresh()
    await world.settled()
    world.merchants.leave()
    await refreshing
    expect(world.merchants.rows).toHaveLength(1)
    held.release()
  })
})
