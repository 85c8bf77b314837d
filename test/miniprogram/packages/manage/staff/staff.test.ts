// 员工: what the list asks for, and what follows what is changed elsewhere.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { StaffMember } from '../../../../../typings/api.ts'
import { startWorld, type World } from '../../../support/world.ts'

const memberOf = (id: string, display_name: string): StaffMember => ({
  id,
  display_name,
  role: 'field_agent',
  region_codes: ['440305'],
  region_names: ['深圳市南山区'],
  assigned_only: false,
  status: 'active',
  last_seen_at: null,
  bound: true,
  invite: null,
  workload: { shops: 0, stale: 0, submitted: 0, returned: 0 },
  version: 1,
})
let world: World
const asked = () => world.server.seen('GET', /^\/v1\/staff$/)
beforeEach(async () => {
  world = await startWorld()
  world.server.on('GET', /^\/v1\/staff$/, ({ query }) => ({
    body: query.get('cursor')
      ? { items: [memberOf('s-2', '业务员 22')], next_cursor: null, total_estimate: 2 }
      : { items: [memberOf('s-1', '业务员 21')], next_cursor: 'c1', total_estimate: 2 },
  }))
  await world.session.login()
  await world.staff.list.refresh()
})
afterEach(() => world.stop())

it('given filters and a search, then they are asked for together, the search after the last keystroke', async () => {
  await world.staff.list.narrow({ role: 'field_agent' })
  await world.staff.list.narrow({ region: { code: '440300', name: '深圳市' }, status: 'active' })
  world.staff.setQuery('业')
  world.staff.setQuery('业务')
  await world.timers.advance(300)
  expect(asked()).toHaveLength(4)
  expect(Object.fromEntries(asked()[3]!.query)).toEqual({ q: '业务', role: 'field_agent', region_code: '440300', status: 'active' })
  await world.staff.clear()
  expect([Object.fromEntries(asked()[4]!.query), world.staff.list.narrowed]).toEqual([{}, false])
})
it("given a customer's payment code in the box, then it is emptied and nothing is asked", async () => {
  world.staff.setQuery('134567890123456789')
  await world.timers.advance(1_000)
  expect([world.staff.list.filter.query, world.staff.refused, asked().length]).toEqual(['', true, 1])
})
it('given more people, then page by page; a person that was changed on their page is drawn as they are now', async () => {
  await world.staff.list.loadMore()
  expect(asked()[1]!.query.get('cursor')).toBe('c1')
  expect([world.staff.rows.map(({ name }) => name), world.staff.total_label]).toEqual([['业务员 21', '业务员 22'], '2 人'])
  world.staff.follow({ ...memberOf('s-2', '改名了'), status: 'disabled' })
  expect(world.staff.rows[1]).toMatchObject({ name: '改名了', status_label: '已停用' })
})
it('given a page that was left, then the next who opens it sees everybody', async () => {
  await world.staff.list.narrow({ role: 'field_agent', query: '业' })
  world.staff.leave()
  expect([world.staff.rows, world.staff.list.narrowed]).toEqual([[], false])
  await world.staff.list.refresh()
  expect(Object.fromEntries(asked().at(-1)!.query)).toEqual({})
})
it('given another account, then nothing of the last one stays', async () => {
  await world.session.logout()
  expect([world.staff.rows, world.staff.list.status]).toEqual([[], 'idle'])
})
