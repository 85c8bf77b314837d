// What spreadsheets make of a file: shapes that can mean one thing only are taken, and what was taken is said; regions that our list does not know too.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { regionName, regionPrefixesOf, regionTree } from '../../../../backend/company/regions/divisions.ts'
import { plainNumber } from '../../../../backend/directory/imports/shapes.ts'
import { createImportWorld, type ImportWorld } from './support/world.ts'

let world: ImportWorld
beforeAll(async () => {
  world = await createImportWorld()
})
afterAll(() => world?.close())

describe('a number', () => {
  test.each([
    '`1988100004',
    "'1988100004",
    '‘1988100004',
    '="1988100004"',
    '1988100004.0',
    '１９８８１０００04',
    '1988 100 004',
    '1,988,100,004',
    '1.988100004E+09',
    '\u200e1988\u2060100004',
    '\u00ad1988100004\u202c',
  ])('given %j, then it is 1988100004 and something is said', given => {
    const { value, shapes } = plainNumber(given)
    expect([value, shapes.length > 0]).toEqual(['1988100004', true])
  })
  test.each(['1.9E+09', '1.98810E+09', '1988100004.5', '19881O0004', '1,98,8100004'])('given %j, then it is no number', given => {
    expect(plainNumber(given).value).not.toMatch(/^\d+$/)
  })
})

test('given a file as Excel leaves it, then every row lands and what was read is said', async () => {
  const content = [
    'sub_mchid,name,short_name,region_code,address,,',
    '`1988100004,丁记小馆,丁记,440305,科苑路4号,,',
    '="1988100005",戊记小馆,戊记,440305,科苑路5号,,',
    '1988100006.0,己记小馆,己记,440305',
    '１９８８１００００７,庚记小馆,庚记,440305.0,科苑路7号,,',
    '1.9E+09,辛记小馆,辛记,440305,,,',
    '1988100009,壬记小馆,壬记,440305,,,多出来',
    '1988100010,癸记小馆',
  ].join('\n')
  const report = await world.run('excel.csv', content)
  expect(report).toMatchObject({ rows: 7, added: 4, rejected: 3 })
  expect(report.notes.map(({ what, lines }) => [what, lines])).toEqual([
    ['sub_mchid 里的前面的撇号已去掉', [2]],
    ['sub_mchid 里的="…" 的写法已去掉', [3]],
    ['sub_mchid 里的小数点后的 0已去掉', [4]],
    ['sub_mchid 里的全角字符已去掉', [5]],
    ['region_code 里的小数点后的 0已去掉', [5]],
  ])
  expect(world.rows('excel.rejects.csv').map(({ line, reason }) => [line, reason])).toEqual([
    ['6', expect.stringContaining('=TEXT(A2,"0")')],
    ['7', expect.stringContaining('第 7 列有内容却没有列名')],
    ['8', expect.stringContaining('这一行有 2 列，表头有 5 列')],
  ])
})

test('given the words of the console in its header, a line that repeats it and a name that turns what follows, then the shops land as they look', async () => {
  const content = [
    '子商户号,商户全称,行政区划代码',
    '1988100081,\u202e甲店\u2066,440305',
    '子商户号,商户全称,行政区划代码',
    '1988100082,乙店,440305',
  ].join('\n')
  expect(await world.run('console.csv', content)).toMatchObject({ added: 2, rejected: 1 })
  const shop = await world.db.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', '1988100081').executeTakeFirst()
  expect(shop).toMatchObject({ name: '甲店', region_code: '440305' })
})

describe('words in which something stands that nobody sees, in another case or width', () => {
  test('given a shop, then header, words, tags, person and time are what they look like', async () => {
    await world.run('staff-seen.csv', 'staff_id,display_name,role\nz1,张三（南山）,运营\n')
    const content = [
      '\u200e商户号,name\u2060,ｒｅｇｉｏｎ_code,industry,assigned_to,status,receipt_link,gold_plan_jsapi,ad_filter,checked_at,\u200e',
      "1988100071,甲店,440305,catering\u200e,张三(南山)\u200b,Active,'服务商,已开通\u202c,餐饮美食；\u200eRETAIL,\u200e2026/11/20\u200e 15：30,",
      '1988100072,乙店,440305,餐饮美食\ufe0f,\u200e,\u2060,Sub_Merchant,CLOSED,NONE,2026年11月20日,',
    ].join('\n')
    expect(await world.run('seen.csv', content)).toMatchObject({ added: 2, rejected: 0 })
    const shops = await world.db
      .selectFrom('sub_merchants')
      .select(['industry', 'assigned_to', 'status', 'receipt_link'])
      .where('sub_mchid', 'in', ['1988100071', '1988100072'])
      .orderBy('sub_mchid')
      .execute()
    expect(shops).toEqual([
      { industry: 'CATERING', assigned_to: 'z1', status: 'active', receipt_link: 'provider' },
      { industry: 'CATERING', assigned_to: null, status: 'active', receipt_link: 'sub_merchant' },
    ])
    const looks = await world.db.selectFrom('evidence').select(['detail', 'occurred_at']).orderBy('sub_mchid').execute()
    expect(looks).toEqual([
      { detail: { gold_plan_jsapi: 'open', ad_filter: ['CATERING', 'RETAIL'] }, occurred_at: new Date('2026-11-20T15:30:00+08:00') },
      { detail: { gold_plan_jsapi: 'closed', ad_filter: [] }, occurred_at: new Date('2026-11-20T00:00:00+08:00') },
    ])
  })
  test('given the same tag by its code and by its name, then it stands there twice', async () => {
    await world.run('twice.csv', 'sub_mchid,name,region_code,ad_filter,checked_at\n1988100073,丙店,440305,CATERING;餐饮美食,2026-11-20\n')
    expect(world.rows('twice.rejects.csv')).toMatchObject([{ field: 'ad_filter', value: '餐饮美食' }])
  })
  test('given a person, then role, rights and status are what they look like', async () => {
    const content = 'staff_id,display_name,role,assigned_only,status\nz2,李四,\u200e运营,是\u2060,\u200e在职\nz3,王五,Auditor,ＮＯ,Active\n'
    expect(await world.run('staff-words.csv', content)).toMatchObject({ added: 2, rejected: 0 })
  })
  test('given names in which nothing can be seen, then they are missing', async () => {
    await world.run('blank.csv', 'sub_mchid,name,region_code\n1988100074,\u200e\u2060\u3164,440305\n')
    expect(world.rows('blank.rejects.csv')).toMatchObject([{ field: 'name', reason: '名称没有填' }])
    await world.run('blank-staff.csv', 'staff_id,display_name,role\nz4,\u200e\u2060,运营\n')
    expect(world.rows('blank-staff.rejects.csv')).toMatchObject([{ field: 'display_name', reason: '显示名没有填' }])
  })
})

