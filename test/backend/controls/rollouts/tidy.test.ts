// What is left of rollouts that ended long ago (product.md §7.5): their numbers, what the trail says, and none of the hundred thousand items.
import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { reduceOldRollouts } from '../../../../backend/controls/rollouts/tidy.ts'
import { makeExports } from '../../../../backend/directory/exports/work.ts'
import type { Export } from '../../../../backend/directory/exports/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { day, sp_mchid } from '../../support/backend.ts'
import { rolloutDesk } from './desk.ts'

const desk = rolloutDesk()
const { addShops, create, read, step, items, work, started, toTheEnd, audited, scenario } = desk

const reduce = () => reduceOldRollouts(desk.backend.app.context, () => true)
const later = (days: number) => desk.backend.sandbox.control.clock.advance(days * day)
const kept = async (id: string) => {
  const { count } = await desk.backend.db
    .selectFrom('rollout_items')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('rollout_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(count)
}

test('given one that ended half a year ago, when the worker tidies, then every number stays, its merchants go, and nothing is tried again', async () => {
  const [failing] = (await addShops(4)) as [string]
  scenario(failing, 'punished')
  const id = await started({ numbers: [...desk.shops, '1999999999'] })
  const before = await toTheEnd(id)
  expect([before.progress.failed, before.progress.succeeded, await kept(id)]).toEqual([1, 3, 5])
  later(179)
  await reduce()
  expect([await kept(id), (await read(id)).reduced_at]).toEqual([5, null])
  later(2)
  expect(await reduce()).toBeGreaterThan(0)
  const after = await read(id)
  expect(await kept(id)).toBe(0)
  expect(after).toEqual({ ...before, rate: after.rate, reduced_at: expect.any(String) })
  expect(await items(id)).toEqual([])
  expect(await audited(id)).toEqual(expect.arrayContaining(['rollout.start staff-operator', 'rollout.complete system']))
  expect((await step(id, 'retry-failed')).body).toMatchObject({ code: 'INVALID_TRANSITION' })
  expect(await reduce()).toBe(0)
})

test('given a dry run that nobody started for a month, then it is cancelled, the trail says so, and its merchants go; a newer one and one that waits stay', async () => {
  await addShops(25)
  const { body: forgotten } = await create({})
  const waiting = await started()
  await work()
  later(20)
  const { body: newer } = await create({})
  later(11)
  await reduce()
  expect([(await read(forgotten.id)).status, await kept(forgotten.id), await audited(forgotten.id)]).toEqual([
    'cancelled',
    0,
    ['rollout.create staff-operator', 'rollout.cancellation system'],
  ])
  expect((await read(forgotten.id)).preview).toEqual(forgotten.preview)
  later(365)
  await reduce()
  expect([(await read(waiting)).status, await kept(waiting), (await read(newer.id)).status]).toEqual(['waiting', 25, 'cancelled'])
})

test('given a process that ended while it deleted, then the next one goes on', async () => {
  await addShops(3)
  const id = await started()
  await toTheEnd(id)
  later(200)
  // none of other tests is before it
  const { db, clock } = desk.backend
  await db.deleteFrom('rollout_items').where('rollout_id', '<>', id).execute()
  await db
    .updateTable('rollouts')
    .set({ counts: '[]', reduced_at: clock.now() })
    .where('id', '<>', id)
    .where('ended_at', 'is not', null)
    .where('reduced_at', 'is', null)
    .execute()
  let asked = 0
  await reduceOldRollouts(desk.backend.app.context, () => (asked += 1) < 2)
  expect([await kept(id), (await read(id)).progress.succeeded, (await read(id)).reduced_at]).toEqual([3, 3, expect.any(String)])
  await reduce()
  expect([await kept(id), (await read(id)).progress.succeeded]).toEqual([0, 3])
})

test('given the merchants of a rollout, then they are exported with what became of each and why; by a lead those in scope; by others and afterwards not at all', async () => {
  const [failing] = (await addShops(2)) as [string]
  await desk.backend.addMerchant('1900199998', { region_code: '110105' })
  scenario(failing, 'punished')
  const id = await started({ numbers: [...desk.shops, '1900199998', '1999999999'] })
  await toTheEnd(id)
  const ask = (role: Role, rollout_id = id) =>
    desk.backend.call<Export & { code: string }>(role, 'POST', '/v1/exports', {
      body: { kind: 'rollout', format: 'csv', filter: { rollout_id } },
      headers: { 'idempotency-key': randomUUID() },
    })
  const fileOf = async (role: Role) => {
    const { status, body } = await ask(role)
    expect(status).toBe(201)
    await makeExports({ db: desk.backend.db, clock: desk.backend.clock, numbers: [sp_mchid] })
    const parts = await desk.backend.db
      .selectFrom('export_parts')
      .select('bytes')
      .where('export_id', '=', body.id)
      .orderBy('part')
      .execute()
    const lines = Buffer.concat(parts.map(({ bytes }) => bytes))
      .toString()
      .trim()
      .split('\r\n')
    return lines.map(line => line.split(',').slice(0, 6))
  }
  const name = (await items(id)).find(one => one.sub_mchid === failing)!.name!
  const all = await fileOf('operator')
  expect(all[0]).toEqual(['商户号', '名称', '批次', '结果', '原因', '原因代码'])
  expect(all.slice(1).toSorted()).toEqual(
    [
      [failing, name, '1', '失败', expect.any(String), 'SUB_MERCHANT_PUNISHED'],
      [desk.shops[1]!, expect.any(String), '1', '完成', '', ''],
      ['1900199998', expect.any(String), '1', '完成', '', ''],
      ['1999999999', '', '', '不动', '商户目录里没有这个商户号', 'NOT_FOUND'],
    ].toSorted(),
  )
  expect((await fileOf('region_lead')).slice(1).map(([number]) => number)).toEqual(desk.shops)
  expect([(await ask('field_agent')).status, (await ask('operator', randomUUID())).status]).toEqual([403, 404])
  // who has asked for it gets all of it
  later(200)
  const { body: last } = await ask('operator')
  expect(last.rows_expected).toBe(4)
  await reduce()
  expect(await kept(id)).toBe(4)
  await makeExports({ db: desk.backend.db, clock: desk.backend.clock, numbers: [sp_mchid] })
  await reduce()
  expect([await kept(id), (await ask('operator')).body.code]).toEqual([0, 'NOT_FOUND'])
})
