// What staff choose for a shop's receipt, how its page is said to do, and what forged loads leave behind.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { RECEIPT_TEMPLATES, receiptFaults } from '../../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import type { ReceiptContent, ReceiptHealth, ReceiptMetrics } from '../../../backend/receipts/schema.ts'
import { catering, startShop, type Shop } from './support/world.ts'

let shop: Shop
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.close())

const path = (sub_mchid: string) => `/v1/sub-merchants/${sub_mchid}/receipt-content`
const read = (sub_mchid: string) => shop.backend.call<ReceiptContent>('field_agent', 'GET', path(sub_mchid))
const choose = (sub_mchid: string, blocks: unknown, version: number | null, key: string = randomUUID()) =>
  shop.backend.call('field_agent', 'PUT', path(sub_mchid), {
    body: { blocks },
    headers: { 'idempotency-key': key, 'if-match': version === null ? undefined : `"${version}"` },
  })
test("given the console's verification file, then whoever asks beside the link gets its content, without a login", async () => {
  const answer = await fetch(new URL('wxpay_verify.txt', shop.link))
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/plain; charset=utf-8', '8a1f4c'])
})

/** twice: a page's report counts with the flush after the one that took it */
const settle = async () => {
  await shop.backend.app.context.receipts.settle()
  await shop.backend.app.context.receipts.settle()
}

