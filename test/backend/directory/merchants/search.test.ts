// Finding merchants: what comes first, pages that neither repeat nor lose a row, and nothing from outside the caller's scope.
import type { Role } from '../../../../backend/http/schema.ts'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { inScope, ofNumbers } from '../../../../backend/company/staff/scope.ts'
import { newClient } from '../../../../backend/database/client.ts'
import { pageStatement, type Page, type Walk } from '../../../../backend/directory/merchants/page.ts'
import { lookedFor, tiersOf } from '../../../../backend/directory/merchants/search.ts'
import type { SubMerchantPage } from '../../../../backend/directory/merchants/schema.ts'
import { searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import { day, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
const add = (sub_mchid: string, name: string, rest: Parameters<Backend['addMerchant']>[1] = {}) =>
  backend.addMerchant(sub_mchid, { name, short_name: name.replace(/[（(].*$/, ''), address: '深圳市南山区海德三道 8 号', ...rest })

beforeAll(async () => {
  backend = await startBackend()
  await add('1900000109', '科技面馆（科苑店）')
  await add('1900000110', '老王科技面馆')
  await add('1900000111', '面点王', { address: '深圳市南山区科技面馆旁 2 号' })
  await add('1900000112', '可见美国餐厅', { short_name: '可见美国' })
  await add('1900000113', '酷吉麦哥', { region_code: '440304', assigned_to: 'staff-field_agent' })
  await add('1900000114', '天河饭店', { region_code: '440106' })
  await add('1900000115', '重庆长记火锅')
  await add('1900000116', '深圳市某某餐饮管理有限公司', { short_name: '乐行小馆' })
  await add('1900000117', '绿野咖啡')
  await add('1900000118', '热线 4008123 便利', { address: '深圳市南山区海德三道 8 号（0755-86012345）' })
  for (let index = 0; index < 45; index += 1) await add(String(1_900_000_140 + index), `连锁奶茶（${String(index).padStart(2, '0')} 店）`)
})
afterAll(() => backend.close())

const list = async (query: Record<string, string>, role: Role = 'field_agent') =>
  (await backend.call<SubMerchantPage & { code?: string }>(role, 'GET', `/v1/sub-merchants?${new URLSearchParams(query)}`)).body
const found = async (q: string, role: Role = 'field_agent') => (await list({ q }, role)).items.map(({ sub_mchid }) => sub_mchid)

test.each([
  ['the whole 商户号', '1900000109', ['1900000109']],
  ['its last four digits', '0109', ['1900000109']],
  ['the beginning of several, then what ends so', '19000001', expect.arrayContaining(['1900000109', '1900000110', '1900000116'])],
  ['the beginning of a name, then what contains it, then the address', '科技面馆', ['1900000109', '1900000110', '1900000111']],
  ['initials', 'kjmgk', ['1900000109']],
  ['initials in capitals, in their order', 'KJMG', ['1900000112', '1900000109']],
  ['full pinyin', 'kejimian', ['1900000109']],
  ['the likely reading of 重 and 长', 'chongqingchangji', ['1900000115']],
  ['the other reading of 长', 'chongqingzhangji', ['1900000115']],
  ['the other reading of both, cut short', 'zhongqingzhan', ['1900000115']],
  ['its initials', 'cqzj', ['1900000115']],
  ['a reading that nobody has', 'zhangqing', []],
  ['readings of a sign that is not the name: 乐 and 行', 'lexingxiao', ['1900000116']],
  ['its other readings', 'yuehangxiaoguan', ['1900000116']],
  ['its initials in another reading', 'yhxg', ['1900000116']],
  ['ü typed as v', 'lvye', ['1900000117']],
  ['ü typed as u', 'luye', ['1900000117']],
  ['ü typed as ü', 'lüye', ['1900000117']],
  ['two characters inside', '长记', ['1900000115']],
  ['six characters', '重庆长记火锅', ['1900000115']],
  ['rare characters that no shop has', '齉齾', []],
  ['a name with brackets and a space typed in half width', '科技面馆(科 苑店)', ['1900000109']],
  ['one character, beginning first', '面', ['1900000111', '1900000109', '1900000110']],
  ['characters that occur, but not in this order', '馆面', []],
  ['a number inside a name', '4008123', ['1900000118']],
  ['a piece of it', '00812', ['1900000118']],
  ['a number inside an address', '86012345', ['1900000118']],
  ['four digits of it, with what stands before', '号0755', ['1900000118']],
  ['digits that occur, but not in this order', '86012346', []],
  ['punctuation only', '（）', []],
  ['like-patterns', '%', []],
])('given %s, then the matches come in their order', async (_, q, expected) => {
  expect(await found(q)).toEqual(expected)
})

// after some turns a statement is prepared, and after some more its plan is kept: product.md §6.3 holds for each of them
test.each(['1900000109', '0109', '19000001', '科技面馆', 'kjmg', 'k', 'kejimian', 'chongqingzhangji', '面', '重庆长记火锅', '店', '齉'])(
  'given %s asked thirty times by people of two scopes, then each gets what they got at first',
  async q => {
    const first = [await list({ q }), await list({ q }, 'operator'), await list({ q, limit: '2' })]
    expect(first[0]!.items.length).toBeGreaterThan(q === '齉' ? -1 : 0)
    for (let turn = 0; turn < 30; turn += 1) {
      expect(await list({ q })).toEqual(first[0])
      expect(await list({ q }, 'operator')).toEqual(first[1])
    }
    // a filter that leaves nothing out, so that the statement is planned by its values
    const planned = await list({ q, region_code: '440000' }, 'operator')
    expect(first[1]!.items.filter(({ region_code }) => region_code.startsWith('44'))).toEqual(planned.items)
    expect(first[2]!.items).toEqual(first[0]!.items.slice(0, 2))
  },
)

test('given a field agent who is given another district, then the next search, which many asked before, is answered from there', async () => {
  for (let turn = 0; turn < 20; turn += 1) expect(await found('酷吉麦哥')).toEqual([])
  const move = (code: string) =>
    backend.db
      .updateTable('staff')
      .set({ region_codes: [code] })
      .where('id', '=', 'staff-field_agent')
      .execute()
  await move('440304')
  expect([await found('酷吉麦哥'), await found('科技面馆')]).toEqual([['1900000113'], []])
  await move('440305')
  expect(await found('酷吉麦哥')).toEqual([])
})

test.each(['operator', 'auditor', 'admin'] as const)('given the role %s, then shops of every region are found', async role => {
  expect(await found('天河饭店', role)).toEqual(['1900000114'])
})

test('given a region lead of 深圳市, then the whole city is found and nothing else; given a field agent, then only the district', async () => {
  expect([await found('酷吉麦哥', 'region_lead'), await found('天河饭店', 'region_lead')]).toEqual([['1900000113'], []])
  expect(await found('酷吉麦哥')).toEqual([])
})

test('given a field agent who sees only assigned shops, then the others are neither listed nor open', async () => {
  await backend.db
    .updateTable('staff')
    .set({ assigned_only: true, region_codes: ['440300'] })
    .where('id', '=', 'staff-field_agent')
    .execute()
  expect((await list({})).items.map(({ sub_mchid }) => sub_mchid)).toEqual(['1900000113'])
  expect((await backend.call('field_agent', 'GET', '/v1/sub-merchants/1900000109')).status).toBe(404)
  await backend.db
    .updateTable('staff')
    .set({ assigned_only: false, region_codes: ['440305'] })
    .where('id', '=', 'staff-field_agent')
    .execute()
})

test.each([
  ['search', { q: '连锁奶茶' }],
  ['one character, where tiers meet', { q: '店' }],
  ['no search', {}],
  ['by name', { sort: 'name' }],
  ['by age', { sort: 'since' }],
  ['search by age', { q: '连锁奶茶', sort: 'since' }],
] as const)('given pages of 7 of a list (%s), then together they are the list of 100, each row once', async (_, query) => {
  const whole = await list({ ...query, limit: '100' })
  const pages: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await list({ ...query, limit: '7', ...(cursor ? { cursor } : {}) })
    pages.push(...page.items.map(({ sub_mchid }) => sub_mchid))
    cursor = page.next_cursor
    expect(page.total_estimate).toBe(whole.items.length)
  } while (cursor)
  expect(pages).toEqual(whole.items.map(({ sub_mchid }) => sub_mchid))
  expect(new Set(pages).size).toBe(pages.length)
  expect(pages.length).toBeGreaterThan(40)
})

test('given a shop that is added behind me while I page, then no row comes twice', async () => {
  const first = await list({ q: '连锁', limit: '20' })
  await add('1900000139', '连锁奶茶（00 前）')
  const second = await list({ q: '连锁', limit: '100', cursor: first.next_cursor! })
  const ids = [...first.items, ...second.items].map(({ sub_mchid }) => sub_mchid)
  expect(ids.filter(id => id !== '1900000139')).toHaveLength(45)
  expect(new Set(ids).size).toBe(ids.length)
})

let newest = 1_900_000_200
async function rewrite(sub_mchid: string, change: { name?: string; region_code?: string }): Promise<void> {
  const row = await backend.db
    .selectFrom('sub_merchants')
    .select(['name', 'short_name', 'address'])
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  await backend.db
    .updateTable('sub_merchants')
    .set({ ...change, ...searchTerms({ ...row, ...change }) })
    .where('sub_mchid', '=', sub_mchid)
    .execute()
}

test.each([
  ['no search', {}],
  ['search', { q: '连锁' }],
  ['search inside names', { q: '奶茶' }],
  ['by name', { sort: 'name' }],
] as const)(
  'given rows added, changed and withdrawn between pages (%s), then none comes twice and none that stayed where it was is lost',
  async (_, query) => {
    const whole = (await list({ ...query, limit: '100' })).items.map(({ sub_mchid }) => sub_mchid)
    const stays = whole.filter((_, index) => index % 5 !== 3)
    const seen: string[] = []
    let cursor: string | null = ''
    for (let round = 0; cursor !== null; round += 1) {
      const page: SubMerchantPage = await list({ ...query, limit: '6', ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ sub_mchid }) => sub_mchid))
      cursor = page.next_cursor
      // of those already seen one is renamed to the front or leaves the scope; and one comes
      const moves = whole[round * 5 + 3]
      if (moves && moves >= '1900000140') await rewrite(moves, round % 2 === 0 ? { name: '连锁奶茶（00 早）' } : { region_code: '110105' })
      newest += 1
      await add(String(newest), `连锁奶茶（${String(round).padStart(2, '0')} 新）`)
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(stays.filter(id => !seen.includes(id))).toEqual([])
  },
)

test('given shops from before numbers were terms, when the migration has run, then they are found by them as others are', async () => {
  const migration = readFileSync(new URL('../../../../backend/database/migrations/0059_numbers_in_terms.sql', import.meta.url), 'utf8')
  const numbers = sql<{
    terms: string[]
  }>`select array(select unnest(terms) order by 1) as terms from sub_merchants where sub_mchid = '1900000118'`
  const written = (await numbers.execute(backend.db)).rows[0]!.terms
  await sql`update sub_merchants set terms = array(select term from unnest(terms) as term where term !~ '^@?[0-9]{4}$') where sub_mchid = '1900000118'`.execute(
    backend.db,
  )
  expect(await found('86012345')).toEqual([])
  const owner = newClient(backend.ownerUrl)
  await owner.connect()
  await owner.query(migration).finally(() => owner.end())
  expect((await numbers.execute(backend.db)).rows[0]!.terms).toEqual(written)
  expect([await found('86012345'), await found('4008123')]).toEqual([['1900000118'], ['1900000118']])
})

test.each([1, 6, 30, 1_000])(
  'given a list of which the first %s are read for a page of matches, then what is missing follows by the index, as if all had been found by it',
  async begun => {
    const looked = lookedFor('奶茶')!
    const caller = {
      sp_mchid: '1900000001',
      numbers: ['1900000001'],
      staff_id: '',
      role: 'field_agent',
      region_codes: ['440305'],
      assigned_only: false,
    } as const
    const page = (walk: Walk, start: Page['start'] = { tier: 0, key: null }) =>
      pageStatement({
        numbers: caller.numbers,
        scope: () => inScope(caller),
        tiers: tiersOf(looked, ['440305']),
        walk,
        start,
        conditions: [],
        limit: 21,
        isWhole: false,
        isHidden: false,
      })
        .execute(backend.db)
        .then(({ rows }) => rows.map(({ sub_mchid }) => sub_mchid))
    const whole = await page('none')
    expect(whole).toHaveLength(21)
    expect(await page({ begun })).toEqual(whole)
    const start = { tier: 2, key: [whole[9]!] }
    expect(await page({ begun }, start)).toEqual(await page('none', start))
  },
)

test.each(['migration_rank', 'since_key', 'search_name'])(
  'given a list of everything by %s, then a page that is read as it is found has the rows of one that is found first',
  async column => {
    const everything = sql<boolean>`true`
    const order = [column, 'sub_mchid']
    const page = (isWhole: boolean, start: Page['start']) =>
      pageStatement({
        numbers: ['1900000001'],
        scope: numbers => ofNumbers(numbers),
        tiers: [{ found: null, decides: everything, decidesAfter: everything, order }],
        walk: 'none',
        start,
        conditions: [],
        limit: 9,
        isWhole,
        isHidden: false,
      })
        .execute(backend.db)
        .then(({ rows }) => rows)
    const first = await page(true, { tier: 0, key: null })
    expect(first).toHaveLength(9)
    expect(first).toEqual(await page(false, { tier: 0, key: null }))
    const { key, sub_mchid } = first[4]!
    const start = { tier: 0, key: [key instanceof Date ? key.toISOString() : key!, sub_mchid] }
    const second = await page(true, start)
    expect(second.slice(0, 4)).toEqual(first.slice(5))
    expect(second).toEqual(await page(false, start))
  },
)

test('given lists by what the app offers to choose, asked until their statements are kept, then each has its own rows and follows every write', async () => {
  const asked = { state: 'unknown', gold_plan: 'unknown', receipt: 'unknown' }
  const total = async () => (await list({ ...asked, limit: '5' }, 'operator')).total_estimate
  const all = (await list({ ...asked, limit: '5', count: 'exact' }, 'operator')).total_estimate!
  for (let turn = 0; turn < 12; turn += 1) {
    const { items } = await list({ ...asked, limit: '100' }, 'operator')
    expect(new Set(items.map(({ migration }) => migration.state))).toEqual(new Set(['unknown']))
    expect((await list({ ...asked, receipt: 'open', limit: '100' }, 'operator')).items).toEqual([])
    expect((await list({ ...asked, state: 'blocked,regressed', limit: '100' }, 'operator')).items).toEqual([])
    expect(await total()).toBe(all)
  }
  const of = (receipt_status: 'open' | 'unknown') =>
    backend.db.updateTable('sub_merchants').set({ receipt_status }).where('sub_mchid', '=', '1900000118').execute()
  await of('open')
  expect((await list({ ...asked, receipt: 'open', limit: '100' }, 'operator')).items.map(({ sub_mchid }) => sub_mchid)).toEqual([
    '1900000118',
  ])
  expect(await total()).toBe(all - 1)
  await of('unknown')
  expect((await list({ ...asked, receipt: 'open', limit: '100' }, 'operator')).items).toEqual([])
})

test('given a cursor of another question, another person, or nobody, then 400 INVALID_CURSOR', async () => {
  const { next_cursor } = await list({ q: '连锁', limit: '5' })
  const cursor = next_cursor!
  expect((await list({ q: '奶茶', cursor })).code).toBe('INVALID_CURSOR')
  expect((await list({ q: '连锁', cursor }, 'operator')).code).toBe('INVALID_CURSOR')
  expect((await list({ q: '连锁', cursor: `${cursor.slice(0, -4)}AAAA` })).code).toBe('INVALID_CURSOR')
  expect((await list({ q: '连锁', cursor: 'x' })).code).toBe('INVALID_CURSOR')
})

test('given filters, then only what they name, and a value that does not exist is refused by name', async () => {
  await backend.addEvidence('1900000109', {
    kind: 'test_payment',
    ago: 100 * day,
    detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' },
  })
  const stale = await list({ attention: 'STALE' })
  expect(stale.items).toMatchObject([
    {
      sub_mchid: '1900000109',
      migration: { state: 'verified', attention: ['OUT_OF_BAND', 'STALE'], proof: 'test_payment:official_receipt' },
    },
  ])
  expect((await list({ state: 'verified,regressed' })).items).toHaveLength(1)
  expect((await list({ region_code: '440300', state: 'verified' }, 'operator')).items).toHaveLength(1)
  expect((await list({ assigned_to: 'none', q: '酷吉' }, 'operator')).items).toHaveLength(0)
  expect(await list({ state: 'verifed' })).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'state' }] })
  expect(await list({ limit: '101' })).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'limit' }] })
  expect(await list({ colour: 'red' })).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'colour', code: 'UNKNOWN_FIELD' }] })
})

