// What each person may do at the provider's desk, by role and scope, against the permission table of product.md §9.
import type { Action } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { makeExports } from '../../../../backend/directory/exports/work.ts'
import { weekOf } from '../../../../backend/evidence/bills/told.ts'
import { dayLater, dayOf, daysOf } from '../../../../backend/http/days.ts'
import type { ProviderNumberList } from '../../../../backend/readiness/schema.ts'
import { settableIn } from '../../../support/provider-settings.ts'
import { sp_mchid } from '../../support/backend.ts'
import { mayDo } from './table.ts'
import { ask, backend, everyPlace, newToken, people, places, shop, startWalk, write } from './world.ts'

beforeAll(startWalk)
afterAll(() => backend.close())

describe.each(people)('$name', person => {
  test("when he reads or changes the provider's settings, then the table decides", async () => {
    const token = await newToken(person.name)
    const [held] = (await backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers
    const body = { ...settableIn(held!), name: `示例服务商 ${person.name}` }
    const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${held!.version}"` }
    const changed = await ask(token, 'PUT', '/v1/provider/1900000001', body, headers)
    const read = await ask(token, 'GET', '/v1/provider')
    if (mayDo(person.role, 'settings.read')) expect(read.status).toBe(200)
    else expect([read.status, read.body.required_action]).toEqual([403, 'settings.read'])
    expect(changed.status).toBe(mayDo(person.role, 'settings.manage') ? 200 : 403)
  })

  test('when he answers an item of readiness or has it checked, then the table decides', async () => {
    const token = await newToken(person.name)
    const row = await backend.db.selectFrom('readiness_answers').select('version').where('item', '=', 'contact').executeTakeFirst()
    const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${row?.version ?? 0}"` }
    const path = '/v1/provider/1900000001'
    const answered = await ask(token, 'PUT', `${path}/readiness/contact`, { answer: 'done', note: person.name }, headers)
    const checked = await write(token, 'POST', `${path}/readiness-checks`, {})
    if (mayDo(person.role, 'readiness.write')) return expect([answered.status, checked.status]).toEqual([200, 200])
    for (const { status, body } of [answered, checked]) expect([status, body.required_action]).toEqual([403, 'readiness.write'])
  })

  test('when he reads the register of appids, then it is there; enters one, then the table decides', async () => {
    const token = await newToken(person.name)
    const { body: list } = await ask(token, 'GET', '/v1/appids?q=wx0123456789abcdef')
    const version = (list.items as { version: number }[])[0]?.version ?? 0
    const headers = (seen: unknown) => ({ 'idempotency-key': randomUUID(), 'if-match': `"${String(seen)}"` })
    const text = 'wx0123456789abcdef 公众号'
    const answers = [
      await ask(token, 'PUT', '/v1/appids/wx0123456789abcdef', { kind: 'mini_program' }, headers(version)),
      await ask(token, 'POST', '/v1/appid-lists/preview', { text }),
      await ask(token, 'POST', '/v1/appid-lists', { text }, headers((await ask(token, 'GET', '/v1/appids')).body.register_version)),
    ]
    for (const answer of answers)
      if (mayDo(person.role, 'settings.manage')) expect(answer.status).toBe(200)
      else expect([answer.status, answer.body.required_action]).toEqual([403, 'settings.manage'])
  })

  test('when he counts what an assignment would do, asks who can get shops, or how far a colleague is with theirs, then the table decides', async () => {
    const token = await newToken(person.name)
    const body = { filter: {}, staff_id: null }
    const counted = await ask(token, 'POST', '/v1/sub-merchants/assignments/count', body)
    const people = await ask(token, 'GET', '/v1/assignees')
    const { body: run } = await backend.call('operator', 'PUT', '/v1/sub-merchants/assignments', {
      body: { sub_mchids: ['1999999999'], staff_id: null },
      headers: { 'idempotency-key': randomUUID() },
    })
    const theirs = await ask(token, 'GET', `/v1/sub-merchants/assignments/${String(run.id)}`)
    const may = mayDo(person.role, 'merchant.assign')
    expect([counted.status, theirs.status]).toEqual(may ? [200, 404] : [403, 403])
    expect(people.status).toBe(may || mayDo(person.role, 'staff.manage') ? 200 : 403)
    if (!may) return expect(counted.body.required_action).toBe('merchant.assign')
    expect(counted.body.total).toBe((await ask(token, 'GET', '/v1/summary')).body.total)
  })

  test('when he reads, adds, changes or invites staff, then only an administrator may', async () => {
    const token = await newToken(person.name)
    const rights = { display_name: '新来的', role: 'auditor', region_codes: [], assigned_only: false }
    const added = await write(token, 'POST', '/v1/staff', rights)
    const of = `/v1/staff/${String(added.body.id ?? 'an auditor')}`
    const headers = { 'idempotency-key': randomUUID(), 'if-match': '"1"' }
    const answers = [
      await ask(token, 'GET', '/v1/staff'),
      await ask(token, 'GET', of),
      added,
      await ask(token, 'PUT', of, { ...rights, disabled: false }, headers),
      await write(token, 'POST', `${of}/invite`, {}),
    ]
    if (mayDo(person.role, 'staff.manage')) return expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200, 201])
    for (const { status, body } of answers) expect([status, body.required_action]).toEqual([403, 'staff.manage'])
  })

  test('when he sends a list from the console, then the table decides, for its preview, its rows, applying and cancelling it', async () => {
    const token = await newToken(person.name)
    const text = `sub_mchid,gold_plan_jsapi\n${await shop('北京')},open`
    const sent = await write(token, 'POST', '/v1/portal-check-lists', { text })
    const theirs = await backend.call('operator', 'POST', '/v1/portal-check-lists', {
      body: { text },
      headers: { 'idempotency-key': randomUUID() },
    })
    const list = `/v1/portal-check-lists/${String(theirs.body.id)}`
    const answers = [
      await ask(token, 'GET', list),
      await ask(token, 'GET', `${list}/rows?group=same`),
      await write(token, 'POST', `${list}/apply`, {}),
      await write(token, 'POST', `${list}/cancellation`, {}),
    ]
    if (mayDo(person.role, 'portal_check.write'))
      return expect([sent.status, ...answers.map(({ status }) => status)]).toEqual([201, 200, 200, 200, 200])
    expect([sent, ...answers].map(({ status, body }) => [status, body.required_action])).toEqual(
      [sent, ...answers].map(() => [403, 'portal_check.write']),
    )
  })

  test('when he reads or moves a rollout, then the table decides, and of its items he sees those in his scope', async () => {
    const token = await newToken(person.name)
    const of = await Promise.all(everyPlace.map(async place => ({ place, sub_mchid: await shop(place) })))
    const body = { name: '权限', action: 'gold_plan.open', numbers: of.map(one => one.sub_mchid) }
    const made = await backend.call('operator', 'POST', '/v1/rollouts', { body, headers: { 'idempotency-key': randomUUID() } })
    const id = String(made.body.id)
    const headers = () => ({ 'idempotency-key': randomUUID(), 'if-match': '"1"' })
    const reads = [
      await ask(token, 'GET', '/v1/rollouts'),
      await ask(token, 'GET', `/v1/rollouts/${id}`),
      await ask(token, 'GET', `/v1/rollouts/${id}/items`),
    ]
    if (mayDo(person.role, 'rollout.read')) {
      expect(reads.map(({ status }) => status)).toEqual([200, 200, 200])
      const named = (reads[2]!.body.items as { sub_mchid: string; name: string | null }[]).filter(one => one.name !== null)
      expect(named.map(one => one.sub_mchid).toSorted()).toEqual(
        of
          .filter(({ place }) => person.sees.includes(place))
          .map(one => one.sub_mchid)
          .toSorted(),
      )
    } else for (const answer of reads) expect([answer.status, answer.body.required_action]).toEqual([403, 'rollout.read'])
    const created = await write(token, 'POST', '/v1/rollouts', body)
    const steps = []
    for (const step of ['start', 'pause', 'resume', 'retry-failed', 'cancellation'])
      steps.push(await ask(token, 'POST', `/v1/rollouts/${id}/${step}`, {}, headers()))
    if (!mayDo(person.role, 'rollout.write'))
      for (const answer of [created, ...steps]) expect([answer.status, answer.body.required_action]).toEqual([403, 'rollout.write'])
    else expect([created.status, steps[0]!.status]).toEqual([201, 200])
  })

  test('when he exports, then the table decides, the file is his alone and holds what he sees', async () => {
    const token = await newToken(person.name)
    const asked = await write(token, 'POST', '/v1/exports', { kind: 'merchants', format: 'csv', filter: {} })
    if (!mayDo(person.role, 'export.write')) return expect([asked.status, asked.body.required_action]).toEqual([403, 'export.write'])
    expect(asked.status).toBe(201)
    await makeExports({ db: backend.db, clock: backend.clock, numbers: [sp_mchid] })
    const of = `/v1/exports/${String(asked.body.id)}`
    const { body: made } = await ask(token, 'GET', of)
    const { body: list } = await ask(
      token,
      'GET',
      person.role === 'field_agent' ? '/v1/sub-merchants?assigned_to=me&count=exact' : '/v1/sub-merchants?count=exact',
    )
    expect([made.status, made.rows]).toEqual(['ready', list.total_estimate])
    const other = await newToken(people.find(({ name }) => name !== person.name)!.name)
    for (const path of [of, String(made.download_url)]) expect((await ask(other, 'GET', path)).status).toBe(404)
    expect((await write(other, 'POST', `${of}/cancellation`, {})).status).toBe(404)
    expect((await ask(token, 'GET', String(made.download_url))).status).toBe(200)
    expect(((await ask(token, 'GET', '/v1/exports')).body.items as { id: string }[]).map(({ id }) => id)).toContain(made.id)
  })

  test('when he asks how receipts do, then the table decides, and only shops in his scope are in it', async () => {
    const token = await newToken(person.name)
    const of = await Promise.all(everyPlace.map(async place => ({ place, sub_mchid: await shop(place) })))
    const counted = { sp_mchid, day: '2026-01-05', result: 'valid' as const, loads: 1, shown: 1, ready_steps: [1] }
    await backend.db
      .insertInto('receipt_load_days')
      .values(of.map(({ sub_mchid }) => ({ ...counted, sub_mchid })))
      .execute()
    const answer = await ask(token, 'GET', '/v1/metrics/receipts?from=2026-01-05&to=2026-01-05&group_by=merchant')
    if (!mayDo(person.role, 'metrics.read')) return expect([answer.status, answer.body.required_action]).toEqual([403, 'metrics.read'])
    const seen = (answer.body.rows as { sub_mchid: string }[]).map(row => row.sub_mchid).filter(id => of.some(one => one.sub_mchid === id))
    expect(seen.toSorted()).toEqual(
      of
        .filter(({ place }) => person.sees.includes(place))
        .map(one => one.sub_mchid)
        .toSorted(),
    )
  })

  test('when he asks how districts are paid, then the table decides, and only those in his scope are in it', async () => {
    const token = await newToken(person.name)
    // a week that is still kept, whenever this runs
    const monday = weekOf(dayLater(dayOf(backend.clock.now()), -14))
    const sunday = dayLater(monday, 6)
    const none = { jsapi: '{}', native: 25, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0, refunds: 0 }
    const counted = {
      ...none,
      sp_mchid,
      day: dayLater(monday, 1),
      payments: 25,
      hours: Array<number>(24).fill(0),
      bands: Array<number>(6).fill(0),
    }
    await backend.db
      .insertInto('payment_region_days')
      .values(Object.values(places).map(region_code => ({ ...counted, region_code })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await backend.db
      .insertInto('bill_days')
      .values(daysOf({ from: monday, to: sunday }).map(day => ({ sp_mchid, day, state: 'empty' as const })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
    const answer = await ask(token, 'GET', `/v1/metrics/payments?from=${monday}&to=${sunday}`)
    if (!mayDo(person.role, 'metrics.read')) return expect([answer.status, answer.body.required_action]).toEqual([403, 'metrics.read'])
    const seen = (answer.body.regions as { region_code: string }[]).map(({ region_code }) => region_code)
    expect(seen.toSorted()).toEqual(person.sees.map(place => places[place]).toSorted())
  })

  test('when he asks for rebate figures, then the table decides', async () => {
    const token = await newToken(person.name)
    const answers = [await ask(token, 'GET', '/v1/rebates'), await ask(token, 'GET', `/v1/rebates/${sp_mchid}/2026-10`)]
    if (mayDo(person.role, 'rebate.read')) expect(answers.map(({ status }) => status)).toEqual([200, 404])
    else for (const answer of answers) expect([answer.status, answer.body.required_action]).toEqual([403, 'rebate.read'])
  })

  test('when he asks what WeChat Pay was seen to do, or says what a text of it means, then the table decides', async () => {
    const token = await newToken(person.name)
    const answer = await ask(token, 'GET', '/v1/observations')
    if (mayDo(person.role, 'observation.read')) expect(answer.status).toBe(200)
    else expect([answer.status, answer.body.required_action]).toEqual([403, 'observation.read'])
    const path = `/v1/observations/texts/${'0'.repeat(32)}/class`
    const headers = () => ({ 'idempotency-key': randomUUID(), 'if-match': '"0"' })
    for (const said of [
      await ask(token, 'PUT', path, { code: 'WX_REJECTED' }, headers()),
      await ask(token, 'DELETE', path, undefined, headers()),
    ]) {
      // nobody has heard that text
      if (mayDo(person.role, 'observation.classify')) expect(said.status).toBe(404)
      else expect([said.status, said.body.required_action]).toEqual([403, 'observation.classify'])
    }
  })

  test('when he asks who pays and is not in the directory, or adds one, then the table decides', async () => {
    const token = await newToken(person.name)
    const sub_mchid = `17${String(people.indexOf(person)).padStart(8, '0')}`
    const paid = { sp_mchid, sub_mchid, first_day: '2026-01-05', last_day: '2026-01-05' }
    await backend.db.insertInto('unlisted_merchants').values(paid).execute()
    const list = await ask(token, 'GET', '/v1/unlisted-merchants?limit=100')
    const add = (id: string) => write(token, 'POST', `/v1/unlisted-merchants/${id}`, { region_code: places.南山 })
    const dismiss = (id: string) =>
      ask(token, 'PUT', `/v1/unlisted-merchants/${id}/dismissal`, { dismissed: true }, { 'idempotency-key': randomUUID() })
    if (!mayDo(person.role, 'merchant.add')) {
      for (const answer of [list, await add(sub_mchid), await add('1999999999'), await dismiss(sub_mchid)])
        expect([answer.status, answer.body.required_action]).toEqual([403, 'merchant.add'])
      return
    }
    expect((list.body.items as { sub_mchid: string }[]).map(one => one.sub_mchid)).toContain(sub_mchid)
    expect([(await dismiss(sub_mchid)).status, (await dismiss('1999999999')).status]).toEqual([200, 404])
    expect([(await add(sub_mchid)).status, (await add('1999999999')).status]).toEqual([201, 404])
  })

  test('when he asks for the plan of visits, publishes it, or has bills asked for again, then the table decides', async () => {
    const token = await newToken(person.name)
    const asked: [string, Action, { status: number; body: Record<string, unknown> }][] = [
      ['the plan', 'visit.review', await ask(token, 'GET', '/v1/visit-plan')],
      ['his next shops', 'visit.write', await ask(token, 'GET', '/v1/visit-plan/stops?staff_id=me')],
      ['publishing', 'visit.review', await write(token, 'POST', '/v1/visit-plan/publication', {})],
      ['bills', 'readiness.write', await write(token, 'POST', `/v1/provider/${sp_mchid}/bill-requests`, {})],
    ]
    for (const [what, action, { status, body }] of asked)
      if (mayDo(person.role, action)) expect([what, status]).toEqual([what, 200])
      else expect([what, status, body.required_action]).toEqual([what, 403, action])
  })
})
