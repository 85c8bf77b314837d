// Without signal the phone finds what the server would find, in its order: every demo shop, generated searches, both sides as they run.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { indexPack, searchPack, type PackIndex } from '../../../../miniprogram/shared/pack-search.ts'
import type { OfflinePack, OfflinePackRow } from '../../../../backend/directory/offline-pack/schema.ts'
import { provider } from '../../../../dev/demo/organisation.ts'
import { searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import { createWorld, type World } from '../../../support/world.ts'
import { PackedPhone } from './phone.ts'

const seed = process.env.PACK_SEED === 'random' ? Date.now() % 0x7fff_ffff : Number(process.env.PACK_SEED ?? 20_200_731)
const numRuns = 320
/** milliseconds: the demo data is filled, and hundreds of searches are asked, on a machine that may be busy */
const patience = 180_000
let world: World
const terminated = new Set<string>()

/** Names that no demo shop has: a character of two units before and after one of the last in the plane, ü, a sign that is not the name. */
const oddShops = [
  { sub_mchid: '1900300001', name: '𠮷野家', short_name: '𠮷野家', address: '深圳市南山区𠮷野路 1 号' },
  { sub_mchid: '1900300002', name: '豈有此茶', short_name: '豈有此茶', address: '' },
  // by bytes the first stands before the second, by units of UTF-16 behind it
  { sub_mchid: '1900300006', name: '渔\uFA0E馆', short_name: '渔\uFA0E', address: '' },
  { sub_mchid: '1900300007', name: '渔𠮷馆', short_name: '渔𠮷', address: '' },
  { sub_mchid: '1900300003', name: 'Café 7-Eleven（ＡＢＣ店）', short_name: '７１１', address: '深圳市南山区 7-11 号' },
  { sub_mchid: '1900300004', name: '绿女长行乐', short_name: '重都单', address: '深圳市福田区长乐路' },
  { sub_mchid: '1900300005', name: '1900300004 号店', short_name: 'lv lv', address: '1900300004' },
]

jest.setTimeout(patience)
beforeAll(async () => {
  world = await createWorld({ headless: false, requestsPerMinute: 100_000 })
  const at = world.clock.now()
  for (const shop of oddShops) {
    const row = { ...shop, sp_mchid: provider.sp_mchid, region_code: '440305', assigned_to: null, created_at: at, updated_at: at }
    await world.database
      .insertInto('sub_merchants')
      .values({ ...row, ...searchTerms(shop) })
      .execute()
  }
  const ended = await world.database.selectFrom('sub_merchants').select('sub_mchid').where('status', '=', 'terminated').execute()
  for (const { sub_mchid } of ended) terminated.add(sub_mchid)
})
afterAll(() => world.close())

interface Packed {
  rows: OfflinePackRow[]
  index: PackIndex
}
/** of each role; nothing in the directory changes here */
const packs = new Map<string, Promise<Packed>>()

function packOf(role: string): Promise<Packed> {
  const packed = packs.get(role) ?? pullPack(role)
  packs.set(role, packed)
  return packed
}

async function pullPack(role: string): Promise<Packed> {
  const phone = new PackedPhone(async query => {
    const answer = await world.request(role, 'GET', `/v1/offline-pack?${new URLSearchParams(query as Record<string, string>)}`)
    return (await answer.json()) as OfflinePack
  })
  await phone.pull()
  const rows = phone.held().map(phone.row)
  return { rows, index: indexPack(rows) }
}

/** All pages. Ended shops are found online only. */
async function online(role: string, q: string): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ q, limit: '100', ...(cursor ? { cursor } : {}) })
    const answer = await world.request(role, 'GET', `/v1/sub-merchants?${query}`)
    const page = (await answer.json()) as { items: { sub_mchid: string }[]; next_cursor: string | null }
    found.push(...page.items.map(({ sub_mchid }) => sub_mchid))
    cursor = page.next_cursor
  } while (cursor)
  return found.filter(sub_mchid => !terminated.has(sub_mchid))
}

/** What people type: parts of what a shop has, and not quite that. */
function searches(rows: readonly OfflinePackRow[]): fc.Arbitrary<string> {
  const part = (text: string, atStart: boolean) =>
    fc
      .tuple(fc.nat(Math.max(0, [...text].length - 1)), fc.integer({ min: 1, max: 6 }))
      .map(([from, length]) => [...text].slice(atStart ? 0 : from, (atStart ? 0 : from) + length).join(''))
  const ofRow = fc.constantFrom(...rows).chain(row =>
    fc.oneof(
      part(row.name, true),
      part(row.name, false),
      part(row.short_name, true),
      part(row.address, false),
      part(row.pinyin, true),
      part(row.pinyin, false),
      part(row.pinyin_initials, true),
      ...[...row.other_pinyin, ...row.other_initials].map(reading => part(reading, true)),
      fc.integer({ min: 3, max: 10 }).map(length => row.sub_mchid.slice(-length)),
      fc.integer({ min: 3, max: 10 }).map(length => row.sub_mchid.slice(0, length)),
      fc.constantFrom(row.name, row.short_name, row.sub_mchid, row.address).filter(text => text.length <= 64),
    ),
  )
  const odd = fc.constantFrom(
    '',
    '  ',
    '（）',
    '%',
    'ü',
    'lü',
    'nv',
    'Ｋ',
    '𠮷',
    '豈',
    '店',
    '1900',
    '0109',
    '190',
    'a1',
    '1a',
    '7',
    '７',
    'É',
    'zz',
    '龘',
  )
  const mixed = fc.tuple(ofRow, ofRow).map(([one, other]) => `${one.slice(0, 2)} ${other.slice(0, 2)}`)
  const capitals = ofRow.map(text => text.toUpperCase())
  return fc
    .oneof(
      { weight: 12, arbitrary: ofRow },
      { weight: 2, arbitrary: odd },
      { weight: 1, arbitrary: mixed },
      { weight: 1, arbitrary: capitals },
    )
    .filter(text => text.length <= 64)
}

test.each([
  ['operator', numRuns],
  ['region_lead', 60],
])('given the pack of the %s, then %i generated searches find what the server finds, in its order', async (role, runs) => {
  const { rows, index } = await packOf(role)
  expect(rows.length).toBeGreaterThan(500)
  let matches = 0
  await fc.assert(
    fc.asyncProperty(searches([...rows, ...rows.filter(({ sub_mchid }) => sub_mchid.startsWith('19003'))]), async q => {
      const offline = searchPack(index, q)
      expect([q, offline.items.map(({ sub_mchid }) => sub_mchid)]).toEqual([q, await online(role, q)])
      matches += offline.total
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
  expect(matches).toBeGreaterThan(runs)
})

test.each(['𠮷', '豈', '渔', '𠮷野', '店', 'd', '1900', '0300', '1900300004', 'lv', 'zdd', 'c', '7', '', 'cafe', 'café'])(
  'given the search %j, then both find the same in the same order',
  async q => {
    const { index } = await packOf('operator')
    expect(searchPack(index, q).items.map(({ sub_mchid }) => sub_mchid)).toEqual(await online('operator', q))
  },
)

test('given a limit and a filter, then the first of what is kept come, and the total counts the rest too', async () => {
  const { index } = await packOf('operator')
  const kept = (row: OfflinePackRow) => row.migration.state === 'verified'
  const all = searchPack(index, '店').items.filter(kept)
  expect(searchPack(index, '店', { limit: 5, keeps: kept })).toEqual({ items: all.slice(0, 5), total: all.length })
  expect(all.length).toBeGreaterThan(5)
})
