// A phone whose storage does not remove what it is told to, or does nothing at all any more: what the person wanted happens all the same.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import type { ChecklistTemplate, EvidenceRequest } from '../../../typings/api.ts'
import { uuid } from '../../../miniprogram/rules/uuid.ts'
import { PackChunks } from '../../../miniprogram/stores/pack-chunks.ts'
import { merchantOf } from '../support/samples.ts'
import { startWorld, type World } from '../support/world.ts'

const shop = { sub_mchid: '1900000109', name: '科技面馆', region_name: '南山区' }
const template = {
  ...(JSON.parse(
    readFileSync(new URL('../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
  ) as ChecklistTemplate),
  version: 1,
}
const evidencePath = /\/evidence$/

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
})
afterEach(() => world.stop())

const removesNothing = () =>
  (world.kept.delete = () => {
    throw new Error('removeStorageSync:fail')
  })
const writesNothing = () =>
  (world.kept.set = () => {
    throw new Error('setStorageSync:fail')
  })
const queueTest = () => {
  const detail = { entry: 'h5_link', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' } as const
  const request = { id: uuid(), kind: 'test_payment', occurred_at: '2026-11-23T10:00:00+08:00', detail } satisfies EvidenceRequest
  expect(world.outbox.put({ shop, photos: [], content: { kind: 'evidence', request, form: {} }, revision: 0 })).toBe(true)
}

test('given a phone that removes nothing, when a person logs out, then nobody is logged in, also after a restart, and nothing is left to see', async () => {
  world.recents.addSearch('面')
  world.details.put(merchantOf())
  removesNothing()
  await world.session.logout()
  expect([world.session.status, world.session.staff]).toEqual(['login', null])
  const again = world.reopen()
  await again.session.start()
  expect([again.session.status, again.session.currentToken()]).toEqual(['login', null])
  await again.session.login()
  expect([again.recents.searches, again.details.get(shop.sub_mchid)]).toEqual([[], null])
  again.cut()
})

test('given a phone that removes nothing, when the server takes what waits, then it went once, and nothing waits, also after a restart', async () => {
  world.server.on('POST', evidencePath, () => ({ status: 201, body: { evidence: {}, migration: {} } }))
  removesNothing()
  queueTest()
  await world.settled()
  const staff_id = world.session.staff!.id
  expect([world.outbox.unsent, world.outbox.unsentOf(staff_id).waiting]).toEqual([0, 0])
  const again = world.reopen()
  await again.session.start()
  await again.outbox.flush()
  await world.settled()
  expect([again.outbox.unsent, again.outbox.unsentOf(staff_id).waiting]).toEqual([0, 0])
  expect(world.server.seen('POST', evidencePath)).toHaveLength(1)
  again.cut()
})

test('given what waits, when the person gives it up on a phone that removes nothing, then it is never sent', async () => {
  world.setOnline(false)
  queueTest()
  removesNothing()
  world.outbox.abandon(world.session.staff!.id)
  await world.session.logout()
  world.setOnline(true)
  await world.session.login()
  await world.settled()
  expect(world.outbox.unsent).toBe(0)
  expect(world.server.seen('POST', evidencePath)).toHaveLength(0)
})

test('given a storage that neither removes nor writes, when room is to be made, then that ends and says that there is none', () => {
  world.details.put(merchantOf())
  removesNothing()
  writesNothing()
  expect(() => world.phone.storage.set('more', 'than there is room for')).toThrow('setStorageSync:fail')
  expect(world.quota.dropOldest()).toBe(false)
})

test('given a phone whose network cannot be asked about, when it is asked, then it is as it was', async () => {
  const { network } = world.reopen()
  network.watch({ ...world.phone, networkNow: () => Promise.reject(new Error('getNetworkType:fail')) })
  network.changed({ online: true, weak: false })
  await network.ask()
  expect([network.online, network.mayTry]).toEqual([true, true])
})

test('given a photo of a draft, when the storage cannot be read at a start, then its file is still there for the start after', async () => {
  world.setOnline(false)
  const { id } = world.drafts.begin(shop, template, { answers: {}, origins: {} })!
  world.pictures.next = () => [Buffer.from('picture')]
  await world.drafts.addPhoto(id, 'A3')
  const started = async (fail: boolean) => {
    const app = world.reopen()
    app.reads.fail = fail
    app.start()
    // when it looks for files that nobody needs
    await world.timers.advance(10_000)
    app.cut()
    return [...world.pictures.files.keys()]
  }
  const files = [...world.pictures.files.keys()]
  expect(files).toHaveLength(1)
  expect(await started(true)).toEqual(files)
  expect(await started(false)).toEqual(files)
  world.kept.clear()
  expect(await started(false)).toEqual([])
})

test('given merchants whose index is damaged, when the person logs out, then none of them is left on the phone', async () => {
  world.details.put(merchantOf())
  const index = [...world.kept.keys()].find(key => key.endsWith(':details'))!
  world.kept.set(index, JSON.stringify('[{"sub_mchid":"19000'))
  await world.session.logout()
  expect([...world.kept.keys()].filter(key => key.includes('detail'))).toEqual([])
})

test('given a pack, when its rows cannot be read, then it is not given up, and is there at the next start', async () => {
  const chunks = new PackChunks(world.phone.storage, world.session.staff!.id)
  chunks.write('a', 0, [{ sub_mchid: shop.sub_mchid }] as never)
  chunks.keepPack({ as_of: '2026-11-23T09:00:00+08:00', since: 'then', shelf: 'a', chunks: 1, rows: 1, bytes: 1, total: 1 } as never)
  world.setOnline(false)
  const opened = async () => {
    const app = world.reopen()
    app.network.changed({ online: false, weak: false })
    await app.session.start()
    return app
  }
  const app = await opened()
  expect(app.pack.facts).not.toBeNull()
  app.reads.fail = true
  expect(app.pack.index()).toBeNull()
  app.cut()
  const again = await opened()
  expect(again.pack.facts).not.toBeNull()
  again.cut()
})

test('given a storage that takes nothing more, when a person searches, chooses a look, and opens a shop, then all of it is done', async () => {
  const merchant = merchantOf()
  world.server.on('GET', /^\/v1\/sub-merchants$/, () => ({ body: { items: [], next_cursor: null, total_estimate: 0 } }))
  world.server.on('GET', /^\/v1\/sub-merchants\/\d+$/, () => ({ body: merchant }))
  writesNothing()
  world.merchants.setQuery('面')
  await world.merchants.submit()
  expect(world.server.seen('GET', /^\/v1\/sub-merchants$/).length).toBeGreaterThan(0)
  world.preferences.setTheme('dark')
  expect(world.preferences.root_class).toBe('theme-dark')
  await world.merchant.load(shop.sub_mchid)
  await world.settled()
  expect([world.merchant.status, world.recents.merchants.map(({ sub_mchid }) => sub_mchid)]).toEqual(['ready', [shop.sub_mchid]])
})

test('given a shop that the phone kept, when it is opened without a network on a storage that takes nothing more, then it is shown', async () => {
  world.details.put(merchantOf())
  writesNothing()
  world.setOnline(false)
  await world.merchant.load(shop.sub_mchid)
  await world.settled()
  expect([world.merchant.status, world.merchant.merchant?.sub_mchid]).toEqual(['ready', shop.sub_mchid])
})

test('given a draft whose copy of the checklist is damaged, when that checklist is still the one asked, then the draft goes on', async () => {
  world.setOnline(false)
  const { id } = world.drafts.begin(shop, template, { answers: { A1: 'same' }, origins: {} })!
  world.kept.set('checklist:1', JSON.stringify('{"kept_as":1,"value":{"ite'))
  const again = async () => {
    const app = world.reopen()
    app.network.changed({ online: false, weak: false })
    await app.session.start()
    const answers = app.drafts.list.map(draft => [draft.id, draft.answers])
    app.cut()
    return answers
  }
  expect(await again()).toEqual([])
  world.kept.set('checklist', JSON.stringify({ kept_as: 1, value: { template, etag: 'a' } }))
  expect(await again()).toEqual([[id, { A1: 'same' }]])
})

test('given a draft of a newer version of the app, when an older one starts, then its photos stay, and it counts as not sent', async () => {
  world.setOnline(false)
  const { id } = world.drafts.begin(shop, template, { answers: {}, origins: {} })!
  world.pictures.next = () => [Buffer.from('picture')]
  await world.drafts.addPhoto(id, 'A3')
  const key = [...world.kept.keys()].find(one => one.endsWith(`:draft:${id}`))!
  world.kept.set(key, JSON.stringify({ ...(JSON.parse(world.kept.get(key)!) as object), kept_as: 2 }))
  const older = world.reopen()
  older.network.changed({ online: false, weak: false })
  older.start()
  await world.timers.advance(10_000)
  expect([older.drafts.list, older.outbox.unsentOf(world.session.staff!.id).drafts, world.pictures.files.size]).toEqual([[], 1, 1])
  older.cut()
})
