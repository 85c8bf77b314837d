// The checklist as data: served with its version, replaced by an administrator, never changed.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type {
  ChecklistContent,
  ChecklistDraft,
  ChecklistTemplate,
  ChecklistVersionList,
} from '../../../../backend/field-work/checklists/schema.ts'
import { templateFaults } from '../../../../backend/field-work/checklists/validate.ts'
import type { Problem, Role } from '../../../../backend/http/schema.ts'
import { day, minute, startBackend, type Backend } from '../../support/backend.ts'
import { answersWithoutJsapi, sendPhoto } from '../visits/given.ts'

let backend: Backend
let first: ChecklistTemplate
const path = '/v1/checklist-templates/current'
const draftPath = '/v1/checklist-templates/draft'
beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant('1900000101')
  first = (await backend.call<ChecklistTemplate>('field_agent', 'GET', path)).body
})
afterAll(() => backend.close())

type Refused = Partial<Problem> & { current: ChecklistDraft }
const contentOf = ({ title_zh, title_en, sections, items }: ChecklistContent): ChecklistContent => ({ title_zh, title_en, sections, items })
const draftNow = async () => (await backend.call<ChecklistDraft>('admin', 'GET', draftPath)).body
const headers = (version: number, key: string = randomUUID()) => ({ 'idempotency-key': key, 'if-match': `"${version}"` })
const save = (version: number, body: object, role: Role = 'admin', key?: string) =>
  backend.call<ChecklistDraft & Refused>(role, 'PUT', draftPath, { body, headers: headers(version, key) })
const discard = (version: number, key?: string) =>
  backend.call<ChecklistDraft & Refused>('admin', 'DELETE', draftPath, { headers: headers(version, key) })
const publish = (version: number, { comment = '按新版流程', role = 'admin' as Role, key = randomUUID() as string } = {}) =>
  backend.call<ChecklistTemplate & Refused>(role, 'POST', '/v1/checklist-templates', { body: { comment }, headers: headers(version, key) })
const trail = (action: string) =>
  backend.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', `checklist_template.${action}`)
    .orderBy('at')
    .orderBy('written_in')
    .execute()
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

test('given nobody has begun a draft, then it is the current version without faults; only an administrator sees it', async () => {
  expect(await draftNow()).toMatchObject({
    version: 0,
    begun: false,
    current_version: 1,
    content: contentOf(first),
    changes: { added: [], removed: [], changed: [], moved: false },
    faults: [],
    facts_lost: [],
    updated_by: null,
  })
  for (const role of ['field_agent', 'region_lead', 'operator', 'auditor'] as const) {
    expect((await backend.call<Refused>(role, 'GET', draftPath)).body.code).toBe('ACTION_FORBIDDEN')
    expect((await backend.call<Refused>(role, 'GET', '/v1/checklist-templates')).body.code).toBe('ACTION_FORBIDDEN')
    expect([(await save(0, contentOf(first), role)).status, (await publish(0, { role })).status]).toEqual([403, 403])
  }
})

test('given a draft, when an item that others depend on goes, then each fault stands at its item and the lost fact is named', async () => {
  const items = first.items.filter(({ id }) => id !== 'B2').map(item => (item.id === 'F4' ? { ...item, label_zh: '遗留的问题' } : item))
  const { status, body } = await save(0, { ...contentOf(first), items })
  expect([status, body.version, body.begun, body.updated_by]).toEqual([200, 1, true, 'admin'])
  expect(body.changes).toEqual({ added: [], removed: ['B2'], changed: ['F4'], moved: false })
  expect(body.faults.map(({ field, code }) => [items[Number(field.split('.')[1])]!.id, code])).toEqual([
    ['B3', 'NOT_THERE'],
    ['C2', 'NOT_THERE'],
    ['F1', 'NOT_THERE'],
  ])
  expect(body.facts_lost).toEqual(['web_page'])
  const refused = await publish(1)
  expect([refused.status, refused.body.errors!.length]).toEqual([422, 3])
  expect((await backend.call<ChecklistTemplate>('field_agent', 'GET', path)).body.version).toBe(1)
})

