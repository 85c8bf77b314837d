// 管理: nobody is shown a door that stays shut, and every door leads to a page that exists.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { actionsOf } from '../../../../../backend/company/staff/permissions.ts'
import type { Role } from '../../../../../backend/http/schema.ts'
import { roomsFor } from '../../../../../miniprogram/packages/manage/desk/rooms.ts'

interface AppJson {
  pages: string[]
  subPackages: { root: string; pages: string[] }[]
}
const app = JSON.parse(readFileSync('miniprogram/app.json', 'utf8')) as AppJson
const pages = new Set(
  [...app.pages, ...app.subPackages.flatMap(({ root, pages }) => pages.map(page => `${root}/${page}`))].map(page => `/${page}`),
)
const of = (role: Role) => roomsFor(actionsOf(role)).map(room => room.id)

test('given any role, then each of its rooms leads to a page of the app', () => {
  for (const role of ['field_agent', 'region_lead', 'operator', 'auditor', 'admin'] as const)
    for (const room of roomsFor(actionsOf(role))) expect([room.id, pages.has(room.url.split('?')[0]!)]).toEqual([room.id, true])
})
test('given an agent, then figures of the whole are left out', () => {
  expect(of('region_lead')).toContain('receipt-loads')
  expect(of('field_agent')).toEqual(['approvals', 'notices', 'audit', 'exports'])
})
