// The same change for many merchants (product.md B02): the dry run, its stages, and what changes meanwhile.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { NewRollout, RolloutPage } from '../../../../backend/controls/rollouts/schema.ts'
import type { Summary } from '../../../../backend/workbench/schema.ts'
import { hour } from '../../support/backend.ts'
import { eventually } from '../../../support/eventually.ts'
import { rolloutDesk } from './desk.ts'

const desk = rolloutDesk()
const { addShops, create, read, step, items, work, started, toTheEnd, calls, ledger, audited } = desk

describe('the dry run', () => {
  test('given a list, then it says what will change and why not the others, and asks WeChat Pay nothing', async () => {
    const [open, closed, terminated, suspended] = (await addShops(5)) as [string, string, string, string, string]
    await desk.backend.control('operator', open, 'gold-plan/jsapi', { status: 'open' })
    await desk.backend.addEvidence(closed, {
      kind: 'api_operation',
      ago: hour,
      detail: { operation: 'gold_plan.close', scene: 'jsapi', result: 'succeeded', operation_key: randomUUID() },
    })
    await desk.backend.db.updateTable('sub_merchants').set({ status: 'terminated' }).where('sub_mchid', '=', terminated).execute()
    await desk.backend.db.updateTable('sub_merchants').set({ status: 'suspended' }).where('sub_mchid', '=', suspended).execute()
    desk.backend.sandbox.control.forgetRequests()
    const { status, body } = await create({ numbers: [...desk.shops, desk.shops[4]!, '1999999999', '-', '商户号', '  '] })
    expect(status).toBe(201)
    expect([body.status, body.preview.will_change]).toEqual(['draft', 1])
    expect(Object.fromEntries(body.preview.excluded.map(one => [one.code, one.count]))).toEqual({
      ALREADY: 1,
      REOPEN_LOCKED: 1,
      MERCHANT_TERMINATED: 1,
      MERCHANT_SUSPENDED: 1,
      NOT_FOUND: 1,
      DUPLICATE: 1,
      MALFORMED: 2,
    })
    expect((await items(body.id, '&status=excluded&code=NOT_FOUND')).map(one => one.sub_mchid)).toEqual(['1999999999'])
    expect(desk.backend.sandbox.control.requests()).toEqual([])
    await work()
    expect(desk.backend.sandbox.control.requests()).toEqual([])
  })

  test("given a customer's payment code among the numbers, then nothing of the list is kept", async () => {
    const [one] = await addShops(1)
    const { status, body } = await create({ numbers: [one!, '134567890123456789'] })
    expect([status, body.errors?.[0]?.code]).toEqual([422, 'PAYMENT_CODE'])
  })

  test('given numbers as spreadsheets and keyboards leave them, then each is the merchant that it names', async () => {
    const [wide, hidden, formula, quoted, pointed, sum] = (await addShops(6)) as [string, string, string, string, string, string]
    const inFullWidth = wide.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    const numbers = [inFullWidth, `\u200b${hidden}`, `="${formula}"`, `'${quoted}`, `${pointed}.0`, sum, wide, '1.9E+09']
    const { body } = await create({ numbers })
    expect([body.preview.will_change, body.preview.excluded]).toEqual([
      6,
      [
        { code: 'MALFORMED', count: 1 },
        { code: 'DUPLICATE', count: 1 },
      ],
    ])
  })

  test('given a name that nobody can see, then a name is asked for', async () => {
    await addShops(1)
    for (const name of ['\u200b', '\u3000', '\u202e\ufeff'])
      expect((await create({ name })).body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'name', code: 'REQUIRED' }] })
  })

  test('given the same request twice, then it is one rollout', async () => {
    await addShops(1)
    const key = randomUUID()
    const [first, second] = [await create({}, 'operator', key), await create({}, 'operator', key)]
    expect(second.body.id).toBe(first.body.id)
  })

  test('given a hundred thousand numbers, most of them foreign, then each is named once and one more is refused', async () => {
    await addShops(3)
    const foreign = Array.from({ length: 99_992 }, (_, index) => String(1_800_000_000 + index))
    const numbers = [...foreign.slice(0, 50_000), ...desk.shops, ...foreign.slice(50_000), ...foreign.slice(0, 4), 'x']
    const { status, body } = await create({ numbers })
    expect([status, body.preview.will_change]).toEqual([201, 3])
    expect(Object.fromEntries(body.preview.excluded.map(one => [one.code, one.count]))).toEqual({
      NOT_FOUND: 99_992,
      DUPLICATE: 4,
      MALFORMED: 1,
    })
    expect((await create({ numbers: [...numbers, 'x'] })).status).toBe(422)
  })

  test('given a filter that matches nothing, when it starts, then it is over; given one that matches everything, then all are looked at', async () => {
    await addShops(2)
    const { body: nothing } = await create({ filter: { region_code: '650000' } })
    expect([nothing.preview.will_change, nothing.preview.excluded]).toEqual([0, []])
    await step(nothing.id, 'start')
    await work()
    expect((await read(nothing.id)).status).toBe('completed')
    const { body: everything } = await create({ filter: {} })
    const all = await desk.backend.call<{ total_estimate: number }>('operator', 'GET', '/v1/sub-merchants?limit=1')
    const excluded = everything.preview.excluded.reduce((sum, one) => sum + one.count, 0)
    expect(everything.preview.will_change + excluded).toBe(all.body.total_estimate)
  })

  test.each(['990000', '000001', '440399'])(
    'given the region %s, which there is not, then the dry run is refused by its field',
    async region_code => {
      await addShops(1)
      const { status, body } = await create({ filter: { region_code } })
      expect([status, body.errors]).toMatchObject([422, [{ field: 'region_code', code: 'UNKNOWN_REGION' }]])
    },
  )

  test('given a region that is newer than the table, then the shops that stand there are looked at', async () => {
    await desk.backend.addMerchant('1900198888', { region_code: '440398' })
    const { status, body } = await create({ filter: { region_code: '440398' } })
    expect([status, body.preview.will_change]).toEqual([201, 1])
  })

  test('given a filter, then its count is the count of the list of merchants', async () => {
    await addShops(3)
    const { body } = await create({ filter: { gold_plan: 'unknown' } })
    const all = await desk.backend.call<{ total_estimate: number }>('operator', 'GET', '/v1/sub-merchants?gold_plan=unknown&limit=1')
    const excluded = body.preview.excluded.reduce((sum, one) => sum + one.count, 0)
    expect(body.preview.will_change + excluded).toBe(all.body.total_estimate)
  })

  test.each<[string, Partial<NewRollout>, number, string]>([
    ['both', { filter: {}, numbers: ['1900000101'] }, 422, 'filter'],
    ['no tags', { action: 'ad_filter.set', filter: {} }, 422, 'industries'],
    ['tags of another action', { industries: ['CATERING'], filter: {} }, 422, 'industries'],
    ['a receipt with a receipt', { action: 'receipt.open', with_receipt: true, filter: {} }, 422, 'with_receipt'],
    ['no name', { name: ' ', filter: {} }, 422, 'name'],
  ])('given %s, then it is refused by its field', async (_, body, status, field) => {
    const answer = await create(body)
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field])
  })

  test.each(['field_agent', 'region_lead', 'auditor', 'admin'] as const)('given %s, then nothing is created', async role => {
    expect((await create({ filter: {} }, role)).status).toBe(403)
  })
})

