// The checklist as data: served with its version, replaced by an administrator, never changed.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ChecklistTemplate } from '../../../../backend/field-work/checklists/schema.ts'
import { templateFaults } from '../../../../backend/field-work/checklists/validate.ts'
import type { Problem, Role } from '../../../../backend/http/schema.ts'
import { day, minute, startBackend, type Backend } from '../../support/backend.ts'
import { answersWithoutJsapi, sendPhoto } from '../visits/given.ts'

let backend: Backend
let first: ChecklistTemplate
const path = '/v1/checklist-templates/current'
beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant('1900000101')
  first = (await backend.call<ChecklistTemplate>('field_agent', 'GET', path)).body
})
afterAll(() => backend.close())

const contentOf = ({ template_id: _id, published_at: _at, ...content }: ChecklistTemplate) => content
const publish = (body: object, role: Role = 'admin', key: string = randomUUID()) =>
  backend.call<ChecklistTemplate & Partial<Problem>>(role, 'PUT', path, { body, headers: { 'idempotency-key': key } })
const visit = async (template_version: number) =>
  backend.call<Partial<Problem>>('field_agent', 'PUT', `/v1/visits/${randomUUID()}`, {
    headers: { 'idempotency-key': randomUUID() },
    body: {
      sub_mchid: '1900000101',
      template_version,
      status: 'submitted',
      started_at: new Date(backend.clock.now().getTime() - minute).toISOString(),
      ended_at: backend.clock.now().toISOString(),
      answers: answersWithoutJsapi(await sendPhoto(backend, 'A3')),
    },
  })

test('given the checklist that I have, when I ask again, then 304; the first comes with the program and has no faults', async () => {
  const answer = await backend.call('field_agent', 'GET', path)
  const etag = answer.headers.get('etag')!
  expect((await backend.call('field_agent', 'GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect([first.template_id, first.version, first.items.length, templateFaults(first)]).toEqual(['onboarding', 1, 24, []])
})

test('given a second version, then it counts from now; the first can still be read and is taken for 30 days, and both trails tell who', async () => {
  const key = randomUUID()
  const next = { ...contentOf(first), version: 2, title_zh: '商户上线检查（新）' }
  expect((await publish(next, 'operator')).body.required_action).toBe('settings.manage')
  expect((await publish({ ...next, version: 3 })).body).toMatchObject({ code: 'TEMPLATE_OUTDATED', current_version: 1 })
  const both = await Promise.all([publish(next, 'admin', key), publish(next)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const again = await publish(next, 'admin', key)
  expect([again.status, again.body.version ?? again.body.current_version]).toEqual([both[0]!.status, 2])
  expect((await backend.call<ChecklistTemplate>('field_agent', 'GET', path)).body).toMatchObject({ version: 2, title_zh: next.title_zh })
  expect((await backend.call<ChecklistTemplate>('field_agent', 'GET', '/v1/checklist-templates/1')).body).toEqual(first)
  expect((await backend.call('field_agent', 'GET', '/v1/checklist-templates/3')).status).toBe(404)
  const trail = await backend.db.selectFrom('audit_entries').selectAll().where('action', '=', 'checklist_template.publish').execute()
  expect(trail).toMatchObject([{ actor_id: 'staff-admin', before: { version: 1 }, after: { version: 2 } }])

  expect([(await visit(1)).status, (await visit(2)).status]).toEqual([201, 201])
  backend.sandbox.control.clock.advance(29 * day)
  expect((await visit(1)).status).toBe(201)
  backend.sandbox.control.clock.advance(2 * day)
  expect((await visit(1)).body).toMatchObject({ code: 'TEMPLATE_OUTDATED', current_version: 2 })
})

describe('a checklist that cannot be asked', () => {
  const change = (id: string, fields: object) => () => first.items.map(item => (item.id === id ? { ...item, ...fields } : item))
  test.each([
    ['the same id twice', () => [...first.items, first.items[0]!], 'items.24.id', 'NOT_UNIQUE'],
    ['a section that is not there', change('F4', { section: 'Z' }), 'items.23.section', 'NOT_ALLOWED'],
    ['a condition on a later item', change('A2', { if: { item: 'B2', is: 'yes' } }), 'items.1.if.item', 'NOT_EARLIER'],
    ['a condition on itself', change('A2', { if: { item: 'A2', is: 'yes' } }), 'items.1.if.item', 'NOT_EARLIER'],
    ['a condition on a choice that is not there', change('B3', { if: { item: 'B2', is: 'never' } }), 'items.6.if.is', 'NOT_ALLOWED'],
    ['a condition that takes a yes for a choice', change('D4', { if: { item: 'D2', is: 'yes' } }), 'items.17.if.is', 'WRONG_TYPE'],
    ['a condition on a photo', change('A4', { if: { item: 'A3', is: true } }), 'items.3.if.item', 'NOT_ALLOWED'],
    ['a choice without options', change('E2', { options: undefined }), 'items.19.options', 'REQUIRED'],
    ['an unknown type', change('E2', { type: 'slider' }), 'items.19.type', 'NOT_ALLOWED'],
    ['more photos than a visit has', change('B4', { max: 10 }), 'items.7.max', 'NOT_ALLOWED'],
    ['two items for one fact', change('C5', { fact: 'all_entries_checked' }), 'items.13.fact', 'NOT_UNIQUE'],
    ['a fact with another type', change('F3', { fact: 'refunded' }), 'items.22.fact', 'NOT_UNIQUE'],
    [
      'a page that nobody knows',
      change('C3b', {
        options: [
          { value: 'new_page', label_zh: '新', label_en: 'New' },
          { value: 'closed', label_zh: '关', label_en: 'Closed' },
        ],
      }),
      'items.11.options',
      'NOT_ALLOWED',
    ],
  ])('given %s, then 422 names it', async (_, items, field, code) => {
    const { version } = (await backend.call<ChecklistTemplate>('admin', 'GET', path)).body
    const { status, body } = await publish({ ...contentOf(first), version: version + 1, items: items() })
    expect([status, body.errors]).toEqual([422, expect.arrayContaining([expect.objectContaining({ field, code })])])
  })
})
