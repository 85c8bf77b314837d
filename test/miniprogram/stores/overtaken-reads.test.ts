// A read that left the server before a write was answered, and arrives after it: on a slow line answers change places, and what was just done would seem undone.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { PagedList } from '../../../miniprogram/stores/paged-list.ts'
import { Resource } from '../../../miniprogram/stores/resource.ts'
import { me } from '../support/samples.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.stop())

/** Reads that the test answers, in the order in which they were asked. */
function reads<T>() {
  const asked: ((value: T) => void)[] = []
  const read = () => new Promise<T>(resolve => asked.push(resolve))
  const answer = async (turn: number, value: T) => {
    asked[turn - 1]!(value)
    await new Promise(done => setImmediate(done))
  }
  return { read, answer, times: () => asked.length }
}

describe('what a page shows', () => {
  it.each(['put', 'change'] as const)(
    'given a write answered by %s while it is read anew, then it stays, and is read once more',
    async by => {
      const shown = new Resource<string>(world.context)
      const { read, answer, times } = reads<string>()
      shown.put('before')
      const loaded = shown.load(read)
      shown[by]('written')
      await answer(1, 'before')
      expect([shown.value, shown.refreshing, times()]).toEqual(['written', true, 2])
      await answer(2, 'written, and what came since')
      expect([await loaded, shown.value, shown.refreshing, times()]).toEqual([true, 'written, and what came since', false, 2])
    },
  )

  it('given a write answered before it is read anew, then it is read once', async () => {
    const shown = new Resource<string>(world.context)
    const { read, answer, times } = reads<string>()
    shown.put('written')
    const loaded = shown.load(read)
    await answer(1, 'newer')
    expect([await loaded, shown.value, times()]).toEqual([true, 'newer', 1])
  })

  it('given its page is left meanwhile, then nothing more is asked', async () => {
    const shown = new Resource<string>(world.context)
    const { read, answer, times } = reads<string>()
    const loaded = shown.load(read)
    shown.put('written')
    shown.stop()
    await answer(1, 'before')
    expect([await loaded, shown.value, times()]).toEqual([false, 'written', 1])
  })
})

describe('a list', () => {
  interface Row {
    id: string
    says: string
  }
  const page = (says: string, ...ids: string[]) => ({ items: ids.map(id => ({ id, says })), next_cursor: ids.length === 1 ? 'more' : null })

  it('given a row that changed while the list is read anew, then it does not change back; another page alone asks for nothing twice', async () => {
    const { read, answer, times } = reads<ReturnType<typeof page>>()
    const list = new PagedList<Row>({ context: world.context, fetch: read, idOf: ({ id }) => id })
    void list.load()
    await answer(1, page('before', 'a'))
    void list.load({ keep: true })
    list.replace('a', row => ({ ...row, says: 'written' }))
    await answer(2, page('before', 'a'))
    expect([list.items, times()]).toEqual([[{ id: 'a', says: 'written' }], 3])
    await answer(3, page('written', 'a'))
    void list.loadMore()
    await world.settled()
    await answer(4, page('written', 'b', 'c'))
    expect([list.items.map(({ id, says }) => `${id} ${says}`), times()]).toEqual([['a written', 'b written', 'c written'], 4])
  })
})

const ACTIONS = ['readiness.write', 'settings.manage', 'settings.read', 'rollout.write', 'notice.read', 'visit.review']
const sp_mchid = '1230000109'
const number = (over: object) => ({
  sp_mchid,
  name: '服务商',
  version: 1,
  readiness: [],
  bills: { missing_count: 0 },
  rederiving: null,
  ...over,
})
const item = (state: string) => ({ item: 'receipt_link', state, answer: null, checks: [], optional: true, version: 0 })
const appid = (name: string, version: number) => ({
  appid: 'wx1230000000000109',
  name,
  kind: 'mini_program',
  owner: null,
  ended_at: null,
  version,
  effect: null,
})
const rollout = (status: string, version: number) => ({
  id: 'r1',
  status,
  version,
  progress: { working: 0, causes: [] },
  created_at: '2026-11-23T09:05:00+08:00',
})

