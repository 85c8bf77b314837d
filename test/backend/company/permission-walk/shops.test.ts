// What each person may do at a shop and finds in lists, by role and scope, against the permission table of product.md §9.
import type { Action } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Me } from '../../../../backend/company/staff/schema.ts'
import { day, type Answer } from '../../support/backend.ts'
import { ofFieldWork, sendPhotoAs } from './field-work.ts'
import { mayDo, rules } from './table.ts'
import {
  ask,
  type Ask,
  backend,
  control,
  everyPlace,
  evidence,
  newToken,
  ofMerchant,
  people,
  type Person,
  type Place,
  places,
  question,
  shop,
  startWalk,
  write,
} from './world.ts'

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