describe('regions', () => {
  const rows = (codes: string[]) =>
    `sub_mchid,name,region_code\n${codes.map((code, index) => `198820${String(index).padStart(4, '0')},店 ${index},${code}`).join('\n')}\n`
  test('given districts that are new, gone or in no list, then shops land under them and the last two are said', async () => {
    const report = await world.run('regions.csv', rows(['500157', '460302', '659012', '330103', '500199', '449912', '990101', '440300']))
    expect(report).toMatchObject({ added: 6, rejected: 2 })
    expect(report.notes.map(({ what, lines }) => [what, lines])).toEqual([
      ['region_code 330103 杭州市下城区 已经撤销或更名，现在是 330105 杭州市拱墅区：按原来的代码记下', [5]],
      ['region_code 500199 不在行政区划代码表（GB/T 2260）里，已按重庆市区划500199记下：核对一下有没有写错', [6]],
      ['region_code 449912 不在行政区划代码表（GB/T 2260）里，已按广东省区划449912记下：核对一下有没有写错', [7]],
    ])
    expect(world.rows('regions.rejects.csv').map(({ line }) => line)).toEqual(['8', '9'])
  })
  test('given people who work there, then they land too', async () => {
    const content = 'staff_id,display_name,role,region_codes\nr1,甲,业务员,500157;659012\nr2,乙,业务员,500199\nr3,丙,业务员,990101\n'
    expect(await world.run('staff.csv', content)).toMatchObject({ added: 2, rejected: 1 })
  })
  test('given whoever works in a district, then the shops of those that became part of it are in sight, and no others', () => {
    expect(regionPrefixesOf('330105')).toEqual(['330105', '330103'])
    expect(regionPrefixesOf('370100')).toEqual(['3701', '371202', '371203'])
    expect(regionPrefixesOf('440305')).toEqual(['440305'])
    expect(regionPrefixesOf('500199')).toEqual(['500199'])
  })
  test('given somebody whose only district is in no list, then the tree has it under its province', () => {
    expect(regionTree(['500199'])).toMatchObject([{ code: '500000', children: [{ children: [{ code: '500199', name: '区划500199' }] }] }])
    expect(regionName('460302')).toBe('三沙市西沙区')
  })
})

describe('what rules read of a shop and only the provider knows', () => {
  const header = 'sub_mchid,name,region_code,store_count,receipt_link'
  const shop = () =>
    world.db.selectFrom('sub_merchants').select(['store_count', 'receipt_link']).where('sub_mchid', '=', '1988100061').executeTakeFirst()
  test('given the number of shops and whose the receipt link is, then both land, stay without a column, and are emptied by an empty cell', async () => {
    expect(await world.run('stores.csv', `${header}\n1988100061,连锁,440305,３.0,特约商户\n`)).toMatchObject({ added: 1, rejected: 0 })
    expect(await shop()).toEqual({ store_count: 3, receipt_link: 'sub_merchant' })
    expect(await world.run('fewer.csv', 'sub_mchid,name,region_code\n1988100061,连锁,440305\n')).toMatchObject({ unchanged: 1 })
    expect(await world.run('words.csv', '商户号,商户名称,区划代码,门店数,小票链接\n1988100061,连锁,440305,,\n')).toMatchObject({
      updated: 1,
    })
    expect(await shop()).toEqual({ store_count: 1, receipt_link: 'provider' })
    const entry = await world.db
      .selectFrom('audit_entries')
      .select(['before', 'after'])
      .where('target_id', '=', '1988100061')
      .where('action', '=', 'merchant.updated')
      .executeTakeFirst()
    expect(entry).toEqual({
      before: { store_count: 3, receipt_link: 'sub_merchant' },
      after: { store_count: 1, receipt_link: 'provider' },
    })
  })
  test.each(['0', '-1', '1.5', '三', '100001', '1e3'])('given %s as the number of shops, then the row is rejected there', async count => {
    await world.run('wrong.csv', `${header}\n1988100062,连锁,440305,${count},\n`)
    expect(world.rows('wrong.rejects.csv').map(({ field }) => field)).toEqual(['store_count'])
  })
  test('given another word for whose the link is, then the row is rejected there', async () => {
    await world.run('wrong.csv', `${header}\n1988100062,连锁,440305,2,谁的\n`)
    expect(world.rows('wrong.rejects.csv').map(({ field }) => field)).toEqual(['receipt_link'])
  })
})
