// Product scenario 28 as a person lives it: the pack, airplane mode, search, the shop, the checklist; airplane mode again in the middle of a photo's upload,
// the app killed, the network back. One visit, two photos, one item of evidence.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { photograph } from '../support/camera.ts'
import { searchAndOpen, tab } from '../support/person.ts'
import { createWorld, type World } from '../support/world.ts'
import sharp from 'sharp'

const shop = '1900000101'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())

const kill = async () => {
  await world.simulator.restart()
  await world.phone.at('pages/home/index')
}
const choose = (id: string, value: string) => world.phone.tap(`#ask-${id}`, `#option-${id}-${value}`)
const take = (id: string) => photograph(world, `#ask-${id}`, `#photos-${id}`)
const onServer = async () => {
  const { database } = world
  const visits = await database
    .selectFrom('visits')
    .select(['id', 'answers'])
    .where('sub_mchid', '=', shop)
    .where('received_at', '>=', began)
    .execute()
  const photos = await database.selectFrom('photos').select(['id', 'sha256', 'stored_at']).where('uploaded_at', '>=', began).execute()
  const evidence = await database
    .selectFrom('evidence')
    .select(['id', 'kind'])
    .where('sub_mchid', '=', shop)
    .where('recorded_at', '>=', began)
    .execute()
  return { visits, photos, evidence }
}
let began: Date

test('28: given a photo is half sent when the network goes and the app is killed, when both are back, then one visit with two photos is there, once', async () => {
  const { phone } = world
  began = world.clock.now()
  await phone.tap('#pack-download')
  await phone.gone('#pack')
  await world.simulator.phone.set({ offline: true })
  await searchAndOpen(phone, shop, '0101')
  await phone.reads('离线 · 更新于', '#state-offline')
  await phone.tap('#more-visit')
  await phone.at('packages/visit/edit/index')
  await phone.find('#progress')
  await choose('A1', 'same')
  await take('A3')
  await choose('A4', 'true')
  await choose('B1', 'payment_code')
  await choose('B2', 'no')
  await choose('B3', 'true')
  await take('B4')
  // without the shop's page nobody knows it for the person
  await choose('C1', 'false')
  await choose('D1', 'none')
  await choose('E1', 'true')
  await choose('E2', 'not_wanted')

  const release = world.hold(/^POST \/v1\/photos/)
  await world.simulator.phone.set({ offline: false })
  await phone.gone('#state-offline')
  await phone.tap('#bar', '#primary')
  await eventually('both photos on their way', async () => {
    if (await phone.shows('#sent')) return true
    throw new Error(`the phone shows ${await phone.path()}`)
  })
  await world.simulator.phone.set({ offline: true })
  await kill()
  release()
  expect((await onServer()).visits).toEqual([])
  await tab(phone, 'mine')
  await phone.reads('1 项还在这台手机里', '#outbox-note')

  await world.simulator.phone.set({ offline: false })
  await eventually('the visit', async () => {
    if ((await onServer()).visits.length === 1) return true
    throw new Error('it is not there yet')
  })
  await kill()
  await tab(phone, 'mine')
  await eventually('nothing waits', async () => !(await phone.text('#outbox-note')).includes('还在这台手机里'))
  const { visits, photos, evidence } = await onServer()
  expect(visits).toHaveLength(1)
  expect(photos).toHaveLength(2)
  expect(new Set(photos.map(({ sha256 }) => sha256)).size).toBe(2)
  expect(evidence.map(({ kind }) => kind)).toEqual(['flow_conclusion'])
  const { A3, B4 } = visits[0]!.answers as { A3: string[]; B4: string[] }
  expect([...A3, ...B4].sort()).toEqual(photos.map(({ id }) => id).sort())
})

test('B14: given photos that arrived, then each carries when, which shop and who in its corner, and the rest of it is untouched', async () => {
  const { photos } = await onServer()
  for (const { id } of photos) {
    const link = (await (await world.request('field_agent', 'GET', `/v1/photos/${id}/url`)).json()) as { url: string }
    const kept = sharp(Buffer.from(await (await fetch(world.backendUrl + link.url)).arrayBuffer()))
    const { data, info } = await kept.removeAlpha().raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([1_200, 900])
    const shade = (x: number, y: number) => data[(y * info.width + x) * info.channels]!
    const pixels = (left: number, top: number) =>
      Array.from({ length: 300 * 80 }, (_, at) => shade(left + (at % 300), top + Math.floor(at / 300)))
    const share = (of: number[], holds: (value: number) => boolean) => of.filter(holds).length / of.length
    const corner = pixels(20, 810)
    const opposite = pixels(880, 20)
    // the band, with white figures in it
    expect(share(corner, value => value < 130)).toBeGreaterThan(0.5)
    expect(share(corner, value => value > 220)).toBeGreaterThan(0.03)
    expect(share(opposite, value => value < 130)).toBe(0)
  }
})
