import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { PhotoLinks } from '../../../../../miniprogram/packages/visit/stores/photo-links.ts'
import { startWorld, type World } from '../../../support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
  world.server.on('GET', /\/url$/, () => ({ body: { url: `/photos/1?${world.server.seen('GET', /\/url$/).length}` } }))
})
afterEach(() => world.stop())

test.each([
  ['a quarter of an hour went by', 15 * 60_000, 0, 2],
  ['a minute went by', 60_000, 0, 1],
  ['the clock was set back by a day since', 60_000, -86_400_000, 2],
])('given %s, then a link is asked for as often as it may have ended', async (_, passed, clock, asked) => {
  const links = new PhotoLinks({ api: world.api, timers: world.timers }, () => 'http://backend')
  await links.load(['1'])
  world.timers.setClock(clock)
  await world.timers.advance(passed)
  await links.load(['1'])
  expect(links.src('1')).toBe(`http://backend/photos/1?${asked}`)
})
