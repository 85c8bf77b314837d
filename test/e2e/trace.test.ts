// One tap followed through page, store, api, route, service, WeChat Pay and back, by what each of them leaves behind.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const shop = '1900000105'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())

test('given a shop that is not open, when 开通 is tapped, then each station knows of this one tap and the screen shows the proof', async () => {
  await world.phone.openMerchant(shop)
  world.forgetRequests()
  world.sandbox.control.forgetRequests()
  const before = await world.database.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', shop).executeTakeFirstOrThrow()

  // page and store
  await world.phone.tap('#gold-plan')
  // the plan alone: one write is followed here
  await world.phone.tap('#sheet', '#sheet-option')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.phone.reads('已开通·待验证', '#verdict')

  // api → route: one PUT with a key and a request id of the phone's
  const [put, ...more] = world.requests(/^PUT/)
  expect(more).toEqual([])
  expect(put!.line).toBe(`PUT /v1/sub-merchants/${shop}/gold-plan/jsapi`)
  const key = String(put!.headers['idempotency-key'])
  const requestId = String(put!.headers['x-request-id'])

  // service: the ledger of this key, and each attempt
  const operation = await world.database.selectFrom('operations').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
  expect(operation).toMatchObject({ sub_mchid: shop, kind: 'gold_plan.open', status: 'succeeded', request_id: requestId, attempts: 1 })
  const attempts = await world.database.selectFrom('operation_attempts').selectAll().where('operation_id', '=', operation.id).execute()
  expect(attempts).toMatchObject([{ phase: 'succeeded', http_status: 200, wx_request_id: operation.wx_request_id }])

  // WeChat Pay: one signed call with the official path and body, scene named
  const calls = world.sandbox.control.requests()
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({
    method: 'POST',
    path: '/v3/goldplan/merchants/changegoldplanstatus',
    http_status: 200,
    changed: true,
    request_id: operation.wx_request_id,
  })
  expect(JSON.parse(calls[0]!.body)).toEqual({ sub_mchid: shop, operation_type: 'OPEN', operation_pay_scene: 'JSAPI' })

  // evidence, audit entry and derived state, written together
  const evidence = await world.database
    .selectFrom('evidence')
    .selectAll()
    .where('sub_mchid', '=', shop)
    .where('kind', '=', 'api_operation')
    .orderBy('occurred_at', 'desc')
    .executeTakeFirstOrThrow()
  expect(evidence.detail).toMatchObject({ operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded', operation_key: key })
  const audit = await world.database.selectFrom('audit_entries').selectAll().where('request_id', '=', requestId).execute()
  expect(audit.map(({ action, target_id, actor_role }) => ({ action, target_id, actor_role }))).toEqual([
    { action: 'gold_plan.open', target_id: shop, actor_role: 'field_agent' },
  ])
  const after = await world.database.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', shop).executeTakeFirstOrThrow()
  expect(after).toMatchObject({
    migration_state: 'enrolled',
    migration_evidence_id: evidence.id,
    gold_plan_status: 'open',
    version: before.version + 1,
  })

  // and back: verdict, proof, switch and the list row
  await world.phone.reads(/依据：开通点金计划/, '#verdict')
  await world.phone.reads('已开', '#gold-plan')
  await world.phone.open('/pages/merchants/index', 'switchTab')
  await world.phone.type(shop, '#search', 'van-search', 'van-field', 'input')
  await eventually('the row', async () => {
    const row = await world.phone.look('.merchant-row')
    return row && (await row.text()).includes('已开通·待验证')
  })
})
