// What somebody can do to the receipt page who knows nothing but 商户号 and order numbers, and what one wrong order does to all others.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startWorker } from '../../../backend/worker.ts'
import { createLedger } from '../../../backend/receipts/ledger.ts'
import { createLoadTokens, type LoadTicket } from '../../../backend/receipts/load-token.ts'
import { Recent } from '../../../backend/platform/recent.ts'
import { startShop, type Shop } from './support/world.ts'

let shop: Shop
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.close())

/** twice: a page's report counts with the flush after the one that took it */
const settle = async () => {
  await shop.backend.app.context.receipts.settle()
  await shop.backend.app.context.receipts.settle()
}
const healthOf = async (sub_mchid: string) =>
  (await shop.backend.call<{ total: object }>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-health`)).body.total

describe('given loads without the right code', () => {
  test('when one order exists and the other does not, then nothing in the two answers tells them apart', async () => {
    const sub_mchid = await shop.merchant()
    const wrong = { ...shop.order(sub_mchid), check_code: 'f'.repeat(32) }
    const answers = [await shop.load(wrong), await shop.load({ ...wrong, out_trade_no: 'NOBODYS20261123' })]
    for (const { load } of answers) {
      const inside = Buffer.from(load!, 'base64url').toString('latin1') + Buffer.from(load!.split('.')[0]!, 'base64url').toString('latin1')
      expect(inside).not.toMatch(/invalid|unknown_order/)
    }
    expect(answers[0]!.load!.length).toBe(answers[1]!.load!.length)
  })

  test('when merchants and orders exist or not, then the answers look the same and none comes before the time that is common to all', async () => {
    const sub_mchid = await shop.merchant()
    const unpaid = shop.order(sub_mchid, { transaction_id: null })
    const wrong = { ...shop.order(sub_mchid), check_code: 'f'.repeat(32) }
    const asked = [unpaid, wrong, { ...wrong, out_trade_no: 'NOBODYS20261123' }, { ...wrong, sub_mch_id: '1999999999' }]
    const answers = await Promise.all(
      asked.map(async query => {
        const began = performance.now()
        const { now: _, ...answer } = (await shop.load({ ...query })) as Awaited<ReturnType<typeof shop.load>> & { now: string }
        return { ...answer, load: answer.load?.length, early: performance.now() - began < 690 }
      }),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ outcome: 'official', load: expect.any(Number), early: false })
  })

  test('when an outsider reports what its made-up loads showed, then no figure of the merchant moves', async () => {
    const sub_mchid = await shop.merchant()
    for (let made = 0; made < 3; made += 1) {
      const query = { sub_mch_id: sub_mchid, out_trade_no: `MADEUP${made}00000000`, check_code: 'f'.repeat(32) }
      const { load } = await shop.load(query)
      await shop.backend.call(null, 'POST', '/receipt/beacon', { body: { load, ready_ms: 6_000, displayed: 'merchant' } })
    }
    await settle()
    expect(await healthOf(sub_mchid)).toMatchObject({ loads: 3, unknown_order: 3, shown: 0, beacons: 0, over_3s: 0, ready_ms_p95: null })
  })

  test('when a page reports that it showed what it was not given, then it did not show it', async () => {
    const sub_mchid = await shop.merchant([])
    const { load } = await shop.load({ ...shop.order(sub_mchid) })
    await shop.backend.call(null, 'POST', '/receipt/beacon', { body: { load, ready_ms: 320, displayed: 'merchant' } })
    await settle()
    expect(await healthOf(sub_mchid)).toMatchObject({ loads: 1, valid: 1, shown: 0, beacons: 1 })
  })

  test('when one report comes to two processes, one before its load is written, then it counts once', async () => {
    const { context } = shop.backend.app
    const sub_mchid = await shop.merchant()
    const { load } = await shop.load({ ...shop.order(sub_mchid) })
    const { id, ticket } = context.receipts.tokens.read(load!)!
    const processes = [createLedger(context, () => {}), createLedger(context, () => {})]
    for (const ledger of processes) ledger.ready(id, ticket, 320, 'merchant')
    await processes[0]!.flush()
    await settle()
    for (const ledger of [...processes, ...processes]) await ledger.flush()
    expect(await healthOf(sub_mchid)).toMatchObject({ loads: 1, valid: 1, shown: 1, beacons: 1 })
  })

  test('when a ticket is read again, then it is what it was; changed in one place or after a minute, it is nothing', () => {
    let now = 0
    const tokens = createLoadTokens('a key', () => now)
    const ticket: LoadTicket = {
      sp_mchid: '1900000001',
      sub_mchid: '1900000109',
      day: '2026-11-23',
      result: 'valid',
      given: true,
      out_trade_no: 'X'.repeat(32),
      check_code: 'f'.repeat(64),
    }
    const token = tokens.make(ticket)
    expect(tokens.read(token)!.ticket).toEqual(ticket)
    for (const place of [0, 30, token.length - 3]) {
      const other = token[place] === 'A' ? 'B' : 'A'
      expect(tokens.read(token.slice(0, place) + other + token.slice(place + 1))).toBeNull()
    }
    expect(createLoadTokens('another key', () => now).read(token)).toBeNull()
    now = 60_000
    expect(tokens.read(token)).toBeNull()
  })
})

test('given an answer that is over, when nothing newer can be had, then it is there still', () => {
  let now = 0
  const recent = new Recent<string>(2, () => now)
  recent.set('a', 'kept', 10)
  now = 11
  expect([recent.get('a'), recent.getStale('a')]).toEqual([undefined, 'kept'])
})

test('given an order that the order system tells wrongly, when it is loaded again and again, then others are shown their receipt', async () => {
  const sub_mchid = await shop.merchant()
  for (let load = 0; load < 8; load += 1) {
    expect((await shop.load({ ...shop.order(sub_mchid, { pickup_code: '很长的取餐码'.repeat(10) }) })).outcome).toBe('official')
  }
  expect((await shop.load({ ...shop.order(sub_mchid) })).outcome).toBe('show')
})

test('given an order paid in a leap second, when it is loaded, then the figures of all loads are written', async () => {
  const sub_mchid = await shop.merchant()
  await shop.load({ ...shop.order(sub_mchid, { paid_at: '2016-12-31T23:59:60Z' }) })
  await shop.load({ ...shop.order(sub_mchid) })
  await settle()
  expect(await healthOf(sub_mchid)).toMatchObject({ loads: 2, valid: 1, source_failed: 1 })
})

test('given questions that are not answered, when a customer loads the page, then the figures are written all the same', async () => {
  const sub_mchid = await shop.merchant()
  const { context } = shop.backend.app
  let release = () => {}
  const held = new Promise<number>(resolve => (release = () => resolve(0)))
  const worker = startWorker({ ...context, receipts: { ...context.receipts, recheck: () => held } }, 10)
  try {
    await wait(50)
    await shop.load({ ...shop.order(sub_mchid) })
    let written: unknown[] = []
    while (written.length === 0) {
      await wait(20)
      written = await shop.backend.db.selectFrom('receipt_load_days').selectAll().where('sub_mchid', '=', sub_mchid).execute()
    }
    expect(written).toMatchObject([{ result: 'valid', loads: '1' }])
  } finally {
    release()
    await worker.stop()
  }
})

test('given staff asked for their own order and its appid is not entered, when another order matches, then the two prove nothing', async () => {
  const sub_mchid = await shop.merchant()
  const { backend } = shop
  const own = shop.order(sub_mchid)
  backend.sandbox.control.setOrder(own.out_trade_no, { sub_mchid, success_time: backend.clock.now().toISOString() })
  const asked = await backend.call<{ scene: string; evidence_id: string }>(
    'field_agent',
    'POST',
    `/v1/sub-merchants/${sub_mchid}/order-queries`,
    {
      headers: { 'idempotency-key': randomUUID() },
      body: { out_trade_no: own.out_trade_no },
    },
  )
  expect([asked.status, asked.body]).toMatchObject([200, { scene: 'unknown', appid: expect.any(String) }])
  await shop.load({ ...own })
  backend.sandbox.control.clock.advance(60_000)
  await shop.load({ ...shop.order(sub_mchid) })
  await settle()
  // the question itself is kept, and is read anew once the appid is entered
  const kept = await backend.db.selectFrom('evidence').select(['id', 'kind']).where('sub_mchid', '=', sub_mchid).execute()
  expect(kept).toEqual([{ id: asked.body.evidence_id, kind: 'order_query' }])
})

test('given one address that loads hundreds of pages a second, when it loads another, then it is given the official receipt; others are not', async () => {
  const sub_mchid = await shop.merchant()
  const load = async (remoteAddress: string, query: Record<string, string>) =>
    (await shop.backend.app.inject({ url: '/receipt/content', query, remoteAddress })).json<{ outcome: string }>().outcome
  const order = { ...shop.order(sub_mchid) }
  const flood = Array.from({ length: 600 }, () => load('2001:db8::1', {}))
  // beside each other, from other addresses of the same network
  const beside = Array.from({ length: 50 }, (_, index) => load(`2001:db8::${index + 2}`, order))
  await Promise.all(flood)
  expect(await Promise.all(beside)).toContain('official')
  expect(await load('198.51.100.7', order)).toBe('show')
})