describe('the way', () => {
  test('given 25 merchants, when it starts, then 20 are done, it waits for a look, and does the rest when it is let on', async () => {
    await addShops(25)
    const id = await started({ with_receipt: true })
    await work()
    const waiting = await read(id)
    expect([waiting.status, waiting.progress.succeeded, waiting.progress.pending]).toEqual(['waiting', 20, 5])
    expect(waiting.stages).toEqual([
      { items: 20, ended: 20 },
      { items: 5, ended: 0 },
      { items: 0, ended: 0 },
    ])
    await work()
    expect((await read(id)).progress.succeeded).toBe(20)
    await step(id, 'resume')
    const ended = await toTheEnd(id)
    expect([ended.status, ended.progress.succeeded, ended.progress.pending]).toEqual(['completed', 25, 0])
    for (const sub_mchid of desk.shops) {
      expect([ledger(sub_mchid).receipt, ledger(sub_mchid).gold_plan.JSAPI.status, calls(sub_mchid)]).toEqual(['open', 'open', 2])
    }
    expect(await audited(id)).toEqual([
      'rollout.create staff-operator',
      'rollout.start staff-operator',
      'rollout.stage system',
      'rollout.resume staff-operator',
      'rollout.complete system',
    ])
  })

  test('given it is paused, then nothing more leaves; resumed it goes on, cancelled what had not begun stays as it was', async () => {
    await addShops(3)
    const id = await started()
    expect((await step(id, 'pause')).body.status).toBe('paused')
    await work()
    expect(desk.backend.sandbox.control.requests()).toEqual([])
    expect((await step(id, 'start')).body.code).toBe('INVALID_TRANSITION')
    expect((await step(id, 'cancellation')).body.status).toBe('cancelled')
    await work()
    expect(desk.backend.sandbox.control.requests()).toEqual([])
    expect((await step(id, 'resume')).body).toMatchObject({ code: 'INVALID_TRANSITION', current: { status: 'cancelled' } })
  })

  test('given a step of somebody who saw another version, then it is refused with what is there now', async () => {
    await addShops(1)
    const { body } = await create({})
    const late = await step(body.id, 'start', 'operator', body.version + 1)
    expect([late.status, late.body.code, late.body.current?.status]).toEqual([412, 'VERSION_MISMATCH', 'draft'])
    expect((await step(body.id, 'start', 'region_lead')).status).toBe(403)
  })

  test('given a merchant changed by hand meanwhile, or asked to be closed, then it is skipped with the reason', async () => {
    const [opened, switched, asked] = (await addShops(4)) as [string, string, string, string]
    const { body } = await create({})
    await desk.backend.control('operator', opened, 'gold-plan/jsapi', { status: 'open' })
    await desk.backend.control('operator', switched, 'receipt', { status: 'open' })
    await desk.backend.db.updateTable('sub_merchants').set({ open_request_id: randomUUID() }).where('sub_mchid', '=', asked).execute()
    await step(body.id, 'start')
    const ended = await toTheEnd(body.id)
    expect([ended.status, ended.progress.succeeded, ended.progress.skipped]).toEqual(['completed', 1, 3])
    expect(Object.fromEntries((await items(body.id, '&status=skipped')).map(one => [one.sub_mchid, one.code]))).toEqual({
      [opened]: 'ALREADY',
      [switched]: 'CHANGED_MEANWHILE',
      [asked]: 'CLOSING_REQUESTED',
    })
  })

  test('given somebody switches a merchant whose change is under way, then he is told to wait, and it is made once', async () => {
    await addShops(1)
    const [shop] = desk.shops as [string]
    desk.backend.sandbox.control.setMerchant(shop, { scenario: 'slow', delay_seconds: 1, times: 1 })
    const id = await started()
    const under = work()
    await eventually('the call', () => calls(shop) === 1)
    expect((await desk.backend.control('operator', shop, 'gold-plan/jsapi', { status: 'open' })).body).toMatchObject({
      code: 'OPERATION_PENDING',
    })
    await under
    expect([(await toTheEnd(id)).progress.succeeded, calls(shop)]).toEqual([1, 1])
  })

  test('given somebody closes the receipt between the two changes of an item, then it stays closed and the item is skipped', async () => {
    await addShops(1)
    await desk.setRate(1)
    const id = await started({ with_receipt: true })
    await work()
    expect([ledger(desk.shops[0]!).receipt, (await read(id)).progress.pending]).toEqual(['open', 1])
    await desk.backend.control('operator', desk.shops[0]!, 'receipt', { status: 'closed', reason: '商户要求' })
    const ended = await toTheEnd(id)
    expect(ended.progress.causes).toEqual([{ status: 'skipped', code: 'CHANGED_MEANWHILE', count: 1 }])
    expect([ledger(desk.shops[0]!).receipt, ledger(desk.shops[0]!).gold_plan.JSAPI.status]).toEqual(['closed', 'closed'])
  })

  test('given two rollouts over the same merchants, then each is changed once', async () => {
    await addShops(6)
    const [first, second] = [await started(), await started()]
    await toTheEnd(first)
    const other = await toTheEnd(second)
    expect(desk.shops.map(calls)).toEqual(desk.shops.map(() => 1))
    expect([(await read(first)).status, other.status, other.progress.skipped + other.progress.succeeded]).toEqual([
      'completed',
      'completed',
      6,
    ])
  })

  test('given the template of ads, then each merchant with a plan gets its tags', async () => {
    await addShops(2)
    await desk.backend.control('operator', desk.shops[0]!, 'gold-plan/jsapi', { status: 'open' })
    const id = await started({ action: 'ad_filter.set', industries: ['CATERING'] })
    const ended = await toTheEnd(id)
    expect([ended.progress.succeeded, ended.preview.excluded]).toEqual([1, [{ code: 'GOLD_PLAN_NOT_OPEN', count: 1 }]])
  })
})

