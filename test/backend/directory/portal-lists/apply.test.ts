// Applying a list from the console records every look once, whatever happens meanwhile (product.md B11).
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { dropOldLists } from '../../../../backend/directory/portal-lists/tidy.ts'
import { eventually } from '../../../support/eventually.ts'
import { day, hour, minute, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { header, listsOn, type Refused } from './support/lists.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
const { setStaff, shops, send, post, read, rowsOf, work, merchant, looksAt, trail } = listsOn(() => backend)
beforeEach(async () => {
  await setStaff({ status: 'active', role: 'operator' })
})

describe('applying it', () => {
  test('given a preview, when it is applied, then each look is evidence by who applied it, the shops say so, and the trail names the list', async () => {
    const [same, differs] = (await shops(2)) as [string, string]
    const { body } = await send(`${header}\n${same},open,,,,\n${differs},closed,open,open,,none\n1999999992,open,,,,`)
    const applied = await post(body.id, 'apply')
    expect([applied.status, applied.body.status, applied.body.progress]).toEqual([200, 'applying', { done: 0, total: 3 }])
    await work()
    expect(await read(body.id)).toMatchObject({
      status: 'applied',
      progress: { done: 3, total: 3 },
      results: { recorded: 2, known: 0, gone: 1, changed: 0 },
      applied_by: { id: 'staff-operator' },
      stop_code: null,
    })
    expect(await merchant(differs)).toMatchObject({
      migration: { state: 'not_migrated', reason: 'CLOSED_ON_PORTAL' },
      gold_plan: {
        jsapi: { status: 'closed', source: 'portal', changed_by: 'operator' },
        miniprogram: { status: 'open', source: 'portal' },
      },
      receipt: { status: 'open' },
    })
    const looks = await looksAt([same, differs])
    expect(looks.map(({ recorded_by, source }) => [recorded_by, source])).toEqual([
      ['staff-operator', 'portal'],
      ['staff-operator', 'portal'],
    ])
    const entries = (await trail('portal_check.write', body.id)).sort((one, other) => one.target_id.localeCompare(other.target_id))
    expect(entries.map(({ target_id, actor_id, request_id }) => [target_id, actor_id, request_id])).toEqual([
      [same, 'staff-operator', body.id],
      [differs, 'staff-operator', body.id],
    ])
    expect(entries[1]).toMatchObject({ before: { gold_plan: 'open' }, after: { gold_plan: 'closed', gold_plan_miniprogram: 'open' } })
    expect((await trail('portal_check_list.%', body.id)).map(({ action }) => action)).toEqual([
      'portal_check_list.add',
      'portal_check_list.apply',
      'portal_check_list.finish',
    ])
  })

  test('given it was applied, when it is applied again, then it is the same; the same list sent again finds its looks there', async () => {
    const [one] = await shops(1)
    const checked_at = new Date(backend.clock.now().getTime() - minute).toISOString()
    const text = `${header}\n${one},closed,,,,`
    const { body } = await send(text, { checked_at })
    await post(body.id, 'apply')
    await work()
    expect([(await post(body.id, 'apply')).body.status, await work()]).toEqual(['applied', 0])
    const again = await send(text, { checked_at })
    expect(again.body.counts).toMatchObject({ same: 1, differ: 0 })
    await post(again.body.id, 'apply')
    await work()
    expect([(await read(again.body.id)).results.known, (await looksAt([one!])).length]).toEqual([1, 1])
  })

  test('given a list of yesterday beside newer evidence, then the preview says that ours is newer, and recording it changes no verdict', async () => {
    const [one] = await shops(1)
    await backend.addEvidence(one!, { kind: 'portal_check', ago: hour, detail: { gold_plan_jsapi: 'closed', receipt: 'open' } })
    const { body } = await send(`${header},核对时间\n${one},open,,closed,,,`, {
      checked_at: new Date(backend.clock.now().getTime() - day).toISOString(),
    })
    expect([body.counts.newer, body.differ[0]!.differences.map(({ field, newer }) => [field, newer])]).toEqual([
      1,
      [
        ['gold_plan_jsapi', true],
        ['receipt', true],
      ],
    ])
    const before = await merchant(one!)
    await post(body.id, 'apply')
    await work()
    const after = await merchant(one!)
    expect([after.migration, after.gold_plan, after.receipt, after.evidence_count]).toEqual([
      before.migration,
      before.gold_plan,
      before.receipt,
      before.evidence_count + 1,
    ])
  })

  test('given something changed since the preview, then every row is judged anew and says so', async () => {
    const [opened, still] = (await shops(2)) as [string, string]
    const { body } = await send(`${header}\n${opened},closed,,,,\n${still},closed,,,,\n1900019999,open,,,,`)
    backend.sandbox.control.clock.advance(minute)
    await backend.addEvidence(opened, { kind: 'portal_check', ago: 0, detail: { gold_plan_jsapi: 'closed' } })
    await backend.addMerchant('1900019999')
    await post(body.id, 'apply')
    await work()
    expect((await read(body.id)).results).toEqual({ recorded: 3, known: 0, gone: 0, changed: 2 })
    expect(
      (await rowsOf(body.id, 'changed')).items.map(({ sub_mchid, group, differences }) => [sub_mchid, group, differences.length]),
    ).toEqual([
      [opened, 'differ', 0],
      ['1900019999', 'unknown', 1],
    ])
    expect((await rowsOf(body.id, 'differ')).items.map(row => row.changed)).toEqual([true, false])
  })

  test('given it is cancelled, then nothing more is recorded, what was stays, and applying it does not begin again', async () => {
    const numbers = await shops(3)
    const { body } = await send([header, ...numbers.map(one => `${one},closed,,,,`)].join('\n'))
    await post(body.id, 'apply')
    const cancelled = await post(body.id, 'cancellation')
    expect([cancelled.body.status, await work(), (await post(body.id, 'apply')).body.status]).toEqual(['cancelled', 0, 'cancelled'])
    expect(await looksAt(numbers)).toEqual([])
  })

  test.each([
    ['STAFF_DISABLED', { status: 'disabled' }],
    ['ACTION_FORBIDDEN', { role: 'auditor' }],
  ] as const)(
    'given who applied it may not any more (%s), then it stops before the next batch, and another operator goes on',
    async (code, values) => {
      const numbers = await shops(2)
      const { body } = await send([header, ...numbers.map(one => `${one},closed,,,,`)].join('\n'))
      await post(body.id, 'apply')
      await setStaff(values)
      expect(await work()).toBe(0)
      const list = await backend.db.selectFrom('portal_check_lists').selectAll().where('id', '=', body.id).executeTakeFirstOrThrow()
      expect([list.status, list.stop_code, await looksAt(numbers)]).toEqual(['stopped', code, []])
      await backend.db.updateTable('staff').set({ role: 'operator' }).where('id', '=', 'staff-admin').execute()
      expect((await post(body.id, 'apply', randomUUID(), 'admin')).body.status).toBe('applying')
      await work()
      expect((await looksAt(numbers)).map(({ recorded_by }) => recorded_by)).toEqual(['staff-admin', 'staff-admin'])
      await backend.db.updateTable('staff').set({ role: 'admin' }).where('id', '=', 'staff-admin').execute()
    },
  )

  test.each(['field_agent', 'region_lead', 'auditor', 'admin'] as const)('given a %s, then nothing of it is his', async role => {
    const { body } = await send(`${header}\n1999999990,open,,,,`)
    const forbidden = await Promise.all([
      send(`${header}\n1999999990,open,,,,`, { role }),
      post(body.id, 'apply', randomUUID(), role),
      post(body.id, 'cancellation', randomUUID(), role),
      backend.call<Refused>(role, 'GET', `/v1/portal-check-lists/${body.id}`),
      backend.call<Refused>(role, 'GET', `/v1/portal-check-lists/${body.id}/rows?group=same`),
    ])
    expect(forbidden.map(answer => [answer.status, answer.body.code])).toEqual(forbidden.map(() => [403, 'ACTION_FORBIDDEN']))
  })
})

test('given previews of a day ago and lists that ended a month ago, then they are tidied away, and what was recorded stays', async () => {
  const [one] = await shops(1)
  const [kept, old] = [await send(`${header}\n${one},closed,,,,`), await send(`${header}\n${one},open,,,,`)]
  await post(kept.body.id, 'apply')
  await work()
  backend.sandbox.control.clock.advance(day + minute)
  await dropOldLists(backend.app.context)
  const there = async (id: string) => (await backend.call('operator', 'GET', `/v1/portal-check-lists/${id}`)).status
  expect([await there(kept.body.id), await there(old.body.id)]).toEqual([200, 404])
  backend.sandbox.control.clock.advance(30 * day)
  await dropOldLists(backend.app.context)
  expect([await there(kept.body.id), (await looksAt([one!])).length]).toEqual([404, 1])
  const rows = await backend.db
    .selectFrom('portal_check_list_rows')
    .select('line')
    .where('list_id', 'in', [kept.body.id, old.body.id])
    .execute()
  expect(rows).toEqual([])
  backend.sandbox.control.clock.reset()
})

test('given a process killed with -9 in the middle and two that go on at once, then every look is there once, and the counts are those of the list', async () => {
  const numbers = Array.from({ length: 4_000 }, (_, index) => String(1_980_000_000 + index))
  const now = backend.clock.now()
  const model = await backend.db
    .selectFrom('sub_merchants')
    .selectAll()
    .where('sub_mchid', '=', (await shops(1))[0]!)
    .executeTakeFirstOrThrow()
  const { name, short_name, region_code, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms } = model
  const own = { name, short_name, region_code, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms }
  for (let from = 0; from < numbers.length; from += 500)
    await backend.db
      .insertInto('sub_merchants')
      .values(numbers.slice(from, from + 500).map(sub_mchid => ({ sp_mchid, sub_mchid, ...own, created_at: now, updated_at: now })))
      .execute()
  const { body } = await send([header, ...numbers.map(one => `${one},open,,closed,,`)].join('\n'))
  expect(body.counts).toMatchObject({ differ: 4_000 })
  await post(body.id, 'apply')
  const start = () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/backend/directory/portal-lists/applier.ts'], {
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      env: { ...process.env, DATABASE_URL: backend.databaseUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return { child, ended: new Promise<number | null>(done => child.once('close', done)) }
  }
  const done = async () => (await read(body.id)).progress.done
  const killed = start()
  await eventually('a batch to land', async () => (await done()) >= 500, { every: 5 })
  killed.child.kill('SIGKILL')
  await killed.ended
  const half = await done()
  expect([half % 500, half < 4_000]).toEqual([0, true])
  const others = [start(), start()]
  expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0])
  const list = await read(body.id)
  expect([list.status, list.progress, list.results]).toEqual([
    'applied',
    { done: 4_000, total: 4_000 },
    { recorded: 4_000, known: 0, gone: 0, changed: 0 },
  ])
  const looks = await looksAt(numbers)
  expect([looks.length, new Set(looks.map(({ sub_mchid }) => sub_mchid)).size]).toEqual([4_000, 4_000])
  const entries = await backend.db
    .selectFrom('audit_entries')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('request_id', '=', body.id)
    .where('action', '=', 'portal_check.write')
    .executeTakeFirstOrThrow()
  expect(Number(entries.count)).toBe(4_000)
})
