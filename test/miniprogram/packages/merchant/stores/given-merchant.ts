// One merchant, and a server that answers for it: what the tests of its store begin with.
import { afterEach, beforeEach } from '@jest/globals'
import type { Operation } from '../../../../../typings/api.ts'
import type { Reply } from '../../../support/http-server.ts'
import { me, merchantOf, rowOf } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

export const ID = '1900000109'
export const one = /^\/v1\/sub-merchants\/1900000109$/
export const goldPlan = /\/gold-plan\/jsapi$/
export const receipt = /\/receipt$/
export const operations = /^\/v1\/operations\//

/** Called once at the top of a test file: a world for each of its tests. */
export function merchantWorld() {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    await world.session.login()
  })
  afterEach(() => world.stop())

  async function given(over: Parameters<typeof merchantOf>[0] = {}) {
    world.server.on('GET', one, () => ({ body: merchantOf(over) }))
    await world.merchant.load(ID)
  }
  /** A list has shown it; its own page was never opened here. Its person may record evidence. */
  async function listed(sub_mchid: string, name: string) {
    const server_time = new Date(world.timers.now()).toISOString()
    world.server.on('GET', /^\/v1\/me$/, () => {
      const whole = me(server_time)
      return { body: { ...whole, actions: [...whole.actions, 'evidence.write', 'visit.write'] } }
    })
    await world.session.measure()
    world.server.on('GET', /^\/v1\/sub-merchants$/, () => ({
      body: { items: [rowOf(sub_mchid, name)], next_cursor: null, total_estimate: 1 },
    }))
    await world.merchants.enter()
    await world.timers.advance(1_000)
    return { phone: world.phone }
  }
  const opened = (over: Parameters<typeof merchantOf>[0] = {}) =>
    merchantOf({ gold_plan: { jsapi: { status: 'open' } }, version: 8, ...over })
  const receiptOpen = (over: Parameters<typeof merchantOf>[0] = {}) => merchantOf({ receipt: { status: 'open' }, version: 8, ...over })
  const operation = (status: Operation['status'], more: Partial<Operation> = {}): Reply => ({
    body: {
      key: 'k',
      sub_mchid: ID,
      kind: 'gold_plan.open',
      status,
      code: null,
      message: null,
      wx_request_id: null,
      wx_message: null,
      started_at: '2026-11-23T10:00:00+08:00',
      finished_at: null,
      next_attempt_at: null,
      ...more,
    },
  })
  const keysOf = (method: string, path: RegExp) => world.server.seen(method, path).map(({ headers }) => headers['idempotency-key'])

  return {
    get world() {
      return world
    },
    given,
    listed,
    opened,
    receiptOpen,
    operation,
    keysOf,
  }
}
