// When loads of the receipt page are evidence that the plan is alive (product.md F8, F9, §5.2), on a real PostgreSQL.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { checkCodeOf } from '../../../backend/receipts/check-code.ts'
import { sp_mchid } from '../support/backend.ts'
import type { OrderContent } from './support/order-system.ts'
import { startShop, type PlacedOrder, type Shop } from './support/world.ts'

const [second, minute, hour] = [1_000, 60_000, 3_600_000]
let shop: Shop
let sub_mchid: string

beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  sub_mchid = await shop.merchant()
})

const advance = (ms: number) => shop.backend.sandbox.control.clock.advance(ms)
const now = () => shop.backend.clock.now()
/** twice: a page's report counts with the flush after the one that took it */
const settle = async () => {
  await shop.backend.app.context.receipts.settle()
  await shop.backend.app.context.receipts.settle()
}
const beacons = () =>
  shop.backend.db
    .selectFrom('evidence')
    .selectAll()
    .where('sub_mchid', '=', sub_mchid)
    .where('kind', '=', 'receipt_beacon')
    .orderBy('occurred_at')
    .execute()
const merchant = () => shop.backend.db.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow()
const loads = () => shop.backend.db.selectFrom('receipt_loads').selectAll().where('sub_mchid', '=', sub_mchid).execute()

/** A customer pays and taps 完成 half a minute later. */
async function paidAndLoaded(order: Partial<OrderContent> = {}, after = 30 * second): Promise<PlacedOrder> {
  const placed = shop.order(sub_mchid, order)
  advance(after)
  await shop.load({ ...placed })
  await settle()
  return placed
}

