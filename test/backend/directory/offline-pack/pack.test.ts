// The pack of shops that a phone keeps: whole, then what changed, and nothing lost that is written meanwhile.
import type { Role } from '../../../../backend/http/schema.ts'
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'
import { sql } from 'kysely'
import { get } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import type { OfflinePack } from '../../../../backend/directory/offline-pack/schema.ts'
import { day, hour, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { PackedPhone } from './phone.ts'

jest.setTimeout(180_000)
let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const inside = '440305'
const outside = '440106'
let next = 1_900_001_000
const newShop = async (shop: Parameters<Backend['addMerchant']>[1] = {}) => {
  const sub_mchid = String(next++)
  await backend.addMerchant(sub_mchid, { region_code: inside, ...shop })
  return sub_mchid
}
const update = (sub_mchid: string, change: Record<string, unknown>) =>
  backend.db
    .updateTable('sub_merchants')
    .set({ updated_at: backend.clock.now(), ...change })
    .where('sub_mchid', '=', sub_mchid)
    .execute()
const ask = async (query: Record<string, string | number> = {}, role: Role = 'field_agent') =>
  backend.call<OfflinePack & { code?: string }>(role, 'GET', `/v1/offline-pack?${new URLSearchParams(query as Record<string, string>)}`)
/**
 * Transactions are counted for the whole server: one of another database that is still open makes a pack send again what is known already. What is
 * exactly in a pack can be said when all that began before the last write have ended.
 */
async function untilOthersHaveEnded(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ ended: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) > greatest(
        (select max(written_in) from sub_merchants where written_in < pg_snapshot_xmax(pg_current_snapshot())),
        (select max(named_in) from staff)) as ended`.execute(backend.db)
    if (rows[0]!.ended !== false) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
/** @param alone whether other databases' transactions are to be out of the way */
const phone = (limit?: number, { role = 'field_agent' as Role, alone = true } = {}) =>
  new PackedPhone(async query => {
    if (alone && !query.cursor) await untilOthersHaveEnded()
    return (await ask(query, role)).body
  }, limit)

beforeEach(async () => {
  await backend.db.updateTable('sub_merchants').set({ status: 'terminated' }).execute()
  await backend.db
    .updateTable('staff')
    .set({ region_codes: [inside], assigned_only: false, scope_since: backend.clock.now() })
    .where('id', '=', 'staff-field_agent')
    .execute()
})

test('given shops inside and outside the scope, then the first pack is every one inside, once, in chunks, and says when', async () => {
  const shops = [await newShop(), await newShop(), await newShop(), await newShop(), await newShop()]
  await newShop({ region_code: outside })
  const one = phone(2)
  const pages = await one.pull()
  expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1])
  expect(pages.map(({ reset }) => reset)).toEqual([true, false, false])
  expect(one.held()).toEqual(shops)
  expect(pages[0]).toMatchObject({ complete: true, total: 5, removed: [], as_of: expect.stringMatching(/\+08:00$/) })
  expect(new Set(pages.map(({ as_of }) => as_of)).size).toBe(1)
})

test('given a row, then it has what the list shows, and all readings that the search knows', async () => {
  const sub_mchid = await newShop({
    name: '长记面馆',
    short_name: '乐行小馆',
    address: '深圳市南山区学府路 7 号',
    assigned_to: 'staff-field_agent',
  })
  await newShop()
  const rows = (await ask()).body.items
  const { items } = (await backend.call<{ items: unknown[] }>('field_agent', 'GET', `/v1/sub-merchants?q=${sub_mchid}`)).body
  expect(rows[0]).toEqual({
    ...(items[0] as object),
    address: '深圳市南山区学府路 7 号',
    assigned_to_me: true,
    pinyin: expect.stringMatching(/^[cz]hangjimianguan$/),
    pinyin_initials: expect.stringMatching(/^[cz]jmg$/),
    other_pinyin: expect.arrayContaining(['yuehangxiaoguan', 'lexingxiaoguan']),
    other_initials: expect.arrayContaining(['yhxg', 'lxxg']),
  })
  const { other_pinyin, pinyin } = rows[0]!
  expect([pinyin, ...other_pinyin]).toEqual(expect.arrayContaining(['changjimianguan', 'zhangjimianguan']))
  expect(rows[1]).toMatchObject({ assigned_to_me: false, assigned_to: null })
})

test('given nothing happened, then the next pack is empty; given one shop changed, then it alone comes', async () => {
  const [first] = [await newShop(), await newShop()]
  const one = phone()
  await one.pull()
  const [nothing] = await one.pull()
  expect(nothing).toMatchObject({ reset: false, items: [], removed: [], total: 2 })
  await update(first, { name: '新名字', ...searchTerms({ name: '新名字', short_name: '新', address: '' }) })
  const [changed] = await one.pull()
  expect(changed!.items.map(({ sub_mchid, name }) => [sub_mchid, name])).toEqual([[first, '新名字']])
})

test('given evidence, an assignment or a new shop, then the next pack has it', async () => {
  const [proved, assigned] = [await newShop(), await newShop()]
  const one = phone()
  await one.pull()
  await backend.addEvidence(proved, {
    kind: 'test_payment',
    ago: hour,
    detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' },
  })
  await update(assigned, { assigned_to: 'staff-field_agent' })
  const added = await newShop()
  await one.pull()
  expect(one.held()).toEqual([proved, assigned, added])
  expect(one.row(proved).migration.state).toBe('verified')
  expect(one.row(assigned)).toMatchObject({ assigned_to_me: true, assigned_to: 'field_agent' })
})

test('given shops that moved away, ended, or went and came back, then the phone forgets what left, and only that', async () => {
  const [stays, moves, ends, returns] = [await newShop(), await newShop(), await newShop(), await newShop()]
  const one = phone()
  await one.pull()
  await update(moves, { region_code: outside })
  await update(ends, { status: 'terminated' })
  await update(returns, { region_code: outside })
  await update(returns, { region_code: inside })
  const [page] = await one.pull()
  expect(page!.removed).toEqual([moves, ends])
  expect(one.held()).toEqual([stays, returns])
})

test('given an agent who sees only his own, when a shop goes to somebody else, then he forgets it; shops that he never saw are not named', async () => {
  await backend.db
    .updateTable('staff')
    .set({ assigned_only: true, scope_since: backend.clock.now() })
    .where('id', '=', 'staff-field_agent')
    .execute()
  const [keeps, loses, never] = [
    await newShop({ assigned_to: 'staff-field_agent' }),
    await newShop({ assigned_to: 'staff-field_agent' }),
    await newShop({ assigned_to: 'staff-region_lead' }),
  ]
  const one = phone()
  await one.pull()
  expect(one.held()).toEqual([keeps, loses])
  await update(loses, { assigned_to: 'staff-region_lead' })
  await update(never, { assigned_to: 'staff-operator', region_code: outside })
  const [page] = await one.pull()
  expect(page!.removed).toEqual([loses])
  expect(one.held()).toEqual([keeps])
})

test("given the caller's own scope changed, then the pack comes anew; while paging, then the pages begin anew", async () => {
  const here = [await newShop(), await newShop()]
  const there = await newShop({ region_code: outside })
  const one = phone()
  await one.pull()
  expect(one.held()).toEqual(here)
  const { next_cursor } = (await ask({ limit: 1 })).body
  await backend.db
    .updateTable('staff')
    .set({ region_codes: [outside], scope_since: backend.clock.now() })
    .where('id', '=', 'staff-field_agent')
    .execute()
  const [page] = await one.pull()
  expect(page!.reset).toBe(true)
  expect(one.held()).toEqual([there])
  const stale = await ask({ cursor: next_cursor! })
  expect([stale.status, stale.body.code]).toEqual([400, 'INVALID_CURSOR'])
})

test.each(['nonsense', 'AAAA', '💥', ' '])('given the since %j, then the pack comes whole', async since => {
  const shop = await newShop()
  const { status, body } = await ask({ since })
  expect([status, body.reset, body.items.map(({ sub_mchid }) => sub_mchid)]).toEqual([200, true, [shop]])
})

test("given another's since, or one of a month ago, then the pack comes whole", async () => {
  await newShop()
  const { since } = (await ask()).body
  expect((await ask({ since }, 'region_lead')).body.reset).toBe(true)
  expect((await ask({ since })).body.reset).toBe(false)
  const before = backend.clock.now()
  backend.sandbox.control.clock.advance(31 * day)
  expect((await ask({ since })).body.reset).toBe(true)
  backend.sandbox.control.clock.set(before)
})

test('given a proof that only time makes old, or a colleague who is named otherwise, then the next pack has the row', async () => {
  const [old, named] = [await newShop(), await newShop({ assigned_to: 'staff-region_lead' })]
  await update(old, { migration_state: 'verified', migration_since: new Date(backend.clock.now().getTime() - 89.5 * day) })
  const one = phone()
  await one.pull()
  expect(one.row(old).migration.attention).toEqual([])
  const before = backend.clock.now()
  backend.sandbox.control.clock.advance(day)
  await one.pull()
  expect(one.row(old).migration.attention).toEqual(['STALE'])
  await backend.db.updateTable('staff').set({ display_name: '区域主管 02' }).where('id', '=', 'staff-region_lead').execute()
  const [page] = await one.pull()
  expect(page!.items.map(({ sub_mchid }) => sub_mchid)).toEqual([named])
  expect(one.row(named).assigned_to).toBe('区域主管 02')
  backend.sandbox.control.clock.set(before)
})

test('given a write that began before a pack and ends after it, then the next pack has it, whatever its time says', async () => {
  const [slow, fast] = [await newShop(), await newShop()]
  const one = phone(undefined, { alone: false })
  const written = await backend.db.transaction().execute(async trx => {
    await trx.updateTable('sub_merchants').set({ industry: 'RETAIL' }).where('sub_mchid', '=', slow).execute()
    await update(fast, { industry: 'CATERING' })
    await one.pull()
    return one.row(slow).industry
  })
  expect([written, one.row(fast).industry]).toEqual([null, 'CATERING'])
  await one.pull()
  expect(one.row(slow).industry).toBe('RETAIL')
})

test('given rows of a restored copy, written by transactions of another server, then they come once and not with every pack', async () => {
  const sub_mchid = '1800000001'
  await sql`
    insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
      region_code, address, created_at, updated_at, written_in)
    values (${sp_mchid}, ${sub_mchid}, '店', '店', '店', '店', '', 'dian', 'd', '{}', ${inside}, '', ${backend.clock.now()}, ${backend.clock.now()},
      '900000000')`.execute(backend.db)
  const one = phone()
  await one.pull()
  expect(one.held()).toEqual([sub_mchid])
  expect((await one.pull())[0]!.items).toEqual([])
  await update(sub_mchid, { industry: 'RETAIL' })
  expect((await one.pull())[0]!.items.map(({ industry }) => industry)).toEqual(['RETAIL'])
  await backend.db.updateTable('sub_merchants').set({ status: 'terminated' }).where('sub_mchid', '=', sub_mchid).execute()
})

test('given writers at work while a phone pages, then after the last of them one more pack makes it equal to the directory', async () => {
  const shops: string[] = []
  for (let index = 0; index < 400; index += 1) shops.push(await newShop())
  let seed = 20_200_731
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const one = phone(60, { alone: false })
  const writing = { now: true }
  const writer = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      await backend.db.transaction().execute(async trx => {
        // in order of 商户号, or two writers wait for each other
        for (const half of [0, 200]) {
          const change = [{ region_code: outside }, { status: 'terminated' as const }, { name: `店 ${random(1_000)}` }][random(3)]!
          await trx
            .updateTable('sub_merchants')
            .set(change)
            .where('sub_mchid', '=', shops[half + random(200)]!)
            .execute()
        }
        // packs begin and end meanwhile; most rows are written once, so that no later write makes up for a lost one
        await sql`select pg_sleep(0.01)`.execute(trx)
      })
    }
  }
  const writers = Promise.all([writer(), writer(), writer(), writer()]).finally(() => (writing.now = false))
  let packs = 0
  while (writing.now) {
    await one.pull()
    packs += 1
  }
  await writers
  await one.pull()
  const rows = await backend.db
    .selectFrom('sub_merchants')
    .select(['sub_mchid', 'name'])
    .where('region_code', '=', inside)
    .where('status', '<>', 'terminated')
    .orderBy('sub_mchid')
    .execute()
  expect(one.names()).toEqual(rows.map(({ sub_mchid, name }) => [sub_mchid, name]))
  expect(packs).toBeGreaterThan(3)
})

test('given more shops than a pack, then the own ones come first, then those that need somebody; it says so and how many there are', async () => {
  const own = [await newShop({ assigned_to: 'staff-field_agent' }), await newShop({ assigned_to: 'staff-field_agent' })]
  await sql`
    insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
      region_code, address, created_at, updated_at)
    select ${sp_mchid}, (1800010000 + number)::text, '店' || number, '店', '店' || number, '店', '', 'dian', 'd', '{}', ${inside}, '', ${backend.clock.now()},
      ${backend.clock.now()}
    from generate_series(1, 5100) as number`.execute(backend.db)
  await update('1800015100', { migration_state: 'regressed', migration_reason: 'PAGE_GONE' })
  const one = phone()
  const pages = await one.pull()
  expect(pages.flatMap(({ items }) => items.map(({ sub_mchid }) => sub_mchid)).slice(0, 3)).toEqual([...own, '1800015100'])
  expect([pages.length, one.held().length, pages.at(-1)!.complete, pages.at(-1)!.total]).toEqual([10, 5_000, false, 5_102])
  // which shops belong to a pack that is cut depends on all others: it always comes anew
  const [again] = await one.pull()
  expect([again!.reset, again!.items.length]).toEqual([true, 500])
  await backend.db.updateTable('sub_merchants').set({ status: 'terminated' }).where('sub_mchid', '<', '1800010201').execute()
  const [whole] = await one.pull()
  expect([whole!.reset, whole!.complete, whole!.total, one.held().length]).toEqual([true, true, 4_902, 4_902])
})

test('given a client that takes gzip, then a pack comes compressed; given one that does not, then not', async () => {
  for (let index = 0; index < 40; index += 1) await newShop({ name: `连锁奶茶（${index} 店）` })
  const { token } = (await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-field_agent' } })).body
  const bytes = (encoding: string) =>
    new Promise<{ body: Buffer; encoding: string | undefined }>((done, fail) =>
      get(
        `${backend.url}/v1/offline-pack`,
        { headers: { authorization: `Bearer ${token}`, 'accept-encoding': encoding } },
        async answer => {
          const chunks: Buffer[] = []
          for await (const chunk of answer) chunks.push(chunk as Buffer)
          done({ body: Buffer.concat(chunks), encoding: answer.headers['content-encoding'] })
        },
      ).on('error', fail),
    )
  const [plain, refused, packed] = [await bytes('identity'), await bytes('gzip;q=0'), await bytes('gzip, deflate')]
  expect([plain.encoding, refused.encoding, packed.encoding]).toEqual([undefined, undefined, 'gzip'])
  const items = (body: Buffer) => (JSON.parse(body.toString()) as OfflinePack).items
  expect(items(gunzipSync(packed.body))).toEqual(items(plain.body))
  expect(packed.body.length * 4).toBeLessThan(plain.body.length)
})
