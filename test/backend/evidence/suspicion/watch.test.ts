// The nightly watch (product.md §5.5): the rule itself, the statement that says the same of every shop, once each night whoever runs, and how a hint goes away.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import type { SubMerchant, SubMerchantPage } from '../../../../backend/directory/merchants/schema.ts'
import { newClient } from '../../../../backend/database/client.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { suspicionOf, type Watched } from '../../../../backend/evidence/suspicion/rule.ts'
import { watchMerchants } from '../../../../backend/evidence/suspicion/watch.ts'
import { dayLater, dayOf } from '../../../../backend/http/days.ts'
import type { Summary } from '../../../../backend/workbench/schema.ts'
import { MINI_PROGRAM_APPID, OFFICIAL_ACCOUNT_APPID } from '../../../../dev/sandbox/index.ts'
import { day, hour, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { enterAppid } from '../bills/given.ts'

const rule = { enabled: true, days: 7, min_payments: 20 }
const window = { from: '2026-11-22', to: '2026-11-28', anyLoads: true }
const shopOf = (change: Partial<Watched> = {}): Watched => ({
  state: 'verified',
  receipt: 'open',
  proved_on: '2026-11-01',
  receipt_since: '2026-11-01',
  payments: [
    { day: '2026-11-22', count: 12 },
    { day: '2026-11-28', count: 8 },
  ],
  loaded_on: '2026-11-21',
  ...change,
})

describe('the rule', () => {
  test('given twenty payments in the days and no load since the first of them, then it is suspected, with both numbers', () => {
    expect(suspicionOf(shopOf(), window, rule)).toEqual({ payments: 20, from: '2026-11-22', to: '2026-11-28' })
  })
  test.each<[string, Watched]>([
    ['it is not verified', shopOf({ state: 'enrolled' })],
    ['its receipt is closed', shopOf({ receipt: 'closed' })],
    ['nineteen payments', shopOf({ payments: [{ day: '2026-11-25', count: 19 }] })],
    ['payments of before and after', shopOf({ payments: [{ day: '2026-11-21', count: 90 }] })],
    ['one load on the first day', shopOf({ loaded_on: '2026-11-22' })],
    ['a load of today, after the newest bill', shopOf({ loaded_on: '2026-11-29' })],
    ['somebody saw the page since the payments', shopOf({ proved_on: '2026-11-28' })],
    ['its receipt is open since the day of the payments', shopOf({ receipt_since: '2026-11-28' })],
  ])('given %s, then it is not', (_what, shop) => {
    expect(suspicionOf(shop, window, rule)).toBeNull()
  })
  test('given nobody has loaded any receipt of the number, or the watch is off, then no shop is told from another', () => {
    expect(suspicionOf(shopOf(), { ...window, anyLoads: false }, rule)).toBeNull()
    expect(suspicionOf(shopOf(), window, { ...rule, enabled: false })).toBeNull()
  })
})

describe('every night', () => {
  let backend: Backend
  const today = '2026-11-29'
  const newest = '2026-11-28'

  beforeAll(async () => {
    backend = await startBackend()
  })
  afterAll(() => backend.close())
  beforeEach(async () => {
    const owner = newClient(backend.ownerUrl)
    await owner.connect()
    await owner.query('truncate bill_days, payment_days, appids, watch_nights, receipt_load_days, evidence, sub_merchants cascade')
    await owner.end()
    // 11:00 in China
    backend.sandbox.control.clock.set(new Date(`${today}T03:00:00Z`))
    await enterAppid(backend, OFFICIAL_ACCOUNT_APPID, 'official_account')
    await enterAppid(backend, MINI_PROGRAM_APPID, 'mini_program')
    await landed(newest)
    await backend.addMerchant(loaded)
  })

  const watch = (db = backend.db) => watchMerchants({ ...backend.app.context, db, numbers: [sp_mchid] })
  const landed = (one: string) =>
    sql`
    insert into bill_days (sp_mchid, day, state, sha1, landed_at) values (${sp_mchid}, ${one}::date, 'landed', 'x', ${backend.clock.now()})
    on conflict do nothing`.execute(backend.db)
  const load = (sub_mchid: string, one: string) =>
    sql`
    insert into receipt_load_days (sp_mchid, sub_mchid, day, result, loads, shown, ready_steps)
    values (${sp_mchid}, ${sub_mchid}, ${one}::date, 'valid', 1, 1, '{}')`.execute(backend.db)
  const pay = (sub_mchid: string, one: string, count: number, appid = OFFICIAL_ACCOUNT_APPID) =>
    sql`
    insert into payment_days (sp_mchid, sub_mchid, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
    values (${sp_mchid}, ${sub_mchid}, ${one}::date, ${count}, ${JSON.stringify({ [appid]: count })}, 0, 0, 0, 0, 0, 0, 0,
      array_fill(0, array[24]), array_fill(0, array[6]))`.execute(backend.db)
  const verified = async (sub_mchid: string, daysAgo = 20) => {
    await backend.addMerchant(sub_mchid)
    const at = daysAgo * day
    await backend.addEvidence(
      sub_mchid,
      { ago: at + 2 * hour, kind: 'api_operation', detail: { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' } },
      { ago: at + hour, kind: 'api_operation', detail: { operation: 'receipt.open', result: 'succeeded' } },
      { ago: at, kind: 'test_payment', detail: seenReceipt },
    )
  }
  const seenReceipt = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'merchant_receipt' } as const
  const suspects = async () =>
    (await backend.call<SubMerchantPage>('operator', 'GET', '/v1/sub-merchants?attention=SUSPECTED')).body.items.map(item => [
      item.sub_mchid,
      item.suspected,
    ])
  /** its receipt is loaded: without one, nothing tells a shop from another */
  const loaded = '1900000500'
  const shop = '1900000109'

  test('given a shop that is paid and whose receipt nobody loads, then list, page and workbench say so with both numbers; the verdict stays', async () => {
    await verified(shop)
    await pay(shop, newest, 23)
    await load(loaded, newest)
    await watch()
    const found = { payments: 23, from: '2026-11-22', to: newest }
    expect(await suspects()).toEqual([[shop, found]])
    const page = (await backend.call<SubMerchant>('field_agent', 'GET', `/v1/sub-merchants/${shop}`)).body
    expect([page.suspected, page.migration.state, page.migration.attention]).toEqual([found, 'verified', ['SUSPECTED']])
    const { attention, handle_first } = (await backend.call<Summary>('region_lead', 'GET', '/v1/summary')).body
    expect([attention.suspected, handle_first.suspected.count, handle_first.suspected.items[0]!.what]).toEqual([1, 1, '23'])
  })
  test('given a load comes, or somebody sees the receipt, then it is over at once', async () => {
    for (const one of [shop, '1900000110']) {
      await verified(one)
      await pay(one, newest, 20)
    }
    await load(loaded, newest)
    await watch()
    expect(await suspects()).toHaveLength(2)
    await backend.addEvidence(shop, { ago: 0, kind: 'test_payment', detail: seenReceipt })
    const { receipts } = backend.app.context
    receipts.ledger.count({ sp_mchid, sub_mchid: '1900000110', day: today, result: 'valid' }, { loads: 1 })
    await receipts.settle()
    expect(await suspects()).toEqual([])
  })
  test('given loads with orders that nobody knows, then they neither hide a shop nor tell it from another', async () => {
    await verified(shop)
    await pay(shop, newest, 20)
    const invented = async (sub_mchid: string) => {
      const { receipts } = backend.app.context
      receipts.ledger.count({ sp_mchid, sub_mchid, day: newest, result: 'unknown_order' }, { loads: 9 })
      await receipts.settle()
    }
    await invented(loaded)
    await watch()
    expect(await suspects()).toEqual([])
    await load(loaded, newest)
    await invented(shop)
    backend.sandbox.control.clock.advance(day)
    await watch()
    expect(await suspects()).toHaveLength(1)
    await invented(shop)
    expect(await suspects()).toHaveLength(1)
  })
  test('given it closes its receipt, then it is suspected no more; given the setting is off, then nobody is from the next night on', async () => {
    await verified(shop)
    await pay(shop, newest, 20)
    await load(loaded, newest)
    await watch()
    expect(await suspects()).toHaveLength(1)
    await sql`update provider set watch = ${JSON.stringify({ ...rule, enabled: false })}`.execute(backend.db)
    backend.sandbox.control.clock.advance(day)
    await watch()
    await sql`update provider set watch = ${JSON.stringify(rule)}`.execute(backend.db)
    expect(await suspects()).toEqual([])
  })
  test('given two processes, then a night is looked at once; a newer bill is looked at on its day, and a night that was missed is made up for', async () => {
    await verified(shop)
    await load(loaded, newest)
    const second = connect(backend.databaseUrl)
    const looked = await Promise.all([watch(), watch(second)])
    expect(looked.sort()).toEqual([0, 1])
    expect(await watch()).toBe(0)
    // three nights nobody ran
    backend.sandbox.control.clock.advance(3 * day)
    await pay(shop, dayLater(newest, 1), 21)
    expect(await watch(second)).toBe(1)
    await landed(dayLater(newest, 3))
    expect([await watch(), await watch()]).toEqual([1, 0])
    expect((await suspects())[0]).toEqual([shop, { payments: 21, from: '2026-11-25', to: dayLater(newest, 3) }])
    await second.destroy()
  })

  test('given an appid that was the company’s until some day, then what was paid through it later is no sign', async () => {
    const [before, after] = [shop, '1900000110']
    for (const one of [before, after]) await verified(one)
    await pay(before, dayLater(newest, -4), 20)
    await pay(after, newest, 20)
    await load(loaded, newest)
    // 23:00 in China
    const ended_at = new Date(`${dayLater(newest, -2)}T15:00:00Z`)
    await backend.db.updateTable('appids').set({ ended_at }).where('appid', '=', OFFICIAL_ACCOUNT_APPID).execute()
    await watch()
    expect((await suspects()).map(([one]) => one)).toEqual([before])
  })
  test('given shops of every kind, then the statement says of each what the rule says', async () => {
    await load(loaded, newest)
    const kinds = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(index => `19000010${10 + index}`)
    for (const [index, one] of kinds.entries()) {
      await verified(one, [20, 20, 20, 20, 1, 3, 20, 20, 20][index])
      for (const [back, count] of [
        [0, 9],
        [2, 6],
        // with the others twenty, and of one shop nineteen
        [5, index === 0 ? 4 : 5],
        [8, 50],
      ] as const)
        await pay(one, dayLater(newest, -back), count, index === 6 ? MINI_PROGRAM_APPID : OFFICIAL_ACCOUNT_APPID)
    }
    // its receipt was opened once more, after what was paid on the first of the days
    await backend.addEvidence(kinds[8]!, {
      ago: 5 * day,
      kind: 'api_operation',
      detail: { operation: 'receipt.open', result: 'succeeded' },
    })
    await load(kinds[1]!, dayLater(newest, -6))
    await load(kinds[2]!, dayLater(newest, -7))
    await load(kinds[3]!, today)
    await watch()
    const { rows } = await sql<Watched & { sub_mchid: string; suspected: unknown }>`
      select sub_mchid, migration_state as state, receipt_status as receipt, to_char(migration_since at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as proved_on,
        to_char((switches -> 'receipt' ->> 'changed_at')::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as receipt_since, suspected,
        (select coalesce(json_agg(json_build_object('day', p.day, 'count', coalesce((p.jsapi ->> ${OFFICIAL_ACCOUNT_APPID})::integer, 0))), '[]')
          from payment_days as p where p.sub_mchid = s.sub_mchid) as payments,
        (select to_char(max(l.day), 'YYYY-MM-DD') from receipt_load_days as l where l.sub_mchid = s.sub_mchid) as loaded_on
      from sub_merchants as s where sub_mchid <> ${loaded} order by sub_mchid`.execute(backend.db)
    const said = rows.map(({ sub_mchid, suspected }) => [sub_mchid, suspected])
    expect(said).toEqual(
      rows.map(({ sub_mchid, ...watched }) => [
        sub_mchid,
        suspicionOf(watched, { ...window, to: newest, from: dayLater(newest, -6) }, rule),
      ]),
    )
    expect(said.map(([, suspected]) => suspected !== null)).toEqual([false, false, true, false, false, false, false, true, false])
    expect(dayOf(backend.clock.now())).toBe(today)
  })
})