test('given no search, then a regressed shop comes first', async () => {
  const saw = (ago: number, after_page: 'official_receipt' | 'closed') =>
    ({ kind: 'test_payment', ago, detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page } }) as const
  await backend.addEvidence('1900000111', saw(3 * day, 'official_receipt'), saw(2 * day, 'closed'))
  expect((await list({ limit: '1' })).items).toMatchObject([{ sub_mchid: '1900000111', migration: { state: 'regressed' } }])
})

test('given more than a total counts, then it says so many or more, to everybody with that scope; given fewer, then how many at each moment', async () => {
  const numbers = Array.from({ length: 1_000 }, (_, index) => String(1_700_000_000 + index))
  const named = (name: string) => ({ name, short_name: name, ...searchTerms({ name, short_name: name, address: '广州市天河区 1 号' }) })
  const { sp_mchid, created_at, updated_at } = await backend.db
    .selectFrom('sub_merchants')
    .select(['sp_mchid', 'created_at', 'updated_at'])
    .limit(1)
    .executeTakeFirstOrThrow()
  const shop = { sp_mchid, created_at, updated_at, region_code: '440106', address: '广州市天河区 1 号', ...named('千家小铺') }
  for (let from = 0; from < numbers.length; from += 250)
    await backend.db
      .insertInto('sub_merchants')
      .values(numbers.slice(from, from + 250).map(sub_mchid => ({ ...shop, sub_mchid })))
      .execute()
  const total = async (q: string, role: Role) => (await list({ q }, role)).total_estimate
  expect([await total('千家小铺', 'operator'), await total('千家小铺', 'auditor'), await total('千家小铺', 'field_agent')]).toEqual([
    1_000, 1_000, 0,
  ])
  const leave = (left: number) =>
    backend.db.updateTable('sub_merchants').set(named('别的铺子')).where('sub_mchid', 'in', numbers.slice(left)).execute()
  await leave(60)
  expect(await total('千家小', 'operator')).toBe(60)
  await leave(50)
  expect(await total('千家小', 'operator')).toBe(50)
  await leave(10)
  // what fits a page is counted by looking at it
  expect(await total('千家小铺', 'operator')).toBe(10)
})
