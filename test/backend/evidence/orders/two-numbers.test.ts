// A shop under the company's second number is asked for with that number's own key; the register of appids is the company's.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { OrderQueryResult } from '../../../../backend/evidence/orders/schema.ts'
import { OFFICIAL_ACCOUNT_APPID } from '../../../../dev/sandbox/index.ts'
import { second, startTwoNumbers, type TwoNumbers } from '../../company/provider-numbers/two-numbers.ts'

let backend: TwoNumbers
beforeAll(async () => {
  backend = await startTwoNumbers()
})
afterAll(() => backend.close())

test('given an order of such a shop, then the second number asks and the evidence stands under it', async () => {
  const shop = await backend.shopOf(second)
  const headers = { 'idempotency-key': randomUUID(), 'if-match': '"0"' }
  await backend.call('admin', 'PUT', `/v1/appids/${OFFICIAL_ACCOUNT_APPID}`, { body: { kind: 'official_account' }, headers })
  backend.secondSandbox.control.setOrder('order-of-second-1', { sub_mchid: shop })
  const { status, body } = await backend.call<OrderQueryResult>('field_agent', 'POST', `/v1/sub-merchants/${shop}/order-queries`, {
    body: { out_trade_no: 'order-of-second-1' },
    headers: { 'idempotency-key': randomUUID() },
  })
  expect([status, body.scene, body.migration.state]).toEqual([200, 'jsapi', 'not_migrated'])
  const asked = (path: string) => path.includes('order-of-second-1')
  expect(backend.secondSandbox.control.requests().filter(({ path }) => asked(path))).toHaveLength(1)
  expect(backend.sandbox.control.requests().filter(({ path }) => asked(path))).toEqual([])
  for (const table of ['evidence', 'audit_entries'] as const) {
    const rows = await backend.db
      .selectFrom(table)
      .select('sp_mchid')
      .where(table === 'evidence' ? 'sub_mchid' : 'target_id', '=', shop)
      .execute()
    expect(rows).toEqual([{ sp_mchid: second }])
  }
})