test('given two who write at once, then the second keeps what the first wrote and is shown it; thrown away, then an old version number stays old', async () => {
  const seen = await draftNow()
  const mine = { ...contentOf(first), title_zh: '甲的标题' }
  const theirs = { ...contentOf(first), title_zh: '乙的标题' }
  const both = await Promise.all([save(seen.version, mine), save(seen.version, theirs)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  const [won, lost] = both[0]!.status === 200 ? both : [both[1]!, both[0]!]
  expect(lost!.body.current.content.title_zh).toBe(won!.body.content.title_zh)
  expect(lost!.body.current.updated_by).toBe('admin')
  const key = randomUUID()
  const gone = await discard(won!.body.version, key)
  expect(gone.body).toMatchObject({ begun: false, version: won!.body.version + 1, content: { title_zh: first.title_zh } })
  expect((await discard(won!.body.version, key)).headers.get('idempotent-replayed')).toBe('true')
  expect((await save(won!.body.version, mine)).body.code).toBe('VERSION_MISMATCH')
  expect((await publish(gone.body.version)).body.errors).toMatchObject([{ code: 'NOTHING_CHANGED' }])
  const untouched = await save(gone.body.version, contentOf(first))
  expect((await publish(untouched.body.version)).body.errors).toMatchObject([{ code: 'NOTHING_CHANGED' }])
  expect((await trail('discard')).length).toBe(1)
})

test('given a draft is published, then it counts from now; the first can still be read and is taken for 30 days, and the trail tells who and why', async () => {
  const { version } = await draftNow()
  const added = { id: 'F5', section: 'F', type: 'bool', required: false, label_zh: '已留下服务电话', label_en: 'Left our number' }
  const items = [...first.items.slice(1, 2), ...first.items.slice(0, 1), ...first.items.slice(2), added].map(item =>
    item.id === 'A2' ? { ...item, if: undefined, required: false } : item,
  )
  const saved = await save(version, { ...contentOf(first), title_zh: '商户上线检查（新）', items })
  expect([saved.body.faults, saved.body.changes]).toEqual([[], { added: ['F5'], removed: [], changed: ['A2'], moved: true }])
  expect((await publish(saved.body.version, { comment: ' ' })).body.errors).toMatchObject([{ field: 'comment' }])
  const key = randomUUID()
  const both = await Promise.all([publish(saved.body.version, { key }), publish(saved.body.version)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  const again = await publish(saved.body.version, { key })
  expect([again.status, again.body.version ?? again.body.current?.current_version]).toEqual([both[0]!.status, 2])
  expect((await backend.call<ChecklistTemplate>('field_agent', 'GET', path)).body).toMatchObject({
    version: 2,
    title_zh: '商户上线检查（新）',
  })
  expect((await backend.call<ChecklistTemplate>('field_agent', 'GET', '/v1/checklist-templates/1')).body).toEqual(first)
  expect((await backend.call('field_agent', 'GET', '/v1/checklist-templates/3')).status).toBe(404)
  expect(await trail('publish')).toMatchObject([
    {
      actor_id: 'staff-admin',
      before: { version: 1 },
      after: { version: 2, added: ['F5'], changed: ['A2'], moved: true },
      reason: '按新版流程',
    },
  ])
  const { items: versions } = (await backend.call<ChecklistVersionList>('admin', 'GET', '/v1/checklist-templates')).body
  expect(versions.map(({ version: number, published_by, comment, item_count }) => [number, published_by, comment, item_count])).toEqual([
    [2, 'admin', '按新版流程', 25],
    [1, null, null, 24],
  ])
  expect(await draftNow()).toMatchObject({ begun: false, current_version: 2, changes: { added: [] } })

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
    ['a condition on an item that is not there', change('A2', { if: { item: 'Z9', is: 'yes' } }), 'items.1.if.item', 'NOT_THERE'],
    ['a condition on itself', change('A2', { if: { item: 'A2', is: 'yes' } }), 'items.1.if.item', 'CYCLE'],
    ['two conditions on each other', () => change('A1', { if: { item: 'A2', is: 'x' } })(), 'items.0.if.item', 'CYCLE'],
    ['a condition on a choice that is not there', change('B3', { if: { item: 'B2', is: 'never' } }), 'items.6.if.is', 'NOT_ALLOWED'],
    ['a condition that takes a yes for a choice', change('D4', { if: { item: 'D2', is: 'yes' } }), 'items.17.if.is', 'WRONG_TYPE'],
    ['a condition on a photo', change('A4', { if: { item: 'A3', is: true } }), 'items.3.if.item', 'NOT_ALLOWED'],
    ['a choice without options', change('E2', { options: undefined }), 'items.19.options', 'REQUIRED'],
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
  ])('given %s, then it is named', (_, items, field, code) => {
    expect(templateFaults({ ...contentOf(first), items: items() as ChecklistContent['items'] })).toContainEqual(
      expect.objectContaining({ field, code }),
    )
  })

  test('given an unknown type, a blank label or no item at all, then it cannot even be kept as a draft', async () => {
    const { version } = await draftNow()
    for (const items of [change('E2', { type: 'slider' })(), change('E2', { label_zh: '' })(), []])
      expect((await save(version, { ...contentOf(first), items })).body.code).toBe('VALIDATION_FAILED')
    expect((await draftNow()).version).toBe(version)
  })
})
