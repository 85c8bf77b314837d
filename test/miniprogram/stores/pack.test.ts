// The offline pack and what else a phone keeps (product.md §8, scenario 7), against the real backend on real PostgreSQL.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { NO_FILTERS } from '../../../miniprogram/rules/filters.ts'
import { eventually } from '../../support/eventually.ts'
import { addManyShops } from '../../support/many-shops.ts'
import { startFieldDay, type FieldApp, type FieldDay } from '../support/field-day.ts'

const HOUR = 3_600_000
const pack = /^GET \/v1\/offline-pack/

let day: FieldDay
let app: FieldApp
beforeAll(async () => {
  day = await startFieldDay()
})
afterAll(() => day.stop())
beforeEach(async () => {
  app = day.open(new Map(), 'demo-field_agent')
  await app.session.login()
  day.asked.length = 0
})
afterEach(() => {
  day.cutAfter(null)
  day.setPhoneAhead(0)
  day.closeApps()
})

const asked = (request = pack) => day.asked.filter(line => request.test(line))
const offline = (of = app) => of.network.changed({ online: false, weak: false })
const online = (of = app) => of.network.changed({ online: true, weak: false })
const keysOf = (of: FieldApp, what: string) => [...of.kept.keys()].filter(key => key.includes(what)).sort()
const search = async (text: string, of = app) => {
  of.merchants.setQuery(text)
  await of.merchants.submit()
  return of.merchants.rows.map(({ sub_mchid }) => sub_mchid)
}
/** Shops that a pack holds: those of the district that have not ended. */
const inScope = async () =>
  (
    await day.database
      .selectFrom('sub_merchants')
      .select('sub_mchid')
      .where('region_code', '=', '440305')
      .where('status', '<>', 'terminated')
      .execute()
  ).length
const ended = async () =>
  (await day.database.selectFrom('sub_merchants').select('sub_mchid').where('status', '=', 'terminated').execute()).map(
    ({ sub_mchid }) => sub_mchid,
  )
const update = (sub_mchid: string, change: Record<string, unknown>) =>
  day.database
    .updateTable('sub_merchants')
    .set({ updated_at: day.clock.now(), ...change })
    .where('sub_mchid', '=', sub_mchid)
    .execute()

describe('searching without a network', () => {
  it('7: given a pack, when I search 面, then the matches come from it in the order of the server, say so, and no request is sent', async () => {
    await app.pack.refresh()
    const live = await search('面')
    expect(live.length).toBeGreaterThan(1)
    offline()
    app.merchants.reset()
    day.asked.length = 0
    expect(await search('面')).toEqual(live)
    expect(app.merchants.kept_of).toBe('pack')
    expect(app.merchants.as_of_label).toBe('离线结果 · 今天 10:00 的离线包')
    expect(app.merchants.total_label).toMatch(/^离线包里 \d+ 家$/)
    expect(asked(/./)).toEqual([])
  })

  it('given the list of the pack is longer than a page, then it goes on to its end without doubles', async () => {
    await app.pack.refresh()
    offline()
    await app.merchants.enter()
    while (app.merchants.more === 'more') await app.merchants.loadMore()
    const rows = app.merchants.rows.map(({ sub_mchid }) => sub_mchid)
    expect([new Set(rows).size, rows.length]).toEqual([app.pack.facts?.rows, app.merchants.total])
  })

  it.each([
    ['state', { state: ['enrolled' as const, 'verified' as const] }],
    ['attention', { attention: ['STALE' as const] }],
    ['region', { region: { code: '440300', name: '深圳市' } }],
    ['receipt', { receipt: 'open' as const }],
    ['advertising', { advertising: 'open' as const }],
    ['mine', { assigned_to: 'me' as const }],
    ["nobody's", { assigned_to: 'none' as const }],
  ])('given a filter by %s, then the pack answers as the server does, but for shops that have ended', async (_name, filters) => {
    await app.pack.refresh()
    const all = async () => {
      await app.merchants.showOnly({ ...NO_FILTERS, ...filters })
      while (app.merchants.more === 'more') await app.merchants.loadMore()
      return app.merchants.rows.map(({ sub_mchid }) => sub_mchid)
    }
    const gone = await ended()
    const live = (await all()).filter(sub_mchid => !gone.includes(sub_mchid))
    expect(live.length).toBeGreaterThan(0)
    offline()
    expect([await all(), app.merchants.kept_of]).toEqual([live, 'pack'])
  })

  it('given a filter that a row does not say, then nothing is shown and it is named', async () => {
    await app.pack.refresh()
    offline()
    await app.merchants.setFilters({ gold_plan: 'closed' })
    expect([app.merchants.status, app.merchants.needs_network]).toEqual(['empty', '点金计划'])
    await app.merchants.clearFilters()
    expect([app.merchants.status, app.merchants.needs_network]).toEqual(['ready', ''])
  })

  it("given results of the pack, when the network is back, then the server's take their place", async () => {
    await app.pack.refresh()
    offline()
    await search('科技面馆')
    day.asked.length = 0
    online()
    await eventually("the server's rows", () => app.merchants.kept_of === null && app.merchants.status === 'ready')
    expect(asked(/^GET \/v1\/sub-merchants\?/)).toHaveLength(1)
    expect(app.merchants.as_of_label).toBeNull()
  })

  it('given no pack, then the list says that there is no network', async () => {
    offline()
    await app.merchants.enter()
    expect(app.merchants.status).toBe('offline')
  })
})

