// Endpoint × role × scope against the permission table of product.md §9. Every endpoint of the contract has to be walked, a new one too.
import { makeExports } from '../../../../backend/directory/exports/work.ts'
import { Action } from '../../../../backend/http/schema.ts'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Me } from '../../../../backend/company/staff/schema.ts'
import { hashToken } from '../../../../backend/company/sessions/secrets.ts'
import { day, sp_mchid, type Answer } from '../../support/backend.ts'
import { ofFieldWork, sendPhotoAs } from './field-work.ts'
import { everyRole, mayDo, rules } from './table.ts'
import {
  ask,
  backend,
  control,
  everyPlace,
  evidence,
  newToken,
  ofMerchant,
  people,
  places,
  question,
  shop,
  startWalk,
  write,
} from './world.ts'
import type { Ask, Person, Place } from './world.ts'

const everyQuestion = [...ofMerchant, ...ofFieldWork]

beforeAll(startWalk)
afterAll(() => backend.close())

/** What the caller may not see is exactly what does not exist. */
function expectNothingThere(answer: Answer, missing: Answer): void {
  const { request_id: _one, ...body } = answer.body
  const { request_id: _other, ...of } = missing.body
  expect([answer.status, body]).toEqual([404, of])
}

describe.each(people)('$name', person => {
  const asked = everyQuestion.flatMap(one => everyPlace.map(place => ({ ...one, place })))
  test.each(asked)('when he asks to $what at $place, then the table of §9 decides', async ({ action, send, place }) => {
    const given = await question(person, place)
    const answer = await send(given)
    if (!person.sees.includes(place)) return expectNothingThere(answer, await send({ ...given, sub_mchid: '1999999999' }))
    if (mayDo(person.role, action)) expect([200, 201]).toContain(answer.status)
    else expect([answer.status, answer.body.code, answer.body.required_action]).toEqual([403, 'ACTION_FORBIDDEN', action])
  })

  test.each(everyPlace)('when he asks to close the plan at %s, then nobody may alone, whatever his role', async place => {
    const given = await question(person, place)
    const answer = await control('gold-plan/jsapi', { status: 'closed' })(given)
    if (person.sees.includes(place)) expect([answer.status, answer.body.required_action]).toEqual([403, 'gold_plan.close.request'])
    else expect(answer.status).toBe(404)
    expect(backend.sandbox.control.ledger(given.sub_mchid).gold_plan.JSAPI.status).toBe('open')
  })

  test.each(everyPlace)(
    'when he asks another to close the plan at %s, or meets what a colleague asked for, then the table decides',
    async place => {
      const { token, sub_mchid } = await question(person, place)
      const request = { kind: 'gold_plan.close', scene: 'jsapi', reason: '商户暂停营业' }
      const askFor = (id: string) => write(token, 'POST', '/v1/change-requests', { ...request, sub_mchid: id })
      const asked = await askFor(sub_mchid)
      const sees = person.sees.includes(place)
      if (!sees) expectNothingThere(asked, await askFor('1999999999'))
      else if (mayDo(person.role, 'gold_plan.close.request')) expect(asked.status).toBe(201)
      else expect([asked.status, asked.body.required_action]).toEqual([403, 'gold_plan.close.request'])

      const theirs = { ...request, sub_mchid: await shop(place) }
      const { body } = await backend.call('operator', 'POST', '/v1/change-requests', {
        body: theirs,
        headers: { 'idempotency-key': randomUUID() },
      })
      const of = (id: string) => `/v1/change-requests/${id}`
      const [id, none] = [String(body.id), randomUUID()]
      const read = await ask(token, 'GET', of(id))
      const { body: list } = await ask(token, 'GET', `/v1/change-requests?sub_mchid=${theirs.sub_mchid}`)
      const cancel = (one: string) => write(token, 'POST', `${of(one)}/cancellation`, {})
      const decide = (one: string) => write(token, 'POST', `${of(one)}/decision`, { decision: 'reject', comment: '还在营业' })
      const [cancelled, decided] = [await cancel(id), await decide(id)]
      if (!sees) {
        expectNothingThere(read, await ask(token, 'GET', of(none)))
        expectNothingThere(cancelled, await cancel(none))
        return expectNothingThere(decided, await decide(none))
      }
      expect([read.status, (list.items as unknown[]).length]).toEqual([200, 1])
      expect([cancelled.status, cancelled.body.required_action]).toEqual([403, 'gold_plan.close.request'])
      if (mayDo(person.role, 'gold_plan.close.approve')) expect([decided.status, decided.body.status]).toEqual([200, 'rejected'])
      else expect([decided.status, decided.body.required_action]).toEqual([403, 'gold_plan.close.approve'])
    },
  )

  test.each(everyPlace)('when he takes back what a colleague recorded at %s, then a lead and an operator may', async place => {
    const given = await question(person, place)
    const take = ({ token, sub_mchid, evidence_id }: Ask) =>
      write(token, 'POST', `/v1/sub-merchants/${sub_mchid}/evidence/${evidence_id}/withdrawal`, { reason: '看错了' })
    const answer = await take(given)
    if (!person.sees.includes(place)) return expectNothingThere(answer, await take({ ...given, sub_mchid: '1999999999' }))
    if (['region_lead', 'operator'].includes(person.role)) expect(answer.status).toBe(200)
    else expect([answer.status, answer.body.required_action]).toEqual([403, 'evidence.withdraw'])
    const elsewhere = await question(person, place)
    expect((await take({ ...elsewhere, evidence_id: given.evidence_id })).status).toBe(404)
  })

  test.each(everyPlace)('when he gives a shop at %s to the operator, then a lead and an operator may, where they see it', async place => {
    const { token, sub_mchid } = await question(person, place)
    const give = (id: string) => write(token, 'PUT', '/v1/sub-merchants/assignments', { sub_mchids: [id], staff_id: 'an operator' })
    const answer = await give(sub_mchid)
    if (!mayDo(person.role, 'merchant.assign'))
      return expect([answer.status, answer.body.required_action]).toEqual([403, 'merchant.assign'])
    const none = (shops: string) => [{ reason: 'NOT_FOUND', count: 1, sub_mchids: [shops] }]
    const { status, body } = answer
    if (!person.sees.includes(place)) return expect([status, body.changed, body.refused]).toEqual([200, 0, none(sub_mchid)])
    expect([status, body.changed, body.refused]).toEqual([200, 1, []])
    expect((await give('1999999999')).body.refused).toEqual(none('1999999999'))
  })

  test('when he looks things up, then lists, numbers, codes and regions hold his scope and nothing else', async () => {
    const token = await newToken(person.name)
    const there = await Promise.all(everyPlace.map(async place => ({ place, sub_mchid: await shop(place) })))
    const { rows } = await backend.db
      .selectFrom('sub_merchants')
      .select(['sub_mchid', 'region_code'])
      .execute()
      .then(all => ({ rows: all.filter(({ region_code }) => person.sees.some(place => places[place] === region_code)) }))
    const seen: string[] = []
    for (let cursor: unknown = ''; cursor !== null;) {
      const { body } = await ask(token, 'GET', `/v1/sub-merchants?limit=100&sort=name${cursor ? `&cursor=${String(cursor)}` : ''}`)
      seen.push(...(body.items as { region_code: string }[]).map(({ region_code }) => region_code))
      expect(body.total_estimate).toBe(Math.min(1_000, rows.length))
      cursor = body.next_cursor
    }
    expect(seen.toSorted()).toEqual(rows.map(({ region_code }) => region_code).toSorted())
    expect((await ask(token, 'GET', '/v1/summary')).body.total).toBe(rows.length)
    const { total, own } = (await ask(token, 'GET', '/v1/metrics/dashboard')).body as { total: { count: number }; own: boolean }
    expect(own).toBe(person.role === 'field_agent')
    if (!own) expect(total.count).toBe(rows.length)
    for (const { place, sub_mchid } of there)
      expect((await ask(token, 'GET', `/v1/audit-entries?sub_mchid=${sub_mchid}`)).status).toBe(person.sees.includes(place) ? 200 : 404)
    const packed: string[] = []
    for (let cursor: unknown = ''; cursor !== null;) {
      const { body } = await ask(token, 'GET', `/v1/offline-pack${cursor ? `?cursor=${String(cursor)}` : ''}`)
      packed.push(...(body.items as { region_code: string }[]).map(({ region_code }) => region_code))
      cursor = body.next_cursor
    }
    expect(packed.toSorted()).toEqual(seen.toSorted())
    for (const { place, sub_mchid } of there) {
      const found = await ask(token, 'POST', '/v1/scan-resolutions', { content: `https://pay.example.cn/q/${sub_mchid}` })
      expect(found.body).toEqual(person.sees.includes(place) ? { type: 'sub_merchant', sub_mchid } : { type: 'unknown' })
      const search = await ask(token, 'GET', `/v1/sub-merchants?q=${sub_mchid}`)
      expect((search.body.items as unknown[]).length).toBe(person.sees.includes(place) ? 1 : 0)
    }
    expect((await ask(token, 'GET', '/v1/industries')).status).toBe(200)
    const regions = JSON.stringify((await ask(token, 'GET', '/v1/regions')).body)
    for (const place of everyPlace)
      expect(regions.includes(places[place])).toBe(['field_agent', 'region_lead'].includes(person.role) ? mayStand(person, place) : true)
  })

  test("when he asks for an operation, then his own is there and a colleague's is not", async () => {
    const token = await newToken(person.name)
    const key = randomUUID()
    const theirs = await backend.control('operator', await shop('北京'), 'receipt', { status: 'open' }, { 'idempotency-key': key })
    expect(theirs.status).toBe(200)
    expect((await ask(token, 'GET', `/v1/operations/${key}`)).status).toBe(404)
    const place = person.sees[0]
    if (!place || !mayDo(person.role, 'receipt.open')) return
    const own = randomUUID()
    const sub_mchid = await shop(place)
    const headers = { 'idempotency-key': own, 'if-match': `"${await backend.versionOf(sub_mchid)}"` }
    expect((await ask(token, 'PUT', `/v1/sub-merchants/${sub_mchid}/receipt`, { status: 'open' }, headers)).status).toBe(200)
    expect((await ask(token, 'GET', `/v1/operations/${own}`)).body).toMatchObject({ status: 'succeeded', sub_mchid })
  })

  test('when he asks who he is, then his actions are those of the table, and each merchant carries those about merchants', async () => {
    const token = await newToken(person.name)
    const { body } = (await ask(token, 'GET', '/v1/me')) as Answer<unknown> as Answer<Me>
    const ofTable = rules.filter(rule => rule.role === person.role && rule.allowed).map(({ action }) => action)
    expect([...body.actions].sort()).toEqual([...ofTable].sort())
    const place = person.sees[0]
    if (!place) return
    const merchant = await ask(token, 'GET', `/v1/sub-merchants/${await shop(place)}`)
    const aboutMerchants = everyQuestion.map(({ action }) => action)
    const allowed = (merchant.body.allowed_actions as Action[]).filter(action => aboutMerchants.includes(action))
    expect(new Set(allowed)).toEqual(new Set(ofTable.filter(action => aboutMerchants.includes(action))))
  })

  test('when he lists visits, then those of shops in his scope; sends a photo or a checklist, then the table decides', async () => {
    const token = await newToken(person.name)
    const { body } = await ask(token, 'GET', '/v1/visits?limit=100')
    for (const { merchant } of body.items as { merchant: { region_code: string } }[])
      expect(person.sees.map(place => places[place] as string)).toContain(merchant.region_code)
    expect((await sendPhotoAs(token)).status).toBe(mayDo(person.role, 'photo.write') ? 201 : 403)
    const { body: current } = await ask(token, 'GET', '/v1/checklist-templates/current')
    expect((await ask(token, 'GET', `/v1/checklist-templates/${String(current.version)}`)).body).toEqual(current)
    const { title_zh, title_en, sections, items } = current
    const drafts = '/v1/checklist-templates/draft'
    const headers = async () => ({
      'idempotency-key': randomUUID(),
      'if-match': `"${(await backend.call<{ version: number }>('admin', 'GET', drafts)).body.version}"`,
    })
    const answers = [
      await ask(token, 'GET', '/v1/checklist-templates'),
      await ask(token, 'GET', drafts),
      await ask(token, 'PUT', drafts, { title_zh, title_en, sections, items }, await headers()),
      await ask(token, 'POST', '/v1/checklist-templates', { comment: '没有变化' }, await headers()),
      await ask(token, 'DELETE', drafts, undefined, await headers()),
    ]
    // a draft that changes nothing is not published
    const allowed = [200, 200, 200, 422, 200]
    expect(answers.map(({ status }) => status)).toEqual(mayDo(person.role, 'settings.manage') ? allowed : allowed.map(() => 403))
  })

  test("when he reads or changes the provider's settings, then the table decides", async () => {
    const token = await newToken(person.name)
    const body = {
      name: '示例服务商',
      receipt_link_configured: true,
      receipt_links: [],
      default_open_since: null,
      stale_after_days: 90,
      rollout_rate_per_minute: 60,
      watch: { enabled: true, days: 7, min_payments: 20 },
      message_templates: [],
    }
    const { version } = await backend.db.selectFrom('provider').select('version').executeTakeFirstOrThrow()
    const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` }
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
    const none = { jsapi: '{}', native: 25, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0, refunds: 0 }
    const counted = {
      ...none,
      sp_mchid,
      day: '2026-01-06',
      payments: 25,
      hours: Array<number>(24).fill(0),
      bands: Array<number>(6).fill(0),
    }
    await backend.db
      .insertInto('payment_region_days')
      .values(Object.values(places).map(region_code => ({ ...counted, region_code })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
    const answer = await ask(token, 'GET', '/v1/metrics/payments?from=2026-01-06&to=2026-01-06')
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

  test('when he logs out, then only this session ends', async () => {
    const [one, other] = [await newToken(person.name), await newToken(person.name)]
    expect((await ask(one, 'DELETE', '/v1/sessions/current')).status).toBe(204)
    expect([(await ask(one, 'GET', '/v1/me')).status, (await ask(other, 'GET', '/v1/me')).status]).toEqual([401, 200])
  })
})

/** Regions are where he may work, whether or not a shop there is his. */
const mayStand = ({ region_codes }: Person, place: Place) => region_codes.some(code => places[place].startsWith(code.replace(/(00)+$/, '')))

describe('his own evidence', () => {
  const agent = people[0]!
  test('given a field agent, then he takes back his own within 24 hours and not after', async () => {
    const take = (given: Ask, id: string) =>
      write(given.token, 'POST', `/v1/sub-merchants/${given.sub_mchid}/evidence/${id}/withdrawal`, { reason: '看错了' })
    const record = async (given: Ask) =>
      ((await evidence('flow_conclusion', { conclusion: 'jsapi', basis: 'visit' })(given)).body.evidence as { id: string }).id
    const given = await question(agent, '南山')
    expect((await take(given, await record(given))).status).toBe(200)
    const late = await record(given)
    backend.sandbox.control.clock.advance(day + 1)
    const again = { ...given, token: await newToken(agent.name) }
    expect((await take(again, late)).status).toBe(403)
    expect(mayDo('field_agent', 'evidence.withdraw')).toBe(true)
  })
})

describe('the contract', () => {
  const document = JSON.parse(readFileSync(new URL('../../../../backend/openapi.json', import.meta.url), 'utf8')) as {
    paths: Record<string, object>
  }
  const contract = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
  )
  /** Before anybody is known; a photo's file by a signed link. */
  const open = ['POST /v1/sessions', 'POST /v1/staff-bindings', 'GET /v1/photos/{photo_id}/file']
  const beside = [
    'GET /v1/metrics/receipts',
    'GET /v1/metrics/dashboard',
    'GET /v1/metrics/payments',
    'GET /v1/rebates',
    'GET /v1/rebates/{sp_mchid}/{month}',
    'POST /v1/exports',
    'GET /v1/exports',
    'GET /v1/exports/{export_id}',
    'POST /v1/exports/{export_id}/cancellation',
    'GET /v1/exports/{export_id}/file',
    'GET /v1/unlisted-merchants',
    'POST /v1/unlisted-merchants/{sub_mchid}',
    'PUT /v1/unlisted-merchants/{sub_mchid}/dismissal',
    'GET /v1/visit-plan',
    'GET /v1/visit-plan/stops',
    'POST /v1/visit-plan/publication',
    'GET /v1/sub-merchants',
    'GET /v1/summary',
    // of one's own, whoever asks
    'GET /v1/notices',
    'POST /v1/notices/read',
    'GET /v1/message-subscriptions',
    'POST /v1/message-subscriptions',
    'GET /v1/audit-entries',
    'POST /v1/change-requests',
    'GET /v1/change-requests',
    'GET /v1/change-requests/{request_id}',
    'POST /v1/change-requests/{request_id}/decision',
    'POST /v1/change-requests/{request_id}/cancellation',
    'POST /v1/scan-resolutions',
    'GET /v1/industries',
    'GET /v1/regions',
    'GET /v1/offline-pack',
    'GET /v1/operations/{key}',
    'GET /v1/me',
    'DELETE /v1/sessions/current',
    'POST /v1/sub-merchants/{sub_mchid}/evidence/{evidence_id}/withdrawal',
    'PUT /v1/sub-merchants/assignments',
    'POST /v1/sub-merchants/assignments/count',
    'GET /v1/sub-merchants/assignments/{run_id}',
    'GET /v1/assignees',
    'GET /v1/staff',
    'POST /v1/staff',
    'GET /v1/staff/{staff_id}',
    'PUT /v1/staff/{staff_id}',
    'POST /v1/staff/{staff_id}/invite',
    'GET /v1/visits',
    'POST /v1/photos',
    'GET /v1/checklist-templates/current',
    'GET /v1/checklist-templates/{version}',
    'GET /v1/checklist-templates',
    'POST /v1/checklist-templates',
    'GET /v1/checklist-templates/draft',
    'PUT /v1/checklist-templates/draft',
    'DELETE /v1/checklist-templates/draft',
    'GET /v1/appids',
    'PUT /v1/appids/{appid}',
    'POST /v1/appid-lists/preview',
    'POST /v1/appid-lists',
    'GET /v1/provider',
    'PUT /v1/provider/{sp_mchid}',
    'GET /v1/observations',
    'PUT /v1/observations/texts/{text_id}/class',
    'DELETE /v1/observations/texts/{text_id}/class',
    'PUT /v1/provider/{sp_mchid}/readiness/{item}',
    'POST /v1/provider/{sp_mchid}/readiness-checks',
    'POST /v1/provider/{sp_mchid}/bill-requests',
    'POST /v1/portal-check-lists',
    'GET /v1/portal-check-lists/{list_id}',
    'GET /v1/portal-check-lists/{list_id}/rows',
    'POST /v1/portal-check-lists/{list_id}/apply',
    'POST /v1/portal-check-lists/{list_id}/cancellation',
    'GET /v1/rollouts',
    'POST /v1/rollouts',
    'GET /v1/rollouts/{rollout_id}',
    'GET /v1/rollouts/{rollout_id}/items',
    'POST /v1/rollouts/{rollout_id}/start',
    'POST /v1/rollouts/{rollout_id}/pause',
    'POST /v1/rollouts/{rollout_id}/resume',
    'POST /v1/rollouts/{rollout_id}/cancellation',
    'POST /v1/rollouts/{rollout_id}/retry-failed',
  ]

  test('given every endpoint that it names, then each was walked above', () => {
    expect([...new Set([...everyQuestion.map(({ endpoint }) => endpoint), ...beside, ...open])].sort()).toEqual([...contract].sort())
  })
  test('given every write, then its route requires what the walk asked it for, or whoever sees it may', () => {
    const requirements = new Map([...backend.app.requirements].map(([route, actions]) => [route.replaceAll(/:(\w+)/g, '{$1}'), actions]))
    const walked = everyQuestion.filter(({ endpoint }) => !endpoint.startsWith('GET '))
    for (const { endpoint, action } of walked)
      expect([endpoint, requirements.get(endpoint)]).toEqual([endpoint, expect.arrayContaining([action])])
    const free = contract.filter(endpoint => !endpoint.startsWith('GET ') && requirements.get(endpoint)!.length === 0)
    expect(free.sort()).toEqual([
      'DELETE /v1/sessions/current',
      // whoever asked takes back
      'POST /v1/change-requests/{request_id}/cancellation',
      // of one's own
      'POST /v1/message-subscriptions',
      'POST /v1/notices/read',
      'POST /v1/scan-resolutions',
      'POST /v1/sessions',
      'POST /v1/staff-bindings',
    ])
  })
  test('given every action that it names, then the table has a row for it', () => {
    expect([...new Set(rules.map(({ action }) => action))].sort()).toEqual(Action.anyOf.map(literal => literal.const).sort())
    expect(rules).toHaveLength(Action.anyOf.length * everyRole.length)
  })
  test.each(contract.filter(endpoint => !open.includes(endpoint)))(
    'given nobody, a made-up token, an ended session or a disabled member of staff, then %s says so before anything else',
    async endpoint => {
      const [method, template] = endpoint.split(' ') as [string, string]
      const path = template.replace(/\{\w+\}/g, 'x')
      const ended = await newToken('an operator')
      await backend.db.updateTable('sessions').set({ expires_at: backend.clock.now() }).where('token_hash', '=', hashToken(ended)).execute()
      for (const token of [null, randomBytes(32).toString('base64url'), ended]) {
        expect((await ask(token, method, path)).body.code).toBe('UNAUTHENTICATED')
      }
      const leaver = await newToken('an auditor')
      await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'an auditor').execute()
      expect((await ask(leaver, method, path)).body.code).toBe('STAFF_DISABLED')
      await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'an auditor').execute()
    },
  )
})
