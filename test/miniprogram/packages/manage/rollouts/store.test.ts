// 批量开通 at the level of its store over real HTTP: what a page that was left does no more, and what refusals say here.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { reasonOf, wordsOf } from '../../../../../backend/directory/exports/words.ts'
import { reasonLabel } from '../../../../../miniprogram/packages/manage/rollouts/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import type { NewRollout, Rollout } from '../../../../../typings/api.ts'
import { problem, type Reply } from '../../../support/http-server.ts'
import { startWorld } from '../../../support/world.ts'

const id = '00000000-0000-4000-8000-000000000001'
const asked: NewRollout = { name: '第一批', action: 'gold_plan.open', filter: {} }
const rollout = (over: Partial<Rollout> = {}): Rollout => ({
  id,
  name: '第一批',
  action: 'gold_plan.open',
  with_receipt: false,
  industries: [],
  filter: {},
  status: 'running',
  preview: { will_change: 25, excluded: [] },
  stage: 1,
  stages: [20, 5, 0].map(items => ({ items, ended: 0 })),
  progress: { pending: 25, working: 0, succeeded: 0, failed: 0, skipped: 0, causes: [] },
  rate: { allowed: 60, now: 60 },
  away_since: null,
  seconds_left: 25,
  stop_code: null,
  created_by: { id: 'staff-operator', display_name: '运营 01' },
  created_at: '2026-11-23T09:05:00+08:00',
  started_at: '2026-11-23T09:06:00+08:00',
  ended_at: null,
  reduced_at: null,
  version: 2,
  ...over,
})

let world: Awaited<ReturnType<typeof startWorld>>
let held: Reply
let answer: Reply
beforeEach(async () => {
  world = await startWorld()
  held = { body: rollout() }
  answer = { status: 201, body: rollout({ status: 'draft' }) }
  world.server.on('GET', new RegExp(`^/v1/rollouts/${id}$`), () => held)
  world.server.on('POST', /^\/v1\/rollouts$/, () => answer)
  world.server.on('POST', /^\/v1\/rollouts\/[^/]+\/pause$/, () => answer)
  await world.session.login()
})
afterEach(() => world.stop())

it('given a dry run whose page was left, when it is made, then nobody is told', async () => {
  const { rollouts } = world
  const made = rollouts.make(asked)
  rollouts.leaveNew()
  expect([await made, rollouts.trying, rollouts.refused]).toEqual([null, false, null])
  expect(await rollouts.make(asked)).toBe(id)
})

it('given one that runs, then it is asked for while somebody looks, not in the background, and again when they are back', async () => {
  const { rollouts, timers, server } = world
  const times = () => server.seen('GET', new RegExp(id)).length
  rollouts.show()
  await rollouts.open(id)
  await timers.advance(5_000)
  expect(times()).toBe(2)
  rollouts.hide()
  await timers.advance(3_600_000)
  expect(times()).toBe(2)
  rollouts.show()
  await timers.advance(5_000)
  expect(times()).toBe(3)
  // the signal goes and comes back
  world.setOnline(false)
  await timers.advance(60_000)
  expect([times(), rollouts.view?.status]).toEqual([3, 'running'])
  world.setOnline(true)
  await timers.advance(5_000)
  expect(times()).toBe(4)
  rollouts.hide()
})

it('given no signal when the items of a count are opened, then it says so instead of showing none, and reads them when asked again', async () => {
  const { rollouts, server } = world
  const items = [
    { sub_mchid: '1900000101', name: '科技面馆', stage: 1, status: 'failed', code: 'X', message: null, changed_at: rollout().created_at },
  ]
  server.on('GET', /\/items/, () => ({ body: { items, next_cursor: null } }))
  await rollouts.open(id)
  world.setOnline(false)
  rollouts.openItems({ id: 'failed-X', status: 'failed', code: 'X', label: '', count: 1, text: '1', opens: true })
  await world.settled()
  expect([rollouts.items_status, rollouts.items_problem?.code]).toEqual(['offline', 'NETWORK_OFFLINE'])
  world.setOnline(true)
  await rollouts.readItems()
  expect([rollouts.items_status, rollouts.item_rows.map(row => row.tail)]).toEqual(['ready', ['1900000101']])
})

