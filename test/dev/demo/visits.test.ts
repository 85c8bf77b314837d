// The demo visits as the app meets them: over HTTP, with their photos, and as good as if the phone had sent them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { faultsOf } from '../../../miniprogram/shared/checklist.ts'
import type { ChecklistTemplate } from '../../../backend/field-work/checklists/schema.ts'
import { difficultMerchants } from '../../../dev/demo/difficulties.ts'
import { byRole } from '../../../dev/demo/organisation.ts'
import { visits } from '../../../dev/demo/visits.ts'
import type { Evidence } from '../../../backend/evidence/schema.ts'
import type { Summary } from '../../../backend/workbench/schema.ts'
import type { Visit, VisitPage } from '../../../backend/field-work/visits/schema.ts'
import { createWorld, type World } from '../../support/world.ts'

const checklist = JSON.parse(
  readFileSync(new URL('../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
) as ChecklistTemplate
let world: World
beforeAll(async () => {
  world = await createWorld({ headless: false })
})
afterAll(() => world.close())
const read = async <T>(role: string, path: string) => (await (await world.request(role, 'GET', path)).json()) as T

test('given the agent, then he has a visit that waits, one returned with its reason, and two accepted', async () => {
  const { items } = await read<VisitPage>('field_agent', '/v1/visits?mine=true')
  expect(items.map(({ sub_mchid, status, review }) => [sub_mchid, status, review?.comment ?? null])).toEqual([
    ['1900000114', 'returned', '门头照片看不清招牌，请补拍后再提交'],
    ['1900000104', 'submitted', null],
    ['1900000102', 'accepted', null],
    ['1900000120', 'accepted', '照片清楚'],
  ])
  expect((await read<Summary>('field_agent', '/v1/summary')).returned_visits).toBe(1)
})

test('given the lead and the operator, then each has one to review, and not their own', async () => {
  const toReview = async (role: string) =>
    (await read<VisitPage>(role, '/v1/visits?status=submitted')).items.filter(one => one.can_review).map(({ sub_mchid }) => sub_mchid)
  expect(await toReview('region_lead')).toEqual(['1900000104'])
  expect(await toReview('operator')).toEqual(['1900000149', '1900000104'])
})

describe.each(visits.map(visit => [visit.sub_mchid, visit] as const))('the visit of %s', (sub_mchid, visit) => {
  test('given its answers, then the checklist finds no fault in them and every photo of theirs is there', () => {
    expect(faultsOf(checklist, visit.answers)).toEqual([])
    const named = Object.values(visit.answers).flatMap(answer => (Array.isArray(answer) ? (answer as string[]) : []))
    expect(visit.photos.every(({ id }) => named.includes(id))).toBe(true)
  })

  test('given its photos, then each opens by its link', async () => {
    const { photos } = await read<Visit>(visit.by, `/v1/visits/${visit.id}`)
    expect(photos.map(({ id }) => id)).toEqual(visit.photos.map(({ id }) => id))
    for (const { id } of photos) {
      const { url } = await read<{ url: string }>(visit.by, `/v1/photos/${id}/url`)
      const picture = await fetch(new URL(url, world.backendUrl))
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
      expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(10_000)
    }
  })

  test('given its conclusions, then they stand in the timeline once, at the moment when it ended', async () => {
    const [whole, { items }] = await Promise.all([
      read<Visit>(visit.by, `/v1/visits/${visit.id}`),
      read<{ items: Evidence[] }>(visit.by, `/v1/sub-merchants/${sub_mchid}/evidence?limit=100`),
    ])
    const own = whole.evidence.map(({ evidence_id }) => items.find(({ id }) => id === evidence_id)!)
    expect(own.map(({ kind }) => kind)).toEqual(whole.evidence.map(({ kind }) => kind))
    for (const item of own) {
      expect([item.occurred_at, item.recorded_by?.id]).toEqual([whole.ended_at, byRole(visit.by).id])
      expect(items.filter(({ kind, occurred_at }) => kind === item.kind && occurred_at === item.occurred_at)).toHaveLength(1)
    }
    expect(difficultMerchants.some(one => one.sub_mchid === sub_mchid)).toBe(true)
  })
})