describe('given a shop for which nothing was chosen', () => {
  test('when it is read, then it has no blocks and version 0, and the template of its industry', async () => {
    const sub_mchid = await shop.merchant([])
    await shop.backend.db.updateTable('sub_merchants').set({ industry: 'CATERING' }).where('sub_mchid', '=', sub_mchid).execute()
    const { body, headers } = await read(sub_mchid)
    expect([headers.get('etag'), body]).toEqual([
      '"0"',
      { sub_mchid, version: 0, blocks: [], suggested_template: 'catering', changed_at: null, changed_by: null, waiting_hosts: [] },
    ])
  })

  test('when blocks are chosen, then customers see them within ten seconds, and who chose is on record', async () => {
    const sub_mchid = await shop.merchant([])
    const answer = await choose(sub_mchid, catering, 0)
    expect([answer.status, answer.headers.get('etag'), answer.body]).toMatchObject([
      200,
      '"1"',
      { version: 1, blocks: catering, changed_by: 'field_agent' },
    ])
    expect((await read(sub_mchid)).body).toEqual(answer.body)
    expect((await shop.load({ ...shop.order(sub_mchid) })).blocks.map(({ kind }) => kind)).toEqual(catering.map(({ kind }) => kind))
    const audit = await shop.backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', sub_mchid).execute()
    expect(audit).toMatchObject([{ action: 'receipt_content.change', before: { version: 0, blocks: [] }, after: { version: 1 } }])
  })

  test('when the same request comes twice, at once too, then it was made once', async () => {
    const sub_mchid = await shop.merchant([])
    const key = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => choose(sub_mchid, catering, 0, key)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(2)
    expect((await read(sub_mchid)).body.version).toBe(1)
    expect((await choose(sub_mchid, [], 0, key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  test('when a colleague was faster, or nobody says what was seen, then nothing is changed', async () => {
    const sub_mchid = await shop.merchant([])
    await choose(sub_mchid, catering, 0)
    const late = await choose(sub_mchid, [], 0)
    expect([late.status, late.body.code, late.body.current]).toMatchObject([412, 'VERSION_MISMATCH', { version: 1, blocks: catering }])
    expect((await choose(sub_mchid, [], null)).body.code).toBe('PRECONDITION_REQUIRED')
    expect((await choose(sub_mchid, [], 1)).body).toMatchObject({ version: 2, blocks: [] })
  })
})

describe('given a link of a receipt', () => {
  const link = (url: string) => ({ kind: 'link', label: '发票', url })
  const as = (role: 'field_agent' | 'region_lead' | 'operator', sub_mchid: string, blocks: unknown, version: number) =>
    shop.backend.call<ReceiptContent>(role, 'PUT', path(sub_mchid), {
      body: { blocks },
      headers: { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` },
    })
  const seen = async (sub_mchid: string) => {
    const { outcome, blocks } = await shop.load({ ...shop.order(sub_mchid) })
    return outcome === 'show' ? blocks.map(({ kind }) => kind) : outcome
  }

  test('when its host is the provider’s, then customers see it whoever chose it', async () => {
    const sub_mchid = await shop.merchant([])
    const { body } = await as('field_agent', sub_mchid, [link('https://EXAMPLE.com/invoice')], 0)
    expect([body.waiting_hosts, await seen(sub_mchid)]).toEqual([[], ['link']])
  })

  test('when its host is not, then it waits until a lead saved it, the rest is seen meanwhile, and it is allowed for this shop only', async () => {
    const [sub_mchid, other, alike] = [await shop.merchant([]), await shop.merchant([]), await shop.merchant([])]
    const blocks = [{ kind: 'pickup_code' }, link('https://elsewhere.example.net/a'), link('https://example.com/b')]
    const agents = await as('field_agent', sub_mchid, blocks, 0)
    expect([agents.status, agents.body.waiting_hosts]).toEqual([200, ['elsewhere.example.net']])
    // another shop, because what was seen is kept for ten seconds
    await as('field_agent', alike, blocks, 0)
    expect(await seen(alike)).toEqual(['pickup_code', 'link'])
    const leads = await as('region_lead', sub_mchid, blocks, 1)
    expect(leads.body.waiting_hosts).toEqual([])
    const audit = await shop.backend.db
      .selectFrom('audit_entries')
      .select('after')
      .where('target_id', '=', sub_mchid)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(audit.after).toMatchObject({ version: 2, allowed_hosts: ['elsewhere.example.net'] })
    expect(await seen(sub_mchid)).toEqual(['pickup_code', 'link', 'link'])
    // what a lead allowed, an agent may link to again; at another shop it waits
    expect((await as('field_agent', sub_mchid, [link('https://elsewhere.example.net/c')], 2)).body.waiting_hosts).toEqual([])
    expect((await as('field_agent', other, [link('https://elsewhere.example.net/c')], 0)).body.waiting_hosts).toEqual([
      'elsewhere.example.net',
    ])
    expect(await seen(other)).toBe('official')
  })
})

describe('given blocks that', () => {
  const wrong: [string, unknown, string, string][] = [
    ['are too many', Array.from({ length: 7 }, () => ({ kind: 'order_items' })), 'blocks', 'TOO_MANY'],
    ['have two codes', [{ kind: 'pickup_code' }, { kind: 'pickup_code' }], 'blocks.1.kind', 'TOO_MANY'],
    ['have a title that is too long', [{ kind: 'pickup_code', title: '九个字的标题太长了' }], 'blocks.0.title', 'TOO_LONG'],
    ['say nothing in a notice', [{ kind: 'notice', text: '  ' }], 'blocks.0.text', 'REQUIRED'],
    ['hide a change of direction', [{ kind: 'notice', text: 'a\u202eb' }], 'blocks.0.text', 'WRONG_FORMAT'],
    ...[
      'http://example.com/',
      'https://127.0.0.1/',
      'https://user:pw@example.com/',
      'javascript:alert(1)',
      'https://example.com/ x',
      'https://localhost/',
    ].map((url): [string, unknown, string, string] => [
      `link to ${url}`,
      [{ kind: 'link', label: '发票', url }],
      'blocks.0.url',
      'WRONG_FORMAT',
    ]),
  ]
  test.each(wrong)('%s, when they are sent, then the field at fault is named', async (_, blocks, field, code) => {
    const answer = await choose(await shop.merchant([]), blocks, 0)
    expect([answer.status, (answer.body.errors as { field: string; code: string }[])[0]]).toMatchObject([422, { field, code }])
  })

  test.each(RECEIPT_TEMPLATES.map(template => [template.code, template.blocks] as const))(
    'are the template %s, then nothing is wrong',
    (_, blocks) => {
      expect(receiptFaults(blocks)).toEqual([])
    },
  )
})

describe('given loads with different ends', () => {
  test('when health is read, then each is in its column, by day, and the times are those that pages told', async () => {
    const sub_mchid = await shop.merchant()
    const beacon = (load: string | null, ready_ms: number, displayed = 'merchant') =>
      shop.backend.call(null, 'POST', '/receipt/beacon', { body: { load, ready_ms, displayed } })
    for (let customer = 0; customer < 20; customer += 1) {
      const { load } = await shop.load({ ...shop.order(sub_mchid) })
      await beacon(load, customer === 0 ? 3_400 : 320)
      await beacon(load, 9_000)
    }
    await beacon('made.up', 50)
    await shop.load({ ...shop.order(sub_mchid), check_code: '0'.repeat(32) })
    await shop.load({ ...shop.order(sub_mchid), out_trade_no: 'NOBODY000002' })
    shop.system.behaviour = 'answers garbage'
    await shop.load({ ...shop.order(sub_mchid) })
    shop.system.behaviour = 'answers'
    await settle()
    const { body } = await shop.backend.call<ReceiptHealth>('field_agent', 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-health`)
    const figures = {
      loads: 23,
      valid: 20,
      invalid: 1,
      pending: 0,
      unknown_order: 1,
      source_failed: 1,
      shown: 20,
      beacons: 20,
      over_3s: 1,
      ready_ms_p95: 400,
    }
    expect(body.total).toEqual(figures)
    expect(body.days).toHaveLength(7)
    expect(body.days.at(-1)).toEqual({ day: body.to, ...figures })
    expect(body.check_code).toBe('matched')
    const metrics = await shop.backend.call<ReceiptMetrics>('region_lead', 'GET', '/v1/metrics/receipts?group_by=merchant')
    expect(metrics.body.rows.find(row => row.sub_mchid === sub_mchid)).toMatchObject(figures)
    expect(metrics.body.variants).toMatchObject([{ variant: 'plain.raw.lower' }])
  })

  test('when days are asked for that are none, the wrong way round or too many, then it says which', async () => {
    const sub_mchid = await shop.merchant()
    for (const [query, field] of [
      ['from=2026-02-30', 'from'],
      ['from=2026-03-02&to=2026-03-01', 'from'],
      ['from=2026-01-01&to=2026-06-01', 'to'],
    ] as const) {
      const answer = await shop.backend.call('field_agent', 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-health?${query}`)
      expect([answer.status, (answer.body.errors as { field: string }[])[0]!.field]).toEqual([422, field])
    }
  })
})

describe('given thousands of forged loads', () => {
  const rows = async () => {
    const [loads, days] = await Promise.all(
      (['receipt_loads', 'receipt_load_days'] as const).map(table =>
        shop.backend.db
          .selectFrom(table)
          .select(eb => eb.fn.countAll<string>().as('count'))
          .executeTakeFirstOrThrow(),
      ),
    )
    return { loads: Number(loads!.count), days: Number(days!.count) }
  }

  test('when they name merchants and orders that do not exist, then the database has not one row more', async () => {
    await settle()
    const before = await rows()
    const forged = Array.from({ length: 3_000 }, (_, index) => ({
      sub_mch_id: String(1_800_000_000 + index),
      out_trade_no: `FORGED${index}`,
      check_code: 'a'.repeat(32),
    }))
    for (let begin = 0; begin < forged.length; begin += 500)
      await Promise.all(forged.slice(begin, begin + 500).map(query => shop.load(query)))
    await settle()
    expect(await rows()).toEqual(before)
  })

  test('when they name a merchant of ours, then one row counts them all, and its customers are still served', async () => {
    const sub_mchid = await shop.merchant()
    await settle()
    const before = await rows()
    for (let begin = 0; begin < 10; begin += 1)
      await Promise.all(
        Array.from({ length: 15 }, (_, index) =>
          shop.load({ sub_mch_id: sub_mchid, out_trade_no: `FORGED-${begin}-${index}`, check_code: 'a'.repeat(32) }),
        ),
      )
    await settle()
    const after = await rows()
    expect([after.loads - before.loads, after.days - before.days]).toEqual([0, 1])
    expect((await shop.load({ ...shop.order(sub_mchid) })).outcome).toBe('show')
  })
})
