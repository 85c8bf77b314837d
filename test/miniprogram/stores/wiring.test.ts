import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { me } from '../support/samples.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let under: { done: number; total: number } | null
let asked = 0

beforeEach(async () => {
  world = await startWorld()
  under = { done: 10, total: 40 }
  asked = 0
  world.server.on('GET', /^\/v1\/me$/, () => {
    asked += 1
    const body = me(new Date(world.timers.now()).toISOString())
    return { body: { ...body, provider: { ...body.provider, rederiving: under } } }
  })
  await world.session.login()
})
afterEach(() => world.stop())

describe('while verdicts follow a change of 默认开通', () => {
  it('given the app stays open, then it is asked each minute how far they are, until they are', async () => {
    world.minute.start()
    under = { done: 30, total: 40 }
    await world.timers.advance(60_000)
    await world.settled()
    expect(world.session.me?.provider.rederiving).toEqual({ done: 30, total: 40 })
    under = null
    await world.timers.advance(60_000)
    await world.settled()
    expect(world.session.me?.provider.rederiving ?? null).toBeNull()
    const before = asked
    await world.timers.advance(180_000)
    await world.settled()
    expect(asked).toBe(before)
    world.minute.stop()
  })
  it('given there is no network, then nobody asks', async () => {
    world.setOnline(false)
    world.minute.start()
    const before = asked
    await world.timers.advance(60_000)
    expect(asked).toBe(before)
    world.minute.stop()
  })
})
