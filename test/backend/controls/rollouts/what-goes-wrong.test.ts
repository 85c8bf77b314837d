// What a rollout does when something goes wrong (product.md B02).
import { describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { askAgain } from '../../../../backend/controls/ask-again.ts'
import { noteAway, noteBack, takeMoments } from '../../../../backend/controls/rollouts/rate.ts'
import type { ScenarioName } from '../../../../dev/sandbox/index.ts'
import { minute } from '../../support/backend.ts'
import { rolloutDesk } from './desk.ts'

const desk = rolloutDesk()
/** `setRate(1)`: the clock runs on beside a test, so what one second gives would depend on how busy the machine is */
const { addShops, read, step, items, work, started, toTheEnd, calls, ledger, scenario, audited, setProvider, setRate } = desk

describe('what goes wrong', () => {
  test('given an answer is lost, then the item waits until it is known and the change is made once', async () => {
    await addShops(2)
    scenario(desk.shops[0]!, 'lost_after', 1)
    const id = await started()
    await work()
    expect((await read(id)).progress).toMatchObject({ working: 1, succeeded: 1 })
    desk.backend.sandbox.control.clock.advance(minute)
    await askAgain(desk.backend.app.context)
    expect((await toTheEnd(id)).progress).toMatchObject({ working: 0, succeeded: 2 })
    expect(ledger(desk.shops[0]!).gold_plan.JSAPI.status).toBe('open')
  })

  test('given WeChat Pay says too fast, then the rate is halved once, the item is tried again later, and nothing is lost', async () => {
    await addShops(3)
    scenario(desk.shops[0]!, 'rate_limited_429', 1)
    const id = await started()
    await work()
    const slow = await read(id)
    expect(slow.progress).toMatchObject({ pending: 1, succeeded: 2, failed: 0 })
    expect(slow.rate.now).toBeLessThan(5_200)
    desk.backend.sandbox.control.clock.advance(minute)
    const ended = await toTheEnd(id)
    expect([ended.status, ended.progress.succeeded]).toEqual(['completed', 3])
    expect(ended.rate.now).toBeGreaterThan(slow.rate.now)
  })

  test('given the provider is punished, then it stops at once and says so; put right, it goes on from there', async () => {
    await addShops(8)
    desk.backend.sandbox.control.setProvider({ status: 'punished' })
    await setRate(1)
    const id = await started()
    await work()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'SP_PUNISHED', progress: { failed: 1, pending: 7 } })
    expect(await audited(id)).toContain('rollout.stop system')
    desk.backend.sandbox.control.setProvider({ status: 'normal' })
    await setProvider({ rollout_rate_per_minute: 10_000 })
    await step(id, 'retry-failed')
    desk.backend.sandbox.control.clock.advance(minute)
    for (let round = 0; round < 20 && (await read(id)).status === 'running'; round += 1) {
      desk.backend.sandbox.control.clock.advance(minute)
      await work()
    }
    expect(await read(id)).toMatchObject({ status: 'completed', progress: { succeeded: 8, failed: 0 } })
  })

  test('given more than 5 % fail for one cause at the merchants, then it stops by itself before the rest', async () => {
    await addShops(40)
    for (const sub_mchid of desk.shops.slice(0, 2)) scenario(sub_mchid, 'punished')
    const id = await started()
    await work()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'SUB_MERCHANT_PUNISHED', progress: { failed: 2, pending: 20 } })
    // looked at: it goes on, and judges anew
    await step(id, 'resume')
    const ended = await toTheEnd(id)
    expect([ended.status, ended.progress]).toMatchObject(['completed', { succeeded: 38, failed: 2 }])
    expect(ended.progress.causes).toEqual([{ status: 'failed', code: 'SUB_MERCHANT_PUNISHED', count: 2 }])
    expect(await items(id, '&status=failed&code=SUB_MERCHANT_PUNISHED')).toHaveLength(2)
  })

  test('given who started it has left, then it stops', async () => {
    await addShops(2)
    const id = await started()
    await desk.backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'staff-operator').execute()
    await work()
    expect(desk.backend.sandbox.control.requests()).toEqual([])
    await desk.backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-operator').execute()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'STAFF_DISABLED' })
  })

  test.each([
    ['is disabled', { status: 'disabled' as const }],
    ['may do it no longer', { role: 'auditor' as const }],
  ])('given who started it %s, then everybody who may do something about it is told, once, and nobody else', async (_, change) => {
    await addShops(1)
    const { db } = desk.backend
    const colleague = await db.selectFrom('staff').selectAll().where('id', '=', 'staff-operator').executeTakeFirstOrThrow()
    await db
      .insertInto('staff')
      .values({ ...colleague, id: 'staff-operator-2', display_name: '运营 02' })
      .onConflict(conflict => conflict.column('id').doUpdateSet({ status: 'active' }))
      .execute()
    const id = await started()
    await db.updateTable('staff').set(change).where('id', '=', 'staff-operator').execute()
    await work()
    await db.updateTable('staff').set({ status: 'active', role: 'operator' }).where('id', '=', 'staff-operator').execute()
    const told = await db.selectFrom('notices').select(['staff_id', 'outcome']).where('about', '=', id).execute()
    expect(told).toEqual([{ staff_id: 'staff-operator-2', outcome: 'stopped' }])
    await db.deleteFrom('notices').where('staff_id', '=', 'staff-operator-2').execute()
    await db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'staff-operator-2').execute()
  })

  test('given a rate of one a minute, then a minute has one, and what somebody else does takes nothing from it', async () => {
    await addShops(5)
    await setRate(1)
    const id = await started()
    await work()
    const before = (await read(id)).progress.succeeded
    for (let passed = 0; passed < 3; passed += 1) {
      desk.backend.sandbox.control.clock.advance(minute)
      await work()
    }
    const after = (await read(id)).progress.succeeded
    expect(after - before).toBeGreaterThanOrEqual(3)
    expect(after).toBeLessThanOrEqual(5)
    expect(desk.backend.sandbox.control.requests().length).toBe(after)
  })

  test('given the provider is punished half-way, then what was done stays, one more is tried and it stops', async () => {
    await addShops(8)
    await setRate(1)
    const id = await started()
    await work()
    for (let passed = 0; passed < 3; passed += 1) {
      desk.backend.sandbox.control.clock.advance(minute)
      await work()
    }
    const before = (await read(id)).progress.succeeded
    desk.backend.sandbox.control.setProvider({ status: 'punished' })
    desk.backend.sandbox.control.clock.advance(5 * minute)
    await work()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'SP_PUNISHED', progress: { succeeded: before, failed: 1 } })
  })

  /** In steps. @param round what else happens in each */
  const minutes = async (count: number, round: () => Promise<unknown> = async () => undefined, step = Math.max(1, count / 12)) => {
    for (let passed = 0; passed < count; passed += step) {
      desk.backend.sandbox.control.clock.advance(step * minute)
      await round()
      await work()
    }
  }
  const badWeather = (name: ScenarioName) =>
    desk.backend.sandbox.control.setWeather({ seed: 1, shares: { [name]: 1 }, mostPerSecond: null, spares: new Set() })
  const callsSoFar = () => desk.shops.map(calls).reduce((sum, one) => sum + one, 0)

  test('given WeChat Pay says too fast for an hour, then it asks about once a minute, fails nobody, and does all of them afterwards', async () => {
    await addShops(5)
    badWeather('rate_limited_429')
    const id = await started()
    await minutes(60, undefined, 2)
    const { progress, rate, status } = await read(id)
    expect([status, progress.failed, progress.pending]).toEqual(['running', 0, 5])
    expect(rate.now).toBeLessThan(5)
    expect(callsSoFar()).toBeLessThan(120)
    desk.backend.sandbox.control.setWeather(null)
    expect((await toTheEnd(id)).progress).toMatchObject({ succeeded: 5, failed: 0 })
  })

  test.each<ScenarioName>(['service_unavailable', 'lost_before'])(
    'given WeChat Pay is away for an hour (%s), then it is asked now and then, and all are done when it is back',
    async name => {
      await addShops(40)
      badWeather(name)
      const id = await started()
      await minutes(60, () => askAgain(desk.backend.app.context))
      const { status, progress, away_since, seconds_left } = await read(id)
      expect([status, progress.failed]).toEqual(['running', 0])
      // since when stands there, and no time is promised
      const awayMs = desk.backend.clock.now().getTime() - Date.parse(away_since!)
      expect([Math.abs(awayMs - 60 * minute) < 10 * minute, seconds_left]).toEqual([true, null])
      // of rollouts; questions about what was lost go on beside it
      const { first } = await desk.backend.db
        .selectFrom('operations')
        .select(eb => eb.fn.countAll<string>().as('first'))
        .where('request_id', '=', id)
        .executeTakeFirstOrThrow()
      expect(Number(first)).toBeLessThan(120)
      desk.backend.sandbox.control.setWeather(null)
      await minutes(70, () => askAgain(desk.backend.app.context), 10)
      await step(id, 'resume')
      await minutes(3, () => askAgain(desk.backend.app.context))
      expect(await read(id)).toMatchObject({ status: 'completed', away_since: null, progress: { succeeded: 40, failed: 0 } })
      const { rows } = await sql<{ away_since: Date | null }>`select away_since from rollout_rate`.execute(desk.backend.db)
      expect(rows[0]!.away_since).toBeNull()
    },
  )

  test('given WeChat Pay does not answer until nobody knows what came of the first, then it still counts as away', async () => {
    await addShops(20)
    badWeather('lost_before')
    const id = await started()
    await minutes(150, () => askAgain(desk.backend.app.context), 10)
    expect((await read(id)).progress.causes).toEqual([expect.objectContaining({ status: 'failed', code: 'UNRESOLVED' })])
    const { rows } = await sql<{ away: boolean }>`select away_since is not null as away from rollout_rate`.execute(desk.backend.db)
    expect(rows[0]!.away).toBe(true)
  })

  test('given answers that are not provably WeChat Pay, then it stops before the rest; put right, each change is made once', async () => {
    await addShops(200)
    badWeather('forged')
    const id = await started()
    await work()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'WX_CONFIG', progress: { succeeded: 0, failed: 0 } })
    expect(callsSoFar()).toBeLessThanOrEqual(20)
    desk.backend.sandbox.control.setWeather(null)
    await minutes(2, () => askAgain(desk.backend.app.context))
    await step(id, 'resume')
    expect(await toTheEnd(id)).toMatchObject({ status: 'completed', progress: { succeeded: 200, failed: 0 } })
  })

  test('given a rate of 1 a minute, then a minute has one', async () => {
    await addShops(4)
    await setRate(1)
    const id = await started()
    await work()
    expect(callsSoFar()).toBe(1)
    await minutes(2)
    expect([callsSoFar(), (await read(id)).rate]).toEqual([3, { allowed: 1, now: 1 }])
  })

  test('given a rate of 10,000 a minute and two processes that ask, then moments are spread evenly, and after a pause too', async () => {
    await setRate(10_000)
    const { db } = desk.backend
    const began = Date.parse('2026-12-01T00:00:00Z')
    await db
      .updateTable('rollout_rate')
      .set({ next_at: new Date(began), grown_at: new Date(began) })
      .execute()
    const given: number[] = []
    for (let ms = 0; ms < 6_000; ms += 100) {
      // nobody asks for two seconds: what was not used is lost
      if (ms >= 2_000 && ms < 4_000) continue
      for (const wanted of [48, 20]) given.push(...(await takeMoments(db, 10_000, wanted, new Date(began + ms))).at.map(Number))
    }
    const inSecond = (second: number) => given.filter(at => Math.floor((at - began) / 1_000) === second).length
    for (let second = 0; second < 8; second += 1) expect(inSecond(second)).toBeLessThanOrEqual(167)
    expect(Math.min(inSecond(0), inSecond(4))).toBeGreaterThanOrEqual(160)
  })

  test('given a process that looked at the clock before another took moments, then none of them is given out again', async () => {
    await setRate(600)
    const { db, clock } = desk.backend
    const now = clock.now()
    expect((await takeMoments(db, 600, 48, now)).at).toHaveLength(3)
    for (const behind of [200, 1_000, 4_000]) expect((await takeMoments(db, 600, 48, new Date(now.getTime() - behind))).at).toEqual([])
  })

  test('given an error now and then, then moments that were given out ahead are not given out again', async () => {
    await setRate(600)
    const { db, clock } = desk.backend
    const now = clock.now()
    expect((await takeMoments(db, 600, 48, now)).at).toHaveLength(3)
    await db.transaction().execute(trx => noteAway(trx, now))
    await db.transaction().execute(trx => noteBack(trx, now))
    expect((await takeMoments(db, 600, 48, now)).at).toEqual([])
  })
})