interface Case {
  name: string
  read: { path: RegExp; before: object; after: object }
  /** what the write is answered */
  write: { method: string; path: RegExp; body: object }
  open(app: World): Promise<unknown>
  again(app: World): Promise<unknown>
  change(app: World): Promise<unknown>
  shows(app: World): unknown
  /** once the write is answered */
  written: unknown
}
const cases: Case[] = [
  {
    name: '报名及配置: a check',
    read: {
      path: /^\/v1\/provider$/,
      before: { numbers: [number({ readiness: [item('open')] })] },
      after: { numbers: [number({ readiness: [item('done')] })] },
    },
    write: { method: 'POST', path: /readiness-checks$/, body: { sp_mchid, items: [item('done')] } },
    open: ({ readiness }) => readiness.refresh(),
    again: ({ readiness }) => readiness.refresh(),
    change: ({ readiness }) => readiness.check(),
    shows: ({ readiness }) => readiness.items[0]?.state,
    written: 'done',
  },
  {
    name: '服务商设置: what was saved, and the version that the next change goes on from',
    read: {
      path: /^\/v1\/provider$/,
      before: { numbers: [number({})] },
      after: { numbers: [number({ name: '新名', version: 2 })] },
    },
    write: { method: 'PUT', path: /^\/v1\/provider\/\d+$/, body: number({ name: '新名', version: 2 }) },
    open: ({ provider }) => provider.refresh(),
    again: ({ provider }) => provider.refresh(),
    change: ({ provider }) => {
      provider.change({ name: '新名' })
      return provider.save()
    },
    shows: ({ provider }) => [provider.current?.name, provider.current?.version],
    written: ['新名', 2],
  },
  {
    name: '微信支付实况: what a text means',
    read: {
      path: /^\/v1\/observations$/,
      before: { questions: [], texts: [{ id: 't1', version: 1 }] },
      after: { questions: [], texts: [{ id: 't1', version: 2 }] },
    },
    write: { method: 'DELETE', path: /^\/v1\/observations\/texts\/t1\/class$/, body: { id: 't1', version: 2, kinds: [] } },
    open: ({ observations }) => observations.refresh(),
    again: ({ observations }) => observations.refresh(),
    change: ({ observations }) => observations.setClass('t1', null),
    shows: ({ observations }) =>
      (observations as unknown as { resource: Resource<{ texts: { version: number }[] }> }).resource.value?.texts[0]?.version,
    written: 2,
  },
  {
    name: '批量开通: a pause',
    read: { path: /^\/v1\/rollouts\/r1$/, before: rollout('running', 1), after: rollout('paused', 2) },
    write: { method: 'POST', path: /^\/v1\/rollouts\/r1\/pause$/, body: rollout('paused', 2) },
    open: ({ rollouts }) => rollouts.open('r1'),
    again: ({ rollouts }) => rollouts.open('r1'),
    change: ({ rollouts }) => rollouts.step('pause'),
    shows: ({ rollouts }) => rollouts.rollout?.status,
    written: 'paused',
  },
  {
    name: '提醒: one that was read',
    read: {
      path: /^\/v1\/notices$/,
      before: { items: [{ id: 'n1', read: false }], next_cursor: null, unread: 1 },
      after: { items: [{ id: 'n1', read: true }], next_cursor: null, unread: 0 },
    },
    write: { method: 'POST', path: /^\/v1\/notices\//, body: { unread: 0 } },
    open: ({ notices }) => notices.refresh(),
    again: ({ notices }) => notices.refresh(),
    change: ({ notices }) => notices.read('n1'),
    shows: ({ notices }) => notices.unread,
    written: 0,
  },
  {
    name: '公众号和小程序: an entry',
    read: {
      path: /^\/v1\/appids$/,
      before: { items: [appid('旧名', 1)], next_cursor: null, missing: [], total: 1, register_version: 1 },
      after: { items: [appid('新名', 2)], next_cursor: null, missing: [], total: 1, register_version: 2 },
    },
    write: { method: 'PUT', path: /^\/v1\/appids\//, body: appid('新名', 2) },
    open: ({ appids }) => appids.refresh(),
    again: ({ appids }) => appids.open('wx1230000000000109'),
    change: ({ appids }) => {
      appids.put({ name: '新名' })
      return appids.save()
    },
    shows: ({ appids }) => [appids.entry?.name, appids.form?.name],
    written: ['新名', '新名'],
  },
]

describe('a page whose answer is held up on the way', () => {
  it.each(cases)('$name is not undone', async one => {
    const { read, write } = one
    world.server.on('GET', /^\/v1\/me$/, () => ({ body: { ...me(new Date(world.timers.now()).toISOString()), actions: ACTIONS } }))
    world.server.on('GET', read.path, () => ({ body: read.before }))
    world.server.on(write.method, write.path, () => ({ body: write.body }))
    await world.session.login()
    await one.open(world)

    const late = world.server.hold({ body: read.before })
    world.server.on('GET', read.path, late.handler)
    const again = one.again(world)
    await world.settled()
    world.server.on('GET', read.path, () => ({ body: read.after }))
    await one.change(world)
    expect(one.shows(world)).toEqual(one.written)
    late.release()
    await again
    await world.settled()
    expect(one.shows(world)).toEqual(one.written)
  })

  it('given another item is in front when the answer comes, then the list has what was answered', async () => {
    const { readiness, rollouts, server } = world
    server.on('GET', /^\/v1\/me$/, () => ({ body: { ...me(new Date(world.timers.now()).toISOString()), actions: ACTIONS } }))
    const both = (first: string) => [item(first), { ...item('open'), item: 'debuggers' }]
    server.on('GET', /^\/v1\/provider$/, () => ({ body: { numbers: [number({ readiness: both('open') })] } }))
    const answer = server.hold({ body: item('done') })
    server.on('PUT', /readiness\/receipt_link$/, answer.handler)
    await world.session.login()
    await readiness.refresh()
    readiness.open('receipt_link')
    const answered = readiness.answer({ answer: 'done', note: '' })
    readiness.open('debuggers')
    answer.release()
    await answered
    expect(readiness.items.map(({ state }) => state)).toEqual(['done', 'open'])

    const others = [rollout('running', 1), { ...rollout('running', 1), id: 'r2' }]
    server.on('GET', /^\/v1\/rollouts$/, () => ({ body: { items: others, next_cursor: null } }))
    others.forEach(one => server.on('GET', new RegExp(`^/v1/rollouts/${one.id}$`), () => ({ body: one })))
    const step = server.hold({ body: rollout('paused', 2) })
    server.on('POST', /^\/v1\/rollouts\/r1\/pause$/, step.handler)
    await rollouts.refresh()
    await rollouts.open('r1')
    const stepped = rollouts.step('pause')
    await rollouts.open('r2')
    step.release()
    await stepped
    const { list } = rollouts as unknown as { list: PagedList<{ id: string; status: string }> }
    expect(list.items.map(({ id, status }) => `${id} ${status}`)).toEqual(['r1 paused', 'r2 running'])
    expect(rollouts.rollout?.id).toBe('r2')
  })

  it('who I am is what was asked for last', async () => {
    const mine = (actions: string[]) => ({ body: { ...me(new Date(world.timers.now()).toISOString()), actions } })
    await world.session.login()
    const late = world.server.hold(mine(['merchant.read']))
    world.server.on('GET', /^\/v1\/me$/, late.handler)
    const first = world.session.measure()
    await world.settled()
    world.server.on('GET', /^\/v1\/me$/, () => mine(ACTIONS))
    await world.session.measure()
    late.release()
    await first
    expect(world.session.me?.actions).toEqual(ACTIONS)
  })
})