describe('what changed', () => {
  it('given a shop that left my scope and one that was renamed, then the next pack asks for the changes only', async () => {
    await app.pack.refresh()
    const before = app.pack.facts!
    await update('1900000110', { region_code: '440106' })
    await update('1900000111', { name: '改了名的店' })
    day.asked.length = 0
    await app.pack.refresh()
    expect(asked()).toEqual([expect.stringContaining('since=')])
    expect(app.pack.facts!.rows).toBe(before.rows - 1)
    expect(app.pack.facts!.since).not.toBe(before.since)
    offline()
    expect(await search('1900000110')).toEqual([])
    expect(await search('1900000111')).toEqual(['1900000111'])
    expect(app.merchants.rows[0]!.name).toBe('改了名的店')
    await update('1900000110', { region_code: '440305' })
  })

  it('given a pack of yesterday, when the app opens, then it is brought up to date; not over a weak network, not twice a morning', async () => {
    await app.pack.refresh()
    day.asked.length = 0
    let again = await day.killAndOpen(app)
    expect([again.pack.facts !== null, asked()]).toEqual([true, []])
    await day.advance(13 * HOUR)
    const kept = new Map(again.kept)
    const slow = day.open(kept, 'demo-field_agent')
    slow.network.changed({ online: true, weak: true })
    await slow.session.start()
    expect(asked()).toEqual([])
    const before = slow.pack.as_of!
    again = await day.killAndOpen(slow)
    await eventually('the new pack', () => again.pack.as_of! > before)
    expect(asked()).toHaveLength(1)
  })
})