describe('a refusal speaks of the rollout, not of a shop or of tags', () => {
  const refusedBy = async (status: number, code: string, fields: Record<string, unknown> = {}) => {
    answer = problem(status, code, fields)
    await world.rollouts.make(asked)
    return world.rollouts.refused
  }
  it('given more merchants than one takes, then it says how many, and to narrow it', async () => {
    const errors = [{ field: 'filter', code: 'TOO_MANY', message: '' }]
    expect((await refusedBy(422, 'VALIDATION_FAILED', { errors }))?.sentence).toContain('最多 100000 家')
  })
  it('given tags that nobody knows, then it says how they are written', async () => {
    expect((await refusedBy(422, 'UNKNOWN_INDUSTRY'))?.sentence).toContain('CATERING')
  })
  it('given a colleague was faster, then it says that the rollout has moved on, and shows where it stands', async () => {
    const { rollouts } = world
    await rollouts.open(id)
    answer = problem(412, 'VERSION_MISMATCH')
    held = { body: rollout({ status: 'paused', version: 3 }) }
    await rollouts.step('pause')
    expect([rollouts.refusal?.sentence, rollouts.view?.status]).toEqual([expect.stringContaining('批量任务'), 'paused'])
  })
  it('given a link that leads nowhere, then it names no shop', async () => {
    held = problem(404, 'NOT_FOUND')
    await world.rollouts.open(id)
    expect([world.rollouts.problem?.title, world.rollouts.problem?.sentence].join()).not.toContain('商户')
  })
})

it('given a dry run, then it says how many will change; once it was begun, how many it has in all', async () => {
  held = { body: rollout({ status: 'draft' }) }
  await world.rollouts.open(id)
  expect(world.rollouts.view?.will_change).toBe('会变 25 家')
  held = { body: rollout({ status: 'completed' }) }
  await world.rollouts.open(id)
  expect(world.rollouts.view?.will_change).toBe('共 25 家')
})

it('given a reason why a merchant was left alone, then the page says it as a file does', () => {
  for (const language of ['zh-CN', 'en'] as const)
    for (const code of [...Object.keys(wordsOf(language).reasons), 'SUB_MERCHANT_PUNISHED'])
      expect([code, reasonLabel(code, translator(language))]).toEqual([code, reasonOf(code, language)])
})

describe('what stands still says why', () => {
  it('given WeChat Pay is away, then it says since when and that it goes on by itself, and promises no time', async () => {
    held = { body: rollout({ away_since: '2026-11-23T09:30:00+08:00', seconds_left: null }) }
    await world.rollouts.open(id)
    expect(world.rollouts.view?.note).toContain('09:30')
    expect(world.rollouts.view).toMatchObject({ rate: '', steps: [] })
  })

  it('given only its numbers are kept, then no cause opens, nothing can be tried again or exported, and it says so', async () => {
    const progress = {
      ...rollout().progress,
      pending: 0,
      failed: 2,
      causes: [{ status: 'failed' as const, code: 'SUB_MERCHANT_PUNISHED', count: 2 }],
    }
    held = { body: rollout({ status: 'completed', progress, ended_at: '2026-05-01T09:00:00+08:00' }) }
    await world.rollouts.open(id)
    expect(world.rollouts.view).toMatchObject({ exports: true, causes: [{ opens: true }] })
    held = {
      body: rollout({ status: 'completed', progress, ended_at: '2026-05-01T09:00:00+08:00', reduced_at: '2026-11-01T09:00:00+08:00' }),
    }
    await world.rollouts.open(id)
    expect(world.rollouts.view).toMatchObject({ exports: false, steps: [], causes: [{ opens: false, count: 2 }] })
    expect(world.rollouts.view?.note).toContain('只留下数字')
  })
})
