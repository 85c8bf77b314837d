// 服务商设置 of a company with several numbers: each has its own settings, and what is changed belongs to the number in front.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { startWorld, type World } from '../../../support/world.ts'
import { me } from '../../../support/samples.ts'

const numberOf = (sp_mchid: string, stale_after_days: number) => ({
  sp_mchid,
  name: `服务商 ${sp_mchid.slice(-1)}`,
  receipt_link_configured: true,
  receipt_links: [],
  default_open_since: null,
  default_open_changes: [],
  stale_after_days,
  rollout_rate_per_minute: 60,
  watch: { enabled: false, days: 7, min_payments: 20 },
  judged_by_default_open: 0,
  rederiving: null,
  readiness: [],
  changed_by: null,
  changed_at: null,
  version: 3,
})
const [home, other] = ['1900000001', '1900000002']
let world: World
const written = () => world.server.seen('PUT', /^\/v1\/provider\//)
beforeEach(async () => {
  world = await startWorld()
  world.server.on('GET', /^\/v1\/me$/, () => ({
    body: { ...me(new Date(world.timers.now()).toISOString()), actions: ['settings.read', 'settings.manage'] },
  }))
  world.server.on('GET', /^\/v1\/provider$/, () => ({ body: { numbers: [numberOf(home!, 90), numberOf(other!, 45)] } }))
  world.server.on('PUT', /^\/v1\/provider\/\d+$/, ({ path, body }) => ({
    body: { ...numberOf(path.slice(-10), 0), ...(body as object), version: 4 },
  }))
  await world.session.login()
  await world.provider.refresh()
})
afterEach(() => world.stop())

it('given two numbers, then the home number is in front, and another is shown with its own settings', () => {
  expect([world.provider.current?.sp_mchid, world.provider.settings?.stale_after_days]).toEqual([home, 90])
  expect(world.provider.choose(other!)).toBe(true)
  expect([world.provider.current?.sp_mchid, world.provider.settings?.stale_after_days]).toEqual([other, 45])
})
it('given a change of the second number, then that number alone is written and stays in front', async () => {
  world.provider.choose(other!)
  world.provider.typeNumber('stale_after_days', '30')
  expect(await world.provider.save()).toBe(true)
  expect(written().map(({ path }) => path)).toEqual([`/v1/provider/${other}`])
  expect(world.provider.numbers.map(({ sp_mchid, stale_after_days }) => [sp_mchid, stale_after_days])).toEqual([
    [home, 90],
    [other, 30],
  ])
  expect(world.provider.current?.sp_mchid).toBe(other)
})
it('given a change that is neither saved nor given up, then its number stays in front', () => {
  world.provider.typeNumber('stale_after_days', 'x')
  expect([world.provider.choose(other!), world.provider.current?.sp_mchid]).toEqual([false, home])
  world.provider.discard()
  expect(world.provider.choose(other!)).toBe(true)
  expect(world.provider.typed).toEqual({})
})