describe('merchants that were looked at', () => {
  it('given one that I opened, when there is no network, then it is shown with its age and nothing can be changed on it', async () => {
    await app.merchant.load('1900000109')
    app.merchant.leave()
    await day.advance(HOUR)
    const again = await day.killAndOpen(app, { online: false })
    expect(again.session.status).toBe('ready')
    await again.merchant.load('1900000109')
    expect([again.merchant.status, again.merchant.cached, again.merchant.merchant?.name]).toEqual(['ready', true, '科技面馆(科苑店)'])
    expect(again.merchant.as_of_label).toMatch(/^离线 · 更新于 \S+ \d\d:\d\d$/)
    expect([again.merchant.gold_plan?.tap, again.merchant.receipt?.locked, again.merchant.receipt?.tap]).toEqual([null, '需要联网', null])
    day.asked.length = 0
    online(again)
    await eventually('the merchant as it is', () => !again.merchant.cached)
    expect(again.merchant.as_of_label).toBeNull()
    expect(asked(/^GET \/v1\/sub-merchants\/1900000109$/)).toHaveLength(1)
  })

  it('given a network that answers nothing, then it says that the server was not reached, and nothing can be changed', async () => {
    await app.merchant.load('1900000109')
    app.merchant.leave()
    day.cutAfter(/^GET \/v1\/sub-merchants\//)
    await app.merchant.load('1900000109')
    expect(app.merchant.as_of_label).toMatch(/^没连上服务器 · 更新于/)
    expect(app.merchant.receipt?.locked).toBe('需要联网')
  })

  it('given more than 50, then the one that was used longest ago is gone; given 30 days, then all are', async () => {
    const shop = await app.api.getSubMerchant('1900000109')
    for (let n = 1; n <= 51; n += 1) app.details.put({ ...shop, sub_mchid: String(1_960_000_000 + n) })
    expect([app.details.get('1960000001'), app.details.get('1960000002')?.merchant.sub_mchid]).toEqual([null, '1960000002'])
    app.details.put({ ...shop, sub_mchid: '1960000099' })
    expect([app.details.get('1960000003'), app.details.get('1960000002') === null]).toEqual([null, false])
    expect(keysOf(app, ':detail:')).toHaveLength(50)
    day.setPhoneAhead(31 * 24 * HOUR)
    expect(app.details.get('1960000002')).toBeNull()
    app.details.use(app.session.staff!.id)
    expect(keysOf(app, ':detail:')).toEqual([])
  })

  it('given it left my scope, then nothing of it stays', async () => {
    await app.merchant.load('1900000112')
    app.merchant.leave()
    await update('1900000112', { region_code: '440106' })
    await app.merchant.load('1900000112')
    expect([app.merchant.status, keysOf(app, '1900000112')]).toEqual(['forbidden', []])
    await update('1900000112', { region_code: '440305' })
  })
})

describe('who holds the phone', () => {
  const keep = async () => {
    await app.pack.refresh()
    await app.home.refresh()
    await app.merchant.load('1900000109')
    app.recents.addSearch('面馆')
  }

  it('30: given another account logs in, then it finds no pack, no merchant, no number and no search of the one before', async () => {
    await keep()
    const a = app.session.staff!.id
    await app.session.logout()
    expect([...app.kept.keys()].filter(key => key.includes(a) || key === 'session')).toEqual([])
    const b = day.open(app.kept, 'demo-region_lead')
    await b.session.login()
    offline(b)
    expect([b.pack.facts, b.recents.searches, b.recents.merchants, b.details.get('1900000109')]).toEqual([null, [], [], null])
  })

  it('given the account is disabled, then all of it goes at once', async () => {
    await keep()
    const { id } = app.session.staff!
    await day.database.updateTable('staff').set({ status: 'disabled' }).where('id', '=', id).execute()
    await app.home.refresh()
    await day.database.updateTable('staff').set({ status: 'active' }).where('id', '=', id).execute()
    expect(app.session.status).toBe('disabled')
    expect([...app.kept.keys()].filter(key => key.includes(id) || key === 'session')).toEqual([])
    expect([app.pack.facts, app.home.summary]).toEqual([null, null])
  })

  it('given no network at start, then the app opens with the numbers of before, says how old they are, and asks who this is when it can', async () => {
    await keep()
    const total = app.home.total
    await day.advance(26 * HOUR)
    day.asked.length = 0
    const again = await day.killAndOpen(app, { online: false })
    expect([again.session.status, again.home.status, again.home.total]).toEqual(['ready', 'ready', total])
    expect(again.home.as_of).toMatch(/^\d+月\d+日 \d\d:\d\d$/)
    expect(asked(/./)).toEqual([])
    online(again)
    await eventually('who this is', () => asked(/^GET \/v1\/me$/).length > 0)
    await eventually('numbers of now', () => /^\d\d:\d\d$/.test(again.home.as_of))
  })

  it('given a phone that is 12 minutes slow, then it is said, also without a network; given one that is right, then not', async () => {
    expect(app.session.clock_behind).toBeNull()
    day.setPhoneAhead(-12 * 60_000)
    let again = await day.killAndOpen(app)
    await eventually('the difference', () => again.session.clock_behind)
    again = await day.killAndOpen(again, { online: false })
    expect(Math.round(again.session.clock_behind! / 60_000)).toBe(12)
    expect(Math.abs(again.session.serverNow() - day.clock.now().getTime())).toBeLessThan(60_000)
  })
})

describe('a pack of several chunks', () => {
  beforeAll(() => addManyShops(day.database, 1_300))

  it('given the app is killed in the middle, then what was here is used until the new pack is whole, which goes on where it was', async () => {
    const total = await inScope()
    day.cutAfter(pack, 1)
    await app.pack.refresh()
    expect(app.pack.problem?.code).toBe('NETWORK_FAILED')
    expect([app.pack.facts, app.pack.progress]).toEqual([null, { rows: 500, of: total }])
    day.asked.length = 0
    day.cutAfter(null)
    const again = await day.killAndOpen(app)
    await eventually('the whole pack', () => again.pack.facts)
    expect(again.pack.facts!.rows).toBe(total)
    expect(asked()).toHaveLength(Math.ceil(total / 500) - 1)
    expect(asked().every(line => line.includes('cursor='))).toBe(true)
    expect(keysOf(again, 'pack-download')).toEqual([])
  })

  it('given a whole pack comes anew and is cut, then the old one answers; nothing of it stays when the new one is whole', async () => {
    await app.pack.refresh()
    const old = app.pack.facts!
    // another scope: the pack that the phone holds cannot be brought up to date
    await day.database
      .updateTable('staff')
      .set({ region_codes: ['440305', '440106'] })
      .where('display_name', '=', '业务员 03')
      .execute()
    day.cutAfter(pack, 2)
    await app.pack.refresh()
    expect([app.pack.facts, app.pack.progress?.rows]).toEqual([old, 1_000])
    const again = await day.killAndOpen(app, { online: false })
    again.merchants.setQuery('小面馆 700')
    await again.merchants.submit()
    expect(again.merchants.rows.map(({ sub_mchid }) => sub_mchid)).toEqual(['1950000700'])
    day.cutAfter(null)
    online(again)
    await eventually('the new pack', () => again.pack.facts!.since !== old.since && !again.pack.running)
    expect(again.pack.facts!.rows).toBeGreaterThan(old.rows)
    expect(keysOf(again, ':pack:')).toHaveLength(again.pack.facts!.chunks)
    await day.database
      .updateTable('staff')
      .set({ region_codes: ['440305'] })
      .where('display_name', '=', '业务员 03')
      .execute()
  })

  it('given the app is killed while changes are being put in their place, then it ends with the same pack', async () => {
    await app.pack.refresh()
    await update('1950000001', { name: '甲店' })
    await update('1950001200', { name: '乙店' })
    await update('1950000600', { status: 'terminated' })
    // the storage gives up after the first chunk that is written anew
    const set = app.phone.storage.set
    let chunks = 0
    app.phone.storage.set = (key, value) => {
      if (/:pack:/.test(key) && (chunks += 1) === 3) throw new Error('killed')
      set(key, value)
    }
    await app.pack.refresh()
    expect(app.pack.problem?.code).toBe('STORAGE_FULL')
    const again = await day.killAndOpen(app)
    await eventually('the changed pack', () => again.pack.progress === null && !again.pack.running)
    const whole = day.open(new Map(), 'demo-field_agent')
    await whole.session.login()
    await whole.pack.refresh()
    const rowsOf = (one: FieldApp) => one.pack.index()!.entries.map(({ row }) => JSON.stringify(row))
    expect(rowsOf(again)).toEqual(rowsOf(whole))
    expect(again.pack.facts!.rows).toBe(whole.pack.facts!.rows)
    await update('1950000600', { status: 'active' })
  })

  it('given the storage is tight, then the oldest cached merchant goes, then the next; the pack that is coming stays out where there is no room', async () => {
    for (const sub_mchid of ['1900000109', '1900000111', '1900000112']) {
      await day.advance(60_000)
      await app.merchant.load(sub_mchid)
      app.merchant.leave()
    }
    const draft = 'x'.repeat(400_000)
    const tight = day.open(new Map(app.kept), 'demo-field_agent', 430_000)
    tight.phone.storage.set('staff:someone:draft:1', draft)
    await tight.session.start()
    const details = keysOf(tight, ':detail:')
    tight.quota.tidy()
    await tight.pack.refresh()
    expect(tight.pack.problem?.title).toBe('手机存储不够了')
    expect([details.length, keysOf(tight, ':detail:'), keysOf(tight, ':pack')]).toEqual([3, [], []])
    expect(tight.kept.get('staff:someone:draft:1')).toContain(draft)
  })
})