describe('given loads whose check_code matched', () => {
  test('when there is one order, then it proves nothing; when another matches within 24 hours, then the plan is seen alive', async () => {
    await paidAndLoaded()
    expect([(await beacons()).length, (await merchant()).migration_state]).toEqual([0, 'unknown'])
    advance(23 * hour)
    const placed = await paidAndLoaded()
    const [item] = await beacons()
    expect(item!.detail).toEqual({
      out_trade_no: placed.out_trade_no.slice(-4),
      order_paid_at: shop.system.orders.get(placed.out_trade_no)!.paid_at,
      order_scene: 'jsapi',
      check_code_valid: true,
      displayed: 'merchant',
    })
    expect([item!.recorded_by, item!.source]).toEqual([null, 'backend'])
    expect(await merchant()).toMatchObject({ migration_state: 'verified', migration_proof: 'receipt_beacon' })
    const audit = await shop.backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', sub_mchid).execute()
    expect(audit).toMatchObject([
      { action: 'receipt_beacon.write', actor_id: null, before: { state: 'unknown' }, after: { state: 'verified' } },
    ])
    expect(JSON.stringify([audit, item])).not.toContain(placed.out_trade_no)
  })

  test('when it is the same order twice, then it proves nothing', async () => {
    const placed = await paidAndLoaded()
    advance(minute)
    await shop.load({ ...placed })
    await settle()
    expect(await beacons()).toEqual([])
  })

  const lacking: [string, () => Promise<unknown>][] = [
    ['the other was more than 24 hours before', async () => (await paidAndLoaded(), advance(24 * hour + minute), paidAndLoaded())],
    ['one was loaded more than 10 minutes after it was paid', async () => (await paidAndLoaded(), paidAndLoaded({}, 10 * minute + second))],
    [
      'one was loaded before it was paid',
      async () => (await paidAndLoaded(), paidAndLoaded({ paid_at: new Date(now().getTime() + hour).toISOString() })),
    ],
    ['one was paid in a mini program', async () => (await paidAndLoaded(), paidAndLoaded({ scene: 'miniprogram' }))],
    ['nobody knows where one was paid', async () => (await paidAndLoaded(), paidAndLoaded({ scene: undefined }))],
    [
      'one of the codes did not match',
      async () => {
        await paidAndLoaded()
        const placed = shop.order(sub_mchid)
        await shop.load({ ...placed, check_code: 'f'.repeat(32) })
        await settle()
      },
    ],
  ]
  test.each(lacking)('when there are two orders but %s, then they prove nothing', async (_, happen) => {
    await happen()
    expect(await beacons()).toEqual([])
  })

  test('when one of two is a test payment of staff, then they prove nothing until a third is there', async () => {
    await paidAndLoaded()
    advance(2 * minute)
    const detail = { entry: 'other' as const, web_page_opened: true, payee_matches: 'not_checked' as const, after_page: 'unsure' as const }
    await shop.backend.addEvidence(sub_mchid, { kind: 'test_payment', ago: 0, detail })
    advance(20 * minute)
    await paidAndLoaded()
    expect(await beacons()).toEqual([])
    await paidAndLoaded()
    expect((await beacons()).length).toBe(1)
  })

  test('when staff asked WeChat Pay for one of two, then they prove nothing: it is a payment of theirs', async () => {
    await paidAndLoaded()
    const paid_at = now().toISOString()
    await paidAndLoadedAsked(paid_at)
    expect(await beacons()).toEqual([])
  })
  async function paidAndLoadedAsked(paid_at: string) {
    await shop.backend.addEvidence(sub_mchid, {
      kind: 'order_query',
      ago: 0,
      detail: { trade_type: 'JSAPI', order_scene: 'jsapi', paid_at },
    })
    await paidAndLoaded({ paid_at })
  }

  test('when a visit with a test payment was under way, then what was paid in that time proves nothing', async () => {
    const started_at = now()
    await paidAndLoaded()
    await paidAndLoaded()
    // written before the visit arrived
    expect((await beacons()).length).toBe(1)
    const other = await shop.merchant()
    sub_mchid = other
    await paidAndLoaded()
    advance(2 * hour)
    const detail = { entry: 'other' as const, web_page_opened: true, payee_matches: 'not_checked' as const, after_page: 'unsure' as const }
    await shop.backend.addEvidence(other, { kind: 'test_payment', ago: 0, detail })
    const { id: evidence_id } = await shop.backend.db
      .selectFrom('evidence')
      .select('id')
      .where('sub_mchid', '=', other)
      .executeTakeFirstOrThrow()
    const visit_id = randomUUID()
    await shop.backend.db
      .insertInto('checklist_templates')
      .values({ sp_mchid, version: 1, body: '{}', published_at: now() })
      .onConflict(one => one.doNothing())
      .execute()
    const visit = {
      sp_mchid,
      id: visit_id,
      sub_mchid: other,
      staff_id: 'staff-field_agent',
      template_version: 1,
      answers: '{}',
      status: 'submitted' as const,
    }
    await shop.backend.db
      .insertInto('visits')
      .values({ ...visit, template_sp_mchid: sp_mchid, started_at, ended_at: now(), received_at: now(), updated_at: now() })
      .execute()
    await shop.backend.db.insertInto('visit_evidence').values({ sp_mchid, visit_id, kind: 'test_payment', evidence_id }).execute()
    advance(30 * minute)
    await paidAndLoaded()
    expect(await beacons()).toEqual([])
  })

  test('when hundreds follow, then one item a day says so; when the verdict changed meanwhile, then the next says so at once', async () => {
    await paidAndLoaded()
    for (let customer = 0; customer < 30; customer += 1) await paidAndLoaded({}, minute)
    expect((await beacons()).length).toBe(1)
    advance(24 * hour)
    await paidAndLoaded()
    await paidAndLoaded()
    expect((await beacons()).length).toBe(2)
    advance(hour)
    const detail = { entry: 'other' as const, web_page_opened: true, payee_matches: 'yes' as const, after_page: 'closed' as const }
    await shop.backend.addEvidence(sub_mchid, { kind: 'test_payment', ago: 0, detail })
    expect((await merchant()).migration_state).toBe('regressed')
    advance(30 * minute)
    await paidAndLoaded()
    expect([(await beacons()).length, (await merchant()).migration_state]).toEqual([3, 'verified'])
  })

  test('when the shop chose nothing and customers saw the official receipt, then the plan is alive and nothing is said of the receipt', async () => {
    sub_mchid = await shop.merchant([])
    await paidAndLoaded()
    await paidAndLoaded()
    const { migration_state, switches } = await merchant()
    expect([migration_state, (switches as { receipt: { effective: string } }).receipt.effective]).toEqual(['verified', 'unknown'])
  })
})

