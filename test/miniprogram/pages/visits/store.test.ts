import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startWorld, type World } from '../../support/world.ts'
import type { VisitRow } from '../../../../typings/api.ts'

const visit: VisitRow = {
  id: '00000000-0000-4000-8002-000000000001',
  sub_mchid: '1900000109',
  merchant: { name: '科技面馆', short_name: '科技面馆', region_code: '440305', region_name: '南山区' },
  staff: { id: 'staff-03', display_name: '业务员 03' },
  template_version: 1,
  status: 'submitted',
  started_at: '2026-11-23T09:00:00+08:00',
  ended_at: '2026-11-23T09:20:00+08:00',
  received_at: '2026-11-23T09:20:00+08:00',
  photo_count: 0,
  review: null,
  can_review: false,
}

let world: World

beforeEach(async () => {
  world = await startWorld()
  world.server.on('GET', /^\/v1\/visits/, () => ({ body: { items: [visit], next_cursor: null, total_estimate: 1 } }))
  await world.session.login()
  await world.visitLists.submitted.refresh()
})
afterEach(() => world.stop())

const openedOffline = async () => {
  const again = world.reopen()
  again.network.changed({ online: false, weak: false })
  await again.session.start()
  await again.visitLists.submitted.refresh()
  await again.visitLists.returned.refresh()
  return again
}

describe('visits that the server gave before the app was killed', () => {
  it('given there is no network, then they are shown with their time; of a list that was never read, that there is none', async () => {
    const again = await openedOffline()
    const { submitted, returned } = again.visitLists
    expect(submitted.rows.map(({ name }) => name)).toEqual(['科技面馆'])
    expect([submitted.status, submitted.total, submitted.more]).toEqual(['ready', 1, 'end'])
    expect(submitted.as_of_label).toMatch(/^离线 · 显示今天 10:00 的数据$/)
    expect([returned.status, returned.rows]).toEqual(['offline', []])
    again.cut()
  })
  it('given the network is back, then what the server says takes their place', async () => {
    const again = await openedOffline()
    world.server.on('GET', /^\/v1\/visits/, () => ({ body: { items: [], next_cursor: null, total_estimate: 0 } }))
    again.network.changed({ online: true, weak: false })
    await again.visitLists.submitted.refresh()
    expect([again.visitLists.submitted.status, again.visitLists.submitted.as_of_label]).toEqual(['empty', ''])
    again.cut()
  })
  it('given the person logged out, then nothing of them stays on the phone', async () => {
    expect([...world.kept.keys()].some(key => key.endsWith(':visit-lists'))).toBe(true)
    world.server.on('DELETE', /^\/v1\/sessions\/current$/, () => ({ status: 204, body: null }))
    await world.session.logout()
    expect([...world.kept.keys()].some(key => key.endsWith(':visit-lists'))).toBe(false)
    expect(world.visitLists.submitted.rows).toEqual([])
  })
})