test('given a lead, then rollouts are read, and of their items those of the own region', async () => {
  await addShops(2)
  await desk.backend.addMerchant('1900199999', { region_code: '110105' })
  const id = await started({ numbers: [...desk.shops, '1900199999'] })
  expect((await items(id, '', 'region_lead')).map(one => one.sub_mchid).sort()).toEqual(desk.shops.slice(0, 2).sort())
  expect((await desk.backend.call<RolloutPage>('region_lead', 'GET', '/v1/rollouts')).body.items.map(one => one.id)).toContain(id)
  expect((await desk.backend.call('field_agent', 'GET', `/v1/rollouts/${id}`)).status).toBe(403)
})

test('given ten at once, of which some stopped and some wait, then the workbench names all of them, what needs somebody first', async () => {
  await addShops(10)
  const ids: string[] = []
  for (const shop of desk.shops) ids.push(await started({ numbers: [shop] }))
  const { db } = desk.backend
  await db.updateTable('rollouts').set({ status: 'stopped', stop_code: 'WX_CONFIG' }).where('id', 'in', ids.slice(6, 8)).execute()
  await db.updateTable('rollouts').set({ status: 'waiting' }).where('id', 'in', ids.slice(8)).execute()
  const of = async (role: 'operator' | 'region_lead' | 'field_agent') =>
    (await desk.backend.call<Summary>(role, 'GET', '/v1/summary')).body.rollouts.filter(one => ids.includes(one.id))
  const named = await of('operator')
  expect(named.map(({ status, left }) => [status, left])).toEqual([
    ...Array.from({ length: 2 }, () => ['stopped', 1]),
    ...Array.from({ length: 2 }, () => ['waiting', 1]),
    ...Array.from({ length: 6 }, () => ['running', 1]),
  ])
  expect([(await of('region_lead')).length, (await of('field_agent')).length]).toEqual([10, 0])
})
