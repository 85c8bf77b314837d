// The stores of the provider's desk: opening one page makes what that page shows, and nothing of the others.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { createManageStores } from '../../../../../miniprogram/packages/manage/stores/create.ts'
import type { ManageParts } from '../../../../../miniprogram/packages/manage/stores/parts.ts'
import { manageParts } from '../../../support/scripts-of.ts'
import { startWorld, type World } from '../../../support/world.ts'

let world: World
/** scripts of stores, in the order in which they ran */
let ran: string[]
beforeEach(async () => {
  world = await startWorld()
  ran = []
  world.server.on('GET', /^\/v1\/staff$/, () => ({
    body: {
      items: [
        {
          id: 's-1',
          display_name: '业务员 21',
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
        },
      ],
      next_cursor: null,
      total_estimate: 1,
    },
  }))
  await world.session.login()
})
afterEach(() => world.stop())

it('given the desk, when 员工 opens, then no script of another page runs; given another network and an account that leaves, then only what was opened is told', async () => {
  const parts = new Proxy(manageParts, {
    get: (all, name: keyof ManageParts) => {
      ran.push(name)
      return all[name]
    },
  })
  const { files } = world.chat
  const { stores, wire } = createManageStores(
    world.base,
    { files, exportFiles: world.exported.files, subscriber: { ask: async () => null } },
    parts,
  )
  const cut = wire()
  expect(ran).toEqual([])
  const { staff } = stores
  await staff.list.refresh()
  expect([ran, staff.rows.map(({ name }) => name)]).toEqual([['staff'], ['业务员 21']])
  world.setOnline(false)
  world.setOnline(true)
  await world.session.logout()
  expect([ran, staff.rows]).toEqual([['staff'], []])
  // a person's own page follows the list that is there
  expect(stores.person).toBe(stores.person)
  expect([ran, stores.staff]).toEqual([['staff', 'person'], staff])
  cut()
})