describe('given a load before the payment was told to the provider', () => {
  const pending = async () => {
    const placed = shop.order(sub_mchid)
    const told = shop.system.orders.get(placed.out_trade_no)!
    shop.system.orders.set(placed.out_trade_no, { ...told, transaction_id: null, paid_at: null })
    const { load } = await shop.load({ ...placed })
    await shop.backend.call(null, 'POST', '/receipt/beacon', { body: { load, ready_ms: 900, displayed: 'official' } })
    await settle()
    return { placed, told }
  }
  const recheck = () => shop.backend.app.context.receipts.recheck()
  const total = async () =>
    (await shop.backend.call<{ total: object }>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-health`)).body.total

  test('when the order system learns of it, then the load is judged as of when it was, and counts', async () => {
    await paidAndLoaded()
    const { placed, told } = await pending()
    expect([await total(), await beacons()]).toMatchObject([{ loads: 2, valid: 1, pending: 1, beacons: 0 }, []])
    expect(await recheck()).toBe(0)
    shop.system.orders.set(placed.out_trade_no, told)
    const loaded_at = now()
    advance(20 * second)
    expect(await recheck()).toBe(1)
    await settle()
    // what its page reported counts from now on
    expect(await total()).toMatchObject({ loads: 2, valid: 2, pending: 0, beacons: 1, shown: 0, ready_ms_p95: 1_000 })
    expect((await beacons())[0]!.occurred_at.getTime()).toBeLessThanOrEqual(loaded_at.getTime())
  })

  test('when only WeChat Pay knows of it, then its word counts', async () => {
    const { placed } = await pending()
    shop.backend.sandbox.control.setOrder(placed.out_trade_no, { sub_mchid, transaction_id: '4200000000001' })
    const check_code = checkCodeOf(shop.link, { sub_mchid, out_trade_no: placed.out_trade_no, transaction_id: '4200000000001' })
    await shop.backend.db.updateTable('receipt_loads').set({ check_code }).where('out_trade_no', '=', placed.out_trade_no).execute()
    advance(minute)
    await recheck()
    expect((await loads()).map(({ state }) => state)).toEqual(['valid'])
  })

  test('when its code turns out wrong, then it is wrong', async () => {
    const { placed, told } = await pending()
    shop.system.orders.set(placed.out_trade_no, { ...told, transaction_id: '4200999999999' })
    advance(minute)
    await recheck()
    expect(await total()).toMatchObject({ loads: 1, invalid: 1, pending: 0 })
  })

  test('when nobody ever hears of it, then it is asked for less and less often and given up', async () => {
    await pending()
    let rounds = 0
    for (let hours = 0; hours < 48; hours += 1) {
      advance(hour)
      rounds += await recheck()
    }
    expect([rounds, (await loads())[0]!.state]).toEqual([7, 'given_up'])
  })

  test('when somebody sends code after code for it, then three are kept', async () => {
    const { placed } = await pending()
    for (const check_code of ['1', '2', '3', '4', '5']) await shop.load({ ...placed, check_code: check_code.repeat(32) })
    await settle()
    expect((await loads()).length).toBe(3)
  })
})

test('given loads of 14 days ago, when the day is tidied, then their order numbers are gone and the counters stay', async () => {
  await paidAndLoaded()
  advance(14 * 24 * hour + minute)
  await shop.backend.app.context.receipts.dropOld()
  expect(await loads()).toEqual([])
  const days = await shop.backend.db.selectFrom('receipt_load_days').select('loads').where('sub_mchid', '=', sub_mchid).execute()
  expect(days).toEqual([{ loads: '1' }])
})
